"""Lists of questions: the home page and the pages of tags."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from questions.models import Question, State, Tag
from questions.paging import page

# name in the address: (word on the page, column that the list falls in)
ORDERS = {
    "newest": ("Newest", "created_at"),
    "active": ("Active", "last_activity_at"),
    "unanswered": ("Unanswered", "created_at"),
    "useful": ("Most useful", "useful_count"),
}


@require_safe
def home(request: HttpRequest, order: str = "newest") -> HttpResponse:
    questions = Question.objects.primaries().visible()
    if order == "unanswered":
        questions = questions.unanswered()
    _, column = ORDERS[order]
    shown = page(questions.prefetch_related("tags"), column, request.GET, size=settings.QUESTIONS_PER_PAGE)
    return render(request, "questions/home.html", {"page": shown, "orders": ORDERS, "order": order})


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    tags = (
        Tag.objects.annotate(
            question_count=Count(
                "tagged__content_object__primary",
                distinct=True,
                filter=Q(tagged__content_object__primary__state=State.APPROVED),
            )
        )
        .filter(question_count__gt=0)
        .order_by("-question_count", "name")[:500]
    )
    return render(request, "questions/tags.html", {"tags": tags})


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=name.lower())
    questions = Question.objects.tagged(tag).visible().prefetch_related("tags")
    shown = page(questions, "last_activity_at", request.GET, size=settings.QUESTIONS_PER_PAGE)
    return render(request, "questions/tag.html", {"tag": tag, "page": shown})


@require_safe
def complete_tags(request: HttpRequest) -> HttpResponse:
    """Options for the tag that is being typed, the last one in the field, each with the ones before it."""
    *before, typed = request.GET.get("tags", "")[:300].replace("\x00", "").split(",")
    typed = typed.strip().lower()
    found = (
        Tag.objects.filter(name__startswith=typed)
        .annotate(uses=Count("tagged", filter=Q(tagged__content_object__state="approved")))
        .order_by("-uses", "name")[:8]
        if typed
        else []
    )
    prefix = "".join(f"{name.strip()}, " for name in before)
    return render(request, "questions/_tag_options.html", {"tags": found, "prefix": prefix})
