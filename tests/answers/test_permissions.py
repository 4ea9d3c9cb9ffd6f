"""Who edits an answer at once, who proposes, and what protecting changes."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from answers import answering, moderation, usefulness
from answers.models import Answer, EditProposal
from answers.permissions import may
from qa_site.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(ask, asker) -> Answer:
    return answering.answer(ask("How do tides work?", by=asker), "The moon.", by=asker)


def anew(user: User) -> User:
    """The person as the next request finds them."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("editors", "newcomer", "trusted"),
    [("members", True, True), ("trusted", False, True), ("moderators", False, False)],
)
def test_the_setting_says_who_edits_the_answers_of_others(
    answer, stranger, moderator, settings, editors, newcomer, trusted
):
    settings.EDITORS = editors
    assert may(anew(stranger), "edit", answer) == newcomer
    settings.TRUSTED_FROM = 0
    assert may(anew(stranger), "edit", answer) == trusted
    assert may(moderator, "edit", answer)
    assert may(answer.author, "edit", answer)
    assert not may(AnonymousUser(), "edit", answer)
    assert not may(AnonymousUser(), "propose an edit", answer)


def test_a_member_is_trusted_once_enough_of_their_work_was_welcome(ask, answer, stranger, asker, settings):
    settings.TRUSTED_FROM = 1
    own = answering.answer(ask("Why is the sea salt?"), "Rivers bring it.", by=stranger)
    usefulness.mark(own, by=stranger)
    assert not may(anew(stranger), "edit", answer)  # finding oneself useful does not count
    for _ in range(3):
        usefulness.mark(own, guest=uuid4())
    assert not may(anew(stranger), "edit", answer)  # nor does it as a guest
    usefulness.mark(own, by=asker)
    assert may(anew(stranger), "edit", answer)
    settings.TRUSTED_FROM = 2
    assert not may(anew(stranger), "edit", answer)
    EditProposal.objects.create(
        answer=answer,
        base=answer.revisions.get(),
        text="The sun.",
        author=stranger,
        created_at=timezone.now(),
        state="accepted",
        decided_at=timezone.now(),
    )
    assert may(anew(stranger), "edit", answer)


def test_a_protected_answer_is_edited_by_moderators_alone(answer, stranger, moderator, settings):
    settings.EDITORS = "members"
    moderation.protect(answer, by=moderator)
    answer.refresh_from_db()
    assert may(moderator, "edit", answer)
    for member in (answer.author, stranger):
        assert not may(member, "edit", answer)
        assert may(member, "propose an edit", answer)
    moderation.unprotect(answer, by=moderator)
    answer.refresh_from_db()
    assert may(answer.author, "edit", answer)


def test_only_who_asked_may_say_which_answer_helped(answer, asker, stranger, moderator):
    assert may(asker, "accept", answer)
    for other in (stranger, moderator, AnonymousUser()):
        assert not may(other, "accept", answer)
