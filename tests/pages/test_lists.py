"""The lists of the home page, tags and search."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.core.cache import cache
from django.urls import reverse

from answers import answering
from questions import merging, moderation
from questions.duplicates import stems
from questions.models import Question

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


def texts(response) -> list[str]:
    return [question.text for question in response.context["page"].rows]


@pytest.fixture
def three(ask):
    """Asked in this order; the first answered last and most usefully, the second never."""
    first, second, third = (ask(f"Question {n}?", at=START + timedelta(days=n)) for n in range(3))
    answering.answer(third, "Early.", useful_elsewhere=2, at=START + timedelta(days=10))
    answering.answer(first, "Late.", useful_elsewhere=5, at=START + timedelta(days=20))
    return first, second, third


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("home", ["Question 2?", "Question 1?", "Question 0?"]),
        ("home-active", ["Question 0?", "Question 2?", "Question 1?"]),
        ("home-unanswered", ["Question 1?"]),
        ("home-useful", ["Question 0?", "Question 2?", "Question 1?"]),
    ],
)
def test_each_list_has_its_order(as_guest, three, name, order):
    assert texts(as_guest.get(reverse(name))) == order


def test_an_alternate_is_in_no_list_and_its_answers_count_for_the_primary(as_guest, three, moderator):
    first, second, _ = three
    merging.merge(first, into=second, by=moderator)
    assert texts(as_guest.get(reverse("home-useful"))) == ["Question 1?", "Question 2?"]
    assert texts(as_guest.get(reverse("home-unanswered"))) == []
    assert "2 wordings" in as_guest.get(reverse("home")).content.decode()


def test_hidden_questions_are_in_no_list(as_guest, three, moderator):
    moderation.hide(three[0], by=moderator)
    for name in ("home", "home-active", "home-useful"):
        assert "Question 0?" not in texts(as_guest.get(reverse(name)))


@pytest.mark.parametrize("name", ["home", "home-active", "home-unanswered", "home-useful"])
def test_paging_shows_every_question_once_there_and_back(as_guest, ask, settings, name):
    settings.QUESTIONS_PER_PAGE = 3
    for n in range(8):
        ask(f"Question {n}?", at=START)  # all alike, so that the id decides
    forwards, address = [], reverse(name)
    while True:
        page = as_guest.get(address).context["page"]
        forwards.append([question.pk for question in page.rows])
        if not page.older:
            break
        address = f"{reverse(name)}?after={page.older.replace('+', '%2B')}"
    assert [len(pks) for pks in forwards] == [3, 3, 2]
    assert sorted(chain.from_iterable(forwards)) == sorted(Question.objects.values_list("pk", flat=True))
    back = as_guest.get(f"{reverse(name)}?before={page.newer.replace('+', '%2B')}").context["page"]
    assert [question.pk for question in back.rows] == forwards[1]
    first = as_guest.get(f"{reverse(name)}?before={back.newer.replace('+', '%2B')}").context["page"]
    assert [question.pk for question in first.rows] == forwards[0]
    # Nothing is before the first page, from whichever side it was reached.
    assert first.newer == ""
    assert as_guest.get(reverse(name)).context["page"].newer == ""


@pytest.mark.parametrize(
    "token", ["x", "1", "_", "1_2", "2026-01-01_5", "9999999999999_1", "2026-01-01T00:00:00+00:00_x", "%00_1"]
)
def test_a_made_up_page_is_a_404(as_guest, three, token):
    assert as_guest.get(f"{reverse('home')}?after={token}").status_code == 404


def test_the_home_page_runs_two_queries_for_a_guest(as_guest, ask, django_assert_num_queries):
    for n in range(25):
        ask(f"Question {n}?", tags=["a", "b"])
    with django_assert_num_queries(2):  # the questions, their tags
        as_guest.get(reverse("home"))


def test_the_page_of_a_tag_lists_families_that_carry_it_anywhere(as_guest, ask, moderator):
    a, b = ask("Question a?", tags=["c++"]), ask("Question b?")
    ask("Question c?", tags=["c"])
    merging.merge(a, into=b, by=moderator)
    response = as_guest.get(reverse("tag", args=["c++"]))
    assert texts(response) == ["Question b?"]


def test_tags_with_signs_have_addresses(as_guest, ask):
    ask("Question a?", tags=["c#"])
    assert as_guest.get(reverse("tags")).status_code == 200
    assert texts(as_guest.get(reverse("tag", args=["c#"]))) == ["Question a?"]


def test_an_unknown_tag_is_a_page_that_says_so(as_guest):
    assert as_guest.get(reverse("tag", args=["nothing"])).status_code == 404


def test_completion_offers_tags_that_begin_so_after_those_already_typed(as_guest, ask):
    ask("Question a?", tags=["cooking", "computers"])
    ask("Question b?", tags=["cooking"])
    page = as_guest.get(reverse("complete-tags"), {"tags": "house, Co"}).content.decode()
    assert page.index('value="house, cooking"') < page.index('value="house, computers"')
    assert "option" not in as_guest.get(reverse("complete-tags"), {"tags": "x\x00'\""}).content.decode()


def search(client, words):
    cache.clear()
    return client.get(reverse("search"), {"q": words})


def test_search_finds_any_wording_and_shows_the_family_once_with_the_wording_that_matched(
    as_guest, ask, moderator
):
    question = ask("How do tides work?")
    for text in ("What lifts the ocean?", "Who moves the ocean about?"):
        merging.add_alternate(text, to=question, by=moderator)
    response = search(as_guest, "ocean lifting")
    page = response.content.decode()
    assert len(response.context["hits"]) == 1
    assert "What <mark>lifts</mark> the <mark>ocean</mark>?" in page
    assert question.text in page


def test_search_finds_words_of_answers(as_guest, ask):
    question = ask("How do tides work?")
    answering.answer(question, "It is **gravity** that pulls, of course.")
    response = search(as_guest, "gravity pull")
    assert [hit.primary for hit in response.context["hits"]] == [question]
    assert "<mark>gravity</mark>" in response.content.decode()


def test_search_for_an_exact_wording_goes_to_its_page(as_guest, ask):
    question = ask("How do tides work?")
    assert search(as_guest, "how do tides work").url == question.get_absolute_url()


def test_search_never_shows_what_is_hidden(as_guest, ask, moderator):
    from answers import moderation as answer_moderation

    question = ask("How do tides work?")
    answer_moderation.hide(answering.answer(question, "Cheap gravity pills."), by=moderator)
    hidden = ask("Where to buy gravity?")
    moderation.hide(hidden, by=moderator)
    assert search(as_guest, "gravity").context["hits"] == []


def test_a_search_without_a_hit_offers_to_ask(as_guest):
    page = search(as_guest, "purple elephants").content.decode()
    assert f"{reverse('ask')}?text=purple%20elephants" in page


def test_when_not_all_words_are_found_some_are_enough(as_guest, ask):
    ask("How do tides work?")
    page = search(as_guest, "tides xylophone").content.decode()
    assert "these hold some of them" in page


@pytest.mark.parametrize(
    "words",
    ["", " ", "'", '"', '"open', "& | ! ( ) : *", "a:*b", "\\", "\x00", "the of and", "-", "-tides", "🎉", "x" * 5000,
     "<b>tides</b>", "'; DROP TABLE questions_question; --", "%s %(a)s {}", "\ue000tides\ue001"],
)  # fmt: skip
def test_whatever_is_searched_for_there_is_a_page(as_guest, ask, words):
    ask("How do tides work, 'x' \\ y?")
    assert search(as_guest, words).status_code == 200


def test_words_that_were_searched_for_are_escaped(as_guest, ask):
    ask("Is <b>bold</b> markup?")
    page = search(as_guest, "<b>bold</b> nothing").content.decode()
    assert "<b>" not in page


def test_a_search_runs_a_fixed_number_of_queries(as_guest, ask, django_assert_num_queries):
    # the exact wording; the words, the wordings, their primaries; the answers; the words again and three
    # kinds of text to mark; what was meant: its stems, what is near, the questions
    def look():
        stems.rarity()  # read every ten minutes
        with django_assert_num_queries(13):  # one of them counts it
            as_guest.get(reverse("search"), {"q": "tides work"})

    ask("How do the tides work at sea?")
    as_guest.get(reverse("search"), {"q": "the first one"})  # brings the row that counts searches
    look()
    for n in range(10):
        answering.answer(ask(f"How do tides work, part {n}?"), "Tides work by gravity.")
    look()


@pytest.mark.parametrize(
    "address", ["/tags/%00/", "/tags/%FF/", "/?before=9999-12-31T23:59:59.999999-23:59_1"]
)
def test_addresses_that_no_page_leads_to_are_a_404(as_guest, address):
    assert as_guest.get(address).status_code == 404
    assert as_guest.head(address).status_code == 404


def test_tags_of_hidden_things_are_offered_and_shown_nowhere(as_guest, ask, moderator):
    question = ask("A polite question?", tags=["polite"])
    rude = ask("A rude question?", tags=["rude-tag"])
    merging.merge(rude, into=question, by=moderator)
    moderation.hide(rude, by=moderator)
    for address in ("/tags/", "/tags-complete/?tags=rude", question.get_absolute_url()):
        assert "rude-tag" not in as_guest.get(address).content.decode()
    assert as_guest.get("/tags/rude-tag/").status_code == 404


def test_a_search_for_nothing_but_what_is_not_wanted_finds_nothing(as_guest, ask):
    ask("How do tides work?")
    assert search(as_guest, "-zebra").context["hits"] == []


def test_a_page_beyond_the_end_says_so(as_guest, ask):
    ask("How do tides work?", at=START)
    page = as_guest.get("/?after=2001-01-01T00:00:00%2B00:00_1").content.decode()
    assert "This list ends before here" in page
