"""The log in the admin: read by all who may enter, undone by the verb."""

from __future__ import annotations

import pytest

from questions import merging, moderation
from questions.models import Act, Question
from tests.admin.conftest import list_of, page_of


@pytest.fixture
def merged(ask, admin) -> Act:
    return merging.merge(ask("Where do whales sleep?"), into=ask("How do whales sleep?"), by=admin)


def test_the_list_shows_the_wordings_and_whether_the_act_stands(superuser, merged, admin):
    merging.unmerge(merged.question, by=admin)
    page = superuser.get(list_of(Act))
    assert "Where do whales sleep?" in page.text
    assert "How do whales sleep?" in page.text
    assert [superuser.get(page_of(act)).status_code for act in Act.objects.all()] == [200, 200]


def test_undoing_is_logged_with_its_reason_and_refused_a_second_time(superuser, act, merged, admin):
    assert act([merged], "undo_selected", reason="They differ") == [
        "“Where do whales sleep?” was split off from “How do whales sleep?”."
    ]
    undo = Act.objects.newest()[0]
    assert (undo.kind, undo.undoes, undo.by, undo.reason) == ("unmerged", merged, admin, "They differ")
    assert Question.objects.primaries().count() == 2
    assert act([merged], "undo_selected") == ["“Merged: Where do whales sleep?”: It has been undone."]


def test_several_acts_are_undone_from_the_newest_back(superuser, act, ask, admin):
    question = ask("Do whales dream?")
    hidden = moderation.hide(question, by=admin)
    moderation.restore(question, by=admin)
    again = moderation.hide(question, by=admin)
    said = act([hidden, again], "undo_selected")
    assert said[0] == "“Do whales dream?” was restored."
    assert said[1].endswith("It is visible again.")


def test_rewording_that_cannot_be_undone_is_a_message(superuser, act, ask, admin):
    question = ask("Do whales sing?")
    reworded = merging.reword(question, "Why do whales sing?", by=admin)
    ask("Do whales sing?")
    [said] = act([reworded], "undo_selected")
    assert "already exists" in said
    question.refresh_from_db()
    assert question.text == "Why do whales sing?"


def test_undoing_needs_the_permission_of_the_opposite_act(staff, act, merged):
    staff("questions.view_act")
    act([merged], "undo_selected")
    staff("questions.hide_question")
    [said] = act([merged], "undo_selected")
    assert "permission" in said
    assert Act.objects.count() == 1
    staff("questions.unmerge_question")
    act([merged], "undo_selected")
    assert Act.objects.newest()[0].undoes == merged


def test_the_log_can_be_narrowed_to_a_family_a_person_and_a_kind(superuser, merged, ask, stranger):
    other = moderation.hide(ask("Is this another question?"), by=stranger)
    for query, found in [
        ({"family": merged.other_id}, [merged]),
        ({"by": stranger.pk}, [other]),
        ({"kind__exact": "merged"}, [merged]),
        ({"q": "whales"}, [merged]),
        ({"q": "Jonas"}, [other]),
    ]:
        assert list(superuser.get(list_of(Act), query).context["cl"].result_list) == found, query
