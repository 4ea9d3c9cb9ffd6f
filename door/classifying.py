"""How likely a text is spam, by the words of texts that moderators decided about (naive Bayes).

Each word weighs by how often it stood in spam and how often in what was approved, as if the words had nothing to
do with each other. Words that were met seldom weigh little (Robinson's correction: one more text, half of it spam).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from django.db import connection, transaction

from door import folding
from door.models import SpamWord, TrainedText

# With fewer of either kind, the words of a single text would decide.
ENOUGH_TEXTS = 10
MAX_WORD_LENGTH = 60
MAX_WORDS = 300
# A long text has many words that mean a little; together they would drown the few that mean much.
_WORDS_THAT_COUNT = 40

# Stands in every text, so its counts are those of the texts. No word has a space in it.
_EVERY_TEXT = " every text"

_WORD = re.compile(r"\w{2,}")
_LINK = re.compile(r"(?:https?://|www\.)([^\s/?#<>\"'()\[\]]{1,253})", re.IGNORECASE)


def spam_score(text: str) -> float | None:
    """How likely the text is spam, 0 to 1; None as long as too few texts were decided about."""
    weights = _weights(text)
    if weights is None:
        return None
    telling = sorted(weights.values(), key=abs, reverse=True)[:_WORDS_THAT_COUNT]
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, sum(telling))))), 4)


def why(text: str, limit: int = 6) -> list[tuple[str, float]]:
    """The words that weigh most, and how much: above 0 for spam, below against it."""
    weights = _weights(text) or {}
    return sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))[:limit]


def _weights(text: str) -> dict[str, float] | None:
    words = words_of(text)
    counts = {
        word: (spam, fine)
        for word, spam, fine in SpamWord.objects.filter(word__in=[*words, _EVERY_TEXT]).values_list(
            "word", "spam_count", "fine_count"
        )
    }
    spam_texts, fine_texts = counts.pop(_EVERY_TEXT, (0, 0))
    if min(spam_texts, fine_texts) < ENOUGH_TEXTS:
        return None
    return {word: _weight(*seen, spam_texts, fine_texts) for word, seen in counts.items() if any(seen)}


def _weight(spam: int, fine: int, spam_texts: int, fine_texts: int) -> float:
    in_spam, in_fine = spam / spam_texts, fine / fine_texts
    share = in_spam / (in_spam + in_fine)
    corrected = (0.5 + (spam + fine) * share) / (1 + spam + fine)
    return math.log(corrected / (1 - corrected))


def words_of(text: str) -> list[str]:
    """What the classifier sees of a text: its words, where it links to, and how often. At most some hundred."""
    hosts = [folding.folded(host).rpartition("@")[2].removeprefix("www.") for host in _LINK.findall(text)]
    seen = [_EVERY_TEXT, *(f"link to {host}" for host in hosts[:50])]
    if hosts:  # that there is none says little, and would speak for every spam without
        seen.append(f"{min(len(hosts), 5)} links")
    words = (word[:MAX_WORD_LENGTH] for word in _WORD.findall(folding.folded(folding.plain(text))))
    return _first_of_each([*(name[:MAX_WORD_LENGTH] for name in seen), *words], MAX_WORDS)


def _first_of_each(words: Iterable[str], limit: int) -> list[str]:
    return list(dict.fromkeys(words))[:limit]


@transaction.atomic
def learn(kind: str, number: int, text: str, *, is_spam: bool) -> None:
    """Learn from a decision about the text that `kind` and `number` name; a later one about it takes its place.

    Whoever learns waits for others who do until their transactions end, so let it be the last thing in yours.
    """
    _wait_for_others()
    words = words_of(text)
    before = TrainedText.objects.filter(kind=kind, number=number).first()
    if before is not None:
        if before.is_spam == is_spam and before.words == words:
            return
        _forget(before)
    TrainedText.objects.create(kind=kind, number=number, is_spam=is_spam, words=words)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"words": words, "spam": int(is_spam), "fine": int(not is_spam)})


@transaction.atomic
def unlearn(kind: str, number: int) -> None:
    """Forget what was learnt from this text, if anything was. See `learn` for where to call it."""
    _wait_for_others()
    if before := TrainedText.objects.filter(kind=kind, number=number).first():
        _forget(before)


def _forget(before: TrainedText) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE, {"words": before.words, "spam": int(before.is_spam), "fine": int(not before.is_spam)}
        )
    before.delete()


def _wait_for_others() -> None:
    """Take the row that every text changes, so that two who learn the same words never wait crosswise."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"words": [_EVERY_TEXT], "spam": 0, "fine": 0})


_ADD = """
    INSERT INTO door_spamword AS known (word, spam_count, fine_count)
    SELECT word, %(spam)s, %(fine)s FROM unnest(%(words)s::text[]) AS word ORDER BY word
    ON CONFLICT (word) DO UPDATE SET spam_count = known.spam_count + excluded.spam_count,
                                     fine_count = known.fine_count + excluded.fine_count
"""
_TAKE = """
    UPDATE door_spamword SET spam_count = spam_count - %(spam)s, fine_count = fine_count - %(fine)s
    WHERE word = ANY(%(words)s::text[])
"""
