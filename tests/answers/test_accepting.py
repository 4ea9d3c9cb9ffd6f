"""The asker's mark on the answer that helped."""

import pytest

from answers import accepting, answering
from answers.models import Answer
from questions import merging

pytestmark = pytest.mark.django_db


def accepted() -> set[int]:
    return set(Answer.objects.filter(is_accepted=True).values_list("pk", flat=True))


def test_one_answer_of_a_home_at_a_time(ask):
    question = ask("How do tides work?")
    moon, sun = (answering.answer(question, text) for text in ("The moon.", "The sun."))
    accepting.accept(moon)
    accepting.accept(sun)
    assert accepted() == {sun.pk}
    accepting.take_back(moon)
    assert accepted() == {sun.pk}
    accepting.take_back(sun)
    assert accepted() == set()


def test_the_marks_of_both_askers_stand_when_their_questions_are_merged_and_part(ask, moderator):
    question, other = ask("How do tides work?"), ask("Why does the sea rise?")
    moon, pull = answering.answer(question, "The moon."), answering.answer(other, "The moon pulls.")
    for answer in (moon, pull):
        accepting.accept(answer)
    merging.merge(other, into=question, by=moderator)
    assert accepted() == {moon.pk, pull.pk}
    accepting.accept(answering.answer(other, "Gravity."))
    merging.unmerge(other, by=moderator)
    assert moon.pk in accepted()
    assert pull.pk not in accepted()
