"""What the log says of acts, and to whom."""

import pytest

from questions import merging, moderation
from questions.models import Act, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ask):
    return ask("Question a?"), ask("Question b?")


def test_an_act_whose_other_wording_was_hidden_since_is_not_public(pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    merging.unmerge(a, by=moderator)
    moderation.hide(b, by=moderator)
    # Both name the hidden question, though neither is about it in the first place.
    assert {act.question for act in Act.objects.filter(kind__in=["merged", "unmerged"])} == {a}
    assert not Act.objects.of_visible_questions().exists()


def test_acts_on_an_alternate_of_a_hidden_question_are_not_public(pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    merging.reword(a, "Question a, reworded?", by=moderator)
    moderation.hide(b, by=moderator)
    assert not Act.objects.of_visible_questions().exists()


def test_a_merge_that_was_undone_stands_no_more(pair, moderator):
    a, b = pair
    merge = merging.merge(a, into=b, by=moderator)
    assert Act.objects.standing_merge(a, b) == merge
    merging.unmerge(a, by=moderator)
    assert Act.objects.standing_merge(a, b) is None


def test_a_merge_that_was_made_again_stands_by_its_newest_act(pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    merging.unmerge(a, by=moderator)
    again = merging.merge(b, into=a, by=moderator)
    assert Act.objects.standing_merge(a, b) == again


def test_every_act_is_a_sentence(pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    merging.promote(a, by=moderator)
    merging.unmerge(b, by=moderator)
    merging.reword(b, "Question b, reworded?", by=moderator)
    merging.add_alternate("Question c?", to=b, by=moderator)
    moderation.hide(a, by=moderator)
    moderation.restore(a, by=moderator)
    for state in (State.SPAM, State.PENDING, State.APPROVED, State.REJECTED):
        moderation.set_state(a, state, by=moderator)
    moderation.set_state(a, State.PENDING, by=None)
    for verb in ("lock", "unlock", "close_comments", "open_comments"):
        getattr(moderation, verb)(b, by=moderator)
    assert [act.sentence for act in Act.objects.order_by("pk")] == [
        "“Question a?” was merged into “Question b?”.",
        "“Question a?” became the primary in place of “Question b?”.",
        "“Question b?” was split off from “Question a?”.",
        "“Question b?” was reworded to “Question b, reworded?”.",
        "“Question c?” was added as an alternate of “Question b, reworded?”.",
        "“Question a?” was hidden.",
        "“Question a?” was restored.",
        "“Question a?” was marked as spam.",
        "“Question a?” was put back into the queue.",
        "“Question a?” was approved.",
        "“Question a?” was rejected.",
        "“Question a?” was hidden after reports until a moderator looks.",
        "“Question b, reworded?” was locked against new answers and edits.",
        "“Question b, reworded?” was unlocked.",
        "“Question b, reworded?” takes no more comments.",
        "“Question b, reworded?” takes comments again.",
    ]
    kinds = {act.kind for act in Act.objects.all()}
    assert kinds | {"dismissed", "reopened"} == set(Act.Kind.values)
