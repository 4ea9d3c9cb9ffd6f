"""What the admin of every app here has in common: large tables, nothing deleted, counts in one query."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from questions.admin.filters import typing_media


class KeptAdmin(admin.ModelAdmin):
    """For tables with millions of rows, none of which is ever deleted."""

    show_full_result_count = False
    list_per_page = 50
    # The primary key is the one order that every table has an index for; the newest stand first all the same.
    ordering = ("-pk",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @property
    def media(self) -> forms.Media:
        return super().media + typing_media(self.admin_site)


class ReadOnlyAdmin(KeptAdmin):
    """For what the site alone writes: shown with all its columns, changed by nobody, superusers included."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [field.name for field in self.opts.concrete_fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.get_fields(request, obj)


def count_of(rows: QuerySet[Any], column: str) -> Coalesce:
    """Return an expression for how many of `rows` point at the row of the outer query by `column`.

    It is evaluated for the rows of one page, in the query that reads them, and so no list sorts by it: that
    would be counting for the whole table.
    """
    counted = rows.filter(**{column: OuterRef("pk")}).order_by().values(column).annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


def link_to(admin_site: admin.AdminSite, row: Model | None) -> str | SafeString:
    """Return a link to the row's page in the admin, or the admin's sign for nothing."""
    if row is None:
        return "–"
    return format_html('<a href="{}">{}</a>', admin_address(admin_site, row), row)


def admin_address(admin_site: admin.AdminSite, row: Model) -> str:
    page = f"{admin_site.name}:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(page, args=[row.pk])


def look_like_the_admin(form: forms.BaseForm, *names: str) -> None:
    """Give fields of the site's own forms the width of the admin's long texts."""
    for name in names:
        form.fields[name].widget.attrs["class"] = "vLargeTextField"
