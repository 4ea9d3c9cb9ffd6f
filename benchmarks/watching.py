"""How long it takes to look through texts for watched words, to judge and to learn them, in milliseconds.

    python benchmarks/watching.py

Looks through texts of ordinary length and of 60,000 characters with 1,000 rules in force, of which none, some or all
stand in the text; judges how likely texts are spam with 100,000 words known; and learns them. In a temporary
database; the texts are made up, so this says how quick the classifier is and nothing of how often it is right.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")
os.environ |= {"DEBUG": "no", "SECRET_KEY": "for measuring only"}

import django  # noqa: E402

django.setup()

from django.utils import timezone  # noqa: E402

from door import classifying, watching  # noqa: E402
from door.models import SpamWord, WatchedWord  # noqa: E402
from questions.duplicates import evaluation  # noqa: E402

RULES, WORDS, TIMES = 1_000, 100_000, 20


def main() -> None:
    chance = random.Random(6)
    syllables = [
        f"{start}{end}" for start in "bdfgklmnprstvz" for end in ("a", "e", "i", "o", "u", "an", "el")
    ]
    words = list({"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(WORDS)})
    watched, ordinary = words[:RULES], words[RULES:]
    with evaluation.temporary_database(f"qa_site_watching_{os.getpid()}"):
        WatchedWord.objects.bulk_create(
            WatchedWord(
                phrase=word if number % 3 else f"{word} {watched[number - 1]}",
                whole_words=number % 10 != 0,
                action=WatchedWord.Action.HOLD,
                created_at=timezone.now(),
            )
            for number, word in enumerate(watched)
        )
        SpamWord.objects.bulk_create(
            [
                SpamWord(word=word, spam_count=chance.randint(0, 9), fine_count=chance.randint(0, 99))
                for word in words
            ]
            + [SpamWord(word=" every text", spam_count=1_000, fine_count=10_000)],
            batch_size=5_000,
        )
        texts = {
            "500 characters": _text(chance, ordinary, 500),
            "60,000 characters, no rule": _text(chance, ordinary, 60_000),
            "60,000, not ASCII": _text(chance, [word.replace("a", "ä") for word in ordinary], 60_000),
            "60,000, every tenth word watched": _text(chance, ordinary * 1 + watched * 9, 60_000),
            "60,000, one letter": "a" * 60_000,
            "60,000, tags and references": "<b>&#97;</b>" * 5_000,
        }
        for name, text in texts.items():
            found = watching.watched_in(text)
            print(
                f"watched_in, {name}: {len(found)} rules; {_times(lambda text=text: watching.watched_in(text))}"
            )
        for name, text in list(texts.items())[:2]:
            print(f"spam_score, {name}: {_times(lambda text=text: classifying.spam_score(text))}")
            numbers = iter(range(1_000_000))
            learning = _times(
                lambda text=text, numbers=numbers: classifying.learn(
                    "answer", next(numbers), text, is_spam=True
                )
            )
            print(f"learn, {name}: {learning}")


def _text(chance: random.Random, words: list[str], length: int) -> str:
    return " ".join(chance.choices(words, k=length // 5))[:length]


def _times(work: Callable[[], object]) -> str:
    times = []
    for _ in range(TIMES + 3):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    times = sorted(times[3:])
    return f"p50 {times[len(times) // 2]:.1f}, p95 {times[int(len(times) * 0.95)]:.1f} ms"


if __name__ == "__main__":
    main()
