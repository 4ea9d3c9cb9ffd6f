"""Writing, editing, finding useful, hiding and reporting answers through the pages."""

import pytest
from django.urls import reverse

from answers import answering, moderation
from answers.models import Answer, AnswerAct, Report, Revision, UsefulMark
from questions import merging
from questions import moderation as question_moderation

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask):
    return ask("How do tides work?")


@pytest.fixture
def answer(question, asker):
    return answering.answer(question, "Because of the *moon*.", by=asker)


def write(client, question, text, **fields):
    return client.post(reverse("write-answer", args=[question.pk]), {"text": text, **fields})


def test_an_answer_is_written_rendered_and_kept_as_its_first_revision(as_stranger, stranger, question):
    response = write(as_stranger, question, "Because of the *moon*.\r\n")
    answer = Answer.objects.get()
    assert response.url == f"{question.get_absolute_url()}#answer-{answer.pk}"
    assert (answer.text, answer.author) == ("Because of the *moon*.", stranger)
    assert answer.html == "<p>Because of the <em>moon</em>.</p>\n"
    assert [(r.number, r.text) for r in Revision.objects.all()] == [(1, "Because of the *moon*.")]


def test_a_guest_answers_under_a_name(as_guest, question):
    write(as_guest, question, "The moon.", guest_name="Kofi")
    assert Answer.objects.get().author_name == "Kofi"


def test_guests_do_not_answer_where_the_setting_says_no(as_guest, question, settings):
    settings.GUESTS_MAY_ANSWER = False
    response = write(as_guest, question, "The moon, as I wrote.")
    assert response.status_code == 403
    assert "The moon, as I wrote." in response.content.decode()
    assert "Sign in</a> to answer" in as_guest.get(question.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing here yet"),
        ("  \n ", "nothing here yet"),
        ("\x00\x07", "nothing here yet"),
        ("<script>alert(1)</script>", "nothing to read"),
        ("***\n\n---", "nothing to read"),
        ("<!-- hidden -->", "nothing to read"),
        ("\u200b\u2060", "nothing to read"),
        ("x" * 60_001, "60001 characters long"),
        (">" * 1_000 + "deep", "more than 100 levels"),
    ],
)
def test_an_answer_without_anything_to_read_is_refused_and_kept(as_guest, question, text, said):
    response = write(as_guest, question, text)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("name", ["write-answer", "ask"])
def test_what_a_member_wrote_is_not_sent_as_a_guests_once_the_session_has_ended(
    as_guest, as_stranger, question, asker, name
):
    address = reverse(name, args=[question.pk] if name == "write-answer" else [])
    sent = {"text": "Why, because of the moon?", "writer": asker.pk, "different": "yes"}
    for client in (as_guest, as_stranger):  # nobody, and another who signed in since
        response = client.post(address, sent)
        assert response.status_code == 422
        page = response.content.decode()
        assert "not signed in any more as who you were" in page
        assert "Why, because of the moon?" in page
    assert not Answer.objects.exists()
    assert as_guest.post(address, {**sent, "writer": ""}).status_code == 302


def test_an_answer_to_an_alternate_stays_at_its_home(as_guest, ask, question, moderator):
    other = ask("Why does the sea rise?")
    merging.merge(other, into=question, by=moderator)
    write(as_guest, other, "The moon.")
    assert Answer.objects.get().question == other


def test_the_permanent_address_follows_the_answer_through_merges(as_guest, ask, question, answer, moderator):
    other = ask("Why does the sea rise?")
    address = reverse("answer", args=[answer.pk])
    for change in (lambda: merging.merge(question, into=other, by=moderator), lambda: None):
        change()
        response = as_guest.get(address)
        assert (response.status_code, response.url) == (302, f"{other.get_absolute_url()}#answer-{answer.pk}")
    merging.unmerge(question, by=moderator)
    assert as_guest.get(address).url == f"{question.get_absolute_url()}#answer-{answer.pk}"


@pytest.mark.parametrize(("who", "status"), [("as_asker", 302), ("as_moderator", 302), ("as_guest", 403)])
def test_the_author_and_moderators_edit_an_answer(request, answer, who, status):
    client = request.getfixturevalue(who)
    response = client.post(
        reverse("edit-answer", args=[answer.pk]),
        {"text": "The moon **and** the sun.", "summary": "sun added", "revision": 1},
    )
    assert response.status_code == status
    answer.refresh_from_db()
    assert ("sun" in answer.html) is (status == 302)
    assert answer.revisions.count() == (2 if status == 302 else 1)


def test_saving_the_same_text_makes_no_revision(as_asker, answer):
    as_asker.post(reverse("edit-answer", args=[answer.pk]), {"text": answer.text})
    assert answer.revisions.count() == 1


def useful(client, answer, value="yes"):
    return client.post(reverse("useful", args=[answer.pk]), {"useful": value})


def test_a_member_finds_an_answer_useful_once_and_takes_it_back(as_stranger, question, answer):
    useful(as_stranger, answer)
    useful(as_stranger, answer)
    page = as_stranger.get(question.get_absolute_url()).content.decode()
    assert "You found this useful" in " ".join(page.split())
    answer.refresh_from_db()
    assert answer.useful_count == 1
    useful(as_stranger, answer, "no")
    answer.refresh_from_db()
    assert answer.useful_count == 0


def test_two_guests_count_as_two_and_one_as_one(answer):
    from django.test import Client

    one, other = Client(), Client()
    for client in (one, one, other):
        useful(client, answer)
    answer.refresh_from_db()
    assert answer.useful_count == 2
    assert "You and 1 other found this useful" in " ".join(
        one.get(answer.question.get_absolute_url()).content.decode().split()
    )


def test_a_made_up_guest_cookie_is_no_mark_of_somebody_else(as_guest, answer):
    useful(as_guest, answer)
    mark = UsefulMark.objects.get()
    from django.test import Client

    forger = Client()
    forger.cookies["guest"] = f"{mark.guest}:1abc:forged"
    useful(forger, answer, "no")
    assert UsefulMark.objects.count() == 1


def test_hiding_an_answer_is_logged_counted_and_undone(as_moderator, as_guest, question, answer):
    as_moderator.post(reverse("hide-answer", args=[answer.pk]), {"reason": "spam"})
    question.refresh_from_db()
    assert (question.answer_count, question.lead) == (0, "")
    assert AnswerAct.objects.get().reason == "spam"
    history = as_guest.get(reverse("question-history", args=[question.pk])).content.decode()
    assert "was hidden" in history
    assert "spam" in history
    assert (
        "Restore this answer"
        in as_moderator.get(reverse("answer-history", args=[answer.pk])).content.decode()
    )
    as_moderator.post(reverse("hide-answer", args=[answer.pk]), {"hide": "no"})
    question.refresh_from_db()
    assert (question.answer_count, question.lead) == (1, "Because of the moon.")


def test_hiding_twice_is_said_and_logged_once(answer, moderator):
    from questions.moderation import NothingToChange

    moderation.hide(answer, by=moderator)
    with pytest.raises(NothingToChange, match="hidden already"):
        moderation.hide(answer, by=moderator)
    assert AnswerAct.objects.count() == 1


@pytest.mark.parametrize("who", ["as_guest", "as_stranger"])
def test_anybody_reports_a_question_or_an_answer(request, question, answer, who):
    client = request.getfixturevalue(who)
    client.post(reverse("report-question", args=[question.pk]), {"reason": "spam", "words": "ads"})
    client.post(reverse("report-answer", args=[answer.pk]), {"reason": "wrong"})
    assert [(r.question, r.answer, r.reason) for r in Report.objects.order_by("pk")] == [
        (question, None, "spam"),
        (None, answer, "wrong"),
    ]


def test_a_report_needs_a_reason_and_keeps_the_words(as_guest, question):
    response = as_guest.post(reverse("report-question", args=[question.pk]), {"words": "look at this"})
    assert response.status_code == 422
    assert "look at this" in response.content.decode()


def test_a_preview_shows_the_text_and_writes_nothing(as_guest):
    fragment = as_guest.post(
        reverse("preview"), {"text": "*hi* <script>x</script>"}, headers={"HX-Request": "true"}
    )
    assert "<em>hi</em>" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    page = as_guest.post(reverse("preview"), {"text": "a question?", "details": "some `code`"})
    assert "<code>code</code>" in page.content.decode()
    assert "<html" in page.content.decode()
    assert not Answer.objects.exists()


def test_a_preview_of_more_than_an_answer_may_have_says_so(as_guest):
    response = as_guest.post(reverse("preview"), {"text": "x" * 60_001}, headers={"HX-Request": "true"})
    assert "too long" in response.content.decode()


def test_what_was_just_written_says_so(as_guest, question):
    write(as_guest, question, "The moon.")
    page = as_guest.get(question.get_absolute_url()).content.decode()
    assert ">just now</time>" in page
    assert "now ago" not in page


def test_an_answer_that_is_sent_twice_is_written_once(as_guest, question):
    first, second = (write(as_guest, question, "The moon.", guest_name="Kofi") for _ in range(2))
    assert first.url == second.url
    assert Answer.objects.count() == 1


def test_an_edit_over_somebody_elses_is_shown_again_and_nothing_is_lost(as_asker, answer, moderator):
    address = reverse("edit-answer", args=[answer.pk])
    seen = as_asker.get(address).context["form"].initial["revision"]
    answering.edit(answer, "Their text.", by=moderator)
    response = as_asker.post(address, {"text": "My text.", "revision": seen})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Their text." in page
    assert "My text." in page
    answer.refresh_from_db()
    assert answer.text == "Their text."
    again = {"text": "My text.", "revision": response.context["form"].data["revision"]}
    assert as_asker.post(address, again).status_code == 302
    answer.refresh_from_db()
    assert answer.text == "My text."


def test_files_are_dropped(as_guest, question):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("x.txt", b"x" * 3_000_000)
    assert as_guest.post(reverse("preview"), {"text": "*hi*", "file": file}).status_code == 200


@pytest.fixture
def on_a_hidden_page(question, answer, ask, moderator):
    """The answer, on the page of a question that is hidden, and the alternate that is its home."""
    other = ask("Why does the sea rise?")
    merging.merge(question, into=other, by=moderator)
    question_moderation.hide(other, by=moderator)
    return answer


@pytest.mark.parametrize("who", ["as_guest", "as_stranger", "as_asker"])
def test_nobody_answers_on_the_page_of_a_hidden_question(request, on_a_hidden_page, question, who):
    client = request.getfixturevalue(who)
    question.refresh_from_db()
    for home in (question, question.primary):
        assert write(client, home, "Another answer.").status_code == 410
    assert Answer.objects.get() == on_a_hidden_page


@pytest.mark.parametrize("act", ["edit-answer", "report-answer", "useful", "answer", "answer-history"])
def test_nobody_does_anything_to_an_answer_on_the_page_of_a_hidden_question(as_asker, on_a_hidden_page, act):
    address = reverse(act, args=[on_a_hidden_page.pk])
    reads = act in ("answer", "answer-history")
    response = (
        as_asker.get(address) if reads else as_asker.post(address, {"text": "Other.", "reason": "spam"})
    )
    assert response.status_code == 410
    on_a_hidden_page.refresh_from_db()
    assert (on_a_hidden_page.text, on_a_hidden_page.useful_count) == ("Because of the *moon*.", 0)
    assert not Report.objects.exists()


def test_a_moderator_reads_an_answer_on_the_page_of_a_hidden_question(as_moderator, on_a_hidden_page):
    assert as_moderator.get(on_a_hidden_page.get_absolute_url()).status_code == 302
