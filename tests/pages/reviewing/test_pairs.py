"""The page of a pair under review, and every decision about it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from answers import answering
from questions import merging, reviewing
from questions.models import Act, DuplicateCandidate
from tests.pages.reviewing.conftest import OVERVIEW, claimed, decide, page_of, text
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


# A pair -----------------------------------------------------------------------------------------------------


def test_the_page_shows_both_sides_with_what_differs_marked(as_moderator, pair):
    page = text(claimed(as_moderator, pair))
    assert "How <mark>do I</mark> bake <mark>bread</mark>?" in page
    assert "How <mark>can one</mark> bake <mark>a loaf</mark>?" in page
    assert "87\u00a0% sure" in page
    assert "found by mining" in page


def test_a_wording_that_matched_stands_marked_under_its_primary(as_moderator, ask, file):
    question = ask("Why is my loaf dense?")
    alternate = merging.add_alternate("How does one bake?", to=question, by=None).question
    merging.add_alternate("A third wording?", to=question, by=None)
    page = text(claimed(as_moderator, file("How do I bake?", alternate)))
    assert "How <mark>does one</mark> bake?" in page
    assert ">Why is my loaf dense?</a>" in page
    assert "<li>A third wording?</li>" in page
    assert "3 wordings" in page


def test_the_page_shows_the_first_words_of_the_three_best_answers_tags_and_askers(
    as_moderator, ask, asker, file
):
    question = ask("How do I bake bread?", by=asker, tags=["bread"])
    for number in range(5):
        answering.answer(question, f"**Answer** number {number}.", useful_elsewhere=number)
    page = text(claimed(as_moderator, file(question)))
    assert [number for number in range(5) if f"Answer number {number}." in page] == [2, 3, 4]
    assert page.index("Answer number 4.") < page.index("Answer number 2.")
    for words in ("5 answers", "and 2 more", "No answer yet", ">bread</a>", asker.name):
        assert words in page


def test_a_suggestion_says_who_suggested_it_and_why(as_moderator, pair, stranger):
    pair.origin, pair.suggested_by, pair.reason = "suggested", stranger, "a loaf is bread"
    pair.save()
    page = text(as_moderator.get(page_of(pair)))
    assert stranger.name in page
    assert "a loaf is bread" in page


def test_the_better_side_is_the_one_that_the_page_proposes_to_keep(as_moderator, ask, file):
    better, other = ask("How do I bake bread?"), ask("How can one bake?")
    answering.answer(better, "In an oven.", useful_elsewhere=3)
    assert claimed(as_moderator, file(better, other)).context["better_left"]
    third = ask("How is bread baked?")
    assert not claimed(as_moderator, file(third, better)).context["better_left"]


def test_nobody_gets_buttons_for_a_pair_that_they_have_not_claimed(as_moderator, as_colleague, pair):
    page = text(as_moderator.get(page_of(pair)))
    assert "Nobody has this pair before them" in page
    assert 'value="merge-left"' not in page
    claimed(as_colleague, pair)
    page = text(as_moderator.get(page_of(pair)))
    assert "Noor has this pair before them until" in page
    assert 'value="merge-left"' not in page
    assert "Noor has this pair" in text(claimed(as_moderator, pair))


def test_the_keys_stand_on_the_buttons_that_they_press(as_moderator, pair):
    page = text(claimed(as_moderator, pair))
    for key in ("ArrowLeft", "ArrowRight", "r", "s"):
        assert f'data-key="{key}"' in page


@pytest.mark.parametrize("many", [False, True])
def test_a_page_costs_the_same_queries_however_much_there_is(
    as_moderator, ask, file, asker, django_assert_num_queries, many
):
    one, other = ask("How do I bake bread?", by=asker, tags=["bread"]), ask("How can one bake?", tags=["b"])
    for number in range(12 if many else 1):
        for side in (one, other):
            merging.add_alternate(f"Wording {number} of {side}?", to=side, by=asker)
            answering.answer(side, f"Answer {number}.", by=asker)
    pair = file(one, other)
    claimed(as_moderator, pair)
    with django_assert_num_queries(14):
        # the session, the moderator, permissions (2); the pair with all its people, whether its families were
        # told apart; for each side the wordings, tags and best answers (6); the version, the progress of the day
        as_moderator.get(page_of(pair))


@pytest.mark.parametrize("many", [False, True])
def test_the_overview_costs_the_same_queries_however_many_wait(
    as_moderator, moderator, file, django_assert_num_queries, many
):
    for number in range(15 if many else 1):
        file(f"Question {number}?", f"Other question {number}?")
        reviewing.skip(file(f"Skipped {number}?", f"Other skipped {number}?"), by=moderator)
    with django_assert_num_queries(13):
        # the session, the moderator, permissions (2); counting those that wait (2), the first of them, whether one is
        # free; counting the skipped (2), the wordings that wait, the progress of the day, what grew together
        as_moderator.get(OVERVIEW)


# Decisions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("decision", "joining"), [("merge-left", "target"), ("merge-right", "source")])
def test_merging_tells_of_it_on_the_next_page_and_undo_stays_there(
    as_moderator, file, pair, decision, joining
):
    following = file("Question c?", "Question d?", confidence=0.1)
    claimed(as_moderator, pair)
    question = getattr(pair, joining)
    page = text(as_moderator.get(decide(as_moderator, pair, decision, reason="the same").url))
    act = Act.objects.get()
    assert (edge(question), act.reason) == (act.other_id, "the same")
    assert f"“{question.text}” is an alternate now" in page
    undo = reverse("undo", args=[act.pk])
    assert f'action="{undo}"' in page
    response = as_moderator.post(undo, {"next": page_of(following)})
    assert response.url == page_of(following)
    assert root(question) == question.pk


def test_a_dismissal_is_undone_to_the_pair_itself(as_moderator, file, pair):
    file("Question c?", "Question d?", confidence=0.1)
    claimed(as_moderator, pair)
    response = decide(as_moderator, pair, "different", reason="two things")
    assert "these are two questions" in text(as_moderator.get(response.url))
    act = Act.objects.get()
    assert (act.kind, act.reason) == (Act.Kind.DISMISSED, "two things")
    response = as_moderator.post(reverse("undo", args=[act.pk]), {"next": response.url})
    assert response.url == page_of(pair)
    assert 'value="merge-left"' in text(as_moderator.get(response.url))


def test_undo_leads_to_no_other_site(as_moderator, pair):
    act = reviewing.dismiss(pair, by=None)
    merging.merge(pair.source, into=pair.target, by=None)
    response = as_moderator.post(reverse("undo", args=[act.pk]), {"next": "https://evil.example/"})
    assert response.url == reverse("question-history", args=[pair.source_id])


def test_dismissals_stand_in_the_public_log_and_the_history_with_undo_for_moderators(
    as_moderator, as_guest, pair, moderator
):
    act = reviewing.dismiss(pair, by=moderator, reason="two things")
    for address in (reverse("merges"), reverse("question-history", args=[pair.target_id])):
        page = text(as_guest.get(address))
        assert "was found to be another question than" in page
        assert "two things" in page
        assert reverse("undo", args=[act.pk]) not in page
        assert reverse("undo", args=[act.pk]) in text(as_moderator.get(address))


@pytest.mark.parametrize("decision", ["merge-left", "different", "skip"])
def test_a_double_click_decides_once_and_leads_to_the_same_next_pair(as_moderator, file, pair, decision):
    following = file("Question c?", "Question d?", confidence=0.1)
    version = claimed(as_moderator, pair).context["version"]
    for _ in range(2):
        response = as_moderator.post(page_of(pair), {"decision": decision, "version": version})
        assert (response.status_code, response.url) == (303, page_of(following))
    assert Act.objects.count() == (0 if decision == "skip" else 1)


def test_a_pair_that_changed_meanwhile_is_shown_again_and_nothing_is_merged(as_moderator, pair):
    version = claimed(as_moderator, pair).context["version"]
    merging.reword(pair.source, "Why is the sky blue?", by=None)
    response = as_moderator.post(
        page_of(pair), {"decision": "merge-left", "version": version, "reason": "my reason"}
    )
    assert response.status_code == 409
    page = text(response)
    assert "has changed since you looked, so nothing was merged" in page
    assert "Why is the sky blue" in page
    assert "my reason" in page
    assert root(pair.target) == pair.target.pk
    assert decide(as_moderator, pair, "merge-left").status_code == 303


def test_a_claim_that_ran_out_and_was_taken_gives_a_sentence_and_nothing_is_decided(
    as_moderator, as_colleague, pair
):
    version = claimed(as_moderator, pair).context["version"]
    DuplicateCandidate.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    as_colleague.post(reverse("review-next"))
    for decision in ("merge-left", "different"):
        response = as_moderator.post(page_of(pair), {"decision": decision, "version": version})
        assert response.status_code == 409
        assert "Noor has this pair before them by now, so nothing of yours was decided" in text(response)
    assert Act.objects.count() == 0


def test_what_another_has_decided_meanwhile_is_said_with_a_way_to_the_log_and_on(
    as_moderator, as_colleague, pair
):
    version = claimed(as_moderator, pair).context["version"]
    DuplicateCandidate.objects.update(claimed_until=None, claimed_by=None)
    claimed(as_colleague, pair)
    decide(as_colleague, pair, "different")
    response = as_moderator.post(page_of(pair), {"decision": "merge-left", "version": version})
    page = text(response)
    assert response.status_code == 409
    assert "Somebody has decided about this pair already" in page
    assert "Noor found these to be two questions" in page
    assert reverse("question-history", args=[pair.target_id]) in page
    assert reverse("review-next") in page


def test_a_pair_that_has_become_one_question_says_so(as_moderator, pair):
    version = claimed(as_moderator, pair).context["version"]
    merging.merge(pair.source, into=pair.target, by=None)
    page = text(as_moderator.get(page_of(pair)))
    assert "wordings of one question by now" in page
    assert f'href="/questions/{pair.target.pk}/"' in page
    for decision in ("different", "merge-left"):
        response = as_moderator.post(page_of(pair), {"decision": decision, "version": version})
        assert response.status_code == 409
        # The page says it itself, so no refusal says it once more.
        assert "wordings of one question by now" in text(response)
        assert 'role="alert"' not in text(response)
    assert Act.objects.count() == 1


def test_a_merge_that_was_undone_says_that_nobody_is_asked_again(as_moderator, pair):
    claimed(as_moderator, pair)
    decide(as_moderator, pair, "merge-left")
    merging.unmerge(pair.target, by=None)
    page = text(as_moderator.get(page_of(pair)))
    assert "two questions" in page or "nobody is asked" in page
    assert 'value="merge-left"' not in page
    assert as_moderator.post(reverse("review-next")).url == OVERVIEW


@pytest.mark.parametrize("fields", [{}, {"decision": "burn"}, {"decision": "different", "reason": "x" * 301}])
def test_a_form_that_says_nothing_decides_nothing(as_moderator, pair, fields):
    claimed(as_moderator, pair)
    response = as_moderator.post(page_of(pair), fields)
    assert response.status_code == 422
    assert "Nothing was decided" in text(response)
    assert Act.objects.count() == 0


def test_a_merge_without_a_version_is_refused(as_moderator, pair):
    claimed(as_moderator, pair)
    assert as_moderator.post(page_of(pair), {"decision": "merge-left"}).status_code == 409
    assert root(pair.target) == pair.target.pk
