"""Following a question: with and without scripts, by members alone."""

import pytest

from questions.models import Follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask):
    return ask("How do tides work?")


def test_a_member_follows_and_stops_and_is_told_so_on_the_page(as_stranger, question):
    address = f"/questions/{question.pk}/follow/"
    page = as_stranger.post(address, {"follow": "yes"}, follow=True).content.decode()
    assert "You follow this question now." in page
    assert "Stop following" in page
    page = as_stranger.post(address, {"follow": "no"}, follow=True).content.decode()
    assert "You do not follow this question any more." in page
    assert Follow.objects.count() == 0


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
