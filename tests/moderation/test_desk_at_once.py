"""Several moderators at the desk at once: none does what another is about to do."""

import re

from answers.models import Comment
from qa_site.moderation import queues
from qa_site.moderation.deciding import decide
from questions.models import State
from tests.moderation.conftest import name_of_queue, state_of


def test_several_at_once_tell_what_was_done_and_what_others_did(as_moderator, second_moderator, several):
    decide(several[0], State.SPAM, by=second_moderator)
    queues.hold(several[1], by=second_moderator)
    chosen = [comment.pk for comment in several[:4]]
    response = as_moderator.post("/review/comments/", {"decision": "reject", "texts": chosen}, follow=True)
    page = response.content.decode()
    assert "2 comments were rejected." in page
    assert "1 was left alone: decided by others meanwhile." in page
    assert "1 was left alone: Olu is looking at it just now." in page
    assert [state_of(comment) for comment in several] == [
        "spam",
        "pending",
        "rejected",
        "rejected",
        "pending",
    ]
    undo = re.search(r'action="(/review/comments/undo/\?acts=[\d,]+)"', page)[1]
    as_moderator.post(undo)
    assert [state_of(comment) for comment in several] == ["spam", "pending", "pending", "pending", "pending"]


def test_the_second_of_two_moderators_is_told_what_the_first_did(as_moderator, as_second_moderator, held):
    address = f"/review/{name_of_queue(held)}/{held.pk}/"
    assert as_moderator.post(address, {"decision": "spam", "state": "pending"}).status_code == 303
    response = as_second_moderator.post(
        address, {"decision": "approve", "state": "pending", "reason": "Looks fine to me"}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "Mei has marked it as spam." in page
    assert "Looks fine to me" in page
    assert state_of(held) == "spam"


def test_what_another_has_before_them_is_passed_over_and_left_alone(as_moderator, second_moderator, several):
    queues.hold(several[1], by=second_moderator)
    assert "Olu is looking at it" in as_moderator.get("/review/comments/").content.decode()
    assert as_moderator.post("/review/comments/next/").url == f"/review/comments/{several[2].pk}/"
    page = as_moderator.get(f"/review/comments/{several[1].pk}/").content.decode()
    assert "Olu is looking at this." in page
    assert 'value="approve"' not in page
    response = as_moderator.post(
        f"/review/comments/{several[1].pk}/", {"decision": "spam", "state": "pending"}
    )
    assert response.status_code == 409
    assert state_of(several[1]) == "pending"


def test_going_on_leaves_the_former_one_to_others(as_moderator, moderator, several):
    as_moderator.post("/review/comments/next/")
    as_moderator.post("/review/comments/next/", {"after": several[1].pk})
    assert [comment.pk for comment in Comment.objects.filter(claimed_by=moderator)] == [several[2].pk]


def test_going_back_passes_over_what_another_looks_at(as_moderator, second_moderator, several):
    queues.hold(several[2], by=second_moderator)
    page = as_moderator.get(f"/review/comments/{several[4].pk}/").content.decode()
    assert re.findall(r'<a href="([^"]*)"[^>]* data-key="k"', page) == [f"/review/comments/{several[1].pk}/"]


def test_when_others_look_at_all_that_waits_it_is_said(as_moderator, second_moderator, moderator, several):
    for comment in several[1:]:
        queues.hold(comment, by=second_moderator)
    queues.hold(several[0], by=moderator)
    said = "Other moderators are looking at all that waits."
    address = f"/review/comments/{several[0].pk}/"
    page = as_moderator.post(address, {"decision": "spam", "state": "pending"}, follow=True).content.decode()
    assert "marked as spam" in page
    assert said in page
    assert said in as_moderator.post("/review/comments/next/", follow=True).content.decode()


def test_who_has_the_only_one_left_is_not_told_of_others(as_moderator, moderator, comment):
    queues.hold(comment, by=moderator)
    response = as_moderator.post("/review/comments/next/", {"after": comment.pk}, follow=True)
    assert "Other moderators" not in response.content.decode()


def test_all_on_the_page_are_ticked_but_what_others_look_at(as_moderator, second_moderator, several):
    queues.hold(several[1], by=second_moderator)
    page = as_moderator.get("/review/comments/").content.decode()
    assert " checked" not in page
    assert 'href="?order=fine&amp;tick=all"' in page
    page = as_moderator.get("/review/comments/?order=fine&tick=all").content.decode()
    ticked = {int(number) for number in re.findall(r'name="texts" value="(\d+)"[^>]* checked', page)}
    assert ticked == {comment.pk for comment in several} - {several[1].pk}
