"""What makes a merge preview stale, and what does not."""

import pytest

from answers import answering, commenting, usefulness
from answers import moderation as answer_moderation
from questions import asking, families, following, merging, moderation
from questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ask, asker):
    """Two families: the one with two alternates and two answers, the other a wording alone."""
    a, b = ask("How do tides work?", by=asker), ask("Why does the sea rise?", by=asker)
    for text in ("What makes tides?", "What are tides?"):
        merging.add_alternate(text, to=a, by=asker)
    for text in ("Because of the moon.", "The sun helps, too."):
        answering.answer(a, text, by=asker)
    return a, b


def alternate(question):
    return question.family.exclude(pk=question.pk).order_by("pk")[0]


def first_answer(question):
    return question.answers.order_by("pk")[0]


def hang_elsewhere(question):
    """Put one alternate below the other; the family has the same wordings and numbers."""
    first, second = question.family.exclude(pk=question.pk).order_by("pk")
    merging.unmerge(second, by=None)
    merging.merge(second, into=first, by=None)


STALE = {
    "an answer": lambda a, b: answering.answer(b, "The wind."),
    "an answer edited": lambda a, b: answering.edit(first_answer(a), "The moon, mostly.", by=a.author),
    "an answer hidden": lambda a, b: answer_moderation.hide(first_answer(a), by=None),
    "an answer found useful": lambda a, b: usefulness.mark(first_answer(a), by=a.author),
    "a wording added": lambda a, b: merging.add_alternate("What lifts the sea?", to=b, by=None),
    "a wording hidden": lambda a, b: moderation.hide(alternate(a), by=None),
    "a wording reworded": lambda a, b: merging.reword(b, "Why do the seas rise?", by=None),
    "a wording split off": lambda a, b: merging.unmerge(alternate(a), by=None),
    "a wording hung elsewhere": lambda a, b: hang_elsewhere(a),
    "another primary": lambda a, b: merging.promote(alternate(a), by=None),
}

NOT_STALE = {
    "a comment": lambda a, b: commenting.comment(first_answer(a), "A comment.", by=a.author),
    "a follower": lambda a, b: following.follow(b, by=a.author),
    "a tag": lambda a, b: b.tags.add("sea"),
    "other details": lambda a, b: asking.edit_details(b, "In the North Sea.", by=a.author),
    "an answer elsewhere": lambda a, b: answering.answer(asking.ask("Why is water wet?"), "It is not."),
}


def version_of(*questions):
    return families.version(*Question.objects.filter(pk__in=[question.pk for question in questions]))


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_a_preview_is_stale_after(pair, change):
    seen = version_of(*pair)
    change(*pair)
    assert version_of(*pair) != seen


@pytest.mark.parametrize("change", NOT_STALE.values(), ids=NOT_STALE)
def test_a_preview_is_not_stale_after(pair, change):
    seen = version_of(*pair)
    change(*pair)
    assert version_of(*pair) == seen


def test_a_preview_turned_round_is_as_fresh_as_before(pair):
    a, b = pair
    assert families.version(a, b) == families.version(b, a)
