"""Pairs that may be duplicates: merged by the verb, or dismissed for ever."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from questions import merging, reviewing, suggesting
from questions.admin.acting import act_on_selected
from questions.admin.bases import ReadOnlyAdmin
from questions.admin.filters import narrowed_by
from questions.admin.searching import questions_for
from questions.models import DuplicateCandidate
from questions.permissions import may

Decision = DuplicateCandidate.Decision


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("waiting", pgettext("pair of questions", "Waiting")),
            *((str(value), str(label)) for value, label in Decision.choices),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[DuplicateCandidate]
    ) -> QuerySet[DuplicateCandidate]:
        if self.value() is None:
            return queryset
        return queryset.filter(decision="" if self.value() == "waiting" else self.value())


@admin.register(DuplicateCandidate)
class DuplicateCandidateAdmin(ReadOnlyAdmin):
    list_display = (
        "source",
        "target",
        "confidence",
        "origin",
        "suggested_by",
        "reason",
        "created_at",
        "decision",
        "decided_by",
    )
    list_filter = (
        DecisionFilter,
        "created_at",
        narrowed_by(DuplicateCandidate, "suggested_by", _("person who suggested")),
        narrowed_by(DuplicateCandidate, "decided_by", _("person who decided")),
    )
    list_select_related = ("source", "target", "suggested_by", "decided_by")
    date_hierarchy = "created_at"
    search_fields = ("source__text", "target__text")
    search_help_text = _("Words of one of the wordings, or its id")
    actions = ("merge_selected", "dismiss_selected")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[DuplicateCandidate], search_term: str
    ) -> tuple[QuerySet[DuplicateCandidate], bool]:
        if search_term:
            found = questions_for(search_term)
            queryset = queryset.filter(Q(source__in=found) | Q(target__in=found))
        return queryset, False

    def has_view_permission(self, request: HttpRequest, obj: DuplicateCandidate | None = None) -> bool:
        return super().has_view_permission(request, obj) or may(request.user, "decide")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "decide")

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "decide") and may(request.user, "merge")

    @admin.action(description=_("Merge selected pairs"), permissions=["merge"])
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[DuplicateCandidate]
    ) -> HttpResponse | None:
        def merge(candidate: DuplicateCandidate, reason: str) -> str:
            waiting = _waiting(candidate)
            act = merging.merge(
                waiting.source, into=waiting.target, by=request.user, reason=reason or waiting.reason
            )
            return act.sentence

        return act_on_selected(
            self,
            request,
            queryset,
            do=merge,
            title=gettext("Merge selected pairs"),
            button=pgettext("verb", "Merge"),
        )

    @admin.action(description=_("Dismiss selected: they are not duplicates"), permissions=["decide"])
    def dismiss_selected(
        self, request: HttpRequest, queryset: QuerySet[DuplicateCandidate]
    ) -> HttpResponse | None:
        def dismiss(candidate: DuplicateCandidate, reason: str) -> str:
            return reviewing.dismiss(candidate, by=request.user, reason=reason).sentence

        return act_on_selected(
            self,
            request,
            queryset,
            do=dismiss,
            title=gettext("Not duplicates"),
            button=pgettext("verb", "Dismiss"),
        )


def _waiting(candidate: DuplicateCandidate) -> DuplicateCandidate:
    """Return the pair as it is now. Raises suggesting.AlreadyDecided.

    Without a lock: a merge locks the families first and then decides their pairs, and the other way round
    the two could wait for each other. A merge does not change what was decided a moment ago.
    """
    fresh = DuplicateCandidate.objects.select_related("source", "target").get(pk=candidate.pk)
    if fresh.decision:
        raise suggesting.AlreadyDecided(gettext("Somebody has decided about this pair already."))
    return fresh
