"""The trees that the log tells of."""

from hypothesis import given
from hypothesis import strategies as st

from questions.replaying import Branch, Event, Forest, replay


def trees(*events):
    return [sorted(tree) for tree in list(replay(events))[-1]]


def test_a_merge_makes_one_tree():
    assert trees(Event("merged", 1, 2)) == [[Branch(1, 1), Branch(2, 0)]]


def test_an_unmerge_leaves_two_trees_with_what_hung_on_each():
    events = [Event("merged", 1, 2), Event("merged", 3, 1), Event("added", 4, 2), Event("unmerged", 1, 2)]
    assert trees(*events) == [[Branch(2, 0), Branch(4, 1)], [Branch(1, 0), Branch(3, 1)]]


def test_a_promotion_turns_the_way_up_round():
    events = [Event("merged", 1, 2), Event("merged", 3, 1), Event("promoted", 3, 2)]
    assert trees(*events) == [[Branch(1, 1), Branch(2, 2), Branch(3, 0)]]


def test_an_edge_that_a_promotion_turned_can_be_cut():
    events = [Event("merged", 1, 2), Event("promoted", 1, 2), Event("unmerged", 2, 1)]
    assert trees(*events) == [[Branch(1, 0)], [Branch(2, 0)]]


def test_what_does_not_fit_is_passed_over():
    assert trees(Event("unmerged", 1, 2)) == [[Branch(2, 0)], [Branch(1, 0)]]
    assert trees(Event("merged", 1, 2), Event("merged", 2, 1)) == [[Branch(1, 1), Branch(2, 0)]]


@given(
    st.lists(
        st.builds(
            Event,
            st.sampled_from(["merged", "added", "unmerged", "promoted"]),
            st.integers(1, 6),
            st.integers(1, 6),
        ).filter(lambda event: event.question != event.other),
        max_size=30,
    )
)
def test_whatever_the_log_says_nothing_goes_round_in_a_circle_and_nobody_stands_twice(events):
    forest = Forest()
    for event in events:
        # The log names the primary that joined; what is no primary cannot join.
        if event.kind in ("merged", "added") and forest.root(event.question) != event.question:
            continue
        forest.apply(event)
        for number in range(1, 7):
            tree = forest.tree(number)
            numbers = [branch.number for branch in tree]
            assert len(set(numbers)) == len(numbers)
            assert number in numbers
            assert tree[0] == Branch(forest.root(number), 0)
