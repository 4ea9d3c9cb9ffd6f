"""The texts that an answer has had and what was done to it; two texts compared; an old one restored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from answers import answering, restoring
from answers.access import answer_to
from answers.comparing import compare
from answers.models import Answer, AnswerAct, Revision
from answers.permissions import may
from answers.views.reading import place
from door.stamps import sent_once
from questions.moderation import NothingToChange
from questions.paging import Page, page

_SHOWN = 50


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("read", request, pk)
    # Texts may be long, and only comparing needs them.
    revisions = answer.revisions.select_related("author", "accepted_by", "restores", "combines").defer(
        "text", "restores__text", "combines__text"
    )
    shown = page(revisions, "number", request.GET, size=_SHOWN)
    context = {
        "answer": answer,
        "page": shown,
        "entries": _newest_first(shown.rows, _acts_among(answer, shown)),
        "newest": shown.rows[0].number if shown.rows and not shown.newer else None,
        "may_edit": may(request.user, "edit", answer),
        "may_hide": may(request.user, "hide"),
    }
    return render(request, "answers/history.html", context)


def _acts_among(answer: Answer, shown: Page) -> Sequence[AnswerAct]:
    """What was done since the oldest text of the page was saved and before the one that followed the newest."""
    acts = answer.acts.select_related("by")
    if shown.older:
        acts = acts.filter(created_at__gte=shown.rows[-1].created_at)
    if shown.newer and (
        following := answer.revisions.filter(number__gt=shown.rows[0].number).defer("text").last()
    ):
        acts = acts.filter(created_at__lt=following.created_at)
    return list(acts)


def _newest_first(revisions: Sequence[Revision], acts: Sequence[AnswerAct]) -> list[dict[str, object]]:
    """Return both in one list, each as "revision" or as "act" with its "sentence"; at one moment, acts came after."""

    def moment(entry: dict) -> tuple[datetime, bool, int]:
        what = entry.get("act") or entry["revision"]
        return what.created_at, "act" in entry, what.pk

    return sorted(
        chain(
            ({"revision": revision} for revision in revisions),
            ({"act": act, "sentence": _sentence(act)} for act in acts),
        ),
        key=moment,
        reverse=True,
    )


def _sentence(act: AnswerAct) -> SafeString:
    """What was done to the answer of this page, with the way to the other one; without its full stop."""
    other = ""
    if act.other_id is not None:
        address = reverse("answer-history", args=[act.other_id])
        other = format_html('<a href="{}">{}</a>', address, _("another answer"))
    return format_html(act.sentence_format, answer=_("The answer"), other=other)


@require_safe
def compare_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Two texts of an answer beside each other, or one within the other; `from` and `to` are their numbers."""
    answer = answer_to("read", request, pk)
    newest = answering.newest_revision(answer)
    asked = {name: request.GET.get(name, "").strip() for name in ("from", "to")}
    numbers = [int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0 for number in asked.values()]
    found = {
        revision.number: revision
        for revision in answer.revisions.select_related("author").filter(number__in=numbers)
    }
    refusal, status = "", 200
    old, new = (found.get(number) for number in numbers)
    if not all(asked.values()):
        refusal = _("Please choose two texts to compare.")
    elif unknown := [
        text for text, number in zip(asked.values(), numbers, strict=True) if number not in found
    ]:
        refusal = _no_such_text(unknown, newest.number)
        status = 404
    context = {
        "answer": answer,
        "newest": newest.number,
        "asked": {
            "from": asked["from"] or str(max(1, newest.number - 1)),
            "to": asked["to"] or str(newest.number),
        },
        "refusal": refusal,
        "old": old,
        "new": new,
        "view": "inline" if request.GET.get("view") == "inline" else "side",
        "may_edit": may(request.user, "edit", answer),
    }
    if old and new and old != new:
        context |= {
            "comparison": compare(old.text, new.text),
            "before": old.number - 1,
            "after": new.number + 1,
        }
    return render(request, "answers/compare.html", context, status=status)


def _no_such_text(unknown: Sequence[str], newest: int) -> str:
    if len(unknown) == 1:
        return _("This answer has no text {number}. It has texts 1 to {newest}.").format(
            number=unknown[0], newest=newest
        )
    return _("This answer has no text {number} and no text {other}. It has texts 1 to {newest}.").format(
        number=unknown[0], other=unknown[1], newest=newest
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def restore_text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    answer = answer_to("edit", request, pk)
    try:
        former = restoring.former_text(answer, number)
    except restoring.NoSuchText as error:
        raise Http404(str(error)) from None
    refusal, status = "", 200
    if request.method == "POST":
        base = request.POST.get("revision", "")
        try:
            restoring.restore_text(
                answer, number, by=request.user, base=int(base) if re.fullmatch(r"[0-9]{1,9}", base) else 0
            )
        except answering.TextChanged:
            refusal = _("Somebody has edited the answer while you looked. Look at it once more.")
            status = 409
        except NothingToChange as error:
            refusal, status = str(error), 422
        else:
            messages.success(
                request,
                _("Text {number} is back. The one before it is kept in the history.").format(number=number),
            )
            return place(answer)
    newest = answering.newest_revision(answer)
    context = {
        "answer": answer,
        "former": former,
        "newest": newest,
        "comparison": compare(newest.text, former.text),
        "view": "side",
        "refusal": refusal,
    }
    return render(request, "answers/restore.html", context, status=status)
