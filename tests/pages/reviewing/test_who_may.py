"""Who may review duplicates, and what the queue shows of hidden things."""

import pytest
from django.urls import reverse
from django.utils import timezone

from questions import merging, moderation
from questions.models import SuggestedAlternate
from tests.pages.reviewing.conftest import OVERVIEW, claimed, decide, page_of, text
from tests.questions.families_graph import root

pytestmark = pytest.mark.django_db


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
