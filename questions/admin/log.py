"""The log of acts: read by everybody here, written by the verbs alone, undone by its own verb."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from questions import undoing
from questions.admin.acting import NotPermitted, act_on_selected
from questions.admin.bases import ReadOnlyAdmin, link_to
from questions.admin.filters import FamilyFilter, narrowed_by
from questions.models import Act
from questions.permissions import RIGHT_TO_UNDO, may


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "question_text", "other_text", "by", "reason", "standing")
    list_filter = ("kind", "created_at", FamilyFilter, narrowed_by(Act, "by", _("person")))
    list_select_related = ("by", "undone_by")
    date_hierarchy = "created_at"
    search_fields = ("=id", "question_text", "other_text", "text_before", "reason", "by__name")
    search_help_text = _("A wording as it read after or before the act, a reason, a name, or an id")
    actions = ("undo_selected",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), "undone"]

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return any(may(request.user, verb) for verb in RIGHT_TO_UNDO.values())

    @admin.display(description=_("stands"), boolean=True)
    def standing(self, act: Act) -> bool:
        return not hasattr(act, "undone_by")

    @admin.display(description=_("undone by"))
    def undone(self, act: Act) -> str | SafeString:
        return link_to(self.admin_site, getattr(act, "undone_by", None))

    @admin.action(description=_("Undo selected"), permissions=["undo"])
    def undo_selected(self, request: HttpRequest, queryset: QuerySet[Act]) -> HttpResponse | None:
        def undo(act: Act, reason: str) -> str:
            if not may(request.user, RIGHT_TO_UNDO[Act.Kind(act.kind)]):
                raise NotPermitted(gettext("Undoing this needs a permission that you do not have."))
            return undoing.undo(act, by=request.user, reason=reason).sentence

        # Who undoes several acts means to go back in time: the newest first.
        return act_on_selected(
            self,
            request,
            queryset.order_by("-pk"),
            do=undo,
            title=gettext("Undo selected"),
            button=gettext("Undo"),
        )
