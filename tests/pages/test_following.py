"""Following a question: with and without scripts, by members alone."""

import pytest
from django.urls import reverse

from answers import answering
from questions import following, merging, moderation
from questions.models import Follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask):
    return ask("How do tides work?")


def test_a_member_follows_and_stops_and_is_told_so_on_the_page(as_stranger, as_asker, question):
    address = f"/questions/{question.pk}/follow/"
    page = as_stranger.post(address, {"follow": "yes"}, follow=True).content.decode()
    assert "You follow this question now." in page
    assert "Stop following" in page
    assert "Stop following" not in as_asker.get(question.get_absolute_url()).content.decode()
    page = as_stranger.post(address, {"follow": "no"}, follow=True).content.decode()
    assert "You do not follow this question any more." in page
    assert Follow.objects.count() == 0


def test_who_followed_what_was_merged_in_since_follows_the_question(
    as_stranger, question, stranger, ask, moderator
):
    other = ask("Why does the sea rise?")
    following.follow(other, by=stranger)
    assert "Stop following" not in as_stranger.get(question.get_absolute_url()).content.decode()
    merging.merge(other, into=question, by=moderator)
    assert "Stop following" in as_stranger.get(question.get_absolute_url()).content.decode()


def test_htmx_gets_both_buttons_and_the_notice_and_no_notice_waits_for_the_next_page(as_stranger, question):
    response = as_stranger.post(
        f"/questions/{question.pk}/follow/", {"follow": "yes"}, headers={"HX-Request": "true"}
    )
    fragment = response.content.decode()
    assert fragment.count('hx-swap-oob="true"') == 2
    assert 'id="follow"' in fragment
    assert 'id="follow-in-menu"' in fragment
    assert "<html" not in fragment
    assert "You follow this question now." in fragment
    page = as_stranger.get(question.get_absolute_url()).content.decode()
    assert "You follow this question now." not in page
    assert "Stop following it" in page


def followed(client) -> list[str]:
    return [question.text for question in client.get(reverse("home-followed")).context["page"].rows]


def test_followed_questions_are_a_list_with_the_newest_activity_first(as_stranger, stranger, asker, ask):
    first, second, other = ask("Question a?"), ask("Question b?"), ask("Question c?")
    following.follow(first, by=stranger)
    following.follow(second, by=stranger)
    following.follow(other, by=asker)
    assert followed(as_stranger) == ["Question b?", "Question a?"]
    answering.answer(first, "By the moon.", by=asker)
    assert followed(as_stranger) == ["Question a?", "Question b?"]


def test_the_list_shows_a_family_once_by_its_primary_and_what_is_split_off_as_before(
    as_stranger, stranger, ask, moderator
):
    a, b = ask("Question a?"), ask("Question b?")
    for question in (a, b):
        following.follow(question, by=stranger)
    merging.merge(a, into=b, by=moderator)
    assert followed(as_stranger) == ["Question b?"]
    merging.unmerge(a, by=moderator)
    assert sorted(followed(as_stranger)) == ["Question a?", "Question b?"]


def test_the_list_shows_no_hidden_question_and_names_no_hidden_wording(
    as_stranger, as_moderator, stranger, moderator, ask
):
    shown, alternate, hidden = ask("Question a?"), ask("Question b?"), ask("Question c?")
    for question in (alternate, hidden):
        for member in (stranger, moderator):
            following.follow(question, by=member)
    merging.merge(alternate, into=shown, by=moderator)
    for question in (alternate, hidden):
        question.refresh_from_db()
        moderation.hide(question, by=moderator)
    for client in (as_stranger, as_moderator):
        assert followed(client) == ["Question a?"]
        assert "Question b?" not in client.get(reverse("home-followed")).content.decode()


def test_who_follows_nothing_is_told_how(as_stranger):
    page = as_stranger.get(reverse("home-followed")).content.decode()
    assert "You follow no question yet." in page


def test_a_guest_is_led_to_signing_in_and_sees_no_link_to_the_list(as_guest):
    assert as_guest.get(reverse("home-followed")).url == "/accounts/login/?next=/followed/"
    assert reverse("home-followed") not in as_guest.get(reverse("home")).content.decode()
