"""What the site writes about questions by itself: tallies, the index of words, revisions, followers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from questions.admin.bases import ReadOnlyAdmin
from questions.admin.filters import narrowed_by
from questions.admin.searching import questions_for
from questions.models import DetailsRevision, Follow, HomeTally, WordingIndex


class AboutQuestionsAdmin(ReadOnlyAdmin):
    """Rows that are found by their question, by its words or its id."""

    # Only brings the search box; what is typed is looked up in the index of words.
    search_fields = ["question__text"]
    search_help_text = _("Words of the wording, or its id")
    list_select_related = ["question"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if search_term:
            queryset = queryset.filter(question__in=questions_for(search_term))
        return queryset, False


@admin.register(HomeTally)
class HomeTallyAdmin(AboutQuestionsAdmin):
    list_display = ("question", "answer_count", "useful_count", "best_useful", "last_activity_at", "lead")
    list_filter = ("last_activity_at",)


@admin.register(WordingIndex)
class WordingIndexAdmin(AboutQuestionsAdmin):
    list_display = ("question", "text")


@admin.register(DetailsRevision)
class DetailsRevisionAdmin(AboutQuestionsAdmin):
    list_display = ("question", "beginning", "author_name", "created_at")
    list_filter = (
        "created_at",
        narrowed_by(DetailsRevision, "question", _("question")),
        narrowed_by(DetailsRevision, "author", _("author")),
    )
    list_select_related = ["question", "author"]
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DetailsRevision]:
        return super().get_queryset(request).defer("text").annotate(beginning=Left("text", 100))

    @admin.display(description=_("beginning"))
    def beginning(self, revision: Any) -> str:
        return revision.beginning


@admin.register(Follow)
class FollowAdmin(AboutQuestionsAdmin):
    list_display = ("question", "user", "created_at")
    list_filter = (
        "created_at",
        narrowed_by(Follow, "question", _("question")),
        narrowed_by(Follow, "user", _("user")),
    )
    list_select_related = ["question", "user"]
    date_hierarchy = "created_at"
