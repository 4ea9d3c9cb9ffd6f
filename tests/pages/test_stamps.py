"""Stamps of forms: who is too quick, which forms are ours, and what is sent twice."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from answers.models import Answer, Report
from door import stamps
from door.models import Guest, SentForm
from questions.models import Question
from tests.pages.conftest import PageClient, signed_in

pytestmark = pytest.mark.django_db

WORDING = "Why do cats purr at night?"


@pytest.fixture(autouse=True)
def two_seconds(settings):
    settings.FORM_MIN_SECONDS = 2


def ask(client, text=WORDING, **fields):
    return client.post(reverse("ask"), {"text": text, **fields})


def stamp_in(response) -> str:
    return re.search(r'name="stamp" value="([^"]+)"', response.content.decode())[1]


def opened(*, seconds_ago: float) -> str:
    return stamps.new_stamp(began=time.time() - seconds_ago)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"stamp": ""}, "did not come from a page of this site"),
        ({"stamp": "0123456789abcdef-1700000000000:made-up"}, "did not come from a page of this site"),
        ({"stamp": "\x00 of nobody"}, "did not come from a page of this site"),
        ({"topic": "Cheap watches"}, "a field that people do not see"),
    ],
)
def test_a_form_that_no_page_gave_or_a_program_filled_is_refused_and_kept(as_guest, fields, said):
    response = ask(as_guest, **fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert WORDING in page
    assert "Cheap watches" not in page
    assert not Question.objects.exists()


def test_what_is_refused_for_its_stamp_can_be_sent_again_as_the_page_came_back(as_guest, settings):
    again = stamp_in(ask(as_guest, stamp=""))
    settings.FORM_MIN_SECONDS = 0
    assert ask(as_guest, stamp=again).status_code == 302
    assert Question.objects.get().text == WORDING


def test_what_is_written_in_no_time_is_refused_until_the_time_has_passed(as_guest, monkeypatch):
    now = time.time()
    clock = monkeypatch.setattr
    clock(stamps.time, "time", lambda: now)
    page = as_guest.get(reverse("ask"))
    clock(stamps.time, "time", lambda: now + 1.5)
    quick = ask(as_guest, stamp=stamp_in(page))
    assert quick.status_code == 422
    assert "more quickly than people write" in quick.content.decode()
    again = stamp_in(quick)
    assert again != stamp_in(page)
    # The clock began with the first page, not with the one that came back.
    clock(stamps.time, "time", lambda: now + 2.1)
    assert ask(as_guest, stamp=again).status_code == 302


def test_a_form_that_was_open_for_more_than_a_day_is_sent_once_more(as_guest, settings):
    response = ask(as_guest, stamp=opened(seconds_ago=stamps.DAY + 5))
    assert response.status_code == 422
    assert "more than a day ago" in response.content.decode()
    settings.FORM_MIN_SECONDS = 0
    assert ask(as_guest, stamp=stamp_in(response)).status_code == 302


@pytest.mark.parametrize("seconds_ago", [None, 0, 5 * stamps.DAY])
def test_members_write_as_quickly_or_slowly_as_they_like(as_asker, asker, seconds_ago):
    stamp = "" if seconds_ago is None else opened(seconds_ago=seconds_ago)
    assert ask(as_asker, stamp=stamp).status_code == 302
    assert Question.objects.get().author == asker


def test_the_stamp_is_on_every_form_that_wants_one(as_stranger, as_guest, ask, asker):
    question, other = ask("How do tides work?", by=asker), ask("Why is there ebb and flow?", by=asker)
    suggestion = f"{reverse('suggest-merge', args=[question.pk])}?into={other.pk}"
    for client, address in (
        (as_guest, reverse("ask")),
        (as_guest, question.get_absolute_url()),
        (as_guest, reverse("write-answer", args=[question.pk])),
        (as_guest, reverse("report-question", args=[question.pk])),
        (as_guest, suggestion),
        (as_stranger, reverse("add-alternate", args=[question.pk])),
    ):
        page = client.get(address)
        assert stamp_in(page)
        assert 'name="topic" tabindex="-1"' in page.content.decode()


def test_words_kept_for_a_question_want_a_stamp_but_the_way_there_does_not(as_guest, ask, asker):
    question = ask("How do tides work?", by=asker)
    address = reverse("same-question", args=[question.pk])
    response = as_guest.post(address, {"text": "What makes the tides go up and down?", "stamp": ""})
    assert response.url == question.get_absolute_url()
    assert not question.suggested_alternates.exists()


# --- Sent twice


@pytest.fixture
def stamp() -> str:
    return opened(seconds_ago=60)


@pytest.mark.parametrize("who", ["as_guest", "as_stranger"])
def test_an_answer_that_is_sent_twice_is_written_once_and_both_lead_to_it(request, who, ask, stamp):
    client, question = request.getfixturevalue(who), ask("How do tides work?")
    form = {"text": "By the moon.", "stamp": stamp}
    first, second = (client.post(reverse("write-answer", args=[question.pk]), form) for _ in range(2))
    answer = Answer.objects.get()
    assert first.url == second.url == f"{question.get_absolute_url()}#answer-{answer.pk}"
    assert "This was sent already; here it is." in client.get(second.url).content.decode()


@pytest.mark.parametrize(
    ("view", "form"),
    [
        ("ask", {"text": WORDING}),
        ("write-answer", {"text": "By the moon."}),
        ("comment-on-question", {"text": "By the moon.", "guest_name": "Rosa", "email": "rosa@example.org"}),
    ],
)
def test_a_guest_whose_first_answer_got_lost_sees_what_waits_after_sending_it_again(ask, stamp, view, form):
    numbers = [] if view == "ask" else [ask("How do tides work?").pk]
    form = form | {"stamp": stamp}
    # The browser that sent it gave up, so it has no cookie of the answer.
    lost, came = PageClient(), PageClient()
    lost.post(reverse(view, args=numbers), form)
    response = came.post(reverse(view, args=numbers), form)
    assert came.cookies["guest"].value == lost.cookies["guest"].value
    assert Guest.objects.count() == 1
    page = came.get(response.url)
    assert page.status_code == 200
    assert form["text"] in page.content.decode()
    assert "notice-saved" in page.content.decode(), "drops the draft"


def test_who_sends_a_form_of_another_again_becomes_nobody_else(as_guest, as_stranger, ask, stamp):
    address = reverse("write-answer", args=[ask("How do tides work?").pk])
    form = {"text": "By the moon.", "stamp": stamp}
    as_stranger.post(address, form)
    as_guest.post(address, form)
    assert "guest" not in as_guest.cookies
    # Nor a member who finds a guest's page in the browser.
    left = form | {"stamp": opened(seconds_ago=60)}
    PageClient().post(address, left)
    as_stranger.post(address, left)
    assert "guest" not in as_stranger.cookies
    # Nor does a guest whom the site knows.
    as_guest.post(address, form | {"stamp": opened(seconds_ago=60)})
    known = as_guest.cookies["guest"].value
    PageClient().post(address, (other := form | {"stamp": opened(seconds_ago=60)}))
    as_guest.post(address, other)
    assert as_guest.cookies["guest"].value == known


def test_the_stamp_of_one_form_leads_nowhere_from_another(as_guest, ask, stamp):
    form = {"text": "By the moon.", "stamp": stamp}
    first, second = ask("How do tides work?"), ask("Why is there ebb and flow?")
    as_guest.post(reverse("write-answer", args=[first.pk]), form)
    response = as_guest.post(reverse("write-answer", args=[second.pk]), form)
    assert response.status_code == 422
    assert "By the moon." in response.content.decode()
    assert not second.answers.exists()


def test_a_form_that_comes_with_another_token_says_the_same(as_stranger, ask, stamp):
    address = reverse("write-answer", args=[ask("How do tides work?").pk])
    form = {"text": "By the moon.", "stamp": stamp}
    first, second = (as_stranger.post(address, form | {"csrfmiddlewaretoken": token}) for token in "ab")
    assert first.url == second.url
    assert Answer.objects.count() == 1


def test_a_form_that_led_to_an_endless_address_did_its_work_all_the_same(rf, stranger, stamp):
    from django.shortcuts import redirect

    @stamps.sent_once
    def view(request):
        return redirect("/" + "long/" * 200)

    request = rf.post("/somewhere/", {"stamp": stamp})
    request.user = stranger
    assert view(request).status_code == 302
    assert SentForm.objects.get().leads_to == "/"


def test_a_report_that_is_sent_twice_is_one(as_guest, ask, stamp):
    question = ask("How do tides work?")
    for _ in range(2):
        as_guest.post(reverse("report-question", args=[question.pk]), {"reason": "spam", "stamp": stamp})
    assert Report.objects.count() == 1


def test_a_form_that_was_refused_can_be_sent_again_with_the_same_stamp(as_guest, ask, stamp):
    address = reverse("write-answer", args=[ask("How do tides work?").pk])
    assert as_guest.post(address, {"text": "", "stamp": stamp}).status_code == 422
    assert not SentForm.objects.exists()
    assert as_guest.post(address, {"text": "By the moon.", "stamp": stamp}).status_code == 302
    assert Answer.objects.count() == 1


def test_a_form_that_was_changed_since_it_was_sent_is_shown_again_and_then_taken(as_stranger, ask, stamp):
    address = reverse("write-answer", args=[ask("How do tides work?").pk])
    as_stranger.post(address, {"text": "By the moon.", "stamp": stamp})
    changed = as_stranger.post(address, {"text": "By the sun as well.", "stamp": stamp})
    assert changed.status_code == 422
    assert "This form was sent already" in changed.content.decode()
    assert "By the sun as well." in changed.content.decode()
    assert Answer.objects.count() == 1
    again = as_stranger.post(address, {"text": "By the sun as well.", "stamp": stamp_in(changed)})
    assert again.status_code == 302
    assert Answer.objects.count() == 2


def test_what_a_view_raises_is_answered_as_ever_and_the_form_can_be_sent_again(
    as_guest, ask, moderator, stamp
):
    from questions import moderation

    question = ask("How do tides work?", by=moderator)
    address = reverse("write-answer", args=[question.pk])
    moderation.hide(question, by=moderator)
    gone = as_guest.post(address, {"text": "By the moon.", "stamp": stamp})
    assert gone.status_code == 410
    assert "This has been hidden" in gone.content.decode()
    moderation.restore(question, by=moderator)
    assert as_guest.post(address, {"text": "By the moon.", "stamp": stamp}).status_code == 302


def test_an_edit_that_is_sent_twice_is_no_edit_of_somebody_else(as_asker, ask, asker, stamp):
    question = ask("How do tides work?", by=asker)
    address = reverse("edit-question", args=[question.pk])
    page = as_asker.get(address).content.decode()
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    assert 'name="stamp"' in page
    form = {"text": "How do the tides work?", "version": version, "stamp": stamp}
    first, second = (as_asker.post(address, form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    # With other words it is the edit of somebody who has not seen what it says now.
    assert as_asker.post(address, form | {"text": "How do tides come?"}).status_code == 409


def test_a_text_that_is_restored_twice_by_one_form_is_restored_once(as_asker, ask, asker, stamp):
    from answers import answering

    answer = answering.answer(ask("How do tides work?"), "By the moon.", by=asker)
    answering.edit(answer, "By the sun.", by=asker, base=1)
    address = reverse("restore-text", args=[answer.pk, 1])
    assert stamp_in(as_asker.get(address))
    first, second = (as_asker.post(address, {"revision": "2", "stamp": stamp}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert answer.revisions.count() == 3


def test_a_fragment_that_did_its_work_says_where_it_led(rf, stranger, stamp):
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.http import HttpResponse

    calls = []

    @stamps.sent_once
    def view(request):
        calls.append(request)
        return stamps.led_to(HttpResponse("<p>Done</p>"), "/questions/1/#here")

    answers = []
    for _ in range(2):
        request = rf.post("/somewhere/", {"stamp": stamp}, headers={"HX-Request": "true"})
        request.user, request.session = stranger, {}
        request._messages = FallbackStorage(request)
        answers.append(view(request))
    assert len(calls) == 1
    assert answers[1].status_code == 204
    assert answers[1]["HX-Redirect"] == "/questions/1/#here"


def test_old_forms_are_forgotten_and_young_ones_kept(as_guest, stamp):
    ask(as_guest, stamp=stamp)
    assert stamps.sweep() == 0
    SentForm.objects.update(sent_at=timezone.now() - timedelta(days=8))
    assert stamps.sweep() == 1
    assert not SentForm.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["guest", "member"])
def test_a_form_that_is_sent_four_times_at_the_same_moment_does_its_work_once(ask, stranger, stamp, who):
    question, barrier = ask("How do tides work?"), Barrier(4)
    clients = [PageClient() if who == "guest" else signed_in(stranger) for _ in range(4)]

    def send(client):
        try:
            barrier.wait(timeout=60)
            address = reverse("write-answer", args=[question.pk])
            return client.post(address, {"text": "By the moon.", "stamp": stamp}).url
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        led = set(pool.map(send, clients))
    answer = Answer.objects.get()
    assert led == {f"{question.get_absolute_url()}#answer-{answer.pk}"}
