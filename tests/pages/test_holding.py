"""Questions, answers and edits that are judged before readers see them."""

import pytest

from answers import answering
from answers.models import Answer, EditProposal, Report
from door import watching
from door.models import WatchedWord
from questions import moderation
from questions.models import DuplicateCandidate, Question, State
from tests.pages.conftest import PageClient

pytestmark = pytest.mark.django_db

NOTICE = "A moderator will look at it before others see it. Only you see it so far."
LINKS = "See https://a.example, https://b.example and https://c.example."


def watch(phrase, action, replacement=""):
    watching.watch(phrase, action=WatchedWord.Action(action), replacement=replacement, by=None)


def test_a_guests_question_waits_and_its_writer_alone_sees_its_page(
    as_guest, as_stranger, as_moderator, moderator
):
    response = as_guest.post("/ask/", {"text": "How warm is lava?", "guest_name": "Rosa"}, follow=True)
    page = response.content.decode()
    question = Question.objects.get()
    assert question.is_pending
    assert NOTICE in page
    for words in ("Write an answer", "Written by", "Whatever you know about it helps"):
        assert words not in page
    address = question.get_absolute_url()
    statuses = [client.get(address).status_code for client in (PageClient(), as_stranger, as_moderator)]
    assert statuses == [404, 404, 200]
    assert as_guest.post(f"/questions/{question.pk}/answer/", {"text": "Very."}).status_code == 403
    assert as_stranger.post(f"/questions/{question.pk}/answer/", {"text": "Very."}).status_code == 404
    moderation.set_state(question, State.APPROVED, by=moderator)
    page = PageClient().get(address).content.decode()
    assert "How warm is lava?" in page
    assert NOTICE not in page


@pytest.mark.parametrize(
    ("state", "to_others", "to_its_writer"),
    [("rejected", 404, 410), ("spam", 410, 410), ("hidden", 410, 410)],
)
def test_what_a_moderator_turned_down_is_shown_to_nobody(
    as_guest, as_stranger, moderator, state, to_others, to_its_writer
):
    as_guest.post("/ask/", {"text": "How warm is lava?"})
    question = Question.objects.get()
    moderation.set_state(question, State(state), by=moderator)
    assert as_stranger.get(question.get_absolute_url()).status_code == to_others
    assert as_guest.get(question.get_absolute_url()).status_code == to_its_writer


def test_asking_what_waits_already_is_said_and_what_was_typed_is_kept(as_guest, as_stranger):
    as_guest.post("/ask/", {"text": "How warm is lava?"})
    again = {"text": "how warm is lava", "details": "In a lake of it."}
    response = as_stranger.post("/ask/", again)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody has asked this already, and a moderator has to look at it" in page
    assert "In a lake of it." in page
    assert as_guest.post("/ask/", again).url == Question.objects.get().get_absolute_url()


def test_a_guests_answer_waits_and_is_not_counted(as_guest, as_stranger, ask, moderator):
    question = ask("How warm is lava?")
    response = as_guest.post(
        f"/questions/{question.pk}/answer/", {"text": "About 1,000 °C.", "guest_name": "Rosa"}, follow=True
    )
    page = response.content.decode()
    assert "About 1,000 °C." in page
    assert NOTICE in page
    assert "No answer yet" in page
    question.refresh_from_db()
    assert (question.answer_count, question.lead) == (0, "")
    answer = Answer.objects.get()
    for client in (as_stranger, PageClient()):
        assert "About 1,000" not in client.get(question.get_absolute_url()).content.decode()
        for part in ("", "history/", "compare/", "edit/", "comment/", "report/"):
            assert client.get(f"/answers/{answer.pk}/{part}").status_code == 404
    assert as_guest.get(f"/answers/{answer.pk}/").status_code == 302
    assert as_guest.post(f"/answers/{answer.pk}/useful/").status_code == 403


def test_a_members_first_answer_waits_when_it_links_and_not_when_it_does_not(as_stranger, as_asker, ask):
    question = ask("How warm is lava?")
    as_stranger.post(f"/questions/{question.pk}/answer/", {"text": LINKS})
    as_asker.post(f"/questions/{question.pk}/answer/", {"text": "About 1,000 °C."})
    assert list(Answer.objects.order_by("pk").values_list("state", flat=True)) == ["pending", "approved"]


def test_refused_words_are_refused_everywhere_with_the_text_kept(as_asker, ask, asker):
    watch("casino", "block")
    question = ask("How warm is lava?", by=asker)
    answer = answering.answer(question, "Warm.", by=asker)
    before = Question.objects.count(), Answer.objects.count()
    for address, field in (
        ("/ask/", "text"),
        ("/ask/", "details"),
        ("/ask/", "tags"),
        (f"/questions/{question.pk}/answer/", "text"),
        (f"/questions/{question.pk}/edit/", "details"),
        (f"/questions/{question.pk}/alternates/add/", "text"),
        (f"/answers/{answer.pk}/edit/", "text"),
    ):
        typed = {"text": "How hot is lava?", "revision": 1, "different": "yes"} | {field: "casino"}
        response = as_asker.post(address, typed)
        assert response.status_code == 422, address
        assert "“casino”" in response.content.decode()
    assert (Question.objects.count(), Answer.objects.count()) == before


def test_replaced_words_are_saved_as_the_rule_says(as_asker, ask):
    watch("darn", "replace", "d***")
    as_asker.post("/ask/", {"text": "How warm is darn lava?", "details": "The darn thing."})
    question = Question.objects.get()
    assert (question.text, question.details) == ("How warm is d*** lava?", "The d*** thing.")
    as_asker.post(f"/questions/{question.pk}/answer/", {"text": "Darn warm."})
    assert Answer.objects.get().text == "d*** warm."


def test_an_edit_of_an_answer_that_would_wait_becomes_a_proposal(as_asker, ask, asker):
    watch("lottery", "hold")
    answer = answering.answer(ask("How warm is lava?"), "Warm.", by=asker)
    as_asker.post(f"/answers/{answer.pk}/edit/", {"text": "Like a lottery.", "revision": 1})
    answer.refresh_from_db()
    assert answer.text == "Warm."
    assert EditProposal.objects.get().text == "Like a lottery."


def test_an_edit_of_a_question_that_would_wait_is_saved_and_put_before_moderators(as_asker, ask, asker):
    watch("lottery", "hold")
    question = ask("How warm is lava?", by=asker)
    as_asker.post(f"/questions/{question.pk}/edit/", {"text": "How warm is lava?", "details": "A lottery."})
    question.refresh_from_db()
    assert question.details == "A lottery."
    report = Report.objects.get()
    assert (report.question, report.reason, report.reporter) == (question, "watched", None)
    assert "lottery" in report.words


def test_an_added_wording_that_would_wait_is_put_before_moderators(as_stranger, ask):
    watch("lottery", "hold")
    as_stranger.post(f"/questions/{ask('How warm is lava?').pk}/alternates/add/", {"text": "Lottery lava?"})
    assert Report.objects.get().question.text == "Lottery lava?"


def test_a_question_that_was_approved_is_compared_with_those_it_resembles(as_guest, ask, moderator):
    other = ask("How warm is lava in winter?")
    as_guest.post("/ask/", {"text": "How warm is the lava in winter?", "different": "yes"})
    question = Question.objects.latest("pk")
    assert not DuplicateCandidate.objects.exists()
    moderation.set_state(question, State.APPROVED, by=moderator)
    assert DuplicateCandidate.objects.get().target == other
