"""Watched words at the desk: tried before they are saved, in the log, removed and put back."""

import pytest
from django.utils import timezone

from answers import answering, commenting
from door.models import WatchedWord
from door.watching import watched_in
from qa_site.moderation.models import DeskAct

pytestmark = pytest.mark.django_db

LINK = "/review/words/"


def sent(**fields):
    return {
        "phrase": "casino",
        "whole_words": "on",
        "action": "hold",
        "replacement": "",
        "reason": "",
    } | fields


@pytest.fixture
def texts(ask):
    questions = [ask(f"Question number {number}?") for number in range(20)]
    ask("Is there a CASINO in town?", details="Or two.")
    answering.answer(questions[0], "Try the ca<b>si</b>no at the end of a long street, they said.")
    commenting.comment(questions[1], "Casinos are something else.")


def test_trying_a_rule_shows_what_it_would_have_done_and_saves_nothing(as_moderator, texts):
    response = as_moderator.post(LINK, sent(do="try"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "It would have held 2 of the last 23 texts." in page
    assert "Is there a <mark>CASINO</mark> in town?" in page
    assert "<mark>ca&lt;b&gt;si&lt;/b&gt;no</mark>" in page
    assert not WatchedWord.objects.exists()
    page = as_moderator.post(LINK, sent(do="try", action="block", whole_words="")).content.decode()
    assert "It would have refused 3 of the last 23 texts." in page
    assert "more than a tenth" in page


def test_a_rule_that_was_tried_is_watched_and_stands_in_the_log_without_its_phrase(
    as_moderator, moderator, texts
):
    response = as_moderator.post(LINK, sent(do="watch", reason="Many of them today"), follow=True)
    word = WatchedWord.objects.get()
    assert (word.phrase, word.action, word.whole_words, word.by) == ("casino", "hold", True, moderator)
    assert watched_in("Casino!") == [word]
    assert f"/review/words/{word.pk}/remove/" in response.content.decode()
    act = DeskAct.objects.get()
    assert (act.kind, act.by, act.reason) == ("watched", moderator, "Many of them today")
    assert "casino" not in act.sentence


def test_a_rule_that_would_touch_more_than_a_tenth_is_asked_about_once_more(as_moderator, texts):
    response = as_moderator.post(LINK, sent(phrase="question", do="watch"))
    assert response.status_code == 422
    page = response.content.decode()
    assert page.index("Is it what you mean?") < page.index('name="is_meant"') < page.index("<mark>")
    assert not WatchedWord.objects.exists()
    assert as_moderator.post(LINK, sent(phrase="question", do="watch", is_meant="on")).status_code == 302
    assert WatchedWord.objects.exists()


def test_removing_can_be_undone(as_moderator):
    as_moderator.post(LINK, sent(do="watch", action="replace", replacement="c…"))
    word = WatchedWord.objects.get()
    as_moderator.post(f"{LINK}{word.pk}/remove/")
    assert watched_in("casino") == []
    response = as_moderator.post(f"{LINK}{word.pk}/again/", follow=True)
    assert [(word.phrase, word.replacement) for word in watched_in("casino")] == [("casino", "c…")]
    assert "is watched again" in response.content.decode()
    assert list(DeskAct.objects.order_by("pk").values_list("kind", flat=True)) == [
        "watched",
        "unwatched",
        "watched",
    ]
    response = as_moderator.post(f"{LINK}{word.pk}/remove/", follow=True)
    assert "is not watched any more" in response.content.decode()
    assert DeskAct.objects.count() == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"phrase": ""}, "This field is required"),
        ({"phrase": "\u200d\u200c"}, "nothing in this that could be seen"),
        ({"phrase": "x" * 201}, "at most 200 characters"),
        ({"action": "explode"}, "Select a valid choice"),
        ({"replacement": "c…"}, "Please choose “Replace the words”"),
    ],
)
def test_what_cannot_be_watched_is_told_with_what_was_typed(as_moderator, fields, said):
    response = as_moderator.post(LINK, sent(do="watch", **fields))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not WatchedWord.objects.exists()


def test_a_phrase_is_watched_once(as_moderator):
    as_moderator.post(LINK, sent(do="watch"))
    response = as_moderator.post(LINK, sent(do="watch", action="block"))
    assert response.status_code == 422
    assert "is watched already" in response.content.decode()
    assert WatchedWord.objects.count() == 1


def test_the_newest_of_all_kinds_are_tried(as_moderator, ask, monkeypatch):
    monkeypatch.setattr("qa_site.moderation.watching.TRIED_ON", 3)
    question = ask("An old casino?", at=timezone.now() - timezone.timedelta(days=9))
    for number in range(3):
        commenting.comment(question, f"No {number}.")
    page = as_moderator.post(LINK, sent(do="try")).content.decode()
    assert "It would have held 0 of the last 3 texts." in page


def test_the_page_and_a_trial_cost_the_same_with_many_rules(
    as_moderator, texts, django_assert_max_num_queries
):
    for number in range(30):
        WatchedWord.objects.create(phrase=f"word{number}", action="hold", created_at=timezone.now())
    with django_assert_max_num_queries(12):
        page = as_moderator.post(LINK, sent(do="try")).content.decode()
    assert "word29" in page
