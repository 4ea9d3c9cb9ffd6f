"""What readers write beside answers, in the admin: comments and reports."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from answers import moderation, reporting
from answers.models import Comment, Report
from answers.permissions import may
from questions.admin.acting import act_on_selected
from questions.admin.bases import ReadOnlyAdmin, link_to
from questions.admin.filters import narrowed_by
from questions.forms import LineField
from questions.models import MAX_REASON_LENGTH, State
from questions.moderation import NothingToChange


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """What a comment says stays as it was written; its state changes by the actions, which the public log has."""

    list_display = ("text", "about", "author_name", "state", "created_at")
    list_filter = (
        "state",
        "created_at",
        narrowed_by(Comment, "author", _("author")),
        narrowed_by(Comment, "question", _("question")),
        narrowed_by(Comment, "answer", _("answer")),
    )
    list_select_related = ("author", "question", "answer__question")
    date_hierarchy = "created_at"
    search_fields = ("=id", "text", "author__name", "author__email", "guest_name")
    search_help_text = _("A piece of the text, a name, an address, or an id")
    actions = ("hide_selected", "restore_selected", "mark_as_spam")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).defer("html")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "moderate comments")

    def has_view_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_moderate_permission(request)

    @admin.display(description=_("about"))
    def about(self, comment: Comment) -> str | SafeString:
        return link_to(self.admin_site, comment.question or comment.answer)

    @admin.action(description=_("Hide selected"), permissions=["moderate"])
    def hide_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        return self._set_state(
            request, queryset, State.HIDDEN, gettext("Hide selected"), pgettext("verb", "Hide")
        )

    @admin.action(description=_("Approve or restore selected"), permissions=["moderate"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        return self._set_state(
            request, queryset, State.APPROVED, gettext("Approve selected"), pgettext("verb", "Approve")
        )

    @admin.action(description=_("Mark selected as spam"), permissions=["moderate"])
    def mark_as_spam(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        return self._set_state(
            request, queryset, State.SPAM, gettext("Mark as spam selected"), gettext("Mark as spam")
        )

    def _set_state(
        self, request: HttpRequest, queryset: QuerySet[Comment], state: State, title: str, button: str
    ) -> HttpResponse | None:
        def do(comment: Comment, reason: str) -> str:
            act = moderation.set_comment_state(comment, state, by=request.user, reason=reason)
            called = gettext("Comment {number}").format(number=comment.pk)
            return f"{act.sentence_format.format(comment=called)}."

        return act_on_selected(self, request, queryset, do=do, title=title, button=button)


class SaidForm(forms.Form):
    reason = LineField(label=_("A word to those who reported"), required=False, max_length=MAX_REASON_LENGTH)


class SettledFilter(admin.SimpleListFilter):
    title = _("settled")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("no", gettext("Waiting")), ("yes", gettext("Settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        match self.value():
            case "no":
                return queryset.filter(settled_at=None)
            case "yes":
                return queryset.exclude(settled_at=None)
        return queryset


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What a reader says stays as it was said; whoever may settle reports settles all about the thing."""

    list_display = ("what", "reason", "words", "reporter", "created_at", "settled_at")
    list_display_links = ("reason",)
    list_filter = (
        SettledFilter,
        "reason",
        "created_at",
        narrowed_by(Report, "reporter", _("reporter")),
        narrowed_by(Report, "question", _("question")),
        narrowed_by(Report, "answer", _("answer")),
    )
    list_select_related = (
        *("question", "answer__question", "member", "reporter"),
        *("comment__author", "comment__question", "comment__answer__question"),
    )
    date_hierarchy = "created_at"
    search_fields = ("=id", "words", "reporter__name", "question__text")
    search_help_text = _("A piece of what the reporter says, a name, a piece of the question, or an id")
    actions = ("uphold_selected", "decline_selected")

    def has_view_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_settle_permission(request)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "settle reports")

    @admin.display(description=_("about"))
    def what(self, report: Report) -> str | SafeString:
        return link_to(self.admin_site, report.about)

    @admin.action(description=_("Settle selected: something was done"), permissions=["settle"])
    def uphold_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse | None:
        return self._settle(request, queryset, Report.Outcome.UPHELD, gettext("Settle: something was done"))

    @admin.action(description=_("Settle selected: nothing was wrong"), permissions=["settle"])
    def decline_selected(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse | None:
        return self._settle(request, queryset, Report.Outcome.DECLINED, gettext("Settle: nothing was wrong"))

    def _settle(
        self, request: HttpRequest, queryset: QuerySet[Report], outcome: Report.Outcome, title: str
    ) -> HttpResponse | None:
        def do(report: Report, reason: str) -> str:
            settled = reporting.settle(report.about, outcome, by=request.user, said=reason)
            if not settled:
                raise NothingToChange(gettext("This has been settled already."))
            return gettext("Settled, with all that was said about it: {count}.").format(count=len(settled))

        return act_on_selected(
            self,
            request,
            queryset,
            do=do,
            title=title,
            button=pgettext("verb", "Settle"),
            form_class=SaidForm,
        )
