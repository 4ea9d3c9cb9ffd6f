"""Wordings, what hangs on them, the log of what was done, and what waits for a decision."""

from questions.models.acts import Act, ActQuerySet
from questions.models.candidates import (
    CandidateQuerySet,
    DuplicateCandidate,
    MiningWalk,
    Skip,
    SuggestedAlternate,
)
from questions.models.derived import HomeTally, WordingEmbedding, WordingIndex
from questions.models.questions import Question, QuestionQuerySet
from questions.models.records import Arrivals, DetailsRevision, Follow, LedToAnswers
from questions.models.tags import Tag, TaggedQuestion, TagQuerySet
from questions.models.writing import (
    LEAD_LENGTH,
    MAX_DETAILS_LENGTH,
    MAX_GUEST_NAME_LENGTH,
    MAX_REASON_LENGTH,
    STATE_AFTER,
    Authored,
    Moderated,
    State,
    columns_of,
    name_of_change,
    seen_by,
)

__all__ = [
    "LEAD_LENGTH",
    "MAX_DETAILS_LENGTH",
    "MAX_GUEST_NAME_LENGTH",
    "MAX_REASON_LENGTH",
    "STATE_AFTER",
    "Act",
    "ActQuerySet",
    "Arrivals",
    "Authored",
    "CandidateQuerySet",
    "DetailsRevision",
    "DuplicateCandidate",
    "Follow",
    "HomeTally",
    "LedToAnswers",
    "MiningWalk",
    "Moderated",
    "Question",
    "QuestionQuerySet",
    "Skip",
    "State",
    "SuggestedAlternate",
    "Tag",
    "TagQuerySet",
    "TaggedQuestion",
    "WordingEmbedding",
    "WordingIndex",
    "columns_of",
    "name_of_change",
    "seen_by",
]
