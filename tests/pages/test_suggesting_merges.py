"""Suggesting that two questions ask the same."""

import pytest
from django.urls import reverse

from questions import merging
from questions.models import DuplicateCandidate

pytestmark = pytest.mark.django_db


def suggest(client, question, other, reason=""):
    return client.post(reverse("suggest-merge", args=[question.pk]), {"into": other.pk, "reason": reason})


def test_a_suggestion_waits_for_a_moderator_who_sees_both(as_stranger, as_moderator, two_families):
    question, other, _ = two_families
    suggest(as_stranger, question, other, "both about tides")
    queue = as_moderator.get(reverse("review-duplicates")).content.decode()
    assert question.text in queue
    assert other.text in queue
    pair = as_moderator.get(reverse("review-pair", args=[DuplicateCandidate.objects.get().pk]))
    assert "both about tides" in pair.content.decode()


def test_a_guest_suggests_a_merge_as_well(as_guest, as_moderator, two_families):
    question, other, _ = two_families
    assert "Suggest a merge" in as_guest.get(question.get_absolute_url()).content.decode()
    suggest(as_guest, question, other, "both about tides")
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.source, candidate.target, candidate.suggested_by) == (question, other, None)
    assert (
        "both about tides" in as_moderator.get(reverse("review-pair", args=[candidate.pk])).content.decode()
    )


def test_a_pair_is_suggested_once_whichever_way_round(as_stranger, two_families):
    question, other, _ = two_families
    suggest(as_stranger, question, other)
    response = suggest(as_stranger, other, question)
    assert response.status_code == 422
    assert "suggested already" in response.content.decode()
    assert DuplicateCandidate.objects.count() == 1


def test_a_dismissed_pair_is_never_taken_again(as_stranger, as_moderator, two_families):
    question, other, _ = two_families
    suggest(as_stranger, question, other)
    address = reverse("review-pair", args=[DuplicateCandidate.objects.get().pk])
    as_moderator.post(address, {"decision": "different"})
    assert question.text not in as_moderator.get(reverse("review-duplicates")).content.decode()
    assert "not the same question" in suggest(as_stranger, question, other).content.decode()


def test_a_merge_answers_the_suggestion(as_stranger, two_families, moderator):
    question, other, _ = two_families
    suggest(as_stranger, question, other)
    merging.merge(question, into=other, by=moderator)
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.decision, candidate.decided_by) == (DuplicateCandidate.Decision.MERGED, moderator)


def test_a_wording_of_the_same_question_cannot_be_suggested(as_stranger, two_families):
    _, other, alternate = two_families
    response = suggest(as_stranger, alternate, other)
    assert response.status_code == 422
    assert "wordings of one question already" in response.content.decode()


@pytest.mark.parametrize("into", ["999999", "abc", "-1", "9" * 30])
def test_a_suggestion_into_nothing_is_a_page_that_says_so(as_stranger, ask, into):
    question = ask("How do tides work?")
    response = as_stranger.post(reverse("suggest-merge", args=[question.pk]), {"into": into})
    assert response.status_code == 404
