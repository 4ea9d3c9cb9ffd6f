"""Choosing what to merge into, suggesting it, and the acts that need no preview: split, promote, undo, hide."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from door.stamps import sent_once
from questions import following, merging, moderation, searching, suggesting, undoing
from questions.access import question_to
from questions.duplicates import matching
from questions.families import FamiliesAreBusy
from questions.forms import ReasonForm, TargetForm
from questions.models import Act, DuplicateCandidate, Question
from questions.notices import done
from questions.permissions import RIGHT_TO_UNDO, may
from questions.posting import check_sending, posted
from questions.uniqueness import WordingExists
from questions.views.asking import wording_exists

# What the verbs say when things are not as the page showed them; every one has a sentence for the reader.
_REFUSALS = (
    merging.CannotMerge,
    moderation.NothingToChange,
    undoing.CannotUndo,
    FamiliesAreBusy,
)


@require_http_methods(["GET", "HEAD"])
def choose_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the question to merge this one into, by its words, its number or its address."""
    question = question_to("merge", request, pk)
    return _choose(request, question, "questions/choose_target.html", _preview)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def suggest_merge(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("suggest a merge", request, pk)
    target = _posted_target(request)
    form = ReasonForm(posted(request))
    check_sending(request, form)
    refusal, status = "", 422 if form.is_bound and form.errors else 200
    if target and form.is_bound and form.is_valid() and "back" not in request.POST:
        try:
            suggesting.suggest(
                question,
                into=target,
                by=request.user if request.user.is_authenticated else None,
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _("Thank you. A moderator will look at the two questions."))
            return redirect(question.page_url)
        except (merging.CannotMerge, suggesting.AlreadySuggested, suggesting.AlreadyDecided) as error:
            refusal, status = str(error), 422
    if target:
        context = {"question": question, "target": target, "form": form, "refusal": refusal}
        return render(request, "questions/suggest_merge.html", context, status=status)
    return _choose(request, question, "questions/choose_target.html", _suggestion)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("unmerge", request, pk)
    return confirmed(
        request,
        question,
        "questions/split.html",
        merging.unmerge,
        _("“{question}” is a question of its own."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def promote(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("promote", request, pk)
    return confirmed(
        request, question, "questions/promote.html", merging.promote, _("“{question}” is the primary now.")
    )


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    act = Act.objects.with_people_and_wordings().filter(pk=pk).first()
    if act is None:
        raise Http404(_("There is no such entry in the log."))
    question = question_to(RIGHT_TO_UNDO[Act.Kind(act.kind)], request, act.question_id)
    try:
        undone = undoing.undo(act, by=request.user)
    except WordingExists as error:
        stands = _("“{text}” already exists. So the old wording cannot come back; merge the two instead.")
        messages.error(request, stands.format(text=error.existing.text))
        return redirect(error.existing.page_url)
    except _REFUSALS as error:
        messages.error(request, str(error))
        return redirect(_wanted_next(request) or reverse("question-history", args=[question.pk]))
    done(request, _("Undone: {sentence}").format(sentence=undone.sentence), undone)
    return redirect(_after_undoing(request, undone))


def _after_undoing(request: HttpRequest, undone: Act) -> str:
    if undone.kind == Act.Kind.REOPENED and undone.other:
        # Whoever takes a dismissal back wants to decide otherwise.
        pair = DuplicateCandidate.objects.of_pair(undone.question, undone.other).get()
        return reverse("review-pair", args=[pair.pk])
    fresh = Question.objects.select_related("primary").get(pk=undone.question_id)
    page = reverse("question-history", args=[fresh.primary_id]) if fresh.is_hidden else fresh.page_url
    return _wanted_next(request) or page


def _wanted_next(request: HttpRequest) -> str:
    """The address on this site that the form asks to be led to, "" for none."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("follow", request, pk)
    follows = request.POST.get("follow") != "no"
    if follows:
        following.follow(question, by=request.user)
        said = _("You follow this question now.")
    else:
        following.unfollow(question, by=request.user)
        said = _("You do not follow this question any more.")
    if request.headers.get("HX-Request"):
        context = {"question": question, "follows": follows, "said": said}
        return render(request, "questions/_followed.html", context)
    messages.info(request, said)
    return redirect(question.page_url)


def confirmed(
    request: HttpRequest, question: Question, template: str, verb: Callable[..., Act], said: str
) -> HttpResponse:
    """A page that says what will happen and asks why; then the act, and a notice with Undo, `said` of {question}."""
    form = ReasonForm(posted(request))
    refusal, status = "", 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                act = verb(question, by=request.user, reason=form.cleaned_data["reason"])
            except _REFUSALS as error:
                refusal = str(error)
            else:
                done(request, said.format(question=act.question_text), act)
                fresh = Question.objects.select_related("primary").get(pk=question.pk)
                return redirect(fresh.page_url)
    parent = question.merged_into
    below = list(question.merged.visible().order_by("pk"))
    context = {"question": question, "parent": parent, "below": below, "form": form, "refusal": refusal}
    return render(request, template, context, status=status)


_FOUND, _PROPOSED = 20, 8


def _choose(
    request: HttpRequest,
    question: Question,
    template: str,
    onward: Callable[[Question, Question], HttpResponse],
) -> HttpResponse:
    form = TargetForm(request.GET if "q" in request.GET else None)
    found, status = None, 200
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["q"]
        named = searching.named(words) or Question.objects.worded(words)
        if named and not named.is_hidden and not named.primary.is_hidden:
            if named.pk == question.pk:
                form.add_error("q", _("That is this very question. Please choose another one."))
            elif named.is_primary and named.primary_id != question.primary_id:
                return onward(question, named)
            else:
                return wording_exists(request, question, named)
        else:
            found = matching.similar(words, limit=_FOUND, least=0.0, exclude=[question])
    if form.is_bound and form.errors:
        status = 422
    proposals = [] if form.is_bound else matching.similar_to(question, limit=_PROPOSED)
    context = {
        "question": question,
        "form": form,
        "found": found,
        "proposals": proposals,
        "suggesting": onward is _suggestion,
    }
    return render(request, template, context, status=status)


def _preview(question: Question, target: Question) -> HttpResponse:
    response = redirect("merge-preview", pk=question.pk, into=target.pk)
    response["Location"] += "?direction=best"
    return response


def _suggestion(question: Question, target: Question) -> HttpResponse:
    response = redirect("suggest-merge", pk=question.pk)
    response["Location"] += f"?into={target.pk}"
    return response


def _posted_target(request: HttpRequest) -> Question | None:
    given = request.POST.get("into") or request.GET.get("into") or ""
    target = searching.named(given) if given.isdecimal() else None
    hidden = target is not None and (target.is_hidden or target.primary.is_hidden)
    if given and (target is None or (hidden and not may(request.user, "see what is hidden"))):
        raise Http404(_("There is no question with this number."))
    return target
