"""The box that says what this place is."""

import pytest

pytestmark = pytest.mark.django_db

TITLE = "Many ways of asking, one answer"


def test_who_is_new_reads_what_this_place_is(as_guest):
    assert TITLE in as_guest.get("/").content.decode()


def test_it_stays_closed(as_guest):
    response = as_guest.post("/newcomers/")
    assert (response.status_code, response["Location"]) == (303, "/")
    assert TITLE not in as_guest.get("/").content.decode()


def test_members_know_what_this_place_is(as_asker):
    assert TITLE not in as_asker.get("/").content.decode()
