"""Which answers stand in others word for word: the sketches they are found by, and the record of what was found.

`passages` compares texts; this package finds, among all answers, the few that are worth comparing.
"""

from answers.copies.finding import Copy, found_in
from answers.copies.overlapping import Overlap, Shared, overlap
from answers.copies.recording import count_missing, fill_in, record, settle, unsettle, write_sketch

__all__ = [
    "Copy",
    "Overlap",
    "Shared",
    "count_missing",
    "fill_in",
    "found_in",
    "overlap",
    "record",
    "settle",
    "unsettle",
    "write_sketch",
]
