"""What the programs that read feeds rely on: finding them, asking again for little, and ids that stay."""

import re
from html import unescape

import feedparser
import pytest

from answers import answering
from questions import merging, undoing
from questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask, stranger):
    """A question with an answer, a tag and an act in the log, so that there is something in every feed."""
    question = ask("How do tides work?", tags=["sea"])
    answering.answer(question, "The moon pulls at the sea.", by=stranger)
    merging.add_alternate("What makes the sea rise?", to=question, by=stranger)
    return question


def feed_of(client, address: str):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


def ids(client, address: str) -> dict[str, str]:
    """The ids of the entries of a feed, by their titles and words."""
    return {f"{entry.title} {entry.summary}": entry.id for entry in feed_of(client, address).entries}


def feeds(question: Question) -> list[str]:
    return ["/feed/", "/tags/sea/feed/", f"/questions/{question.pk}/feed/", "/merges/feed/"]


@pytest.mark.parametrize("page", ["home", "tag", "question", "merges"])
def test_a_page_names_a_feed_that_is_there_and_says_what_it_is_of(as_guest, question, page):
    pages = {"home": "/", "tag": "/tags/sea/", "question": question.get_absolute_url(), "merges": "/merges/"}
    named = [
        dict(re.findall(r'(\w+)="([^"]*)"', link))
        for link in re.findall(r"<link [^>]*>", as_guest.get(pages[page]).content.decode())
        if "application/atom+xml" in link
    ]
    about = dict(zip(pages, feeds(question), strict=True))
    assert about[page] in [link["href"] for link in named]
    for link in named:
        assert link["rel"] == "alternate"
        assert unescape(link["title"])
        assert feed_of(as_guest, link["href"]).entries
    assert len({link["title"] for link in named}) == len(named)


@pytest.mark.parametrize("number", range(4))
def test_every_feed_is_sent_again_only_when_something_is_new(as_guest, ask, question, stranger, number):
    address = feeds(question)[number]
    first = as_guest.get(address)
    asked_again = [
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
        {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]},
        {"If-None-Match": f'"another", W/{first["ETag"].removeprefix("W/")}'},
    ]
    for headers in asked_again:
        response = as_guest.get(address, headers=headers)
        assert response.status_code == 304, headers
        assert not response.content
        assert response["ETag"] == first["ETag"]
    ask("Why is the sea salty?", tags=["sea"])
    answering.answer(question, "And the sun.", by=stranger)
    merging.add_alternate("Why is there ebb and flood?", to=question, by=stranger)
    assert as_guest.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
    both = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    assert as_guest.get(address, headers=both).status_code == 200


def test_a_reader_of_a_question_sees_the_older_answers_that_a_merge_brought(
    as_guest, ask, question, moderator
):
    other = ask("Why does the sea come and go?")
    answering.answer(other, "Because of the moon, of course.")
    answering.answer(question, "The newest one.")
    address = f"/questions/{question.pk}/feed/"
    first = as_guest.get(address)
    merging.merge(other, into=question, by=moderator)
    both = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    response = as_guest.get(address, headers=both)
    assert response.status_code == 200
    assert b"Because of the moon, of course." in response.content


def test_ids_of_answers_stay_over_a_merge_and_its_undo(as_guest, ask, question, moderator):
    other = ask("Why does the sea come and go?")
    answering.answer(other, "Because of the moon.")
    before = [ids(as_guest, f"/questions/{wording.pk}/feed/") for wording in (question, other)]
    act = merging.merge(other, into=question, by=moderator)
    joined = before[0] | before[1]
    for wording in (question, other):
        assert ids(as_guest, f"/questions/{wording.pk}/feed/") == joined
    undoing.undo(act, by=moderator)
    assert [ids(as_guest, f"/questions/{wording.pk}/feed/") for wording in (question, other)] == before


def test_ids_of_questions_stay_over_merge_promotion_and_undo(as_guest, ask, question, moderator):
    other = ask("Why does the sea come and go?", tags=["sea"])

    def known() -> dict[str, str]:
        return {entry.title: entry.id for entry in feed_of(as_guest, "/feed/").entries}

    before = known()
    act = merging.merge(other, into=question, by=moderator)
    assert known() == {question.text: before[question.text]}
    undoing.undo(act, by=moderator)
    assert known() == before
    merging.merge(other, into=question, by=moderator)
    merging.promote(other, by=moderator)
    assert known() == {other.text: before[other.text]}
    assert list(ids(as_guest, "/tags/sea/feed/").values()) == [before[other.text]]


def test_a_feed_keeps_its_own_id_when_its_question_is_reworded(as_guest, question):
    address = f"/questions/{question.pk}/feed/"
    before = feed_of(as_guest, address).feed.id
    merging.reword(question, "Why are there tides?", by=None)
    assert feed_of(as_guest, address).feed.id == before


def test_no_two_feeds_have_one_id(as_guest, ask, question):
    other = ask("Why is the sea salty?")
    answering.answer(other, "Because of the rivers.")
    addresses = [*feeds(question), f"/questions/{other.pk}/feed/"]
    assert len({feed_of(as_guest, address).feed.id for address in addresses}) == 5


def test_entries_lead_to_what_they_are_about_in_at_most_one_redirect(as_guest, question):
    for address in feeds(question):
        for entry in feed_of(as_guest, address).entries:
            response = as_guest.get(entry.link.removeprefix("http://testserver"), follow=True)
            assert response.status_code == 200
            assert len(response.redirect_chain) <= 1, entry.link


def test_no_text_that_somebody_wrote_makes_a_feed_unreadable(as_guest, ask, stranger):
    odd = "\x01&#2;<b>&#3;</b>\ufffe&#xffff;\x0c"
    question = ask(f"How do tides work{odd}?", details=odd, tags=["sea"])
    answering.answer(question, f"<div>{odd}\n\nThe moon.{odd}</div>", by=stranger)
    merging.add_alternate(f"What makes the sea rise{odd}?", to=question, by=stranger)
    for address in feeds(question):
        assert feed_of(as_guest, address).entries, address


def test_why_there_is_no_feed_is_said_in_the_reader_s_language(as_guest):
    page = as_guest.get("/questions/999/feed/", headers={"Accept-Language": "de"}).content.decode()
    assert "Eine Frage mit dieser Nummer gibt es nicht." in page


@pytest.mark.parametrize("setting", ["en", "de"])
def test_a_feed_speaks_the_language_of_the_site_whoever_asks(as_guest, ask, settings, setting):
    settings.LANGUAGE_CODE = setting
    ask("How do tides work?")
    response = as_guest.get("/feed/", headers={"Accept-Language": "fr"})
    assert response["Content-Language"] == setting
    assert f'xml:lang="{setting}"' in response.content.decode()
    said = {"en": "Nobody has answered this yet.", "de": "Das hat noch niemand beantwortet."}
    assert said[setting] in response.content.decode()
