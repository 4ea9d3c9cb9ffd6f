"""The desk as moderators use it, without a browser."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answers import answering, commenting
from answers.models import Comment
from door.admitting import Admission
from qa_site.moderation import queues
from qa_site.moderation.deciding import decide, keep_note
from qa_site.moderation.kinds import KINDS
from qa_site.moderation.queues import Order
from questions.models import State
from tests.moderation.conftest import HELD, name_of_queue, state_of
from tests.pages.conftest import signed_in

COMMENTS = KINDS["comments"]


def test_the_overview_counts_what_waits_in_a_number_of_queries_that_does_not_grow(
    as_moderator, several, answer, held_question, django_assert_num_queries
):
    page = as_moderator.get("/review/").content.decode()
    said = re.findall(
        r'class="count">(.*?)<span class="visually-hidden">(.*?)</span></span>\s*<a [^>]*>(.*?)</a>', page
    )
    assert said[:4] == [
        ("5", " wait in", "Comments"),
        ("1", " waits in", "Questions"),
        ("1", " waits in", "Answers"),
        ("0", " wait in", "Reports"),
    ]
    with django_assert_num_queries(14):
        # session, user, two for permissions, the nine queues (duplicates: two), today
        as_moderator.get("/review/")


def test_one_click_leads_from_a_text_to_its_writer_to_blocking_and_to_its_waves(
    as_moderator, question, stranger
):
    comment = commenting.comment(
        question,
        'Look at <a href="https://pills.example/1">this</a>',
        by=stranger,
        admission=Admission(is_held=True, address_block="a" * 32),
    )
    page = as_moderator.get(f"/review/comments/{comment.pk}/").content.decode()
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    assert stranger.get_absolute_url() in links
    assert f"/review/blocks/?comment={comment.pk}" in links
    waves = [link for link in links if link.startswith("/review/waves/preview/?")]
    assert [parse_qs(urlsplit(link).query)["kind"] for link in waves] == [
        ["account"],
        ["address block"],
        ["e-mail domain"],
        ["link domain"],
    ]
    for link in waves:
        assert re.search(r"Hide \d texts? ", as_moderator.get(link).content.decode())
    page = as_moderator.get(stranger.get_absolute_url()).content.decode()
    assert f'href="/review/blocks/?user={stranger.pk}"' in page
    assert f'href="/review/waves/preview/?kind=account&amp;value={stranger.pk}"' in page


def test_who_may_not_hide_waves_or_block_is_not_led_there(question, stranger, asker):
    comment = commenting.comment(question, "Buy", by=asker, admission=HELD)
    stranger.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    client = signed_in(stranger)
    for address in (f"/review/comments/{comment.pk}/", asker.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "/review/waves/" not in page
        assert "/review/blocks/" not in page


def test_from_every_text_on_its_page_a_moderator_comes_to_it_at_the_desk(
    as_moderator, as_asker, as_guest, question
):
    comment = commenting.comment(question, "I wonder too.", guest_name="Ben")
    answer = answering.answer(question, "By the sun.", guest_name="Ben")
    desk = [f"/review/{name_of_queue(text)}/{text.pk}/" for text in (question, comment, answer)]
    page = as_moderator.get(question.page_url).content.decode()
    assert [address for address in desk if f'href="{address}"' in page] == desk
    for client in (as_asker, as_guest):
        assert "/review/" not in client.get(question.page_url).content.decode()
    assert [as_moderator.get(address).status_code for address in desk] == [200, 200, 200]


def test_what_was_done_so_far_is_said_in_sentences(as_moderator, moderator, comment):
    decide(comment, State.REJECTED, by=moderator, reason="Off the point")
    page = " ".join(as_moderator.get(f"/review/comments/{comment.pk}/").content.decode().split())
    assert '<li>It was rejected. “Off the point” <span class="quiet">Mei, ' in page


def test_each_sees_the_queues_that_are_theirs_and_others_none(as_stranger, stranger, as_guest):
    assert as_stranger.get("/review/").status_code == 403
    assert as_guest.get("/review/").status_code == 302
    stranger.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    client = signed_in(stranger)
    page = client.get("/review/").content.decode()
    assert 'href="/review/comments/"' in page
    assert 'href="/review/questions/"' not in page
    assert '<a href="/review/">Review</a>' in client.get("/").content.decode()
    assert client.get("/review/comments/").status_code == 200
    assert client.get("/review/answers/").status_code == 403


@pytest.mark.parametrize(
    ("order", "expected"), [("fine", [1, 2, 4, 3, 0]), ("spam", [0, 3, 2, 4, 1]), ("oldest", [0, 1, 2, 3, 4])]
)
def test_the_orders_and_what_nobody_could_judge_in_the_middle(several, order, expected):
    found = queues.numbers(COMMENTS, Order(order), limit=10)
    assert found == [several[number].pk for number in expected]
    one_by_one, last = [], None
    while pks := queues.numbers(COMMENTS, Order(order), after=last, limit=1):
        one_by_one += pks
        last = Comment.objects.get(pk=pks[0])
    assert one_by_one == found
    assert queues.numbers(COMMENTS, Order(order), after=last, limit=10, back=True) == found[-2::-1]


def test_pages_of_the_list_follow_each_other(as_moderator, question):
    for number in range(25):
        commenting.comment(question, f"Number {number}.", guest_name="Ben", admission=HELD)
    first = as_moderator.get("/review/comments/?order=oldest")
    assert len(first.context["lines"]) == 20
    second = as_moderator.get(f"/review/comments/?order=oldest&after={first.context['more']}")
    assert [line.text.text for line in second.context["lines"]] == [f"Number {n}." for n in range(20, 25)]
    assert second.context["more"] is None
    assert as_moderator.get("/review/comments/?after=zebra").status_code == 404


def test_deciding_about_one_leads_to_the_next_which_is_claimed(as_moderator, moderator, several):
    first, second = several[1], several[2]
    response = as_moderator.post("/review/comments/next/")
    assert (response.status_code, response.url) == (303, f"/review/comments/{first.pk}/")
    first.refresh_from_db()
    assert first.claimed_by == moderator
    response = as_moderator.post(response.url, {"decision": "approve", "state": "pending"})
    assert (response.status_code, response.url) == (303, f"/review/comments/{second.pk}/")
    assert state_of(first) == "approved"
    assert first.claimed_by is None
    second.refresh_from_db()
    assert second.claimed_by == moderator


def test_after_the_last_one_stands_what_was_done_today(as_moderator, held):
    address = f"/review/{name_of_queue(held)}/"
    response = as_moderator.post(f"{address}{held.pk}/", {"decision": "spam", "state": "pending"})
    assert response.url == address
    assert "Today 1 marked as spam." in as_moderator.get(address).content.decode()


def test_the_notice_undoes_the_last_decision(as_moderator, moderator, held):
    address = f"/review/{name_of_queue(held)}/{held.pk}/"
    as_moderator.post(address, {"decision": "reject", "state": "pending", "reason": "Empty."})
    page = as_moderator.get(f"/review/{name_of_queue(held)}/").content.decode()
    undo = re.search(r'action="(/review/[a-z]+/undo/\?acts=\d+)"', page)[1]
    response = as_moderator.post(undo)
    assert (response.status_code, response.url) == (303, address)
    assert state_of(held) == "pending"
    assert held.claimed_by == moderator
    assert "Undone" in as_moderator.get(address).content.decode()


def test_nothing_chosen_is_said_so_and_what_was_ticked_stays(as_moderator, several):
    response = as_moderator.post("/review/comments/", {"decision": "approve"})
    assert response.status_code == 422
    assert "Please tick what it is about first" in response.content.decode()
    response = as_moderator.post("/review/comments/", {"texts": [several[0].pk, "x", "9" * 30]})
    assert response.status_code == 422
    assert f'value="{several[0].pk}" aria-label="Choose: Comment 0" data-row-key="x" checked' in (
        response.content.decode()
    )


def test_a_note_is_for_moderators_alone(as_moderator, as_stranger, as_asker, question, comment):
    address = f"/review/comments/{comment.pk}/"
    response = as_moderator.post(address, {"decision": "note", "note": "Seen him before."})
    assert response.status_code == 303
    assert "Seen him before." in as_moderator.get(address).content.decode()
    assert as_moderator.post(address, {"decision": "note", "note": " "}).status_code == 422
    assert state_of(comment) == "pending"
    as_moderator.post(address, {"decision": "approve", "state": "pending", "note": "All is well."})
    for client in (as_stranger, as_asker):
        for page in (question.get_absolute_url(), f"/questions/{question.pk}/history/", "/log/"):
            assert b"Seen him" not in client.get(page).content
            assert b"All is well" not in client.get(page).content
        assert client.get(address).status_code == 403


def test_the_page_says_why_it_is_here_and_who_wrote_it(as_moderator, asker, question, moderator):
    for number in range(3):
        old = commenting.comment(question, f"Old {number}", by=asker)
    decide(old, State.SPAM, by=moderator)
    held = commenting.comment(
        question, "Buy <b>now</b>", by=asker, admission=Admission(is_held=True, reasons=("Four links.",))
    )
    keep_note(old, "About the old one.", by=moderator)
    page = as_moderator.get(f"/review/comments/{held.pk}/").content.decode()
    assert "Four links." in page
    assert "3 approved, 0 rejected, 1 spam" in page
    assert "Amina" in page
    assert "About the old one." not in page


def test_any_text_can_be_opened_and_decided_about_whatever_its_state(as_moderator, question):
    comment = commenting.comment(question, "Hello", guest_name="Ben")
    address = f"/review/comments/{comment.pk}/"
    response = as_moderator.post(address, {"decision": "hide", "state": "approved", "reason": "Rude."})
    assert (response.status_code, response.url) == (303, address)
    assert state_of(comment) == "hidden"


@pytest.mark.parametrize(
    "data", [{}, {"decision": "eat", "state": "pending"}, {"decision": "spam", "state": "x"}]
)
def test_a_decision_that_is_none_is_refused(as_moderator, held, data):
    response = as_moderator.post(f"/review/{name_of_queue(held)}/{held.pk}/", data)
    assert response.status_code == 422
    assert state_of(held) == "pending"


@pytest.mark.parametrize("path", ["/review/comments/", "/review/answers/", "/review/questions/"])
def test_the_number_of_queries_does_not_grow_with_what_waits(as_moderator, ask, question, path):
    def fill(numbers):
        for number in numbers:
            commenting.comment(question, f"A comment {number}", guest_name="Ben", admission=HELD)
            answering.answer(question, f"An answer {number}", guest_name="Ben", admission=HELD)
            ask(f"A question {number}?", guest_name="Ben", admission=HELD)

    def count(address):
        with CaptureQueriesContext(connection) as queries:
            assert as_moderator.get(address).status_code == 200
        return len(queries)

    fill(range(2))
    kind = KINDS[path.split("/")[2]]
    one = kind.model.objects.filter(state="pending").order_by("pk")[0].pk
    few = count(path), count(f"{path}{one}/")
    fill(range(2, 22))
    assert (count(path), count(f"{path}{one}/")) == few
    assert few[0] <= 9
    assert few[1] <= 22


def test_every_page_is_the_same_for_a_text_with_markup_in_it(as_moderator, question):
    comment = commenting.comment(
        question, "<script>alert(1)</script>", guest_name="<i>Ben</i>", admission=HELD
    )
    for address in ("/review/comments/", f"/review/comments/{comment.pk}/"):
        page = as_moderator.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;i&gt;Ben&lt;/i&gt;" in page
