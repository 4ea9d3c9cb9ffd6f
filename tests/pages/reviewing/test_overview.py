"""The overview of the review queue, and what leads through it."""

import pytest
from django.urls import reverse

from tests.pages.reviewing.conftest import OVERVIEW, decide, page_of, text

pytestmark = pytest.mark.django_db


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
