"""Who may not write for a while: the list, blocking, and lifting."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from door.blocking import CannotBlock
from door.models import Block
from qa_site.moderation import blocking
from qa_site.moderation.about_text import text_in
from qa_site.moderation.access import require
from qa_site.moderation.block_forms import BlockForm
from questions.notices import undoable
from questions.paging import page
from questions.posting import posted

_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest) -> HttpResponse:
    """The blocks in force and a form for another; `?answer=5` offers the writer of that answer."""
    require("block", request)
    text = text_in(request.GET)
    initial = {"whom": request.GET["user"]} if "user" in request.GET and text is None else None
    form = BlockForm(posted(request), text=text, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = blocking.block(
                until=form.ends_at,
                reason=form.cleaned_data["reason"],
                by=request.user,
                **form.cleaned_data["whom"],
            )
        except CannotBlock as error:
            form.add_error("whom", str(error))
        else:
            said = _("Blocked {whom} until {moment}.")
            undoable(
                request,
                said.format(whom=made.whom, moment=blocking.day(made.until)),
                reverse("lift-block", args=[made.pk]),
            )
            return redirect("blocks")
    in_force = Block.objects.in_force().select_related("user", "by")
    context = {
        "form": form,
        "text": text,
        "page": page(in_force, "created_at", request.GET, size=_SHOWN),
        "over": list(
            Block.objects.exclude(lifted_at=None)
            .select_related("user", "by", "lifted_by")
            .order_by("-lifted_at")[:10]
        ),
    }
    return render(request, "moderation/blocks.html", context, status=422 if form.is_bound else 200)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    require("block", request)
    try:
        lifted = blocking.lift(_block(pk), by=request.user)
    except CannotBlock as error:
        messages.error(request, str(error))
    else:
        said = _("Lifted the block of {whom}.").format(whom=lifted.whom)
        undoable(request, said, reverse("block-again", args=[pk]))
    return redirect("blocks")


@require_POST
def block_again(request: HttpRequest, pk: int) -> HttpResponse:
    require("block", request)
    try:
        made = blocking.block_again(_block(pk), by=request.user)
    except CannotBlock as error:
        messages.error(request, str(error))
    else:
        said = _("Blocked {whom} again.").format(whom=made.whom)
        undoable(request, said, reverse("lift-block", args=[made.pk]))
    return redirect("blocks")


def _block(pk: int) -> Block:
    found = Block.objects.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no block with this number."))
    return found
