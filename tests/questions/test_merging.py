"""Merging, unmerging and promoting: what they do to families, and what they leave alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answers import answering
from answers.models import Answer
from questions import merging, moderation
from questions.models import Act, Question
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


def answers_on_the_page_of(question: Question) -> set[str]:
    question.refresh_from_db()
    return set(Answer.objects.of_family(question).visible().values_list("text", flat=True))


def test_a_new_question_is_its_own_primary(ask):
    question = ask("How do tides work?")
    assert (question.primary_id, question.merged_into_id) == (question.pk, None)


def test_a_merge_sets_one_edge_and_the_shortcuts_of_the_joining_family(ask, moderator):
    a, b, c = ask("Question a?"), ask("Question b?"), ask("Question c?")
    merging.merge(a, into=b, by=moderator)
    merging.merge(b, into=c, by=moderator)
    assert [edge(q) for q in (a, b, c)] == [b.pk, c.pk, None]
    assert {root(q) for q in (a, b, c)} == {c.pk}


def test_a_merge_returns_its_log_row(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    act = merging.merge(a, into=b, by=moderator, reason="same thing")
    assert (act.kind, act.question, act.other, act.by, act.reason) == (
        Act.Kind.MERGED,
        a,
        b,
        moderator,
        "same thing",
    )
    assert (act.question_text, act.other_text) == (a.text, b.text)


def test_merging_into_an_alternate_keeps_the_edge_to_that_wording(ask, moderator):
    a, b, c = ask("Question a?"), ask("Question b?"), ask("Question c?")
    merging.merge(b, into=c, by=moderator)
    merging.merge(a, into=b, by=moderator)
    assert edge(a) == b.pk
    assert root(a) == c.pk


def test_an_alternate_that_is_merged_brings_its_whole_family(ask, moderator):
    a, b, c = ask("Question a?"), ask("Question b?"), ask("Question c?")
    merging.merge(a, into=b, by=moderator)
    act = merging.merge(a, into=c, by=moderator)
    assert act.question == b
    assert {root(q) for q in (a, b, c)} == {c.pk}
    assert edge(a) == b.pk


def test_answers_are_read_together_and_stay_at_their_homes(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    first, second = answering.answer(a, "to a"), answering.answer(b, "to b")
    merging.merge(a, into=b, by=moderator)
    assert answers_on_the_page_of(b) == {"to a", "to b"}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.question, second.question) == (a, b)


def test_answers_written_on_either_side_after_the_merge_go_home_when_it_is_undone(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    merging.merge(a, into=b, by=moderator)
    answering.answer(a, "later to a")
    answering.answer(b, "later to b")
    merging.unmerge(a, by=moderator)
    assert answers_on_the_page_of(a) == {"later to a"}
    assert answers_on_the_page_of(b) == {"later to b"}


@pytest.mark.parametrize("order", ["first merge first", "last merge first"])
def test_unmerge_after_a_chain_returns_every_answer(ask, moderator, order):
    a, b, c = ask("Question a?"), ask("Question b?"), ask("Question c?")
    for question in (a, b, c):
        answering.answer(question, f"to {question.pk}")
    merging.merge(a, into=b, by=moderator)
    merging.merge(b, into=c, by=moderator)
    assert len(answers_on_the_page_of(c)) == 3

    for question in (a, b) if order == "first merge first" else (b, a):
        merging.unmerge(question, by=moderator)

    for question in (a, b, c):
        assert answers_on_the_page_of(question) == {f"to {question.pk}"}


def test_undoing_the_middle_of_a_chain_keeps_the_lower_merge(ask, moderator):
    a, b, c = ask("Question a?"), ask("Question b?"), ask("Question c?")
    merging.merge(a, into=b, by=moderator)
    merging.merge(b, into=c, by=moderator)
    merging.unmerge(b, by=moderator)
    assert (root(a), root(b), root(c)) == (b.pk, b.pk, c.pk)


def test_an_undo_links_the_merge_it_undoes(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    merge = merging.merge(a, into=b, by=moderator)
    assert merging.unmerge(a, by=moderator).undoes == merge


def test_a_merge_from_years_ago_is_undone_as_well(ask, moderator, settings):
    from datetime import UTC, datetime

    a, b = ask("Question a?"), ask("Question b?")
    old = merging.merge(a, into=b, by=None, at=datetime(2009, 3, 1, tzinfo=UTC))
    for n in range(5):
        merging.merge(ask(f"Later question {n}?"), into=a, by=moderator)
    undone = merging.unmerge(a, by=moderator)
    assert undone.undoes == old
    assert (root(a), root(b)) == (a.pk, b.pk)
    assert Question.objects.filter(primary=a).count() == 6


def test_a_question_is_not_merged_into_itself(ask, moderator):
    a = ask("Question a?")
    with pytest.raises(merging.SameQuestion, match="choose another"):
        merging.merge(a, into=a, by=moderator)


def test_wordings_of_one_family_are_not_merged_again(ask, moderator):
    a, b, c = ask("Question a?"), ask("Question b?"), ask("Question c?")
    merging.merge(a, into=c, by=moderator)
    merging.merge(b, into=c, by=moderator)
    for source, target in [(a, b), (c, a), (a, c)]:
        with pytest.raises(merging.AlreadyOneFamily, match="already"):
            merging.merge(source, into=target, by=moderator)
    assert Act.objects.count() == 2


def test_a_primary_cannot_be_unmerged(ask, moderator):
    with pytest.raises(merging.NotAnAlternate):
        merging.unmerge(ask("Question a?"), by=moderator)


def test_a_hidden_question_is_not_merged(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    moderation.hide(a, by=moderator)
    with pytest.raises(merging.QuestionIsHidden, match="Restore it"):
        merging.merge(a, into=b, by=moderator)
    with pytest.raises(merging.QuestionIsHidden, match="Restore it"):
        merging.merge(b, into=a, by=moderator)


def test_promoting_turns_the_edges_on_the_way_up(ask, moderator):
    a, b, c, d = (ask(f"Question {letter}?") for letter in "abcd")
    merging.merge(a, into=b, by=moderator)
    merging.merge(b, into=c, by=moderator)
    merging.merge(d, into=c, by=moderator)
    merging.promote(a, by=moderator)
    assert [edge(q) for q in (a, b, c, d)] == [None, a.pk, b.pk, c.pk]
    assert {root(q) for q in (a, b, c, d)} == {a.pk}


def test_promoting_the_primary_is_refused(ask, moderator):
    with pytest.raises(merging.AlreadyPrimary):
        merging.promote(ask("Question a?"), by=moderator)


def test_a_hidden_alternate_is_not_promoted(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    merging.merge(a, into=b, by=moderator)
    moderation.hide(a, by=moderator)
    with pytest.raises(merging.QuestionIsHidden):
        merging.promote(a, by=moderator)


def test_a_merge_is_undone_after_its_edge_was_turned_by_a_promotion(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    answering.answer(a, "to a")
    answering.answer(b, "to b")
    act = merging.merge(a, into=b, by=moderator)
    merging.promote(a, by=moderator)
    undone = merging.remove_edge_between(act.question, act.other, by=moderator)
    assert undone.undoes == act
    assert answers_on_the_page_of(a) == {"to a"}
    assert answers_on_the_page_of(b) == {"to b"}


def test_an_added_alternate_can_be_split_off(ask, moderator, asker):
    question = ask("Question a?")
    added = merging.add_alternate("Question a in other words?", to=question, by=asker)
    assert root(added.question) == question.pk
    assert merging.unmerge(added.question, by=moderator).undoes == added
    assert root(added.question) == added.question.pk


def merge_queries(source: Question, target: Question, moderator) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        merging.merge(source, into=target, by=moderator)
    return len(queries)


def test_a_merge_costs_the_same_queries_whatever_hangs_on_the_questions(ask, moderator):
    small = merge_queries(ask("Small a?"), ask("Small b?"), moderator)
    large_a, large_b = ask("Large a?"), ask("Large b?")
    for question in (large_a, large_b):
        for n in range(10):
            answering.answer(question, f"answer {n}")
            merging.add_alternate(f"{question.text} version {n}?", to=question, by=moderator)
    assert merge_queries(large_a, large_b, moderator) == small
    # savepoint, ids of the roots, a lock for each of the two, look again, release; savepoint of merge itself;
    # the update; the recount; the candidates; the log row; release
    assert small == 12


def test_numbers_follow_the_family(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    answering.answer(a, "The best of all.", useful_elsewhere=9)
    answering.answer(b, "Not so good.", useful_elsewhere=2)
    merging.merge(a, into=b, by=moderator)
    b.refresh_from_db()
    assert (b.wording_count, b.answer_count, b.useful_count, b.lead) == (2, 2, 11, "The best of all.")
    merging.unmerge(a, by=moderator)
    a.refresh_from_db()
    b.refresh_from_db()
    assert (a.wording_count, a.answer_count, a.useful_count, a.lead) == (1, 1, 9, "The best of all.")
    assert (b.wording_count, b.answer_count, b.useful_count, b.lead) == (1, 1, 2, "Not so good.")


def test_an_alternate_of_a_hidden_question_is_not_promoted(ask, moderator):
    a, b = ask("Question a?"), ask("Question b?")
    merging.merge(a, into=b, by=moderator)
    moderation.hide(b, by=moderator)
    with pytest.raises(merging.QuestionIsHidden, match="Restore it"):
        merging.promote(a, by=moderator)
