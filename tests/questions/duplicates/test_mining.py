"""A walk finds the duplicates that nobody reported, asks nobody twice, and repeats nothing after a kill."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from questions import asking, merging, moderation, suggesting
from questions.duplicates import mining
from questions.models import DuplicateCandidate, MiningWalk

pytestmark = pytest.mark.django_db

TIDES = "What is the cause of the tides?"
TIDES_TOO = "What causes the tides?"  # by words alone, 0.88 sure
TIDES_AGAIN = "What causes ocean tides?"  # with either of them, 0.6 to 0.7
WHEEL = "Who invented the wheel?"


def mine(**options):
    """Walk to the end and return the walk, or None when nothing is new."""
    walk = mining.begin(**options)
    if walk:
        list(mining.go_on(walk))
    return walk


def pairs():
    return {(candidate.source, candidate.target) for candidate in DuplicateCandidate.objects.all()}


@pytest.fixture
def tides(ask):
    return ask(TIDES)


@pytest.fixture
def tides_too(ask, tides):
    return ask(TIDES_TOO)


@pytest.fixture
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(mining, "BATCH", 1)


def test_two_questions_that_ask_the_same_are_put_before_the_moderators_once(tides, tides_too):
    walk = mine()
    [candidate] = DuplicateCandidate.objects.waiting()
    assert (candidate.source, candidate.target) == (tides_too, tides)
    assert candidate.origin == DuplicateCandidate.Origin.MINED
    assert candidate.confidence == pytest.approx(0.88, abs=0.05)
    assert candidate.suggested_by is None
    assert walk.found == 1
    assert walk.finished_at


def test_questions_that_differ_are_not(tides, ask):
    ask(WHEEL)
    assert mine().found == 0


def test_with_the_model_they_are_found_by_meaning(with_model, ask):
    one = ask("How do I get rid of hiccups?")
    other = ask("What is the best way to stop hiccuping?")
    mine()
    assert pairs() == {(other, one)}


def test_the_newer_of_the_two_is_the_one_to_be_merged_though_its_row_be_the_older(ask):
    row_first = ask(TIDES, at=datetime(2020, 1, 1, tzinfo=UTC))
    asked_first = ask(TIDES_TOO, at=datetime(2010, 1, 1, tzinfo=UTC))
    mine()
    assert pairs() == {(row_first, asked_first)}


def test_a_pair_less_sure_than_the_threshold_is_not_filed(tides, tides_too):
    assert mine(threshold=0.95).found == 0
    assert mine(everything=True, threshold=0.8).found == 1


def test_alternates_are_walked_and_found_like_primaries(tides, ask, moderator):
    wheel = ask(WHEEL)
    alternate = merging.add_alternate(TIDES_TOO, to=wheel, by=moderator).question
    mine()
    assert pairs() == {(alternate, tides)}


def test_wordings_of_one_family_are_no_candidates(tides, tides_too, moderator):
    merging.merge(tides_too, into=tides, by=moderator)
    assert mine().found == 0


def test_hidden_wordings_and_those_of_hidden_pages_are_no_candidates(tides, tides_too, ask, moderator):
    wheel = ask(WHEEL)
    merging.add_alternate(TIDES_AGAIN, to=wheel, by=moderator)
    moderation.hide(tides, by=moderator)
    moderation.hide(wheel, by=moderator)
    assert mine().found == 0


def test_two_families_are_one_candidate_by_their_surest_pair(tides, tides_too, ask, moderator):
    wheel = ask(WHEEL)
    merging.merge(tides_too, into=wheel, by=moderator)
    merging.add_alternate(TIDES_AGAIN, to=tides, by=moderator)
    mine()
    assert pairs() == {(tides_too, tides)}


def test_a_surer_pair_that_is_met_later_takes_the_place_of_the_first(one_at_a_time, ask, moderator):
    again, wheel = ask(TIDES_AGAIN), ask(WHEEL)
    too = merging.add_alternate(TIDES_TOO, to=wheel, by=moderator).question
    tides = merging.add_alternate(TIDES, to=again, by=moderator).question
    walk = mining.begin()
    batches = mining.go_on(walk)
    next(batches)
    [first] = DuplicateCandidate.objects.all()
    assert first.confidence < 0.8
    list(batches)
    [second] = DuplicateCandidate.objects.all()
    assert (second.pk, second.source, second.target) == (first.pk, tides, too)
    assert second.confidence > 0.8
    assert walk.found == 1


def test_a_pair_that_a_moderator_has_before_them_stays_as_it_is(one_at_a_time, ask, moderator):
    again, wheel = ask(TIDES_AGAIN), ask(WHEEL)
    merging.add_alternate(TIDES_TOO, to=wheel, by=moderator)
    merging.add_alternate(TIDES, to=again, by=moderator)
    batches = mining.go_on(mining.begin())
    next(batches)
    before = DuplicateCandidate.objects.values().get()
    in_a_minute = timezone.now() + timedelta(minutes=1)
    DuplicateCandidate.objects.update(claimed_by=moderator, claimed_until=in_a_minute)
    list(batches)
    after = DuplicateCandidate.objects.values().get()
    assert after == before | {"claimed_by_id": moderator.pk, "claimed_until": in_a_minute}


def test_a_pair_that_waits_already_is_not_filed_again(tides, tides_too, ask, asker, moderator):
    suggesting.suggest(tides_too, into=tides, by=asker)
    merging.add_alternate(TIDES_AGAIN, to=tides, by=moderator)
    assert mine().found == 0
    assert DuplicateCandidate.objects.get().origin == DuplicateCandidate.Origin.SUGGESTED


def test_what_was_dismissed_is_not_offered_again_by_other_wordings_either(
    tides, tides_too, ask, asker, moderator
):
    DuplicateCandidate.objects.never_again(tides_too, tides, by=moderator)
    merging.add_alternate(TIDES_AGAIN, to=tides, by=moderator)
    assert mine().found == 0
    assert mine(everything=True).found == 0
    assert not DuplicateCandidate.objects.waiting()


def test_what_was_merged_and_parted_is_not_offered_again(tides, tides_too, moderator):
    mine()
    merging.merge(tides_too, into=tides, by=moderator)
    merging.unmerge(tides_too, by=moderator)
    assert mine(everything=True).found == 0
    assert not DuplicateCandidate.objects.waiting()


def test_the_next_walk_looks_at_what_is_new(tides, ask):
    mine()
    wheel = ask(WHEEL)
    walk = mining.begin()
    assert list(mining.to_walk(walk)) == [wheel]


def test_what_is_new_is_compared_with_what_is_old(tides, ask):
    mine()
    tides_too = ask(TIDES_TOO)
    mine()
    assert pairs() == {(tides_too, tides)}


def test_where_nothing_is_new_no_walk_is_begun(tides):
    mine()
    MiningWalk.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert mine() is None
    assert MiningWalk.objects.count() == 1


def test_an_empty_site_is_walked_in_no_time():
    assert mine() is None


def test_reworded_questions_are_looked_at_again(tides, ask, moderator):
    wheel = ask(WHEEL)
    mine()
    merging.reword(wheel, TIDES_TOO, by=moderator)
    mine()
    assert pairs() == {(wheel, tides)}


def test_questions_that_come_to_light_again_are_looked_at(tides, ask, moderator):
    hidden = ask(WHEEL)
    alternate = merging.add_alternate(TIDES_TOO, to=hidden, by=moderator).question
    moderation.hide(hidden, by=moderator)
    mine()
    moderation.restore(hidden, by=moderator)
    mine()
    assert pairs() == {(alternate, tides)}


def test_everything_is_walked_anew_when_asked_for(tides, ask):
    ask(WHEEL)
    mine()
    assert mining.to_walk(mining.begin(everything=True)).count() == 2


def test_an_interrupted_walk_goes_on_where_it_was(one_at_a_time, tides, tides_too, ask):
    wheel = ask(WHEEL)
    batches = mining.go_on(mining.begin())
    next(batches)
    batches.close()
    walk = mining.unfinished()
    assert walk.found == 1
    assert list(mining.to_walk(walk)) == [tides_too, wheel]
    assert list(mining.go_on(walk)) == [1, 1]
    assert mining.unfinished() is None
    assert MiningWalk.objects.get().found == DuplicateCandidate.objects.count() == 1


def test_an_interrupted_walk_over_what_is_new_remembers_what_was_reworded(
    one_at_a_time, tides, ask, moderator
):
    wheel = ask(WHEEL)
    mine()
    merging.reword(tides, "What makes the tides?", by=moderator)
    merging.reword(wheel, "Who made the first wheel?", by=moderator)
    new = ask("Where does the wind come from?")
    batches = mining.go_on(mining.begin())
    next(batches)
    batches.close()
    assert list(mining.to_walk(mining.unfinished())) == [wheel, new]


def test_a_walk_that_was_left_for_another_is_not_taken_up_again(one_at_a_time, tides, ask):
    ask(WHEEL)
    next(mining.go_on(mining.begin()))
    mine(everything=True)
    assert mining.unfinished() is None
    assert mine() is None


def test_what_is_asked_during_a_walk_is_left_to_the_next(tides, ask):
    walk = mining.begin()
    wheel = ask(WHEEL)
    list(mining.go_on(walk))
    assert list(mining.to_walk(mining.begin())) == [wheel]


def test_questions_merged_while_they_were_compared_are_no_candidates(tides, tides_too, moderator):
    walk = mining.begin()
    found = list(mining._duplicates_of(tides, walk.threshold))
    assert len(found) == 1
    merging.merge(tides_too, into=tides, by=moderator)
    assert mining._new(found) == []


def test_candidates_are_counted_by_tenths_of_confidence(ask):
    for number, confidence in enumerate([0.0, 0.3, 0.55, 0.5999, 0.6, 0.7, 0.99, 1.0]):
        one, other = ask(f"Question {number}?"), ask(f"Other question {number}?")
        DuplicateCandidate.objects.create(
            source=one, target=other, confidence=confidence, created_at=timezone.now()
        )
    assert mining.waiting_by_confidence() == [1, 0, 0, 1, 0, 2, 1, 1, 0, 2]


@pytest.mark.django_db(transaction=True)
def test_questions_that_are_being_written_are_waited_for(ask):
    """They have their numbers already, and would be behind the end of the walk once they are there."""
    has_its_number, may_end = threading.Event(), threading.Event()

    def be_slow():
        try:
            with transaction.atomic():
                question = asking.ask(TIDES)
                has_its_number.set()
                may_end.wait(10)
                return question
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(be_slow)
        assert has_its_number.wait(10)
        tides_too = ask(TIDES_TOO)
        walk = mine(waiting=may_end.set)
        tides = slow.result(10)
    assert tides.pk < tides_too.pk == walk.last_id
    assert len(pairs()) == 1


@pytest.mark.django_db(transaction=True)
def test_one_at_a_time_is_enough():
    def walk_too():
        try:
            with mining.alone():
                return True
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with mining.alone():
            assert isinstance(pool.submit(walk_too).exception(10), mining.AnotherWalks)
        assert pool.submit(walk_too).result(10)
