"""The history of an answer: its texts in a list, two of them compared, an old one restored."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from answers import answering, moderation, restoring
from answers.models import Answer, AnswerAct, Revision
from questions.moderation import NothingToChange

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "The moon does it.", "The moon and the sun do it.", "Both the moon and the sun do it."


@pytest.fixture
def answer(ask, asker, moderator):
    """An answer of three texts, the second by a moderator."""
    answer = answering.answer(ask("How do tides work?"), FIRST, by=asker)
    answering.edit(answer, SECOND, by=moderator, summary="the sun as well")
    answering.edit(answer, THIRD, by=asker)
    answer.refresh_from_db()
    return answer


def history(client, answer, query=""):
    return client.get(reverse("answer-history", args=[answer.pk]) + query)


def compared(client, answer, **query):
    return client.get(reverse("compare-texts", args=[answer.pk]), query)


def restore_address(answer, number):
    return reverse("restore-text", args=[answer.pk, number])


def texts(answer):
    return list(answer.revisions.order_by("number").values_list("text", flat=True))


# The list


def test_the_history_says_who_when_and_why(as_guest, answer, moderator):
    page = history(as_guest, answer).content.decode()
    assert page.index("Text 3</a>, as it is now") < page.index("Text 2</a>") < page.index("Text 1</a>")
    assert f'href="{moderator.get_absolute_url()}">Mei</a>' in page
    assert "“the sun as well”" in page
    assert "?from=1&amp;to=2" in page
    assert "?from=0" not in page


def test_the_last_two_texts_are_chosen_at_first(as_guest, answer):
    page = history(as_guest, answer).content.decode()
    assert '<input type="radio" name="from" value="2" checked>' in page
    assert '<input type="radio" name="to" value="3" checked>' in page
    assert page.count("checked") == 2


def test_an_answer_with_one_text_has_nothing_to_choose(as_guest, ask):
    page = history(as_guest, answering.answer(ask("Why?"), "So.")).content.decode()
    assert 'type="radio"' not in page
    assert "Text 1</a>, as it is now" in page


def test_the_history_says_what_a_text_was(as_guest, answer, ask, asker, moderator):
    other = answering.answer(ask("And why?"), "Because.")
    restoring.restore_text(answer, 1, by=moderator)
    answering.edit(answer, "Combined.", by=moderator, combines=other.revisions.get())
    answering.edit(answer, "Proposed.", by=asker, accepted_by=moderator)
    page = " ".join(history(as_guest, answer).content.decode().split())
    assert f'text <a href="/answers/{answer.pk}/compare/?from=1&amp;to=4">1</a> restored' in page
    assert f'combined with <a href="/answers/{other.pk}/history/">another answer</a>' in page
    assert "proposed by <a" in page
    assert f'accepted by <a class="person" href="{moderator.get_absolute_url()}">Mei</a>' in page


def test_acts_stand_among_the_texts_in_the_order_of_time(as_guest, answer, moderator):
    moderation.protect(answer, by=moderator, reason="an edit war")
    answering.edit(answer, "After it.", by=moderator)
    page = history(as_guest, answer).content.decode()
    assert page.index("Text 4</a>") < page.index("was protected from being edited") < page.index("Text 3</a>")
    assert "“an edit war”" in page


def test_restoring_is_offered_to_those_who_may_edit(
    as_guest, as_stranger, as_asker, as_moderator, answer, settings
):
    settings.EDITORS = "moderators"
    offers = [restore_address(answer, number) for number in (1, 2)]
    for client, offered in ((as_guest, 0), (as_stranger, 0), (as_asker, 2), (as_moderator, 2)):
        page = history(client, answer).content.decode()
        assert sum(offer in page for offer in offers) == offered
        assert restore_address(answer, 3) not in page


def revisions(answer, count):
    """Give an answer so many texts more, and an act after every hundredth."""
    start = answering.newest_revision(answer)
    numbers = range(start.number + 1, start.number + count + 1)
    moment = {number: start.created_at + timedelta(seconds=number) for number in numbers}
    Revision.objects.bulk_create(
        Revision(
            answer=answer,
            number=number,
            text=f"Text number {number}." + " Long." * 200,
            summary=f"change {number}",
            author=start.author,
            created_at=moment[number],
            restores=start if number % 3 == 0 else None,
            accepted_by=start.author if number % 4 == 0 else None,
        )
        for number in numbers
    )
    AnswerAct.objects.bulk_create(
        AnswerAct(
            kind="hidden",
            answer=answer,
            reason=f"act after {n}",
            created_at=moment[n] + timedelta(milliseconds=1),
        )
        for n in numbers
        if n % 100 == 0
    )


def test_a_thousand_texts_take_as_many_queries_as_three_and_no_text_is_loaded(
    as_moderator, answer, django_assert_num_queries
):
    def number_of_queries(query=""):
        with CaptureQueriesContext(connection) as queries:
            assert history(as_moderator, answer, query).status_code == 200
        asked = [q["sql"] for q in queries if 'FROM "answers_revision"' in q["sql"]]
        assert asked
        assert not any('"answers_revision"."text"' in sql for sql in asked)
        return len(queries)

    few = number_of_queries()
    revisions(answer, 997)
    assert number_of_queries() == few
    # One more, for when the next newer text was saved.
    assert number_of_queries("?after=500_999999999") == few + 1


def test_paging_through_a_thousand_texts_shows_each_text_and_each_act_once(as_guest, answer):
    revisions(answer, 997)
    query, numbers, acts, pages = "", [], [], 0
    while pages < 30:
        response = history(as_guest, answer, query)
        pages += 1
        numbers += [entry["revision"].number for entry in response.context["entries"] if "revision" in entry]
        acts += [entry["act"].reason for entry in response.context["entries"] if "act" in entry]
        assert (response.content.decode().count(", as it is now")) == (pages == 1)
        if not (older := response.context["page"].older):
            break
        query = f"?after={older}"
    assert numbers == list(range(1000, 0, -1))
    assert acts == [f"act after {number}" for number in range(1000, 0, -100)]
    assert pages == 20


# Comparing


@pytest.mark.parametrize("view", ["side", "inline", "nonsense"])
def test_two_texts_are_compared(as_guest, answer, view):
    response = compared(as_guest, answer, **{"from": 1, "to": 3, "view": view})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<del>The </del>" in page
    assert "<ins>and the sun do </ins>" in page
    assert ("<table" in page) == (view != "inline")


def test_texts_are_shown_as_typed_and_never_as_html(as_guest, answer, asker):
    answering.edit(answer, "<script>alert(1)</script> & *so*", by=asker)
    page = compared(as_guest, answer, **{"from": 3, "to": 4}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *so*" in page


def test_one_walks_from_change_to_change(as_guest, answer):
    page = compared(as_guest, answer, **{"from": 1, "to": 2}).content.decode()
    assert '<a href="?from=2&amp;to=3&amp;view=side" rel="next">' in page
    assert 'rel="prev"' not in page
    page = compared(as_guest, answer, **{"from": 2, "to": 3, "view": "inline"}).content.decode()
    assert '<a href="?from=1&amp;to=2&amp;view=inline" rel="prev">' in page
    assert 'rel="next"' not in page


def test_a_text_against_itself_is_shown_and_said_to_be_the_same(as_guest, answer):
    response = compared(as_guest, answer, **{"from": 2, "to": 2})
    page = response.content.decode()
    assert response.status_code == 200
    assert "You chose the same text twice" in page
    assert f'<pre class="source">{SECOND}</pre>' in page


def test_different_numbers_with_the_same_text_are_said_to_be_the_same(as_guest, answer, asker):
    restoring.restore_text(answer, 1, by=asker)
    assert "Both texts are the same." in compared(as_guest, answer, **{"from": 1, "to": 4}).content.decode()


@pytest.mark.parametrize("junk", ["4", "0", "-1", "1.5", "x", "²", "1e9", "9" * 400, "\x00", "2 OR 1=1"])
@pytest.mark.parametrize("name", ["from", "to"])
def test_a_number_that_the_answer_does_not_have_is_a_404_that_says_so(as_guest, answer, name, junk):
    response = compared(as_guest, answer, **({"from": 1, "to": 1} | {name: junk}))
    assert response.status_code == 404
    assert "It has texts 1 to 3." in response.content.decode()


def test_a_missing_number_is_asked_for(as_guest, answer):
    for query in ({}, {"from": 1}, {"to": 1}, {"from": "", "to": " "}):
        response = compared(as_guest, answer, **query)
        assert response.status_code == 200
        assert "Please choose two texts to compare." in response.content.decode()


def test_the_texts_of_a_hidden_answer_are_gone_for_readers(as_guest, as_moderator, answer, moderator):
    moderation.hide(answer, by=moderator)
    assert compared(as_guest, answer, **{"from": 1, "to": 2}).status_code == 410
    assert compared(as_moderator, answer, **{"from": 1, "to": 2}).status_code == 200


# Restoring


def test_restoring_shows_what_will_change_and_then_does_it(as_moderator, answer, moderator):
    page = as_moderator.get(restore_address(answer, 1)).content.decode()
    assert "<del>and the sun do </del>" in page
    assert texts(answer) == [FIRST, SECOND, THIRD]
    response = as_moderator.post(restore_address(answer, 1), {"revision": 3})
    assert response.url == f"{answer.question.get_absolute_url()}#answer-{answer.pk}"
    newest = answering.newest_revision(answer)
    assert (newest.number, newest.text, newest.author) == (4, FIRST, moderator)
    assert newest.restores == answer.revisions.get(number=1)
    assert Answer.objects.get().html == "<p>The moon does it.</p>\n"
    assert texts(answer) == [FIRST, SECOND, THIRD, FIRST]


def test_a_restored_text_can_be_taken_back(answer, moderator):
    restoring.restore_text(answer, 1, by=moderator)
    assert restoring.restore_text(answer, 3, by=moderator).text == THIRD


def test_who_may_not_edit_may_not_restore(as_guest, as_stranger, answer, settings):
    settings.EDITORS = "moderators"
    for client in (as_guest, as_stranger):
        assert client.post(restore_address(answer, 1)).status_code == 403
    assert Answer.objects.get().text == THIRD


def test_a_protected_answer_is_restored_by_moderators_only(as_asker, as_moderator, answer, moderator):
    moderation.protect(answer, by=moderator)
    assert as_asker.post(restore_address(answer, 1)).status_code == 403
    shown = {"revision": answer.revisions.count()}
    assert as_moderator.post(restore_address(answer, 1), shown).status_code == 302


@pytest.mark.parametrize("number", [0, 4, 2**31, 10**30])
def test_a_text_that_the_answer_never_had_is_a_404(as_moderator, answer, number):
    for response in (
        as_moderator.get(restore_address(answer, number)),
        as_moderator.post(restore_address(answer, number)),
    ):
        assert response.status_code == 404


def test_numbers_count_within_the_answer(as_moderator, answer, ask):
    other = answering.answer(ask("Why?"), "So.")
    assert as_moderator.get(restore_address(other, 2)).status_code == 404
    with pytest.raises(restoring.NoSuchText, match="no text 2"):
        restoring.restore_text(other, 2, by=None)


def test_the_text_of_now_is_not_restored_and_says_so(as_moderator, answer, moderator):
    assert "reads like text 3 already" in as_moderator.get(restore_address(answer, 3)).content.decode()
    response = as_moderator.post(restore_address(answer, 3))
    assert response.status_code == 422
    assert "reads like text 3 already" in response.content.decode()
    with pytest.raises(NothingToChange):
        restoring.restore_text(answer, 3, by=moderator)
    assert texts(answer) == [FIRST, SECOND, THIRD]


def test_what_was_saved_while_one_looked_is_shown_before_it_is_replaced(as_moderator, answer, asker):
    answering.edit(answer, "Something new.", by=asker)
    response = as_moderator.post(restore_address(answer, 1), {"revision": 3})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody has edited the answer while you looked" in page
    assert "Something" in page
    assert 'name="revision" value="4"' in page
    assert as_moderator.post(restore_address(answer, 1), {"revision": 4}).status_code == 302


def test_a_restored_text_is_new_in_time(answer, moderator):
    before = timezone.now()
    assert restoring.restore_text(answer, 1, by=moderator).created_at >= before
