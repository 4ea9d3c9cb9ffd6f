"""Opening the link by which a guest confirms an address: it shows a button, and the button confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answers.models import Comment
from door import confirming, guests


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, signed: str) -> HttpResponse:
    guest = confirming.guest_of_link(signed)
    if guest is None:
        raise Http404(
            _(
                "This link does not work any more, or is not whole. When you write a comment again, a new one is sent."
            )
        )
    token = guests.guest_of(request)
    if request.method == "POST":
        here = confirming.confirm(guest, token=token or guests.new_guest())
        messages.success(request, _("Thank you. Your address is confirmed in this browser."))
        own = Comment.objects.seen_by(request.user, here.token).filter(guest=here)
        response = redirect(own.order_by("-pk").first() or "home")
        guests.remember_guest(response, here.token)
        return response
    context = {"guest": guest, "is_same_browser": guest.token == token}
    return render(request, "answers/confirm.html", context)
