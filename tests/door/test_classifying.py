"""The classifier: what it learns, that it can unlearn it, and that learning at once loses nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from door.classifying import ENOUGH_TEXTS, MAX_WORDS, learn, spam_score, unlearn, why, words_of
from door.models import SpamWord, TrainedText


def counts() -> dict[str, tuple[int, int]]:
    return {
        word: (spam, fine)
        for word, spam, fine in SpamWord.objects.values_list("word", "spam_count", "fine_count")
        if spam or fine
    }


@pytest.fixture
def taught(db):
    for number in range(ENOUGH_TEXTS):
        learn("comment", number, f"Cheap pills, see https://pills.example/{number}", is_spam=True)
        learn("answer", number, f"You water the plants every {number} days", is_spam=False)


def test_nothing_is_said_before_enough_was_decided(db):
    for number in range(ENOUGH_TEXTS):
        learn("comment", number, "Cheap pills", is_spam=True)
    for number in range(ENOUGH_TEXTS - 1):
        learn("answer", number, "Water the plants", is_spam=False)
    assert spam_score("Cheap pills") is None
    assert why("Cheap pills") == []
    learn("answer", 99, "Water the plants", is_spam=False)
    assert spam_score("Cheap pills") > 0.9


def test_texts_like_spam_score_high_and_texts_like_others_low(taught):
    assert spam_score("Cheap pills for you") > 0.9
    assert spam_score("How do I water plants?") < 0.1
    assert spam_score("Unheard of") is not None
    assert 0.2 < spam_score("zyxwv") < 0.8


def test_why_names_what_weighs_most_either_way(taught):
    weights = dict(why("Cheap: www.pills.example and water", limit=10))
    assert weights["cheap"] > 0 > weights["water"]
    assert weights["link to pills.example"] > 0
    assert len(why("cheap pills for the plants", limit=2)) == 2


def test_a_text_is_learnt_once_and_the_last_decision_counts(db):
    learn("comment", 1, "Cheap pills", is_spam=True)
    once = counts()
    learn("comment", 1, "Cheap pills", is_spam=True)
    assert counts() == once
    learn("comment", 1, "Cheap pills", is_spam=False)
    assert counts() == dict.fromkeys(once, (0, 1))
    assert TrainedText.objects.get().is_spam is False


def test_unlearning_leaves_no_trace(taught):
    before = counts()
    learn("comment", 1000, "An unusual word and cheap", is_spam=True)
    unlearn("comment", 1000)
    unlearn("comment", 1000)
    assert counts() == before


def test_the_words_of_an_endless_text_are_few_and_short():
    words = words_of("x" * 10_000 + " " + " ".join(f"word{number}" for number in range(5_000)))
    assert len(words) == MAX_WORDS
    assert max(map(len, words)) <= 60
    assert words_of("\x00\u200b") == words_of("")


@pytest.mark.django_db(transaction=True)
def test_learning_at_once_counts_every_text_once():
    texts = [f"alpha beta {'gamma delta'[:: (-1) ** number]} w{number % 3}" for number in range(40)]

    def teach(number: int) -> None:
        try:
            learn("comment", number % 20, texts[number], is_spam=number % 20 < 10)
            if number % 5 == 0:
                unlearn("comment", number % 20)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(teach, range(40)))

    expected: dict[str, list[int]] = {}
    for text in TrainedText.objects.all():
        for word in text.words:
            expected.setdefault(word, [0, 0])[not text.is_spam] += 1
    assert counts() == {word: tuple(numbers) for word, numbers in expected.items()}
    assert TrainedText.objects.count() >= 16
