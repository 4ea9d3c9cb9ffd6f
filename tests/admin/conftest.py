"""A superuser in the admin, and rows of every kind to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.admin import helpers
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from answers import answering, commenting, usefulness
from answers import moderation as answer_moderation
from answers.models import CopiedPassage, EditProposal, PassageSketch, Report
from door.models import Block, Guest, Limit, SentForm, SpamWord, TrainedText, WatchedWord
from qa_site.accounts.models import User
from qa_site.moderation.models import Appeal, DeskAct, HiddenByWave, Note, Wave
from qa_site.stackexchange.models import ImportedComment, ImportedMerge, ImportedPost, ImportedUser
from questions import asking, following, merging, moderation
from questions.models import (
    Arrivals,
    DuplicateCandidate,
    LedToAnswers,
    MiningWalk,
    Skip,
    State,
    SuggestedAlternate,
    WordingEmbedding,
)

THEN = datetime(2024, 5, 6, 12, tzinfo=UTC)


@pytest.fixture
def superuser(client: Client, admin: User) -> Client:
    """A browser in which a superuser is signed in."""
    client.force_login(admin)
    return client


@pytest.fixture
def staff(client: Client, stranger: User) -> Callable[..., Client]:
    """A browser in which somebody is signed in who may enter the admin and has these permissions."""

    def staff_with(*labels: str) -> Client:
        stranger.is_staff = True
        stranger.save(update_fields=["is_staff"])
        for label in labels:
            app, codename = label.split(".")
            stranger.user_permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=codename)
            )
        client.force_login(stranger)
        return client

    return staff_with


@pytest.fixture
def act(client: Client) -> Callable:
    """Choose an action of a list for these rows, confirm it if it asks, and return the messages."""

    def act_on(rows: list, action: str, **values: object) -> list[str]:
        data = {"action": action, helpers.ACTION_CHECKBOX_NAME: [row.pk for row in rows], "confirmed": "yes"}
        response = client.post(list_of(type(rows[0])), data | values, follow=True)
        assert response.status_code == 200
        return [str(message) for message in response.context["messages"]]

    return act_on


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(row, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


@pytest.fixture
def everything(db) -> Callable[[range], None]:
    """Write rows of every model of ours, for each number of a range."""

    def write(numbers: range) -> None:
        for number in numbers:
            _write(number)

    return write


def _write(number: int) -> None:
    user = User.objects.create_user(f"user{number}@example.org", name=f"User {number}", date_joined=THEN)
    kept = asking.ask(
        f"Which x is kept {number}?", by=user, details="First", tags=["x", f"x{number}"], at=THEN
    )
    asking.edit_details(kept, "Second", by=user)
    joined = asking.ask(f"Which x joins {number}?", by=user, at=THEN)
    merged = merging.merge(joined, into=kept, by=user, at=THEN)
    parted = merging.add_alternate(f"Which x leaves {number}?", to=kept, by=user, at=THEN).question
    merging.unmerge(parted, by=user)
    moderation.hide(parted, by=user, reason="x")
    other = asking.ask(f"Which x is other {number}?", at=THEN, guest_name="Guest")
    candidate = DuplicateCandidate.objects.create(
        source=other, target=kept, suggested_by=user, created_at=THEN
    )
    Skip.objects.create(candidate=candidate, user=user)
    SuggestedAlternate.objects.create(
        text=f"Which x is suggested {number}?",
        key=f"which x is suggested {number}",
        question=kept,
        created_at=THEN,
    )
    WordingEmbedding.objects.create(question=kept, embedding=[1.0] + [0.0] * 383)
    LedToAnswers.objects.create(day=THEN.date() + timedelta(days=number), count=1)
    Arrivals.objects.create(question=kept, day=THEN.date(), count=1)
    MiningWalk.objects.create(
        started_at=THEN, first_id=0, reached_id=number, last_id=number, threshold=0.5, found=number
    )
    following.follow(kept, by=user)
    answer = answering.answer(kept, f"This x {number}.", by=user, at=THEN)
    answering.edit(answer, f"That x {number}.", by=user)
    usefulness.mark(answer, by=user)
    proposed = answer.revisions.order_by("-number").first()
    EditProposal.objects.create(answer=answer, base=proposed, text="Another x.", author=user, created_at=THEN)
    PassageSketch.objects.update_or_create(answer=answer, defaults={"numbers": [number], "word_count": 3})
    hidden = answering.answer(joined, f"Hidden x {number}.", at=THEN)
    answer_moderation.hide(hidden, by=user)
    CopiedPassage.objects.create(answer=hidden, source=answer, word_count=8, share=0.5, found_at=THEN)
    on_answer = commenting.comment(answer, "Why x?", by=user, at=THEN)
    commenting.comment(kept, "Which x?", guest_name="Guest", at=THEN)
    Report.objects.create(question=kept, reason="spam", reporter=user, words="x", created_at=THEN)
    Report.objects.create(answer=answer, reason="other", created_at=THEN)
    answer_moderation.set_comment_state(on_answer, State.SPAM, by=user)
    Report.objects.create(comment=on_answer, reason="rude", reporter=user, words="x", created_at=THEN)
    Report.objects.create(member=user, reason="rude", created_at=THEN)
    _write_what_the_door_keeps(number, user)
    wave = Wave.objects.create(kind=Wave.Kind.PHRASE, value="x", by=user, created_at=THEN)
    HiddenByWave.objects.create(wave=wave, answer=answer, state_before=State.APPROVED)
    Appeal.objects.create(comment=on_answer, by=user, words="But x.", created_at=THEN)
    Note.objects.create(member=user, text="About x.", by=user, created_at=THEN)
    DeskAct.objects.create(
        kind="unblocked", facts={"about": "e-mail domain", "named": "x.example"}, by=user, created_at=THEN
    )
    ImportedUser.objects.create(site="x", number=number, user=user)
    ImportedPost.objects.create(site="x", number=2 * number, question=kept, score=1)
    ImportedPost.objects.create(site="x", number=2 * number + 1, answer=answer, score=1)
    ImportedComment.objects.create(site="x", number=number, comment=on_answer)
    ImportedMerge.objects.create(site="x", number=number, act=merged)


def _write_what_the_door_keeps(number: int, user: User) -> None:
    Guest.objects.create(token=uuid4(), email=f"x{number}@example.org", name="Guest x", created_at=THEN)
    Block.objects.create(user=user, until=THEN, reason="x", by=user, created_at=THEN)
    Block.objects.create(email_domain="x.example.org", until=THEN, reason="x", created_at=THEN)
    WatchedWord.objects.create(phrase=f"x{number}", action="hold", by=user, created_at=THEN)
    SpamWord.objects.create(word=f"x{number}", spam_count=1)
    TrainedText.objects.create(kind="comment", number=number, is_spam=True, words=["x"])
    Limit.objects.create(key=f"ask x{number}", empty_at=THEN)
    SentForm.objects.create(number=uuid4(), leads_to="/x/", sent_at=THEN)
