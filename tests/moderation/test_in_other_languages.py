"""What the desk writes into the public log does not hang on the language of the moderator who did it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from qa_site.moderation import blocking
from qa_site.moderation.appealing import appeal, decide_appeal
from qa_site.moderation.deciding import decide
from qa_site.moderation.models import DeskAct
from questions.models import State

pytestmark = pytest.mark.django_db


def test_a_german_moderators_block_stands_in_the_log_in_english(moderator, stranger):
    next_december = timezone.make_aware(datetime(timezone.localdate().year, 12, 31)) + timedelta(days=360)
    with translation.override("de"):
        assert "Dezember" in date_format(next_december, "DATETIME_FORMAT")
        blocking.block(until=next_december, reason="Spam", by=moderator, user=stranger)
    assert f"may not write until {next_december.day} December" in DeskAct.objects.get().sentence


def test_an_appeal_that_was_granted_in_french_stands_in_the_log_in_english(ask, asker, moderator):
    question = ask("Why is the sky blue?", by=asker)
    decide(question, State.HIDDEN, by=moderator)
    question.refresh_from_db()
    asked = appeal(question, "It is no spam.", by=asker)
    with translation.override("fr"):
        decide_appeal(asked, "granted", by=moderator)
    assert (
        DeskAct.objects.get().sentence == "The wish for another look at “Why is the sky blue?” was granted."
    )
