"""Adding a wording, and the dialog when it exists already."""

import pytest
from django.urls import reverse

from questions import moderation
from questions.models import Act, Question
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


def add(client, question, text):
    return client.post(reverse("add-alternate", args=[question.pk]), {"text": text})


def test_a_member_adds_a_wording_and_comes_back_by_it(as_stranger, stranger, ask):
    question = ask("How do tides work?")
    response = add(as_stranger, question, "What makes tides?")
    alternate = Question.objects.get(text="What makes tides?")
    assert response.url == f"{question.get_absolute_url()}#asked-{alternate.pk}"
    assert (edge(alternate), alternate.author) == (question.pk, stranger)
    assert Act.objects.get().kind == Act.Kind.ADDED


def test_the_primary_of_another_question_is_offered_for_merging(as_moderator, two_families):
    question, other, _ = two_families
    response = add(as_moderator, question, "why does the sea rise")
    page = response.content.decode()
    assert response.status_code == 409
    assert "<q>Why does the sea rise?</q> already exists." in page
    assert "Would you like to merge this question into it?" in page
    assert reverse("merge-preview", args=[question.pk, other.pk]) in page


def test_an_alternate_of_the_same_question_is_offered_as_its_primary(as_moderator, two_families):
    _, other, alternate = two_families
    response = add(as_moderator, other, "What lifts the sea?")
    page = response.content.decode()
    assert response.status_code == 409
    assert "already exists as an alternate of this question." in page
    assert "make it the primary and merge this question into it?" in page
    as_moderator.post(reverse("promote", args=[alternate.pk]))
    assert root(other) == alternate.pk


def test_an_alternate_of_another_question_is_offered_for_merging_or_splitting(as_moderator, two_families):
    question, _, alternate = two_families
    response = add(as_moderator, question, "What lifts the sea?")
    page = response.content.decode()
    assert response.status_code == 409
    assert "exists and is an alternate of <q>Why does the sea rise?</q>" in page
    assert reverse("merge-preview", args=[question.pk, alternate.pk]) in page
    assert reverse("split", args=[alternate.pk]) in page


def test_the_questions_own_primary_has_nothing_to_add(as_moderator, two_families):
    question, *_ = two_families
    response = add(as_moderator, question, "How do tides work")
    assert response.status_code == 409
    assert "is the primary wording of this question" in response.content.decode()


def test_who_may_not_merge_is_offered_to_suggest_it(as_stranger, two_families):
    question, other, _ = two_families
    page = add(as_stranger, question, "Why does the sea rise?").content.decode()
    assert "Suggest this merge" in page
    assert f"{reverse('suggest-merge', args=[question.pk])}?into={other.pk}" in page
    assert reverse("merge-preview", args=[question.pk, other.pk]) not in page


def test_the_dialogs_way_back_keeps_what_was_typed(as_stranger, two_families):
    question, *_ = two_families
    address = reverse("add-alternate", args=[question.pk])
    response = as_stranger.post(address, {"text": "Why does the sea rise?", "back": "1"})
    assert response.status_code == 200
    assert 'value="Why does the sea rise?"' in response.content.decode()


def test_a_wording_cannot_be_added_to_a_hidden_question(as_moderator, ask, moderator):
    question = ask("How do tides work?")
    moderation.hide(question, by=moderator)
    response = add(as_moderator, question, "What makes tides?")
    assert response.status_code == 422
    assert "Restore it first" in response.content.decode()
