"""A regression is fitted as it should be, and judged by the same numbers as somebody with a pencil would find."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.duplicates import fitting
from questions.duplicates.confidence import Regression

FEATURES = ("one", "two", "three")


def made_up(pairs, *, intercept, coefficients, seed=0):
    """Pairs whose labels a regression of these coefficients draws."""
    random = np.random.default_rng(seed)
    seen = random.normal(size=(pairs, len(coefficients))) * [1, 5, 0.2] + [0, 3, -1]
    score = intercept + seen @ np.array(coefficients)
    return seen, (random.random(pairs) < 1 / (1 + np.exp(-score))).astype(float)


def unscaled(regression):
    """The intercept and the coefficients for features as they are, not shifted or scaled."""
    coefficients = np.array(regression.coefficients) / np.array(regression.scales)
    return regression.intercept - coefficients @ np.array(regression.means), coefficients


def test_the_coefficients_that_made_the_labels_are_found():
    seen, same = made_up(100_000, intercept=-1.0, coefficients=[1.5, -0.3, 2.0])
    intercept, coefficients = unscaled(fitting.fit(FEATURES, seen, same))
    assert intercept == pytest.approx(-1.0, abs=0.15)
    assert coefficients == pytest.approx([1.5, -0.3, 2.0], abs=0.15)


def test_probabilities_of_rows_are_those_of_each():
    seen, same = made_up(500, intercept=0.0, coefficients=[1.0, 0.1, 1.0])
    regression = fitting.fit(FEATURES, seen, same)
    each = [regression.probability(row) for row in seen.tolist()]
    assert fitting.probabilities(regression, seen) == pytest.approx(each)


def test_a_feature_that_never_changes_and_pairs_that_are_easily_told_apart_can_be_fitted():
    seen = np.array([[number, 1.0, 0.0] for number in range(-20, 20)])
    same = (seen[:, 0] > 0).astype(float)
    regression = fitting.fit(FEATURES, seen, same)
    assert np.isfinite(regression.coefficients).all()
    assert fitting.judge(same, fitting.probabilities(regression, seen)).auc == 1.0


def test_a_prior_holds_few_pairs_back_and_gives_way_to_many():
    prior = Regression(FEATURES, 0.0, (3.0, 0.0, 0.0), (0.0, 3.0, -1.0), (1.0, 5.0, 0.2))

    def first(pairs, trust):
        seen, same = made_up(pairs, intercept=0.0, coefficients=[-1.0, 0.0, 0.0])
        return fitting.fit(FEATURES, seen, same, start=prior, trust=trust).coefficients[0]

    assert first(30, trust=1_000) == pytest.approx(3.0, abs=0.2)
    assert -1.0 < first(300, trust=30) < first(100, trust=30) < first(30, trust=30) < 3.0
    assert first(50_000, trust=30) == pytest.approx(-1.0, abs=0.1)


def test_how_common_duplicates_are_is_learnt_whatever_the_prior():
    prior = Regression(FEATURES, 4.0, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    seen, same = np.zeros((200, 3)), np.array([1.0] * 20 + [0.0] * 180)
    regression = fitting.fit(FEATURES, seen, same, start=prior, trust=1_000)
    assert regression.probability([0, 0, 0]) == pytest.approx(0.1, abs=1e-3)


def test_the_means_and_scales_of_the_prior_are_kept():
    prior = Regression(FEATURES, 0.0, (1.0, 1.0, 1.0), (1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    seen, same = made_up(100, intercept=0.0, coefficients=[1.0, 0.0, 0.0])
    regression = fitting.fit(FEATURES, seen, same, start=prior, trust=10)
    assert (regression.means, regression.scales) == (prior.means, prior.scales)


def test_cross_validation_does_not_judge_by_what_was_learnt_by_heart():
    # As many features of pure chance as pairs: by heart they tell all pairs apart.
    random = np.random.default_rng(1)
    seen, same = random.normal(size=(80, 80)), np.tile([0.0, 1.0], 40)
    names = [str(number) for number in range(80)]
    by_heart = fitting.probabilities(fitting.fit(names, seen, same, trust=0.01), seen)
    held_out = fitting.cross_validated(names, seen, same, trust=0.01)
    assert fitting.judge(same, by_heart).auc > 0.95
    assert 0.3 < fitting.judge(same, held_out).auc < 0.7


def test_cross_validation_finds_the_same_every_time():
    seen, same = made_up(200, intercept=0.0, coefficients=[1.0, 0.0, 0.0])
    found = [fitting.cross_validated(FEATURES, seen, same) for _ in range(2)]
    assert np.array_equal(*found)


def test_five_pairs_are_judged_as_by_hand():
    #                 the surest first: yes, no, yes, yes, no
    same, found = np.array([1.0, 0.0, 1.0, 1.0, 0.0]), np.array([0.9, 0.8, 0.7, 0.6, 0.1])
    judged = fitting.judge(same, found)
    assert judged.pairs == 5
    # Of the 3 x 2 pairs of a duplicate and another, 0.7 and 0.6 are below 0.8.
    assert judged.auc == pytest.approx(4 / 6)
    # Precision at each duplicate: 1/1, 2/3, 3/4.
    assert judged.average_precision == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)
    # From 0.6 up: precision 3/4, recall 1.
    assert judged.best_f1 == pytest.approx(2 * 0.75 / 1.75)
    assert judged.best_f1_threshold == 0.6
    # Nine in ten are right only for the first.
    assert judged.recall_at_90_precision == pytest.approx(1 / 3)
    # Each is a bin of its own: |1 - 0.9| + |0 - 0.8| + |1 - 0.7| + |1 - 0.6| + |0 - 0.1|
    assert judged.calibration_error == pytest.approx((0.1 + 0.8 + 0.3 + 0.4 + 0.1) / 5)
    assert judged.log_loss == pytest.approx(-np.log([0.9, 0.2, 0.7, 0.6, 0.9]).mean())


def test_pairs_with_one_probability_are_taken_together():
    judged = fitting.judge(np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.5, 0.5, 0.5, 0.5]))
    assert judged.auc == 0.5
    assert judged.average_precision == 0.5
    assert (judged.best_f1, judged.best_f1_threshold) == (pytest.approx(2 / 3), 0.5)
    assert judged.recall_at_90_precision == 0.0


def test_who_knows_everything_is_judged_perfect():
    judged = fitting.judge(np.array([1.0, 0.0, 1.0, 0.0]), np.array([1.0, 0.0, 1.0, 0.0]))
    assert (judged.auc, judged.average_precision, judged.best_f1, judged.recall_at_90_precision) == (
        1,
        1,
        1,
        1,
    )
    assert judged.calibration_error == 0
    assert judged.log_loss == pytest.approx(0, abs=1e-9)


def test_what_is_taken_from_a_probability_on_includes_it():
    same, found = np.array([1.0, 0.0, 1.0, 1.0]), np.array([0.9, 0.8, 0.8, 0.1])
    assert fitting.precision_and_recall(same, found, 0.8) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert fitting.precision_and_recall(same, found, 0.81) == (1.0, pytest.approx(1 / 3))
    assert fitting.precision_and_recall(same, found, 0.91) == (1.0, 0.0)


def test_bins_of_the_calibration_are_of_one_size_from_the_least_probable_up():
    found = np.linspace(0.995, 0.005, 100)
    bins = fitting.calibration((found > 0.5).astype(float), found)
    assert [len(pairs) for pairs, _, _ in bins] == [10] * 10
    assert [said for _, said, _ in bins] == pytest.approx(np.arange(0.05, 1, 0.1))
    assert [true for _, _, true in bins] == [0.0] * 5 + [1.0] * 5


LABELLED = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0])), min_size=2, max_size=30
).filter(lambda pairs: len({same for same, _ in pairs}) == 2)


@given(LABELLED)
def test_judgements_are_those_of_their_definitions_ties_and_all(pairs):
    same, found = np.array([float(s) for s, _ in pairs]), np.array([f for _, f in pairs])
    judged = fitting.judge(same, found)
    duplicates, others = [f for s, f in pairs if s], [f for s, f in pairs if not s]
    wins = [(one > other) + (one == other) / 2 for one, other in product(duplicates, others)]
    assert judged.auc == pytest.approx(sum(wins) / len(wins))
    taken = {least: [s for s, f in pairs if f >= least] for least in set(found.tolist())}
    precision = {least: sum(some) / len(some) for least, some in taken.items()}
    recall = {least: sum(some) / len(duplicates) for least, some in taken.items()}
    area, before = 0.0, 0.0
    for least in sorted(taken, reverse=True):
        area += (recall[least] - before) * precision[least]
        before = recall[least]
    assert judged.average_precision == pytest.approx(area)
    f1 = {
        least: 2 * sum(some) / (len(some) + len(duplicates))  # of taken and wanted, both are right
        for least, some in taken.items()
    }
    assert judged.best_f1 == pytest.approx(max(f1.values()))
    assert f1[judged.best_f1_threshold] == pytest.approx(judged.best_f1)
    sure = [recall[least] for least in taken if precision[least] >= 0.9]
    assert judged.recall_at_90_precision == pytest.approx(max(sure, default=0.0))


@given(LABELLED)
def test_the_calibration_does_not_depend_on_the_order_of_the_pairs(pairs):
    def judged(some):
        return fitting.judge(np.array([float(s) for s, _ in some]), np.array([f for _, f in some]))

    one, other = judged(pairs), judged(pairs[::-1])
    assert one.calibration_error == pytest.approx(other.calibration_error)
