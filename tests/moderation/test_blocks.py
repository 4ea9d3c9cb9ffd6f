"""Blocks at the desk: who is blocked reads and signs in, and writes nothing; nobody is locked out of lifting."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from answers import answering
from answers.models import Answer, Comment
from door.admitting import Admission
from door.guests import remember_guest
from door.models import Block, Guest
from qa_site.accounts.models import User
from qa_site.moderation import blocking
from qa_site.moderation.models import DeskAct
from tests.pages.conftest import signed_in

pytestmark = pytest.mark.django_db

LINK = "/review/blocks/"


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def sent(**fields):
    return {"length": "7", "reason": "It was advertising.", "whom": "", "until": ""} | fields


def test_blocking_a_member_stands_in_the_log_and_can_be_undone(as_moderator, moderator, stranger):
    response = as_moderator.post(LINK, sent(whom=str(stranger.pk)), follow=True)
    block = Block.objects.get()
    assert (block.user, block.by, block.reason) == (stranger, moderator, "It was advertising.")
    assert 6 <= (block.until - timezone.now()).days <= 7
    assert f"/review/blocks/{block.pk}/lift/" in response.content.decode()
    act = DeskAct.objects.get(kind="blocked")
    assert (act.by, act.reason) == (moderator, "It was advertising.")
    assert act.sentence.startswith("Jonas may not write until ")

    as_moderator.post(f"/review/blocks/{block.pk}/lift/")
    assert not Block.objects.in_force().exists()
    assert DeskAct.objects.get(kind="unblocked").sentence == "Jonas may write again."
    as_moderator.post(f"/review/blocks/{block.pk}/again/")
    assert Block.objects.in_force().get().user == stranger
    assert DeskAct.objects.count() == 3


@pytest.mark.parametrize(
    ("typed", "column", "value"),
    [
        ("http://testserver/users/{}/", "user_id", "{}"),
        ("Guest@Example.org", "email", "guest@example.org"),
        ("https://www.spam.example/buy?now", "email_domain", "spam.example"),
        ("@spam.example", "email_domain", "spam.example"),
    ],
)
def test_whom_to_block_is_understood_as_people_write_it(as_moderator, stranger, typed, column, value):
    as_moderator.post(LINK, sent(whom=typed.format(stranger.pk)))
    assert str(getattr(Block.objects.get(), column)) == value.format(stranger.pk)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"whom": "999999"}, "There is no member with this number."),
        ({"whom": "not a domain"}, "This is no domain"),
        ({"whom": "two@@example.org"}, "Enter a valid email address"),
        ({"whom": ""}, "This field is required"),
        ({"reason": ""}, "This field is required"),
        ({"length": "day"}, "Please choose the day"),
        ({"length": "day", "until": "2001-01-01"}, "This day is over"),
        ({"length": "day", "until": "9999-12-31"}, "more than ten years away"),
        ({"length": "forever"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_understood_is_told_and_nobody_is_blocked(as_moderator, stranger, fields, said):
    response = as_moderator.post(LINK, sent(**({"whom": str(stranger.pk)} | fields)))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Block.objects.exists()


def test_a_chosen_day_counts_to_its_end(as_moderator, stranger):
    day = timezone.localdate() + timedelta(days=3)
    as_moderator.post(LINK, sent(whom=str(stranger.pk), length="day", until=day.isoformat()))
    assert timezone.localtime(Block.objects.get().until).date() == day + timedelta(days=1)


def test_nobody_blocks_themselves_and_moderators_block_no_admin(as_moderator, moderator, admin):
    for user in (moderator, admin):
        response = as_moderator.post(LINK, sent(whom=str(user.pk)))
        assert response.status_code == 422
    assert not Block.objects.exists()
    assert not DeskAct.objects.exists()


def test_the_writer_of_a_text_can_be_chosen_without_their_address_being_shown(as_moderator, ask):
    guest = Guest.objects.create(
        token="12345678-1234-5678-1234-567812345678",
        email="secret@spam.example",
        name="Bo",
        created_at=timezone.now(),
    )
    admission = Admission(guest=guest, address_block="ab" * 16)
    answer = answering.answer(ask("A question?"), "Buy this.", guest_name="Bo", admission=admission)
    page = as_moderator.get(f"{LINK}?answer={answer.pk}").content.decode()
    assert "the e-mail address that Bo gave" in page
    assert "everybody with an e-mail address at spam.example" in page
    assert "secret" not in page
    assert "ab" * 16 not in page
    as_moderator.post(f"{LINK}?answer={answer.pk}", sent(whom="block"))
    as_moderator.post(f"{LINK}?answer={answer.pk}", sent(whom="address"))
    assert [block.address_block or block.email for block in Block.objects.order_by("pk")] == [
        "ab" * 16,
        "secret@spam.example",
    ]
    acts = DeskAct.objects.order_by("pk")
    assert [act.facts["about"] for act in acts] == ["address block", "e-mail address"]
    for act in acts:
        assert act.facts.keys() == {"about", "until"}
    said = [act.sentence.partition(" until ")[0] for act in acts]
    assert said == ["A block of addresses may not write", "A guest’s e-mail address may not write"]
    assert as_moderator.get(f"{LINK}?answer=999999").status_code == 404
    assert as_moderator.get(f"{LINK}?answer=x").status_code == 404


def test_who_is_blocked_writes_nothing_but_finds_what_was_typed(
    as_stranger, stranger, moderator, ask, tomorrow
):
    question = ask("A question?")
    blocking.block(user=stranger, until=tomorrow, reason="It was advertising.", by=moderator)
    for address in (
        "/ask/",
        f"/questions/{question.pk}/answer/",
        f"/questions/{question.pk}/report/",
        f"/questions/{question.pk}/suggest-merge/",
    ):
        response = as_stranger.post(address, {"text": "What I typed, all of it"})
        page = response.content.decode()
        assert response.status_code == 403
        assert "You cannot write here until" in page
        assert "It was advertising" in page
        assert "What I typed, all of it" in page
    assert not Answer.objects.exists()
    assert not Comment.objects.exists()


def test_who_is_blocked_reads_follows_and_signs_out(as_stranger, stranger, moderator, ask, tomorrow):
    question = ask("A question?")
    blocking.block(user=stranger, until=tomorrow, reason="Spam", by=moderator)
    assert as_stranger.get(question.get_absolute_url()).status_code == 200
    assert as_stranger.post(f"/questions/{question.pk}/follow/").status_code in (200, 302, 303)
    assert as_stranger.post("/accounts/logout/").status_code == 302


def test_when_the_day_has_come_they_write_again(as_stranger, stranger, moderator, ask, tomorrow):
    question = ask("A question?")
    blocking.block(user=stranger, until=tomorrow, reason="Spam", by=moderator)
    Block.objects.update(until=timezone.now())
    assert as_stranger.post(f"/questions/{question.pk}/answer/", {"text": "An answer."}).status_code != 403


def test_a_guest_is_kept_out_by_what_they_type_and_by_what_their_browser_gave_before(
    as_guest, moderator, ask, tomorrow, rf
):
    question = ask("A question?")
    blocking.block(email_domain="spam.example", until=tomorrow, reason="Spam", by=moderator)
    address = f"/questions/{question.pk}/answer/"
    refused = as_guest.post(address, {"text": "An answer.", "email": "me@mail.spam.example"})
    assert refused.status_code == 403
    assert as_guest.post(address, {"text": "An answer.", "email": "\x00@@"}).status_code != 403
    guest = Guest.objects.create(
        token="12345678-1234-5678-1234-567812345678", email="me@spam.example", created_at=timezone.now()
    )
    response = as_guest.get("/")
    remember_guest(response, guest.token)
    as_guest.cookies = response.cookies
    assert as_guest.post(address, {"text": "An answer."}).status_code == 403


def test_a_moderator_lifts_a_block_of_addresses_from_within_it(moderator, stranger, tomorrow, monkeypatch):
    monkeypatch.setattr("door.keeping_out.address_block", lambda request: "f" * 32)
    block = blocking.block(address_block="f" * 32, until=tomorrow, reason="Spam", by=moderator)
    assert signed_in(stranger).post("/ask/", {"text": "?"}).status_code == 403
    assert signed_in(moderator).post(f"/review/blocks/{block.pk}/lift/").status_code == 302
    assert not Block.objects.in_force().exists()


def test_a_blocked_moderator_does_not_lift_the_block_of_their_own_account(moderator, admin, tomorrow):
    block = blocking.block(user=moderator, until=tomorrow, reason="A fight", by=admin)
    assert signed_in(moderator).post(f"/review/blocks/{block.pk}/lift/").status_code == 403
    with pytest.raises(blocking.CannotBlock):
        blocking.lift(block, by=moderator)
    assert signed_in(admin).post(f"/review/blocks/{block.pk}/lift/").status_code == 302


def test_a_block_of_a_neighbour_that_lasts_longer_does_not_let_a_blocked_moderator_write(
    moderator, admin, tomorrow, monkeypatch
):
    monkeypatch.setattr("door.keeping_out.address_block", lambda request: "f" * 32)
    blocking.block(user=moderator, until=tomorrow, reason="A fight", by=admin)
    of_neighbour = blocking.block(
        address_block="f" * 32, until=tomorrow + timedelta(days=1), reason="Spam", by=admin
    )
    assert signed_in(moderator).post(f"/review/blocks/{of_neighbour.pk}/lift/").status_code == 403
    assert Block.objects.in_force().count() == 2


def test_no_account_is_made_with_an_address_at_a_blocked_domain(as_guest, moderator, tomorrow):
    blocking.block(email_domain="spam.example", until=tomorrow, reason="Spam", by=moderator)
    fields = {"name": "Bo", "password1": "correct horse 77", "password2": "correct horse 77"}
    response = as_guest.post("/accounts/signup/", fields | {"email": "bo@mail.spam.example"})
    assert "You cannot write here until" in response.content.decode()
    assert not User.objects.filter(name="Bo").exists()
    as_guest.post("/accounts/signup/", fields | {"email": "bo@fine.example"})
    assert User.objects.filter(name="Bo").exists()


def test_the_page_costs_the_same_with_many_blocks(
    as_moderator, moderator, tomorrow, django_assert_max_num_queries
):
    for number in range(60):
        blocking.block(email_domain=f"spam{number}.example", until=tomorrow, reason="Spam", by=moderator)
    with django_assert_max_num_queries(9):
        page = as_moderator.get(LINK).content.decode()
    assert page.count("Lift<span") == 50


def test_the_permission_is_what_lets_in(as_stranger, stranger):
    assert as_stranger.get(LINK).status_code == 403
    stranger.user_permissions.add(Permission.objects.get(codename="block_writers"))
    assert as_stranger.get(LINK).status_code == 200
