"""Filters of lists. Where there are too many choices for links, one types and the admin completes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from questions.models import Act, Question, QuestionQuerySet, TaggedQuestion


class AutocompleteFilter(admin.SimpleListFilter):
    """Narrows a list to the rows that point at one row of another table, found by typing.

    Subclasses name a foreign key to that table: the admin completes by the rules of the field.
    """

    template = "admin/questions/autocomplete_filter.html"
    parameter_name: str
    foreign_key: ClassVar[ForeignKey]

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: admin.ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self._admin_site = model_admin.admin_site

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        others = changelist.get_query_string(remove=[self.parameter_name, PAGE_VAR])
        field = forms.ModelChoiceField(
            self._rows(),
            required=False,
            label=gettext("By {filter}").format(filter=self.title),
            widget=AutocompleteSelect(self.foreign_key, self._admin_site),
        )
        form = forms.Form({self.parameter_name: self.value() if self._chosen() else ""}, auto_id="filter_%s")
        form.fields[self.parameter_name] = field
        yield {
            "field": form[self.parameter_name],
            "others": parse_qsl(others.removeprefix("?")),
            "clear": others if self.value() else "",
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        chosen = self._chosen()
        return self.narrow(queryset, chosen) if chosen else queryset.none()

    def narrow(self, queryset: QuerySet[Any], chosen: Any) -> QuerySet[Any]:
        """Return the rows that belong to the chosen one: unless overridden, those that point at it."""
        return queryset.filter(**{self.foreign_key.name: chosen})

    def _rows(self) -> QuerySet[Any]:
        return self.foreign_key.related_model._default_manager.all()

    def _chosen(self) -> Model | None:
        value = self.value() or ""
        return self._rows().filter(pk=int(value)).first() if value.isdecimal() else None


def narrowed_by(model: type[Model], name: str, title: str | Promise) -> type[AutocompleteFilter]:
    """Return a filter of the list of `model` by its foreign key `name`."""
    field = model._meta.get_field(name)
    return type(
        f"{name.title()}Filter",
        (AutocompleteFilter,),
        {"foreign_key": field, "parameter_name": name, "title": title},
    )


class FamilyFilter(AutocompleteFilter):
    """Rows about any wording of the family that the chosen wording belongs to, as `of_family` finds them."""

    title = _("family")
    parameter_name = "family"
    foreign_key = Act._meta.get_field("question")

    def narrow(self, queryset: Any, chosen: Question) -> QuerySet[Any]:
        return queryset.of_family(chosen)


class TagFilter(AutocompleteFilter):
    """Wordings that carry a tag themselves."""

    title = _("tag")
    parameter_name = "tag"
    foreign_key = TaggedQuestion._meta.get_field("tag")

    def narrow(self, queryset: QuerySet[Any], chosen: Any) -> QuerySet[Any]:
        return queryset.filter(pk__in=TaggedQuestion.objects.filter(tag=chosen).values("content_object"))


class PlaceFilter(admin.SimpleListFilter):
    title = _("place in its family")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("primary", pgettext("wording", "Primary")), ("alternate", pgettext("wording", "Alternate"))]

    def queryset(  # type: ignore[override]
        self, request: HttpRequest, queryset: QuestionQuerySet
    ) -> QuestionQuerySet:
        match self.value():
            case "primary":
                return queryset.primaries()
            case "alternate":
                return queryset.alternates()
        return queryset


class AnsweredFilter(admin.SimpleListFilter):
    """Primaries with and without answers; whether an alternate is answered is for its primary to say."""

    title = _("answers")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", gettext("Answered")), ("no", gettext("Without an answer"))]

    def queryset(  # type: ignore[override]
        self, request: HttpRequest, queryset: QuestionQuerySet
    ) -> QuestionQuerySet:
        match self.value():
            case "yes":
                return queryset.primaries().exclude(answer_count=0)
            case "no":
                return queryset.primaries().unanswered()
        return queryset


def typing_media(admin_site: admin.AdminSite) -> forms.Media:
    """The scripts and styles of fields in which one types, which Django brings to forms but not to lists."""
    return AutocompleteSelect(Act._meta.get_field("by"), admin_site).media
