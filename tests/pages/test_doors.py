"""Who gets in where: every address of the site is walked, so that a new one without a decision fails here."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from answers import answering, proposing
from answers.models import CopiedPassage
from questions import merging
from questions.models import Act, DuplicateCandidate, SuggestedAlternate
from questions.wording import RESERVED_SLUGS

pytestmark = pytest.mark.django_db

# What a guest may post to. Everything else refuses a guest; see the permission tables for who may.
PUBLIC_POSTS = {"ask", "write-answer", "useful", "report-question", "report-answer", "preview"} | {
    "same-question",
    "suggest-merge",
    "arrived",
}

# What a member without any further permission may post to, besides the above, on somebody else's things.
MEMBERS_POSTS = {"add-alternate", "follow", "edit-answer"}

# What only who asked the question may post to.
ASKERS_POSTS = {"accept-answer"}

# Pages that only show something; a POST to them is answered with 405 to everybody.
READ_ONLY = {
    "home", "home-active", "home-unanswered", "home-useful", "tags", "tag", "complete-tags", "merges", "search",
    "user", "question", "question-by-number", "question-history", "answer", "answer-history", "choose-target",
    "review-duplicates", "review-wordings", "review-edits", "review-copies", "similar", "alternates",
    "alternates-arrivals", "compare-texts",
}  # fmt: skip


def patterns() -> dict[str, str]:
    """The site's own addresses by name, as routes. Those of allauth and of the admin are theirs to test."""
    found = {}

    def walk(resolver, prefix):
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                if not route.startswith(("accounts/", "admin/")):
                    walk(pattern, route)
            elif isinstance(pattern, URLPattern):
                found[pattern.name] = route

    walk(get_resolver(), "")
    return found


ROUTES = patterns()
CHANGING = sorted(set(ROUTES) - READ_ONLY)


def test_the_walk_finds_the_site():
    assert len(ROUTES) > 30
    assert set(ROUTES) >= PUBLIC_POSTS | MEMBERS_POSTS | ASKERS_POSTS | READ_ONLY


def test_no_word_of_an_address_can_be_a_slug():
    for route in ROUTES.values():
        if route.startswith("questions/<int:pk>/") and "<str:slug>" not in route:
            word = route.removeprefix("questions/<int:pk>/").split("/")[0]
            assert not word or word in RESERVED_SLUGS, route


@pytest.fixture
def addresses(ask, asker, stranger, moderator):
    """A real address for every name, leading to things of the asker that could be acted upon."""
    question, other, merged = (ask(f"Question {letter}?", by=asker, tags=["c++"]) for letter in "abc")
    act = merging.merge(merged, into=other, by=moderator)
    answer = answering.answer(question, "An answer.", by=asker)
    other_answer = answering.answer(question, "Another answer.", by=asker)
    proposal = proposing.propose(answer, "A better answer.", by=moderator, base=answer.revisions.get())
    copied = CopiedPassage.objects.create(
        answer=other_answer, source=answer, word_count=8, share=0.5, found_at=act.created_at
    )
    candidate = DuplicateCandidate.objects.create(
        source=question, target=other, suggested_by=asker, created_at=act.created_at
    )
    suggested = SuggestedAlternate.objects.create(
        text="Question d?", key="question d", question=question, created_at=act.created_at
    )
    numbers = {
        "undo": act.pk,
        "review-edit": proposal.pk,
        "settle-copy": copied.pk,
        "reconsider-copy": copied.pk,
        "review-pair": candidate.pk,
        "review-claim": candidate.pk,
        "review-wording": suggested.pk,
        "reconsider-wording": suggested.pk,
        "user": asker.pk,
        "split": merged.pk,
        "promote": merged.pk,
    }

    def address(name: str) -> str:
        pk = numbers.get(name, answer.pk if "answers/<int:pk>" in ROUTES[name] else question.pk)
        filled = (
            ROUTES[name]
            .replace("<int:pk>", str(pk))
            .replace("<int:number>", "1")
            .replace("<int:into>", str(other_answer.pk if "answers/" in ROUTES[name] else other.pk))
            .replace("<str:name>", "c%2B%2B")
            .replace("<str:slug>", question.slug)
        )
        assert "<" not in filled
        return f"/{filled}"

    return address


@pytest.mark.parametrize("name", CHANGING)
def test_a_guest_changes_nothing_but_what_is_public(addresses, as_guest, name):
    acts = Act.objects.count()
    status = as_guest.post(addresses(name), {"text": "A new wording?"}).status_code
    if name in PUBLIC_POSTS:
        assert status in (200, 204, 302, 303, 409, 422)
    else:
        assert status == 403
    assert Act.objects.count() == acts


@pytest.mark.parametrize("name", CHANGING)
def test_a_member_changes_nothing_of_others_but_what_is_for_members(addresses, as_stranger, name):
    status = as_stranger.post(addresses(name), {"text": "A new wording?"}).status_code
    if name in PUBLIC_POSTS | MEMBERS_POSTS:
        assert status in (200, 204, 302, 303, 409, 422)
    else:
        assert status == 403


@pytest.mark.parametrize("name", sorted(set(CHANGING) - ASKERS_POSTS))
@pytest.mark.parametrize("who", ["as_moderator", "as_admin"])
def test_moderators_and_admins_are_refused_nothing(request, addresses, name, who):
    status = request.getfixturevalue(who).post(addresses(name), {"text": "A new wording?"}).status_code
    assert status in (200, 204, 302, 303, 409, 422)


@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_a_post_to_a_page_that_only_shows_is_a_405_with_a_page(addresses, as_moderator, name):
    response = as_moderator.post(addresses(name))
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert "That is not how this address is used" in response.content.decode()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_get_by_anybody_changes_anything(
    addresses, as_guest, as_stranger, as_asker, as_moderator, as_admin, name
):
    address = addresses(name)
    with transaction.atomic(), connection.cursor() as cursor:
        # PostgreSQL itself refuses every change from here, until the rollback.
        cursor.execute("SET LOCAL transaction_read_only = on")
        for client in (as_guest, as_stranger, as_asker, as_moderator, as_admin):
            status = client.get(address).status_code
            assert status in (200, 301, 302, 405) or (status == 403 and client is not as_admin)
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", ["as_guest", "as_asker", "as_admin"])
def test_templates_run_no_queries(request, addresses, who):
    client, rendering = request.getfixturevalue(who), []

    def note_where_it_begins(context, **_):
        if not rendering:
            # The header of every page asks who is reading, and what they may do.
            context["user"].get_all_permissions()
            rendering.append(len(queries))

    offenders = {}
    template_rendered.connect(note_where_it_begins)
    try:
        for name in ROUTES:
            rendering.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(addresses(name))
            if rendering and (late := queries.captured_queries[rendering[0] :]):
                offenders[name] = [query["sql"] for query in late]
    finally:
        template_rendered.disconnect(note_where_it_begins)
    assert offenders == {}


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if "<int:pk>" in route])
def test_a_number_that_leads_to_nothing_is_a_404(as_admin, name):
    address = "/" + ROUTES[name].replace("<str:slug>", "x")
    for parameter in ("<int:pk>", "<int:into>", "<int:number>"):
        address = address.replace(parameter, "987654321")
    response = as_admin.get(address)
    if response.status_code == 405:
        response = as_admin.post(address)
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


@pytest.mark.parametrize("name", CHANGING)
def test_every_post_wants_a_token(addresses, moderator, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post(addresses(name), {"text": "What I typed, all of it"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Please send that once more" in page
    assert "What I typed, all of it" in page


def test_alternates_added_by_members_can_be_split_off_by_moderators_only(as_stranger, as_asker, ask, asker):
    alternate = merging.add_alternate("Question b?", to=ask("Question a?"), by=asker).question
    for client in (as_stranger, as_asker):
        assert client.post(f"/questions/{alternate.pk}/split/").status_code == 403
