"""The queue of pairs that may be duplicates, and of wordings that may become alternates.

The page of a pair shows answers too, so it stands in qa_site/pages/reviewing.py.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from questions import accepting, merging, reviewing, suggesting
from questions.access import require
from questions.families import FamiliesAreBusy
from questions.models import DuplicateCandidate, Question, SuggestedAlternate
from questions.notices import done, undoable
from questions.uniqueness import WordingExists

_SHOWN = 20
_WORDINGS_SHOWN = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, what was done today, and where to begin."""
    require("decide", request)
    waiting = DuplicateCandidate.objects.waiting()
    context = {
        "waiting": reviewing.count_waiting(),
        "pairs": list(waiting.not_skipped_by(request.user).select_related("claimed_by")[:_SHOWN]),
        "any_free": waiting.free_for(request.user).exists(),
        "skipped": reviewing.count_waiting(skipped_by=request.user),
        "wordings": reviewing.count_wordings(),
        "progress": reviewing.progress(reader=request.user),
        "joined": reviewing.joined_today(limit=_SHOWN),
        "undo_leads_to": request.path,
    }
    return render(request, "questions/review_duplicates.html", context)


@require_POST
def next_pair(request: HttpRequest) -> HttpResponse:
    require("decide", request)
    return to_next_pair(request)


def to_next_pair(request: HttpRequest) -> HttpResponse:
    """Claim the best pair for the reader and lead there; when none is left, to what was done today."""
    candidate = reviewing.claim_next(by=request.user)
    return _see(reverse("review-pair", args=[candidate.pk]) if candidate else reverse("review-duplicates"))


def _see(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)


@require_POST
def look_again(request: HttpRequest) -> HttpResponse:
    require("decide", request)
    reviewing.look_again(by=request.user)
    return to_next_pair(request)


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    require("decide", request)
    candidate = candidate_by_number(pk)
    try:
        reviewing.claim(candidate, by=request.user)
    except (reviewing.HeldByAnother, suggesting.AlreadyDecided, FamiliesAreBusy) as error:
        messages.error(request, str(error))
    return _see(reverse("review-pair", args=[pk]))


def candidate_by_number(pk: int) -> DuplicateCandidate:
    """Return the pair with everybody and everything that its page names. Raises Http404."""
    candidate = (
        DuplicateCandidate.objects.select_related("source__primary__author", "target__primary__author")
        .select_related("suggested_by", "claimed_by", "decided_by")
        .filter(pk=pk)
        .first()
    )
    if candidate is None:
        raise Http404(_("There is no pair with this number."))
    return candidate


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Wordings in which people asked what was there, the oldest first."""
    require("decide", request)
    waiting = SuggestedAlternate.objects.waiting()
    context = {"wordings": list(waiting[:_WORDINGS_SHOWN]), "waiting": reviewing.count_wordings()}
    return render(request, "questions/review_wordings.html", context)


@require_POST
def decide_wording(request: HttpRequest, pk: int) -> HttpResponse:
    require("decide", request)
    suggested = _suggested_by_number(pk)
    try:
        if request.POST.get("decision") == "add":
            act = accepting.accept(suggested, by=request.user)
            added = _("Added: “{wording}” now leads to “{question}”.")
            done(
                request,
                added.format(wording=act.question_text, question=suggested.question.primary.text),
                act,
            )
        else:
            accepting.decline(suggested, by=request.user)
            undoable(
                request,
                _("Declined: “{wording}” leads nowhere.").format(wording=suggested.text),
                reverse("reconsider-wording", args=[pk]),
            )
    except WordingExists as error:
        messages.info(request, _where(error.existing))
    except merging.QuestionIsHidden:
        messages.error(request, _("The question is hidden, so the wording was not added."))
    except (suggesting.AlreadyDecided, merging.CannotMerge, FamiliesAreBusy) as error:
        messages.error(request, str(error))
    return _see(reverse("review-wordings"))


def _where(existing: Question) -> str:
    if existing.is_hidden or existing.primary.is_hidden:
        return _("This wording exists already and was hidden, so it was not added.")
    if existing.is_primary:
        said = _("“{wording}” is a question of its own already, so it was not added.")
    else:
        said = _("“{wording}” is an alternate of “{primary}” already, so it was not added.")
    return said.format(wording=existing.text, primary=existing.primary.text)


@require_POST
def reconsider_wording(request: HttpRequest, pk: int) -> HttpResponse:
    require("decide", request)
    accepting.reconsider(_suggested_by_number(pk))
    return _see(reverse("review-wordings"))


def _suggested_by_number(pk: int) -> SuggestedAlternate:
    suggested = SuggestedAlternate.objects.select_related("question__primary").filter(pk=pk).first()
    if suggested is None:
        raise Http404(_("There is no suggested wording with this number."))
    return suggested
