"""Comments: leaving a reply as a member and as a guest, threads, what waits, and where there can be none."""

import re
import time
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core import mail, signing
from django.utils import timezone

from answers import answering, commenting, folding, moderation
from answers.markup import COMMENT_TAGS
from answers.models import Comment, Report
from door import confirming, watching
from door.models import Guest, WatchedWord
from questions import merging
from questions import moderation as question_moderation
from questions.models import State
from tests.pages.conftest import PageClient

pytestmark = pytest.mark.django_db

WHO = {"guest_name": "Rosa", "email": "Rosa@Example.org", "website": "rosa.example"}
NOTICE = "A moderator will look at it before others see it. Only you see it so far."


@pytest.fixture
def question(ask, asker):
    return ask("How warm should bread rise?", by=asker)


@pytest.fixture
def answer(question, asker):
    return answering.answer(question, "At 26 °C.", by=asker)


def page_of(client, question) -> str:
    return client.get(question.get_absolute_url()).content.decode()


def test_a_member_leaves_a_reply_under_a_question_and_it_is_there_for_all(as_stranger, as_guest, question):
    assert f'href="/questions/{question.pk}/comment/"' in page_of(as_stranger, question)
    form = as_stranger.get(f"/questions/{question.pk}/comment/").content.decode()
    assert 'name="email"' not in form
    response = as_stranger.post(f"/questions/{question.pk}/comment/", {"text": "Or a <b>bit</b> less."})
    comment = Comment.objects.get()
    assert response.url == f"{question.get_absolute_url()}#comment-{comment.pk}"
    for client in (as_stranger, as_guest):
        assert "<p>Or a <b>bit</b> less.</p>" in page_of(client, question)


def test_the_form_of_a_guest_says_what_is_required_what_is_not_published_and_which_tags_there_are(
    as_guest, question
):
    form = as_guest.get(f"/questions/{question.pk}/comment/").content.decode()
    assert "Your e-mail address will not be published." in form
    assert "Required fields are marked" in form
    said = re.findall(r"<code>(.*?)</code>", form)
    assert [unescape(tag).strip("<>").split()[0] for tag in said] == list(COMMENT_TAGS)
    assert unescape(said[0]) == '<a href="" title="">'
    for name in ("guest_name", "email", "text"):
        assert re.search(rf'<(input|textarea)[^>]*name="{name}"[^>]* required', form)
    assert form.count('<span class="visually-hidden"> (required)</span>') == 3
    assert not re.search(r'<input[^>]*name="website"[^>]* required', form)


def test_htmx_gets_the_form_by_itself(as_guest, question, answer):
    fragment = as_guest.get(f"/answers/{answer.pk}/comment/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert f'action="/answers/{answer.pk}/comment/"' in fragment
    assert f'id="id_text_answer_{answer.pk}"' in fragment


def test_where_the_form_opens_one_goes_on_in_the_first_field_that_is_empty(as_guest, as_stranger, question):
    def focused(client) -> list[str]:
        form = client.get(
            f"/questions/{question.pk}/comment/", headers={"HX-Request": "true"}
        ).content.decode()
        return re.findall(r'name="(\w+)"[^>]* autofocus', form)

    assert focused(as_stranger) == ["text"]
    assert focused(as_guest) == ["guest_name"]
    as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "Quite warm."})
    assert focused(as_guest) == ["email"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("guest_name", "", "Please say by which name you write."),
        ("guest_name", "\u200b", "Please say by which name you write."),
        ("email", "", "Please give your e-mail address."),
        ("email", "rosa", "This is no e-mail address."),
        ("email", "rosa@example.org\x00", "This is no e-mail address."),
        ("website", "javascript:alert(1)", "This is no address of a site."),
        ("website", "https://bank.com@evil.example/", "This is no address of a site."),
        ("website", "ftp://rosa.example", "This is no address of a site."),
        ("text", "", "Please write your comment"),
        ("text", "<b> </b>\n<i></i>", "There is nothing to read in this comment."),
        ("text", "<script>alert(1)</script>", "There is nothing to read in this comment."),
        ("text", "\x00\x07", "Please write your comment"),
        ("text", "\u200b\u202e", "There is nothing to read in this comment."),
        ("guest_name", "\u200c\u200d", "Please say by which name you write."),
        ("guest_name", "x" * 61, "Please use at most 60 characters."),
        ("text", "x" * 5_001, "This is 5001 characters long"),
        ("text", "x" * 1_000_000, "This is 1000000 characters long"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_is_kept(as_guest, question, field, value, said):
    typed = WHO | {"text": "Kept words."} | {field: value}
    response = as_guest.post(f"/questions/{question.pk}/comment/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Kept words." in page or field == "text"
    assert not Comment.objects.exists()
    assert not Guest.objects.exists()


def test_a_guest_sees_their_own_comment_with_a_notice_and_nobody_else_does(
    as_guest, as_stranger, as_moderator, question
):
    response = as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "Quite warm."}, follow=True)
    comment = Comment.objects.get()
    page = response.content.decode()
    assert "Quite warm." in page
    assert NOTICE in page
    assert 'class="person" href="https://rosa.example"' in page
    for client in (PageClient(), as_stranger, as_moderator):
        page = page_of(client, question)
        assert "Quite warm." not in page
        assert "Rosa" not in page
    for client, status in ((as_guest, 302), (PageClient(), 404), (as_stranger, 404), (as_moderator, 302)):
        assert client.get(f"/comments/{comment.pk}/").status_code == status
        if status == 404:
            assert client.post(f"/comments/{comment.pk}/reply/", WHO | {"text": "x"}).status_code == 404


def test_what_a_moderator_approved_is_there_for_all_and_what_was_rejected_for_nobody(
    as_guest, as_stranger, question, moderator
):
    as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "Quite warm."})
    comment = Comment.objects.get()
    moderation.set_comment_state(comment, State.APPROVED, by=moderator)
    for client in (as_guest, as_stranger):
        assert "Quite warm." in page_of(client, question)
        assert NOTICE not in page_of(client, question)
    for state, status in ((State.REJECTED, 404), (State.SPAM, 410), (State.HIDDEN, 410)):
        moderation.set_comment_state(comment, state, by=moderator)
        for client in (as_guest, as_stranger):
            assert "Quite warm." not in page_of(client, question)
        assert as_stranger.get(f"/comments/{comment.pk}/").status_code == status
        assert as_guest.get(f"/comments/{comment.pk}/").status_code == 410


def test_a_member_sees_their_own_that_waits(as_stranger, as_asker, question):
    text = "See https://example.org/bread"
    as_stranger.post(f"/questions/{question.pk}/comment/", {"text": text})
    assert Comment.objects.get().reasons_held == ["The first of its writer, and it links to something."]
    assert NOTICE in page_of(as_stranger, question)
    assert text not in page_of(as_asker, question)


def test_the_address_of_a_guest_is_on_no_page(as_guest, as_stranger, as_moderator, question, moderator):
    as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "Quite warm."})
    comment = Comment.objects.get()
    pages = [page_of(as_guest, question), as_guest.get(f"/questions/{question.pk}/comment/").content.decode()]
    assert 'value="Rosa"' in pages[1]
    moderation.set_comment_state(comment, State.APPROVED, by=moderator)
    pages += [page_of(client, question) for client in (as_guest, as_stranger, as_moderator)]
    pages.append(as_moderator.get("/review/comments/").content.decode())
    for page in pages:
        assert "example.org" not in page.lower()


def test_threads_are_three_levels_deep_and_deeper_replies_say_whom_they_answer(as_asker, question, stranger):
    above = None
    for number in range(1, 6):
        above = commenting.comment(question, f"Level {number}.", by=stranger, replies_to=above)
    page = page_of(as_asker, question)
    assert page.count('<ol class="comments">') == 3
    assert page.count("in reply to <a") == 2
    assert f'in reply to <a href="#comment-{above.replies_to_id}"><bdi>Jonas</bdi></a>' in page


def test_a_reply_hangs_under_its_comment_and_stays_when_that_is_hidden(
    as_stranger, question, asker, moderator
):
    first = commenting.comment(question, "First words.", by=asker)
    commenting.comment(question, "Second words.", by=asker)
    response = as_stranger.post(f"/comments/{first.pk}/reply/", {"text": "A reply."})
    reply = Comment.objects.get(replies_to=first)
    assert response.url.endswith(f"#comment-{reply.pk}")
    page = page_of(as_stranger, question)
    assert page.index("First words.") < page.index("A reply.") < page.index("Second words.")
    moderation.set_comment_state(first, State.HIDDEN, by=moderator)
    page = page_of(as_stranger, question)
    assert "First words." not in page
    assert "in reply to a comment that is not shown" in page


def test_a_reply_to_what_was_hidden_meanwhile_is_not_taken_and_kept(
    as_moderator, as_stranger, question, asker, moderator
):
    first = commenting.comment(question, "First words.", by=asker)
    moderation.set_comment_state(first, State.HIDDEN, by=moderator)
    assert as_stranger.post(f"/comments/{first.pk}/reply/", {"text": "A reply."}).status_code == 410
    response = as_moderator.post(f"/comments/{first.pk}/reply/", {"text": "A reply."})
    assert response.status_code == 409
    assert "not shown any more" in response.content.decode()
    assert "A reply." in response.content.decode()
    assert Comment.objects.count() == 1


def test_comments_fold_after_three(as_guest, question, asker):
    for number in range(5):
        last = commenting.comment(question, f"Remark {number}.", by=asker)
    assert "2 more comments" in page_of(as_guest, question)
    commenting.comment(question, "A reply.", by=asker, replies_to=last)
    assert "3 more comments" in page_of(as_guest, question)


def test_the_address_of_a_comment_leads_to_its_place_wherever_its_home_has_gone(
    as_guest, ask, asker, moderator
):
    home, elsewhere = ask("How warm should dough be?"), ask("At what warmth does dough rise?")
    written = answering.answer(home, "Warm.", by=asker)
    on_question, on_answer = (commenting.comment(on, "A remark.", by=asker) for on in (home, written))
    merging.merge(home, into=elsewhere, by=moderator)
    for comment in (on_question, on_answer):
        response = as_guest.get(f"/comments/{comment.pk}/")
        assert (response.status_code, response.url) == (
            302,
            f"{elsewhere.get_absolute_url()}#comment-{comment.pk}",
        )
        assert f'id="comment-{comment.pk}"' in page_of(as_guest, elsewhere)


def test_comments_on_a_folded_answer_stay_with_it(as_guest, question, answer, asker, moderator):
    other = answering.answer(question, "Another answer.", by=asker)
    comment = commenting.comment(other, "A remark on it.", by=asker)
    folding.fold(other, into=answer, by=moderator)
    assert f'id="comment-{comment.pk}"' in page_of(as_guest, question)


def test_where_comments_are_closed_a_sentence_stands_instead_of_the_link(
    as_stranger, question, answer, moderator
):
    question_moderation.close_comments(question, by=moderator)
    page = page_of(as_stranger, question)
    assert page.count("Comments are closed here.") == 2
    assert "Leave a reply" not in page
    for address in (f"/questions/{question.pk}/comment/", f"/answers/{answer.pk}/comment/"):
        assert "Comments are closed here." in as_stranger.get(address).content.decode()
        response = as_stranger.post(address, {"text": "Too late, but kept."})
        assert response.status_code == 409
        assert "Too late, but kept." in response.content.decode()
    assert not Comment.objects.exists()


def test_comments_of_a_page_are_closed_with_its_primary(as_stranger, ask, moderator, asker):
    home, primary = ask("How warm should dough be?"), ask("At what warmth does dough rise?")
    written = answering.answer(home, "Warm.", by=asker)
    merging.merge(home, into=primary, by=moderator)
    question_moderation.close_comments(primary, by=moderator)
    assert as_stranger.post(f"/answers/{written.pk}/comment/", {"text": "x y"}).status_code == 409


def test_comments_close_after_so_many_days(as_stranger, ask, asker, settings):
    settings.COMMENTS_CLOSE_AFTER = 30
    old = ask("How warm should bread rise?", at=timezone.now() - timedelta(days=31))
    young = answering.answer(old, "Warm.", by=asker)
    assert "they are open for 30 days" in page_of(as_stranger, old)
    assert as_stranger.post(f"/questions/{old.pk}/comment/", {"text": "x y"}).status_code == 409
    assert as_stranger.post(f"/answers/{young.pk}/comment/", {"text": "x y"}).status_code == 302


def test_nobody_comments_on_what_is_hidden(as_stranger, as_moderator, question, answer, moderator):
    moderation.hide(answer, by=moderator)
    assert as_stranger.post(f"/answers/{answer.pk}/comment/", {"text": "x y"}).status_code == 410
    assert as_moderator.post(f"/answers/{answer.pk}/comment/", {"text": "x y"}).status_code == 409
    question_moderation.hide(question, by=moderator)
    assert as_stranger.post(f"/questions/{question.pk}/comment/", {"text": "x y"}).status_code == 410
    assert as_moderator.post(f"/questions/{question.pk}/comment/", {"text": "x y"}).status_code == 409


def test_guests_may_not_comment_where_the_site_does_not_want_it(as_guest, question, settings):
    settings.GUESTS_MAY_COMMENT = False
    page = page_of(as_guest, question)
    assert "Sign in to leave a reply" in page
    assert as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "x"}).status_code == 403


def test_the_words_of_a_recent_comment_wait(as_stranger, question, answer, asker):
    commenting.comment(question, "Buy the best ovens of all the world!", by=asker)
    as_stranger.post(
        f"/answers/{answer.pk}/comment/", {"text": "buy <b>the best</b> ovens of all, the world"}
    )
    comment = Comment.objects.latest("pk")
    assert comment.is_pending
    assert comment.held_because.startswith("The same words as in comment")


def test_short_words_of_thanks_are_no_copy(as_stranger, question, asker):
    commenting.comment(question, "Thank you very much!", by=asker)
    as_stranger.post(f"/questions/{question.pk}/comment/", {"text": "Thank you very much!"})
    assert not Comment.objects.latest("pk").is_pending


def test_watched_words_refuse_flag_and_replace(as_stranger, question):
    for phrase, action, replacement in (
        ("casino", "block", ""),
        ("politics", "flag", ""),
        ("darn", "replace", "d***"),
    ):
        watching.watch(phrase, action=WatchedWord.Action(action), replacement=replacement, by=None)
    address = f"/questions/{question.pk}/comment/"
    response = as_stranger.post(address, {"text": "My casino."})
    assert response.status_code == 422
    assert "“casino”" in response.content.decode()
    assert "My casino." in response.content.decode()
    as_stranger.post(address, {"text": "This darn politics."})
    comment = Comment.objects.get()
    assert comment.text == "This d*** politics."
    report = Report.objects.get()
    assert (report.comment, report.reason, report.reporter) == (comment, "watched", None)
    assert not comment.is_pending


def test_a_preview_shows_a_comment_as_it_will_be(as_guest):
    page = as_guest.post("/preview/?as=comment", {"text": "*a* <b>b</b>\n\n<u>c</u>"}).content.decode()
    assert "<p>*a* <b>b</b></p><p>c</p>" in page


def link_in_mail() -> str:
    [letter] = mail.outbox
    return re.search(r"http://testserver(/\S+)", letter.body)[1]


@pytest.mark.django_db(transaction=True)
def test_a_guest_confirms_the_address_in_the_browser_that_wrote_and_is_shown_at_once_when_something_was_approved(
    as_guest, question, moderator
):
    as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "Quite warm."})
    assert mail.outbox[0].to == ["rosa@example.org"]
    assert "Quite warm" not in mail.outbox[0].body
    assert "Rosa" not in mail.outbox[0].body
    link = link_in_mail()
    payload = link.strip("/").rsplit("/", 1)[-1].split(":")[0]
    assert signing.b64_decode(payload.encode()) == str(Guest.objects.get().pk).encode(), "the number alone"
    assert "Yes, it is mine" in as_guest.get(link).content.decode()
    assert not Guest.objects.get().is_confirmed
    asked_to = "Please confirm your address by the link in the mail"
    assert asked_to in page_of(as_guest, question)
    response = as_guest.post(link)
    assert response.url == Comment.objects.get().get_absolute_url()
    assert Guest.objects.get().is_confirmed
    assert NOTICE in page_of(as_guest, question)
    assert asked_to not in page_of(as_guest, question)
    moderation.set_comment_state(Comment.objects.get(), State.APPROVED, by=moderator)
    as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "And moist."})
    assert not Comment.objects.latest("pk").is_pending
    other_browser = PageClient()
    other_browser.post(f"/questions/{question.pk}/comment/", WHO | {"text": "I am not Rosa."})
    assert Comment.objects.latest("pk").is_pending


@pytest.mark.django_db(transaction=True)
def test_a_link_opened_in_another_browser_confirms_that_one_alone(as_guest, question):
    as_guest.post(f"/questions/{question.pk}/comment/", WHO | {"text": "Quite warm."})
    typed_by = Guest.objects.get()
    owner = PageClient()
    assert "another browser" in owner.get(link_in_mail()).content.decode()
    assert owner.post(link_in_mail()).url == "/"
    typed_by.refresh_from_db()
    assert not typed_by.is_confirmed
    confirmed = Guest.objects.exclude(pk=typed_by.pk).get()
    assert confirmed.is_confirmed
    assert confirmed.email == "rosa@example.org"
    assert confirmed.token != typed_by.token
    page = page_of(owner, question)
    assert "Quite warm." not in page


@pytest.mark.django_db(transaction=True)
def test_one_mail_an_hour_goes_to_an_address_whoever_types_it(as_guest, question):
    for client in (as_guest, as_guest, PageClient()):
        client.post(f"/questions/{question.pk}/comment/", WHO | {"text": f"Quite warm {client}."})
    assert len(mail.outbox) == 1


def test_a_link_that_is_made_up_or_too_old_says_so(as_guest, monkeypatch):
    guest = Guest.objects.create(token=uuid4(), email="rosa@example.org", created_at=timezone.now())
    link = f"/guests/confirm/{confirming.signed(guest)}/"
    assert as_guest.get(link).status_code == 200
    three_days_later = time.time() + confirming.DAYS * 24 * 60 * 60 + 60
    monkeypatch.setattr(signing.time, "time", lambda: three_days_later)
    for address in ("/guests/confirm/made-up/", link):
        response = as_guest.get(address)
        assert response.status_code == 404
        assert "does not work any more" in response.content.decode()
    assert as_guest.post(link).status_code == 404
    assert not Guest.objects.filter(confirmed_at__isnull=False).exists()
