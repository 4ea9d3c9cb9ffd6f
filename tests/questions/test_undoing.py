"""Every act in the log can be undone, or says why not."""

import pytest

from questions import merging, moderation, undoing
from questions.models import Act, Question
from questions.uniqueness import WordingExists
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ask):
    return ask("Question a?"), ask("Question b?")


def fresh(act: Act) -> Act:
    return Act.objects.with_people_and_wordings().get(pk=act.pk)


def test_undoing_a_merge_unmerges_and_says_what_it_undid(pair, moderator):
    a, b = pair
    act = merging.merge(a, into=b, by=moderator)
    undone = undoing.undo(act, by=moderator, reason="they differ")
    assert (undone.kind, undone.undoes, undone.reason) == (Act.Kind.UNMERGED, act, "they differ")
    assert root(a) == a.pk


def test_nothing_is_undone_twice(pair, moderator):
    a, b = pair
    act = merging.merge(a, into=b, by=moderator)
    undoing.undo(act, by=moderator)
    merging.merge(a, into=b, by=moderator)
    with pytest.raises(undoing.CannotUndo, match="has been undone"):
        undoing.undo(act, by=moderator)
    assert root(a) == b.pk


def test_an_undo_can_be_undone(pair, moderator):
    a, b = pair
    undone = undoing.undo(merging.merge(a, into=b, by=moderator), by=moderator)
    again = undoing.undo(undone, by=moderator)
    assert (again.kind, again.undoes) == (Act.Kind.MERGED, undone)
    assert edge(a) == b.pk


def test_undoing_an_unmerge_after_a_merge_elsewhere_brings_all_three_together(ask, moderator):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    merging.merge(a, into=b, by=moderator)
    unmerged = merging.unmerge(a, by=moderator)
    merging.merge(a, into=c, by=moderator)
    undoing.undo(unmerged, by=moderator)
    assert {root(q) for q in (a, b, c)} == {b.pk}
    assert edge(a) == c.pk


def test_undoing_a_promotion_makes_the_old_primary_the_primary_again(pair, moderator):
    a, b = pair
    merging.merge(a, into=b, by=moderator)
    act = merging.promote(a, by=moderator)
    undone = undoing.undo(act, by=moderator)
    assert undone.undoes == act
    assert (edge(a), edge(b)) == (b.pk, None)


def test_a_promotion_cannot_be_undone_once_the_two_belong_to_different_questions(pair, moderator):
    a, b = pair
    merge = merging.merge(a, into=b, by=moderator)
    act = merging.promote(a, by=moderator)
    undoing.undo(merge, by=moderator)
    with pytest.raises(undoing.CannotUndo, match="different questions"):
        undoing.undo(act, by=moderator)


def test_undoing_a_rewording_brings_the_old_wording_and_its_key_back(ask, moderator):
    question = ask("How do I boil an egg?")
    act = merging.reword(question, "How long does an egg boil?", by=moderator)
    undoing.undo(act, by=moderator)
    assert Question.objects.worded("how do i boil an egg").pk == question.pk
    assert Question.objects.worded("How long does an egg boil?") is None


def test_a_rewording_that_was_reworded_again_says_so(ask, moderator):
    question = ask("First?")
    act = merging.reword(question, "Second?", by=moderator)
    merging.reword(question, "Third?", by=moderator)
    with pytest.raises(undoing.CannotUndo, match="changed again"):
        undoing.undo(act, by=moderator)


def test_a_rewording_whose_old_wording_is_taken_meanwhile_names_the_one_that_has_it(ask, moderator):
    question = ask("First?")
    act = merging.reword(question, "Second?", by=moderator)
    taken = ask("First?")
    with pytest.raises(WordingExists) as error:
        undoing.undo(act, by=moderator)
    assert error.value.existing == taken


def test_hiding_and_restoring_undo_each_other(ask, moderator):
    question = ask("Question a?")
    hidden = moderation.hide(question, by=moderator)
    restored = undoing.undo(hidden, by=moderator)
    assert (restored.kind, restored.undoes) == (Act.Kind.RESTORED, hidden)
    undoing.undo(restored, by=moderator)
    question.refresh_from_db()
    assert question.is_hidden


def test_an_added_alternate_is_undone_by_splitting_it_off(ask, moderator):
    question = ask("Question a?")
    act = merging.add_alternate("Question a, said differently?", to=question, by=moderator)
    undoing.undo(act, by=moderator)
    assert root(act.question) == act.question.pk


def test_obstacles_of_a_whole_history_cost_no_query_each(pair, moderator, django_assert_num_queries):
    a, b = pair
    act = merging.merge(a, into=b, by=moderator)
    for _ in range(3):
        act = undoing.undo(act, by=moderator)
    with django_assert_num_queries(1):
        acts = list(Act.objects.of_family(b).with_people_and_wordings().newest())
        obstacles = [undoing.obstacle(act) for act in acts]
    assert obstacles == ["", "It has been undone.", "It has been undone.", "It has been undone."]
