"""What readers say about answers without writing: useful, and to the asker, this one helped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answers import accepting, usefulness
from answers.access import answer_to
from answers.views.reading import place
from door import guests
from door.addresses import address_block


@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("mark as useful", request, pk)
    marking = request.POST.get("useful") != "no"
    guest = None if request.user.is_authenticated else guests.guest_of(request) or guests.new_guest()
    said = _("Thanks for the feedback!") if marking else _("Taken back.")
    try:
        if not marking:
            usefulness.unmark(answer, by=None if guest else request.user, guest=guest)
        elif guest:
            usefulness.mark(answer, guest=guest, address_block=address_block(request))
        else:
            usefulness.mark(answer, by=request.user)
    except usefulness.TooManyFromThere:
        marking, said = False, _("Others near you have said so already. Sign in to add your own.")
    if request.headers.get("HX-Request"):
        answer.refresh_from_db(fields=["useful_count"])
        shown = {
            "answer": answer,
            "found_useful": marking,
            "others": answer.useful_count - marking,
            "may_mark": True,
        }
        response = render(request, "answers/_useful.html", {"shown": shown, "thanks": said})
    else:
        messages.info(request, said)
        response = place(answer)
    if guest:
        guests.remember_guest(response, guest)
    return response


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("accept", request, pk)
    if request.POST.get("accept") == "no":
        accepting.take_back(answer)
    else:
        accepting.accept(answer)
        messages.success(request, _("Marked as the answer that helped you."))
    return place(answer)
