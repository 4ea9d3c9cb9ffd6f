"""Labelled pairs are read, looked at, and judged, without any database."""

import json
import re
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from questions.duplicates import confidence, pairs
from questions.duplicates.evaluation import SetError

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DUPLICATES = [(f"How do I boil {number} eggs?", f"How to boil {number} eggs") for number in NUMBERS]
OTHERS = [
    (f"How do I boil {number} eggs?", f"Why are there {number} lions in the zoo?") for number in NUMBERS
]


@pytest.fixture
def file(tmp_path):
    lines = [
        f"1\t{one}\t{other}\n0\t{yes}\t{no}\n"
        for (one, other), (yes, no) in zip(DUPLICATES, OTHERS, strict=True)
    ]
    (tmp_path / "pairs.tsv").write_text("".join(lines))
    return tmp_path / "pairs.tsv"


def evaluate(*arguments):
    out = StringIO()
    call_command("evaluate_pairs", *arguments, stdout=out)
    return out.getvalue()


def test_pairs_are_read_with_their_labels(file):
    assert pairs.read(file)[:2] == [(*DUPLICATES[0], True), (*OTHERS[0], False)]


def test_what_is_seen_of_pairs_is_what_confidence_sees(file, with_model):
    counts = []
    looked = pairs.look_at(pairs.read(file), counts.append)
    assert looked.features == confidence.FEATURES
    assert sum(counts) == 3 * len(NUMBERS)  # each text is embedded once
    for row, (one, other, _) in zip(looked.seen, pairs.read(file), strict=True):
        probability = confidence.regression(with_model=True).probability(row)
        assert probability == pytest.approx(confidence.confidence(one, other), abs=1e-4)
    assert looked.same.tolist() == [1.0, 0.0] * len(NUMBERS)


def test_without_the_model_words_alone_are_seen(file, without_model):
    looked = pairs.look_at(pairs.read(file))
    assert looked.features == confidence.WITHOUT_MODEL
    expected = [confidence.features(one, other, None) for one, other, _ in pairs.read(file)]
    assert np.array_equal(looked.seen, np.array(expected))


def test_confidence_is_judged_as_it_is_and_as_the_file_would_have_it(file):
    judged = json.loads(evaluate(file, "--json"))
    assert (judged["duplicates"], judged["with_model"]) == (12, False)
    site, fitted = judged["on this site"], judged["fitted on this file"]
    assert site["pairs"] == fitted["pairs"] == 24
    assert site["auc"] == fitted["auc"] == 1.0
    # The file says that there is no doubt; the published coefficients know that there is.
    assert fitted["log_loss"] < site["log_loss"]


def test_a_file_is_not_judged_by_what_was_learnt_from_it_by_heart(tmp_path):
    # Labels by chance: whoever learnt them by heart would seem to know.
    rng = np.random.default_rng(0)
    lines = [f"{rng.integers(2)}\tIs {n} odd?\tIs {rng.integers(99)} even or {n % 7}?\n" for n in range(200)]
    (tmp_path / "pairs.tsv").write_text("".join(lines))
    assert 0.35 < json.loads(evaluate(tmp_path / "pairs.tsv", "--json"))["fitted on this file"]["auc"] < 0.65


def test_pairs_of_one_key_are_surely_the_same_whatever_the_coefficients(tmp_path):
    lines = [f"0\tIs {n} odd?\tis {n}  odd\n1\tIs {n} odd?\tIs {n} an odd number?\n" for n in range(20)]
    (tmp_path / "pairs.tsv").write_text("".join(lines))
    judged = json.loads(evaluate(tmp_path / "pairs.tsv", "--json"))
    assert judged["on this site"]["auc"] == judged["fitted on this file"]["auc"] == 0.0


def test_the_table_for_people_has_both(file):
    first, head, *rows, head_of_levels, one, other = evaluate(file).splitlines()
    assert first == "24 pairs, 12 of them duplicates; without the model"
    assert head.split() == ["confidence()", "AUC", "AP", "best", "F1", "from", "R@P90", "cal.", "error"]
    assert [row[:20].strip() for row in rows] == ["on this site", "fitted on this file"]
    assert rows[0][20:].split()[:3] == ["1.0000"] * 3
    assert head_of_levels.split()[-5:] == ["0.5", "0.6", "0.7", "0.8", "0.9"]
    # All that are taken are right, and the surer one wants to be, the fewer they are.
    shares = [float(number) for number in one[20:].split()]
    assert shares[::2] == [1.0] * 5
    assert shares[1::2] == sorted(shares[1::2], reverse=True)
    assert other.startswith("fitted on this file")


def test_with_the_model_meaning_counts_too(file, with_model):
    assert json.loads(evaluate(file, "--json"))["with_model"] is True


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, r"cannot be read: No such file or directory\."),
        (
            b"label\tq1\tq2\n1\ta\tb\n",
            r", line 1: the label is “label”; it is 0 or 1, and there is no header line\.",
        ),
        (b"1\ta\tb\n2\ta\tb\n", r", line 2: the label is “2”; it is 0 or 1, .*"),
        (b"1\ta\tb\n1\ta\n", r", line 2: 3 columns between tabs are wanted, not 2\."),
        (b"1,a,b\n", r", line 1: 3 columns between tabs are wanted, not 1\."),
        (b"1\ta\tb\n0\t\xe9t\xe9\tb\n", r", line 2: this is not UTF-8\."),
        (b"", r"needs pairs of both kinds, duplicates and others\."),
        (b"1\ta\tb\n1\tc\td\n", r"needs pairs of both kinds, duplicates and others\."),
        (b"1\ta\tb\n0\tc\td\n", r"needs at least 10 pairs of each kind, duplicates and others\."),
    ],
)
def test_a_file_that_is_none_of_pairs_is_refused_with_a_sentence(tmp_path, content, said):
    path = tmp_path / "pairs.tsv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=rf"^{re.escape(str(path))} ?{said}$"):
        evaluate(path)


def test_reading_raises_the_error_of_sets(tmp_path):
    with pytest.raises(SetError, match="cannot be read: Is a directory"):
        pairs.read(tmp_path)
