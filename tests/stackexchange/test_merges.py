"""Duplicate links become merges, by the verb and with its log."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from qa_site.stackexchange.models import ImportedMerge
from questions import families
from questions.models import Act, Question
from tests.stackexchange import dumps
from tests.stackexchange.dumps import answer, link, question

pytestmark = pytest.mark.django_db


def test_a_duplicate_link_merges_the_duplicate_into_the_other(tmp_path, import_it):
    posts = [question(1, "What is a qubit?"), question(2, "What are qubits?"), answer(3, 1), answer(4, 2)]
    import_it(
        dumps.write(tmp_path / "qubits", posts=posts, postlinks=[link(9, 2, 1, at="2018-05-01T10:00:00.000")])
    )
    duplicate, other = (
        Question.objects.get(text="What are qubits?"),
        Question.objects.get(text="What is a qubit?"),
    )
    assert duplicate.merged_into == duplicate.primary == other
    assert (other.wording_count, other.answer_count) == (2, 2)
    act = Act.objects.get()
    assert (act.kind, act.question, act.other, act.by) == ("merged", duplicate, other, None)
    assert act.reason == "Marked as a duplicate on qubits"
    assert act.created_at == datetime(2018, 5, 1, 10, tzinfo=UTC)
    assert ImportedMerge.objects.get().act == act


def test_links_that_merge_nothing_are_counted_with_the_reason(tmp_path, import_it):
    posts = [
        question(1, "What is a qubit?"),
        question(2, "What are qubits?"),
        question(3, "what is a qubit"),
        question(4, "And qubits?"),
        answer(5, 1),
    ]
    links = [
        link(1, 2, 1),
        link(2, 1, 2),
        link(3, 3, 1),
        link(4, 4, 99),
        link(5, 98, 4),
        link(6, 5, 4),
        link(7, 4, 1, kind=1),
        link(8, 4, 4),
    ]
    said = import_it(dumps.write(tmp_path / "qubits", posts=posts, postlinks=links))
    assert Act.objects.count() == 1
    for line in [
        "1 duplicate link, as a merge",
        "1 duplicate links: the two are one question already, through other links or merges.",
        "2 duplicate links: the two have the same wording, so they are one question already.",
        "3 duplicate links: one of the two questions is not in the dump.",
        "1 links between posts: they do not say that two questions are one.",
    ]:
        assert line in said


def test_a_chain_of_links_becomes_one_family(tmp_path, import_it):
    posts = [question(n, f"What is qubit {n}?") for n in range(1, 6)]
    links = [link(n, n, n + 1, at=f"2018-05-0{9 - n}T10:00:00.000") for n in range(1, 5)]
    import_it(dumps.write(tmp_path / "qubits", posts=posts, postlinks=links))
    assert Question.objects.primaries().get().wording_count == 5
    assert Act.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_link_between_questions_that_somebody_is_changing_waits_for_the_next_import(tmp_path, import_it):
    posts = [question(1, "What is a qubit?"), question(2, "What are qubits?")]
    import_it(dumps.write(tmp_path / "qubits", posts=posts))
    locked, done = threading.Event(), threading.Event()

    def change():
        with transaction.atomic():
            families.lock(Question.objects.get(text="What is a qubit?"))
            locked.set()
            done.wait(timeout=60)
        connection.close()

    somebody = threading.Thread(target=change)
    somebody.start()
    locked.wait(timeout=60)
    path = dumps.write(tmp_path / "qubits", posts=posts, postlinks=[link(9, 2, 1)])
    said = import_it(path)
    done.set()
    somebody.join()
    assert "1 duplicate links: other people were changing the two just then" in said
    assert not Act.objects.exists()
    assert "1 duplicate link, as a merge" in import_it(path)
    assert Act.objects.get().question.text == "What are qubits?"
