"""Numbers are recounted from what is there, whatever happened on the way."""

import io

import pytest
from django.core.management import CommandError, call_command

from answers import answering, moderation, usefulness
from answers.models import Answer
from questions import merging
from questions.models import HomeTally, Question

pytestmark = pytest.mark.django_db


def numbers(question):
    return Question.objects.values_list("answer_count", "useful_count", "lead").get(pk=question.pk)


def test_a_question_counts_its_answers_marks_and_shows_the_best_ones_lead(ask, stranger):
    question = ask("Question a?")
    answering.answer(question, "First.")
    second = answering.answer(question, "Second.")
    assert numbers(question) == (2, 0, "First.")
    usefulness.mark(second, by=stranger)
    assert numbers(question) == (2, 1, "Second.")
    usefulness.unmark(second, by=stranger)
    assert numbers(question) == (2, 0, "First.")


def test_marks_from_elsewhere_and_from_here_add_up(ask, stranger):
    answer = answering.answer(ask("Question a?"), "First.", useful_elsewhere=68)
    usefulness.mark(answer, by=stranger)
    answer.refresh_from_db()
    assert answer.useful_count == 69


def test_answers_at_an_alternate_count_for_the_primary(ask, moderator):
    question = ask("Question a?")
    alternate = merging.add_alternate("Question b?", to=question, by=moderator).question
    answering.answer(alternate, "First.")
    assert numbers(question) == (1, 0, "First.")


def test_a_hidden_answer_does_not_count(ask, moderator):
    question = ask("Question a?")
    moderation.hide(answering.answer(question, "First."), by=moderator)
    assert numbers(question) == (0, 0, "")


def test_an_edit_renews_the_lead_and_the_day_of_the_last_activity(ask, asker):
    question = ask("Question a?")
    answer = answering.answer(question, "First.")
    question.refresh_from_db()
    assert question.last_activity_at == answer.created_at
    answering.edit(answer, "Better.", by=asker)
    assert numbers(question) == (1, 0, "Better.")
    question.refresh_from_db()
    answer.refresh_from_db()
    assert question.last_activity_at == answer.edited_at > answer.created_at


def check() -> str:
    out = io.StringIO()
    try:
        call_command("check_families", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}\n{error}"
    return out.getvalue()


def test_the_check_is_content_with_a_site_that_was_used(ask, moderator, stranger):
    a, b = ask("Question a?"), ask("Question b?")
    usefulness.mark(answering.answer(a, "First."), by=stranger)
    merging.merge(a, into=b, by=moderator)
    report = check()
    assert "2 wordings in 1 family, 1 of them an alternate." in report
    assert "FAILED" not in report


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda q: Question.objects.filter(pk=q.pk).update(answer_count=7), "numbers of every primary"),
        (lambda q: Answer.objects.update(useful_count=7), "marks of every answer"),
        (lambda q: Answer.objects.update(text="changed behind its back"), "newest revision"),
        (lambda q: HomeTally.objects.update(answer_count=7), "tallied at every home"),
        (lambda q: q.index.delete(), "words that are searched"),
    ],
)
def test_the_check_finds_what_somebody_changed_by_hand(ask, damage, sentence):
    question = ask("Question a?")
    answering.answer(question, "First.")
    damage(question)
    report = check()
    failed = [line for line in report.splitlines() if "FAILED" in line]
    assert any(sentence in line for line in failed)
    assert "checks failed" in report


def test_the_check_finds_a_circle_and_a_merge_that_the_log_knows_and_the_edges_do_not(ask, moderator):
    from django.db import connection

    a, b, c = (ask(f"Question {letter}?") for letter in "abc")
    merging.merge(a, into=c, by=moderator)
    merging.merge(b, into=c, by=moderator)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # As a damaged restore might leave it: behind the triggers' back.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE questions_question SET merged_into_id = %s WHERE id = %s", [b.pk, a.pk])
        cursor.execute("UPDATE questions_question SET merged_into_id = %s WHERE id = %s", [a.pk, b.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    report = check()
    assert "FAILED  The way up from every wording" in report
    assert "FAILED  A merge that stands in the log" in report


def test_among_equals_the_lead_is_that_of_the_answer_that_stands_first_on_the_page(ask, moderator):
    from datetime import UTC, datetime

    older, younger = ask("Question a?"), ask("Question b?")
    answering.answer(older, "Written later.", at=datetime(2026, 2, 1, tzinfo=UTC))
    answering.answer(younger, "Written first.", at=datetime(2026, 1, 1, tzinfo=UTC))
    merging.merge(older, into=younger, by=moderator)
    assert numbers(younger) == (2, 0, "Written first.")
