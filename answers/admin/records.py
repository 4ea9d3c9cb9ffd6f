"""What the site writes down about answers, in the admin: to be read, not changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from answers import usefulness
from answers.admin.answers import AnswerAdmin, answers_for
from answers.models import (
    AnswerAct,
    AnswerIndex,
    CopiedPassage,
    EditProposal,
    PassageSketch,
    Revision,
    UsefulMark,
)
from questions.admin.bases import ReadOnlyAdmin, link_to
from questions.admin.filters import narrowed_by


class AboutAnswersAdmin(ReadOnlyAdmin):
    """Rows that are found by their answer, by its words, its author or its id."""

    # Only brings the search box; what is typed is looked up in the index of the answers' words.
    search_fields = ("answer__text",)
    search_help_text = AnswerAdmin.search_help_text
    date_hierarchy = "created_at"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if search_term:
            queryset = queryset.filter(answer__in=answers_for(search_term))
        return queryset, False


@admin.register(AnswerAct)
class AnswerActAdmin(AboutAnswersAdmin):
    """The log about answers, as unchangeable as that about questions."""

    list_display = ("created_at", "kind", "answer", "home", "by", "reason")
    list_filter = (
        "kind",
        "created_at",
        narrowed_by(AnswerAct, "by", _("person")),
        narrowed_by(AnswerAct, "answer", _("answer")),
    )
    list_select_related = ("answer__question", "by")

    @admin.display(description=_("home"))
    def home(self, act: AnswerAct) -> str | SafeString:
        return link_to(self.admin_site, act.answer.question)


@admin.register(Revision)
class RevisionAdmin(AboutAnswersAdmin):
    list_display = ("answer", "number", "beginning", "author_name", "summary", "created_at")
    list_filter = (
        "created_at",
        narrowed_by(Revision, "answer", _("answer")),
        narrowed_by(Revision, "author", _("author")),
    )
    list_select_related = ("answer__question", "author")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("text").annotate(beginning=Left("text", 100))

    @admin.display(description=_("beginning"))
    def beginning(self, revision: Any) -> str:
        return revision.beginning


@admin.register(UsefulMark)
class UsefulMarkAdmin(AboutAnswersAdmin):
    """Marks are given by readers. One that was given unfairly is taken back by the verb, which recounts."""

    list_display = ("answer", "user", "guest", "created_at")
    list_filter = (
        "created_at",
        narrowed_by(UsefulMark, "answer", _("answer")),
        narrowed_by(UsefulMark, "user", _("user")),
    )
    list_select_related = ("answer__question", "user")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request: HttpRequest, obj: UsefulMark) -> None:
        usefulness.unmark(obj.answer, by=obj.user, guest=obj.guest)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[UsefulMark]) -> None:
        for mark in queryset.select_related("answer__question", "user"):
            self.delete_model(request, mark)


@admin.register(EditProposal)
class EditProposalAdmin(AboutAnswersAdmin):
    """Proposed texts are accepted and rejected on the site's own page, where they are compared."""

    list_display = ("answer", "author", "state", "summary", "created_at", "decided_by", "decided_at")
    list_filter = (
        "state",
        "created_at",
        narrowed_by(EditProposal, "answer", _("answer")),
        narrowed_by(EditProposal, "author", _("author")),
    )
    list_select_related = ("answer__question", "author", "decided_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[EditProposal]:
        return super().get_queryset(request).defer("text")


@admin.register(AnswerIndex)
class AnswerIndexAdmin(AboutAnswersAdmin):
    list_display = ("answer",)
    list_select_related = ("answer__question",)
    date_hierarchy = None  # type: ignore[assignment]


@admin.register(PassageSketch)
class PassageSketchAdmin(AboutAnswersAdmin):
    list_display = ("answer", "word_count")
    list_select_related = ("answer__question",)
    date_hierarchy = None  # type: ignore[assignment]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PassageSketch]:
        return super().get_queryset(request).defer("numbers")


@admin.register(CopiedPassage)
class CopiedPassageAdmin(AboutAnswersAdmin):
    """What was found is settled on the site's own page, where the passages are marked."""

    list_display = ("answer", "source", "word_count", "share", "found_at", "settled_at", "settled_by")
    list_filter = (
        "found_at",
        narrowed_by(CopiedPassage, "answer", _("answer")),
        narrowed_by(CopiedPassage, "source", _("source")),
    )
    list_select_related = ("answer__question", "source__question", "settled_by")
    date_hierarchy = "found_at"
