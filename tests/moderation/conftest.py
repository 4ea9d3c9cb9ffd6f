"""Texts that wait for a moderator, and browsing as each of the people."""

import pytest
from django.test import Client

from answers import answering, commenting
from door.admitting import Admission
from qa_site.accounts.models import User
from tests.pages.conftest import as_admin, as_asker, as_guest, as_moderator, as_stranger, signed_in

__all__ = ["as_admin", "as_asker", "as_guest", "as_moderator", "as_stranger"]

HELD = Admission(is_held=True, reasons=("By a guest.",))


def name_of_queue(thing) -> str:
    return f"{type(thing)._meta.model_name}s"


def state_of(thing) -> str:
    thing.refresh_from_db()
    return thing.state


@pytest.fixture
def question(ask, asker):
    return ask("How do bees find their way?", by=asker)


@pytest.fixture
def comment(question):
    return commenting.comment(question, "I wonder too.", guest_name="Ben", admission=HELD)


@pytest.fixture
def answer(question):
    return answering.answer(question, "By the sun.", guest_name="Ben", admission=HELD)


@pytest.fixture
def held_question(ask):
    return ask("Why is honey sweet?", guest_name="Ben", admission=HELD)


@pytest.fixture(params=["comment", "answer", "held_question"])
def held(request):
    """A text that waits, of each kind."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def several(question):
    """Five comments that wait: three with a score, two that nobody could judge."""
    return [
        commenting.comment(
            question,
            f"Comment {number}",
            guest_name="Ben",
            admission=Admission(is_held=True, reasons=("By a guest.",), spam_score=score),
        )
        for number, score in enumerate([0.9, 0.1, None, 0.6, None])
    ]


@pytest.fixture
def as_second_moderator(second_moderator) -> Client:
    return signed_in(second_moderator)


@pytest.fixture
def second_moderator(moderator):
    other = User.objects.create_user("second@example.org", name="Olu")
    other.groups.set(moderator.groups.all())
    return other
