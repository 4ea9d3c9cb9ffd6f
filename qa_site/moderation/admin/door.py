"""Guests, blocks, watched words, what spam looks like, and how often who came, to be looked at."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from door.models import Block, Guest, Limit, SentForm, SpamWord, TrainedText, WatchedWord
from questions.admin.bases import ReadOnlyAdmin


@admin.register(Guest)
class GuestAdmin(ReadOnlyAdmin):
    """The one place where the address of a guest can be read."""

    list_display = ("name", "email", "website", "created_at", "confirmed_at")
    list_filter = ("created_at", "confirmed_at")
    search_fields = ("=id", "name", "email")
    search_help_text = _("A piece of the name or of the address, or an id")


@admin.register(Block)
class BlockAdmin(ReadOnlyAdmin):
    """Blocks are set and lifted at the desk."""

    list_display = ("whom", "until", "reason", "by", "created_at", "lifted_at")
    list_filter = ("until", "lifted_at")
    list_select_related = ("user", "by")
    search_fields = ("=id", "user__name", "email", "email_domain", "reason")
    search_help_text = _("A name, an address, a domain, a piece of the reason, or an id")


@admin.register(WatchedWord)
class WatchedWordAdmin(ReadOnlyAdmin):
    """Words are watched and left alone again at the desk."""

    list_display = ("phrase", "action", "whole_words", "replacement", "by", "created_at", "removed_at")
    list_filter = ("action", "removed_at")
    list_select_related = ("by",)
    search_fields = ("=id", "phrase")
    search_help_text = _("A piece of the phrase, or an id")


@admin.register(SpamWord)
class SpamWordAdmin(ReadOnlyAdmin):
    list_display = ("word", "spam_count", "fine_count")
    search_fields = ("word",)
    search_help_text = _("A piece of the word")


@admin.register(TrainedText)
class TrainedTextAdmin(ReadOnlyAdmin):
    list_display = ("kind", "number", "is_spam")
    list_filter = ("kind", "is_spam")
    search_fields = ("=number",)
    search_help_text = _("The number of the text")


@admin.register(Limit)
class LimitAdmin(ReadOnlyAdmin):
    ordering = ("-empty_at",)
    list_display = ("key", "empty_at")
    search_fields = ("key",)
    search_help_text = _("A piece of the key: the act, or the number of the account")


@admin.register(SentForm)
class SentFormAdmin(ReadOnlyAdmin):
    ordering = ("-sent_at",)
    list_display = ("number", "leads_to", "sent_at")
    list_filter = ("sent_at",)
    search_fields = ("leads_to",)
    search_help_text = _("A piece of the address")
