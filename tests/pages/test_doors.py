"""Who gets in where: every address of the site is walked, so that a new one without a decision fails here."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from answers import answering, commenting, proposing
from answers.models import CopiedPassage
from door import confirming
from door.models import Block, Guest, WatchedWord
from qa_site.accounts.models import User
from qa_site.moderation.models import Appeal, Wave
from questions import merging
from questions.models import DuplicateCandidate, SuggestedAlternate
from questions.wording import RESERVED_SLUGS
from tests.pages.conftest import PageClient, signed_in

pytestmark = pytest.mark.django_db

# The people: a guest; a member who wrote nothing here; the author of what is acted upon; another member, who suggested
# something about it; a moderator; an admin.
PEOPLE = ("guest", "member", "author", "other", "moderator", "admin")
EVERYBODY = set(PEOPLE)
MEMBERS = EVERYBODY - {"guest"}
MODERATORS = {"moderator", "admin"}
AUTHOR = {"author"}

# Who may post to what. Whoever does not stand here is refused with 403, and nothing is written.
MAY_POST = {
    "ask": EVERYBODY,
    "same-question": EVERYBODY,
    "write-answer": EVERYBODY,
    "preview": EVERYBODY,
    "look": EVERYBODY,
    "language": EVERYBODY,
    "close-newcomers": EVERYBODY,
    "arrived": EVERYBODY,
    "report-question": EVERYBODY,
    "report-answer": EVERYBODY,
    "report-comment": EVERYBODY,
    "report-member": EVERYBODY,
    "suggest-merge": EVERYBODY,
    "comment-on-question": EVERYBODY,
    "comment-on-answer": EVERYBODY,
    "reply": EVERYBODY,
    "confirm-guest": EVERYBODY,
    "useful": EVERYBODY - AUTHOR,
    "follow": MEMBERS,
    "add-alternate": MEMBERS,
    "edit-answer": MEMBERS,
    "accept-answer": AUTHOR,
    "edit-question": AUTHOR | MODERATORS,
    "restore-text": AUTHOR | MODERATORS,
    "review-edit": MODERATORS,
    "hide-question": MODERATORS,
    "lock-question": MODERATORS,
    "close-comments": MODERATORS,
    "merge-preview": MODERATORS,
    "split": MODERATORS,
    "promote": MODERATORS,
    "undo": MODERATORS,
    "hide-answer": MODERATORS,
    "protect-answer": MODERATORS,
    "fold-answer": MODERATORS,
    "combine-answers": MODERATORS,
    "settle-copy": MODERATORS,
    "reconsider-copy": MODERATORS,
    "review-pair": MODERATORS,
    "review-claim": MODERATORS,
    "review-next": MODERATORS,
    "review-look-again": MODERATORS,
    "review-wording": MODERATORS,
    "reconsider-wording": MODERATORS,
    "review-comments": MODERATORS,
    "review-comments-next": MODERATORS,
    "review-comments-undo": MODERATORS,
    "review-comment": MODERATORS,
    "review-questions": MODERATORS,
    "review-questions-next": MODERATORS,
    "review-questions-undo": MODERATORS,
    "review-question": MODERATORS,
    "review-answers": MODERATORS,
    "review-answers-next": MODERATORS,
    "review-answers-undo": MODERATORS,
    "review-answer": MODERATORS,
    "review-reports": MODERATORS,
    "review-reports-undo": MODERATORS,
    "review-appeal": MODERATORS,
    "appeal-comment": AUTHOR,
    "appeal-question": AUTHOR,
    "appeal-answer": AUTHOR,
    "blocks": MODERATORS,
    "lift-block": MODERATORS,
    "block-again": MODERATORS,
    "words": MODERATORS,
    "unwatch": MODERATORS,
    "watch-again": MODERATORS,
    "wave-preview": MODERATORS,
    "undo-wave": MODERATORS,
}

# Pages that only show something; a POST to them is answered with 405 to everybody.
READ_ONLY = {
    "waves",
    "home", "home-active", "home-unanswered", "home-useful", "home-followed", "tags", "tag", "complete-tags", "merges",
    "search", "user", "question", "question-by-number", "question-history", "answer", "answer-history", "choose-target",
    "review-duplicates", "review-wordings", "review-edits", "review-copies", "similar", "alternates",
    "alternates-arrivals", "compare-texts", "comment", "review", "review-appeals", "log",
    "feed", "tag-feed", "question-feed", "merges-feed", "sitemap", "sitemap-section", "robots", "question-card",
    "components", "statistics", "statistics-numbers", "keys", "script-words",
}  # fmt: skip

# Of allauth's, who may post to what: the rest is for members, and leads a guest to the sign-in.
GUESTS_ACCOUNTS = {
    "account_login", "account_signup", "account_logout", "account_reset_password", "account_reset_password_from_key",
    "account_confirm_email", "account_confirm_login_code",
}  # fmt: skip
MEMBERS_ACCOUNTS = {
    "account_email", "account_change_password", "account_set_password", "account_reauthenticate",
}  # fmt: skip
READ_ONLY_ACCOUNTS = {
    "account_inactive", "account_email_verification_sent", "account_reset_password_done",
    "account_reset_password_from_key_done",
}  # fmt: skip


def patterns(below: str = "") -> dict[str, str]:
    """The site's own addresses by name, as routes; or allauth's or the admin's, which stand below a word."""
    found = {}

    def walk(resolver, prefix):
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern, route)
            elif isinstance(pattern, URLPattern) and (
                route.startswith(below) if below else not route.startswith(("accounts/", "admin/"))
            ):
                found[pattern.name] = route

    walk(get_resolver(), "")
    return found


ROUTES = patterns()
CHANGING = sorted(set(ROUTES) - READ_ONLY)


def test_every_address_is_in_one_of_the_two_tables():
    assert set(ROUTES) == set(MAY_POST) | READ_ONLY
    assert not set(MAY_POST) & READ_ONLY


def test_no_word_of_an_address_can_be_a_slug():
    for route in ROUTES.values():
        if route.startswith("questions/<int:pk>/") and "<str:slug>" not in route:
            word = route.removeprefix("questions/<int:pk>/").split("/")[0]
            assert not word or "." in word or word in RESERVED_SLUGS, route


@pytest.fixture
def another(db) -> User:
    return User.objects.create_user("other@example.org", name="Otto")


@pytest.fixture
def addresses(ask, asker, another, moderator):
    """A real address for every name, leading to things of the asker that could be acted upon."""
    question, other, merged = (ask(f"Question {letter}?", by=asker, tags=["c++"]) for letter in "abc")
    act = merging.merge(merged, into=other, by=moderator)
    answer = answering.answer(question, "An answer.", by=asker)
    other_answer = answering.answer(question, "Another answer.", by=asker)
    proposal = proposing.propose(answer, "A better answer.", by=another, base=answer.revisions.get())
    copied = CopiedPassage.objects.create(
        answer=other_answer, source=answer, word_count=8, share=0.5, found_at=act.created_at
    )
    candidate = DuplicateCandidate.objects.create(
        source=question, target=other, suggested_by=another, created_at=act.created_at
    )
    suggested = SuggestedAlternate.objects.create(
        text="Question d?", key="question d", question=question, created_at=act.created_at
    )
    block = Block.objects.create(
        user=another, until=act.created_at, reason="?", by=moderator, created_at=act.created_at
    )
    word = WatchedWord.objects.create(
        phrase="casino", action=WatchedWord.Action.HOLD, created_at=act.created_at
    )
    comment = commenting.comment(question, "A comment.", by=asker)
    guest = Guest.objects.create(token=uuid4(), email="rosa@example.org", created_at=act.created_at)
    appeal = Appeal.objects.create(
        answer=other_answer, by=asker, words="Please look again.", created_at=act.created_at
    )
    wave = Wave.objects.create(kind=Wave.Kind.PHRASE, value="casino", created_at=act.created_at)
    numbers = {
        "undo-wave": wave.pk,
        "review-comment": comment.pk,
        "comment": comment.pk,
        "reply": comment.pk,
        "review-answer": answer.pk,
        "appeal-comment": comment.pk,
        "review-appeal": appeal.pk,
        "report-comment": comment.pk,
        "report-member": asker.pk,
        "lift-block": block.pk,
        "block-again": block.pk,
        "unwatch": word.pk,
        "watch-again": word.pk,
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
            .replace("<str:name>", "written" if name.startswith("statistics") else "c%2B%2B")
            .replace("<str:section>", "questions")
            .replace("<str:language>", "en")
            .replace("<str:slug>", question.slug)
            .replace("<str:signed>", confirming.signed(guest))
        )
        assert "<" not in filled
        return f"/{filled}" + ("?kind=phrase&value=Question" if name == "wave-preview" else "")

    return address


@pytest.fixture
def clients(stranger, asker, another, moderator, admin) -> dict[str, Client]:
    people = zip(PEOPLE[1:], (stranger, asker, another, moderator, admin), strict=True)
    return {"guest": PageClient()} | {name: signed_in(user) for name, user in people}


@pytest.mark.parametrize("name", CHANGING)
def test_everybody_gets_what_the_table_says_and_nothing_is_written_for_who_is_refused(
    addresses, clients, name
):
    address, let_in = addresses(name), set()
    for who, client in clients.items():
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            status = client.post(address, {"text": "A new wording?"}).status_code
            transaction.set_rollback(True)
        if status in (200, 204, 302, 303, 409, 422):
            let_in.add(who)
        else:
            assert status == 403, who
            assert changes_of_the_site(queries) == [], who
    assert let_in == MAY_POST[name]


def changes_of_the_site(queries) -> list[str]:
    """The statements that change something, but for how full the allowances are and which form was sent."""
    statements = [query["sql"] for query in queries.captured_queries]
    return [
        sql
        for sql in statements
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE", "WITH"))
        and not any(table in sql for table in ("door_limit", "door_sentform"))
    ]


def test_the_pages_of_an_account_want_one(as_guest):
    routes = patterns("accounts/")
    assert set(routes) == GUESTS_ACCOUNTS | MEMBERS_ACCOUNTS | READ_ONLY_ACCOUNTS
    for name in MEMBERS_ACCOUNTS:
        response = as_guest.post(f"/{routes[name]}", {"email": "new@example.org", "password1": "sesame"})
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/"), name


def test_the_admin_takes_nothing_from_who_is_no_admin(as_guest, as_asker, as_moderator, asker):
    routes = patterns("admin/")
    assert len(routes) > 50
    for name, route in routes.items():
        if name in ("login", "logout", "jsi18n") or "(?P" in route:
            continue
        address = "/" + route.replace("<path:object_id>", "1").replace("<int:content_type_id>", "1")
        for parameter in ("<id>", "<path:object_id>"):
            address = address.replace(parameter, str(asker.pk))
        for client in (as_guest, as_asker, as_moderator):
            with CaptureQueriesContext(connection) as queries:
                response = client.post(address, {"name": "New name", "post": "yes"})
            assert response.status_code in (302, 301, 403), (name, address)
            assert changes_of_the_site(queries) == [], name


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
            # The header of every page asks who is reading, and what they may do; the words for the scripts have none.
            if reader := context.get("user"):
                reader.get_all_permissions()
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
    address = "/" + ROUTES[name].replace("<str:slug>", "x").replace("<str:signed>", "x")
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
