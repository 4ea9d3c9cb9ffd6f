"""What the matcher keeps, and what people said to it: embeddings, arrivals, suggested alternates, skips, walks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from questions.admin.bases import ReadOnlyAdmin
from questions.admin.records import AboutQuestionsAdmin
from questions.models import Arrivals, LedToAnswers, MiningWalk, Skip, SuggestedAlternate, WordingEmbedding


@admin.register(WordingEmbedding)
class WordingEmbeddingAdmin(AboutQuestionsAdmin):
    list_display = ("question",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return ["question"]  # hundreds of numbers tell nobody anything


@admin.register(LedToAnswers)
class LedToAnswersAdmin(ReadOnlyAdmin):
    ordering = ("-day",)
    list_display = ("day", "count")
    date_hierarchy = "day"
    search_fields = ("=count",)
    search_help_text = _("How many")


@admin.register(Arrivals)
class ArrivalsAdmin(AboutQuestionsAdmin):
    list_display = ("question", "day", "count")
    list_filter = ("day",)
    date_hierarchy = "day"


@admin.register(SuggestedAlternate)
class SuggestedAlternateAdmin(AboutQuestionsAdmin):
    list_display = ("text", "question", "confidence", "suggested_by", "created_at", "decision", "decided_by")
    list_filter = ("decision", "created_at")
    list_select_related = ["question", "suggested_by", "decided_by"]


@admin.register(Skip)
class SkipAdmin(ReadOnlyAdmin):
    list_display = ("candidate", "user")
    search_fields = ("user__name", "user__email")
    search_help_text = _("The moderator's name or address")
    list_select_related = ("candidate__source", "candidate__target", "user")


@admin.register(MiningWalk)
class MiningWalkAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "finished_at", "reached_id", "last_id", "threshold", "found")
    list_filter = ("started_at",)
    search_fields = ("=id",)
    search_help_text = _("The number of a walk")
