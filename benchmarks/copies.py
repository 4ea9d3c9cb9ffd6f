"""How long it takes to find where passages of a text stand among many answers, and whether all are found.

    python benchmarks/copies.py --answers 100000 [--words FILE]

Fills a temporary database with made-up answers of 20 to 400 words, drawn by Zipf's law from a list of words that it
makes itself, or from FILE (lines of a word and whatever after a tab, the commonest first). One answer in five ends
with the same sentence of twelve words, as signatures do. Then it asks `found_in` about fresh texts, about texts in
which passages of 8, 12 and 20 words of answers were planted, about copies of whole answers, and about long texts;
it records copies; and it compares two families of 100 answers of 500 words each, as the merge preview does.
Figures in milliseconds depend on the machine and on what else it does; that all that was planted is found does not.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from itertools import accumulate, islice, product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from answers import copies, passages  # noqa: E402
from answers.models import Answer, PassageSketch  # noqa: E402
from questions import asking  # noqa: E402
from questions.duplicates import evaluation  # noqa: E402
from questions.models import Question  # noqa: E402

_WORDS, _QUESTIONS, _BATCH = 50_000, 100, 1_000
_PLANTED = (8, 12, 20)
_FAMILY = 100


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=100_000, metavar="N")
    parser.add_argument("--asked", type=int, default=300, metavar="N", help="texts of each kind")
    parser.add_argument("--words", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    writer = Writer(random.Random(options.seed), _words(options.words))
    with evaluation.temporary_database(f"qa_site_copies_{os.getpid()}"):
        texts = _fill(writer, options.answers)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE answers_passagesketch")
            cursor.execute(
                "SELECT pg_relation_size('passage_sketch_numbers'), pg_relation_size('answers_passagesketch'), "
                "avg(cardinality(numbers)) FROM answers_passagesketch"
            )
            index, table, numbers = cursor.fetchone()
        print(f"{options.answers:,} answers with {numbers:.0f} numbers each on average")
        print(f"index {index / 1e6:.0f} MB, table {table / 1e6:.0f} MB")
        print(f"{'asked about':34}{'p50 ms':>9}{'p95 ms':>9}{'found':>9}")
        _ask(writer, list(texts.items()), options.asked)
        _compare_families(writer)


class Writer:
    """Writes texts of words drawn by Zipf's law."""

    def __init__(self, chance: random.Random, words: Sequence[str]) -> None:
        self.chance = chance
        self._words = words
        self._weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
        self.signature = " ".join(self.words(12))

    def words(self, count: int) -> list[str]:
        return self.chance.choices(self._words, cum_weights=self._weights, k=count)

    def text(self, count: int | None = None) -> str:
        """An answer in sentences and paragraphs, one in five with the signature."""
        words = self.words(count or self.chance.randint(20, 400))
        for end in range(11, len(words), 12):
            words[end] += ".\n\n" if end % 60 == 59 else "."
        return " ".join(words) + (f"\n\n{self.signature}" if self.chance.random() < 0.2 else "")


def _words(path: Path | None) -> list[str]:
    if path is not None:
        return [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines() if line]
    syllables = [a + b for a, b in product("bdfgklmnprstv", "aeiou")]
    words = ("".join(parts) for count in (1, 2, 3) for parts in product(syllables, repeat=count))
    return list(islice(words, _WORDS))


def _fill(writer: Writer, count: int) -> dict[int, str]:
    homes = [asking.ask(f"Question {number}?") for number in range(_QUESTIONS)]
    texts: dict[int, str] = {}
    now = timezone.now()
    began = time.perf_counter()
    for start in tqdm(range(0, count, _BATCH), desc="writing", disable=None):
        written = Answer.objects.bulk_create(
            Answer(
                question=homes[number % _QUESTIONS],
                text=writer.text(),
                html="",
                guest_name="x",
                created_at=now,
            )
            for number in range(start, min(start + _BATCH, count))
        )
        PassageSketch.objects.bulk_create(
            PassageSketch(answer=answer, numbers=passages.sketch_of(read), word_count=read.count)
            for answer, read in ((answer, passages.words(answer.text)) for answer in written)
        )
        texts |= {answer.pk: answer.text for answer in written}
    print(f"written with their sketches in {time.perf_counter() - began:.0f} s")
    return texts


def _ask(writer: Writer, texts: Sequence[tuple[int, str]], asked: int) -> None:
    chance = writer.chance
    for text in (writer.text(5_000) for _ in range(20)):  # so that the index is in memory as on a site in use
        copies.found_in(text, author=None)
    _report("a fresh text of 200 words", [(writer.text(200), None) for _ in range(asked)])
    _report(
        "one with the signature", [(f"{writer.text(200)} {writer.signature}", None) for _ in range(asked)]
    )
    for length in _PLANTED:
        planted = []
        for pk, text in chance.sample(texts, asked):
            words = text.split()
            begin = chance.randint(0, max(0, len(words) - 13 - length))
            passage = " ".join(words[begin : begin + length]).upper()
            planted.append((f"{writer.text(100)} {passage} {writer.text(100)}", pk))
        _report(f"{length} words of an answer in 200", planted)
    _report("an answer that is there", [(text, pk) for pk, text in chance.sample(texts, asked)])
    _report("a fresh text of 5,000 words", [(writer.text(5_000), None) for _ in range(asked // 10)])
    _report(
        "one of 5,000 put together of answers",
        [(" ".join(text for _, text in chance.sample(texts, 25))[:59_000], None) for _ in range(asked // 10)],
    )
    now = timezone.now()
    home = Answer.objects.select_related("question").first().question  # type: ignore[union-attr]
    times = []
    for _, text in chance.sample(texts, asked):
        answer = Answer.objects.create(question=home, text=text, html="", guest_name="y", created_at=now)
        times.append(_milliseconds(lambda answer=answer: copies.record(answer)))
    _line("to record a copy of an answer", times, None)


def _compare_families(writer: Writer) -> None:
    home, other = asking.ask("Which family receives?"), asking.ask("Which family joins?")
    receiving = _family(home, [writer.text(500) for _ in range(_FAMILY)])
    for what, copied in (("no answer", 0), ("one answer in ten", _FAMILY // 10), ("every answer", _FAMILY)):
        texts = [answer.text for answer in receiving[:copied]]
        joining = _family(other, texts + [writer.text(500) for _ in range(_FAMILY - copied)])
        times = [_milliseconds(lambda joining=joining: copies.overlap(joining, receiving)) for _ in range(10)]
        _line(f"2 families, {what} copied", times, None)


def _family(home: Question, texts: Sequence[str]) -> list[Answer]:
    now = timezone.now()
    made = [Answer(question=home, text=text, html="", guest_name="z", created_at=now) for text in texts]
    for answer in Answer.objects.bulk_create(made):
        copies.write_sketch(answer)
    return made


def _report(what: str, asked: Sequence[tuple[str, int | None]]) -> None:
    """Ask about texts, each with the answer that has to be found; print times, and the share that was found."""
    times, found = [], []
    for text, wanted in asked:
        answer: list[copies.Copy] = []
        times.append(
            _milliseconds(lambda text=text, answer=answer: answer.extend(copies.found_in(text, author=None)))
        )
        if wanted is not None:
            found.append(any(copy.source.pk == wanted for copy in answer))
    _line(what, times, sum(found) / len(found) if found else None)


def _line(what: str, times: list[float], found: float | None) -> None:
    times.sort()
    p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"{what:34}{p50:9.1f}{p95:9.1f}" + (f"{found:9.1%}" if found is not None else ""), flush=True)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
