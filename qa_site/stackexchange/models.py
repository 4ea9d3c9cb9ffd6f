"""The ledger of imports: which row of a dump became which row here, so that a second run doubles nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from answers.models import Answer, Comment
from questions.models import Act, Question


class Ledger(models.Model):
    """One row of a dump: the site it came from (as "quantumcomputing") and its number there."""

    site = models.CharField(max_length=100)
    number = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.site} {self.number}"


class ImportedUser(Ledger):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imported")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="imported_user_is_unique")]


class ImportedPost(Ledger):
    """A post became a question or an answer. Two posts with one wording became one question."""

    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.OneToOneField(Answer, null=True, on_delete=models.PROTECT, related_name="+")
    score = models.IntegerField(help_text="As in the dump: votes for less votes against.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "number"], name="imported_post_is_unique"),
            models.CheckConstraint(
                condition=Q(question__isnull=True, answer__isnull=False)
                | Q(question__isnull=False, answer__isnull=True),
                name="imported_post_is_a_question_or_an_answer",
            ),
        ]


class ImportedComment(Ledger):
    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="imported_comment_is_unique")]


class ImportedMerge(Ledger):
    """A duplicate link was seen to: by a merge, or without an act where the two were one question already.

    Kept after a merge is undone, so that the next run leaves it undone.
    """

    act = models.OneToOneField(Act, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="imported_merge_is_unique")]
