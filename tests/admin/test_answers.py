"""Answers, comments, marks and reports in the admin."""

from __future__ import annotations

from uuid import uuid4

import pytest

from answers import answering, commenting, usefulness
from answers.models import Answer, AnswerAct, Comment, CommentAct, Report, Revision, UsefulMark
from tests.admin.conftest import THEN, list_of, page_of


@pytest.fixture
def answer(ask, asker) -> Answer:
    return answering.answer(ask("Why do cats purr?"), "Because they are happy.", by=asker)


def posted(answer: Answer, **changes: object) -> dict[str, object]:
    return {"text": answer.text, "author": answer.author_id, "guest_name": "", "summary": "", **changes}


def test_a_new_text_is_a_new_revision_with_its_summary(superuser, admin, answer):
    superuser.post(page_of(answer), posted(answer, text="Because they are *content*.", summary="Style"))
    answer.refresh_from_db()
    assert "<em>content</em>" in answer.html
    revision = Revision.objects.get(number=2)
    assert (revision.text, revision.summary, revision.author) == (answer.text, "Style", admin)


def test_saving_without_a_change_writes_no_revision(superuser, answer):
    Answer.objects.filter(pk=answer.pk).update(text="One\r\ntwo\n")
    assert superuser.post(page_of(answer), posted(answer, text="One\r\ntwo")).status_code == 302
    assert Revision.objects.count() == 1


def test_an_empty_text_is_an_error_on_the_form(superuser, answer):
    page = superuser.post(page_of(answer), posted(answer, text="  "))
    assert page.context["adminform"].form.errors["text"]


def test_an_answer_keeps_its_home_and_numbers_whatever_is_posted(superuser, answer, ask):
    other = ask("Why do dogs bark?")
    superuser.post(
        page_of(answer), posted(answer, question=other.pk, useful_count=9, state="hidden", is_accepted="on")
    )
    kept = Answer.objects.get()
    assert (kept.question, kept.useful_count, kept.state, kept.is_accepted) == (
        answer.question,
        0,
        "approved",
        False,
    )


def test_hiding_and_restoring_are_logged_and_counted(superuser, act, admin, answer):
    act([answer], "hide_selected", reason="Wrong")
    logged = AnswerAct.objects.get()
    assert (logged.kind, logged.by, logged.reason) == ("hidden", admin, "Wrong")
    answer.question.refresh_from_db()
    assert answer.question.answer_count == 0
    assert "hidden already" in act([answer], "hide_selected")[0]
    act([answer], "restore_selected")
    answer.question.refresh_from_db()
    assert answer.question.answer_count == 1
    assert AnswerAct.objects.count() == 2


def test_changing_and_hiding_answers_need_their_permissions(staff, act, answer):
    browser = staff("answers.view_answer", "answers.change_answer", "answers.delete_answer")
    assert browser.post(page_of(answer), posted(answer, text="Changed")).status_code == 403
    act([answer], "hide_selected")
    answer.refresh_from_db()
    assert (answer.text, answer.state) == ("Because they are happy.", "approved")
    staff("answers.edit_answer", "answers.hide_answer")
    browser.post(page_of(answer), posted(answer, text="Changed"))
    act([answer], "hide_selected")
    answer.refresh_from_db()
    assert (answer.text, answer.state) == ("Changed", "hidden")


def test_answers_are_found_by_words_author_and_number(superuser, answer, ask, stranger):
    other = answering.answer(ask("Why do dogs bark?"), "Nobody knows.", by=stranger)
    for typed, found in [
        ("happ", [answer]),
        ("knows", [other]),
        ("Jonas", [other]),
        ("asker@example.org", [answer]),
        (f"{other.pk}", [other]),
        ("elephants", []),
    ]:
        page = superuser.get(list_of(Answer), {"q": typed})
        assert list(page.context["cl"].result_list) == found, typed


def test_the_list_counts_comments_and_revisions(superuser, answer):
    commenting.comment(answer, "Really?")
    commenting.comment(answer, "Yes.")
    answering.edit(answer, "Because.", by=None)
    commenting.comment(answer.question, "Which cats?")
    [row] = superuser.get(list_of(Answer)).context["cl"].result_list
    assert (row.comments_here, row.revisions_here) == (2, 2)


def test_comments_are_decided_about_by_who_may_moderate_them_and_the_log_has_it(staff, act, answer):
    comment = commenting.comment(answer, "Rude!", guest_name="Troll")
    browser = staff("answers.view_comment", "answers.change_comment")
    act([comment], "hide_selected", reason="Rude.")
    comment.refresh_from_db()
    assert comment.state == "approved"
    staff("answers.moderate_comment")
    for action, state in (
        ("hide_selected", "hidden"),
        ("restore_selected", "approved"),
        ("mark_as_spam", "spam"),
    ):
        assert act([comment], action, reason="Because.") != []
        comment.refresh_from_db()
        assert comment.state == state
    acts = CommentAct.objects.order_by("pk")
    assert [(row.kind, row.reason) for row in acts] == [
        ("hidden", "Because."),
        ("restored", "Because."),
        ("spam", "Because."),
    ]
    forged = {"state": "approved", "text": "Changed", "guest_name": "Forged"}
    assert browser.post(page_of(comment), forged).status_code == 403
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.guest_name) == ("spam", "Rude!", "Troll")


def test_comments_are_found_by_text_and_name(superuser, answer):
    comment = commenting.comment(answer, "Rude!", guest_name="Troll")
    commenting.comment(answer, "Kind.")
    for typed in ["rude", "troll"]:
        assert list(superuser.get(list_of(Comment), {"q": typed}).context["cl"].result_list) == [comment]


def test_marks_that_are_taken_back_are_counted_out(superuser, answer, stranger):
    usefulness.mark(answer, by=stranger)
    usefulness.mark(answer, guest=uuid4())
    usefulness.mark(answer, guest=uuid4())
    first, *others = UsefulMark.objects.all()
    superuser.post(page_of(first, "delete"), {"post": "yes"})
    answer.refresh_from_db()
    assert answer.useful_count == 2
    chosen = {"action": "delete_selected", "_selected_action": [mark.pk for mark in others], "post": "yes"}
    superuser.post(list_of(UsefulMark), chosen)
    answer.refresh_from_db()
    answer.question.refresh_from_db()
    assert (answer.useful_count, answer.question.useful_count) == (0, 0)


def test_reports_are_settled_once_by_who_may_settle_them(staff, act, answer):
    report = Report.objects.create(answer=answer, reason="wrong", words="No!", created_at=THEN)
    browser = staff("answers.view_report", "answers.change_report")
    act([report], "decline_selected")
    report.refresh_from_db()
    assert report.settled_at is None
    staff("answers.settle_report")
    assert list(browser.get(list_of(Report), {"settled": "no"}).context["cl"].result_list) == [report]
    assert act([report], "decline_selected", reason="It is right.") == [
        "Settled, with all that was said about it: 1."
    ]
    report.refresh_from_db()
    settled_at = report.settled_at
    assert (report.outcome, report.said) == ("declined", "It is right.")
    assert report.settled_by is not None
    assert "settled already" in act([report], "uphold_selected")[0]
    report.refresh_from_db()
    assert (report.outcome, report.settled_at) == ("declined", settled_at)
    assert not browser.get(list_of(Report), {"settled": "no"}).context["cl"].result_list


def test_a_text_that_was_saved_meanwhile_is_not_overwritten(superuser, answer, asker):
    page = superuser.get(page_of(answer))
    seen = page.context["adminform"].form.initial["revision"]
    answering.edit(answer, "Their text.", by=asker)
    response = superuser.post(
        page_of(answer), {"text": "My text.", "summary": "", "guest_name": "", "revision": seen}
    )
    assert "since you opened it" in response.content.decode()
    assert "My text." in response.content.decode()
    answer.refresh_from_db()
    assert answer.text == "Their text."
