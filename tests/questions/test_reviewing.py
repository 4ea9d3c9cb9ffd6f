"""What moderators decide about pairs: claims, decisions, and what never comes back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from qa_site.accounts.groups import MODERATORS
from qa_site.accounts.models import User
from questions import families, merging, moderation, reviewing, suggesting, undoing
from questions.models import Act, DuplicateCandidate, Question
from questions.reviewing import Choice, Standing
from tests.questions.families_graph import edge, root

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db) -> User:
    user = User.objects.create_user("colleague@example.org", name="Noor")
    user.groups.add(Group.objects.get(name=MODERATORS))
    return user


@pytest.fixture
def file(ask):
    """File a pair of two new questions, or of these wordings."""

    def file(name="a", *, source=None, target=None, confidence=0.5) -> DuplicateCandidate:
        return DuplicateCandidate.objects.create(
            source=source or ask(f"Question {name}?"),
            target=target or ask(f"Other question {name}?"),
            origin="mined",
            confidence=confidence,
            created_at=timezone.now(),
        )

    return file


def fresh(candidate) -> DuplicateCandidate:
    return DuplicateCandidate.objects.select_related("source__primary", "target__primary").get(
        pk=candidate.pk
    )


def run_out(candidate) -> None:
    """Let the claim end, as time does."""
    DuplicateCandidate.objects.filter(pk=candidate.pk).update(
        claimed_until=timezone.now() - timedelta(seconds=1)
    )


def decide(candidate, choice, by, **options):
    pair = fresh(candidate)
    version = families.version(pair.source, pair.target)
    return reviewing.decide(pair, choice, **{"version": version, "by": by, **options})


def waiting() -> list[DuplicateCandidate]:
    return list(DuplicateCandidate.objects.waiting())


# Claims -----------------------------------------------------------------------------------------------------


def test_the_surest_pair_comes_first(file, moderator):
    file("a", confidence=0.6)
    surest = file("b", confidence=0.9)
    assert reviewing.claim_next(by=moderator) == surest


def test_who_asks_again_gets_the_pair_that_they_have_even_if_a_surer_one_came(file, moderator):
    held = file("a", confidence=0.6)
    reviewing.claim_next(by=moderator)
    file("b", confidence=0.9)
    assert reviewing.claim_next(by=moderator) == held


def test_two_moderators_get_different_pairs_and_the_third_none(file, moderator, colleague, admin):
    file("a"), file("b")
    claimed = {reviewing.claim_next(by=person) for person in (moderator, colleague)}
    assert len(claimed) == 2
    assert reviewing.claim_next(by=admin) is None


def test_a_claim_that_has_run_out_lets_others_have_the_pair(file, moderator, colleague):
    pair = file()
    reviewing.claim_next(by=moderator)
    run_out(pair)
    assert reviewing.claim_next(by=colleague) == pair
    with pytest.raises(reviewing.HeldByAnother, match="Noor has this pair"):
        decide(pair, Choice.DIFFERENT, moderator)
    assert fresh(pair).decision == ""


def test_a_claim_that_has_run_out_is_still_good_as_long_as_nobody_wants_the_pair(file, moderator):
    pair = file()
    reviewing.claim_next(by=moderator)
    run_out(pair)
    assert decide(pair, Choice.DIFFERENT, moderator).kind == Act.Kind.DISMISSED


def test_a_pair_that_somebody_has_is_not_claimed_by_its_number(file, moderator, colleague):
    pair = file()
    reviewing.claim(pair, by=moderator)
    with pytest.raises(reviewing.HeldByAnother):
        reviewing.claim(pair, by=colleague)


# Skipping ---------------------------------------------------------------------------------------------------


def test_a_skipped_pair_goes_to_others_and_comes_back_when_one_looks_again(file, moderator, colleague):
    pair = file()
    reviewing.claim_next(by=moderator)
    assert decide(pair, Choice.SKIP, moderator) is None
    assert reviewing.claim_next(by=moderator) is None
    assert reviewing.claim_next(by=colleague) == pair
    decide(pair, Choice.SKIP, colleague)
    assert reviewing.look_again(by=moderator) == 1
    assert reviewing.claim_next(by=moderator) == pair
    assert reviewing.claim_next(by=colleague) is None


def test_skipping_twice_is_skipping_once(file, moderator):
    pair = file()
    for _ in range(2):
        reviewing.skip(pair, by=moderator)
    assert pair.skips.count() == 1


def test_a_skip_is_no_decision_and_no_act(file, moderator):
    decide(pair := file(), Choice.SKIP, moderator)
    assert waiting() == [pair]
    assert Act.objects.count() == 0


# Decisions and their undo -----------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [Choice.MERGE_LEFT, Choice.MERGE_RIGHT])
def test_merging_joins_to_the_side_that_the_arrow_points_at(file, moderator, choice):
    pair = file()
    act = decide(pair, choice, moderator, reason="same thing")
    joining, heading = (
        (pair.target, pair.source) if choice == Choice.MERGE_LEFT else (pair.source, pair.target)
    )
    assert edge(joining) == heading.pk
    assert (act.kind, act.by, act.reason) == (Act.Kind.MERGED, moderator, "same thing")
    assert (fresh(pair).decision, fresh(pair).decided_by) == ("merged", moderator)


def test_the_edge_leads_to_the_wording_that_matched(ask, file, moderator):
    target = ask("Question b?")
    alternate = merging.add_alternate("Question b, differently?", to=target, by=None).question
    pair = file(target=alternate)
    decide(pair, Choice.MERGE_RIGHT, moderator)
    assert (edge(pair.source), root(pair.source)) == (alternate.pk, target.pk)


def test_a_merge_takes_over_the_reason_of_the_suggestion_unless_it_has_its_own(ask, stranger, moderator):
    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    suggested = [suggesting.suggest(other, into=a, by=stranger, reason="as I said") for other in (b, c)]
    acts = [decide(suggested[0], Choice.MERGE_RIGHT, moderator)]
    acts.append(decide(suggested[1], Choice.MERGE_RIGHT, moderator, reason="better said"))
    assert [act.reason for act in acts] == ["as I said", "better said"]


def test_a_merge_of_what_has_changed_is_refused_and_the_pair_stays_with_who_has_it(file, moderator):
    pair = file()
    reviewing.claim_next(by=moderator)
    version = families.version(pair.source, pair.target)
    merging.reword(pair.source, "Something else?", by=None)
    with pytest.raises(merging.FamiliesChanged):
        decide(pair, Choice.MERGE_LEFT, moderator, version=version)
    assert (fresh(pair).decision, root(pair.target)) == ("", pair.target.pk)
    assert fresh(pair).is_held_by(moderator)


def test_a_dismissal_is_an_act_that_names_both(file, moderator):
    pair = file()
    act = decide(pair, Choice.DIFFERENT, moderator, reason="two things")
    assert act.sentence == "“Question a?” was found to be another question than “Other question a?”."
    assert (act.question, act.other, act.reason) == (pair.source, pair.target, "two things")
    assert (fresh(pair).decision, fresh(pair).decided_by) == ("dismissed", moderator)


@pytest.mark.parametrize("choice", [Choice.MERGE_LEFT, Choice.DIFFERENT])
def test_nothing_is_decided_twice(file, moderator, colleague, choice):
    pair = file()
    decide(pair, Choice.DIFFERENT, moderator)
    with pytest.raises(suggesting.AlreadyDecided):
        decide(pair, choice, colleague)
    assert Act.objects.count() == 1


def test_undoing_a_dismissal_puts_the_pair_first_before_who_undid_it(file, moderator, colleague):
    pair = file("a", confidence=0.1)
    file("b", confidence=0.9)
    reviewing.claim(pair, by=moderator)
    act = reviewing.dismiss(pair, by=moderator)
    reopened = undoing.undo(act, by=colleague)
    assert (reopened.kind, reopened.undoes, reopened.question) == (Act.Kind.REOPENED, act, pair.source)
    assert reopened.sentence == "“Question a?” is to be compared again with “Other question a?”."
    assert (fresh(pair).decision, fresh(pair).decided_by, fresh(pair).decided_at) == ("", None, None)
    assert reviewing.claim_next(by=colleague) == pair


def test_undoing_that_dismisses_the_pair_again(file, moderator):
    pair = file()
    reopened = undoing.undo(reviewing.dismiss(pair, by=moderator), by=moderator)
    again = undoing.undo(reopened, by=moderator)
    assert (again.kind, again.undoes) == (Act.Kind.DISMISSED, reopened)
    assert (fresh(pair).decision, waiting()) == ("dismissed", [])


def test_undoing_a_merge_gives_two_questions_that_nobody_is_asked_about_again(file, moderator):
    pair = file()
    undoing.undo(decide(pair, Choice.MERGE_LEFT, moderator), by=moderator)
    assert root(pair.target) == pair.target.pk
    assert waiting() == []


def test_a_dismissal_of_what_was_merged_since_cannot_be_undone(file, moderator):
    pair = file()
    act = reviewing.dismiss(pair, by=moderator)
    merging.merge(pair.source, into=pair.target, by=moderator)
    with pytest.raises(undoing.CannotUndo, match="wordings of one question by now"):
        undoing.undo(act, by=moderator)


def test_a_dismissal_of_what_was_merged_and_parted_since_stays(file, moderator):
    pair = file()
    act = reviewing.dismiss(pair, by=moderator)
    merging.merge(pair.source, into=pair.target, by=moderator)
    merging.unmerge(pair.source, by=moderator)
    with pytest.raises(undoing.CannotUndo, match="merged and parted again"):
        undoing.undo(act, by=moderator)
    assert waiting() == []


def test_a_reopened_pair_that_was_dismissed_again_is_not_dismissed_a_third_time(file, moderator):
    pair = file()
    reopened = undoing.undo(reviewing.dismiss(pair, by=moderator), by=moderator)
    reviewing.dismiss(pair, by=moderator)
    with pytest.raises(undoing.CannotUndo, match="decided about this pair already"):
        undoing.undo(reopened, by=moderator)


# What never comes back, and what closes itself ----------------------------------------------------------------


def test_a_dismissed_pair_does_not_come_back_by_another_wording_of_the_same_questions(ask, file, moderator):
    pair = file("a")
    alternates = [
        merging.add_alternate(f"Alternate of {side}?", to=side, by=None).question
        for side in (pair.source, pair.target)
    ]
    others = [
        file(source=alternates[0], target=pair.target),
        file(source=alternates[1], target=alternates[0]),
    ]
    assert len(waiting()) == 3
    reviewing.dismiss(pair, by=moderator)
    assert waiting() == []
    assert reviewing.standing(fresh(others[0]), reader=moderator) == Standing.TOLD_APART
    with pytest.raises(suggesting.AlreadyDecided):
        suggesting.suggest(alternates[0], into=alternates[1], by=moderator)


def test_what_was_dismissed_of_a_question_holds_for_what_it_is_merged_into(ask, file, moderator):
    pair = file("a")
    third = ask("A third question?")
    reviewing.dismiss(pair, by=moderator)
    merging.merge(pair.source, into=third, by=moderator)
    file(source=third, target=pair.target)
    assert waiting() == []


def test_a_pair_merged_and_parted_does_not_come_back_by_another_wording(ask, file, moderator):
    pair = file("a")
    decide(pair, Choice.MERGE_RIGHT, moderator)
    merging.unmerge(pair.source, by=moderator)
    alternate = merging.add_alternate("In other words?", to=pair.source, by=None).question
    file(source=alternate, target=pair.target)
    assert waiting() == []
    assert reviewing.claim_next(by=moderator) is None


def test_a_pair_that_becomes_one_family_in_any_way_closes_itself(ask, file, moderator, colleague):
    pair = file("a")
    third = ask("A third question?")
    reviewing.claim_next(by=moderator)
    for question in (pair.source, pair.target):
        merging.merge(question, into=third, by=colleague)
    assert (fresh(pair).decision, fresh(pair).decided_by) == ("merged", colleague)
    with pytest.raises(suggesting.AlreadyDecided):
        decide(pair, Choice.DIFFERENT, moderator)


def test_a_pair_filed_of_one_family_never_waits(ask, file, moderator):
    question = ask("Question a?")
    alternate = merging.add_alternate("Question a, differently?", to=question, by=None).question
    pair = file(source=question, target=alternate)
    assert waiting() == []
    assert reviewing.standing(fresh(pair), reader=moderator) == Standing.ONE_FAMILY
    for choice in (Choice.DIFFERENT, Choice.MERGE_LEFT):
        with pytest.raises(merging.AlreadyOneFamily):
            decide(pair, choice, moderator)


def test_a_pair_with_a_hidden_side_waits_until_it_is_restored(file, moderator):
    pair = file()
    moderation.hide(pair.target, by=moderator)
    assert reviewing.claim_next(by=moderator) is None
    assert reviewing.standing(fresh(pair), reader=moderator) == Standing.HIDDEN
    moderation.restore(pair.target, by=moderator)
    assert reviewing.claim_next(by=moderator) == pair


# Numbers ------------------------------------------------------------------------------------------------------


def test_the_progress_of_the_day_counts_what_all_and_what_one_settled_today(file, moderator, colleague):
    for name, choice, person in [
        ("a", Choice.DIFFERENT, moderator),
        ("b", Choice.MERGE_LEFT, moderator),
        ("c", Choice.DIFFERENT, colleague),
    ]:
        decide(file(name), choice, person)
    yesterday = file("d")
    reviewing.dismiss(yesterday, by=moderator)
    DuplicateCandidate.objects.filter(pk=yesterday.pk).update(decided_at=timezone.now() - timedelta(days=1))
    progress = reviewing.progress(reader=moderator)
    assert (progress.settled, progress.merged, progress.apart, progress.by_reader) == (3, 1, 2, 2)


def test_the_day_begins_at_midnight_here(settings, file, moderator):
    pair = file()
    reviewing.dismiss(pair, by=moderator)
    today = timezone.localdate()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for moment, found in [
        (midnight, True),
        (midnight - timedelta(microseconds=1), False),
        (midnight + timedelta(days=1) - timedelta(microseconds=1), True),
        (midnight + timedelta(days=1), False),
    ]:
        DuplicateCandidate.objects.update(decided_at=moment)
        assert DuplicateCandidate.objects.decided_on(today).exists() is found


def test_what_grew_together_today_is_told_as_long_as_it_stays_together(file, moderator):
    kept, parted = file("a"), file("b")
    decide(kept, Choice.MERGE_LEFT, moderator)
    undoing.undo(decide(parted, Choice.MERGE_LEFT, moderator), by=moderator)
    assert reviewing.joined_today(limit=5) == [kept.source]


def test_counting_stops_at_a_bound_and_says_so(file, moderator, monkeypatch):
    for name in "abc":
        file(name)
    skipped = file("d")
    reviewing.skip(skipped, by=moderator)
    assert reviewing.count_waiting() == reviewing.Counted(4, at_least=False)
    assert reviewing.count_waiting(skipped_by=moderator) == reviewing.Counted(1, at_least=False)
    monkeypatch.setattr(reviewing, "COUNTED", 3)
    assert reviewing.count_waiting() == reviewing.Counted(3, at_least=True)


def test_every_act_of_a_pair_says_what_stands_in_the_way_of_undoing_it_without_a_query(
    file, moderator, django_assert_num_queries
):
    reopened = undoing.undo(reviewing.dismiss(file(), by=moderator), by=moderator)
    with django_assert_num_queries(1):
        acts = list(Act.objects.of_family(reopened.question).with_people_and_wordings().newest())
        assert [undoing.obstacle(act) for act in acts] == ["", "It has been undone."]
    assert Question.objects.count() == 2
