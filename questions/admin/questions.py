"""Questions: found and filtered, reworded, merged, split off and hidden, all by the verbs."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from questions import asking, merging, moderation
from questions.admin.acting import act_on_selected
from questions.admin.bases import KeptAdmin, admin_address, link_to, look_like_the_admin
from questions.admin.filters import AnsweredFilter, PlaceFilter, TagFilter, narrowed_by
from questions.admin.searching import questions_for
from questions.forms import LineField, MarkdownField, ReasonForm, WordingField
from questions.models import MAX_DETAILS_LENGTH, MAX_REASON_LENGTH, Act, Question, TaggedQuestion
from questions.permissions import may
from questions.uniqueness import WordingExists

WORDINGS_SHOWN = 100
ACTS_SHOWN = 20

_MODERATING = ("edit", "merge", "unmerge", "promote", "hide")


class QuestionForm(forms.ModelForm):
    """The text and the details as the verbs take them; the reason is for the log."""

    text = WordingField(label=_("Wording"))
    reason = LineField(
        required=False,
        max_length=MAX_REASON_LENGTH,
        label=_("Why the wording changes"),
        help_text=_("Stands in the public log."),
    )
    details = MarkdownField(
        label=_("Details"),
        rows=10,
        max_length=MAX_DETAILS_LENGTH,
        required=False,
        help_text=_("Markdown. The former text is kept."),
    )

    class Meta:
        model = Question
        fields = ["text", "details", "author", "guest_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look_like_the_admin(self, "text", "reason", "details")

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        existing = Question.objects.worded(text)
        if existing is not None and existing.pk != self.instance.pk:
            stands = gettext("“{text}” already exists. You can merge the two instead.")
            raise forms.ValidationError(stands.format(text=existing.text))
        return text


class MergeForm(ReasonForm):
    target = forms.ModelChoiceField(
        Question.objects.all(),
        label=_("Merge into"),
        widget=AutocompleteSelect(Question._meta.get_field("merged_into"), admin.site),
        help_text=_("The edge leads to this very wording, an alternate too; its primary heads the page."),
    )
    field_order = ["target", "reason"]


class TagInline(admin.TabularInline):
    """The tags of this wording; its family shows those of all its wordings."""

    model = TaggedQuestion
    autocomplete_fields = ("tag",)
    extra = 1
    verbose_name = _("tag")
    verbose_name_plural = _("tags")

    def has_view_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return may(request.user, "edit")

    def has_change_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return may(request.user, "edit")

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return may(request.user, "edit")


@admin.register(Question)
class QuestionAdmin(KeptAdmin):
    """Asking is for the site; here is what is done to what was asked. Who may reword may change, as there."""

    form = QuestionForm
    inlines = (TagInline,)
    autocomplete_fields = ("author",)
    list_display = (
        "text",
        "place",
        "state",
        "wordings",
        "answers",
        "useful",
        "author_name",
        "created_at",
    )
    list_filter = (
        "state",
        PlaceFilter,
        AnsweredFilter,
        "created_at",
        TagFilter,
        narrowed_by(Question, "author", _("author")),
    )
    list_select_related = ("author", "primary")
    date_hierarchy = "created_at"
    # Only brings the search box; what is typed is looked up in the index of words.
    search_fields = ("text",)
    search_help_text = _("Words of a wording, the last one may be unfinished; a whole wording; or an id")
    readonly_fields = (
        "id",
        "key",
        "state",
        "created_at",
        "place",
        "wordings",
        "answers",
        "useful",
        "last_activity_at",
        "family",
        "log",
    )
    actions = ("merge_selected", "unmerge_selected", "promote_selected", "hide_selected", "restore_selected")

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> list[Any]:
        editable = ["text", "details", "author", "guest_name"]
        if self.has_change_permission(request, obj):
            editable.insert(1, "reason")
        return [
            (None, {"fields": editable}),
            (_("State"), {"fields": ["id", "state", "place", "created_at", "last_activity_at", "key"]}),
            (_("Numbers of the family"), {"fields": ["wordings", "answers", "useful"]}),
            (_("Family"), {"fields": ["family"]}),
            (pgettext("noun", "Log"), {"fields": ["log"]}),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Question], search_term: str
    ) -> tuple[QuerySet[Question], bool]:
        if search_term:
            queryset = queryset.filter(pk__in=questions_for(search_term))
        return queryset, False

    # Who may do what ----------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return may(request.user, "edit")

    def has_view_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return super().has_view_permission(request, obj) or any(may(request.user, act) for act in _MODERATING)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "merge")

    def has_unmerge_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "unmerge")

    def has_promote_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "promote")

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "hide")

    # What is shown ------------------------------------------------------------------------------------------

    @admin.display(description=_("place"))
    def place(self, question: Question) -> str | SafeString:
        if question.is_primary:
            return pgettext("wording", "Primary")
        return format_html(
            gettext("Alternate of {primary}"), primary=link_to(self.admin_site, question.primary)
        )

    @admin.display(description=_("wordings"), ordering="wording_count")
    def wordings(self, question: Question) -> int | None:
        return question.wording_count if question.is_primary else None

    @admin.display(description=_("answers"), ordering="answer_count")
    def answers(self, question: Question) -> int | None:
        return question.answer_count if question.is_primary else None

    @admin.display(description=_("useful marks"), ordering="useful_count")
    def useful(self, question: Question) -> int | None:
        return question.useful_count if question.is_primary else None

    @admin.display(description=_("wordings of this family"))
    def family(self, question: Question) -> SafeString:
        members = Question.objects.of_family(question).select_related("merged_into").order_by("pk")
        shown = [(admin_address(self.admin_site, member), member) for member in members[: WORDINGS_SHOWN + 1]]
        return render_to_string(
            "admin/questions/_family.html",
            {"question": question, "wordings": shown[:WORDINGS_SHOWN], "more": len(shown) > WORDINGS_SHOWN},
        )

    @admin.display(description=_("newest acts"))
    def log(self, question: Question) -> SafeString:
        acts = Act.objects.of_family(question).select_related("by").newest()
        shown = [(admin_address(self.admin_site, act), act) for act in acts[: ACTS_SHOWN + 1]]
        return render_to_string(
            "admin/questions/_log.html",
            {"question": question, "acts": shown[:ACTS_SHOWN], "more": len(shown) > ACTS_SHOWN},
        )

    # What is done -------------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except WordingExists as exists:
            # The form looked and found the wording free; somebody was quicker. Nothing has been saved.
            self.message_user(request, str(exists), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Question, form: forms.ModelForm, change: bool) -> None:
        """Reword and edit by the verbs, and write the columns that are nobody's verb."""
        data = form.cleaned_data
        with suppress(merging.SameWording):
            merging.reword(obj, data["text"], by=request.user, reason=data["reason"])
        if data["details"] != form.fields["details"].to_python(form.initial["details"]):
            asking.edit_details(obj, data["details"], by=request.user)
        Question.objects.filter(pk=obj.pk).update(author=obj.author, guest_name=obj.guest_name)

    @admin.action(description=_("Merge selected into…"), permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        def merge(question: Question, target: Question, reason: str) -> str:
            return merging.merge(question, into=target, by=request.user, reason=reason).sentence

        return act_on_selected(
            self,
            request,
            queryset.select_related("primary"),
            do=merge,
            title=gettext("Merge selected into…"),
            button=pgettext("verb", "Merge"),
            form_class=MergeForm,
        )

    @admin.action(description=_("Unmerge selected (split off)"), permissions=["unmerge"])
    def unmerge_selected(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        title, button = gettext("Unmerge selected"), pgettext("verb", "Unmerge")
        return self._ask_and_do(request, queryset, merging.unmerge, title, button)

    @admin.action(description=_("Make selected the primary of its family"), permissions=["promote"])
    def promote_selected(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        title, button = gettext("Make selected the primary"), gettext("Make primary")
        return self._ask_and_do(request, queryset, merging.promote, title, button)

    @admin.action(description=_("Hide selected"), permissions=["hide"])
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        title, button = gettext("Hide selected"), pgettext("verb", "Hide")
        return self._ask_and_do(request, queryset, moderation.hide, title, button)

    @admin.action(description=_("Restore selected"), permissions=["hide"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[Question]) -> HttpResponse | None:
        title, button = gettext("Restore selected"), pgettext("verb", "Restore")
        return self._ask_and_do(request, queryset, moderation.restore, title, button)

    def _ask_and_do(
        self, request: HttpRequest, queryset: QuerySet[Question], verb: Any, title: str, button: str
    ) -> HttpResponse | None:
        def do(question: Question, reason: str) -> str:
            return verb(question, by=request.user, reason=reason).sentence

        return act_on_selected(self, request, queryset, do=do, title=title, button=button)
