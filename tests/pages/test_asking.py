"""Asking, adding wordings and rewording through the pages, and the three answers to "that wording exists"."""

import pytest
from django.urls import reverse

from questions import merging, moderation
from questions.models import DetailsRevision, LedToAnswers, Question

pytestmark = pytest.mark.django_db


def ask_through_page(client, text, **fields):
    return client.post(reverse("ask"), {"text": text, **fields})


def test_asking_leads_to_the_new_questions_page(as_asker, asker):
    response = ask_through_page(
        as_asker, "How do tides work?", details="In the *North Sea*.", tags="Sea, moon , sea"
    )
    question = Question.objects.get()
    assert response.url == question.get_absolute_url()
    assert (question.text, question.author, question.is_primary) == ("How do tides work?", asker, True)
    assert question.details_html == "<p>In the <em>North Sea</em>.</p>\n"
    assert sorted(question.tags.names()) == ["moon", "sea"]
    assert DetailsRevision.objects.get().text == "In the *North Sea*."


def test_a_guest_asks_under_the_name_they_give(as_guest):
    ask_through_page(as_guest, "How do tides work?", guest_name="  Kofi\u0000 ")
    assert Question.objects.get().author_name == "Kofi"


def test_a_guest_without_a_name_is_anonymous(as_guest):
    ask_through_page(as_guest, "How do tides work?")
    assert Question.objects.get().author_name == "Anonymous"


def test_a_member_cannot_write_under_another_name(as_asker, asker):
    ask_through_page(as_asker, "How do tides work?", guest_name="The Queen")
    assert Question.objects.get().author_name == asker.name


def test_guests_do_not_ask_where_the_setting_says_no(as_guest, settings):
    settings.GUESTS_MAY_ASK = False
    assert as_guest.get(reverse("ask")).url.startswith(reverse("account_login"))
    response = ask_through_page(as_guest, "How do tides work?")
    assert response.status_code == 403
    assert "How do tides work?" in response.content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "spelling",
    [
        "how do TIDES work",
        "  How  do tides work ?! ",
        "How do tides work\u200f?",
        "Ｈow do tides work?",
    ],
)
def test_an_existing_wording_leads_to_its_page_however_it_is_spelt(as_guest, ask, spelling):
    question = ask("How do tides work?")
    response = ask_through_page(as_guest, spelling)
    assert (response.status_code, response.url) == (302, question.get_absolute_url())
    assert Question.objects.count() == 1


def test_accents_in_either_form_lead_to_the_same_page(as_guest, ask):
    question = ask("Où est le caf\u00e9?")
    assert ask_through_page(as_guest, "Ou\u0300 est le cafe\u0301").url == question.get_absolute_url()


def test_an_existing_alternate_leads_straight_to_its_primary(as_guest, ask):
    question = ask("How do tides work?")
    alternate = merging.add_alternate("What makes the sea rise?", to=question, by=None).question
    response = ask_through_page(as_guest, "what makes the sea rise")
    assert response.url == f"{question.get_absolute_url()}#asked-{alternate.pk}"


def test_who_asks_an_existing_wording_is_counted_as_led_to_its_answers(as_guest, ask):
    ask("How do tides work?")
    for spelling in ("How do tides work?", "how do tides work"):
        ask_through_page(as_guest, spelling)
    assert LedToAnswers.objects.get().count == 2


def test_who_asks_something_new_or_is_led_nowhere_is_not_counted(as_guest, ask, moderator):
    ask_through_page(as_guest, "How do tides work?")
    ask_through_page(as_guest, "How do tides work?", details="My own long thoughts.")
    moderation.hide(ask("Is the moon hollow?"), by=moderator)
    ask_through_page(as_guest, "Is the moon hollow?")
    assert not LedToAnswers.objects.exists()


def test_looking_up_a_wording_by_its_address_counts_nobody(as_guest, ask):
    question = ask("How do tides work?")
    response = as_guest.get(reverse("ask"), {"text": "How do tides work?"})
    assert response.url == question.get_absolute_url()
    assert not LedToAnswers.objects.exists()


@pytest.mark.parametrize("typed", [{"details": "My own long thoughts."}, {"tags": "sea, moon"}])
def test_what_was_typed_for_an_existing_wording_is_not_lost(as_guest, ask, typed):
    question = ask("How do tides work?")
    response = ask_through_page(as_guest, "How do tides work?", guest_name="Kofi", **typed)
    assert response.status_code == 409
    page = response.content.decode()
    for value in ("Kofi", *typed.values()):
        assert value in page
    assert f'<a href="{question.get_absolute_url()}">How do tides work?</a>' in page


def test_a_name_alone_keeps_nobody_from_the_answers(as_guest, ask):
    question = ask("How do tides work?")
    response = ask_through_page(as_guest, "How do tides work?", guest_name="Kofi")
    assert response.url == question.get_absolute_url()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing here yet"),
        ("   ", "nothing here yet"),
        ("???", "use words"),
        ("\x00", "nothing here yet"),
        ("\u202e", "nothing here yet"),
        ("\u200f", "use words"),
        ("🎉", "use words"),
        ("a" * 301, "301 characters"),
    ],
)
def test_what_is_no_wording_is_refused_in_plain_words(as_guest, text, said):
    response = ask_through_page(as_guest, text, details="Kept details.")
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Kept details." in page
    assert not Question.objects.exists()


def test_a_refused_wording_stays_in_its_field(as_guest):
    assert "a" * 301 in ask_through_page(as_guest, "a" * 301).content.decode()


def test_details_beyond_the_limit_are_refused_and_kept(as_guest):
    response = ask_through_page(as_guest, "How do tides work?", details="x" * 30_001)
    assert response.status_code == 422
    assert "30001 characters long" in response.content.decode()
    assert "x" * 30_001 in response.content.decode()


def test_too_many_tags_are_refused(as_guest):
    response = ask_through_page(as_guest, "How do tides work?", tags="a,b,c,d,e,f")
    assert response.status_code == 422
    assert "6 tags" in response.content.decode()


def test_tags_keep_the_signs_that_carry_meaning(as_guest):
    ask_through_page(as_guest, "Which is older?", tags="C, C++, C#, .NET core")
    assert sorted(Question.objects.get().tags.names()) == ["c", "c#", "c++", "net-core"]


def test_a_megabyte_is_refused_with_a_page(as_guest):
    response = as_guest.post(reverse("ask"), {"text": "x" * 1_100_000})
    assert response.status_code == 400
    assert "could not be understood" in response.content.decode()


def test_asking_a_hidden_wording_says_so_and_keeps_what_was_typed(as_guest, ask, moderator):
    moderation.hide(ask("How do tides work?"), by=moderator)
    response = ask_through_page(as_guest, "How do tides work?")
    page = response.content.decode()
    assert response.status_code == 409
    assert "was hidden by a moderator" in page
    assert 'value="How do tides work?"' in page


@pytest.mark.parametrize(
    ("typed", "tag"), [("हिन्दी", "हिन्दी"), ("Node.js", "node.js"), ("C#", "c#"), ("a_b", "a-b")]
)
def test_tags_are_kept_in_any_script(as_guest, typed, tag):
    ask_through_page(as_guest, "How do tides work?", tags=typed)
    assert list(Question.objects.get().tags.names()) == [tag]


@pytest.mark.parametrize("typed", ["###", "+", "#.#"])
def test_a_tag_of_signs_alone_is_refused(as_guest, typed):
    response = ask_through_page(as_guest, "How do tides work?", tags=typed)
    assert response.status_code == 422
    assert "a tag has a letter or a digit" in response.content.decode()
