"""What the door keeps in mind: guests, blocks, watched words, what spam looks like, how often who came, sent forms."""

from door.models.blocks import Block, BlockQuerySet
from door.models.guests import MAX_GUEST_NAME_LENGTH, Guest
from door.models.limits import Limit, SentForm
from door.models.spam import SpamWord, TrainedText
from door.models.watched import WatchedWord, WatchedWordQuerySet

__all__ = [
    "MAX_GUEST_NAME_LENGTH",
    "Block",
    "BlockQuerySet",
    "Guest",
    "Limit",
    "SentForm",
    "SpamWord",
    "TrainedText",
    "WatchedWord",
    "WatchedWordQuerySet",
]
