"""What is shown at once and what waits: newness, links, bursts, and whom nothing holds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from answers import commenting, moderation
from door import classifying, guests, watching
from door.judging import judge, writer_of
from door.links import addresses_in
from door.models import Guest, WatchedWord
from door.records import Record, record_of
from questions.models import State

pytestmark = pytest.mark.django_db


def sent_by(user=None, *, token=None):
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")
    request.user = user or AnonymousUser()
    if token:
        response = HttpResponse()
        guests.remember_guest(response, token)
        request.COOKIES["guest"] = response.cookies["guest"].value
    return request


def judged(text="Bread needs warmth.", *, kind="comment", user=None, token=None, email="", **options):
    writer = writer_of(sent_by(user, token=token), guest_name="" if user else "Rosa", email=email)
    return judge(text, kind=kind, writer=writer, **options)


@pytest.fixture
def question(ask):
    return ask("How warm should bread rise?")


def test_the_first_text_of_a_member_is_shown_at_once_when_it_links_to_nothing(stranger):
    assert judged(user=stranger).outcome == "publish"
    verdict = judged("Look at https://example.org/bread", user=stranger)
    assert verdict.outcome == "hold"
    assert verdict.reasons == ("The first of its writer, and it links to something.",)
    assert verdict.admission.is_held
    assert verdict.admission.reasons == verdict.reasons


def test_every_first_text_of_a_member_waits_where_the_site_wants_that(stranger, settings):
    settings.HOLD_NEWCOMERS = True
    assert judged(user=stranger).is_held
    # An edit is no first text: there is one that it is an edit of.
    assert not judged(user=stranger, kind="edit").is_held


def test_a_member_whose_address_nobody_confirmed_waits_until_something_was_approved(
    stranger, moderator, question, settings
):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    assert judged(user=stranger).is_held
    stranger.emailaddress_set.create(email=stranger.email, verified=True)
    assert not judged(user=stranger).is_held
    stranger.emailaddress_set.all().delete()
    remark = commenting.comment(
        question, "A first word.", by=stranger, admission=judged(user=stranger).admission
    )
    assert judged(user=stranger).is_held
    moderation.set_comment_state(remark, State.APPROVED, by=moderator)
    assert not judged(user=stranger).is_held


def test_what_stood_for_a_day_speaks_for_a_member_and_what_was_just_written_does_not(stranger, question):
    commenting.comment(question, "A first word.", by=stranger)
    assert judged("See https://example.org", user=stranger).is_held
    commenting.comment(question, "An old word.", by=stranger, at=timezone.now() - timedelta(days=2))
    assert not judged("See https://example.org", user=stranger).is_held


def test_more_links_than_the_setting_says_hold_a_comment_but_not_the_sources_of_a_known_members_answer(
    stranger, question, settings
):
    commenting.comment(question, "An old word.", by=stranger, at=timezone.now() - timedelta(days=2))
    three = "https://a.example https://b.example and https://c.example"
    assert judged(three, user=stranger).reasons == ("3 links.",)
    assert not judged(three, user=stranger, kind="answer").is_held
    settings.MAX_LINKS = 3
    assert not judged(three, user=stranger).is_held


def test_a_guest_waits_unless_this_browser_confirmed_the_address_and_something_was_approved(
    question, moderator
):
    token = uuid4()
    first = judged(token=token, email="rosa@example.org")
    assert first.is_held
    assert first.reasons == ("By a guest whose address is not confirmed.",)
    remark = commenting.comment(question, "Of a guest.", guest_name="Rosa", admission=first.admission)
    moderation.set_comment_state(remark, State.APPROVED, by=moderator)
    assert judged(token=token, email="rosa@example.org").is_held, "approved, but confirmed by nobody"
    Guest.objects.update(confirmed_at=timezone.now())
    assert not judged(token=token, email="Rosa@Example.org").is_held
    assert not judged(token=token).is_held, "this browser is known, so no address needs to be asked"
    assert judged(token=uuid4(), email="rosa@example.org").is_held, "anyone can type an address"
    assert judged(token=token, email="other@example.org").is_held
    three = "https://a.example https://b.example and https://c.example"
    verdict = judged(three, token=token, email="rosa@example.org", kind="answer")
    assert verdict.reasons == ("3 links.",), "unlike a known member's"


def test_a_confirmed_guest_of_whom_nothing_was_approved_waits():
    token = uuid4()
    Guest.objects.create(
        token=token, email="rosa@example.org", created_at=timezone.now(), confirmed_at=timezone.now()
    )
    assert judged(token=token, email="rosa@example.org").reasons == (
        "By a guest of whom nothing was approved yet.",
    )


def test_why_something_waits_is_kept_in_the_language_of_the_site_whoever_wrote_it():
    with translation.override("de"):
        verdict = judged(email="rosa@example.org")
    assert verdict.reasons == ("By a guest whose address is not confirmed.",)


def test_guests_are_shown_at_once_where_the_site_wants_that_unless_something_speaks_against_it(settings):
    settings.HOLD_GUESTS = False
    assert not judged(email="rosa@example.org").is_held
    assert judged("See www.example.org", email="rosa@example.org").is_held


def test_many_texts_in_a_few_minutes_hold_the_next(stranger, question, settings):
    settings.BURST_TEXTS = 3
    for n in range(3):
        assert not judged(user=stranger).is_held
        commenting.comment(question, f"Word {n}", by=stranger)
    assert judged(user=stranger).reasons == ("4 texts from there within 5 minutes.",)


def test_many_texts_from_one_block_of_addresses_hold_the_next_stranger_from_there(
    question, settings, stranger
):
    settings.HOLD_GUESTS, settings.BURST_TEXTS = False, 2
    for n in range(2):
        verdict = judged(email=f"guest{n}@example.org")
        assert not verdict.is_held
        commenting.comment(question, f"Word {n}", guest_name="Rosa", admission=verdict.admission)
    assert judged(email="another@example.org").is_held
    assert judged(user=stranger).is_held
    commenting.comment(question, "An old word.", by=stranger, at=timezone.now() - timedelta(days=2))
    assert not judged(user=stranger).is_held, "known members do not answer for their house"


def test_moderators_are_never_held(moderator):
    assert (
        judged("https://a.example https://b.example https://c.example", user=moderator).outcome == "publish"
    )


def test_what_the_caller_knows_holds_as_well(stranger):
    assert judged(user=stranger, also=["The copy of a recent comment."]).reasons == (
        "The copy of a recent comment.",
    )


def test_links_that_stood_there_before_an_edit_are_not_counted(stranger):
    before = "https://a.example https://b.example https://c.example"
    assert not judged(f"{before} and more words", kind="edit", user=stranger, before=before).is_held
    assert judged(f"{before} https://d.example", kind="edit", user=stranger, before=before).is_held


def test_a_guest_of_whom_nothing_is_kept_yet_is_kept_when_the_text_is_taken():
    writer = writer_of(
        sent_by(), guest_name="Rosa", email=" Rosa@Example.ORG", website="https://rosa.example"
    )
    assert not Guest.objects.exists()
    guest = judge("A word.", kind="comment", writer=writer).admission.guest
    assert (guest.name, guest.email, guest.website) == ("Rosa", "rosa@example.org", "https://rosa.example")
    assert not guest.is_confirmed
    assert guest.token == writer.guest.token


def test_the_record_of_a_writer_counts_all_kinds_of_texts_by_state(stranger, question, moderator, ask):
    assert record_of() == Record()
    ask("What is sourdough?", by=stranger)
    spam = commenting.comment(question, "Buy now", by=stranger)
    moderation.set_comment_state(spam, State.SPAM, by=moderator)
    record = record_of(user=stranger)
    assert (record.approved, record.spam, record.pending, record.lasting) == (1, 1, 0, 0)
    assert record.since == stranger.date_joined


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("no link, and/or e.g. none", 0),
        ("https://a.example/x, http://a.example/x and www.a.example/x", 1),
        ('<a href="//b.example">b</a> HTTPS://C.example', 2),
        ("[x](https://a.example/1) [y](https://a.example/2)", 2),
        ('<a href="https:b.example">', 1),
    ],
)
def test_addresses_are_found_however_they_are_written(text, count):
    assert len(addresses_in(text)) == count


def watch(phrase, action, replacement=""):
    return watching.watch(phrase, action=WatchedWord.Action(action), replacement=replacement, by=None)


def test_watched_words_refuse_hold_flag_or_replace(stranger):
    watch("casino", "block")
    watch("lottery", "hold")
    watch("politics", "flag")
    watch("darn", "replace", "d***")
    refused = judged("The best casino.", user=stranger)
    assert refused.outcome == "refuse"
    assert "“casino”" in refused.refusal
    held = judged("A lottery.", user=stranger)
    assert held.reasons == ("The watched words “lottery” stand in it.",)
    flagged = judged("About politics and a darn cat.", user=stranger)
    assert flagged.outcome == "publish"
    assert flagged.flags == ("politics",)
    assert flagged.text == "About politics and a d*** cat."
    assert flagged.saved("darn") == "d***"


def test_of_a_refused_text_nothing_is_kept_of_its_writer():
    watch("casino", "block")
    assert judged("casino", email="rosa@example.org").is_refused
    assert not Guest.objects.exists()


def test_moderators_may_write_watched_words(moderator):
    watch("casino", "block")
    assert judged("We delete casino spam.", user=moderator).text == "We delete casino spam."


def test_what_looks_like_spam_waits(stranger):
    for number in range(classifying.ENOUGH_TEXTS):
        classifying.learn("comment", number, f"cheap pills online buy {number}", is_spam=True)
        classifying.learn("comment", 100 + number, f"bread wants warm water {number}", is_spam=False)
    verdict = judged("Buy cheap pills online", user=stranger)
    assert verdict.is_held
    assert verdict.admission.spam_score > 0.9
    assert verdict.reasons[0].startswith("Its words look like spam: ")
    assert not judged("Warm water for bread", user=stranger).is_held


@pytest.mark.parametrize("opinion", ["spam", "unsure"])
def test_what_another_program_calls_spam_or_cannot_say_waits(stranger, question, settings, opinion):
    settings.SPAM_CHECKER = f"tests.door.test_judging.says_{opinion}"
    assert judged(user=stranger).is_held
    commenting.comment(question, "An old word.", by=stranger, at=timezone.now() - timedelta(days=2))
    assert not judged(user=stranger).is_held, "who is known is not asked about"


def says_spam(submission):
    assert (submission.name, submission.address) == ("Jonas", "192.0.2.7")
    return "spam"


def says_unsure(submission):
    raise OSError("no network")
