"""What readers write beside answers, in the admin: comments and reports."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from answers.models import (
    Comment,
    Report,
)
from answers.permissions import may
from questions.admin.bases import KeptAdmin, ReadOnlyAdmin, link_to
from questions.admin.filters import narrowed_by
from questions.models import State


@admin.register(Comment)
class CommentAdmin(KeptAdmin):
    """A comment is hidden and brought back; what it says stays as it was written."""

    list_display = ("text", "about", "author_name", "state", "created_at")
    list_filter = (
        "state",
        "created_at",
        narrowed_by(Comment, "author", "author"),
        narrowed_by(Comment, "question", "question"),
        narrowed_by(Comment, "answer", "answer"),
    )
    list_select_related = ("author", "question", "answer__question")
    date_hierarchy = "created_at"
    search_fields = ("=id", "text", "author__name", "author__email", "guest_name")
    search_help_text = "A piece of the text, a name, an address, or an id"
    fields = ("id", "about", "text", "author", "guest_name", "created_at", "state")
    readonly_fields = ("id", "about", "text", "author", "guest_name", "created_at")
    actions = ("hide_selected", "restore_selected")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).defer("html")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return may(request.user, "hide")

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return super().has_view_permission(request, obj) or may(request.user, "hide")

    @admin.display(description="about")
    def about(self, comment: Comment) -> str | SafeString:
        return link_to(self.admin_site, comment.question or comment.answer)

    def save_model(self, request: HttpRequest, obj: Comment, form: forms.ModelForm, change: bool) -> None:
        obj.save(update_fields=["state"])

    @admin.action(description="Hide selected", permissions=["change"])
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        hidden = queryset.exclude(state=State.HIDDEN).update(state=State.HIDDEN)
        self.message_user(request, f"Hidden: {hidden}.", messages.SUCCESS)

    @admin.action(description="Restore selected", permissions=["change"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        restored = queryset.exclude(state=State.APPROVED).update(state=State.APPROVED)
        self.message_user(request, f"Restored: {restored}.", messages.SUCCESS)


class SettledFilter(admin.SimpleListFilter):
    title = "settled"
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("no", "Waiting"), ("yes", "Settled")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        match self.value():
            case "no":
                return queryset.filter(settled_at=None)
            case "yes":
                return queryset.exclude(settled_at=None)
        return queryset


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What a reader says stays as it was said; whoever may hide may settle it."""

    list_display = ("about", "reason", "words", "reporter", "created_at", "settled_at")
    list_display_links = ("reason",)
    list_filter = (
        SettledFilter,
        "reason",
        "created_at",
        narrowed_by(Report, "reporter", "reporter"),
        narrowed_by(Report, "question", "question"),
        narrowed_by(Report, "answer", "answer"),
    )
    list_select_related = ("question", "answer__question", "reporter")
    date_hierarchy = "created_at"
    search_fields = ("=id", "words", "reporter__name", "question__text")
    search_help_text = "A piece of what the reporter says, a name, a piece of the question, or an id"
    actions = ("settle_selected",)

    def has_view_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return super().has_view_permission(request, obj) or may(request.user, "hide")

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "hide")

    @admin.display(description="about")
    def about(self, report: Report) -> str | SafeString:
        return link_to(self.admin_site, report.question or report.answer)

    @admin.action(description="Settle selected", permissions=["settle"])
    def settle_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        settled = queryset.filter(settled_at=None).update(settled_at=timezone.now())
        self.message_user(request, f"Settled: {settled}.", messages.SUCCESS)
