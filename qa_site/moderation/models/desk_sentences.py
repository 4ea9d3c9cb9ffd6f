"""What moderators did, in whole sentences in the reader's language, from the facts that a line of the log keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, ngettext_lazy, pgettext
from django.utils.translation import gettext_lazy as _


class Facts(TypedDict, total=False):
    """All that a sentence needs. Everybody may read it: no address of anybody, and nothing that is hidden."""

    # The kind of a wave; what kind of writer a block is of; or "question", "answer", "comment" or "member".
    about: str
    # How it is called: a member's name, a domain or the wording of a question. Absent where nothing may be quoted.
    named: str
    # How many texts or reports.
    count: int
    # How many texts of a wave stay as somebody decided about them since.
    left: int
    # The end of a block, in ISO 8601.
    until: str
    # What happens to texts with a watched phrase in them.
    action: str


def wave_hidden(facts: Facts) -> str:
    return _counted(_WAVE_HIDDEN[facts["about"]], facts)


def wave_undone(facts: Facts) -> str:
    said = _counted(_WAVE_UNDONE[facts["about"]], facts)
    if left := facts.get("left"):
        stay = ngettext(
            "{number} more stay as they were decided about since",
            "{number} more stay as they were decided about since",
            left,
        ).format(number=intcomma(left))
        said = pgettext("two halves of a sentence", "{first}; {second}").format(first=said, second=stay)
    return pgettext("the end of a sentence", "{sentence}.").format(sentence=said)


def blocked(facts: Facts) -> str:
    until = timezone.localtime(datetime.fromisoformat(facts["until"]))
    return _of_whom(_BLOCKED, facts, moment=date_format(until, "DATETIME_FORMAT"))


def unblocked(facts: Facts) -> str:
    return _of_whom(_UNBLOCKED, facts)


def watched(facts: Facts) -> str:
    return str(_WATCHED[facts["action"]])


def unwatched(facts: Facts) -> str:
    return gettext("A phrase is not watched any more.")


def upheld(facts: Facts) -> str:
    return _counted(_UPHELD[_quotable(facts)], facts)


def declined(facts: Facts) -> str:
    return _counted(_DECLINED[_quotable(facts)], facts)


def reopened(facts: Facts) -> str:
    return _counted(_REOPENED[_quotable(facts)], facts)


def granted(facts: Facts) -> str:
    return str(_GRANTED[_quotable(facts)]).format(named=facts.get("named", ""))


def refused(facts: Facts) -> str:
    return str(_REFUSED[_quotable(facts)]).format(named=facts.get("named", ""))


def _counted(said: Any, facts: Facts) -> str:
    count = facts["count"]
    return said.format(count=count, number=intcomma(count), named=facts.get("named", ""))


def _of_whom(sentences: dict[str, Any], facts: Facts, **filled: str) -> str:
    said = str(sentences[facts["about"]]).format(named=facts.get("named", ""), **filled)
    # Names begin with a capital here, as all sentences do.
    return said[:1].upper() + said[1:]


def _quotable(facts: Facts) -> tuple[str, bool]:
    return facts["about"], "named" in facts


_WAVE_HIDDEN: dict[str, Any] = {
    "account": ngettext_lazy(
        "{number} text by {named} was hidden.", "{number} texts by {named} were hidden.", "count"
    ),
    "address block": ngettext_lazy(
        "{number} text from one block of addresses was hidden.",
        "{number} texts from one block of addresses were hidden.",
        "count",
    ),
    "e-mail domain": ngettext_lazy(
        "{number} text by people with an e-mail address at {named} was hidden.",
        "{number} texts by people with an e-mail address at {named} were hidden.",
        "count",
    ),
    "link domain": ngettext_lazy(
        "{number} text that link to {named} was hidden.",
        "{number} texts that link to {named} were hidden.",
        "count",
    ),
    "phrase": ngettext_lazy(
        "{number} text with a certain phrase in them was hidden.",
        "{number} texts with a certain phrase in them were hidden.",
        "count",
    ),
}

# Without their full stops: how many stay may follow.
_WAVE_UNDONE: dict[str, Any] = {
    "account": ngettext_lazy(
        "{number} text by {named} is as before a wave was hidden",
        "{number} texts by {named} are as before a wave was hidden",
        "count",
    ),
    "address block": ngettext_lazy(
        "{number} text from one block of addresses is as before a wave was hidden",
        "{number} texts from one block of addresses are as before a wave was hidden",
        "count",
    ),
    "e-mail domain": ngettext_lazy(
        "{number} text by people with an e-mail address at {named} is as before a wave was hidden",
        "{number} texts by people with an e-mail address at {named} are as before a wave was hidden",
        "count",
    ),
    "link domain": ngettext_lazy(
        "{number} text that link to {named} is as before a wave was hidden",
        "{number} texts that link to {named} are as before a wave was hidden",
        "count",
    ),
    "phrase": ngettext_lazy(
        "{number} text with a certain phrase in them is as before a wave was hidden",
        "{number} texts with a certain phrase in them are as before a wave was hidden",
        "count",
    ),
}

_BLOCKED: dict[str, Any] = {
    "account": _("{named} may not write until {moment}."),
    # Not even the beginning of its fingerprint is told.
    "address block": _("A block of addresses may not write until {moment}."),
    "e-mail address": _("A guest’s e-mail address may not write until {moment}."),
    "e-mail domain": _("Everybody with an address at {named} may not write until {moment}."),
}

_UNBLOCKED: dict[str, Any] = {
    "account": _("{named} may write again."),
    "address block": _("A block of addresses may write again."),
    "e-mail address": _("A guest’s e-mail address may write again."),
    "e-mail domain": _("Everybody with an address at {named} may write again."),
}

# The phrase is not told: it would teach how to get around it, and show the words to everybody.
_WATCHED: dict[str, Any] = {
    "block": _("Another phrase is watched: texts with it are refused."),
    "hold": _("Another phrase is watched: texts with it wait for a moderator."),
    "flag": _("Another phrase is watched: moderators look at texts with it."),
    "replace": _("Another phrase is watched: it is replaced in what people write."),
}

# By what it is about, and whether that may be quoted.
_UPHELD: dict[tuple[str, bool], Any] = {
    ("question", True): ngettext_lazy(
        "A report about “{named}” was found to be right.",
        "{number} reports about “{named}” were found to be right.",
        "count",
    ),
    ("question", False): ngettext_lazy(
        "A report about a question was found to be right.",
        "{number} reports about a question were found to be right.",
        "count",
    ),
    ("answer", True): ngettext_lazy(
        "A report about an answer to “{named}” was found to be right.",
        "{number} reports about an answer to “{named}” were found to be right.",
        "count",
    ),
    ("answer", False): ngettext_lazy(
        "A report about an answer to a hidden question was found to be right.",
        "{number} reports about an answer to a hidden question were found to be right.",
        "count",
    ),
    ("comment", True): ngettext_lazy(
        "A report about a comment on “{named}” was found to be right.",
        "{number} reports about a comment on “{named}” were found to be right.",
        "count",
    ),
    ("comment", False): ngettext_lazy(
        "A report about a comment on a hidden question was found to be right.",
        "{number} reports about a comment on a hidden question were found to be right.",
        "count",
    ),
    ("member", True): ngettext_lazy(
        "A report about the member {named} was found to be right.",
        "{number} reports about the member {named} were found to be right.",
        "count",
    ),
}

_DECLINED: dict[tuple[str, bool], Any] = {
    ("question", True): ngettext_lazy(
        "A report about “{named}” was found to be wrong.",
        "{number} reports about “{named}” were found to be wrong.",
        "count",
    ),
    ("question", False): ngettext_lazy(
        "A report about a question was found to be wrong.",
        "{number} reports about a question were found to be wrong.",
        "count",
    ),
    ("answer", True): ngettext_lazy(
        "A report about an answer to “{named}” was found to be wrong.",
        "{number} reports about an answer to “{named}” were found to be wrong.",
        "count",
    ),
    ("answer", False): ngettext_lazy(
        "A report about an answer to a hidden question was found to be wrong.",
        "{number} reports about an answer to a hidden question were found to be wrong.",
        "count",
    ),
    ("comment", True): ngettext_lazy(
        "A report about a comment on “{named}” was found to be wrong.",
        "{number} reports about a comment on “{named}” were found to be wrong.",
        "count",
    ),
    ("comment", False): ngettext_lazy(
        "A report about a comment on a hidden question was found to be wrong.",
        "{number} reports about a comment on a hidden question were found to be wrong.",
        "count",
    ),
    ("member", True): ngettext_lazy(
        "A report about the member {named} was found to be wrong.",
        "{number} reports about the member {named} were found to be wrong.",
        "count",
    ),
}

_REOPENED: dict[tuple[str, bool], Any] = {
    ("question", True): ngettext_lazy(
        "A report about “{named}” waits again.",
        "{number} reports about “{named}” wait again.",
        "count",
    ),
    ("question", False): ngettext_lazy(
        "A report about a question waits again.",
        "{number} reports about a question wait again.",
        "count",
    ),
    ("answer", True): ngettext_lazy(
        "A report about an answer to “{named}” waits again.",
        "{number} reports about an answer to “{named}” wait again.",
        "count",
    ),
    ("answer", False): ngettext_lazy(
        "A report about an answer to a hidden question waits again.",
        "{number} reports about an answer to a hidden question wait again.",
        "count",
    ),
    ("comment", True): ngettext_lazy(
        "A report about a comment on “{named}” waits again.",
        "{number} reports about a comment on “{named}” wait again.",
        "count",
    ),
    ("comment", False): ngettext_lazy(
        "A report about a comment on a hidden question waits again.",
        "{number} reports about a comment on a hidden question wait again.",
        "count",
    ),
    ("member", True): ngettext_lazy(
        "A report about the member {named} waits again.",
        "{number} reports about the member {named} wait again.",
        "count",
    ),
}

_GRANTED: dict[tuple[str, bool], Any] = {
    ("question", True): _("The wish for another look at “{named}” was granted."),
    ("question", False): _("The wish for another look at a question was granted."),
    ("answer", True): _("The wish for another look at an answer to “{named}” was granted."),
    ("answer", False): _("The wish for another look at an answer to a hidden question was granted."),
    ("comment", True): _("The wish for another look at a comment on “{named}” was granted."),
    ("comment", False): _("The wish for another look at a comment on a hidden question was granted."),
}

_REFUSED: dict[tuple[str, bool], Any] = {
    ("question", True): _("The wish for another look at “{named}” was refused."),
    ("question", False): _("The wish for another look at a question was refused."),
    ("answer", True): _("The wish for another look at an answer to “{named}” was refused."),
    ("answer", False): _("The wish for another look at an answer to a hidden question was refused."),
    ("comment", True): _("The wish for another look at a comment on “{named}” was refused."),
    ("comment", False): _("The wish for another look at a comment on a hidden question was refused."),
}
