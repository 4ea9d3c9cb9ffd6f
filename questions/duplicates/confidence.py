"""The probability that two wordings ask the same thing, by a logistic regression over what can be seen of a pair.

The coefficients stand in confidence.json beside this file (benchmarks/fit_confidence.py made it and says from
what), or in the one that `manage.py fit_confidence` writes for a site from its own merges and dismissals.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from questions import wording
from questions.duplicates import model

_logger = logging.getLogger(__name__)

PUBLISHED = Path(__file__).with_name("confidence.json")

# What is seen of a pair with the model, and without: then there is no cosine and all words are equally rare.
FEATURES = (
    "cosine",
    "cosine squared",
    "overlap",
    "rarest lone word",
    "different numbers",
    "different names",
    "one negated",
    "length ratio",
    "shorter length",
    "different question words",
    "common sequence of shorter",
    "common sequence of longer",
    "shared word pairs",
    "same last word",
    "same words",
)
WITHOUT_MODEL = tuple(name for name in FEATURES if not name.startswith("cosine"))

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?[+#]*|\d+(?:[.,:]\d+)*")
_NEGATIONS = frozenset(["not", "no", "never", "without", "cannot", "none", "nor", "neither"])
_QUESTION_WORDS = frozenset(["what", "why", "how", "when", "who", "where", "which", "whose"])
# Of BERT's vocabulary: pieces of words begin here, the commonest first, so a word's number grows as it gets
# rarer; by Zipf's law the logarithm of its rank is then its inverse document frequency but for a constant.
_FIRST_WORD = 1996


def site_file() -> Path:
    """Where a site keeps the coefficients that it fitted itself."""
    return settings.VAR_DIR / "confidence.json"


@dataclass(frozen=True)
class Regression:
    """A logistic regression over features that are shifted by `means` and scaled by `scales`."""

    features: tuple[str, ...]
    intercept: float
    coefficients: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]

    def probability(self, values: Sequence[float]) -> float:
        score = self.intercept + sum(
            coefficient * (value - mean) / scale
            for coefficient, value, mean, scale in zip(
                self.coefficients, values, self.means, self.scales, strict=True
            )
        )
        return 1 / (1 + math.exp(-score)) if score > -500 else 0.0


def confidence(a: str, b: str, *, cosine: float | None = None) -> float:
    """Return the probability, 0 to 1, that two wordings ask the same thing; of each, the first 300 characters.

    `cosine` is that of their embeddings where it is known; else it is computed, 10 ms each, if there is a model.
    """
    if wording.key(a) == wording.key(b):
        return 1.0
    encoder = model.encoder()
    if cosine is None and encoder:
        cosine = float(encoder.encode(a) @ encoder.encode(b))
    return regression(with_model=cosine is not None).probability(features(a, b, cosine))


def regression(*, with_model: bool) -> Regression:
    """Return the site's own regression, or else the published one. Read anew when the file has changed."""
    name, expected = ("with model", FEATURES) if with_model else ("without model", WITHOUT_MODEL)
    own = site_file()
    try:
        changed = own.stat().st_mtime_ns
    except OSError:
        return read(PUBLISHED)[name]
    found = read(own, changed)
    # Fitted by a former version of the site, which saw other things of a pair, or damaged.
    return found[name] if name in found and found[name].features == expected else read(PUBLISHED)[name]


@lru_cache(4)
def read(path: Path, changed: int = 0) -> Mapping[str, Regression]:
    """Read the regressions of a file; `changed` tells apart what it held at different times.

    A file that cannot be understood has none, which is logged.
    """
    try:
        return {
            name: Regression(
                features=tuple(given["features"]),
                intercept=given["intercept"],
                coefficients=tuple(given["coefficients"]),
                means=tuple(given["means"]),
                scales=tuple(given["scales"]),
            )
            for name, given in json.loads(path.read_text())["regressions"].items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        _logger.exception("%s cannot be understood, and is not used.", path)
        return {}


def features(a: str, b: str, cosine: float | None) -> list[float]:
    """Return what is seen of a pair, in the order of FEATURES, or of WITHOUT_MODEL where there is no cosine."""
    one, other = _seen(a, cosine is not None), _seen(b, cosine is not None)
    lone = [one.rarities[stem] for stem in one.rarities.keys() - other.rarities.keys()]
    lone += [other.rarities[stem] for stem in other.rarities.keys() - one.rarities.keys()]
    shorter, longer = sorted((len(one.stems), len(other.stems)))
    common = _longest_common_subsequence(one.stems, other.stems)
    pairs, other_pairs = one.pairs, other.pairs
    words = [
        _overlap(one.rarities, other.rarities),
        max(lone, default=0.0),
        float(bool(one.numbers) and bool(other.numbers) and one.numbers.isdisjoint(other.numbers)),
        float(bool(one.names - other.rarities.keys()) and bool(other.names - one.rarities.keys())),
        float(one.is_negated != other.is_negated),
        math.log((longer + 1) / (shorter + 1)),
        min(shorter, 30) / 20,
        float(bool(one.asks and other.asks) and one.asks != other.asks),
        common / max(shorter, 1),
        common / max(longer, 1),
        len(pairs & other_pairs) / max(len(pairs | other_pairs), 1),
        float(one.stems[-1:] == other.stems[-1:]),
        float(sorted(one.stems) == sorted(other.stems)),
    ]
    return words if cosine is None else [cosine, cosine * cosine, *words]


@dataclass(frozen=True)
class _Seen:
    """What is seen of one wording."""

    stems: list[str]
    rarities: dict[str, float]
    numbers: set[str]
    names: set[str]
    is_negated: bool
    asks: str

    @property
    def pairs(self) -> set[tuple[str, str]]:
        return set(zip(self.stems, self.stems[1:], strict=False))


@lru_cache(2_000)
def _seen(text: str, with_model: bool) -> _Seen:
    typed = [word.replace("’", "'") for word in _WORD.findall(text[: wording.MAX_LENGTH])]
    words = [word.casefold() for word in typed]
    roots = [word.removesuffix("n't").split("'")[0] or word for word in words]
    stems = [_stem(root) for root in roots]
    encoder = model.encoder() if with_model else None
    ranks = encoder.vocabulary if encoder else {}
    return _Seen(
        stems=stems,
        rarities={stem: _rarity(root, ranks) for stem, root in zip(stems, roots, strict=True)},
        numbers={word for word in words if word[0].isdigit()},
        # The first word is written large whatever it is, and so is I.
        names={
            stem
            for stem, word in zip(stems[1:], typed[1:], strict=True)
            if word[0].isupper() and word.split("'")[0] != "I"
        },
        is_negated=sum(word in _NEGATIONS or word.endswith("n't") for word in words) % 2 == 1,
        asks=next((word for word in words if word in _QUESTION_WORDS), ""),
    )


def _rarity(word: str, ranks: Mapping[str, int]) -> float:
    """How rare a word is, 0 to 1; words that the vocabulary has only in pieces are the rarest."""
    number = ranks.get(word)
    if number is None:
        return 1.0
    return math.log(max(number - _FIRST_WORD, 0) + 2) / math.log(len(ranks) - _FIRST_WORD + 2)


def _stem(word: str) -> str:
    """Cut the commonest English endings off, so that forms of a word are one."""
    for ending, least, instead in _ENDINGS:
        if len(word) > least and word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


_ENDINGS = (
    ("ies", 4, "y"),
    ("ing", 5, ""),
    ("ed", 4, ""),
    ("es", 4, ""),
    ("ss", 0, "ss"),
    ("s", 3, ""),
    ("e", 4, ""),
)


def _overlap(some: Mapping[str, float], others: Mapping[str, float]) -> float:
    """The cosine of two bags of words, each word as long as it is rare."""
    # Forms of a word have one stem, and may be more or less rare.
    shared = sum(rarity * others[stem] for stem, rarity in some.items() if stem in others)
    lengths = sum(rarity**2 for rarity in some.values()) * sum(rarity**2 for rarity in others.values())
    return shared and shared / math.sqrt(lengths)


def _longest_common_subsequence(some: Sequence[str], others: Sequence[str]) -> int:
    lengths = [0] * (len(others) + 1)
    for stem in some:
        before = 0
        for place, other in enumerate(others, 1):
            before, lengths[place] = (
                lengths[place],
                before + 1 if stem == other else max(lengths[place], lengths[place - 1]),
            )
    return lengths[-1]
