"""Answers, what readers say about them, and their log in Django's admin; changes go through the verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.postgres.search import SearchVector
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from answers import answering, moderation, usefulness
from answers.forms import AnswerTextField
from answers.models import (
    Answer,
    AnswerAct,
    Comment,
    Report,
    Revision,
    UsefulMark,
)
from answers.permissions import may
from questions.admin.acting import act_on_selected
from questions.admin.bases import KeptAdmin, ReadOnlyAdmin, count_of, link_to, look_like_the_admin
from questions.admin.filters import narrowed_by
from questions.admin.searching import typed_id, word_query
from questions.forms import LineField
from questions.models import MAX_REASON_LENGTH, State


def answers_for(typed: str) -> QuerySet[Any]:
    """Answers with these words, or by a person of this name or address, or with this id; for `pk__in`."""
    # The expression is that of the index answer_words, which PostgreSQL uses for no other.
    worded = Answer.objects.annotate(words=SearchVector("text", config="english")).filter(
        words=word_query(typed)
    )
    people = get_user_model().objects.filter(Q(name__istartswith=typed) | Q(email__iexact=typed))
    return worded.values("pk").union(
        Answer.objects.filter(author__in=people).values("pk"),
        Answer.objects.filter(pk__in=typed_id(typed)).values("pk"),
    )


class AnswerForm(forms.ModelForm):
    text = AnswerTextField(help_text="Markdown. The former text is kept.")
    summary = LineField(
        required=False,
        max_length=MAX_REASON_LENGTH,
        help_text="What changes in the text; stands at the revision.",
    )

    class Meta:
        model = Answer
        fields = ["text", "author", "guest_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_like_the_admin(self, "text", "summary")


@admin.register(Answer)
class AnswerAdmin(KeptAdmin):
    """An answer stays at its home for ever; its text changes by a new revision, its state by the actions."""

    form = AnswerForm
    autocomplete_fields = ("author",)
    list_display = (
        "beginning",
        "question",
        "author_name",
        "state",
        "useful_count",
        "comments",
        "revisions",
        "is_accepted",
        "created_at",
    )
    list_filter = (
        "state",
        "is_accepted",
        "created_at",
        narrowed_by(Answer, "question", "home"),
        narrowed_by(Answer, "author", "author"),
    )
    list_select_related = ("author", "question")
    date_hierarchy = "created_at"
    search_fields = ("text", "author__name")
    search_help_text = "Words of an answer, the last one may be unfinished; the beginning of a name; or an id"
    readonly_fields = (
        "id",
        "question",
        "state",
        "created_at",
        "edited_at",
        "is_accepted",
        "useful_count",
        "useful_elsewhere",
        "comments",
        "revisions",
    )
    actions = ("hide_selected", "restore_selected")

    def get_fieldsets(self, request: HttpRequest, obj: Answer | None = None) -> list[Any]:
        editable = ["question", "text", "author", "guest_name"]
        if self.has_change_permission(request, obj):
            editable.insert(2, "summary")
        shown = [name for name in self.readonly_fields if name != "question"]
        return [(None, {"fields": editable}), ("State and numbers", {"fields": shown})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        return (
            super()
            .get_queryset(request)
            .defer("text", "html")
            .annotate(
                beginning=Left("text", 100),
                comments_here=count_of(Comment.objects.all(), "answer"),
                revisions_here=count_of(Revision.objects.all(), "answer"),
            )
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Answer], search_term: str
    ) -> tuple[QuerySet[Answer], bool]:
        if search_term:
            queryset = queryset.filter(pk__in=answers_for(search_term))
        return queryset, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Answer | None = None) -> bool:
        return may(request.user, "edit")

    def has_view_permission(self, request: HttpRequest, obj: Answer | None = None) -> bool:
        return (
            super().has_view_permission(request, obj)
            or self.has_change_permission(request, obj)
            or self.has_hide_permission(request)
        )

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "hide")

    @admin.display(description="beginning")
    def beginning(self, answer: Any) -> str:
        return answer.beginning

    @admin.display(description="comments")
    def comments(self, answer: Any) -> int:
        return answer.comments_here

    @admin.display(description="revisions")
    def revisions(self, answer: Any) -> int:
        return answer.revisions_here

    def save_model(self, request: HttpRequest, obj: Answer, form: forms.ModelForm, change: bool) -> None:
        """Edit by the verb, and write the columns that are nobody's verb."""
        data = form.cleaned_data
        # As imported, a text may have ends of lines that no browser sends back; that is no edit.
        if data["text"] != form.fields["text"].to_python(form.initial["text"]):
            answering.edit(obj, data["text"], by=request.user, summary=data["summary"])
        Answer.objects.filter(pk=obj.pk).update(author=obj.author, guest_name=obj.guest_name)

    @admin.action(description="Hide selected", permissions=["hide"])
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Answer]) -> HttpResponse | None:
        def hide(answer: Answer, reason: str) -> str:
            return f"{moderation.hide(answer, by=request.user, reason=reason)}."

        return act_on_selected(self, request, queryset, do=hide, title="Hide selected", button="Hide")

    @admin.action(description="Restore selected", permissions=["hide"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[Answer]) -> HttpResponse | None:
        def restore(answer: Answer, reason: str) -> str:
            return f"{moderation.restore(answer, by=request.user, reason=reason)}."

        return act_on_selected(
            self, request, queryset, do=restore, title="Restore selected", button="Restore"
        )


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
        narrowed_by(AnswerAct, "by", "person"),
        narrowed_by(AnswerAct, "answer", "answer"),
    )
    list_select_related = ("answer__question", "by")

    @admin.display(description="home")
    def home(self, act: AnswerAct) -> str | SafeString:
        return link_to(self.admin_site, act.answer.question)


@admin.register(Revision)
class RevisionAdmin(AboutAnswersAdmin):
    list_display = ("answer", "number", "beginning", "author_name", "summary", "created_at")
    list_filter = (
        "created_at",
        narrowed_by(Revision, "answer", "answer"),
        narrowed_by(Revision, "author", "author"),
    )
    list_select_related = ("answer__question", "author")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).defer("text").annotate(beginning=Left("text", 100))

    @admin.display(description="beginning")
    def beginning(self, revision: Any) -> str:
        return revision.beginning


@admin.register(UsefulMark)
class UsefulMarkAdmin(AboutAnswersAdmin):
    """Marks are given by readers. One that was given unfairly is taken back by the verb, which recounts."""

    list_display = ("answer", "user", "guest", "created_at")
    list_filter = (
        "created_at",
        narrowed_by(UsefulMark, "answer", "answer"),
        narrowed_by(UsefulMark, "user", "user"),
    )
    list_select_related = ("answer__question", "user")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def delete_model(self, request: HttpRequest, obj: UsefulMark) -> None:
        usefulness.unmark(obj.answer, by=obj.user, guest=obj.guest)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[UsefulMark]) -> None:
        for mark in queryset.select_related("answer__question", "user"):
            self.delete_model(request, mark)


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
