"""Several moderators at the same queue in the same moment: nobody gets another's pair, nobody waits for ever."""

import pytest
from django.utils import timezone

from qa_site.accounts.models import User
from questions import families, merging, reviewing
from questions.models import Act, DuplicateCandidate
from questions.reviewing import Choice
from questions.suggesting import AlreadyDecided
from tests.questions.families_graph import root
from tests.questions.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

REFUSALS = (
    AlreadyDecided,
    reviewing.HeldByAnother,
    merging.AlreadyOneFamily,
    merging.FamiliesChanged,
)


@pytest.fixture
def moderators(db) -> list[User]:
    return [User.objects.create_user(f"{n}@example.org", name=f"Moderator {n}") for n in range(4)]


@pytest.fixture
def file(ask):
    def file(name: str, *, source=None, target=None) -> DuplicateCandidate:
        return DuplicateCandidate.objects.create(
            source=source or ask(f"Question {name}?"),
            target=target or ask(f"Other question {name}?"),
            confidence=0.5,
            created_at=timezone.now(),
        )

    return file


@pytest.mark.parametrize("attempt", range(4))
def test_no_two_get_the_same_pair(file, moderators, attempt):
    pairs = {file(f"{n}") for n in range(4)}
    claimed = at_once(*[lambda by=by: reviewing.claim_next(by=by) for by in moderators])
    # Who looks while somebody claims passes that pair over, so all four are given out.
    assert set(claimed) == pairs


@pytest.mark.parametrize("attempt", range(4))
def test_the_last_pair_goes_to_one(file, moderators, attempt):
    file("a")
    claimed = at_once(*[lambda by=by: reviewing.claim_next(by=by) for by in moderators])
    assert sum(pair is not None for pair in claimed) == 1
    assert not any(isinstance(pair, Exception) for pair in claimed)


@pytest.mark.parametrize("choice", [Choice.MERGE_LEFT, Choice.DIFFERENT])
def test_a_double_click_decides_once(file, moderators, choice):
    pair, by = file("a"), moderators[0]
    version = families.version(pair.source, pair.target)
    results = at_once(*[lambda: reviewing.decide(pair, choice, version=version, by=by)] * 4)
    assert sorted(type(result).__name__ for result in results) == ["Act"] + ["AlreadyDecided"] * 3
    assert Act.objects.count() == 1


@pytest.mark.parametrize("attempt", range(6))
def test_who_decides_and_who_merges_otherwise_meet_without_a_deadlock(ask, file, moderators, attempt):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    pairs = [
        file("", source=one, target=other)
        for one, other in [(a, b), (c, a), (b, c)]  # around a ring
    ]
    versions = [families.version(pair.source, pair.target) for pair in pairs]
    choices = [Choice.MERGE_LEFT, Choice.MERGE_RIGHT, Choice.DIFFERENT]
    tasks = [
        lambda pair=pair, choice=choice, version=version, by=by: reviewing.decide(
            pair, choice, version=version, by=by
        )
        for pair, choice, version, by in zip(pairs, choices, versions, moderators, strict=False)
    ]
    results = at_once(
        *tasks,
        lambda: merging.merge(b, into=a, by=moderators[3]),
        lambda: reviewing.claim_next(by=moderators[3]),
    )
    assert all(isinstance(result, (Act, DuplicateCandidate, type(None), *REFUSALS)) for result in results), (
        results
    )
    # Whatever came first: what is one family is decided, and nothing was done without a row in the log.
    for pair in DuplicateCandidate.objects.all():
        assert pair.decision or root(pair.source) != root(pair.target)
    assert Act.objects.count() == sum(isinstance(result, Act) for result in results)


@pytest.mark.parametrize("attempt", range(4))
def test_of_a_merge_and_a_dismissal_at_once_only_one_is_done(file, moderators, attempt):
    pair = file("a")
    version = families.version(pair.source, pair.target)
    results = at_once(
        lambda: reviewing.decide(pair, Choice.MERGE_LEFT, version=version, by=moderators[0]),
        lambda: reviewing.dismiss(pair, by=moderators[1]),
    )
    assert sum(isinstance(result, Act) for result in results) == 1
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 1
