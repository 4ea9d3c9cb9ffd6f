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


@pytest.mark.parametrize("kind", list(Act.Kind))
def test_every_kind_of_act_names_its_wordings_in_a_whole_sentence(kind):
    act = Act(kind=kind, question_text="Question a?", other_text="Question b?", text_before="Before?")
    assert "“Question a?”" in act.sentence
    assert act.sentence.endswith(".")
    names_two = kind in ("merged", "unmerged", "promoted", "added", "dismissed", "reopened", "reworded")
    assert act.sentence.count("“") == (2 if names_two else 1)


def test_braces_and_signs_of_html_in_a_wording_are_only_text():
    act = Act(kind="merged", question_text="What is {other} & <b>?", other_text="And {0.__class__}?")
    assert act.sentence == "“What is {other} & <b>?” was merged into “And {0.__class__}?”."
    assert act.sentence_html(question="/questions/1/") == (
        '<a href="/questions/1/"><q>What is {other} &amp; &lt;b&gt;?</q></a> was merged into '
        "<q>And {0.__class__}?</q>"
    )
