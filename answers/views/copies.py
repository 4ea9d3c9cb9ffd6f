"""Copied passages: what an author is told before posting, and the list of those that were found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answers import copies, passages
from answers.copies import Copy
from answers.models import Answer, CopiedPassage
from answers.passages import Parts
from answers.permissions import may
from questions.notices import undoable
from questions.paging import page

_SHOWN = 20
_COPIES_SHOWN = 3
_PASSAGES_SHOWN = 3


# --- Before an answer is posted


@dataclass(frozen=True)
class ShownCopy:
    """An answer in which passages of the text stand, and the first of those, as they are typed in the text."""

    source: Answer
    word_count: int
    passages: list[str]
    more_passages: int


@dataclass(frozen=True)
class CopiesNotice:
    """What the form is shown again with, instead of posting: _copies.html.

    `seen` is for the hidden field that says so when the form comes back.
    """

    copies: list[ShownCopy]
    more_copies: int
    seen: str
    has_quoted: bool
    status: int


def copies_to_show(
    request: HttpRequest, form: BaseForm, *, edited: Answer | None = None
) -> CopiesNotice | None:
    """Return what to tell the author of a valid form about its `text`, or None when it can be posted.

    The second time, with the hidden field of the notice, it is posted as it is unless more was copied since. When
    the button "Quote it" was pressed, the text in the form is changed to a quotation, and the form is shown again.
    `edited` is the answer that gets the text, if there is one: what stood in it before is not told of.
    """
    text = form.cleaned_data["text"]
    author = request.user if request.user.is_authenticated else None
    found = _found(text, author=author, edited=edited)
    wants_quoted = request.POST.get("quote", "")
    chosen = next((copy for copy in found if str(copy.source.pk) == wants_quoted), None)
    if chosen is not None:
        quoted = passages.quoted(text, chosen.passages, source=_source_line(chosen.source))
        form.data = request.POST.copy()
        form.data["text"] = quoted
        return _notice(quoted, _found(quoted, author=author, edited=edited), has_quoted=True, status=200)
    seen = _read_seen(request.POST.get("seen_copies", ""))
    if not wants_quoted and all(copy.word_count <= seen.get(copy.source.pk, 0) for copy in found):
        return None
    return _notice(text, found, has_quoted=False, status=409)


def _found(text: str, *, author, edited: Answer | None) -> list[Copy]:
    found = copies.found_in(text, author=author, edited=edited)
    if author is None:
        # What a guest posted a moment ago is the same form, sent twice.
        moment_ago = timezone.now() - timedelta(minutes=1)
        return [
            copy
            for copy in found
            if copy.source.author_id is not None
            or copy.source.text != text
            or copy.source.created_at < moment_ago
        ]
    return found


def _notice(text: str, found: list[Copy], *, has_quoted: bool, status: int) -> CopiesNotice:
    first = _first_sources(found)
    return CopiesNotice(
        copies=[
            ShownCopy(
                source=copy.source,
                word_count=copy.word_count,
                passages=[text[p.start : p.end] for p in copy.passages[:_PASSAGES_SHOWN]],
                more_passages=len(copy.passages[_PASSAGES_SHOWN:]),
            )
            for copy in first[:_COPIES_SHOWN]
        ],
        more_copies=len(found) - len(first[:_COPIES_SHOWN]),
        seen=" ".join(f"{copy.source.pk}:{copy.word_count}" for copy in found),
        has_quoted=has_quoted,
        status=status,
    )


def _first_sources(found: list[Copy]) -> list[Copy]:
    """Those that have a passage which stands in no older one: who copied the same from there is no source."""
    first: list[Copy] = []
    told: list[passages.Place] = []
    for copy in sorted(found, key=lambda copy: (copy.source.created_at, copy.source.pk)):
        if any(not _is_within(passage, told) for passage in copy.passages):
            first.append(copy)
            told += passages.places(copy.passages)
    return [copy for copy in found if copy in first]


def _is_within(passage: passages.Passage, told: list[passages.Place]) -> bool:
    return any(start <= passage.start and passage.end <= end for start, end in told)


def _read_seen(value: str) -> dict[int, int]:
    """How many words in which answer the person has been told of."""
    return {int(pk): int(count) for pk, count in re.findall(r"\b(\d{1,18}):(\d{1,9})\b", value[:1_000])}


def _source_line(source: Answer) -> str:
    """A line in Markdown that leads to the answer."""
    question = re.sub(r"([\\`*_\[\]<>~$&|])", r"\\\1", source.question.public_text)
    said = _("From an answer to “{question}”").format(question=question)
    return f"[{said}]({source.get_absolute_url()})"


# --- The list


@dataclass(frozen=True)
class Pair:
    """Two answers of which one holds passages of the other, each in excerpts with the passages marked."""

    copied: CopiedPassage
    percent: int
    copy_parts: Parts
    source_parts: Parts


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The largest copies that nobody has looked at yet, both sides of each."""
    if not may(request.user, "review"):
        raise PermissionDenied
    found = CopiedPassage.objects.unsettled().select_related(
        "answer__author", "answer__question__primary", "source__author", "source__question__primary"
    )
    shown = page(found, "word_count", request.GET, size=_SHOWN)
    context = {"page": shown, "pairs": [_pair(copied) for copied in shown.rows], "queue": "copies"}
    return render(request, "answers/copies.html", context)


def _pair(copied: CopiedPassage) -> Pair:
    # Looked for anew, for only their sum is kept. It may be less by now, where the source was edited meanwhile.
    text, source = copied.answer.text, copied.source.text
    shared = passages.common(text, source)
    return Pair(
        copied=copied,
        percent=max(1, round(100 * copied.share)),
        copy_parts=passages.excerpts(text, passages.places(shared)),
        source_parts=passages.excerpts(source, passages.places(shared, other=True)),
    )


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a copy may stay."""
    copied = _copied(request, pk)
    copies.settle(copied, by=request.user)
    undoable(request, _("Settled: it may stay."), reverse("reconsider-copy", args=[pk]))
    return _back_to_list(request)


@require_POST
def reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a settled copy back on the list."""
    copies.unsettle(_copied(request, pk))
    return _back_to_list(request)


def _copied(request: HttpRequest, pk: int) -> CopiedPassage:
    if not may(request.user, "review"):
        raise PermissionDenied
    copied = CopiedPassage.objects.filter(pk=pk).first()
    if copied is None:
        raise Http404(_("There is no copied passage with this number."))
    return copied


def _back_to_list(request: HttpRequest) -> HttpResponse:
    # To a page of this list, whatever is sent.
    query = QueryDict(request.POST.get("page", "")).urlencode()
    return HttpResponseRedirect(f"{reverse('review-copies')}{'?' if query else ''}{query}", status=303)
