"""The page of the specimens, for staff."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qa_site.components.rooms import answers, comparing, door, moderation, pages, pairs, questions, whole
from qa_site.components.showing import Shown
from qa_site.components.specimens import Room

ROOMS = [room.ROOM for room in (pages, questions, pairs, answers, comparing, moderation, door, whole)]


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every specimen, or those of `?room=`; `?direction=` turns them round. Costs no query but for the reader."""
    if not request.user.is_staff:
        raise PermissionDenied("These are for staff: parts of the pages, with made-up data.")
    name = request.GET.get("room", "")
    chosen = [room for room in ROOMS if name in ("", room.name)]
    if not chosen:
        raise Http404("There is no such room. The page without one shows them all.")
    direction = request.GET.get("direction", "")
    context = {
        "rooms": ROOMS,
        "chosen": name,
        "direction": direction if direction in ("ltr", "rtl") else "",
        "shown": [(room, shown_of(room, request)) for room in chosen],
    }
    return render(request, "site/components.html", context)


def shown_of(room: Room, request: HttpRequest) -> list[Shown]:
    return [
        Shown(specimen, f"{room.name}-{number}", request)
        for number, specimen in enumerate(room.specimens(), start=1)
    ]
