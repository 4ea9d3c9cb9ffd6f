"""Answers and their texts, what readers say about them, what was done to them, and what they share with others."""

from answers.models.acts import AnswerAct, AnswerActQuerySet, CommentAct
from answers.models.answers import MAX_ANSWER_LENGTH, Answer, AnswerIndex, AnswerQuerySet
from answers.models.comments import MAX_COMMENT_LENGTH, Comment, CommentQuerySet
from answers.models.copies import CopiedPassage, CopiedPassageQuerySet, PassageSketch
from answers.models.reactions import UsefulMark
from answers.models.reports import Report, ReportQuerySet
from answers.models.revisions import EditProposal, EditProposalQuerySet, Revision

__all__ = [
    "MAX_ANSWER_LENGTH",
    "MAX_COMMENT_LENGTH",
    "Answer",
    "AnswerAct",
    "AnswerActQuerySet",
    "AnswerIndex",
    "AnswerQuerySet",
    "Comment",
    "CommentAct",
    "CommentQuerySet",
    "CopiedPassage",
    "CopiedPassageQuerySet",
    "EditProposal",
    "EditProposalQuerySet",
    "PassageSketch",
    "Report",
    "ReportQuerySet",
    "Revision",
    "UsefulMark",
]
