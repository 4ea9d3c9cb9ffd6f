"""Reporting, what many reports do by themselves, and settling them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from answers import answering, commenting, reporting
from answers.models import Comment, CommentAct, Report
from qa_site.accounts.models import User
from qa_site.moderation.deciding import decide
from qa_site.moderation.models import DeskAct
from questions.models import State
from tests.pages.conftest import signed_in


def state(thing) -> str:
    thing.refresh_from_db()
    return thing.state


@pytest.fixture
def readers(db) -> list[User]:
    return [User.objects.create_user(f"reader{n}@example.org", name=f"Reader {n}") for n in range(5)]


@pytest.fixture(params=["question", "answer", "comment"])
def thing(request, ask, asker):
    question = ask("Is the moon hollow?", by=asker)
    match request.param:
        case "answer":
            return answering.answer(question, "Yes, it is.", by=asker)
        case "comment":
            return commenting.comment(question, "You fool.", by=asker)
    return question


@pytest.fixture
def remark(question, asker):
    return commenting.comment(question, "You fool.", by=asker)


def address(thing) -> str:
    return f"/{type(thing)._meta.model_name}s/{thing.pk}/report/"


def test_anybody_reports_anything(as_guest, as_stranger, thing, asker):
    for client, words in ((as_guest, "Said a guest."), (as_stranger, "Said a member.")):
        assert client.get(address(thing)).status_code == 200
        response = client.post(address(thing), {"reason": "rude", "words": words})
        assert response.status_code == 302
    reports = Report.objects.open().order_by("pk")
    assert [(report.about, report.words) for report in reports] == [
        (thing, "Said a guest."),
        (thing, "Said a member."),
    ]
    assert as_stranger.post(f"/users/{asker.pk}/report/", {"reason": "other"}).status_code == 302
    assert Report.objects.latest("pk").about == asker


def test_only_the_site_says_that_a_watched_word_stands_there(as_stranger, thing):
    response = as_stranger.post(address(thing), {"reason": "watched", "words": "I typed this."})
    assert response.status_code == 422
    assert "I typed this." in response.content.decode()
    assert not Report.objects.exists()


def test_a_member_who_reports_twice_says_it_anew(stranger, thing):
    reporting.report(thing, "rude", "First.", by=stranger)
    reporting.report(thing, "spam", "Second.", by=stranger)
    report = Report.objects.get()
    assert (report.reason, report.words) == ("spam", "Second.")


def test_three_members_hide_it_until_somebody_looks(thing, readers):
    for reader in readers[:2]:
        reporting.report(thing, "rude", by=reader)
    for _ in range(5):
        reporting.report(thing, "rude")
    assert state(thing) == "approved"
    reporting.report(thing, "rude", by=readers[2])
    assert state(thing) == "pending"
    assert thing.reasons_held == ["Reported by 3 readers."]
    act = thing.acts.get()
    assert (act.kind, act.by) == ("held", None)


def test_the_setting_says_how_many_and_nought_is_never(settings, remark, readers):
    settings.REPORTS_HIDE = 0
    for reader in readers:
        reporting.report(remark, "rude", by=reader)
    assert state(remark) == "approved"
    settings.REPORTS_HIDE = 1
    other = commenting.comment(remark.question, "Another.", by=None)
    reporting.report(other, "rude", by=readers[0])
    assert state(other) == "pending"


def test_what_a_moderator_has_seen_is_not_hidden_again_by_the_same_reports(remark, readers, moderator):
    for reader in readers[:2]:
        reporting.report(remark, "rude", by=reader)
    Comment.objects.filter(pk=remark.pk).update(seen_at=timezone.now())
    for reader in readers[2:4]:
        reporting.report(remark, "rude", by=reader)
    assert state(remark) == "approved"
    reporting.report(remark, "rude", by=readers[4])
    assert state(remark) == "pending"


def test_who_reports_for_fun_weighs_less(question, readers, moderator, asker):
    for number in range(4):
        fine = commenting.comment(question, f"Fine {number}", by=asker)
        reporting.report(fine, "rude", by=readers[0])
        reporting.settle(fine, Report.Outcome.DECLINED, by=moderator)
    assert reporting.records_of([readers[0].pk]) == {readers[0].pk: (0, 4)}
    remark = commenting.comment(question, "You fool.", by=asker)
    for reader in readers[:3]:
        reporting.report(remark, "rude", by=reader)
    assert state(remark) == "approved"
    reporting.report(remark, "rude", by=readers[3])
    assert state(remark) == "pending"


@pytest.mark.parametrize(
    ("upheld", "declined", "expected"), [(0, 0, 1), (9, 0, 1), (0, 2, 0.5), (0, 18, 0.1), (8, 10, 0.5)]
)
def test_the_weight_of_a_reporter(upheld, declined, expected):
    assert reporting.weight(upheld=upheld, declined=declined) == pytest.approx(expected)


def test_the_queue_shows_a_line_a_thing_the_weightiest_first(
    as_moderator, thing, question, readers, django_assert_max_num_queries
):
    once = commenting.comment(question, "Only once.", by=None)
    reporting.report(once, "spam", "Just me.", by=readers[0])
    reporting.report(thing, "rude", "It hurts.", by=readers[0])
    reporting.report(thing, "wrong", "It is not.", by=readers[1])
    reporting.report(readers[4], "rude", "Always.", by=readers[2])
    with django_assert_max_num_queries(11):
        page = as_moderator.get("/review/reports/").content.decode()
    assert page.index("It hurts.") < page.index("Just me.")
    for words in ("It is not.", "Reader 1", "no report settled before", "Reader 4", "Always."):
        assert words in page


def test_nothing_wrong_declines_and_leaves_it_where_it_is(
    as_moderator, as_stranger, stranger, remark, django_capture_on_commit_callbacks
):
    reporting.report(remark, "rude", "It hurts.", by=stranger)
    with django_capture_on_commit_callbacks(execute=True):
        response = as_moderator.post(
            "/review/reports/",
            {"thing": f"comment {remark.pk}", "state": "approved", "decision": "fine", "said": "A joke."},
        )
    assert response.status_code == 303
    report = Report.objects.get()
    assert (report.outcome, report.said) == ("declined", "A joke.")
    assert state(remark) == "approved"
    assert remark.seen_at is not None
    act = DeskAct.objects.get()
    assert act.sentence == "A report about a comment on “How do bees find their way?” was found to be wrong."
    [letter] = mail.outbox
    assert letter.to == ["stranger@example.org"]
    assert "A joke." in letter.body
    page = as_stranger.get(f"/users/{stranger.pk}/").content.decode()
    assert "What became of your reports" in page
    assert "A moderator found nothing wrong with it. “A joke.”" in page


@pytest.mark.parametrize(("decision", "verdict"), [("fine", "wrong"), ("done", "right")])
def test_settling_can_be_undone_and_the_reports_wait_again(as_moderator, stranger, asker, decision, verdict):
    reporting.report(asker, "rude", "Always.", by=stranger)
    page = as_moderator.post(
        "/review/reports/", {"thing": f"member {asker.pk}", "decision": decision}, follow=True
    ).content.decode()
    assert "Always." not in page
    act = DeskAct.objects.get()
    assert act.sentence == f"A report about the member Amina was found to be {verdict}."
    assert f'action="/review/reports/undo/?act={act.pk}"' in page
    page = as_moderator.post(f"/review/reports/undo/?act={act.pk}", follow=True).content.decode()
    assert "Undone: what was reported waits again." in page
    assert "Always." in page
    assert DeskAct.objects.latest("pk").sentence == "A report about the member Amina waits again."
    assert reporting.records_of([stranger.pk]) == {stranger.pk: (0, 0)}
    for number in (act.pk, DeskAct.objects.latest("pk").pk, 0, "x"):
        response = as_moderator.post(f"/review/reports/undo/?act={number}", follow=True)
        assert "Undone" not in response.content.decode()
    assert DeskAct.objects.count() == 2


def test_what_was_settled_later_stays_settled_when_the_first_is_undone(stranger, moderator, thing):
    first = timezone.now()
    for reader, at in ((stranger, first), (moderator, first + timedelta(minutes=1))):
        reporting.report(thing, "rude", by=reader)
        reporting.settle(thing, Report.Outcome.DECLINED, by=moderator, at=at)
    assert reporting.reopen(thing, settled_at=first) == 1
    assert Report.objects.open().get().reporter == stranger


@pytest.mark.parametrize(("decision", "after"), [("hide", "hidden"), ("spam", "spam")])
def test_hiding_upholds_what_was_said(as_moderator, thing, stranger, decision, after):
    reporting.report(thing, "spam", by=stranger)
    name = type(thing)._meta.model_name
    as_moderator.post(
        "/review/reports/",
        {"thing": f"{name} {thing.pk}", "state": "approved", "decision": decision, "reason": "Ads."},
    )
    assert state(thing) == after
    assert Report.objects.get().outcome == "upheld"
    assert thing.acts.latest("pk").reason == "Ads."


def test_what_reports_hid_comes_back_when_nothing_is_wrong_with_it(as_moderator, thing, readers):
    for reader in readers[:3]:
        reporting.report(thing, "rude", by=reader)
    name = type(thing)._meta.model_name
    as_moderator.post(
        "/review/reports/", {"thing": f"{name} {thing.pk}", "state": "pending", "decision": "fine"}
    )
    assert state(thing) == "approved"
    assert set(Report.objects.values_list("outcome", flat=True)) == {"declined"}


def test_the_second_moderator_is_told_that_it_is_settled(as_moderator, as_second_moderator, remark, stranger):
    reporting.report(remark, "rude", by=stranger)
    data = {"thing": f"comment {remark.pk}", "state": "approved", "decision": "fine"}
    assert as_moderator.post("/review/reports/", data).status_code == 303
    response = as_second_moderator.post("/review/reports/", data | {"decision": "hide"})
    assert response.status_code == 409
    assert "Mei has settled this by now" in response.content.decode()
    assert state(remark) == "approved"


def test_reports_about_a_member_are_settled_without_hiding_anybody(as_moderator, asker, stranger):
    reporting.report(asker, "rude", by=stranger)
    data = {"thing": f"member {asker.pk}"}
    assert as_moderator.post("/review/reports/", data | {"decision": "hide"}).status_code == 422
    assert as_moderator.post("/review/reports/", data | {"decision": "done"}).status_code == 303
    assert Report.objects.get().outcome == "upheld"


def test_nobody_learns_who_reported(as_asker, asker, as_guest, remark, question, readers, moderator):
    for reader in readers[:3]:
        reporting.report(remark, "rude", "You would not guess who I am.", by=reader)
    decide(remark, State.APPROVED, by=moderator, reason="A joke.")
    pages = [question.get_absolute_url(), f"/users/{asker.pk}/", "/log/", f"/users/{readers[0].pk}/"]
    for client in (as_asker, as_guest):
        for page in pages:
            content = client.get(page).content.decode()
            assert "You would not guess" not in content
            assert "Reader 1" not in content
    assert (
        "What became of your reports"
        in signed_in(readers[0]).get(f"/users/{readers[0].pk}/").content.decode()
    )


def test_a_mail_that_cannot_be_sent_stops_nothing_and_names_nobody(
    settings, remark, stranger, moderator, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    reporting.report(remark, "rude", by=stranger)
    with django_capture_on_commit_callbacks(execute=True):
        decide(remark, State.HIDDEN, by=moderator)
    assert "1 mails" in caplog.text
    assert "stranger@" not in caplog.text
    assert CommentAct.objects.get().kind == "hidden"


@pytest.mark.parametrize("about", ["questions", "answers"])
def test_hiding_something_from_its_own_page_settles_what_readers_said_of_it(
    as_moderator, ask, asker, stranger, about
):
    question = ask("Is the moon hollow?", by=asker)
    thing = question if about == "questions" else answering.answer(question, "Yes, it is.", by=asker)
    reporting.report(thing, reason="rude", by=stranger)
    response = as_moderator.post(f"/{about}/{thing.pk}/hide/", {"hide": "yes", "reason": "Rude"})
    assert response.status_code == 302
    assert state(thing) == State.HIDDEN
    assert Report.objects.get().outcome == Report.Outcome.UPHELD
    as_moderator.post(f"/{about}/{thing.pk}/hide/", {"hide": "no"})
    assert state(thing) == State.APPROVED
