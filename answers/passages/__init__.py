"""Which passages two texts in Markdown share word for word. Pure functions.

What is quoted, code, and addresses of links are no words here. Words are compared without regard to case, markup
and punctuation. Chinese and Japanese have no spaces: there a character counts as half a word, so that a passage
of eight words is one of sixteen characters. How it works: docs/explanation/copied-passages.md.
"""

from answers.passages.finding import Passage, Texts, common, share
from answers.passages.reading import LEAST_WORDS, Words, word_count, words
from answers.passages.showing import Parts, Place, excerpts, parts, places, quoted
from answers.passages.sketching import new_numbers, sketch, sketch_of

__all__ = [
    "LEAST_WORDS",
    "Parts",
    "Passage",
    "Place",
    "Texts",
    "Words",
    "common",
    "excerpts",
    "new_numbers",
    "parts",
    "places",
    "quoted",
    "share",
    "sketch",
    "sketch_of",
    "word_count",
    "words",
]
