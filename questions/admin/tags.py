"""Tags, with the number of wordings that carry them, and which wording carries which."""

from __future__ import annotations

from typing import Any

import taggit.admin  # noqa: F401  (registers what is unregistered below)
from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as TaggitsOwnTag

from questions.admin.bases import KeptAdmin, count_of
from questions.admin.filters import narrowed_by
from questions.forms import tag_name
from questions.models import Tag, TaggedQuestion

# Ours is another table; taggit's stays empty, and two "Tags" in the admin would be one too many.
admin.site.unregister(TaggitsOwnTag)


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name"]

    def clean_name(self) -> str:
        """Return the name as an address can have it; it is the tag's address too."""
        name = tag_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(gettext("Please use letters or digits."))
        others = Tag.objects.exclude(pk=self.instance.pk)
        if others.filter(Q(name__iexact=name) | Q(slug=name)).exists():
            raise forms.ValidationError(gettext("The tag “{name}” exists already.").format(name=name))
        return name


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """A tag may be deleted as long as nothing carries it."""

    form = TagForm
    show_full_result_count = False
    list_display = ("name", "wordings")
    search_fields = ("name",)
    readonly_fields = ("slug",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(wordings=count_of(TaggedQuestion.objects.all(), "tag"))

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.tagged.exists())

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:
        obj.slug = obj.name
        super().save_model(request, obj, form, change)

    @admin.display(description=_("wordings that carry it"))
    def wordings(self, tag: Any) -> int:
        return tag.wordings


@admin.register(TaggedQuestion)
class TaggedQuestionAdmin(KeptAdmin):
    """One row a tag of a wording; it may be deleted, for nothing that anybody wrote goes with it."""

    autocomplete_fields = ("content_object", "tag")
    list_display = ("content_object", "tag")
    list_filter = (narrowed_by(TaggedQuestion, "tag", _("tag")),)
    list_select_related = ("content_object", "tag")
    search_fields = ("tag__name", "=content_object__id")
    search_help_text = _("A tag, or the id of a question")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
