"""The public log of the desk speaks the reader's language, whatever language the moderator who did it spoke."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from door.models import WatchedWord
from qa_site.moderation import blocking, watching, waves
from qa_site.moderation.appealing import appeal, decide_appeal
from qa_site.moderation.deciding import decide
from qa_site.moderation.models import DeskAct, Wave
from qa_site.moderation.wave_matching import Target, match
from questions.models import State

pytestmark = pytest.mark.django_db


def log_in(language, client) -> list[str]:
    response = client.get("/log/?of=desk", headers={"accept-language": language})
    assert response.headers["Content-Language"] == language
    page = response.content.decode()
    said = [entry.sentence for entry in response.context["entries"]]
    assert all(sentence in page for sentence in said)
    return said


def test_a_french_readers_log_of_what_a_german_did_is_french(as_guest, moderator, stranger):
    with translation.override("de"):
        blocking.block(
            until=datetime(timezone.localdate().year + 1, 12, 31, 12, tzinfo=UTC),
            reason="Spam",
            by=moderator,
            user=stranger,
        )
    year = timezone.localdate().year + 1
    assert log_in("en", as_guest) == [f"Jonas may not write until 31 December {year}, 12:00."]
    assert log_in("fr", as_guest) == [f"Jonas ne peut pas écrire jusqu’au 31 décembre {year} 12:00."]


def test_an_appeal_that_was_granted_in_french_stands_in_the_log_in_english(as_guest, ask, asker, moderator):
    question = ask("Why is the sky blue?", by=asker)
    decide(question, State.HIDDEN, by=moderator)
    question.refresh_from_db()
    asked = appeal(question, "It is no spam.", by=asker)
    with translation.override("fr"):
        decide_appeal(asked, "granted", by=moderator)
    assert log_in("en", as_guest) == ["The wish for another look at “Why is the sky blue?” was granted."]


def test_the_log_in_german_is_german(as_guest, ask, moderator, stranger):
    for number in range(3):
        ask(f"Buy at spam.example, number {number}?", details="https://spam.example/", by=stranger)
    target = Target(Wave.Kind.LINK_DOMAIN, "spam.example")
    wave = waves.hide(target, by=moderator, reason="Spam", fingerprint=match(target).fingerprint)
    waves.undo(wave, by=moderator)
    watching.watch(WatchedWord(phrase="casino", action="hold"), by=moderator)
    block = blocking.block(
        until=timezone.now() + timedelta(days=1), reason="Spam", by=moderator, email_domain="spam.example"
    )
    blocking.lift(block, by=moderator)
    newest, blocked, *others = log_in("de", as_guest)
    assert newest == "Alle mit einer Adresse bei spam.example dürfen wieder schreiben."
    assert blocked.startswith("Alle mit einer Adresse bei spam.example sind bis ")
    assert blocked.endswith(" Uhr gesperrt.")
    assert others == [
        "Eine weitere Wendung wird beobachtet: Beiträge mit ihr warten auf die Moderation.",
        "3 Beiträge mit einem Link auf spam.example sind wieder wie vor dem Ausblenden einer Welle.",
        "3 Beiträge mit einem Link auf spam.example wurden ausgeblendet.",
    ]


def test_a_line_from_before_there_were_facts_says_what_it_said_then(as_guest, moderator):
    DeskAct.objects.create(
        kind="unblocked", sentence_then="Jonas may write again.", by=moderator, created_at=timezone.now()
    )
    for language in ("en", "de"):
        assert log_in(language, as_guest) == ["Jonas may write again."]
