"""Confidence follows what the site decides, where that is better by more than chance, and stays where it is not."""

import io
import json
import math
import random
import shutil

import pytest
from django.core.management import call_command
from django.utils import timezone

from questions import merging
from questions.duplicates import confidence as confidences
from questions.duplicates import refitting
from questions.duplicates.confidence import confidence
from questions.models import Act, DuplicateCandidate, Question

pytestmark = pytest.mark.django_db

THINGS = ["anchor", "basket", "candle", "drawer", "engine", "guitar", "island", "jacket", "kettle", "mirror"]
VERBS = ["clean", "repair", "find", "store", "paint", "carry", "weigh", "sell", "open", "fold"]
WHEN = ["in winter", "at home", "without tools", "for free", "by hand"]
WORDS = (VERBS, THINGS, WHEN)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    yield
    # Whoever is the first to use the model leaves a copy of its weights here, and has it in memory already.
    shutil.rmtree(tmp_path / "encoder", ignore_errors=True)


@pytest.fixture
def chance():
    return random.Random(4)


def pair(chance):
    """Two wordings that say the same in half of the cases; else verb, thing and circumstances may differ."""
    ways = ["How do I {} a {} {}?", "How can I {} a {} {}?", "What is the best way to {} a {} {}?"]
    said = [chance.choice(words) for words in WORDS]
    other = [chance.choice([word, chance.choice(words)]) for word, words in zip(said, WORDS, strict=True)]
    other = chance.choice([said, other])
    return chance.choice(ways).format(*said), chance.choice(ways).format(*other)


def labelled(chance, count, same):
    """So many different pairs, with what `same` says of each."""
    pairs = {}
    while len(pairs) < count:
        one, other = pair(chance)
        if one != other and frozenset((one, other)) not in pairs:
            pairs[frozenset((one, other))] = (one, other, bool(same(one, other)))
    return list(pairs.values())


def strictly(one, other):
    """The habit of a site on which two questions differ as soon as one word of weight does."""
    return in_common(one, other) == 3


def loosely(one, other):
    """The habit of a site on which anything in common is enough."""
    return in_common(one, other) >= 1


def in_common(one, other):
    return sum((word in one) and (word in other) for word in [*THINGS, *VERBS, *WHEN])


def same_by_what_is_published(chance):
    return lambda one, other: chance.random() < confidence(one, other)


def by_coin(chance):
    return lambda one, other: chance.random() < 0.5


def decide(labelled):
    """Write the pairs into the site's log and queue as if its people had decided so."""
    now = timezone.now()
    texts = sorted({text for one, other, _ in labelled for text in (one, other)})
    questions = {}
    for number, text in enumerate(texts, Question.objects.count() + 1):
        questions[text] = Question(
            pk=number, text=text, key=f"{number}", primary_id=number, created_at=now, last_activity_at=now
        )
    Question.objects.bulk_create(questions.values())
    Act.objects.bulk_create(
        Act(
            kind="merged",
            question=questions[one],
            other=questions[other],
            question_text=one,
            other_text=other,
            created_at=now,
        )
        for one, other, same in labelled
        if same
    )
    DuplicateCandidate.objects.bulk_create(
        DuplicateCandidate(
            source=questions[one],
            target=questions[other],
            created_at=now,
            decision="dismissed",
            decided_at=now,
        )
        for one, other, same in labelled
        if not same
    )


def fit_confidence():
    out = io.StringIO()
    call_command("fit_confidence", stdout=out, stderr=io.StringIO())
    return out.getvalue()


def surprise(labelled):
    """How far confidence() is from what is so, as a mean log loss."""
    return -sum(
        math.log(confidence(one, other) if same else 1 - confidence(one, other))
        for one, other, same in labelled
    ) / len(labelled)


def test_habits_of_its_own_are_learned(chance):
    unseen = labelled(random.Random(5), 300, strictly)
    before = surprise(unseen)
    decide(labelled(chance, 400, strictly))
    said = fit_confidence()
    assert "without model: " in said
    assert ": better\n" in said
    assert f"In use from now on: {confidences.site_file()}\n" in said
    assert surprise(unseen) < before - 0.05


def test_with_the_model_both_regressions_are_fitted(chance, with_model):
    decide(labelled(chance, 300, strictly))
    said = fit_confidence()
    assert "with model: " in said
    assert said.count(": better\n") == 2
    own, published = (confidences.read(path) for path in (confidences.site_file(), confidences.PUBLISHED))
    assert all(own[name] != published[name] for name in ("with model", "without model"))


def test_without_the_model_what_is_used_with_it_is_left_alone(chance):
    decide(labelled(chance, 400, strictly))
    assert "The model is not here, so what is used with it was left alone." in fit_confidence()
    own, published = (
        confidences.read(path)["with model"] for path in (confidences.site_file(), confidences.PUBLISHED)
    )
    assert own == published


def test_labels_that_follow_nothing_leave_the_old_one_in_use(chance):
    decide(labelled(chance, 400, by_coin(chance)))
    said = fit_confidence()
    assert "not better, the old one stays\n" in said
    assert said.endswith("Nothing was changed.\n")
    assert not confidences.site_file().exists()


def test_a_site_with_the_habits_that_were_published_keeps_what_was_published(chance):
    decide(labelled(chance, 400, same_by_what_is_published(chance)))
    assert fit_confidence().endswith("Nothing was changed.\n")
    assert not confidences.site_file().exists()


def test_what_the_site_fitted_stays_where_a_new_fit_is_no_better(chance):
    decide(labelled(chance, 400, strictly))
    fit_confidence()
    written = confidences.site_file().read_text()
    assert fit_confidence().endswith("Nothing was changed.\n")
    assert confidences.site_file().read_text() == written


def test_what_the_site_fitted_gives_way_when_its_habits_have_changed(chance):
    unseen = labelled(random.Random(5), 300, loosely)
    decide(labelled(chance, 300, strictly))
    fit_confidence()
    before = surprise(unseen)
    decide(labelled(chance, 1_500, loosely))
    assert ": better\n" in fit_confidence()
    assert surprise(unseen) < before - 0.05


@pytest.mark.parametrize(
    ("merged", "dismissed", "missing"),
    [
        (0, 0, "30 more merges and 30 more dismissals and 200 more pairs in all"),
        (100, 99, "1 more pairs in all"),
        (29, 300, "1 more merges"),
        (300, 10, "20 more dismissals"),
    ],
)
def test_too_few_decisions_are_not_learned_from(chance, merged, dismissed, missing):
    left = {True: merged, False: dismissed}
    pairs = labelled(chance, merged + dismissed, lambda one, other: take(left))
    decide(pairs)
    assert fit_confidence() == (
        f"{merged} pairs were merged here and stayed so, {dismissed} were dismissed.\n"
        f"Too few to learn from: {missing} are needed. Nothing was changed.\n"
    )
    assert not confidences.site_file().exists()


def take(left):
    kind = left[True] > 0
    left[kind] -= 1
    return kind


def test_a_merge_that_was_undone_counts_as_a_dismissal(ask, moderator):
    a, b = ask("What causes the tides?"), ask("Why is there ebb and flow?")
    merging.merge(a, into=b, by=moderator)
    assert refitting.decided_pairs() == [(a.text, b.text, True)]
    merging.unmerge(a, by=moderator)
    assert refitting.decided_pairs() == [(a.text, b.text, False)]


def test_what_was_dismissed_and_merged_all_the_same_counts_as_merged(ask, moderator):
    a, b = ask("What causes the tides?"), ask("Why is there ebb and flow?")
    DuplicateCandidate.objects.never_again(a, b, by=moderator)
    assert refitting.decided_pairs() == [(a.text, b.text, False)]
    merging.merge(a, into=b, by=moderator)
    assert refitting.decided_pairs() == [(a.text, b.text, True)]


def test_added_alternates_and_waiting_candidates_are_no_decisions(ask, moderator):
    a, b = ask("What causes the tides?"), ask("Why is there ebb and flow?")
    merging.add_alternate("Why do seas rise?", to=a, by=moderator)
    DuplicateCandidate.objects.create(source=a, target=b, created_at=timezone.now())
    assert refitting.decided_pairs() == []


def test_merges_count_with_the_wordings_they_had_then(ask, moderator):
    a, b = ask("What causes the tides?"), ask("Why is there ebb and flow?")
    merging.merge(a, into=b, by=moderator)
    merging.reword(a, "Who invented the wheel?", by=moderator)
    assert refitting.decided_pairs() == [("What causes the tides?", b.text, True)]


def test_thousands_of_imported_merges_do_not_make_everything_a_duplicate():
    merged = [(f"a {number}", f"b {number}", True) for number in range(1_000)]
    dismissed = [(f"c {number}", f"d {number}", False) for number in range(50)]
    taken = refitting.balanced(merged + dismissed)
    assert taken == merged[-150:] + dismissed


def test_the_file_is_whole_and_says_where_it_comes_from(chance):
    decide(labelled(chance, 400, strictly))
    fit_confidence()
    written = json.loads(confidences.site_file().read_text())
    assert written["made by"] == "manage.py fit_confidence"
    assert sum(written["from pairs"].values()) == 400
    assert set(written["regressions"]) == {"with model", "without model"}
    assert [path.name for path in confidences.site_file().parent.iterdir() if path.is_file()] == [
        "confidence.json"
    ]
