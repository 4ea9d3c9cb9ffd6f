"""Wordings in which people asked what was there, before the moderators who make them alternates or not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from questions import merging, moderation
from questions.models import Act, Question, SuggestedAlternate
from tests.pages.reviewing.conftest import OVERVIEW, text
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(ask, stranger) -> SuggestedAlternate:
    return SuggestedAlternate.objects.create(
        text="How does one make bread?",
        key="how does one make bread",
        question=ask("How do I bake bread?"),
        confidence=0.71,
        suggested_by=stranger,
        created_at=timezone.now(),
    )


def decide_wording(client, suggested, decision):
    return text(
        client.post(reverse("review-wording", args=[suggested.pk]), {"decision": decision}, follow=True)
    )


def test_wordings_wait_the_oldest_first_with_who_asked_and_how_sure(as_moderator, suggested, ask):
    older = SuggestedAlternate.objects.create(
        text="Older?", key="older", question=suggested.question, created_at=timezone.now() - timedelta(days=2)
    )
    page = text(as_moderator.get("/review/wordings/"))
    assert page.index(older.text) < page.index(suggested.text)
    assert "71\u00a0% sure" in page
    assert "Jonas" in page
    assert "2 wordings" in text(as_moderator.get(OVERVIEW))


def test_an_added_wording_is_an_alternate_and_its_act_undoes_it(as_moderator, suggested, moderator):
    page = decide_wording(as_moderator, suggested, "add")
    added = Question.objects.worded(suggested.text)
    assert edge(added) == suggested.question_id
    act = Act.objects.get()
    assert (act.kind, act.by, act.reason) == (Act.Kind.ADDED, moderator, "Asked in these words")
    assert added.author == suggested.suggested_by
    assert reverse("undo", args=[act.pk]) in page
    suggested.refresh_from_db()
    assert (suggested.decision, suggested.decided_by) == ("added", moderator)
    as_moderator.post(reverse("undo", args=[act.pk]))
    assert root(added) == added.pk


def test_a_declined_wording_waits_no_more_unless_it_is_taken_back(as_moderator, suggested):
    page = decide_wording(as_moderator, suggested, "decline")
    address = reverse("reconsider-wording", args=[suggested.pk])
    assert f'action="{address}"' in page
    assert "No wording waits" in page
    as_moderator.post(address)
    assert suggested.text in text(as_moderator.get("/review/wordings/"))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("primary", "is a question of its own already"),
        ("alternate", "is an alternate of “Why is my loaf dense?” already"),
        ("hidden", "exists already and was hidden"),
    ],
)
def test_a_wording_that_exists_by_now_says_where_and_is_declined(as_moderator, suggested, ask, case, said):
    if case == "alternate":
        merging.add_alternate(suggested.text, to=ask("Why is my loaf dense?"), by=None)
    else:
        asked = ask(suggested.text)
        if case == "hidden":
            moderation.hide(asked, by=None)
    page = decide_wording(as_moderator, suggested, "add")
    assert said in page
    suggested.refresh_from_db()
    assert suggested.decision == "declined"


@pytest.mark.parametrize("decision", ["add", "decline"])
def test_a_wording_is_decided_once(as_moderator, suggested, decision):
    decide_wording(as_moderator, suggested, "add")
    assert "decided about this wording already" in decide_wording(as_moderator, suggested, decision)
    assert Act.objects.count() == 1
    as_moderator.post(reverse("reconsider-wording", args=[suggested.pk]))
    suggested.refresh_from_db()
    assert suggested.decision == "added"


def test_wordings_of_a_hidden_question_do_not_wait_and_are_not_added(as_moderator, suggested):
    moderation.hide(suggested.question, by=None)
    assert suggested.text not in text(as_moderator.get("/review/wordings/"))
    assert "is hidden" in decide_wording(as_moderator, suggested, "add")
    suggested.refresh_from_db()
    assert suggested.decision == ""


def test_the_page_of_wordings_costs_the_same_queries_however_many_wait(
    as_moderator, suggested, stranger, django_assert_num_queries
):
    def look():
        with django_assert_num_queries(6):
            # the session, the moderator, permissions (2), the wordings, how many they are
            as_moderator.get("/review/wordings/")

    look()
    for number in range(60):
        SuggestedAlternate.objects.create(
            text=f"Wording {number}?",
            key=f"wording {number}",
            question=suggested.question,
            suggested_by=stranger,
            created_at=timezone.now(),
        )
    look()
