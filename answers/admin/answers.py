"""Answers in the admin; their texts and states change through the verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from answers import answering, moderation
from answers.forms import AnswerTextField
from answers.models import (
    Answer,
    Comment,
    Revision,
)
from answers.permissions import may
from questions.admin.acting import act_on_selected
from questions.admin.bases import KeptAdmin, count_of, look_like_the_admin
from questions.admin.filters import narrowed_by
from questions.admin.searching import typed_id, word_query
from questions.forms import LineField
from questions.models import MAX_REASON_LENGTH


def answers_for(typed: str) -> QuerySet[Any]:
    """Answers with these words, or by a person of this name or address, or with this id; for `pk__in`."""
    worded = Answer.objects.filter(index__words=word_query(typed))
    people = get_user_model().objects.filter(Q(name__istartswith=typed) | Q(email__iexact=typed))
    return worded.values("pk").union(
        Answer.objects.filter(author__in=people).values("pk"),
        Answer.objects.filter(pk__in=typed_id(typed)).values("pk"),
    )


class AnswerForm(forms.ModelForm):
    text = AnswerTextField(label=_("Text"), help_text=_("Markdown. The former text is kept."))
    summary = LineField(
        label=_("Summary"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        help_text=_("What changes in the text; stands at the revision."),
    )

    # Which text was edited, so that one which was saved meanwhile is not overwritten.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Answer
        fields = ["text", "author", "guest_name"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        newest = answering.newest_revision(self.instance).number
        if "text" in self.changed_data and self.cleaned_data.get("revision") not in (None, newest):
            self.add_error(
                "text",
                _(
                    "Somebody has saved text {number} of this answer since you opened it. Copy what you wrote, "
                    "and open it anew."
                ).format(number=newest),
            )
        return cleaned

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["revision"] = answering.newest_revision(self.instance).number
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
        narrowed_by(Answer, "question", _("home")),
        narrowed_by(Answer, "author", _("author")),
    )
    list_select_related = ("author", "question")
    date_hierarchy = "created_at"
    search_fields = ("text", "author__name")
    search_help_text = _(
        "Words of an answer, the last one may be unfinished; the beginning of a name; or an id"
    )
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
            editable[2:2] = ["summary", "revision"]
        shown = [name for name in self.readonly_fields if name != "question"]
        return [(None, {"fields": editable}), (_("State and numbers"), {"fields": shown})]

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
        # The setting EDITORS is about the site's pages; here one changes who the author is, too.
        return request.user.has_perm("answers.edit_answer") and may(request.user, "edit", obj)

    def has_view_permission(self, request: HttpRequest, obj: Answer | None = None) -> bool:
        return (
            super().has_view_permission(request, obj)
            or self.has_change_permission(request, obj)
            or self.has_hide_permission(request)
        )

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "hide")

    @admin.display(description=_("beginning"))
    def beginning(self, answer: Any) -> str:
        return answer.beginning

    @admin.display(description=_("comments"))
    def comments(self, answer: Any) -> int:
        return answer.comments_here

    @admin.display(description=_("revisions"))
    def revisions(self, answer: Any) -> int:
        return answer.revisions_here

    def save_model(self, request: HttpRequest, obj: Answer, form: forms.ModelForm, change: bool) -> None:
        """Edit by the verb, and write the columns that are nobody's verb."""
        data = form.cleaned_data
        # As imported, a text may have ends of lines that no browser sends back; that is no edit.
        if data["text"] != form.fields["text"].to_python(form.initial["text"]):
            answering.edit(obj, data["text"], by=request.user, summary=data["summary"])
        Answer.objects.filter(pk=obj.pk).update(author=obj.author, guest_name=obj.guest_name)

    @admin.action(description=_("Hide selected"), permissions=["hide"])
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Answer]) -> HttpResponse | None:
        def hide(answer: Answer, reason: str) -> str:
            return f"{moderation.hide(answer, by=request.user, reason=reason)}."

        return act_on_selected(
            self, request, queryset, do=hide, title=gettext("Hide selected"), button=pgettext("verb", "Hide")
        )

    @admin.action(description=_("Restore selected"), permissions=["hide"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[Answer]) -> HttpResponse | None:
        def restore(answer: Answer, reason: str) -> str:
            return f"{moderation.restore(answer, by=request.user, reason=reason)}."

        return act_on_selected(
            self,
            request,
            queryset,
            do=restore,
            title=gettext("Restore selected"),
            button=pgettext("verb", "Restore"),
        )
