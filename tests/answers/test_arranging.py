"""The order of answers on a page, and the place of those that are folded."""

from datetime import UTC, datetime, timedelta

import pytest

from answers.arranging import Order, arrange
from answers.models import Answer

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def written(pk: int, *, days: float, useful: int = 0, into: int | None = None) -> Answer:
    return Answer(pk=pk, created_at=NOW - timedelta(days=days), useful_count=useful, folded_into_id=into)


def order(answers: list[Answer], how: Order) -> list[int]:
    return [answer.pk for answer, _ in arrange(answers, how, now=NOW)]


def test_the_most_useful_stand_first_and_the_older_among_equals():
    answers = [written(1, days=30), written(2, days=40), written(3, days=20, useful=5)]
    assert order(answers, Order.USEFUL) == [3, 2, 1]


def test_the_newest_of_the_last_week_stands_second_where_readers_see_it():
    answers = [
        written(1, days=30, useful=9),
        written(2, days=29, useful=5),
        written(3, days=3),
        written(4, days=2),
    ]
    assert order(answers, Order.USEFUL) == [1, 4, 2, 3]


def test_after_a_week_it_stands_where_its_readers_put_it():
    answers = [written(1, days=30, useful=9), written(2, days=29, useful=5), written(3, days=7.01)]
    assert order(answers, Order.USEFUL) == [1, 2, 3]


def test_a_new_answer_that_leads_stays_first():
    assert order([written(1, days=30, useful=1), written(2, days=1, useful=2)], Order.USEFUL) == [2, 1]


@pytest.mark.parametrize(("how", "expected"), [(Order.NEWEST, [3, 1, 2]), (Order.OLDEST, [2, 1, 3])])
def test_by_age(how, expected):
    answers = [written(1, days=2, useful=1), written(2, days=3), written(3, days=1)]
    assert order(answers, how) == expected


def test_folded_answers_stand_with_the_one_at_the_end_of_the_way():
    answers = [
        written(1, days=4, useful=9, into=2),
        written(2, days=3, into=3),
        written(3, days=2),
        written(4, days=1),
    ]
    assert [(a.pk, [f.pk for f in folded]) for a, folded in arrange(answers, Order.OLDEST, now=NOW)] == [
        (3, [1, 2]),
        (4, []),
    ]


def test_an_answer_folded_into_one_that_is_not_here_stands_for_itself():
    assert order([written(1, days=1, into=99)], Order.USEFUL) == [1]


def test_even_a_circle_which_no_verb_makes_hides_nothing_for_ever():
    answers = [written(1, days=2, into=2), written(2, days=1, into=1), written(3, days=3)]
    shown = arrange(answers, Order.USEFUL, now=NOW)
    assert {pk for a, folded in shown for pk in [a.pk, *(f.pk for f in folded)]} == {1, 2, 3}


def test_no_answers_are_no_trouble():
    assert arrange([], Order.USEFUL, now=NOW) == []
