"""The measures of the matcher are those of their definitions, and measuring leaves nothing behind."""

import json
import math
import os
import re
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings as site_settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection

from questions import asking
from questions.duplicates import evaluation, matching
from questions.models import Question

beside_the_tests_database = pytest.mark.django_db(transaction=True)

FILES = {
    "corpus.tsv": (
        "a\tWhy do cats purr?\n"
        "b\tWhat makes a cat purr?\n"
        "c\tDogs bark loudly.\n"
        "d\tWhat makes a dog bark at cats?\n"
        "e\tHow is glass blown?\n"
    ),
    "queries.tsv": "a\tWhy do cats purr?\nq\tdogs that bark\nn\tzzz\n",
    "qrels.tsv": "a\tb\t1\na\ta\t1\nq\td\t1\nq\te\t1\nq\tc\t0\nn\te\t1\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def databases():
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def evaluate(*arguments):
    out = StringIO()
    call_command("evaluate_duplicates", *arguments, stdout=out)
    return out.getvalue()


@beside_the_tests_database
def test_a_small_set_is_measured_as_by_hand(folder, with_model):
    figures = {row["halves"]: row for row in json.loads(evaluate(folder, "--json"))}
    assert list(figures) == ["words only", "meaning only", "both"]
    words = figures["words only"]
    assert words["queries"] == 3
    # What purrs: b first, being the only other. What barks: c and then d, which has more other words; e not at
    # all. For zzz there is nothing.
    assert words["p_at_1"] == pytest.approx(1 / 3)
    assert words["mrr_at_10"] == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert words["r_at_10"] == pytest.approx((1 + 1 / 2 + 0) / 3)
    gain, best = 1 / math.log2(3), 1 + 1 / math.log2(3)
    assert words["ndcg_at_10"] == pytest.approx((1 + gain / best + 0) / 3)
    assert 0 < words["p50_ms"] <= words["p95_ms"]
    # By meaning everything is found sooner or later, of five.
    assert figures["both"]["r_at_10"] == figures["meaning only"]["r_at_10"] == 1
    assert f"qa_site_evaluation_{os.getpid()}" not in databases()


@beside_the_tests_database
def test_the_sites_own_questions_are_neither_measured_nor_touched(folder, with_model):
    question = asking.ask("Why do cats purr?")
    kinds = {kind.pk: kind.model for kind in ContentType.objects.all()}
    lines = evaluate(folder).splitlines()
    assert lines[0] == "5 texts, 3 queries"
    assert lines[1].split() == ["P@1", "MRR@10", "R@10", "nDCG@10", "p50", "ms", "p95", "ms"]
    assert [line[:14].strip() for line in lines[2:]] == ["words only", "meaning only", "both"]
    assert lines[2].split()[2:4] == ["0.333", "0.500"]
    assert list(Question.objects.all()) == [question]
    assert {pk: ContentType.objects.get_for_id(pk).model for pk in kinds} == kinds


@beside_the_tests_database
def test_an_interrupted_run_leaves_no_database_behind_and_replaces_what_a_killed_one_left():
    own = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("CREATE DATABASE qa_site_left TEMPLATE template0")
    with pytest.raises(KeyboardInterrupt), evaluation.temporary_database("qa_site_left"):  # noqa: PT012
        assert connection.settings_dict["NAME"] == "qa_site_left"
        asking.ask("Why do cats purr?")
        raise KeyboardInterrupt
    assert "qa_site_left" not in databases()
    assert connection.settings_dict["NAME"] == own
    assert Question.objects.count() == 0


@beside_the_tests_database
def test_ctrl_c_while_the_tables_are_made_drops_the_database(folder):
    program = f"""
import os, signal, sys, threading
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.EMBEDDED_POSTGRES_DIR = Path({str(site_settings.EMBEDDED_POSTGRES_DIR)!r})
from django.db import connection
from django.core.management.commands import migrate
from questions.duplicates import evaluation
from django.db.models.signals import pre_migrate
def interrupt(**_):
    print("interrupting", connection.settings_dict["NAME"], flush=True)
    os.kill(os.getpid(), signal.SIGINT)
pre_migrate.connect(interrupt)
with evaluation.temporary_database("qa_site_ctrl_c"):
    print("not interrupted")
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert "interrupting qa_site_ctrl_c\n" in done.stdout
    assert "not interrupted" not in done.stdout
    assert done.returncode == -signal.SIGINT
    assert "KeyboardInterrupt" in done.stderr
    assert "qa_site_ctrl_c" not in databases()


def test_without_the_model_no_database_is_made(folder, without_model):
    with pytest.raises(CommandError, match=r"is missing\. Install the weights"):
        evaluate(folder)


@beside_the_tests_database
def test_families_that_are_loaded_are_families(with_model):
    corpus = {
        "purr": "Why do cats purr?",
        "bark": "Why do dogs bark?",
        "hum": "What makes cats hum?",
        "PURR": "why do cats PURR",
    }
    with evaluation.temporary_database("qa_site_families"):
        ids = evaluation.load(corpus, merged_into={"hum": "purr"})
        [match] = matching.similar("What makes cats hum?", limit=1)
        assert (match.primary.pk, match.wording.pk) == (ids["purr"], ids["hum"])
        assert Question.objects.primaries().count() == 3


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.tsv", None, r"corpus\.tsv cannot be read: No such file or directory\."),
        ("queries.tsv", "a\tb\tc\n", r"queries\.tsv, line 1: 2 columns between tabs are wanted, not 3\."),
        ("queries.tsv", "a\tb\n\n", r"queries\.tsv, line 2: 2 columns between tabs are wanted, not 1\."),
        ("corpus.tsv", b"a\tb\nc\t\xff\n", r"corpus\.tsv, line 2: this is not UTF-8\."),
        ("corpus.tsv", FILES["corpus.tsv"].encode("utf-16"), r"corpus\.tsv, line 1: this is not UTF-8\."),
        ("qrels.tsv", None, r"qrels\.tsv cannot be read: No such file or directory\."),
        ("qrels.tsv", "", r"qrels\.tsv names no text for any query, so there is nothing to measure\."),
        ("qrels.tsv", "a\tb\t0\na\ta\t1\n", r"qrels\.tsv names no text for any query, .*\."),
        ("qrels.tsv", "a\tb\t1\na\tx\t1\n", r"qrels\.tsv, line 2: “x” is not in corpus\.tsv\."),
        ("qrels.tsv", "x\tb\t1\n", r"qrels\.tsv, line 1: “x” is not in queries\.tsv\."),
        ("qrels.tsv", "a\tb\tyes\n", r"qrels\.tsv, line 1: the last column is “yes”; it is 0 or 1\."),
    ],
)
def test_files_that_are_no_set_are_refused_with_a_sentence_before_any_database_is_made(
    folder, file, content, said
):
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CommandError, match=rf"^{re.escape(str(folder))}/{said}$"):
        evaluate(folder)


def test_a_folder_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(
        CommandError, match=r"nowhere/corpus\.tsv cannot be read: No such file or directory\.$"
    ):
        evaluate(tmp_path / "nowhere")


def test_lines_of_windows_and_a_mark_at_the_beginning_are_read(folder):
    for name, content in FILES.items():
        (folder / name).write_bytes(b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode())
    assert evaluation.read(folder).queries["q"] == "dogs that bark"
    assert evaluation.read(folder).relevant == {"a": {"b"}, "q": {"d", "e"}, "n": {"e"}}
