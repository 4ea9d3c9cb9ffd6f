"""The page of a pair that may be duplicates: both questions with their answers, and what a moderator decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answers.models import Answer
from qa_site.pages.family_pictures import Picture, Twig, as_tree, picture
from questions import families, markdown, merging, reviewing, suggesting
from questions.access import require
from questions.duplicates.differences import Parts, differences
from questions.forms import DecisionForm
from questions.models import LEAD_LENGTH, DuplicateCandidate, Question, Tag
from questions.notices import done, undoable
from questions.permissions import may
from questions.reviewing import Choice, Standing
from questions.views.reviewing import candidate_by_number, to_next_pair

_ANSWERS_SHOWN = 3
_WORDINGS_SHOWN = 4

# What the verbs say when things are not as the page showed them; all are sentences for the reader.
_REFUSALS = (
    reviewing.HeldByAnother,
    suggesting.AlreadyDecided,
    merging.CannotMerge,
    merging.FamiliesChanged,
    families.FamiliesAreBusy,
)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    require("decide", request)
    candidate = candidate_by_number(pk)
    return _decide(request, candidate) if request.method == "POST" else _page(request, candidate)


def _decide(request: HttpRequest, candidate: DuplicateCandidate) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        refusal = _("Nothing was decided: please choose one of these.")
        return _page(request, candidate, refusal=refusal, status=422)
    choice, version, reason = (form.cleaned_data[name] for name in ("decision", "version", "reason"))
    if choice.merges:
        require("merge", request)
    try:
        act = reviewing.decide(candidate, choice, version=version, by=request.user, reason=reason)
    except _REFUSALS as error:
        candidate = candidate_by_number(candidate.pk)
        if _has_done(candidate, choice, request.user):
            return to_next_pair(request)
        return _page(request, candidate, refusal=str(error), status=409)
    if act is None:
        undoable(request, _("Skipped: left to others."), reverse("review-claim", args=[candidate.pk]))
    elif choice.merges:
        said = _("Merged: “{question}” is an alternate now.").format(question=act.question_text)
        done(request, said, act)
    else:
        done(request, _("Noted: these are two questions."), act)
    return to_next_pair(request)


def _has_done(candidate: DuplicateCandidate, choice: Choice, user) -> bool:
    """Whether this person's click before this one did just that."""
    merged = candidate.decision == DuplicateCandidate.Decision.MERGED
    return candidate.decision != "" and candidate.decided_by == user and merged == choice.merges


@dataclass(frozen=True)
class Side:
    """One family of a pair: its primary, the wording that matched if it is another, what differs marked in it."""

    primary: Question
    matched: Question | None
    parts: Parts
    alternates: list[Question]
    tags: list[Tag]
    leads: list[tuple[str, int]]

    @property
    def more_alternates(self) -> list[Question]:
        return self.alternates[_WORDINGS_SHOWN:]

    @property
    def first_alternates(self) -> list[Question]:
        return self.alternates[:_WORDINGS_SHOWN]

    @property
    def picture(self) -> Picture:
        """The whole family as a tree: which wording was merged into which."""
        wordings = [self.primary, *self.alternates, *filter(None, [self.matched])]
        return picture([Twig(wording.text, depth) for wording, depth in as_tree(wordings, self.primary.pk)])

    @property
    def more_answers(self) -> int:
        return self.primary.answer_count - len(self.leads)


def _page(
    request: HttpRequest, candidate: DuplicateCandidate, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    source, target = candidate.source, candidate.target
    standing = reviewing.standing(candidate, reader=request.user)
    hidden = source.primary.is_hidden or target.primary.is_hidden
    left = right = None
    if not hidden and standing != Standing.ONE_FAMILY:
        parts, other_parts = differences(source.public_text, target.public_text)
        left, right = _side(source, parts), _side(target, other_parts)
    context = {
        "candidate": candidate,
        "standing": standing,
        "left": left,
        "right": right,
        "better_left": left and right and _is_better(left.primary, right.primary),
        "version": families.version(source, target) if standing == Standing.YOURS else "",
        "may_merge": may(request.user, "merge"),
        "progress": reviewing.progress(reader=request.user),
        # The sentence of a refusal may quote what is hidden by now. That both are one question the page says itself.
        "refusal": "" if hidden or standing == Standing.ONE_FAMILY else refusal,
        "reason": request.POST.get("reason", ""),
        "undo_leads_to": request.path,
    }
    return render(request, "site/review_pair.html", context, status=status)


def _is_better(one: Question, other: Question) -> bool:
    """Whether `one` should rather head the page: its answers are more useful, there are more, or it is older."""
    return (one.useful_count, one.answer_count, -one.pk) > (other.useful_count, other.answer_count, -other.pk)


def _side(question: Question, parts: Parts) -> Side:
    primary = question.primary
    matched = None if question.is_primary or question.is_hidden else question
    answers = Answer.objects.of_family(primary).visible().most_useful_first()
    return Side(
        primary=primary,
        matched=matched,
        parts=parts,
        alternates=[
            wording
            for wording in Question.objects.of_family(primary).visible().alternates().order_by("pk")
            if wording != matched
        ],
        tags=list(Tag.objects.of_family(primary)),
        leads=[
            (markdown.lead(html, LEAD_LENGTH), useful)
            for html, useful in answers.values_list("html", "useful_count")[:_ANSWERS_SHOWN]
        ],
    )
