"""What the matcher finds, by key, by meaning and by words, and that nothing typed can upset it."""

import pytest
from django.db import connection

from questions import merging, moderation
from questions.duplicates import matching
from questions.duplicates.matching import By

pytestmark = pytest.mark.django_db


def wordings(matches):
    return [match.wording.text for match in matches]


@pytest.fixture
def tides(ask):
    return ask("Why does the sea rise and fall twice a day?")


def test_the_same_key_matches_with_a_full_score_however_it_is_spelt(tides):
    [match] = matching.similar("WHY does the sea  rise and fall twice a day", limit=5)
    assert (match.primary, match.score, match.by) == (tides, 1.0, By.KEY)


def test_other_words_for_the_same_are_found_by_meaning(with_model, ask):
    tides = ask("Why does the sea rise and fall twice a day?")
    ask("How do I get candle wax out of a tablecloth?")
    [match] = matching.similar("What causes ocean tides?", limit=5)
    assert (match.primary, match.by) == (tides, By.MEANING)
    assert 0.5 < match.score < 1


def test_without_the_model_questions_are_found_by_their_words(tides):
    [match] = matching.similar("Does the sea fall?", limit=5)
    assert (match.primary, match.by, match.cosine) == (tides, By.WORDS, None)
    assert 0 < match.score < 1


def test_a_rare_word_finds_its_question_among_many_about_the_same(with_model, ask):
    for number in range(30):
        ask(f"How do I fix error 0x8007{number:04} while updating?")
    found = matching.similar("update fails 0x80070017", limit=3, least=0.0)
    assert "How do I fix error 0x80070017 while updating?" in wordings(found)


def test_each_family_is_found_once_by_its_best_wording(with_model, ask, moderator):
    tides = ask("Why does the sea rise and fall twice a day?")
    alternate = merging.add_alternate("What causes the tides?", to=tides, by=moderator).question
    [match] = matching.similar("What is the cause of tides?", limit=5)
    assert (match.primary, match.wording) == (tides, alternate)


def test_a_family_of_many_wordings_does_not_crowd_the_others_out(with_model, ask, moderator):
    tides = ask("What causes the tides?")
    for number in range(70):
        merging.add_alternate(f"What causes the tides of sea number {number}?", to=tides, by=moderator)
    moon = ask("Does the moon cause high and low water?")
    found = matching.similar("What causes tides?", limit=2)
    assert [match.primary for match in found] == [tides, moon]


def test_excluded_families_are_left_out_whole(with_model, ask, moderator):
    tides = ask("Why does the sea rise and fall twice a day?")
    alternate = merging.add_alternate("What causes the tides?", to=tides, by=moderator).question
    assert matching.similar("What causes tides?", limit=5, exclude=[alternate]) == []


def test_hidden_questions_and_hidden_wordings_are_never_found(with_model, ask, moderator):
    hidden = ask("What causes the tides?")
    moderation.hide(hidden, by=moderator)
    other = ask("Why does the sea rise and fall?")
    alternate = merging.add_alternate("Why are there tides?", to=other, by=moderator).question
    moderation.hide(alternate, by=moderator)
    assert wordings(matching.similar("What causes tides?", limit=5)) == [other.text]


def test_a_question_that_is_there_is_not_similar_to_its_own_family(with_model, ask, moderator):
    tides = ask("What causes the tides?")
    merging.add_alternate("Why are there tides?", to=tides, by=moderator)
    moon = ask("Does the moon cause tides?")
    assert wordings(matching.similar_to(tides, limit=5)) == [moon.text]


def test_a_reworded_question_is_found_by_its_new_meaning_alone(with_model, ask, moderator):
    question = ask("What causes the tides?")
    wax = "How do I get candle wax out of a tablecloth?"
    merging.reword(question, wax, by=moderator)
    assert matching.similar("Why are there tides in the sea?", limit=5) == []
    assert wordings(matching.similar("Removing wax from table linen", limit=5)) == [wax]


def test_a_wording_without_embedding_is_found_by_its_words(with_model, ask, settings):
    settings.EMBEDDING_MODEL_DIR = "no/such/folder"
    question = ask("What causes the tides?")
    settings.EMBEDDING_MODEL_DIR = ""
    [match] = matching.similar("causes of tides", limit=5)
    assert (match.wording, match.by) == (question, By.WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "?", "\x00", "\u200f", "x", "the of and", "& | ! ( ) : * ' \\", "a & b | !c <-> d:*",
        "'; DROP TABLE questions_question; --", "<script>alert(1)</script>", "🙂🙂🙂", "潮汐是什么引起的？",
        "ما سبب المد والجزر؟", "Was verursacht Ebbe und Flut?", "%s %(x)s {} $1", "\ud800", "a" * 10_000,
        "tide " * 2_000, "潮" * 10_000, "\\' \\\\ '' \"",
    ],
)  # fmt: skip
@pytest.mark.parametrize("model", ["", "no/such/folder"])
def test_whatever_is_typed_is_answered_with_a_list(ask, settings, text, model):
    settings.EMBEDDING_MODEL_DIR = model
    ask("What causes the tides?")
    for match in matching.similar(text, limit=5, least=0.0):
        assert 0 <= match.score <= 1


def test_nothing_similar_is_an_empty_list(with_model, tides):
    assert matching.similar("How many strings has a violin?", limit=5) == []


def test_a_look_up_takes_three_queries_however_many_wordings(
    with_model, ask, moderator, django_assert_num_queries
):
    tides = ask("What causes the tides?")
    matching.rarity()  # read every ten minutes
    with django_assert_num_queries(3):
        matching.similar("Why are there tides?", limit=5)
    for number in range(10):
        merging.add_alternate(f"What causes tide {number}?", to=tides, by=moderator)
        ask(f"Are there tides on planet {number}?")
    with django_assert_num_queries(3):
        assert len(matching.similar("Why are there tides?", limit=5)) == 5


def test_merging_writes_to_no_index_of_the_matcher(with_model, ask, moderator):
    source, into = ask("What causes the tides?"), ask("Why are there tides?")
    with connection.cursor() as cursor:

        def rows():
            cursor.execute(
                "SELECT question_id, xmin::text FROM questions_wordingembedding"
                " UNION ALL SELECT question_id, xmin::text FROM questions_wordingindex ORDER BY 1, 2"
            )
            return cursor.fetchall()

        before = rows()
        merging.merge(source, into=into, by=moderator)
        merging.unmerge(source, by=moderator)
        assert rows() == before
