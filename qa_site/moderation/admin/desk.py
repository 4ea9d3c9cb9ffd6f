"""The log of the desk, waves, appeals and notes, to be looked at."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from answers.models import CommentAct
from qa_site.moderation.models import Appeal, DeskAct, HiddenByWave, Note, Wave
from questions.admin.bases import ReadOnlyAdmin, link_to

_TEXTS = ("question", "answer__question", "comment__author")  # what `about` needs


class AboutTextAdmin(ReadOnlyAdmin):
    @admin.display(description=_("about"))
    def what(self, row) -> str | SafeString:
        return link_to(self.admin_site, row.about)


@admin.register(DeskAct)
class DeskActAdmin(ReadOnlyAdmin):
    list_display = ("said", "kind", "by", "reason", "created_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("by",)
    search_fields = ("=id", "facts__named", "sentence_then", "reason", "by__name")
    search_help_text = _("A name, a domain, a piece of a wording or the reason, or an id")

    @admin.display(description=_("what was done"))
    def said(self, act: DeskAct) -> str:
        return act.sentence


@admin.register(CommentAct)
class CommentActAdmin(ReadOnlyAdmin):
    list_display = ("comment", "kind", "by", "reason", "created_at")
    list_filter = ("kind", "created_at")
    list_select_related = ("comment__author", "by")
    search_fields = ("=id", "=comment__id", "reason", "by__name")
    search_help_text = _("The number of the comment, a piece of the reason, a name, or an id")


@admin.register(Wave)
class WaveAdmin(ReadOnlyAdmin):
    list_display = ("kind", "value", "hidden_count", "by", "created_at", "undone_at")
    list_filter = ("kind", "created_at", "undone_at")
    list_select_related = ("by",)
    search_fields = ("=id", "value", "reason")
    search_help_text = _("What it was about, a piece of the reason, or an id")


@admin.register(HiddenByWave)
class HiddenByWaveAdmin(AboutTextAdmin):
    list_display = ("id", "what", "wave", "state_before")
    list_select_related = (*_TEXTS, "wave")
    search_fields = ("=id", "=wave__id")
    search_help_text = _("The number of the wave, or an id")


@admin.register(Appeal)
class AppealAdmin(AboutTextAdmin):
    list_display = ("id", "what", "by", "created_at", "decision", "decided_by")
    list_filter = ("decision", "created_at")
    list_select_related = (*_TEXTS, "by", "decided_by")
    search_fields = ("=id", "words", "by__name")
    search_help_text = _("A piece of the words, a name, or an id")


@admin.register(Note)
class NoteAdmin(AboutTextAdmin):
    list_display = ("text", "what", "member", "guest", "by", "created_at")
    list_select_related = (*_TEXTS, "member", "guest", "by")
    search_fields = ("=id", "text", "by__name")
    search_help_text = _("A piece of the note, a name, or an id")
