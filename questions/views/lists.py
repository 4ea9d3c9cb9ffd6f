"""Lists of questions: the home page and the pages of tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from questions import arriving
from questions.access import question_to, require
from questions.models import Question, Tag
from questions.paging import page

# The column that each list falls in.
ORDERS = {
    "newest": "created_at",
    "active": "last_activity_at",
    "unanswered": "created_at",
    "useful": "useful_count",
    "followed": "last_activity_at",
}


@require_safe
def home(request: HttpRequest, order: str = "newest") -> HttpResponse:
    questions = Question.objects.primaries().visible()
    if order == "unanswered":
        questions = questions.unanswered()
    elif order == "followed":
        require("follow", request)
        questions = questions.followed_by(request.user)
    shown = page(
        questions.prefetch_related("tags"), ORDERS[order], request.GET, size=settings.QUESTIONS_PER_PAGE
    )
    return render(request, "questions/home.html", {"page": shown, "order": order})


# Counting takes as long as there are questions with tags.
_TAGS_SHOWN, _TAGS_KEPT_SECONDS = 500, 60


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    def most_used() -> list[Tag]:
        return list(Tag.objects.in_use().order_by("-question_count", "name")[:_TAGS_SHOWN])

    shown = cache.get_or_set("most-used-tags", most_used, _TAGS_KEPT_SECONDS)
    return render(request, "questions/tags.html", {"tags": shown})


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    tag = get_object_or_404(Tag.objects.in_use(), slug=name.lower().replace("\x00", ""))
    questions = Question.objects.tagged(tag).visible().prefetch_related("tags")
    shown = page(questions, "last_activity_at", request.GET, size=settings.QUESTIONS_PER_PAGE)
    return render(request, "questions/tag.html", {"tag": tag, "page": shown})


@require_safe
def complete_tags(request: HttpRequest) -> HttpResponse:
    """Options for the tag that is being typed, the last one in the field, each with the ones before it."""
    *before, typed = request.GET.get("tags", "")[:300].replace("\x00", "").split(",")
    typed = typed.strip().lower()
    found = list(Tag.objects.in_use().beginning_with(typed).order_by("-question_count", "name")[:8])
    prefix = "".join(f"{name.strip()}, " for name in before)
    return render(request, "questions/_tag_options.html", {"tags": found, "prefix": prefix})


@require_safe
def alternates(request: HttpRequest) -> HttpResponse:
    """The families of most wordings: what people ask most, in their own words."""
    shown = page(
        Question.objects.visible().with_alternates(),
        "wording_count",
        request.GET,
        size=settings.QUESTIONS_PER_PAGE,
    )
    context = {"page": shown, "entries": _with_alternates(shown.rows), "order": "wordings"}
    return render(request, "questions/alternates.html", context)


@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    """The families at which most readers arrived by another wording than the primary."""
    found = arriving.most_arrived(limit=settings.QUESTIONS_PER_PAGE)
    context = {"entries": _with_alternates(found), "order": "arrivals", "days": arriving.DAYS}
    return render(request, "questions/alternates.html", context)


@dataclass(frozen=True)
class Asked:
    """A family with its alternates, each with how many arrived by it lately, those by which most did first."""

    primary: Question
    alternates: list[tuple[Question, int]]

    @property
    def arrivals(self) -> int:
        return sum(count for _, count in self.alternates)


def _with_alternates(primaries: Sequence[Question]) -> list[Asked]:
    arrived = arriving.by_wording(primaries)
    alternates: dict[int, list[tuple[Question, int]]] = defaultdict(list)
    for wording in Question.objects.visible().alternates().filter(primary__in=primaries).order_by("pk"):
        alternates[wording.primary_id].append((wording, arrived.get(wording.pk, 0)))
    return [
        Asked(primary, sorted(alternates[primary.pk], key=lambda pair: -pair[1])) for primary in primaries
    ]


@require_POST
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """The browser tells that its reader came to a page by this wording; robots and previews do not."""
    wording = question_to("read", request, pk)
    if not wording.is_primary and not wording.is_hidden:
        arriving.arrive(wording)
    return HttpResponse(status=204)
