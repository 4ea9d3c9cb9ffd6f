"""The sentence encoder all-MiniLM-L6-v2 in numpy: a text goes in, 384 numbers that stand for its meaning come out.

The model is a BERT (Devlin et al. 2018, https://arxiv.org/abs/1810.04805) of 6 layers, 384 wide, with 12 heads
(MiniLM, Wang et al. 2020, https://arxiv.org/abs/2002.10957). A text's vector is the mean of those of its word
pieces, scaled to length 1, so the cosine of two texts is the inner product of their vectors. They agree with
those of the reference implementation, sentence-transformers, to a cosine of 0.99999 or better.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from questions.duplicates import model_files

DIMENSIONS = 384
MAX_PIECES = 256  # word pieces of a text that are read, the first and the last sign included

_HEADS, _HEAD_WIDTH = 12, 32
_EPSILON = np.float32(1e-12)
# Word pieces that go through the model together: enough to keep a core busy, few enough to stay in its cache.
_BATCH_PIECES = 512
# Of so many of them the widest layer, and what is computed on the way, stay in a core's second cache.
_CACHED_ROWS = 32

Vectors = NDArray[np.float32]


class Encoder:
    """The model, loaded from a directory with model.safetensors and tokenizer.json. Safe to use from many threads.

    Writes a copy of the weights into the folder `copies` (model_files says why). Raises model_files.ModelError.
    """

    def __init__(self, directory: Path, copies: Path) -> None:
        model_files.check(directory)
        self._weights = model_files.turned_weights(directory, copies)
        self._tokenizer = Tokenizer.from_file(str(directory / model_files.TOKENIZER))
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._tokenizer.no_padding()
        # The matrices are small: several threads on one would cost more than they bring, and take the cores
        # from other requests. Nothing else in this process does linear algebra. Batches run side by side.
        threadpool_limits(1, user_api="blas")

    def encode(self, text: str, *, max_pieces: int = MAX_PIECES) -> Vectors:
        """Return the vector of one text, or of its first word pieces: 384 numbers, of length 1."""
        ids = self._tokenizer.encode(text).ids
        return self._forward([ids if len(ids) <= max_pieces else [*ids[: max_pieces - 1], ids[-1]]])[0]

    def encode_many(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of many texts, a row each in the order given, computed on all cores."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(ids), DIMENSIONS), np.float32)

        def fill(rows: list[int]) -> None:
            vectors[rows] = self._forward([ids[row] for row in rows])

        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            list(pool.map(fill, _batches([len(pieces) for pieces in ids])))
        return vectors

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """The word pieces with their numbers."""
        return self._tokenizer.get_vocab()

    def _forward(self, ids: list[list[int]]) -> Vectors:
        """Return the vectors of texts in word pieces; short ones are filled up, and what fills is masked out."""
        w = self._weights
        texts, longest = len(ids), max(map(len, ids))
        if texts == 1:
            # OpenBLAS multiplies four rows at a time, and takes longer for 15 rows than for 16.
            longest += -longest % 4
        pieces = np.zeros((texts, longest), np.int64)
        mask = np.zeros((texts, longest), np.float32)
        for row, own in enumerate(ids):
            pieces[row, : len(own)] = own
            mask[row, : len(own)] = 1
        x = w["embeddings.word_embeddings.weight"][pieces]
        x += w["embeddings.position_embeddings.weight"][:longest]
        x += w["embeddings.token_type_embeddings.weight"][0]
        x = self._normalised(x.reshape(-1, DIMENSIONS), "embeddings.LayerNorm")
        unseen = None if mask.all() else ((mask - 1) * np.float32(1e9))[:, None, None, :]
        for number in range(model_files.LAYERS):
            layer = f"encoder.layer.{number}."
            x += self._attention(x, layer + "attention.", unseen, texts)
            x = self._normalised(x, layer + "attention.output.LayerNorm")
            x += self._linear(_gelu(self._linear(x, layer + "intermediate.dense")), layer + "output.dense")
            x = self._normalised(x, layer + "output.LayerNorm")
        x = x.reshape(texts, longest, DIMENSIONS)
        sums = np.einsum("tpd,tp->td", x, mask)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)

    def _linear(self, x: Vectors, name: str) -> Vectors:
        y = x @ self._weights[name + ".weight"]
        y += self._weights[name + ".bias"]
        return y

    def _normalised(self, x: Vectors, name: str) -> Vectors:
        x = x - x.mean(axis=1, keepdims=True)
        variance = np.einsum("pd,pd->p", x, x)[:, None] / np.float32(DIMENSIONS)
        x /= np.sqrt(variance + _EPSILON)
        x *= self._weights[name + ".weight"]
        x += self._weights[name + ".bias"]
        return x

    def _attention(self, x: Vectors, layer: str, unseen: Vectors | None, texts: int) -> Vectors:
        qkv = self._linear(x, layer + "qkv").reshape(texts, -1, 3, _HEADS, _HEAD_WIDTH)
        query, key, value = qkv.transpose(2, 0, 3, 1, 4)
        scores = query @ key.swapaxes(2, 3)
        scores *= np.float32(_HEAD_WIDTH**-0.5)
        if unseen is not None:
            scores += unseen
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        seen = (scores @ value).transpose(0, 2, 1, 3).reshape(-1, DIMENSIONS)
        return self._linear(seen, layer + "output.dense")


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Yield the places of texts in groups of about one length, so that little has to be filled up."""
    group: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[place] > _BATCH_PIECES:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _gelu(x: Vectors) -> Vectors:
    """Turn x into x Φ(x) where it stands, with Φ the normal distribution's: max(x, 0) - |x| erfc(|x|/√2) / 2.

    erfc by formula 7.1.26 of Abramowitz and Stegun, Handbook of Mathematical Functions, with an error below
    1.5e-7: numpy has none of its own.
    """
    for start in range(0, len(x), _CACHED_ROWS):
        rows = x[start : start + _CACHED_ROWS]
        size = np.abs(rows)
        t = size * np.float32(0.3275911 * 0.5**0.5)
        t += 1
        np.reciprocal(t, out=t)
        series = np.float32(1.061405429 / 2) * t
        for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
            series += np.float32(coefficient / 2)
            series *= t
        np.multiply(size, size, out=t)
        t *= np.float32(-0.5)
        np.exp(t, out=t)
        t *= series
        t *= size
        np.maximum(rows, 0, out=rows)
        rows -= t
    return x
