"""The encoder agrees with the reference implementation, whatever it reads and however many texts at a time."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from questions.duplicates.encoder import DIMENSIONS, MAX_PIECES

GOLDEN = json.loads(
    Path(__file__).with_name("golden.json").read_text()
)  # benchmarks/golden_vectors.py made it
TEXTS = [golden["text"] for golden in GOLDEN]
ODD_TEXTS = [
    "",
    " ",
    "?",
    "🙂🙂🙂",
    "كيف أسلق بيضة؟",
    "\x01\x07\x1b\x7f",
    "\u202e\u200b\ufeff",
    "a" * 10_000,
    "\ufffd",
]


@pytest.mark.parametrize("golden", GOLDEN, ids=range(len(GOLDEN)))
def test_a_vector_is_that_of_the_reference_implementation(encoder, golden):
    expected = np.array(golden["vector"])
    assert encoder.encode(golden["text"]) @ expected / np.linalg.norm(expected) >= 0.99999


def test_many_texts_get_the_vectors_that_each_gets_alone_in_their_order(encoder):
    texts = [f"{text} {number}" for number in range(12) for text in TEXTS] + ODD_TEXTS
    together = encoder.encode_many(texts)
    assert together.shape == (len(texts), DIMENSIONS)
    alone = np.array([encoder.encode(text) for text in texts])
    assert np.einsum("td,td->t", together, alone).min() >= 0.99999


def test_no_texts_get_no_vectors(encoder):
    assert encoder.encode_many([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_any_text_gets_a_vector_of_length_one(encoder, text):
    vector = encoder.encode(text)
    assert vector.shape == (DIMENSIONS,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_words_after_the_last_piece_that_is_read_change_nothing(encoder):
    # "egg" is one piece, and two signs are put around a text.
    full = "egg " * (MAX_PIECES - 2)
    assert encoder.encode(full) @ encoder.encode(full + "and ships and sealing wax") >= 0.999999
    assert encoder.encode(full) @ encoder.encode(full.replace("egg", "ship", 200)) < 0.9


def test_a_text_can_be_cut_to_fewer_pieces(encoder):
    cut = encoder.encode("How do I boil an egg without a pan?", max_pieces=8)
    assert cut @ encoder.encode("How do I boil an egg") >= 0.99999


def test_what_means_the_same_is_nearer_than_what_looks_the_same(encoder):
    question, same, other = encoder.encode_many(
        ["How old is the Earth?", "What is the age of our planet?", "How cold is the Earth?"]
    )
    assert question @ same > question @ other


def test_threads_share_an_encoder(encoder):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(encoder.encode, TEXTS * 3))
    expected = [encoder.encode(text) for text in TEXTS] * 3
    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))


def test_the_vocabulary_has_a_number_for_each_piece(encoder):
    assert len(set(encoder.vocabulary.values())) == 30_522
    assert encoder.vocabulary["the"] == 1996
