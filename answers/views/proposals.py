"""Proposed edits: what waits for a reviewer, each compared with the text it would replace."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from answers import answering, comparing, proposing
from answers.conflicts import Conflict
from answers.forms import ReviewForm
from answers.models import EditProposal, Revision
from answers.permissions import may
from answers.views.reading import place
from questions.access import Gone
from questions.models import MAX_REASON_LENGTH
from questions.posting import posted
from questions.wording import one_line

_SHOWN = 50


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The queue, the oldest first."""
    if not may(request.user, "review"):
        raise PermissionDenied
    pending = EditProposal.objects.pending()
    shown = pending.select_related("answer__question__primary", "author").defer("text").oldest_first()
    context = {"count": pending.count(), "proposals": list(shown[:_SHOWN])}
    return render(request, "answers/review_edits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: for reviewers to decide, for its author to see what became of it or to take it back."""
    found = (
        EditProposal.objects.select_related("answer__question__primary", "base", "author", "decided_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404(_("There is no proposed edit with this number."))
    reviewing = may(request.user, "review")
    if not reviewing and found.author_id != request.user.pk:
        raise PermissionDenied
    if (found.answer.is_hidden or found.answer.question.primary.is_hidden) and not may(
        request.user, "see what is hidden"
    ):
        raise Gone
    # What is protected is left to those who may edit it, whoever else reviews.
    reviewing = reviewing and (not found.answer.is_protected or may(request.user, "edit", found.answer))
    if request.method == "POST":
        match request.POST.get("decision"):
            case "withdraw" if found.author_id == request.user.pk:
                return _decided(request, found, lambda: proposing.withdraw(found), _("Taken back."))
            case "reject" if reviewing:
                reason = one_line(request.POST.get("reason", ""))[:MAX_REASON_LENGTH]
                return _decided(
                    request,
                    found,
                    lambda: proposing.reject(found, by=request.user, reason=reason, seen=_seen(request)),
                    _("Rejected. Its author sees what you wrote."),
                )
            case _ if not reviewing:
                raise PermissionDenied
    return _to_be_reviewed(request, found, reviewing=reviewing)


def _to_be_reviewed(request: HttpRequest, found: EditProposal, *, reviewing: bool) -> HttpResponse:
    """The page of a proposal, which also takes the text that a reviewer accepts."""
    answer = found.answer
    newest = answering.newest_revision(answer)
    text, disputed = _as_it_would_be(found, newest)
    accepted = posted(request) if request.POST.get("decision") == "accept" else None
    form = ReviewForm(accepted, initial={"text": text, "revision": newest.number})
    status = 200 if request.method != "POST" else 422
    if form.is_valid():
        data = form.cleaned_data
        try:
            proposing.accept(
                found,
                data["text"],
                by=request.user,
                base=data["revision"],
                reason=data["reason"],
                seen=_seen(request),
            )
        except proposing.ProposalChanged as error:
            messages.error(request, str(error))
            return redirect("review-edit", pk=found.pk)
        except answering.TextChanged:
            newest = answering.newest_revision(answer)
            conflict = Conflict.between(answer, base=data["revision"], theirs=newest, mine=data["text"])
            status, text, disputed = 409, conflict.merged, conflict.disputed
            form.data = {"text": text, "reason": data["reason"], "revision": str(newest.number)}
        except proposing.AlreadyDecided as error:
            messages.error(request, str(error))
            return redirect("review-edit", pk=found.pk)
        else:
            messages.success(
                request,
                _("Accepted, in the name of {author}.").format(author=found.author.name),
                extra_tags="saved",
            )
            return _to_next(request)
    context = {
        "proposal": found,
        "answer": answer,
        "comparison": comparing.compare(
            # Afterwards, what it changed then.
            found.base.text if found.state == found.State.ACCEPTED else newest.text,
            text,
        ),
        "view": "side" if request.GET.get("view") == "side" else "inline",
        "form": form if reviewing and found.state in (found.State.PENDING, found.State.REJECTED) else None,
        "disputed": disputed,
        "changed": status == 409,
        "is_own": found.author_id == request.user.pk,
    }
    return render(request, "answers/review_edit.html", context, status=status)


def _as_it_would_be(found: EditProposal, newest: Revision) -> tuple[str, int]:
    """The proposed text with what was saved since it was written, and how many places of it are disputed."""
    if found.base_id == newest.pk or found.state == found.State.ACCEPTED:
        return found.text, 0
    conflict = Conflict.between(found.answer, base=found.base.number, theirs=newest, mine=found.text)
    return conflict.merged, conflict.disputed


def _decided(request: HttpRequest, found: EditProposal, decide, said: str) -> HttpResponse:
    try:
        decide()
    except (proposing.AlreadyDecided, proposing.ProposalChanged) as error:
        messages.error(request, str(error))
        return redirect("review-edit", pk=found.pk)
    messages.success(request, said)
    return _to_next(request) if may(request.user, "review") else place(found.answer)


def _seen(request: HttpRequest) -> str | None:
    """When the text was proposed that the page showed; None from a page that did not say."""
    return request.POST.get("proposed_at")


def _to_next(request: HttpRequest) -> HttpResponse:
    """Lead to the oldest proposal that waits, or to the empty queue."""
    following = EditProposal.objects.pending().oldest_first().exclude(author=request.user.pk).first()
    return redirect("review-edit", pk=following.pk) if following else redirect("review-edits")
