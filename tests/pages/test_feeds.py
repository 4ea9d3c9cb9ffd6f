"""Atom feeds, read by a real feed parser."""

from datetime import UTC, datetime

import feedparser
import pytest

from answers import answering
from answers.models import Answer
from questions import merging, moderation
from questions.models import Question

pytestmark = pytest.mark.django_db


def read(client, address: str, **headers):
    response = client.get(address, **headers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    return feed


def test_the_newest_questions_stand_in_the_feed_and_alternates_do_not(client, ask, moderator):
    first, second = ask("Question a & b?"), ask("Question <c>?")
    alternate = merging.add_alternate("Question d?", to=first, by=moderator).question
    moderation.hide(ask("Question e?"), by=moderator)
    feed = read(client, "/feed/")
    assert [entry.title for entry in feed.entries] == ["Question <c>?", "Question a & b?"]
    assert feed.entries[1].link == f"http://testserver{first.get_absolute_url()}"
    assert alternate.text not in str(feed)
    assert second.author_name in feed.entries[0].author


def test_a_tag_has_a_feed_of_its_own(client, ask):
    ask("Question a?", tags=["c++"])
    ask("Question b?")
    ask("Question c?", tags=["c++"])
    feed = read(client, "/tags/c%2B%2B/feed/")
    assert [entry.title for entry in feed.entries] == ["Question c?", "Question a?"]
    assert client.get("/tags/nothing/feed/").status_code == 404


def test_the_feed_of_a_question_has_the_answers_of_its_family(client, ask, asker, moderator):
    question, other = ask("Question a?"), ask("Question b?")
    answering.answer(question, "First **words**.", by=asker)
    answering.answer(other, "Others.")
    merging.merge(other, into=question, by=moderator)
    for address in (question, other):
        feed = read(client, f"/questions/{address.pk}/feed/")
        assert feed.feed.title == "Question a?"
        assert [entry.summary for entry in feed.entries] == ["Others.", "First words."]


def test_an_entry_says_when_its_answer_was_edited_and_when_its_question_was_answered(client, ask):
    question = ask("Question a?")
    answer = answering.answer(question, "Words.")
    asked, answered, edited = (datetime(2026, 1, day, tzinfo=UTC) for day in (5, 6, 7))
    Answer.objects.filter(pk=answer.pk).update(created_at=answered, edited_at=edited)
    Question.objects.filter(pk=question.pk).update(created_at=asked, last_activity_at=edited)
    for address, published in (("/feed/", asked), (f"/questions/{question.pk}/feed/", answered)):
        [entry] = read(client, address).entries
        assert (entry.published, entry.updated) == (published.isoformat(), edited.isoformat()), address


def test_merges_stand_in_a_feed_with_their_reason(client, ask, moderator):
    merging.merge(ask("Question a?"), into=ask("Question b?"), by=moderator, reason="The same")
    [entry] = read(client, "/merges/feed/").entries
    assert entry.title == "“Question a?” was merged into “Question b?”."
    assert entry.summary == "The same"


def test_a_reader_that_comes_again_is_told_that_nothing_changed(client, ask):
    ask("Question a?")
    first = client.get("/feed/")
    again = client.get("/feed/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert client.get("/feed/", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    ask("Question b?")
    assert client.get("/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_entry_keeps_its_id_when_the_question_is_reworded(client, ask, asker):
    question = ask("Question a?", by=asker)
    [before] = read(client, "/feed/").entries
    merging.reword(question, "Another wording?", by=asker)
    [after] = read(client, "/feed/").entries
    assert before.id == after.id
    assert before.link != after.link


def test_an_empty_feed_is_a_feed(client):
    assert read(client, "/feed/").entries == []


@pytest.mark.parametrize(
    ("page", "feed"), [("/", "/feed/"), ("/merges/", "/merges/feed/"), ("/tags/x/", "/tags/x/feed/")]
)
def test_pages_name_their_feed(client, ask, page, feed):
    ask("Question a?", tags=["x"])
    assert 'type="application/atom+xml"' in (content := client.get(page).content.decode())
    assert f'href="{feed}"' in content


def test_the_feed_of_a_hidden_question_is_gone(client, ask, moderator):
    question = ask("Question a?")
    moderation.hide(question, by=moderator)
    assert client.get(f"/questions/{question.pk}/feed/").status_code == 410


def test_whoever_may_see_a_hidden_question_has_no_feed_of_it_either(as_moderator, ask, moderator):
    question = ask("Question a?")
    address = f"/questions/{question.pk}/feed/"
    assert as_moderator.get(address).status_code == 200
    moderation.hide(question, by=moderator)
    assert as_moderator.get(question.page_url).status_code == 200
    assert as_moderator.get(address).status_code == 404


def test_a_tag_leads_to_no_hidden_question_though_an_alternate_carries_it(as_moderator, ask, moderator):
    shown, hidden = ask("Question a?", tags=["sea"]), ask("Question b?")
    merging.merge(ask("Question c?", tags=["sea"]), into=hidden, by=moderator)
    assert len(read(as_moderator, "/tags/sea/feed/").entries) == 2
    moderation.hide(hidden, by=moderator)
    assert [entry.title for entry in read(as_moderator, "/tags/sea/feed/").entries] == [shown.text]
    assert list(as_moderator.get("/tags/sea/").context["page"].rows) == [shown]


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("example.org", "example.org"),
        ("example.org:8000", "example.org"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[2001:db8::7]:8000", "2001-db8-7"),
    ],
)
def test_ids_are_tag_uris_of_any_host(client, ask, settings, host, name):
    settings.ALLOWED_HOSTS = ["*"]
    question = ask("Question a?")
    [entry] = read(client, "/feed/", headers={"host": host}).entries
    assert entry.id == f"tag:{name},{question.created_at:%Y-%m-%d}:question/{question.pk}"
