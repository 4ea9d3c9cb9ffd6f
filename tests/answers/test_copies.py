"""Finding answers that stand in others word for word, recording which, and settling what may stay."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from answers import answering, copies, moderation
from answers.models import Answer, CopiedPassage, PassageSketch
from questions import moderation as question_moderation

pytestmark = pytest.mark.django_db

SENTENCE = "The tide follows the moon around the earth twice a day"  # eleven words
OTHER = "Bread rises because the yeast in it makes gas all the while"


@pytest.fixture
def question(ask):
    return ask("How do tides work?")


@pytest.fixture
def answer(question, asker):
    return answering.answer(question, f"{SENTENCE}, as sailors know.", by=asker)


def sources(text: str, **options) -> list[Answer]:
    return [copy.source for copy in copies.found_in(text, **{"author": None, **options})]


def recorded() -> list[tuple[int, int, int]]:
    return sorted(CopiedPassage.objects.values_list("answer", "source", "word_count"))


def test_a_passage_is_found_in_the_answer_that_it_stands_in(answer, stranger):
    text = f"I read that {SENTENCE.upper()}. So it is."
    [copy] = copies.found_in(text, author=stranger)
    assert copy.source == answer
    assert (copy.word_count, copy.share) == (11, pytest.approx(11 / 17))
    assert [text[passage.start : passage.end] for passage in copy.passages] == [SENTENCE.upper()]


def test_nothing_is_found_where_nothing_is_shared(answer):
    assert copies.found_in(OTHER, author=None) == []
    assert copies.found_in("", author=None) == []
    assert copies.found_in(f"> {SENTENCE}", author=None) == []


def test_nobody_is_warned_about_their_own_words(answer, asker, stranger):
    assert sources(SENTENCE, author=asker) == []
    assert sources(SENTENCE, author=stranger, edited=answer) == []
    assert sources(SENTENCE, author=stranger) == [answer]


def test_guests_are_others_to_each_other(question):
    written = answering.answer(question, SENTENCE, guest_name="Kofi")
    assert sources(SENTENCE) == [written]


def test_what_readers_do_not_see_is_no_source(answer, question, moderator):
    moderation.hide(answer, by=moderator)
    assert sources(SENTENCE) == []
    moderation.restore(answer, by=moderator)
    assert sources(SENTENCE) == [answer]
    question_moderation.hide(question, by=moderator)
    assert sources(SENTENCE) == []


def test_the_answer_with_most_of_it_comes_first(answer, question):
    more = answering.answer(question, f"{SENTENCE}. {OTHER}.")
    assert sources(f"{OTHER}. {SENTENCE}.") == [more, answer]


def test_a_sentence_of_half_of_the_site_hides_no_passage_of_one_answer(question):
    for number in range(90):
        answering.answer(question, f"Number {number} wrote this. {SENTENCE}.", guest_name=str(number))
    rare = "eight words that stand in one single answer"
    wanted = answering.answer(question, f"Look here: {rare}. {SENTENCE}.", guest_name="x")
    found = sources(f"Whatever else: {rare}! {SENTENCE}.")
    assert found[0] == wanted
    assert 1 < len(found) <= 4


def test_looking_takes_as_many_queries_however_many_answers_there_are(question, django_assert_num_queries):
    answering.answer(question, SENTENCE)
    for number in range(6):
        answering.answer(question, f"Number {number} wrote this. {SENTENCE}.", guest_name=str(number))
        # a savepoint around two settings and the look-up, and the answers
        with django_assert_num_queries(6):
            assert sources(SENTENCE)


def test_looking_leaves_the_planner_as_it_was(answer):
    def settings() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setting FROM pg_settings WHERE name IN ('enable_seqscan', 'jit') ORDER BY name"
            )
            return [setting for (setting,) in cursor.fetchall()]

    before = settings()
    copies.found_in(SENTENCE, author=None)
    assert settings() == before


def test_the_later_of_two_answers_is_the_copy(answer, question, stranger):
    later = answering.answer(question, f"{SENTENCE}!", by=stranger)
    assert recorded() == [(later.pk, answer.pk, 11)]
    assert CopiedPassage.objects.get().share == 1.0


def test_an_older_answer_that_comes_by_import_is_the_source(answer, question):
    older = answering.answer(
        question, f"It is so. {SENTENCE}.", guest_name="Kofi", at=timezone.now() - timedelta(days=9)
    )
    assert recorded() == [(answer.pk, older.pk, 11)]


def test_own_words_are_not_recorded(answer, question, asker):
    answering.answer(question, f"{SENTENCE}!", by=asker)
    assert recorded() == []


def test_an_edit_records_what_it_brings_and_forgets_what_it_takes_away(answer, question, stranger):
    later = answering.answer(question, "I do not know.", by=stranger)
    assert recorded() == []
    answering.edit(later, SENTENCE, by=stranger)
    assert recorded() == [(later.pk, answer.pk, 11)]
    answering.edit(later, f"> {SENTENCE}\n\nSo they say.", by=stranger)
    assert recorded() == []


def test_an_edit_of_the_source_is_recorded_as_well(answer, question, stranger, asker):
    later = answering.answer(question, f"{SENTENCE}. {OTHER}.", by=stranger)
    answering.edit(answer, f"{OTHER}, they say.", by=asker)
    assert recorded() == [(later.pk, answer.pk, 12)]
    answering.edit(answer, "Nothing of it.", by=asker)
    assert recorded() == []


def test_what_is_settled_stays_so_until_there_is_more_of_it(answer, question, stranger, asker, moderator):
    later = answering.answer(question, f"{SENTENCE}.", by=stranger)
    copied = CopiedPassage.objects.get()
    copies.settle(copied, by=moderator)
    answering.edit(later, f"{SENTENCE}. And something else.", by=stranger)
    copied.refresh_from_db()
    assert (copied.settled_by, copied.word_count) == (moderator, 11)
    assert copied.share == pytest.approx(11 / 14)
    assert not CopiedPassage.objects.unsettled().exists()
    answering.edit(answer, f"{SENTENCE}, as sailors know. {OTHER}.", by=asker)
    answering.edit(later, f"{SENTENCE}. {OTHER}.", by=stranger)
    copied.refresh_from_db()
    assert (copied.settled_at, copied.settled_by, copied.word_count) == (None, None, 23)


def test_settling_again_keeps_who_settled_first_and_it_can_be_taken_back(
    answer, question, stranger, moderator, admin
):
    answering.answer(question, SENTENCE, by=stranger)
    copied = CopiedPassage.objects.get()
    copies.settle(copied, by=moderator)
    copies.settle(copied, by=admin)
    assert CopiedPassage.objects.get().settled_by == moderator
    copies.unsettle(copied)
    assert CopiedPassage.objects.unsettled().get() == copied


def test_every_answer_has_the_sketch_of_its_text_and_how_many_words_count(answer, asker):
    before = set(PassageSketch.objects.get().numbers)
    assert PassageSketch.objects.get().word_count == 14
    answering.edit(answer, f"{OTHER}\n\n> {SENTENCE}", by=asker)
    sketch = PassageSketch.objects.get()
    assert sketch.word_count == 12
    assert sketch.numbers
    assert not before & set(sketch.numbers)


def test_answers_too_short_for_a_passage_have_an_empty_sketch(question):
    answering.answer(question, "The moon.")
    assert (PassageSketch.objects.get().numbers, copies.count_missing()) == ([], 0)


@pytest.fixture
def imported(question):
    """Answers that came without sketches, the second copied from the first, and a third of its own."""
    now = timezone.now()
    texts = (SENTENCE, f"{SENTENCE}, I say.", OTHER)
    return Answer.objects.bulk_create(
        Answer(question=question, text=text, html=text, guest_name="x", created_at=now) for text in texts
    )


def test_what_an_import_brought_is_filled_in_and_its_copies_are_recorded(imported, capsys):
    assert copies.count_missing() == 3
    call_command("sketch_answers")
    assert copies.count_missing() == 0
    assert recorded() == [(imported[1].pk, imported[0].pk, 11)]
    assert "3 answers" in capsys.readouterr().out


def test_filling_in_goes_on_where_it_was_stopped(imported, monkeypatch):
    monkeypatch.setattr(copies.recording, "_BATCH", 2)
    assert next(copies.fill_in()) == 2
    assert copies.count_missing() == 1
    assert list(copies.fill_in()) == [1]
    assert list(copies.fill_in()) == []


def test_filling_in_again_says_that_there_is_nothing_to_do(answer, capsys):
    call_command("sketch_answers")
    assert "already" in capsys.readouterr().out


def test_recording_takes_as_many_queries_however_many_copies_there_are(question):
    counts = set()
    for number in range(8):
        written = answering.answer(question, f"{SENTENCE}. Number {number}.", guest_name=str(number))
        with CaptureQueriesContext(connection) as queries:
            copies.record(written)
        if number > 3:
            counts.add(len(queries))
    assert len(counts) == 1


def test_what_is_copied_into_a_text_that_has_been_looked_at_is_found_and_the_rest_is_kept(
    ask, asker, stranger
):
    question = ask("How do tides work?")
    one = answering.answer(question, "Every day the water of the sea comes up and goes down again.", by=asker)
    two = answering.answer(
        question, "The moon, which is not small at all, pulls at every drop of it.", by=asker
    )
    copy = answering.answer(question, f"As I know: {one.text}", by=stranger)
    answering.edit(copy, f"As I know: {one.text} And also this: {two.text}", by=stranger)
    found = CopiedPassage.objects.filter(answer=copy).order_by("source")
    assert [(pair.source, pair.word_count) for pair in found] == [(one, 13), (two, 14)]


def test_an_imported_answer_that_is_edited_is_looked_at_as_a_whole(ask, asker, stranger):
    question = ask("How do tides work?")
    one = answering.answer(question, "Every day the water of the sea comes up and goes down again.", by=asker)
    copy = answering.answer(question, f"As I know: {one.text}", by=stranger)
    CopiedPassage.objects.all().delete()
    PassageSketch.objects.filter(answer=copy).delete()  # as an import leaves it
    answering.edit(copy, f"{copy.text} Quite so.", by=stranger)
    assert CopiedPassage.objects.get().source == one
