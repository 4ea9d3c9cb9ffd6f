"""How long it takes to compare two texts, and to merge two changes of one, for usual texts and for the worst.

    python benchmarks/comparing.py

Prints milliseconds of processor time, which other work on the machine does not lengthen much, and of the clock, the
median of five; and how many words are told to be removed, added and moved. The usual texts
have words as often as a language has them (Zipf's law), in sentences and paragraphs.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from answers.comparing import compare  # noqa: E402
from answers.merging_texts import merge  # noqa: E402

LENGTH = 50_000


def main() -> None:
    chance = random.Random(4)
    print(f"{'comparing':44}{'ms':>8}{'clock':>8}{'removed':>10}{'added':>10}{'moved':>10}")
    for name, old, new in _pairs(chance):
        found = compare(old, new)
        figures = f"{found.removed:10,}{found.added:10,}{found.moved:10,}"
        print(f"{name:44}{_milliseconds(lambda old=old, new=new: compare(old, new))}{figures}", flush=True)
    print(f"\n{'merging':44}{'ms':>8}{'clock':>8}{'conflicts':>10}")
    for name, base, theirs, mine in _triples(chance):
        found = merge(base, theirs, mine)
        took = _milliseconds(lambda texts=(base, theirs, mine): merge(*texts))
        print(f"{name:44}{took}{found.conflicts:10,}", flush=True)


def _pairs(chance: random.Random) -> Iterator[tuple[str, str, str]]:
    text = paragraphs(chance, LENGTH)
    usual = joined(text)
    yield "50,000 words, the same", usual, usual
    for share in (0.001, 0.01, 0.1, 0.5):
        yield f"50,000 words, {share:.1%} changed", usual, joined(changed(chance, text, share))
    yield "50,000 words, paragraphs shuffled", usual, joined(chance.sample(text, len(text)))
    shuffled = chance.sample(text, len(text))
    yield "and 1% changed", usual, joined(changed(chance, shuffled, 0.01))
    yield "two unrelated texts of 50,000 words", usual, joined(paragraphs(chance, LENGTH))
    yield "50,000 words, all different", words("a", LENGTH), words("b", LENGTH)
    yield "50,000 words in reverse", words("a", LENGTH), " ".join(reversed(words("a", LENGTH).split()))
    line = "the same line again\n"
    yield "a line 10,000 times, 9,999 times", line * 10_000, line * 9_999
    yield "the same, other at both ends", f"x {line * 10_000} y", f"z {line * 9_999} v"
    yield "one word 50,000 times, other at both ends", f"x {'a ' * LENGTH} y", f"z {'a ' * LENGTH} v"
    yield "one word 5,000 times, other at both ends", f"x {'a ' * 4_900} y", f"z {'a ' * 4_900} v"
    yield "random words of 5", _random(chance, 5), _random(chance, 5)
    yield "random words of 5,000", _random(chance, 5_000), _random(chance, 5_000)
    yield "100,000 signs", "*" * 100_000, "*_" * 50_000
    yield "one word of a million letters", "a" * 1_000_000, "a" * 999_999 + "b"
    yield "100,000 Chinese characters, random", _chinese(chance), _chinese(chance)
    yield "nothing against 50,000 words", "", usual


def _triples(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    text = paragraphs(chance, 5_000)
    base = joined(text)
    for share in (0.001, 0.01, 0.1):
        theirs, mine = (joined(changed(chance, text, share)) for _ in "12")
        yield f"5,000 words, {share:.1%} changed by both", base, theirs, mine
    others = (joined(paragraphs(chance, 5_000)) for _ in "12")
    yield "three unrelated texts of 5,000 words", base, *others  # type: ignore[misc]
    line = "the same. line\n"
    yield "a line 10,000 times, and changes", line * 10_000, line * 9_999, f"x {line * 10_000}"


def paragraphs(chance: random.Random, length: int) -> list[str]:
    """Return a text of so many words, in paragraphs of about 80 words."""
    found = [f"w{int(chance.paretovariate(0.7)) % 30_000}" for _ in range(length)]
    text = []
    while found:
        size = chance.randint(20, 140)
        paragraph, found = found[:size], found[size:]
        for at in range(chance.randint(5, 15), len(paragraph), 12):
            paragraph[at] += "."
        text.append(" ".join(paragraph) + ".")
    return text


def joined(text: list[str]) -> str:
    return "\n\n".join(text)


def changed(chance: random.Random, text: list[str], share: float) -> list[str]:
    """Return a text in which that share of words is replaced, removed, or has a new one before it."""

    def change(word: str) -> str:
        if chance.random() > share:
            return word
        return chance.choice(["", f"new{chance.randrange(99)}", f"new {word}"])

    return [" ".join(filter(None, map(change, paragraph.split(" ")))) for paragraph in text]


def words(letter: str, count: int) -> str:
    return " ".join(f"{letter}{number}" for number in range(count))


def _random(chance: random.Random, vocabulary: int) -> str:
    return " ".join(f"w{chance.randrange(vocabulary)}" for _ in range(LENGTH))


def _chinese(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(0x4E00, 0x4E00 + 3_000)) for _ in range(100_000))


def _milliseconds(work: Callable[[], object]) -> str:
    times = []
    for _ in range(5):
        started = time.process_time(), time.perf_counter()
        work()
        times.append((time.process_time() - started[0], time.perf_counter() - started[1]))
    return "".join(f"{1000 * statistics.median(time):8.0f}" for time in zip(*times, strict=True))


if __name__ == "__main__":
    main()
