"""Members asking once for another look at what was hidden of theirs."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core import mail

from answers import answering, commenting
from qa_site.moderation.appealing import CannotAppeal, appeal, decide_appeal
from qa_site.moderation.deciding import decide
from qa_site.moderation.models import Appeal, DeskAct
from questions.models import State


def state(thing) -> str:
    thing.refresh_from_db()
    return thing.state


@pytest.fixture(params=["question", "answer", "comment"])
def hidden(request, ask, asker, moderator):
    """A text of the asker's of each kind, hidden by the moderator."""
    text = ask("Is the moon hollow?", by=asker if request.param == "question" else None)
    match request.param:
        case "answer":
            text = answering.answer(text, "Yes, it is.", by=asker)
        case "comment":
            text = commenting.comment(text, "You fool.", by=asker)
    decide(text, State.HIDDEN, by=moderator, reason="Not nice.")
    text.refresh_from_db()
    return text


def name(text) -> str:
    return type(text)._meta.model_name


def address(text) -> str:
    return f"/{name(text)}s/{text.pk}/appeal/"


def test_the_author_sees_it_on_their_page_and_asks_once(as_asker, asker, hidden):
    page = as_asker.get(f"/users/{asker.pk}/").content.decode()
    assert "Not shown to readers" in page
    assert address(hidden) in page
    page = as_asker.get(address(hidden)).content.decode()
    assert re.search("<p>It was hidden <time [^>]+>just now</time>: “Not nice.”.</p>", page)
    response = as_asker.post(address(hidden), {"words": "It was meant kindly."})
    assert response.status_code == 302
    assert Appeal.objects.get().about == hidden
    assert as_asker.post(address(hidden), {"words": "Please!"}).status_code == 409
    page = as_asker.get(f"/users/{asker.pk}/").content.decode()
    assert address(hidden) not in page
    assert "you asked for another look" in page


def test_words_are_required(as_asker, hidden):
    response = as_asker.post(address(hidden), {"words": " "})
    assert response.status_code == 422
    assert "Please say why" in response.content.decode()


def test_nobody_else_sees_or_asks(as_guest, as_stranger, as_moderator, asker, hidden):
    for client in (as_guest, as_stranger, as_moderator):
        assert client.post(address(hidden), {"words": "Show it."}).status_code == 403
        assert "Not shown to readers" not in client.get(f"/users/{asker.pk}/").content.decode()
    assert as_stranger.get(address(hidden)).status_code == 403
    assert not Appeal.objects.exists()


def test_what_is_seen_or_waits_cannot_be_appealed(asker, ask):
    with pytest.raises(CannotAppeal):
        appeal(ask("Is the moon hollow?", by=asker), "Why?", by=asker)


def test_a_granted_appeal_brings_it_back_and_tells_the_member(
    as_second_moderator, second_moderator, as_asker, asker, hidden, django_capture_on_commit_callbacks
):
    asked = appeal(hidden, "It was meant kindly.", by=asker)
    page = as_second_moderator.get("/review/appeals/").content.decode()
    assert "It was meant kindly." in page
    assert "hidden by Mei" in page
    assert "You took this out of sight yourself" not in page
    with django_capture_on_commit_callbacks(execute=True):
        response = as_second_moderator.post(
            f"/review/appeals/{asked.pk}/", {"decision": "granted", "reason": "Fair enough."}
        )
    assert response.status_code == 303
    assert state(hidden) == "approved"
    act = DeskAct.objects.get()
    assert (act.kind, act.by, act.reason) == ("granted", second_moderator, "Fair enough.")
    [letter] = mail.outbox
    assert letter.to == ["asker@example.org"]
    assert "It is shown again." in letter.body
    assert "“Fair enough.”" in letter.body
    assert "Not shown to readers" not in as_asker.get(f"/users/{asker.pk}/").content.decode()


def test_a_refused_appeal_needs_a_reason_which_the_member_reads(as_moderator, as_asker, asker, hidden):
    asked = appeal(hidden, "It was meant kindly.", by=asker)
    assert "You took this out of sight yourself" in as_moderator.get("/review/appeals/").content.decode()
    response = as_moderator.post(f"/review/appeals/{asked.pk}/", {"decision": "refused"})
    assert response.status_code == 422
    assert "Please say why it stays hidden." in response.content.decode()
    as_moderator.post(f"/review/appeals/{asked.pk}/", {"decision": "refused", "reason": "It still hurts."})
    assert state(hidden) == "hidden"
    assert "It still hurts." in as_asker.get(f"/users/{asker.pk}/").content.decode()
    assert "It still hurts." in as_asker.get(address(hidden)).content.decode()


def test_the_second_moderator_is_told_what_the_first_decided(as_second_moderator, moderator, asker, hidden):
    asked = appeal(hidden, "It was meant kindly.", by=asker)
    decide_appeal(asked, "refused", by=moderator, reason="No.")
    response = as_second_moderator.post(
        f"/review/appeals/{asked.pk}/", {"decision": "granted", "reason": "Yes."}
    )
    assert response.status_code == 409
    assert "Mei has refused this by now" in response.content.decode()
    assert state(hidden) == "hidden"


def test_who_may_not_decide_about_a_text_decides_about_no_appeal_either(as_stranger, stranger, asker, hidden):
    stranger.user_permissions.add(Permission.objects.get(codename="settle_report"))
    asked = appeal(hidden, "It was meant kindly.", by=asker)
    assert as_stranger.get("/review/appeals/").status_code == 200
    response = as_stranger.post(f"/review/appeals/{asked.pk}/", {"decision": "refused", "reason": "No."})
    assert response.status_code == 403
    assert Appeal.objects.waiting().get() == asked


def test_the_moderator_is_named_who_hid_it_last(
    as_moderator, as_second_moderator, moderator, second_moderator, asker, hidden
):
    decide(hidden, State.APPROVED, by=moderator)
    decide(hidden, State.HIDDEN, by=second_moderator)
    hidden.refresh_from_db()
    appeal(hidden, "It was meant kindly.", by=asker)
    yourself = "You took this out of sight yourself"
    assert yourself in as_second_moderator.get("/review/appeals/").content.decode()
    assert yourself not in as_moderator.get("/review/appeals/").content.decode()


def test_nothing_of_the_text_stands_in_the_log(as_guest, asker, moderator, hidden):
    decide_appeal(appeal(hidden, "Kindly.", by=asker), "refused", by=moderator, reason="No.")
    page = as_guest.get("/log/").content.decode()
    assert "was refused" in page
    for words in ("Yes, it is.", "You fool.", "Kindly."):
        assert words not in page
    if name(hidden) == "question":
        assert "moon" not in page
