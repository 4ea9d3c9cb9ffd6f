"""The ledger of imports in Django's admin, to be looked at."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from qa_site.stackexchange.models import ImportedComment, ImportedMerge, ImportedPost, ImportedUser
from questions.admin.bases import ReadOnlyAdmin, link_to


class LedgerAdmin(ReadOnlyAdmin):
    """Rows are found by their number in the dump, as it stands in the addresses of the site it came from."""

    list_filter = ("site",)
    search_fields = ["=number", "=site"]
    search_help_text = "A number in the dump, or the name of the site it came from"


@admin.register(ImportedUser)
class ImportedUserAdmin(LedgerAdmin):
    list_display = ("site", "number", "user")
    list_display_links = ("number",)
    list_select_related = ["user"]
    search_fields = [*LedgerAdmin.search_fields, "user__name"]
    search_help_text = (
        "A number in the dump, the name of the site it came from, or a piece of a person's name"
    )


@admin.register(ImportedPost)
class ImportedPostAdmin(LedgerAdmin):
    list_display = ("site", "number", "became", "score")
    list_display_links = ("number",)
    list_select_related = ["question", "answer__question"]

    @admin.display(description="became")
    def became(self, post: ImportedPost) -> str | SafeString:
        return link_to(self.admin_site, post.question or post.answer)


@admin.register(ImportedComment)
class ImportedCommentAdmin(LedgerAdmin):
    list_display = ("site", "number", "comment")
    list_display_links = ("number",)
    list_select_related = ["comment__author"]


@admin.register(ImportedMerge)
class ImportedMergeAdmin(LedgerAdmin):
    list_display = ("site", "number", "act")
    list_display_links = ("number",)
    list_select_related = ["act"]
