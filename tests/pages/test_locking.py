"""A locked question: read by everybody, added to by nobody but those who may lock; and closed comments."""

import pytest

from answers import answering, proposing
from answers.models import Answer, EditProposal
from questions import asking, merging, moderation
from questions.locking import QuestionIsLocked
from questions.models import Act, Question


@pytest.fixture
def locked(ask, asker, moderator):
    question = ask("Is the moon hollow?", by=asker)
    answering.answer(question, "Yes, it is.", by=asker)
    moderation.lock(question, by=moderator, reason="A quarrel.")
    question.refresh_from_db()
    return question


def test_a_moderator_locks_and_unlocks_with_a_reason(as_moderator, ask):
    question = ask("Is the moon hollow?")
    address = f"/questions/{question.pk}/lock/"
    assert "Lock it" in as_moderator.get(question.get_absolute_url()).content.decode()
    assert as_moderator.post(address, {"lock": "yes", "reason": "A quarrel."}).status_code == 302
    act = Act.objects.get()
    assert (act.kind, act.reason) == ("locked", "A quarrel.")
    page = as_moderator.get(question.get_absolute_url()).content.decode()
    assert "This question is locked." in page
    assert "Unlock it" in page
    assert as_moderator.post(address, {"lock": "yes"}).status_code == 422
    assert as_moderator.post(address, {"lock": "no"}).status_code == 302
    assert "is locked" not in as_moderator.get("/").content.decode()
    question.refresh_from_db()
    assert not question.is_locked


def test_its_page_says_so_and_has_no_form(as_guest, as_stranger, as_asker, as_moderator, locked):
    for client in (as_guest, as_stranger, as_asker):
        page = client.get(locked.get_absolute_url()).content.decode()
        assert "This question is locked." in page
        assert f"/questions/{locked.pk}/answer/" not in page
        assert f"/questions/{locked.pk}/edit/" not in page
        assert f"/questions/{locked.pk}/alternates/add/" not in page
        assert "Propose an edit" not in page
    page = as_moderator.get(locked.get_absolute_url()).content.decode()
    assert f'action="/questions/{locked.pk}/answer/"' in page


@pytest.mark.parametrize("who", ["as_guest", "as_stranger", "as_asker"])
def test_what_is_posted_is_refused_and_stays_on_the_page(request, who, locked):
    client = request.getfixturevalue(who)
    answer = Answer.objects.get()
    addresses = [f"/questions/{locked.pk}/answer/"]
    if who != "as_guest":
        addresses += [f"/questions/{locked.pk}/alternates/add/", f"/answers/{answer.pk}/edit/"]
    if who == "as_asker":
        addresses += [f"/questions/{locked.pk}/edit/"]
    for address in addresses:
        response = client.post(address, {"text": "What I typed, all of it", "revision": "1"})
        assert response.status_code == 403, address
        page = response.content.decode()
        assert "This question is locked" in page
        assert "What I typed, all of it" in page
    assert Answer.objects.count() == Question.objects.count() == 1
    assert not EditProposal.objects.exists()


def test_a_guest_is_told_rather_than_asked_to_sign_in(as_guest, locked):
    response = as_guest.get(f"/questions/{locked.pk}/answer/")
    assert response.status_code == 403
    assert "This question is locked" in response.content.decode()


def test_who_may_lock_goes_on(as_moderator, locked):
    answer = Answer.objects.get()
    assert as_moderator.post(f"/questions/{locked.pk}/answer/", {"text": "The last word."}).status_code == 302
    response = as_moderator.post(f"/answers/{answer.pk}/edit/", {"text": "No, it is not.", "revision": "1"})
    assert response.status_code == 302
    assert as_moderator.get(f"/questions/{locked.pk}/edit/").status_code == 200
    assert Answer.objects.count() == 2


def test_the_verbs_look_again_when_they_hold_the_lock(locked, asker, stranger):
    answer = Answer.objects.get()
    base = answer.revisions.get()
    with pytest.raises(QuestionIsLocked):
        answering.answer(locked, "Late.", by=stranger)
    with pytest.raises(QuestionIsLocked):
        answering.answer(locked, "Late.", guest_name="Ben")
    with pytest.raises(QuestionIsLocked):
        answering.edit(answer, "Late.", by=asker)
    with pytest.raises(QuestionIsLocked):
        proposing.propose(answer, "Late.", by=stranger, base=base)
    with pytest.raises(QuestionIsLocked):
        merging.reword(locked, "Late?", by=asker)
    with pytest.raises(QuestionIsLocked):
        merging.add_alternate("Late?", to=locked, by=stranger)
    with pytest.raises(QuestionIsLocked):
        asking.edit_details(locked, "Late.", by=asker)


def test_answers_to_any_wording_of_a_locked_page_are_shut(ask, asker, moderator, as_asker):
    home, page = ask("Is the moon hollow?", by=asker), ask("Is the moon empty inside?", by=asker)
    answer = answering.answer(home, "Yes, it is.", by=asker)
    merging.merge(home, into=page, by=moderator)
    moderation.lock(page, by=moderator)
    assert as_asker.get(f"/answers/{answer.pk}/edit/").status_code == 403
    moderation.unlock(page, by=moderator)
    assert as_asker.get(f"/answers/{answer.pk}/edit/").status_code == 200
    moderation.lock(home, by=moderator)
    assert as_asker.get(f"/answers/{answer.pk}/edit/").status_code == 403
    assert as_asker.get(f"/questions/{page.pk}/edit/").status_code == 200


def test_whoever_asks_a_locked_question_again_comes_to_its_answers(as_stranger, locked):
    response = as_stranger.post(f"/questions/{locked.pk}/same/", {"text": "Is our moon hollow?"})
    assert response.status_code == 302
    assert response.url == locked.get_absolute_url()


def test_comments_are_closed_and_opened_again(as_moderator, ask):
    question = ask("Is the moon hollow?")
    address = f"/questions/{question.pk}/close-comments/"
    assert as_moderator.get(address).status_code == 200
    as_moderator.post(address, {"close": "yes", "reason": "A quarrel."})
    question.refresh_from_db()
    assert question.has_closed_comments
    assert as_moderator.post(address, {"close": "yes"}).status_code == 422
    as_moderator.post(address, {"close": "no"})
    question.refresh_from_db()
    assert not question.has_closed_comments
    assert [act.kind for act in Act.objects.order_by("pk")] == ["closed", "opened"]


def test_moderators_see_the_state_of_a_hidden_page_with_a_way_to_decide(as_moderator, ask, moderator):
    question = ask("Is the moon hollow?")
    moderation.set_state(question, "spam", by=moderator)
    page = as_moderator.get(question.get_absolute_url()).content.decode()
    assert "marked as spam" in page
    assert f"/review/questions/{question.pk}/" in page
