"""People with an account in Django's admin: found, given rights, deactivated, never deleted."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangosUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answers.models import Answer
from qa_site.accounts.models import User
from questions.admin.bases import KeptAdmin, count_of
from questions.models import Question

# What makes somebody mighty is for the mightiest to give.
_RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # People without an address exist, but they come from imports.
        self.fields["email"].required = True


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, type[forms.Field]] = {}


@admin.register(User)
class UserAdmin(KeptAdmin, DjangosUserAdmin):
    """Django's own, for people who have a shown name and sign in with an address."""

    add_form = NewUserForm
    form = UserForm
    fieldsets = (
        (None, {"fields": ("name", "email", "password")}),
        (_("Rights"), {"fields": ("is_active", *_RIGHTS)}),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
        (_("Wrote"), {"fields": ("questions", "answers")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")},
        ),
    )
    list_display = (
        "name",
        "email",
        "is_active",
        "is_staff",
        "questions",
        "answers",
        "date_joined",
        "last_login",
    )
    list_filter = ("is_active", "is_staff", "is_superuser", "groups", "date_joined")
    date_hierarchy = "date_joined"
    search_fields = ("=id", "name", "email")
    search_help_text = _("A piece of a name or of an address, or an id")
    ordering = ("-pk",)
    readonly_fields = ("date_joined", "last_login", "questions", "answers")
    actions = ("deactivate_selected", "reactivate_selected")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                questions_written=count_of(Question.objects.all(), "author"),
                answers_written=count_of(Answer.objects.all(), "author"),
            )
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return self.readonly_fields if request.user.is_superuser else (*self.readonly_fields, *_RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Superusers are changed by superusers only, or whoever may set an address could become one."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    @admin.display(description=_("questions"))
    def questions(self, user: Any) -> int:
        return user.questions_written

    @admin.display(description=_("answers"))
    def answers(self, user: Any) -> int:
        return user.answers_written

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            _replace_address(obj, form.initial["email"])

    @admin.action(description=_("Deactivate selected"), permissions=["change"])
    def deactivate_selected(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Keep people from signing in; what they wrote stays, with their name."""
        changed = self._set_active(request, queryset.exclude(pk__in=[request.user.pk]), False)
        said = gettext("Deactivated: {number}.").format(number=changed)
        self.message_user(request, said, messages.SUCCESS)

    @admin.action(description=_("Reactivate selected"), permissions=["change"])
    def reactivate_selected(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        changed = self._set_active(request, queryset, True)
        said = gettext("Reactivated: {number}.").format(number=changed)
        self.message_user(request, said, messages.SUCCESS)

    def _set_active(self, request: HttpRequest, people: QuerySet[User], active: bool) -> int:
        """Return how many changed."""
        if not request.user.is_superuser:
            people = people.exclude(is_superuser=True)
        return people.exclude(is_active=active).update(is_active=active)


def _replace_address(user: User, former: str | None) -> None:
    """Make the new address the one to sign in with, in allauth's table too, and forget the former."""
    EmailAddress.objects.filter(user=user, email=former).delete()
    if user.email:
        address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email)
        address.set_as_primary()
