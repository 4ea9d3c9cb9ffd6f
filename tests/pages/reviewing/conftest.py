"""Pairs for the review queue, who reviews them, and what they do there."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qa_site.accounts.groups import MODERATORS
from qa_site.accounts.models import User
from questions.models import DuplicateCandidate, Question
from tests.pages.conftest import signed_in

OVERVIEW = "/review/duplicates/"


@pytest.fixture
def as_colleague(db) -> Client:
    user = User.objects.create_user("colleague@example.org", name="Noor")
    user.groups.add(Group.objects.get(name=MODERATORS))
    return signed_in(user)


@pytest.fixture
def as_reviewer(db) -> Client:
    """Somebody who may decide about pairs, and neither merge nor see what is hidden."""
    user = User.objects.create_user("reviewer@example.org", name="Rui")
    user.user_permissions.add(Permission.objects.get(codename="decide_duplicatecandidate"))
    return signed_in(user)


@pytest.fixture
def file(ask):
    def file(source="How do I bake bread?", target="How can one bake a loaf?", *, confidence=0.876):
        return DuplicateCandidate.objects.create(
            source=source if isinstance(source, Question) else ask(source),
            target=target if isinstance(target, Question) else ask(target),
            origin="mined",
            confidence=confidence,
            created_at=timezone.now(),
        )

    return file


@pytest.fixture
def pair(file) -> DuplicateCandidate:
    return file()


def page_of(pair) -> str:
    return reverse("review-pair", args=[pair.pk])


def claimed(client, pair):
    """Claim the pair and return its page."""
    return client.post(reverse("review-claim", args=[pair.pk]), follow=True)


def decide(client, pair, decision, **fields):
    version = client.get(page_of(pair)).context["version"]
    return client.post(page_of(pair), {"decision": decision, "version": version, **fields})


def text(response) -> str:
    return response.content.decode()
