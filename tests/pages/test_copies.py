"""Copied passages on the pages: the warning before posting, the merge preview, and the list for reviewers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from answers import answering, copies, moderation
from answers.models import Answer, CopiedPassage, PassageSketch
from questions import following

pytestmark = pytest.mark.django_db

SENTENCE = "The tide follows the moon around the earth twice a day"  # eleven words
OTHER = "Bread rises because the yeast in it makes gas all the while"


@pytest.fixture
def question(ask):
    return ask("How do *tides* work?")


@pytest.fixture
def answer(question, asker):
    return answering.answer(question, f"{SENTENCE}, as sailors know.", by=asker)


@pytest.fixture
def other_question(ask):
    return ask("Why does the sea rise?")


def write(client, question, text, **fields):
    return client.post(reverse("write-answer", args=[question.pk]), {"text": text, **fields})


def text_of(response) -> str:
    return response.context["form"]["text"].value()


def seen(response) -> str:
    return re.search(r'name="seen_copies" value="([^"]*)"', response.content.decode())[1]


def test_an_author_is_told_before_posting_what_stands_elsewhere(as_stranger, other_question, answer):
    text = f"I think so.\r\n\r\n{SENTENCE}!"
    response = write(as_stranger, other_question, text)
    page = " ".join(response.content.decode().split())
    assert response.status_code == 409
    assert "Some of this stands in another answer word for word" in page
    assert f'This passage stands in <a href="{answer.get_absolute_url()}"' in page
    assert "to “How do *tides* work?”. Quote it instead?" in page
    assert f"<blockquote>{SENTENCE}</blockquote>" in page
    assert "Post it as it is" in page
    assert text_of(response) == text
    assert Answer.objects.count() == 1


def test_the_older_of_two_answers_with_the_same_passage_is_the_one_to_quote(
    as_stranger, other_question, question, answer
):
    answering.answer(question, f"{SENTENCE}, I copied.")
    response = write(as_stranger, other_question, f"Hear: {SENTENCE}.")
    assert [copy.source for copy in response.context["notice"].copies] == [answer]
    assert "Parts of it stand in 1 more answer." in response.content.decode()
    quoted = write(as_stranger, other_question, f"Hear: {SENTENCE}.", quote=answer.pk)
    assert quoted.context["notice"].copies == []


def test_who_has_seen_it_posts_it_as_it_is(as_stranger, other_question, answer):
    response = write(as_stranger, other_question, SENTENCE)
    write(as_stranger, other_question, SENTENCE, seen_copies=seen(response))
    assert Answer.objects.get(question=other_question).text == SENTENCE
    assert CopiedPassage.objects.get().word_count == 11


def test_a_guest_who_has_seen_it_keeps_the_name(as_guest, other_question, answer):
    response = write(as_guest, other_question, SENTENCE, guest_name="Kofi")
    assert response.context["form"]["guest_name"].value() == "Kofi"
    write(as_guest, other_question, SENTENCE, guest_name="Kofi", seen_copies=seen(response))
    assert Answer.objects.get(question=other_question).guest_name == "Kofi"


def test_a_text_that_copies_more_than_was_seen_is_shown_again(as_stranger, other_question, answer, ask):
    answering.answer(ask("Why is bread soft?"), f"{OTHER}.")
    told = seen(write(as_stranger, other_question, SENTENCE))
    response = write(as_stranger, other_question, f"{SENTENCE}. {OTHER}.", seen_copies=told)
    assert response.status_code == 409
    shorter = write(as_stranger, other_question, f"{SENTENCE[: SENTENCE.rindex(' ')]}.", seen_copies=told)
    assert shorter.status_code == 302


@pytest.mark.parametrize("nonsense", ["x", "1:2:3", "9" * 5_000, "1:999999999999999999999", "\x00"])
def test_nonsense_for_what_was_seen_is_not_having_seen_it(as_stranger, other_question, answer, nonsense):
    assert write(as_stranger, other_question, SENTENCE, seen_copies=nonsense).status_code == 409


def test_quote_it_makes_the_passage_a_quotation_with_a_link_and_posts_nothing_yet(
    as_stranger, other_question, answer
):
    text = f"I read this: {SENTENCE}. And it is true."
    response = write(as_stranger, other_question, text, quote=answer.pk)
    assert response.status_code == 200
    quoted = text_of(response)
    assert quoted == (
        f"I read this:\n\n> {SENTENCE}.\n>\n"
        f"> [From an answer to “How do \\*tides\\* work?”](/answers/{answer.pk}/)\n\nAnd it is true."
    )
    page = response.content.decode()
    assert "It is a quotation now" in page
    assert "word for word" not in page
    assert Answer.objects.count() == 1
    assert write(as_stranger, other_question, quoted).status_code == 302
    written = Answer.objects.get(question=other_question)
    assert f'<a href="/answers/{answer.pk}/"' in written.html
    assert "How do *tides* work?”</a>" in written.html
    assert not CopiedPassage.objects.exists()


def test_after_one_quotation_what_stands_in_another_answer_is_still_told(
    as_stranger, other_question, answer, ask
):
    bread = answering.answer(ask("Why is bread soft?"), f"{OTHER}.")
    response = write(as_stranger, other_question, f"{SENTENCE}. So. {OTHER}.", quote=answer.pk)
    [left] = response.context["notice"].copies
    assert left.source == bread
    assert "Post it as it is" in response.content.decode()


@pytest.mark.parametrize("quote", ["987654321", "x", "0"])
def test_quoting_what_is_not_copied_posts_nothing(as_stranger, other_question, answer, quote):
    assert write(as_stranger, other_question, f"{SENTENCE}.", quote=quote).status_code == 409
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["Something of my own.", f"> {SENTENCE}\n\nThey say.", f"`x`\n\n    {SENTENCE}"]
)
def test_who_copies_nothing_is_asked_nothing(as_stranger, other_question, answer, text):
    assert write(as_stranger, other_question, text).status_code == 302


def test_an_author_who_says_again_what_they_said_is_asked_nothing(as_asker, other_question, answer):
    assert write(as_asker, other_question, SENTENCE).status_code == 302


def test_a_hidden_answer_is_not_told_of(as_stranger, other_question, answer, moderator):
    moderation.hide(answer, by=moderator)
    assert write(as_stranger, other_question, SENTENCE).status_code == 302


def test_a_guest_who_sends_the_form_twice_posts_once_and_is_told_nothing(as_guest, other_question):
    for _ in range(2):
        assert write(as_guest, other_question, SENTENCE, guest_name="Kofi").status_code == 302
    assert Answer.objects.count() == 1


def test_a_text_with_errors_is_not_looked_up(as_stranger, other_question, answer, monkeypatch):
    monkeypatch.setattr(copies, "found_in", None)
    assert write(as_stranger, other_question, "***").status_code == 422


@pytest.fixture
def mine(other_question, stranger) -> Answer:
    return answering.answer(other_question, "I do not know yet.", by=stranger)


def edit(client, edited, text, **fields):
    return client.post(reverse("edit-answer", args=[edited.pk]), {"text": text, "revision": 1, **fields})


def test_an_edit_that_brings_a_copied_passage_is_shown_again(as_stranger, mine, answer):
    response = edit(as_stranger, mine, f"{SENTENCE}.", summary="said better")
    assert response.status_code == 409
    page = response.content.decode()
    assert "This passage stands in" in page
    assert "Save as it is" in page
    assert response.context["form"]["summary"].value() == "said better"
    assert response.context["form"]["revision"].value() == "1"
    assert mine.revisions.count() == 1
    assert edit(as_stranger, mine, f"{SENTENCE}.", seen_copies=seen(response)).status_code == 302
    assert mine.revisions.count() == 2


def test_quoting_in_an_edit_keeps_its_summary(as_stranger, mine, answer):
    response = edit(as_stranger, mine, f"{SENTENCE}.", summary="said better", quote=answer.pk)
    assert response.status_code == 200
    assert text_of(response).startswith(f"> {SENTENCE}.")
    assert response.context["form"]["summary"].value() == "said better"
    assert edit(as_stranger, mine, text_of(response)).status_code == 302


def test_an_edit_is_not_told_of_what_stood_there_before(as_stranger, other_question, answer, stranger):
    copied = answering.answer(other_question, f"{SENTENCE}.", by=stranger)
    assert edit(as_stranger, copied, f"{SENTENCE}. And a word more.").status_code == 302


def test_a_proposed_edit_is_told_as_well(as_asker, other_question, mine, answer, ask, stranger):
    answering.answer(ask("Why is bread soft?"), OTHER, by=stranger)
    response = edit(as_asker, mine, OTHER)
    assert response.status_code == 409
    assert "as it is</button>" in response.content.decode()
    assert not mine.proposals.exists()


def preview(client, source, into):
    return client.get(reverse("merge-preview", args=[source.pk, into.pk]))


def test_the_merge_preview_tells_how_much_of_the_joining_answers_stands_in_the_receiving(
    as_moderator, question, other_question, answer, stranger
):
    copied = answering.answer(
        other_question, f"{SENTENCE}. And eleven words more, which stand nowhere else at all.", by=stranger
    )
    page = " ".join(preview(as_moderator, other_question, question).content.decode().split())
    assert "52 % of the words of the joining answers stand in the receiving ones" in page
    to_be = page[page.index("The page as it will be") :]
    for one, other in ((answer, copied), (copied, answer)):
        assert f'<article class="answer" id="preview-{one.pk}">' in to_be
        assert (
            f'Stands word for word in <a href="#preview-{other.pk}">the answer by {other.author_name}</a>: '
            f"“<mark>{SENTENCE}</mark>”" in to_be
        )


def test_the_merge_preview_says_nothing_of_overlap_where_there_is_none(
    as_moderator, question, other_question, answer
):
    answering.answer(other_question, OTHER)
    answering.answer(question, f"{SENTENCE}, by another on the same side.")
    page = preview(as_moderator, other_question, question).content.decode()
    assert "of the words of the joining answers" not in page
    assert "word for word" not in page


def test_the_merge_preview_finds_overlap_without_sketches_and_of_one_author(
    as_moderator, question, other_question, answer, asker
):
    answering.answer(other_question, SENTENCE, by=asker)
    for sketches in (2, 0):
        if not sketches:
            PassageSketch.objects.all().delete()
        page = preview(as_moderator, other_question, question).content.decode()
        assert "100 % of the words of the joining answers" in page


def test_the_merge_preview_compares_no_more_than_it_has_time_for(
    as_moderator, question, other_question, answer, monkeypatch
):
    answering.answer(other_question, SENTENCE)
    answering.answer(other_question, f"{SENTENCE} {OTHER}")
    monkeypatch.setattr(copies.overlapping, "_MOST_WORDS_OF_A_SIDE", 30)
    page = preview(as_moderator, other_question, question).content.decode()
    told = re.search(r"About (\d+) % of the words of the joining answers", page)
    assert int(told[1]) == pytest.approx(100 * 22 / 34, abs=15)


def test_the_merge_preview_takes_as_many_queries_however_much_overlaps(
    as_moderator, question, other_question, answer, stranger
):
    following.follow(question, by=stranger)
    counts = []
    for number in range(2):
        answering.answer(other_question, f"{SENTENCE}! {number}", guest_name=str(number))
        with CaptureQueriesContext(connection) as queries:
            preview(as_moderator, other_question, question)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.fixture
def copied(question, answer, stranger) -> CopiedPassage:
    text = "It was said before. " * 10 + f"{SENTENCE}! And more of it."
    answering.answer(question, text, by=stranger)
    return CopiedPassage.objects.get()


def test_the_list_shows_both_sides_with_the_passages_marked_and_leads_to_both(as_moderator, copied, answer):
    page = " ".join(as_moderator.get(reverse("review-copies")).content.decode().split())
    assert "11 words</span>, 20 % of" in page
    assert page.count(f"<mark>{SENTENCE}</mark>") == 2
    assert copied.answer.get_absolute_url() in page
    assert answer.get_absolute_url() in page
    assert "It was said before. It was said before. It was said before. It was said before. It" not in page


def test_the_list_has_the_largest_first_in_pages(as_moderator, question, stranger, asker):
    for length in range(22):
        words = [f"word{length}x{number}" for number in range(8 + length)]
        answering.answer(question, " ".join(words), by=asker)
        answering.answer(question, " ".join(words) + " again", by=stranger)
    first = as_moderator.get(reverse("review-copies"))
    assert [pair.copied.word_count for pair in first.context["pairs"]] == list(range(29, 9, -1))
    after = first.context["page"].older
    second = as_moderator.get(reverse("review-copies"), {"after": after})
    assert [pair.copied.word_count for pair in second.context["pairs"]] == [9, 8]
    assert as_moderator.get(reverse("review-copies"), {"after": "x"}).status_code == 404


def test_the_list_takes_as_many_queries_however_long_it_is(
    as_moderator, copied, question, asker, stranger, django_assert_num_queries
):
    def look():
        # the session, the reader, two for what they may, the copies
        with django_assert_num_queries(5):
            assert as_moderator.get(reverse("review-copies")).status_code == 200

    look()
    for number in range(5):
        answering.answer(question, f"{OTHER} {number}", guest_name=str(number))
    assert CopiedPassage.objects.count() > 5
    look()


def test_settling_takes_it_from_the_list_stays_on_the_page_and_is_undone(as_moderator, copied, moderator):
    address = reverse("review-copies")
    response = as_moderator.post(reverse("settle-copy", args=[copied.pk]), {"page": f"after=30_{copied.pk}"})
    assert (response.status_code, response.url) == (303, f"{address}?after=30_{copied.pk}")
    copied.refresh_from_db()
    assert copied.settled_by == moderator
    page = as_moderator.get(address).content.decode()
    assert "No copied passage waits" in page
    undo = reverse("reconsider-copy", args=[copied.pk])
    assert undo in page
    assert as_moderator.post(undo).url == address
    assert "<mark>" in as_moderator.get(address).content.decode()


def test_settling_leads_nowhere_else(as_moderator, copied):
    response = as_moderator.post(
        reverse("settle-copy", args=[copied.pk]), {"page": "//evil.example/?x=1\r\nX: y"}
    )
    assert response.url.startswith("/review/copies/?")
    assert "\n" not in response.url


def test_copies_from_or_in_hidden_answers_are_not_listed(as_moderator, copied, answer, moderator):
    moderation.hide(answer, by=moderator)
    assert "No copied passage waits" in as_moderator.get(reverse("review-copies")).content.decode()


def test_an_answer_that_is_folded_into_the_other_is_not_listed(as_moderator, copied, answer):
    Answer.objects.filter(pk=answer.pk).update(folded_into=copied.answer)
    assert "No copied passage waits" in as_moderator.get(reverse("review-copies")).content.decode()
    Answer.objects.filter(pk=answer.pk).update(folded_into=None)
    assert "No copied passage waits" not in as_moderator.get(reverse("review-copies")).content.decode()


def test_only_reviewers_see_the_list(as_stranger, as_guest, as_moderator, copied):
    assert as_stranger.get(reverse("review-copies")).status_code == 403
    assert as_guest.get(reverse("review-copies")).status_code == 302
    assert as_stranger.post(reverse("settle-copy", args=[copied.pk])).status_code == 403
