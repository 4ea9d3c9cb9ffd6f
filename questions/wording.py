"""What a wording is: how it is cleaned, when two are the same, and how one looks in an address. Pure functions."""

import re
import unicodedata

MAX_LENGTH = 300
# A key can be longer than its text (casefold turns one letter into up to three, NFKC one ligature into
# eighteen). 600 characters of up to four bytes stay below the 2,704 bytes that a B-tree entry may have.
MAX_KEY_LENGTH = 600
MAX_SLUG_LENGTH = 80

# These words stand where a slug would in addresses of their own (/questions/12/edit/).
RESERVED_SLUGS = frozenset(
    [
        "alternates",
        "answer",
        "appeal",
        "arrived",
        "close-comments",
        "comment",
        "edit",
        "feed",
        "follow",
        "hide",
        "history",
        "lock",
        "merge",
        "promote",
        "report",
        "same",
        "split",
        "suggest-merge",
    ]
)

# Signs that end a sentence in some script. Signs that carry meaning (+ # % & * / ' ") are not among them.
_END_PUNCTUATION = ".,;:!?…‥。、｡､؟،؛۔।॥՞՝։፧፨᠂᠃⸮‽⁇⁈⁉"
_OPENING_PUNCTUATION = "¿¡"

# Typographic variants that keyboards choose for the writer; they never make another question.
_SAME_SIGN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u2032": "'", "\u0060": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    }
)  # fmt: skip

# Format characters that a text keeps: they shape letters (ZWNJ, ZWJ, as in Persian and in emoji) or order
# a line of mixed directions (LRM, RLM, ALM). The others (overrides, isolates, BOM, soft hyphen, zero-width
# space) could turn the page around a wording or hide in it, and are dropped.
_KEPT_FORMAT_CHARACTERS = "\u200c\u200d\u200e\u200f\u061c"

# What shows nothing though it counts as a letter or a mark: Unicode's Default_Ignorable_Code_Point as far as
# it is not in the category Cf, and the blank Braille pattern.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u2800\ufe00-\ufe0f\U000e0100-\U000e0fff]"
)


class WordingError(ValueError):
    """The text cannot be a wording; the message tells the writer why and what to do.

    In English; `refusals.said` says it in the language of the reader, from the template and its numbers.
    """

    def __init__(self, template: str, **numbers: int) -> None:
        self.template, self.numbers = template, numbers
        super().__init__(template.format(**numbers))


def gettext_noop(message: str) -> str:
    """Mark what is to be translated, for those who collect such texts, and return it as it is."""
    return message


def clean(text: str) -> str:
    """Return the wording to keep: NFC, one line, single spaces, no control characters, at most 300 characters.

    Raises WordingError when nothing is left, when there is no letter or digit in it (only punctuation, only
    emoji), or when it is too long.
    """
    text = one_line(text)
    if not text:
        raise WordingError(gettext_noop("Please write your question; there is nothing here yet."))
    if not any(c.isalnum() for c in text):
        raise WordingError(gettext_noop("Please use words: there is no letter or digit in this."))
    if len(text) > MAX_LENGTH:
        raise WordingError(
            gettext_noop(
                "This is {length} characters long, and a wording may have {most}. "
                "Ask in one sentence; what else should be known goes into the details."
            ),
            length=len(text),
            most=MAX_LENGTH,
        )
    if len(key(text)) > MAX_KEY_LENGTH:
        raise WordingError(
            gettext_noop(
                "This is too long once its special signs are spelt out. Please write it with ordinary letters."
            )
        )
    return text


def one_line(text: str) -> str:
    """Return the text in NFC on one line, with single spaces and without control characters or invisible ones."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if c.isspace() else c for c in text if _is_kept(c)).split())


def shows_something(text: str) -> bool:
    """Return whether there is anything in the text that a reader sees: more than spaces and invisible characters."""
    return any(
        not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs") and not _INVISIBLE.match(c)
        for c in text
    )


def key(text: str) -> str:
    """Return the wording normalised for comparison; two texts with one key are the same wording.

    NFKC with case folded (Unicode's toNFKC_Casefold, as far as casefold goes), quotation marks and dashes made
    alike, format characters dropped, spaces collapsed, punctuation at the end dropped. C, C++ and C# keep
    three keys. The key of a text without anything but punctuation and spaces is empty.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_SAME_SIGN)
    text = "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or (unicodedata.category(c) not in ("Cc", "Cf", "Cs") and not _INVISIBLE.match(c))
    )
    return " ".join(text.split()).rstrip(_END_PUNCTUATION + " ").lstrip(_OPENING_PUNCTUATION + " ")


def slug(text: str) -> str:
    """Return the wording as the last part of an address: lower-case words of any script joined by hyphens.

    At most 80 characters, cut between words; "question" when the text has no word. Never one of
    RESERVED_SLUGS. Plus and number signs
    that end a word are spelt out, so that C++ and C# can be told apart in an address.
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(_SAME_SIGN).replace("'", "")
    text = re.sub(r"(?<=\w)#", "-sharp ", re.sub(r"(?<=\w)\+\+", "-plus-plus ", text))
    # Marks (as the vowel signs of Hindi) belong to words, which \w does not know.
    letters = (
        c if unicodedata.category(c)[0] in "LMN" else " " for c in text if unicodedata.category(c) != "Cf"
    )
    words = "".join(letters).split()
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word[:MAX_SLUG_LENGTH]
        if len(longer) > MAX_SLUG_LENGTH:
            break
        result = longer
    if not result or result in RESERVED_SLUGS:
        return f"{result}-question".strip("-")
    return result


def _is_kept(character: str) -> bool:
    if character.isspace():
        return True
    category = unicodedata.category(character)
    if _INVISIBLE.match(character):
        # Variation selectors choose between two shapes of the letter or emoji before them.
        return "\ufe00" <= character <= "\ufe0f"
    if character in "\ufffe\uffff":
        # No characters at all, and a feed with one in it could not be read.
        return False
    return category not in ("Cc", "Cf", "Cs") or character in _KEPT_FORMAT_CHARACTERS
