"""How often what may be done: exact under many at once, fair between people, and said in words when it is over."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from door import limits
from door.allowances import DEFAULTS, Allowance
from door.models import Limit, SentForm
from qa_site import limited
from qa_site.accounts.models import User
from qa_site.limited import GETS, POSTS
from tests.pages.conftest import PageClient, signed_in
from tests.pages.test_doors import GUESTS_ACCOUNTS, MAY_POST, MEMBERS_ACCOUNTS, MODERATORS, ROUTES

pytestmark = pytest.mark.django_db

HERE, NEXT_DOOR, FAR = "192.0.2.1", "192.0.2.77", "198.51.100.1"
TWO = Allowance(2, 3600)


@pytest.fixture
def two(settings):
    """Two of everything in an hour."""
    settings.LIMITS = dict.fromkeys(DEFAULTS, TWO)


def report(client, question, *, address=HERE):
    return client.post(
        reverse("report-question", args=[question.pk]), {"reason": "spam"}, REMOTE_ADDR=address
    )


def let_time_pass(pause: timedelta) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE door_limit SET empty_at = empty_at - %s", [pause])


# --- Which views


def test_every_view_that_somebody_but_a_moderator_posts_to_is_limited():
    open_to_some = {name for name, who in MAY_POST.items() if who - MODERATORS}
    accounts = GUESTS_ACCOUNTS | MEMBERS_ACCOUNTS | {"admin:login", "admin:password_change"}
    assert open_to_some | accounts - {"account_logout"} == set(POSTS)


def test_every_act_of_the_table_has_a_limit_and_every_limit_an_act():
    assert set(POSTS.values()) | {act for _, act in GETS.values()} == set(DEFAULTS)
    assert set(GETS) <= set(ROUTES)


# --- What is past a limit


def test_past_a_limit_there_is_a_page_that_says_when_with_all_that_was_typed(two, as_guest, ask):
    address = reverse("write-answer", args=[ask("How do tides work?").pk])
    for text in ("One.", "Two."):
        assert as_guest.post(address, {"text": text}).status_code == 302
    response = as_guest.post(address, {"text": "The third, which I typed for an hour."})
    page = response.content.decode()
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 1800
    # In the last half hour of a day, it is tomorrow that it goes on.
    assert re.search(r"<h1>Please wait until (\d+ \w+, )?\d\d:\d\d</h1>", page)
    assert "too many answers and edits" in page
    assert "It goes on in 30 minutes" in page
    assert "The third, which I typed for an hour." in page
    # Nothing of what the form carried along unseen.
    assert re.findall(r'aria-label="(\w+)"', page.split("<main")[1].split("</main>")[0]) == ["text"]


def test_after_the_time_that_it_says_it_goes_on_and_not_before(two, as_guest, ask):
    question = ask("How do tides work?")
    for _ in range(2):
        report(as_guest, question)
    wait = int(report(as_guest, question)["Retry-After"])
    let_time_pass(timedelta(seconds=wait - 5))
    assert report(as_guest, question).status_code == 429
    let_time_pass(timedelta(seconds=5))
    assert report(as_guest, question).status_code == 302
    assert report(as_guest, question).status_code == 429


def test_being_refused_costs_nothing(two, as_guest, ask):
    question = ask("How do tides work?")
    waits = [report(as_guest, question).get("Retry-After") for _ in range(20)]
    assert waits[:2] == [None, None]
    assert 1790 < int(waits[-1]) <= 1800


def test_a_fragment_past_a_limit_is_a_notice_and_what_follows_the_typing_stays(two, as_guest, ask, asker):
    from answers import answering

    answer = answering.answer(ask("How do tides work?"), "By the moon.", by=asker)
    htmx = {"HX-Request": "true"}
    for _ in range(3):
        marked = as_guest.post(reverse("useful", args=[answer.pk]), {"useful": "yes"}, headers=htmx)
        typing = as_guest.get(reverse("similar"), {"text": "How do tides"}, headers=htmx)
    assert marked.status_code == typing.status_code == 429
    assert marked.content.startswith(b'<div class="notice"><p>That was too often.')
    assert "HX-Reswap" not in marked
    assert (typing.content, typing["HX-Reswap"]) == (b"", "none")


# --- Whose limit it is


def test_two_guests_of_one_block_share_a_limit_and_others_do_not(two, ask):
    question = ask("How do tides work?")
    assert [report(PageClient(), question, address=HERE).status_code for _ in range(2)] == [302, 302]
    assert report(PageClient(), question, address=NEXT_DOOR).status_code == 429
    assert report(PageClient(), question, address=FAR).status_code == 302


def test_members_have_limits_of_their_own_whatever_guests_or_others_there_do(two, ask, asker, stranger):
    question = ask("How do tides work?")
    for _ in range(3):
        report(PageClient(), question)
    greedy, other = signed_in(asker), signed_in(stranger)
    assert [report(greedy, question).status_code for _ in range(3)] == [302, 302, 429]
    assert [report(greedy, question, address=FAR).status_code for _ in range(2)] == [429, 429]
    assert [report(other, question).status_code for _ in range(2)] == [302, 302]


def test_all_members_of_a_block_together_have_a_wider_limit(two, ask):
    address = reverse("follow", args=[ask("How do tides work?").pk])
    people = [signed_in(User.objects.create_user(f"m{n}@example.org", name="M")) for n in range(11)]
    statuses = [person.post(address, REMOTE_ADDR=HERE).status_code for person in people for _ in range(2)]
    assert statuses == [302] * 20 + [429] * 2
    assert people[-1].post(address, REMOTE_ADDR=FAR).status_code == 302


@pytest.mark.parametrize("who", ["as_guest", "as_stranger"])
def test_one_act_leaves_the_others_alone(request, two, who, ask):
    client, question = request.getfixturevalue(who), ask("How do tides work?")
    for _ in range(3):
        report(client, question)
    assert client.get(reverse("search"), {"q": "tides"}).status_code == 200
    assert client.post(reverse("ask"), {"text": "What is the moon made of?"}).status_code == 302


def test_every_act_has_the_limit_of_its_own_name(settings, as_guest, ask):
    settings.LIMITS = {"ask": Allowance(1, 60), "report": Allowance(3, 3600)}
    question = ask("How do tides work?")
    assert [report(as_guest, question).status_code for _ in range(4)] == [302, 302, 302, 429]
    # And one without a limit goes on for ever.
    assert {as_guest.get(reverse("search"), {"q": "tides"}).status_code for _ in range(5)} == {200}


def test_searching_is_limited_and_reading_is_not(two, as_guest, ask):
    question = ask("How do tides work?")
    assert [as_guest.get(reverse("search"), {"q": "tides"}).status_code for _ in range(3)] == [200, 200, 429]
    assert {as_guest.get(question.get_absolute_url()).status_code for _ in range(5)} == {200}
    assert as_guest.get(reverse("search")).status_code == 200
    # Asking for the head alone costs the same search.
    assert as_guest.head(reverse("search"), {"q": "tides"}).status_code == 429


@pytest.mark.parametrize(
    ("view", "field"),
    [
        ("search", "q"),
        ("suggest-merge", "q"),
        ("ask", "text"),
        ("similar", "text"),
        ("complete-tags", "tags"),
    ],
)
def test_whatever_asks_for_a_search_has_a_limit(two, as_guest, ask, view, field):
    address = reverse(view, args=[ask("How do tides work?").pk] if view == "suggest-merge" else [])
    statuses = [as_guest.get(address, {field: "moon"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_moderators_work_at_the_desk_without_a_limit(two, as_moderator, ask):
    question = ask("How do tides work?")
    statuses = {
        as_moderator.post(reverse("hide-question", args=[question.pk]), {"hide": hide}).status_code
        for hide in ("yes", "no") * 5
    }
    assert statuses == {302}


def test_signing_in_is_limited_by_the_address_typed_and_where_from(two, client, settings):
    def sign_in(email, address=HERE):
        form = {"login": email, "password": "guessed"}
        return client.post(reverse("account_login"), form, REMOTE_ADDR=address).status_code

    assert [sign_in("amina@example.org") for _ in range(3)] == [200, 200, 429]
    assert sign_in("Amina@Example.org ") == 429
    assert sign_in("amina@example.org", FAR) == 200
    assert {sign_in(f"m{n}@example.org") for n in range(18)} == {200}
    assert sign_in("one-more@example.org") == 429
    assert not Limit.objects.filter(key__contains="@").exists()


def test_nobody_is_flooded_with_mails_from_many_places(two, client):
    statuses = [
        client.post(
            reverse("account_reset_password"), {"email": "amina@example.org"}, REMOTE_ADDR=f"192.0.{n}.1"
        ).status_code
        for n in range(3)
    ]
    assert statuses == [302, 302, 429]


def test_signing_up_with_one_address_from_many_places_is_counted_with_the_other_mails(two, client):
    form = {
        "name": "N",
        "email": "amina@example.org",
        "password1": "a long one 7",
        "password2": "a long one 7",
    }
    statuses = [
        client.post(reverse(view), form, REMOTE_ADDR=f"192.0.{number}.1").status_code
        for number, view in enumerate(["account_signup", "account_reset_password", "account_signup"])
    ]
    assert statuses == [302, 302, 429]


def test_an_address_that_is_not_confirmed_is_not_flooded_by_signing_in_again_and_again(
    two, client, mailoutbox
):
    user = User.objects.create_user("amina@example.org", "quiet waters 42", name="Amina")
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    form = {"login": "amina@example.org", "password": "quiet waters 42"}
    led = {
        client.post(reverse("account_login"), form, REMOTE_ADDR=f"192.0.{number}.1").url
        for number in range(5)
    }
    assert led == {reverse("account_email_verification_sent")}
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("second", [0, 1, 30, 59])
def test_the_page_names_no_minute_in_which_it_does_not_go_on_yet(rf, stranger, monkeypatch, second):
    request = rf.post(reverse("ask"))
    request.user = stranger
    now = datetime(2026, 3, 1, 12, 0, second, tzinfo=UTC)
    monkeypatch.setattr(limited.timezone, "now", lambda: now)
    page = limited.too_many(request, act="ask", seconds=120).content.decode()
    assert f"Please wait until {'12:02' if second == 0 else '12:03'}" in page


@pytest.mark.parametrize(
    ("seconds", "clock", "words"),
    [
        (1, "23:51", "in 1 second;"),
        (60, "23:51", "in 60 seconds;"),
        (61, "23:52", "in 2 minutes;"),
        (600, "2 March, 00:00", "in 10 minutes;"),
        (3700, "2 March, 00:52", "in 2 hours;"),
    ],
)
@pytest.mark.parametrize("who", ["guest", "member"])
def test_the_page_says_in_words_when_it_goes_on_and_for_whom(
    rf, stranger, monkeypatch, seconds, clock, words, who
):
    request = rf.post(reverse("ask"))
    request.user = AnonymousUser() if who == "guest" else stranger
    now = datetime(2026, 3, 1, 23, 50, tzinfo=UTC)
    monkeypatch.setattr(limited.timezone, "now", lambda: now)
    page = limited.too_many(request, act="ask", seconds=seconds).content.decode()
    assert f"Please wait until {clock}<" in page
    assert words in page
    neighbours = "from you, or from others in your network, in"
    assert f"too many questions {'from you in' if who == 'member' else neighbours} a short time" in page


# --- Many at once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [("a",), ("a", "b")])
def test_of_twice_as_many_at_the_same_moment_exactly_the_allowed_get_in(keys):
    allowed, threads = 12, 8
    barrier = threading.Barrier(threads)
    wanted = {key: Allowance(allowed * (1 + 9 * n), 3600) for n, key in enumerate(keys)}

    def take(_):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            return [limits.take(wanted) for _ in range(2 * allowed // threads)]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        waits = [wait for some in pool.map(take, range(threads)) for wait in some]
    assert len(waits) == 2 * allowed
    assert waits.count(0) == allowed
    assert all(290 < wait <= 300 for wait in waits if wait)


@pytest.mark.django_db(transaction=True)
def test_who_is_refused_at_the_same_moment_takes_nothing_from_the_wider_allowance():
    threads, rounds = 6, 8
    barrier = threading.Barrier(threads)
    narrow, wide = Allowance(1, 3600), Allowance(10, 3600)

    def take(_):
        try:
            connection.ensure_connection()
            waits = []
            # The keys are new each time, so that everybody brings them at once.
            for number in range(rounds):
                barrier.wait(timeout=60)
                waits.append(limits.take({f"narrow {number}": narrow, f"wide {number}": wide}))
            return waits
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        waits = list(pool.map(take, range(threads)))
    assert [sum(wait == 0 for wait in at_once) for at_once in zip(*waits, strict=True)] == [1] * rounds
    # Nine of ten are left.
    for number in range(rounds):
        left = [limits.take({f"wide {number}": wide}) == 0 for _ in range(10)]
        assert left == [True] * 9 + [False]


def test_an_allowance_that_refuses_takes_nothing_from_the_other():
    narrow, wide = Allowance(1, 3600), Allowance(3, 3600)
    assert limits.take({"narrow": narrow, "wide": wide}) == 0
    for _ in range(5):
        assert limits.take({"narrow": narrow, "wide": wide}) > 0
    assert [limits.take({"wide": wide}) > 0 for _ in range(3)] == [False, False, True]


def test_nobody_saves_up_by_doing_nothing():
    assert limits.take({"a": TWO}) == 0
    let_time_pass(timedelta(days=30))
    assert [limits.take({"a": TWO}) > 0 for _ in range(3)] == [False, False, True]


def test_who_is_refused_by_two_allowances_waits_for_the_slower():
    wanted = {"minute": Allowance(1, 60), "hour": Allowance(1, 3600)}
    assert limits.take(wanted) == 0
    assert 3590 < limits.take(wanted) <= 3600


# --- Keeping house


def test_rows_that_say_nothing_any_more_are_swept(two, as_guest, ask):
    report(as_guest, ask("How do tides work?"))
    assert limits.sweep() == 0
    let_time_pass(timedelta(hours=2))
    call_command("sweep_door", verbosity=0)
    assert not Limit.objects.exists()


def test_the_site_sweeps_by_itself_now_and_then(settings, rf, stranger):
    from door.middleware import LimitsMiddleware

    settings.SWEEP_DOOR_EVERY = 3
    middleware = LimitsMiddleware(lambda request: None)
    limits.take({"old": TWO})
    let_time_pass(timedelta(hours=2))
    SentForm.objects.create(number=uuid4(), sent_at=timezone.now() - timedelta(days=8))
    for _ in range(3):
        assert Limit.objects.filter(key="old").exists()
        assert SentForm.objects.exists()
        request = rf.post(reverse("preview"))
        request.user, request.resolver_match = stranger, type("Match", (), {"view_name": "preview"})
        middleware.process_view(request)
    assert not Limit.objects.filter(key="old").exists()
    assert not SentForm.objects.exists()
