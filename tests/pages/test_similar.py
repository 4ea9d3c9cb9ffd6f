"""Meeting similar questions while asking: the panel, "Is this your question?", and what becomes of one's words."""

import pytest
from django.urls import reverse

from answers import answering
from questions import merging, moderation, suggesting
from questions.models import Act, DuplicateCandidate, LedToAnswers, Question, SuggestedAlternate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_model")]

NEARLY = "How can I make my door stop squeaking?"


@pytest.fixture
def door(ask, asker):
    question = ask("How can I stop a door from squeaking?", by=asker)
    answering.answer(question, "Oil the hinges, and wipe off what drips.")
    return question


def panel(client, text, **fields):
    response = client.get(reverse("similar"), {"text": text, **fields})
    assert response.status_code == 200
    return response.content.decode()


def test_the_panel_shows_the_wording_the_answers_and_the_first_words_of_the_best(as_guest, door):
    shown = panel(as_guest, "my door squeaks when opened")
    assert door.text in shown
    assert "1 answer" in shown
    assert "Oil the hinges, and wipe off what drips." in shown


def test_the_panel_names_the_alternate_that_matched(as_guest, door, moderator):
    merging.add_alternate("Creaking hinges: what helps?", to=door, by=moderator)
    shown = panel(as_guest, "what helps against creaking hinges")
    assert "also asked as “Creaking hinges: what helps?”" in shown
    assert f"{door.get_absolute_url()}#asked-" in shown


@pytest.mark.parametrize("text", ["", "door", "squeaking door", "?? ?? ??", "How many strings has a violin?"])
def test_the_panel_is_empty_before_three_words_and_when_nothing_is_similar(as_guest, door, text):
    assert "<section" not in panel(as_guest, text)


def test_the_panel_on_the_home_page_has_no_buttons(as_guest, door):
    assert "<button" not in panel(as_guest, NEARLY)
    assert "Yes, take me there" in panel(as_guest, NEARLY, in_form="yes")


def test_the_panel_never_shows_a_hidden_question(as_guest, door, moderator):
    moderation.hide(door, by=moderator)
    assert door.text not in panel(as_guest, NEARLY)


def test_without_javascript_the_same_list_stands_on_the_page_after_ask_it(as_guest, door):
    page = as_guest.post(reverse("ask"), {"text": NEARLY, "details": "It *squeaks*.", "tags": "doors"})
    assert page.status_code == 200
    shown = page.content.decode()
    assert "Is this your question?" in shown
    assert NEARLY in shown
    assert "It *squeaks*." in shown
    assert 'value="doors"' in shown
    assert Question.objects.count() == 1


def test_words_from_the_home_page_meet_the_list_at_once(as_guest, door):
    assert "Is this your question?" in as_guest.get(reverse("ask"), {"text": NEARLY}).content.decode()


def test_an_existing_wording_from_the_home_page_leads_straight_to_its_answers(as_guest, door):
    response = as_guest.get(reverse("ask"), {"text": "how can I stop a door from squeaking"})
    assert response.url == door.get_absolute_url()


def test_a_question_like_no_other_is_asked_at_once(as_guest, door):
    response = as_guest.post(reverse("ask"), {"text": "How many strings has a violin?"})
    assert response.url == Question.objects.get(text="How many strings has a violin?").get_absolute_url()


def test_mine_is_different_asks_it_and_leaves_a_candidate(as_stranger, stranger, door):
    response = as_stranger.post(reverse("ask"), {"text": NEARLY, "different": "yes"})
    asked = Question.objects.get(text=NEARLY)
    assert response.url == asked.get_absolute_url()
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.source, candidate.target, candidate.origin) == (asked, door, "asked")
    assert candidate.suggested_by == stranger
    assert candidate.confidence > suggesting.LEAST_CONFIDENCE


def test_a_different_question_leaves_no_candidate(as_stranger, door):
    as_stranger.post(reverse("ask"), {"text": "How do I paint a door?", "different": "yes"})
    assert not DuplicateCandidate.objects.exists()


def test_take_me_there_makes_a_members_words_an_alternate_at_once(as_stranger, stranger, door):
    response = as_stranger.post(reverse("same-question", args=[door.pk]), {"text": NEARLY})
    alternate = Question.objects.get(text=NEARLY)
    assert (alternate.primary, alternate.author) == (door, stranger)
    assert response.url == f"{door.get_absolute_url()}#asked-{alternate.pk}"
    assert Act.objects.get().reason == "Asked in these words"


def test_a_guests_words_wait_for_a_moderator(as_guest, door):
    response = as_guest.post(reverse("same-question", args=[door.pk]), {"text": NEARLY})
    assert response.url == door.get_absolute_url()
    suggested = SuggestedAlternate.objects.get()
    assert (suggested.text, suggested.question, suggested.suggested_by) == (NEARLY, door, None)
    assert Question.objects.count() == 1


def test_a_members_words_wait_where_the_matcher_is_not_sure_enough(as_stranger, door, settings):
    settings.ALTERNATE_AT_ONCE_FROM = 1.0
    as_stranger.post(reverse("same-question", args=[door.pk]), {"text": NEARLY})
    assert SuggestedAlternate.objects.get().confidence < 1


def test_who_finds_their_question_while_asking_is_counted_as_led_to_answers(as_guest, as_stranger, door):
    for client in (as_guest, as_stranger):
        client.post(reverse("same-question", args=[door.pk]), {"text": NEARLY})
    assert LedToAnswers.objects.get().count == 2


def test_a_program_that_sends_no_form_of_ours_is_not_counted_as_led_to_answers(as_guest, door):
    response = as_guest.post(reverse("same-question", args=[door.pk]), {"text": NEARLY, "stamp": ""})
    assert response.url == door.get_absolute_url()
    assert not LedToAnswers.objects.exists()


def test_words_that_ask_something_else_wait_as_well(as_stranger, door):
    as_stranger.post(reverse("same-question", args=[door.pk]), {"text": "Buy cheap watches?"})
    assert not Question.objects.filter(text="Buy cheap watches?").exists()
    assert SuggestedAlternate.objects.get().confidence < 0.2


def test_the_same_words_are_suggested_once(as_guest, door):
    for spelling in (NEARLY, NEARLY.upper()):
        as_guest.post(reverse("same-question", args=[door.pk]), {"text": spelling})
    assert SuggestedAlternate.objects.count() == 1


@pytest.mark.parametrize("text", ["", "???", "x" * 2_000, "How can I stop a door from squeaking?"])
def test_words_that_cannot_be_kept_still_lead_there(as_stranger, as_guest, door, text):
    for client in (as_stranger, as_guest):
        response = client.post(reverse("same-question", args=[door.pk]), {"text": text})
        assert response.url == door.get_absolute_url()
    assert Question.objects.count() == 1
    assert not SuggestedAlternate.objects.exists()


def test_nobody_is_taken_to_what_is_hidden_or_not_there(as_stranger, door, moderator):
    moderation.hide(door, by=moderator)
    assert as_stranger.post(reverse("same-question", args=[door.pk]), {"text": NEARLY}).status_code == 410
    assert as_stranger.post(reverse("same-question", args=[10**9]), {"text": NEARLY}).status_code == 404


def test_suggesting_a_merge_proposes_what_the_matcher_finds(as_stranger, door, ask):
    asked = ask(NEARLY)
    page = as_stranger.get(reverse("suggest-merge", args=[asked.pk])).content.decode()
    assert door.text in page
    assert f"{reverse('suggest-merge', args=[asked.pk])}?into={door.pk}" in page


def test_a_suggested_pair_says_how_sure_the_matcher_is(as_stranger, door, ask):
    asked = ask(NEARLY)
    as_stranger.post(reverse("suggest-merge", args=[asked.pk]), {"into": door.pk})
    assert DuplicateCandidate.objects.get().confidence > 0.5


def test_what_a_moderator_told_apart_is_not_suggested_again_by_another_wording(
    as_stranger, door, ask, moderator
):
    asked = ask(NEARLY)
    alternate = merging.add_alternate("Creaking hinges: what helps?", to=door, by=moderator).question
    DuplicateCandidate.objects.never_again(asked, door, by=moderator)
    response = as_stranger.post(reverse("suggest-merge", args=[asked.pk]), {"into": alternate.pk})
    assert response.status_code == 422
    assert "they are not the same question" in response.content.decode()


def test_a_search_asks_whether_one_meant_what_its_words_do_not_find(as_guest, door):
    page = as_guest.get(reverse("search"), {"q": "noisy doorway hinges"}).content.decode()
    assert "Did you mean" in page
    assert door.text in page
