"""The structured data of a question page against the rules that search engines have written down.

https://developers.google.com/search/docs/appearance/structured-data/qapage, the tables of QAPage, Question and Answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from answers import answering, folding, moderation, usefulness
from answers.arranging import SHOWN_AT_FIRST
from questions import merging
from questions import moderation as question_moderation
from questions.models import State

pytestmark = pytest.mark.django_db

# ---- The rules ----


def is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_moment(value: Any) -> bool:
    """ISO 8601 with an offset, without which it would be read as of the search engine's own clock."""
    return isinstance(value, str) and "T" in value and datetime.fromisoformat(value).tzinfo is not None


def is_address(value: Any) -> bool:
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and parts.netloc == "testserver"


def is_person(value: Any) -> bool:
    return value["@type"] == "Person" and list(complaints(value, PERSON)) == []


def is_answer(value: Any) -> bool:
    return value["@type"] == "Answer" and list(complaints(value, ANSWER)) == []


def are_answers(value: Any) -> bool:
    return isinstance(value, list) and value != [] and all(is_answer(answer) for answer in value)


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and value != [] and all(is_text(text) for text in value)


Rules = dict[str, tuple[str, Callable[[Any], bool]]]

# "always" is what is required, or recommended and known of every one; "known" is recommended, and there if the site
# knows it. Left out are pictures and films, and votes for questions, which the site does not have, and comments.
PERSON: Rules = {"@type": ("always", is_text), "name": ("always", is_text), "url": ("known", is_address)}
ANSWER: Rules = {
    "@type": ("always", is_text),
    "text": ("always", is_text),
    "url": ("always", is_address),
    "upvoteCount": ("always", is_number),
    "datePublished": ("always", is_moment),
    "dateModified": ("known", is_moment),
    "author": ("always", is_person),
}
QUESTION: Rules = {
    "@type": ("always", is_text),
    "name": ("always", is_text),
    "text": ("always", is_text),
    "url": ("always", is_address),
    "answerCount": ("always", is_number),
    "datePublished": ("always", is_moment),
    "author": ("always", is_person),
    "acceptedAnswer": ("known", is_answer),
    "suggestedAnswer": ("known", are_answers),
    # Of schema.org's Thing: the other wordings.
    "alternateName": ("known", are_texts),
}
PAGE: Rules = {
    "@context": ("always", lambda value: value == "https://schema.org"),
    "@type": ("always", lambda value: value == "QAPage"),
    "mainEntity": ("always", lambda value: value["@type"] == "Question"),
}


def complaints(thing: dict[str, Any], rules: Rules) -> Iterator[str]:
    for name, (when, is_right) in rules.items():
        if name not in thing:
            if when == "always":
                yield f"{name} is missing"
        elif not is_right(thing[name]):
            yield f"{name} is wrong: {thing[name]!r}"
    for name in set(thing) - set(rules):
        yield f"{name} is in no rule"


def all_answers(entity: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *([entity["acceptedAnswer"]] if "acceptedAnswer" in entity else []),
        *entity.get("suggestedAnswer", []),
    ]


def checked(client, question, query: str = "") -> dict[str, Any]:
    """The question of a page as search engines read it, held against all the rules and against the page itself."""
    page = client.get(question.get_absolute_url() + query).content.decode()
    [written] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(written)
    entity = data["mainEntity"]
    assert list(complaints(data, PAGE)) == []
    assert list(complaints(entity, QUESTION)) == []
    given = all_answers(entity)
    assert given, "neither an accepted nor a suggested answer"
    assert len({answer["url"] for answer in given}) == len(given), "an answer is accepted and suggested"
    assert entity["answerCount"] >= len(given)
    said = re.search(r'<h2 id="answers">(\d+) answer', page)
    assert entity["answerCount"] == int(said[1]), "the page says another number"
    assert f'<link rel="canonical" href="{entity["url"]}">' in page
    for answer in given:
        pk = re.fullmatch(r"http://testserver/answers/(\d+)/", answer["url"])[1]
        assert f'id="answer-{pk}"' in page, "an answer that the page does not show"
        landed = client.get(urlsplit(answer["url"]).path)
        assert unquote(landed.url).startswith(unquote(urlsplit(entity["url"]).path))
    return entity


# ---- The pages ----


@pytest.fixture
def question(ask, asker):
    return ask("How do tides work?", by=asker, details="At the **North Sea**, <b>say</b>.")


@pytest.mark.parametrize("query", ["", "?order=newest", "?answers=all"])
def test_a_page_with_more_answers_than_it_shows_at_first(as_guest, question, stranger, query):
    number = SHOWN_AT_FIRST + 5
    for count in range(number):
        answering.answer(
            question,
            f"Answer number {count}, with *signs* & <i>more</i>.",
            by=stranger,
            useful_elsewhere=count,
        )
    entity = checked(as_guest, question, query)
    assert entity["answerCount"] == number
    assert "acceptedAnswer" not in entity
    # Neither Markdown nor HTML, but what readers read.
    assert re.fullmatch(r"Answer number \d+, with signs & more ?\.", entity["suggestedAnswer"][0]["text"])
    if query != "?order=newest":
        assert entity["suggestedAnswer"][0]["upvoteCount"] == number - 1


def test_a_page_with_an_answer_that_helped(as_guest, question, asker, stranger):
    other = answering.answer(question, "The moon.", by=stranger, useful_elsewhere=3)
    helped = answering.answer(question, "The moon and the sun.", by=stranger, is_accepted=True)
    usefulness.mark(helped, by=asker)
    entity = checked(as_guest, question)
    assert entity["acceptedAnswer"]["url"].endswith(f"/answers/{helped.pk}/")
    assert [answer["url"] for answer in entity["suggestedAnswer"]] == [
        f"http://testserver/answers/{other.pk}/"
    ]
    assert entity["author"]["url"] == f"http://testserver/users/{asker.pk}/"
    assert {answer["author"]["url"] for answer in all_answers(entity)} == {
        f"http://testserver/users/{stranger.pk}/"
    }


def test_a_page_whose_only_answer_helped(as_guest, question):
    answering.answer(question, "The moon.", is_accepted=True)
    entity = checked(as_guest, question)
    assert "suggestedAnswer" not in entity


def test_a_page_with_folded_and_hidden_answers(as_guest, question, stranger, moderator):
    better = answering.answer(question, "The moon pulls at the sea.", by=stranger)
    folded = answering.answer(question, "The moon.", guest_name="Kofi")
    hidden = answering.answer(question, "Buy my tea.", guest_name="Zed")
    folding.fold(folded, into=better, by=moderator)
    moderation.hide(hidden, by=moderator)
    entity = checked(as_guest, question)
    assert [answer["text"] for answer in all_answers(entity)] == ["The moon pulls at the sea."]
    assert entity["answerCount"] == 2


def test_a_page_with_answers_by_guests_and_of_an_edited_one(as_guest, ask):
    question = ask("Is this a question?", guest_name="Rosa")
    named = answering.answer(question, "It is.", guest_name="Kofi")
    answering.answer(question, "Perhaps.")
    answering.edit(named, "It is one.", by=None)
    entity = checked(as_guest, question)
    assert entity["author"] == {"@type": "Person", "name": "Rosa"}
    assert {answer["author"]["name"] for answer in all_answers(entity)} == {"Kofi", "Anonymous"}
    assert [("dateModified" in answer) for answer in all_answers(entity)].count(True) == 1


def test_a_page_in_arabic_with_other_wordings(as_guest, ask, stranger):
    question = ask("لماذا السماء زرقاء؟", by=stranger, details="في **النهار**.")
    wordings = ["ما سبب زرقة السماء؟", "Why is the sky blue?", 'Is "blue" <the> sky & why?']
    for text in wordings:
        merging.add_alternate(text, to=question, by=stranger)
    answering.answer(question, "بسبب تشتت الضوء.", by=stranger)
    entity = checked(as_guest, question)
    assert entity["name"] == "لماذا السماء زرقاء؟"
    assert entity["text"].startswith("في النهار")
    assert entity["alternateName"] == wordings


def test_a_page_of_a_merged_family_gives_the_answers_of_both(as_guest, ask, question, stranger):
    other = ask("What makes the sea rise?", by=stranger)
    answering.answer(question, "The moon.")
    answering.answer(other, "Moon and sun.", by=stranger)
    merging.merge(other, into=question, by=None)
    entity = checked(as_guest, question)
    assert {answer["text"] for answer in all_answers(entity)} == {"The moon.", "Moon and sun."}
    assert entity["alternateName"] == ["What makes the sea rise?"]


def test_a_page_with_an_answer_that_is_a_picture_or_code_alone(as_guest, question):
    answering.answer(question, "```\nif a < b and c > d: print('<b>')\n```")
    entity = checked(as_guest, question)
    assert entity["suggestedAnswer"][0]["text"] == "if a < b and c > d: print('<b>')"


@pytest.mark.parametrize("text", ["月" * 20_000, "The moon " + "月" * 20_000, "moon " * 4_000])
def test_a_long_answer_is_cut_whether_or_not_its_words_stand_apart(as_guest, question, text):
    answering.answer(question, text)
    [answer] = all_answers(checked(as_guest, question))
    assert 4_900 <= len(answer["text"]) <= 5_000
    assert re.search(r"(月|moon)…$", answer["text"])
    assert text.startswith(answer["text"][:-1])


def test_a_moderator_s_page_tells_of_no_hidden_answer_or_wording_there(
    as_moderator, question, stranger, moderator
):
    answering.answer(question, "The moon.", by=stranger)
    hidden = answering.answer(question, "Buy my tea.", by=stranger, is_accepted=True)
    moderation.hide(hidden, by=moderator)
    wording = merging.add_alternate("Where do I buy tea?", to=question, by=stranger).question
    question_moderation.hide(wording, by=moderator)
    entity = checked(as_moderator, question)
    assert [answer["text"] for answer in all_answers(entity)] == ["The moon."]
    assert "acceptedAnswer" not in entity
    assert "tea" not in str(entity)


def test_the_page_of_a_hidden_question_has_none_for_a_moderator_either(as_moderator, question, moderator):
    answering.answer(question, "The moon.")
    question_moderation.hide(question, by=moderator)
    response = as_moderator.get(question.get_absolute_url())
    assert response.status_code == 200
    assert "application/ld+json" not in response.content.decode()


@pytest.mark.parametrize(("writer", "client"), [("asker", "as_asker"), ("moderator", "as_moderator")])
def test_nobody_reads_of_an_answer_there_that_waits_and_that_only_its_writer_sees(
    request, question, writer, client
):
    by, browser = request.getfixturevalue(writer), request.getfixturevalue(client)
    answering.answer(question, "Shown to all.", by=by)
    waiting = answering.answer(question, "Waits for a moderator.", by=by)
    moderation.set_state(waiting, State.PENDING, by=None)
    page = browser.get(question.get_absolute_url()).content.decode()
    assert page.count("Waits for a moderator.") == 1, "its writer reads it on the page"
    assert [answer["text"] for answer in all_answers(checked(browser, question))] == ["Shown to all."]


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ({"@type": "Person", "name": ""}, "name is wrong"),
        ({"@type": "Person"}, "name is missing"),
        ({"@type": "Person", "name": "Mei", "url": "/users/1/"}, "url is wrong"),
        ({"@type": "Person", "name": "Mei", "age": 30}, "age is in no rule"),
    ],
)
def test_the_rules_find_what_is_wrong(thing, said):
    assert any(complaint.startswith(said) for complaint in complaints(thing, PERSON))
