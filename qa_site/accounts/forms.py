"""What allauth's sign-up asks for beyond address and password."""

from django import forms
from django.utils.translation import gettext_lazy as _

from questions.forms import NameField


class SignupForm(forms.Form):
    name = NameField(
        label=_("Shown name"),
        max_length=60,
        help_text=_("Stands beside what you write. It need not be your real name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request, user) -> None:
        """Asked for by allauth; the name is already written, by our adapter, with the user's first row."""
