"""The page of a question, its other addresses, and what each reader may do there."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from answers import answering, commenting, usefulness
from answers import moderation as answer_moderation
from answers.arranging import SHOWN_AT_FIRST
from answers.models import Answer
from questions import following, merging, moderation
from questions.duplicates import stems

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask, asker):
    return ask("How do I get wax out of a cloth?", by=asker, details="A *linen* one.", tags=["household"])


def test_it_shows_wording_details_tags_and_asker(as_guest, question):
    page = as_guest.get(question.get_absolute_url()).content.decode()
    assert "<h1" in page
    assert question.text in page
    assert "A <em>linen</em> one." in page
    assert ">household</a>" in page
    assert ">Amina</a>" in page


def test_a_wrong_slug_leads_to_the_right_one_and_no_browser_remembers_it(as_guest, question):
    response = as_guest.get(f"/questions/{question.pk}/something-else/")
    assert response.status_code == 301
    assert response["Location"] == question.get_absolute_url()
    assert response["Cache-Control"] == "no-cache, private"


def test_the_bare_number_leads_to_the_page(as_guest, question):
    assert as_guest.get(f"/questions/{question.pk}/")["Location"] == question.get_absolute_url()


def test_an_alternates_address_leads_to_the_primary_in_one_step_and_names_the_wording(
    as_guest, question, moderator
):
    alternate = merging.add_alternate("What removes wax?", to=question, by=moderator).question
    response = as_guest.get(alternate.get_absolute_url())
    assert response.status_code == 301
    assert response["Location"] == f"{question.get_absolute_url()}#asked-{alternate.pk}"
    page = as_guest.get(response["Location"]).content.decode()
    assert f'id="asked-{alternate.pk}"' in page
    assert "You asked: “What removes wax?”" in page


def test_after_a_chain_of_merges_every_address_is_one_step_away(as_guest, ask, moderator):
    chain = [ask(f"Question {n}?") for n in range(5)]
    for source, into in pairwise(chain):
        merging.merge(source, into=into, by=moderator)
    for question in chain[:-1]:
        response = as_guest.get(question.get_absolute_url())
        assert response["Location"].startswith(chain[-1].get_absolute_url())
        assert as_guest.get(response["Location"]).status_code == 200


def test_an_undone_merge_gives_the_alternate_its_page_back(as_guest, ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    merging.merge(a, into=b, by=moderator)
    merging.unmerge(a, by=moderator)
    assert as_guest.get(a.get_absolute_url()).status_code == 200


def test_answers_of_all_wordings_stand_together_by_usefulness_and_say_what_they_were_written_for(
    as_guest, ask, moderator
):
    a, b = ask("Question a?"), ask("Question b?")
    answering.answer(a, "Second best.", useful_elsewhere=4)
    answering.answer(b, "Third best.")
    answering.answer(a, "The best.", useful_elsewhere=69)
    merging.merge(a, into=b, by=moderator)
    page = as_guest.get(b.get_absolute_url()).content.decode()
    assert page.index("The best.") < page.index("Second best.") < page.index("Third best.")
    assert "69 people found this useful" in page
    assert page.count("Written for “Question a?”") == 2


def test_more_than_three_alternates_are_folded(as_guest, question, moderator):
    for n in range(5):
        merging.add_alternate(f"Wording {n}?", to=question, by=moderator)
    response = as_guest.get(question.get_absolute_url())
    assert "and 2 more" in response.content.decode()
    shown, folded = (
        [wording.text for wording in response.context[name]] for name in ("alternates", "more_alternates")
    )
    # In the order in which they came, so that none moves when another is added.
    assert (shown, folded) == (["Wording 0?", "Wording 1?", "Wording 2?"], ["Wording 3?", "Wording 4?"])


def test_the_menu_leads_members_to_editing_their_own_wordings_and_no_others(
    as_stranger, question, stranger, moderator
):
    own, other = (
        merging.add_alternate(f"By {author.name}?", to=question, by=author).question
        for author in (stranger, moderator)
    )
    page = as_stranger.get(question.get_absolute_url()).content.decode()
    assert f'href="/questions/{own.pk}/edit/"' in page
    assert f'href="/questions/{other.pk}/edit/"' not in page


def test_details_of_an_alternate_are_kept_in_sight(as_guest, question, ask, moderator):
    other = ask("What takes wax away?", details="On silk.")
    merging.merge(other, into=question, by=moderator)
    page = as_guest.get(question.get_absolute_url()).content.decode()
    assert "Details given with “What takes wax away?”" in page
    assert "On silk." in page


def test_what_people_write_runs_in_the_direction_of_its_own_language(as_guest, ask, moderator):
    question, other = ask("أين الشمع؟", details="على القماش"), ask("What takes wax away?", details="On silk.")
    answer = answering.answer(question, "بالماء الساخن")
    commenting.comment(answer, "شكرا لك", by=moderator)
    merging.merge(other, into=question, by=moderator)
    page = as_guest.get(question.get_absolute_url()).content.decode()
    for text in ("على القماش", "On silk.", "بالماء الساخن", "شكرا لك"):
        assert re.search(rf'<div [^>]*dir="auto">\s*<p>{text}', page), text


def test_so_it_does_wherever_a_template_shows_it():
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    source = "\n".join(path.read_text() for path in templates)
    before = re.findall(r"(.{12}){{ \S+\|cleaned_html }}", source)
    assert set(before) == {' dir="auto">'}
    assert len(before) == source.count("cleaned_html")


def test_what_was_typed_is_escaped_everywhere(as_guest, ask):
    evil = "<script>alert(1)</script>"
    question = ask(f"Is {evil} shown?", details=evil, guest_name=evil)
    answer = answering.answer(question, f"Text {evil} end", guest_name=evil)
    commenting.comment(answer, f"comment {evil}", guest_name=evil)
    page = as_guest.get(question.get_absolute_url()).content.decode()
    assert "alert(1)</script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("who", "sees", "not_for_them"),
    [
        (
            "as_guest",
            ["Answer it", "Report it", "See its history", "Sign in"],
            ["Edit it", "Merge it", "Hide it"],
        ),
        (
            "as_stranger",
            ["Add another wording", "Suggest a merge", "Follow it"],
            ["Edit it", "Merge it", "Hide it"],
        ),
        ("as_asker", ["Edit it", "Add another wording"], ["Merge it", "Hide it"]),
        ("as_moderator", ["Edit it", "Merge it into", "Hide it"], ["Suggest a merge"]),
    ],
)
def test_the_menu_has_what_this_reader_may_do_and_nothing_else(request, question, who, sees, not_for_them):
    page = request.getfixturevalue(who).get(question.get_absolute_url()).content.decode()
    menu = page[page.index("What would you like to do?") :]
    for entry in sees:
        assert entry in menu
    for entry in not_for_them:
        assert entry not in menu


def test_a_hidden_page_is_gone_for_readers_and_there_for_moderators(
    as_guest, as_moderator, question, moderator
):
    moderation.hide(question, by=moderator)
    response = as_guest.get(question.get_absolute_url())
    assert response.status_code == 410
    assert question.text not in response.content.decode()
    assert as_moderator.get(question.get_absolute_url()).status_code == 200


def test_a_hidden_alternate_is_not_named_but_its_address_still_leads_to_the_page(
    as_guest, question, moderator
):
    alternate = merging.add_alternate("Some rude wording?", to=question, by=moderator).question
    moderation.hide(alternate, by=moderator)
    response = as_guest.get(f"/questions/{alternate.pk}/")
    assert response["Location"] == question.get_absolute_url()
    assert "rude" not in as_guest.get(question.get_absolute_url()).content.decode()


def test_a_hidden_answer_is_not_shown(as_guest, question, moderator):
    from answers import moderation as answer_moderation

    answer = answering.answer(question, "Buy my pills.")
    answer_moderation.hide(answer, by=moderator)
    assert "pills" not in as_guest.get(question.get_absolute_url()).content.decode()
    assert as_guest.get(answer.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 40])
def test_a_number_that_was_never_given_is_a_page_that_says_so(as_guest, number):
    response = as_guest.get(f"/questions/{number}/")
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_the_related_questions_have_first_words_and_none_is_of_the_family(as_guest, ask, moderator):
    question = ask("How do I get wax out of a cloth?")
    alternate = merging.add_alternate("How to remove wax from a cloth?", to=question, by=moderator).question
    near = ask("How do I get wine out of a cloth?")
    answering.answer(near, "With salt, at once.")
    far = ask("Why do tides come later each day?")
    page = as_guest.get(question.get_absolute_url()).content.decode()
    related = page[page.index("Related questions") : page.index("What would you like to do?")]
    assert near.text in related
    assert "With salt, at once." in related
    assert far.text not in related
    assert alternate.text not in related


def page_queries(client, question, django_assert_num_queries, number):
    cache.clear()
    stems.rarity()  # read every ten minutes
    client.get(reverse("tags"))  # what a process looks up once
    with django_assert_num_queries(number):
        assert client.get(question.get_absolute_url()).status_code == 200


def busy(question, moderator, stranger):
    """A family with much of everything."""
    for n in range(4):
        alternate = merging.add_alternate(f"{question.text} version {n}?", to=question, by=moderator).question
        alternate.tags.add(f"tag-{n}")
        for m in range(3):
            answer = answering.answer(alternate, f"answer {m}", by=stranger)
            commenting.comment(answer, "hm", by=moderator)
            usefulness.mark(answer, by=stranger)
        commenting.comment(alternate, "hm", by=stranger)
    following.follow(question, by=stranger)


def test_a_guests_question_page_runs_eleven_queries_however_much_is_on_it(
    as_guest, question, ask, moderator, stranger, django_assert_num_queries
):
    ask(f"{question.text} Really")
    # the question, the family, the answers, the comments, the tags, who contributed; related: what to look for, what
    # is near it, the wordings found, what shares tags, the questions as they are now; no session, no permissions
    page_queries(as_guest, question, django_assert_num_queries, 11)
    busy(question, moderator, stranger)
    page_queries(as_guest, question, django_assert_num_queries, 11)


def test_which_questions_are_related_is_kept_for_the_next_reader(
    as_guest, question, ask, django_assert_num_queries
):
    ask(f"{question.text} Really")
    as_guest.get(question.get_absolute_url())
    with django_assert_num_queries(7):
        as_guest.get(question.get_absolute_url())


def test_a_members_question_page_runs_seven_more(
    as_stranger, question, ask, moderator, stranger, django_assert_num_queries
):
    ask(f"{question.text} Really")
    busy(question, moderator, stranger)
    # the session, the member, two for permissions, the useful marks, edits that they proposed, whether they follow
    page_queries(as_stranger, question, django_assert_num_queries, 18)


def test_no_page_tells_guests_the_wording_of_a_hidden_alternate(as_guest, ask, asker, moderator):
    question, rude = ask("A polite question?"), ask("A rude wording?", by=asker, details="Rude details.")
    answer = answering.answer(rude, "A polite answer.", by=asker)
    commenting.comment(rude, "A comment.", by=asker)
    merging.merge(rude, into=question, by=moderator)
    moderation.hide(rude, by=moderator)
    addresses = [
        question.get_absolute_url(),
        asker.get_absolute_url(),
        "/search/?q=rude",
        "/search/?q=polite",
        "/merges/",
    ]
    addresses += [
        f"/questions/{pk}/{page}/"
        for pk in (question.pk, rude.pk)
        for page in ("history", "answer", "report")
    ]
    addresses += [f"/answers/{answer.pk}/{page}/" for page in ("history", "report")]
    for address in addresses:
        page = (
            as_guest.get(address).content.decode().replace("/search/?q=rude", "").replace('value="rude"', "")
        )
        assert "rude wording" not in page, address
        assert "Rude details" not in page, address


def test_a_tag_of_hidden_questions_alone_is_not_listed(as_guest, ask, moderator):
    moderation.hide(ask("A rude question?", tags=["rude-tag"]), by=moderator)
    assert "rude-tag" not in as_guest.get(reverse("tags")).content.decode()


class TestManyAnswers:
    """More answers than a page shows at first."""

    @pytest.fixture
    def crowded(self, question):
        for number in range(SHOWN_AT_FIRST + 3):
            answering.answer(question, f"Answer number {number}.")
        return Answer.objects.of_family(question).order_by("pk")

    def test_the_first_are_shown_and_the_others_are_asked_for(self, as_guest, question, crowded):
        page = as_guest.get(question.get_absolute_url(), {"order": "oldest"}).content.decode()
        assert page.count('<article class="answer"') == SHOWN_AT_FIRST
        assert "Show 3 more answers" in page
        assert f'href="?order=oldest&amp;answers=all#answer-{crowded[SHOWN_AT_FIRST].pk}"' in page
        assert f"{SHOWN_AT_FIRST + 3} answers" in page

    def test_all_are_shown_to_who_asks(self, as_guest, question, crowded):
        page = as_guest.get(question.get_absolute_url(), {"answers": "all"}).content.decode()
        assert page.count('<article class="answer"') == SHOWN_AT_FIRST + 3
        assert "more answers" not in page

    def test_the_address_of_an_answer_leads_to_a_page_that_shows_it(self, as_guest, question, crowded):
        last = crowded.last()
        leads_to = as_guest.get(last.get_absolute_url())["Location"]
        assert leads_to == f"{question.get_absolute_url()}?answers=all#answer-{last.pk}"
        assert f'id="answer-{last.pk}"' in as_guest.get(leads_to).content.decode()

    def test_the_address_of_a_comment_leads_to_a_page_that_shows_it(self, as_guest, question, crowded):
        remark = commenting.comment(crowded.last(), "True.", guest_name="Mei")
        leads_to = as_guest.get(remark.get_absolute_url())["Location"]
        assert leads_to == f"{question.get_absolute_url()}?answers=all#comment-{remark.pk}"

    def test_who_asks_for_more_in_place_reads_on_where_they_were(self, as_guest, question, crowded):
        address = f"{question.get_absolute_url()}?order=oldest&answers=all"
        first_more = f'id="answer-{crowded[SHOWN_AT_FIRST].pk}" tabindex="-1" autofocus'
        assert first_more in as_guest.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "autofocus" not in as_guest.get(address).content.decode()

    def test_answers_that_only_moderators_see_count_for_them(
        self, as_moderator, question, crowded, moderator
    ):
        for answer in crowded[:4]:
            answer_moderation.hide(answer, by=moderator)
        assert "?answers=all#" in as_moderator.get(crowded[0].get_absolute_url())["Location"]

    def test_it_costs_the_same_number_of_queries(
        self, as_guest, question, crowded, django_assert_num_queries
    ):
        as_guest.get(question.get_absolute_url())
        with django_assert_num_queries(6):
            as_guest.get(question.get_absolute_url(), {"answers": "all"})
