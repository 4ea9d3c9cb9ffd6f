"""Two people at once: real threads, real transactions, one wins and the other is told what happened."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from answers import answering
from questions import asking, families, merging
from questions.models import Act, Question
from tests.questions.families_graph import root

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks):
    """Run the tasks in threads that start together; return what each returned or raised."""
    barrier = threading.Barrier(len(tasks))

    def run(task):
        try:
            barrier.wait(timeout=60)
            return task()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def fresh(*questions):
    return Question.objects.in_bulk([question.pk for question in questions])


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_opposite_merges_one_wins_and_the_other_hears_of_it(ask, attempt):
    a, b = ask("Question a?"), ask("Question b?")
    results = at_once(lambda: merging.merge(a, into=b, by=None), lambda: merging.merge(b, into=a, by=None))
    assert sorted(type(result).__name__ for result in results) == ["Act", "AlreadyOneFamily"]
    assert root(a) == root(b)
    assert Act.objects.count() == 1


def test_a_double_click_merges_once(ask):
    a, b = ask("Question a?"), ask("Question b?")
    results = at_once(*[lambda: merging.merge(a, into=b, by=None)] * 4)
    assert sum(isinstance(result, Act) for result in results) == 1
    assert Act.objects.count() == 1


@pytest.mark.parametrize("attempt", range(8))
def test_many_merges_around_a_ring_make_one_family_and_no_circle(ask, attempt):
    ring = [ask(f"Question {n}?") for n in range(6)]
    results = at_once(
        *[
            lambda source=source, into=into: merging.merge(source, into=into, by=None)
            for source, into in zip(ring, ring[1:] + ring[:1], strict=True)
        ]
    )
    assert {type(result) for result in results} <= {Act, merging.AlreadyOneFamily}
    assert sum(isinstance(result, Act) for result in results) == 5
    assert len({root(question) for question in ring}) == 1


def test_merges_and_unmerges_at_once_lose_nobodys_work(ask):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    merging.merge(a, into=b, by=None)
    results = at_once(lambda: merging.unmerge(a, by=None), lambda: merging.merge(b, into=c, by=None))
    assert all(isinstance(result, Act) for result in results), results
    assert (root(a), root(b)) == (a.pk, c.pk)


def test_two_people_asking_the_same_get_one_question():
    results = at_once(*[lambda: asking.ask("How do two people ask at once?")] * 4)
    assert sorted(type(result).__name__ for result in results) == ["Question"] + ["WordingExists"] * 3
    [question] = [result for result in results if isinstance(result, Question)]
    assert {result.existing.pk for result in results if not isinstance(result, Question)} == {question.pk}


def test_answers_written_during_merges_are_all_counted(ask):
    a, b = ask("Question a?"), ask("Question b?")
    tasks = [lambda n=n: answering.answer(a if n % 2 else b, f"answer {n}") for n in range(6)]
    results = at_once(*tasks, lambda: merging.merge(a, into=b, by=None))
    assert not [result for result in results if isinstance(result, Exception)]
    assert fresh(b)[b.pk].answer_count == 6


@pytest.mark.parametrize("attempt", range(4))
def test_two_people_asking_with_the_same_new_tags_both_get_their_question(attempt):
    results = at_once(
        *[
            lambda n=n: asking.ask(
                f"Question {n}?", tags=[f"tag-{m}" for m in (range(5) if n % 2 else range(4, -1, -1))]
            )
            for n in range(4)
        ]
    )
    assert all(isinstance(result, Question) for result in results), results


def test_a_preview_is_void_when_a_wording_changes_at_the_same_moment(ask):
    from questions import families

    for attempt in range(5):
        a, b = ask(f"Source {attempt}?"), ask(f"Target {attempt}?")
        seen = families.version(a, b)
        rewording, merge = at_once(
            lambda a=a, n=attempt: merging.reword(a, f"Source {n}, reworded?", by=None),
            lambda a=a, b=b, seen=seen: merging.merge_as_previewed(a, into=b, version=seen, by=None),
        )
        assert isinstance(rewording, Act)
        # Whoever came second knows of the first: either the merge was refused, or it came before.
        assert isinstance(merge, merging.FamiliesChanged) or merge.pk < rewording.pk


def test_a_rewording_and_the_same_wording_added_to_it_end_with_one_of_the_two(ask):
    from questions.uniqueness import WordingExists

    for attempt in range(5):
        question = ask(f"Question {attempt}?")
        alternate = merging.add_alternate(f"Alternate {attempt}?", to=question, by=None).question
        text = f"Contested {attempt}?"
        results = at_once(
            lambda a=alternate, t=text: merging.reword(a, t, by=None),
            lambda a=alternate, t=text: merging.add_alternate(t, to=a, by=None),
        )
        assert {type(result) for result in results} == {Act, WordingExists}


def wait_until_waiting(count: int) -> None:
    """Return when this many people wait for somebody's lock."""
    deadline = time.monotonic() + 60
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            # Within a transaction the list of who is there stays as it was first seen.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] == count:
                return
            time.sleep(0.01)
    raise AssertionError(f"There were never {count} waiting.")


def test_who_locks_many_families_keeps_none_that_was_merged_while_they_waited(ask):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")

    def lock_many():
        with transaction.atomic():
            families.lock_many([b.pk, c.pk])
            return set(Question.objects.filter(pk__in=[b.pk, c.pk]).values_list("primary_id", flat=True))

    def in_thread(task):
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            merging.merge(b, into=a, by=None)
            # The one waits for b, which is no root any more when they get it, and will want c; the other
            # waits for a and will want c, and then b's row, which hangs on a.
            many = pool.submit(in_thread, lock_many)
            wait_until_waiting(1)
            merge = pool.submit(in_thread, lambda: merging.merge(a, into=c, by=None))
            wait_until_waiting(2)
        assert merge.result(timeout=60).kind == Act.Kind.MERGED
        assert many.result(timeout=60) in ({a.pk, c.pk}, {c.pk})
    assert {root(question) for question in (a, b, c)} == {c.pk}
