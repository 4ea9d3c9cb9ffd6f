"""The pages of spam waves: looking, hiding what was shown, undoing."""

import pytest

from answers import answering, commenting
from answers.models import Comment
from door.admitting import Admission
from door.models import Block, Guest
from qa_site.moderation.models import DeskAct, Wave
from questions.models import State

pytestmark = pytest.mark.django_db

LINK = "/review/waves/"
PREVIEW = "/review/waves/preview/"


@pytest.fixture
def texts(ask, asker, stranger, moderator):
    question = ask("How do bees find home?", by=asker)
    answering.answer(question, "Buy <cheap> pills here", by=stranger)
    answering.answer(question, "Cheap\npills wait", by=stranger, admission=Admission(is_held=True))
    commenting.comment(question, "cheap pills for all", by=stranger)
    commenting.comment(question, "cheap pills, says a moderator", by=moderator)
    hidden = commenting.comment(question, "cheap pills hidden", by=stranger)
    Comment.objects.filter(pk=hidden.pk).update(state=State.REJECTED)
    return question


def fingerprint(page: str) -> str:
    return page.split('name="fingerprint" value="')[1].split('"')[0]


def test_the_preview_shows_all_that_matches_with_the_phrase_marked(as_moderator, texts):
    response = as_moderator.get(PREVIEW, {"kind": "phrase", "value": "cheap pills"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Hide 2 texts with a certain phrase in them?" in page
    for words in (
        "1 that readers see",
        "1 that wait for a moderator",
        "1 more is out of sight already",
        "1 by moderators is left out",
        "<mark>Cheap\npills</mark> wait",
        "<mark>cheap pills</mark> for all",
    ):
        assert words in page
    assert "says a moderator" not in page
    assert not Wave.objects.exists()


def test_what_was_shown_is_hidden_and_comes_back(as_moderator, moderator, texts):
    address = f"{PREVIEW}?kind=phrase&value=cheap+pills"
    page = as_moderator.get(address).content.decode()
    response = as_moderator.post(address, {"fingerprint": fingerprint(page), "reason": "A wave"}, follow=True)
    wave = Wave.objects.get()
    page = response.content.decode()
    assert "Hidden: 2 texts with a certain phrase in them." in page
    assert f"/review/waves/{wave.pk}/undo/" in page
    assert Comment.objects.filter(state=State.HIDDEN).count() == 1
    act = DeskAct.objects.get()
    assert (act.by, act.reason) == (moderator, "A wave")
    assert "cheap" not in act.sentence
    page = as_moderator.post(f"/review/waves/{wave.pk}/undo/", follow=True).content.decode()
    assert "2 texts as before." in page
    assert not Comment.objects.filter(state=State.HIDDEN).exists()
    page = as_moderator.post(f"/review/waves/{wave.pk}/undo/", follow=True).content.decode()
    assert "This wave was undone already." in page


def test_other_texts_than_were_shown_are_a_409_with_the_new_preview(as_moderator, texts, stranger):
    address = f"{PREVIEW}?kind=phrase&value=cheap+pills"
    shown = fingerprint(as_moderator.get(address).content.decode())
    commenting.comment(texts, "more cheap pills", by=stranger)
    response = as_moderator.post(address, {"fingerprint": shown, "reason": "What I typed"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Other texts match by now" in page
    assert "What I typed" in page
    assert "Hide 3 texts" in page
    assert not Wave.objects.exists()
    assert fingerprint(page) != shown


def test_a_reason_is_wanted_and_nothing_typed_is_lost(as_moderator, texts, stranger):
    address = f"{PREVIEW}?kind=account&value={stranger.pk}"
    shown = fingerprint(as_moderator.get(address).content.decode())
    response = as_moderator.post(address, {"fingerprint": shown, "reason": "", "block": "30"})
    assert response.status_code == 422
    assert response.context["form"]["block"].value() == "30"
    assert "This field is required" in response.content.decode()
    assert not Wave.objects.exists()


def test_an_account_is_blocked_together_with_its_texts(as_moderator, texts, stranger):
    address = f"{PREVIEW}?kind=account&value={stranger.pk}"
    shown = fingerprint(as_moderator.get(address).content.decode())
    as_moderator.post(address, {"fingerprint": shown, "reason": "A wave", "block": "30"})
    assert Block.objects.get().user == stranger
    assert (
        "block" not in as_moderator.get(PREVIEW, {"kind": "phrase", "value": "bees"}).context["form"].fields
    )


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("phrase", "ab", "at least 3 characters"),
        ("phrase", "", "This field is required"),
        ("phrase", "x" * 301, "at most 300 characters"),
        ("account", "Jonas", "address of the member"),
        ("account", "999999", "There is no member with this number."),
        ("address block", "192.0.2.1", "cannot be typed"),
        ("link domain", "not a domain", "This is no domain"),
        ("e-mail domain", "%", "This is no domain"),
        ("magic", "x", "Select a valid choice"),
    ],
)
def test_what_cannot_be_looked_for_is_told(as_moderator, kind, value, said):
    response = as_moderator.get(PREVIEW, {"kind": kind, "value": value})
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize("value", ["a\x00b\x00c", "%%%", "___", "\\\\\\", "'; DROP", "(((", "a{99999}"])
def test_strange_phrases_are_just_phrases(as_moderator, texts, value):
    response = as_moderator.get(PREVIEW, {"kind": "phrase", "value": value})
    assert response.status_code == 200
    assert "There is nothing to hide" in response.content.decode()


def test_a_text_offers_what_it_has_in_common_with_others(as_moderator, ask, asker):
    guest = Guest.objects.create(
        token="12345678-1234-5678-1234-567812345678",
        email="secret@mail.example",
        created_at="2026-01-01T00:00Z",
    )
    comment = commenting.comment(
        ask("A question?", by=asker),
        "See https://www.spam.example/x and <a href='http://other.example'>this</a>",
        guest_name="Bo",
        admission=Admission(guest=guest, address_block="ab" * 16),
    )
    page = as_moderator.get(f"{LINK}?comment={comment.pk}").content.decode()
    assert f"?kind=address+block&amp;value={'ab' * 16}" in page
    assert "?kind=e-mail+domain&amp;value=mail.example" in page
    assert "?kind=link+domain&amp;value=other.example" in page
    assert "secret" not in page
    assert as_moderator.get(f"{LINK}?comment=99999").status_code == 404


def test_the_preview_costs_the_same_with_many_texts(
    as_moderator, texts, stranger, django_assert_max_num_queries
):
    for number in range(60):
        commenting.comment(texts, f"cheap pills {number}", by=stranger)
    as_moderator.get(PREVIEW, {"kind": "phrase", "value": "cheap pills"})
    with django_assert_max_num_queries(20):
        page = as_moderator.get(PREVIEW, {"kind": "phrase", "value": "cheap pills"}).content.decode()
    assert "The newest 50:" in page
    assert page.count("Go there") == 51
