"""What holds for the admin pages of every model of ours."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.forms.models import modelform_factory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from answers.models import Answer, AnswerAct, Revision
from qa_site.stackexchange.models import ImportedComment, ImportedMerge, ImportedPost, ImportedUser
from questions.models import Act, DetailsRevision, HomeTally, Question, WordingIndex
from tests.admin.conftest import list_of, page_of

MODELS = [
    model
    for model in apps.get_models()
    if model.__module__.split(".")[0] in ("door", "questions", "answers", "qa_site")
]
WRITTEN_BY_THE_SITE = [
    Act,
    AnswerAct,
    HomeTally,
    WordingIndex,
    DetailsRevision,
    Revision,
    ImportedUser,
    ImportedPost,
    ImportedComment,
    ImportedMerge,
]

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@every_model
def test_every_model_is_in_the_admin(model):
    assert admin.site.is_registered(model)


@every_model
def test_lists_and_searches_answer(model, superuser, everything):
    everything(range(2))
    assert superuser.get(list_of(model)).status_code == 200
    found = superuser.get(list_of(model), {"q": "x"})
    assert found.status_code == 200
    assert found.context["cl"].search_fields


@every_model
def test_pages_of_rows_answer(model, superuser, everything):
    everything(range(1))
    rows = model.objects.all()
    assert rows
    for row in rows:
        assert superuser.get(page_of(row)).status_code == 200


def test_lists_take_the_same_number_of_queries_however_many_rows(superuser, everything):
    def rows_and_queries(model) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            rows = len(superuser.get(list_of(model)).context["cl"].result_list)
        return rows, len(queries)

    everything(range(2))
    superuser.get(reverse("admin:index"))  # The first request reads what is then kept, as content types.
    few = {model: rows_and_queries(model) for model in MODELS}
    everything(range(2, 12))
    many = {model: rows_and_queries(model) for model in MODELS}
    for model in MODELS:
        assert many[model][0] >= few[model][0] + 10, model
        assert many[model][1] == few[model][1], model


@every_model
def test_every_filter_of_a_list_answers(model, superuser, everything):
    everything(range(1))
    filters = superuser.get(list_of(model)).context["cl"].filter_specs
    addresses = [
        choice["query_string"]
        for filter_ in filters
        for choice in filter_.choices(superuser.get(list_of(model)).context["cl"])
        if "query_string" in choice
    ]
    for parameter in (parameter for filter_ in filters for parameter in filter_.expected_parameters()):
        addresses += [f"?{parameter}=1"]
    for address in addresses:
        assert superuser.get(list_of(model) + address, follow=True).status_code == 200, address


@every_model
def test_no_page_offers_a_list_of_all_rows_of_a_large_table(model, superuser, everything):
    everything(range(1))
    row = model.objects.first()
    response = superuser.get(page_of(row))
    form = response.context["adminform"].form
    for name, field in form.fields.items():
        if hasattr(field, "queryset") and field.queryset.model in MODELS:
            assert "admin-autocomplete" in str(form[name]), name


@pytest.mark.parametrize("model", WRITTEN_BY_THE_SITE, ids=lambda model: model.__name__)
def test_what_the_site_writes_cannot_be_added_changed_or_deleted_even_by_a_superuser(
    model, superuser, everything
):
    everything(range(1))
    row = model.objects.first()
    before = model.objects.filter(pk=row.pk).values().get()
    add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    assert superuser.get(add).status_code == 403
    assert superuser.post(add, {}).status_code == 403
    assert superuser.post(page_of(row), {}).status_code == 403
    assert superuser.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("model", [Question, Answer], ids=lambda model: model.__name__)
def test_nothing_that_people_wrote_is_deleted(model, superuser, everything):
    everything(range(1))
    row = model.objects.first()
    assert superuser.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    superuser.post(list_of(model), chosen)
    assert model.objects.filter(pk=row.pk).exists()


@every_model
def test_edges_and_shortcuts_are_fields_of_no_form(model, superuser, everything):
    assert not {"merged_into", "primary", "key"} & set(
        modelform_factory(Question, fields="__all__").base_fields
    )
    everything(range(1))
    form = superuser.get(page_of(model.objects.first())).context["adminform"].form
    assert not {"merged_into", "primary", "key", "question"} & set(form.fields)


def test_completing_by_typing_finds_by_words_beginnings_and_numbers(superuser, ask):
    question = ask("How do I repot a monstera?")
    ask("Why is the sky blue?")
    field = {"app_label": "questions", "model_name": "question", "field_name": "merged_into"}
    for typed in ["monstera", "repot mons", f"{question.pk}", f"#{question.pk}", "how do I repot a MONSTERA"]:
        found = superuser.get(reverse("admin:autocomplete"), {**field, "term": typed}).json()["results"]
        assert [result["id"] for result in found] == [str(question.pk)], typed
