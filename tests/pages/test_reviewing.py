"""The review queue in the browser's eyes: the overview, a pair, and every decision."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from answers import answering
from qa_site.accounts.groups import MODERATORS
from qa_site.accounts.models import User
from questions import merging, moderation, reviewing
from questions.models import Act, DuplicateCandidate, Question, SuggestedAlternate
from tests.pages.conftest import signed_in
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db

OVERVIEW = "/review/duplicates/"


@pytest.fixture
def as_colleague(db) -> Client:
    user = User.objects.create_user("colleague@example.org", name="Noor")
    user.groups.add(Group.objects.get(name=MODERATORS))
    return signed_in(user)


@pytest.fixture
def as_reviewer(db) -> Client:
    """Somebody who may decide about pairs, and neither merge nor see what is hidden."""
    user = User.objects.create_user("reviewer@example.org", name="Rui")
    user.user_permissions.add(Permission.objects.get(codename="decide_duplicatecandidate"))
    return signed_in(user)


@pytest.fixture
def file(ask):
    def file(source="How do I bake bread?", target="How can one bake a loaf?", *, confidence=0.876):
        return DuplicateCandidate.objects.create(
            source=source if isinstance(source, Question) else ask(source),
            target=target if isinstance(target, Question) else ask(target),
            origin="mined",
            confidence=confidence,
            created_at=timezone.now(),
        )

    return file


@pytest.fixture
def pair(file) -> DuplicateCandidate:
    return file()


def page_of(pair) -> str:
    return reverse("review-pair", args=[pair.pk])


def claimed(client, pair):
    """Claim the pair and return its page."""
    return client.post(reverse("review-claim", args=[pair.pk]), follow=True)


def decide(client, pair, decision, **fields):
    version = client.get(page_of(pair)).context["version"]
    return client.post(page_of(pair), {"decision": decision, "version": version, **fields})


def text(response) -> str:
    return response.content.decode()


# The overview -----------------------------------------------------------------------------------------------


def test_the_overview_shows_the_surest_first_with_their_confidence(as_moderator, file):
    file("Question a?", "Question b?", confidence=0.62)
    file("Question c?", "Question d?", confidence=0.9199)
    page = text(as_moderator.get(OVERVIEW))
    assert page.index("91\u00a0% sure") < page.index("62\u00a0% sure")
    assert "2 wait" in page
    assert "Start reviewing" in page


def test_the_overview_says_who_has_which_pair_and_offers_no_start_when_none_is_left(
    as_moderator, as_colleague, pair
):
    as_colleague.post(reverse("review-next"))
    page = text(as_moderator.get(OVERVIEW))
    assert "before Noor" in page
    assert "None is left for you just now" in page
    assert "Start reviewing" not in page


def test_reviewing_leads_from_pair_to_pair_and_at_the_end_to_what_was_done(as_moderator, file):
    first, second = file("Question a?", "Question b?", confidence=0.9), file("Question c?", "Question d?")
    assert as_moderator.post(reverse("review-next")).url == page_of(first)
    response = decide(as_moderator, first, "merge-left")
    assert (response.status_code, response.url) == (303, page_of(second))
    end = decide(as_moderator, second, "different")
    assert end.url == OVERVIEW
    page = text(as_moderator.get(end.url))
    assert "Every pair has been looked at" in page
    assert "Today 1 merged, 1 told apart; 2 by you" in page
    assert "Grown together today" in page
    assert "Question a?" in page


def test_skipped_pairs_are_counted_and_can_be_looked_at_again(as_moderator, pair):
    as_moderator.post(reverse("review-next"))
    assert decide(as_moderator, pair, "skip").url == OVERVIEW
    assert "You skipped 1 of them" in text(as_moderator.get(OVERVIEW))
    assert as_moderator.post(reverse("review-look-again")).url == page_of(pair)


def test_a_skip_is_taken_back_from_its_notice(as_moderator, pair):
    as_moderator.post(reverse("review-next"))
    page = text(as_moderator.get(decide(as_moderator, pair, "skip").url))
    assert "Skipped" in page
    address = reverse("review-claim", args=[pair.pk])
    assert f'action="{address}"' in page
    assert as_moderator.post(address).url == page_of(pair)
    assert 'value="merge-left"' in text(as_moderator.get(page_of(pair)))


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


# Who may, and what is hidden --------------------------------------------------------------------------------


def test_guests_and_members_see_nothing_of_the_queue(as_guest, as_stranger, pair):
    suggested = SuggestedAlternate.objects.create(
        text="x", key="x", question=pair.source, created_at=timezone.now()
    )
    for address in (OVERVIEW, page_of(pair), "/review/wordings/"):
        assert as_guest.get(address).status_code == 302
        assert as_stranger.get(address).status_code == 403
    for client in (as_guest, as_stranger):
        for address in (
            page_of(pair),
            reverse("review-next"),
            reverse("review-look-again"),
            reverse("review-claim", args=[pair.pk]),
            reverse("review-wording", args=[suggested.pk]),
            reverse("reconsider-wording", args=[suggested.pk]),
        ):
            assert client.post(address, {"decision": "different"}).status_code == 403
    pair.refresh_from_db()
    assert (pair.decision, pair.claimed_by) == ("", None)


def test_merging_needs_the_right_to_merge_as_well(as_reviewer, pair):
    page = claimed(as_reviewer, pair)
    assert 'value="merge-left"' not in text(page)
    assert decide(as_reviewer, pair, "merge-left").status_code == 403
    assert root(pair.target) == pair.target.pk
    assert decide(as_reviewer, pair, "different").status_code == 303


def test_a_hidden_question_is_not_shown_and_its_pair_not_offered(as_moderator, as_reviewer, ask, file):
    rude = ask("A rude question?")
    pair = file(rude, "How can one bake?")
    version = claimed(as_reviewer, pair).context["version"]
    moderation.hide(rude, by=None)
    for client in (as_moderator, as_reviewer):
        for response in (
            client.get(OVERVIEW),
            client.get(page_of(pair)),
            client.post(page_of(pair), {"decision": "merge-left", "version": version}),
            client.post(reverse("review-next"), follow=True),
        ):
            assert "rude" not in text(response)
    assert "One of the two questions is hidden" in text(as_reviewer.get(page_of(pair)))


@pytest.mark.parametrize("heads_the_page", [True, False])
@pytest.mark.parametrize("decision", ["merge-left", "different"])
def test_a_refusal_quotes_no_wording_that_was_hidden_meanwhile(
    as_moderator, ask, file, heads_the_page, decision
):
    rude, other = ask("A rude question?"), ask("How can one bake?")
    pair = file(rude, other)
    version = claimed(as_moderator, pair).context["version"]
    one, into = (other, rude) if heads_the_page else (rude, other)
    merging.merge(one, into=into, by=None)
    rude.refresh_from_db()
    moderation.hide(rude, by=None)
    response = as_moderator.post(page_of(pair), {"decision": decision, "version": version})
    assert response.status_code == 409
    assert "rude" not in text(response)


def test_a_hidden_wording_is_not_shown_in_place_of_its_question(as_moderator, as_reviewer, ask, file):
    question = ask("How can one bake?")
    rude = merging.add_alternate("A rude wording?", to=question, by=None).question
    pair = file("How do I bake?", rude)
    moderation.hide(rude, by=None)
    page = text(claimed(as_moderator, pair))
    assert "rude" not in page
    assert "How <mark>can one</mark> bake?" in page
    assert "rude" not in text(as_moderator.get(OVERVIEW))


def test_numbers_that_lead_to_nothing_and_wrong_methods(as_moderator, pair):
    assert as_moderator.get("/review/duplicates/987654321/").status_code == 404
    assert as_moderator.get(f"/review/duplicates/{'9' * 30}/").status_code == 404
    assert as_moderator.post("/review/duplicates/987654321/claim/").status_code == 404
    assert as_moderator.post("/review/wordings/987654321/").status_code == 404
    for address in (reverse("review-next"), reverse("review-look-again"), f"{page_of(pair)}claim/"):
        assert as_moderator.get(address).status_code == 405
    assert as_moderator.put(page_of(pair)).status_code == 405


def test_looking_claims_nothing(as_moderator, pair):
    as_moderator.get(OVERVIEW)
    as_moderator.get(page_of(pair))
    pair.refresh_from_db()
    assert pair.claimed_by is None
