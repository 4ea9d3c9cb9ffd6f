"""Finding watched words in what people write. A rule is a phrase, never a pattern, so nothing can keep it busy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from threading import Lock

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from door import folding
from door.models import WatchedWord


class CannotWatch(Exception):
    """The phrase cannot be watched; the message says why."""


def watched_in(text: str) -> list[WatchedWord]:
    """The rules in force whose phrase stands in the text, in the order in which they were made.

    Costs one small query; the rules themselves are read again only when somebody changed them.
    """
    seen = _as_seen(text)
    return [rule.word for rule in _rules_in_force() if any(rule.stands_in(version) for version in seen)]


def replaced(text: str) -> str:
    """Return the text with the phrases of the rules that replace replaced, each as the rule writes it.

    Case is not taken over from the text. A phrase that is broken up by tags loses
    those inside it; cleaning closes what stays open.
    """
    for rule in _rules_in_force():
        if rule.word.action == WatchedWord.Action.REPLACE and rule.is_in(text):
            for start, end in reversed(rule.places(text)):
                text = text[:start] + rule.word.replacement + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it is compared, with single spaces, and the words in it."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A watched word made ready to be looked for."""

    word: WatchedWord
    literal: str
    # A word that a text must have, "" if the phrase could also stand inside a word.
    needs: str
    pattern: re.Pattern[str]

    def stands_in(self, seen: Seen) -> bool:
        # Each of these is much quicker than the next, and nearly always the end of it.
        if self.needs and self.needs not in seen.words:
            return False
        place = seen.text.find(self.literal)
        while place >= 0:
            if not self.word.whole_words or self._is_whole(seen.text, place):
                return True
            place = seen.text.find(self.literal, place + 1)
        return False

    def _is_whole(self, text: str, start: int) -> bool:
        """Whether the phrase that begins there is no part of a longer word; its signs may touch anything."""
        end = start + len(self.literal)
        before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
        return not (_is_within_a_word(before) or _is_within_a_word(after))

    def is_in(self, text: str) -> bool:
        return any(self.stands_in(version) for version in _as_seen(text))

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the phrase stands in the text as it was typed: starts and ends, in order, none over another."""
        found = self._found(folding.folded(text), lambda: folding.places(text))
        if folding.has_markup(text):
            found += self._found(folding.folded(folding.plain(text)), lambda: folding.plain_places(text))
        apart: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if not apart or start >= apart[-1][1]:
                apart.append((start, end))
        return apart

    def _found(self, folded_text: str, places) -> list[tuple[int, int]]:
        spans = [match.span() for match in self.pattern.finditer(folded_text)]
        if not spans:
            return []
        origins = places()
        return [origins.origin(*span) for span in spans]


def rule_of(word: WatchedWord) -> Rule:
    """Make a watched word, saved or not, ready to be looked for. Raises CannotWatch when nothing is left of it."""
    parts = folding.folded(word.phrase).split()
    if not parts:
        raise CannotWatch(_("There is nothing in this that could be seen in a text."))
    pattern = " +".join(map(re.escape, parts))
    if word.whole_words:
        # C++ ends with a sign: what follows it is of no matter. Words end where their letters do.
        within = folding.word_characters()
        starts_with_a_word, ends_with_a_word = (
            re.match(f"[{within}]", sign) for sign in (parts[0][0], parts[-1][-1])
        )
        pattern = (
            (f"(?<![{within}])" if starts_with_a_word else "")
            + pattern
            + (f"(?![{within}])" if ends_with_a_word else "")
        )
    whole = [part for part in parts if word.whole_words and _words().fullmatch(part)]
    return Rule(word, " ".join(parts), max(whole, key=len, default=""), re.compile(pattern))


def _as_seen(text: str) -> list[Seen]:
    """The text as it was typed, and as it is read if there is markup in it."""
    versions = [text, folding.plain(text)] if folding.has_markup(text) else [text]
    return [_seen(version) for version in versions]


def _seen(text: str) -> Seen:
    compared = " ".join(folding.folded(text).split())
    return Seen(compared, frozenset(_words().findall(compared)))


def _is_within_a_word(pair: str) -> bool:
    return len(pair) == 2 and _words().fullmatch(pair) is not None


@cache
def _words() -> re.Pattern[str]:
    return re.compile(f"[{folding.word_characters()}]+")


_lock = Lock()
_kept: tuple[object, list[Rule]] = (None, [])


def _rules_in_force() -> list[Rule]:
    """The rules, from this process's memory as long as nobody has changed them anywhere."""
    global _kept  # noqa: PLW0603 (what a process keeps)
    # Rules are added and removed, never changed, so each change shows in one of these.
    state = WatchedWord.objects.aggregate(
        Count("id"), Max("id"), Count("removed_at"), removed_last_at=Max("removed_at")
    )
    version, rules = _kept
    if version != state:
        with _lock:
            # Read after the state: rules that came in between are read again the next time, never missed.
            rules = [rule_of(word) for word in WatchedWord.objects.in_force().order_by("id")]
            _kept = (state, rules)
    return rules


def watch(
    phrase: str,
    *,
    action: WatchedWord.Action,
    by,
    whole_words: bool = True,
    replacement: str = "",
) -> WatchedWord:
    """Watch for a phrase from now on. Raises CannotWatch when that cannot be seen, or is watched already."""
    word = WatchedWord(
        phrase=phrase,
        whole_words=whole_words,
        action=action,
        replacement=replacement,
        by=by,
        created_at=timezone.now(),
    )
    rule_of(word)
    if WatchedWord.objects.in_force().filter(phrase=phrase).exists():
        raise CannotWatch(_("“{phrase}” is watched already. Remove that rule first.").format(phrase=phrase))
    word.save(force_insert=True)
    return word


def leave_alone(word: WatchedWord) -> None:
    """Watch for it no more. Raises CannotWatch when that is so already."""
    if not WatchedWord.objects.in_force().filter(pk=word.pk).update(removed_at=timezone.now()):
        raise CannotWatch(_("“{phrase}” is not watched any more.").format(phrase=word.phrase))
