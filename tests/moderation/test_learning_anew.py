"""The command that teaches the classifier anew."""

import io

import pytest
from django.core.management import call_command

from answers import answering, moderation
from door import classifying
from door.models import SpamWord, TrainedText
from questions.models import State

pytestmark = pytest.mark.django_db


def test_only_what_moderators_decided_is_learnt_and_what_was_learnt_before_is_forgotten(
    ask, stranger, moderator
):
    question = ask("A question?", by=stranger)
    spam, fine, _unseen = (
        answering.answer(question, f"pills {word}", by=stranger) for word in ("a1", "b2", "c3")
    )
    moderation.set_state(spam, State.SPAM, by=moderator)
    moderation.set_state(fine, State.REJECTED, by=moderator)
    moderation.set_state(fine, State.APPROVED, by=moderator)
    classifying.learn("answer", 999_999, "long gone", is_spam=True)
    said = io.StringIO()
    call_command("learn_spam", stdout=said)
    assert said.getvalue().startswith("Learnt 1 texts as spam and 1 as fine.")
    assert set(TrainedText.objects.values_list("number", "is_spam")) == {(spam.pk, True), (fine.pk, False)}
    words = {word.word: (word.spam_count, word.fine_count) for word in SpamWord.objects.all()}
    assert words["pills"] == (1, 1)
    assert "gone" not in words
