"""The page of the specimens: all includes are there, nothing of it can do harm, and it costs no query."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from qa_site.accounts.models import User
from qa_site.components import made_up, texts
from qa_site.components.showing import Shown, apart, harmless
from qa_site.components.views import ROOMS, shown_of
from questions import wording
from questions.forms import MAX_TAG_LENGTH
from tests.pages.conftest import PageClient, signed_in

# Includes that no specimen shows, and why.
NOT_SHOWN = {
    "questions/_review_head.html": "it stands in the head of a page, where nothing is seen",
}
TEMPLATES = Path(settings.BASE_DIR, "templates")


@pytest.fixture
def shown(rf) -> list[Shown]:
    request = rf.get("/components/")
    request.user = AnonymousUser()
    return [one for room in ROOMS for one in shown_of(room, request)]


@pytest.fixture
def as_staff(db) -> Client:
    return signed_in(User.objects.create_user("staff@example.org", name="Ada", is_staff=True))


def rendered_with(shown: list[Shown]) -> set[str]:
    names = set()

    def note(template, **_):
        names.add(template.name)

    template_rendered.connect(note)
    try:
        for one in shown:
            assert one.html is not None
    finally:
        template_rendered.disconnect(note)
    return names


def test_every_include_is_shown_by_a_specimen(shown):
    includes = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("_*.html")}
    assert len(includes) > 40
    assert includes - rendered_with(shown) == set(NOT_SHOWN)


def test_no_include_of_the_exceptions_has_gone():
    for name in NOT_SHOWN:
        assert (TEMPLATES / name).exists(), name


def test_specimens_of_a_room_differ_in_name_or_state(shown):
    names = Counter((one.specimen.title, one.specimen.state) for one in shown)
    assert [name for name, count in names.items() if count > 1] == []


def test_specimens_are_rendered_without_a_query(db, shown):
    with CaptureQueriesContext(connection) as queries:
        rendered_with(shown)
    assert [query["sql"] for query in queries.captured_queries] == []


def test_the_page_costs_no_more_than_the_session_and_the_reader(as_staff, django_assert_num_queries):
    # The session, the reader, what the reader may do, and what the groups of the reader may.
    with django_assert_num_queries(4):
        page = as_staff.get("/components/").content.decode()
    assert texts.QUESTION in page
    assert "List of questions: Arabic" in page


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_is_shown_alone(as_staff, room):
    page = as_staff.get(f"/components/?room={room.name}").content.decode()
    assert [other.name for other in ROOMS if f'<h1 id="{other.name}">' in page] == [room.name]


def test_long_lists_are_left_to_the_pages_of_their_rooms(as_staff):
    everything = as_staff.get("/components/").content.decode()
    alone = as_staff.get("/components/?room=questions").content.decode()
    assert everything.count('class="question-line"') < 50
    assert alone.count('class="question-line"') > 200


def test_it_can_be_turned_round(as_staff):
    for direction, said in (("rtl", ' dir="rtl"'), ("ltr", ' dir="ltr"'), ('"><b>', ""), ("", "")):
        page = as_staff.get("/components/", {"direction": direction}).content.decode()
        assert f'<div class="specimens"{said}>' in page


def test_a_room_that_is_not_there_is_a_404(as_staff):
    response = as_staff.get("/components/?room=attic")
    assert response.status_code == 404
    assert "There is no such room" in response.content.decode()


def test_it_is_for_staff(asker, moderator):
    assert PageClient().get("/components/").url == "/accounts/login/?next=/components/"
    for person in (asker, moderator):
        response = signed_in(person).get("/components/")
        assert response.status_code == 403
        assert "These are for staff" in response.content.decode()


def test_no_button_of_a_specimen_sends_anything_but_to_the_page_itself(shown, as_staff):
    # Which takes nothing.
    assert as_staff.post("/components/", {"text": "Changed?"}).status_code == 405
    forms = 0
    for one in shown:
        forms += one.html.count("<form")
        tags = "".join(re.findall(r"<(?:form|button|input|a|p|div)\b[^>]*>", one.html))
        assert not re.search(r"\s(?:action|formaction|hx-\w+|autofocus|data-draft|data-sent)\b", tags), (
            one.specimen
        )
    assert forms > 50


def test_links_to_made_up_rows_lead_to_nothing_that_is_there(shown, admin):
    as_admin = signed_in(admin)
    links = {link for one in shown for link in re.findall(r'href="(/[^"?#]*)', one.html)}
    numbered = sorted(link for link in links if str(made_up.NOBODYS)[:9] in link)
    # One of each kind, for there are a thousand.
    by_view = {resolve(link).view_name: link for link in numbered}
    assert len(by_view) > 15
    for name, link in by_view.items():
        assert as_admin.get(link).status_code == 404, name


def test_no_id_stands_twice_on_the_page(as_staff):
    for address in ("/components/", *(f"/components/?room={room.name}" for room in ROOMS)):
        ids = Counter(re.findall(r'\sid="([^"]+)"', as_staff.get(address).content.decode()))
        assert [name for name, count in ids.items() if count > 1] == [], address


def test_ids_are_renamed_together_with_what_points_at_them():
    html = '<label for="a">A</label><input id="a" aria-describedby="a_help other"><a href="#a">to it</a>'
    assert apart(html, "x-1") == (
        '<label for="x-1-a">A</label><input id="x-1-a" aria-describedby="a_help other"><a href="#x-1-a">to it</a>'
    )


def test_landmarks_are_called_after_their_specimen():
    assert apart('<nav class="pages" aria-label="Pages">', "x-1") == (
        '<nav class="pages" aria-label="Pages (x-1)">'
    )
    assert apart('<section aria-labelledby="a"><h2 id="a">A</h2></section>', "x-1") == (
        '<section aria-labelledby="x-1 x-1-a"><h2 id="x-1-a">A</h2></section>'
    )


def test_what_a_button_would_do_is_taken_out_and_words_are_left():
    html = '<form method="post" action="/ask/" hx-boost="true"><button formaction="/x/" autofocus>as hx-get </button>'
    assert harmless(html) == '<form method="post"><button>as hx-get </button>'


def test_made_up_rows_have_numbers_of_their_own():
    one, other = made_up.question(), made_up.question()
    assert made_up.NOBODYS < one.pk < other.pk < 10**18


def test_texts_are_as_long_as_they_are_said_to_be():
    assert len(texts.LONG_WORD) == 120
    assert not re.search(r"\W", texts.LONG_WORD)
    assert len(texts.LONG_WORDING) == wording.MAX_LENGTH
    assert len(texts.LONG_TAG) == MAX_TAG_LENGTH
