"""What the admin calls models and fields in other languages."""

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.db.models import Field
from django.urls import reverse
from django.utils import translation

from qa_site.names import NAMES, OURS

pytestmark = pytest.mark.django_db


def names(language: str) -> list[str]:
    """What all models and fields of this site are called, always in the same order."""
    found = []
    with translation.override(language):
        for label in OURS:
            for model in apps.get_app_config(label).get_models():
                found += [str(model._meta.verbose_name), str(model._meta.verbose_name_plural)]
                fields = [field for field in model._meta.get_fields() if isinstance(field, Field)]
                found += [str(field.verbose_name) for field in fields if not field.auto_created]
    return found


@pytest.mark.parametrize("language", ["de", "fr", "es", "ar"])
def test_every_name_is_translated(language):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        known = {message.id for message in read_po(file) if message.string}
    # What models have from Django and from taggit, those translate; a slug is a slug in French.
    as_in_english = {name for name, said in zip(names("en"), names(language), strict=True) if name == said}
    assert as_in_english <= known | {"slug"}


def test_no_name_is_translated_that_nothing_has():
    assert set(NAMES) <= set(names("en"))


def test_the_admin_speaks_of_models_and_fields_in_the_language_of_who_reads(superuser):
    address = reverse("admin:questions_question_changelist")
    assert "Select question to change" in superuser.get(address).content.decode()
    page = superuser.get(address, headers={"accept-language": "de"}).content.decode()
    assert "Frage zur Änderung auswählen" in page
    assert "Nach erstellt am" in page.replace("\n", " ")
