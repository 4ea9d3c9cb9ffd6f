"""Seeing through the disguises of words: two texts that read the same fold to the same. Pure functions.

Seen through are case, letters that Unicode counts as forms of others (fullwidth, mathematical, circled, ligatures),
characters that show nothing (zero-width spaces and joiners, soft hyphens, variation selectors), strokes laid over
letters, Cyrillic and Greek letters that look like Latin ones in a word that has Latin letters too, and, by
`plain`, tags, emphasis and character references. Not seen through are digits for letters (v1agra), letters set
apart (v i a g r a), and words in which every letter is another script's.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

# Unicode's Default_Ignorable_Code_Point as far as it is not in the category Cf, and the blank Braille pattern.
_SHOWS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u2800\ufe00-\ufe0f\U000e0100-\U000e0fff]"
)
_LAID_OVER = "\u0334\u0335\u0336\u0337\u0338\u20d2\u20d3\u20e5\u20e6\u20eb"

_LOOKALIKES = str.maketrans("аеорсухіјѕһԁԛԝѵӏοανιρυκτ", "aeopcyxijshdqwvloavipukt")
_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")
_WORD = re.compile(r"\w+")

_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,2000}>|<!--[^<>]{0,2000}-->|[*`]+|~~|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});"
)


class _Folds(dict[int, str]):
    """What each character folds to, found out when it is met for the first time."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        if character.isspace():
            fold = " "
        elif (
            unicodedata.category(character) in ("Cc", "Cf", "Cs")
            or character in _LAID_OVER
            or _SHOWS_NOTHING.match(character)
        ):
            fold = ""
        else:
            fold = _decomposed(_decomposed(character).casefold())
            fold = "".join(part for part in fold if part not in _LAID_OVER)
            fold = " " if fold.isspace() else fold
        self[number] = fold
        return fold


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


_FOLDS = _Folds()


def folded(text: str) -> str:
    """Return the text as it is compared. White space becomes spaces, one for one."""
    if text.isascii():
        # Much quicker, and the same: of ASCII only capitals, white space and controls fold to anything else.
        return text.translate(_ASCII)
    return _WORD.sub(_with_latin_letters, text.translate(_FOLDS))


_ASCII = {number: _FOLDS[number] for number in range(128)}


def _with_latin_letters(word: re.Match[str]) -> str:
    text = word[0]
    if text.isascii() or not _LOOKALIKE.search(text) or not any("a" <= letter <= "z" for letter in text):
        return text
    return text.translate(_LOOKALIKES)


@dataclass(frozen=True, slots=True)
class Places:
    """Finds, for a place in a folded text, the place in the text as it was typed."""

    starts: list[int]
    origins: list[tuple[int, int]]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the typed text of what stands from `start` to `end` in the folded one."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        return self.origins[first][0], self.origins[last][1]


def places(text: str) -> Places:
    """Where every character of `folded(text)` comes from."""
    return _places([(character, (place, place + 1)) for place, character in enumerate(text)])


def has_markup(text: str) -> bool:
    return _MARKUP.search(text) is not None


def plain(text: str) -> str:
    """Return the text without tags and emphasis and with character references resolved, near to how it is read."""
    return _MARKUP.sub(lambda found: html.unescape(found[0]) if found[0][0] == "&" else "", text)


def plain_places(text: str) -> Places:
    """Where every character of `folded(plain(text))` comes from."""
    pieces, here = [], 0
    for found in _MARKUP.finditer(text):
        pieces += [(text[place], (place, place + 1)) for place in range(here, found.start())]
        if found[0][0] == "&":
            pieces += [(character, found.span()) for character in html.unescape(found[0])]
        here = found.end()
    pieces += [(text[place], (place, place + 1)) for place in range(here, len(text))]
    return _places(pieces)


def _places(pieces: list[tuple[str, tuple[int, int]]]) -> Places:
    lengths = [len(_FOLDS[ord(character)]) for character, _ in pieces]
    shown = [
        (start, origin)
        for start, length, (_, origin) in zip(accumulate(lengths, initial=0), lengths, pieces, strict=False)
        if length
    ]
    return Places([start for start, _ in shown], [origin for _, origin in shown])


@cache
def word_characters() -> str:
    """What words consist of, for the inside of a character class: letters, digits, and the marks on them.

    Marks (the vowel signs of Hindi, the accents that folding parts from their letters) belong to words, which \\w
    does not know.
    """
    marks = [number for number in range(0x300, 0x1F000) if unicodedata.category(chr(number))[0] == "M"]
    ranges: list[list[int]] = []
    for number in marks:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return r"\w" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
