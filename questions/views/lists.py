"""Lists of questions: the home page and the pages of tags."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from questions.models import Question, Tag
from questions.paging import page

# The column that each list falls in.
ORDERS = {
    "newest": "created_at",
    "active": "last_activity_at",
    "unanswered": "created_at",
    "useful": "useful_count",
}


@require_safe
def home(request: HttpRequest, order: str = "newest") -> HttpResponse:
    questions = Question.objects.primaries().visible()
    if order == "unanswered":
        questions = questions.unanswered()
    shown = page(
        questions.prefetch_related("tags"), ORDERS[order], request.GET, size=settings.QUESTIONS_PER_PAGE
    )
    return render(request, "questions/home.html", {"page": shown, "order": order})


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    tags = list(Tag.objects.in_use().order_by("-question_count", "name")[:500])
    return render(request, "questions/tags.html", {"tags": tags})


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
