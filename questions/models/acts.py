"""The public log of what was done to questions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from questions import wording
from questions.models.questions import Question
from questions.models.writing import MAX_REASON_LENGTH, STATE_AFTER, State

_SWITCHES = ("locked", "unlocked", "closed", "opened")


class ActQuerySet(models.QuerySet["Act"]):
    def of_family(self, question: Question) -> ActQuerySet:
        """Every act in which a wording of the family took part on either side.

        Found in two ways by an index each; for one condition with OR, PostgreSQL would go through the whole log.
        """
        done = Act.objects.filter(question__primary=question.primary_id).order_by().values("pk")
        met = Act.objects.filter(other__primary=question.primary_id).order_by().values("pk")
        return self.filter(pk__in=done.union(met))

    def of_visible_questions(self) -> ActQuerySet:
        """Acts of which every wording may be read by everybody."""
        return self.filter(
            Q(other=None) | Q(other__state=State.APPROVED, other__primary__state=State.APPROVED),
            question__state=State.APPROVED,
            question__primary__state=State.APPROVED,
        )

    def standing_merge(self, question: Question, other: Question) -> Act | None:
        """The newest act that tied these two wordings together and was not undone, or None."""
        return (
            self.filter(
                Q(question=question, other=other) | Q(question=other, other=question),
                kind__in=[Act.Kind.MERGED, Act.Kind.ADDED],
                undone_by=None,
            )
            .order_by("-id")
            .first()
        )

    def newest(self) -> ActQuerySet:
        return self.order_by("-id")

    def with_people_and_wordings(self) -> ActQuerySet:
        return self.select_related("by", "question__primary", "other__primary", "undone_by", "undoes")


class Act(models.Model):
    """One line of the public log: something a person did to a question. Never changed, never deleted.

    `question` and `other` by kind: merged (the primary that became an alternate, the wording it was merged
    into), unmerged (the wording that was cut off, the one it had hung on), promoted (the new primary, the
    old one), added (the new alternate, the wording it was added to), dismissed and reopened (the two of a
    candidate), all others (the question, none). The texts are the wordings as they read
    after the act; `text_before` is there for reworded alone.
    """

    class Kind(models.TextChoices):
        MERGED = "merged", pgettext_lazy("act on a question", "Merged")
        UNMERGED = "unmerged", pgettext_lazy("act on a question", "Unmerged")
        PROMOTED = "promoted", pgettext_lazy("act on a question", "Promoted")
        ADDED = "added", pgettext_lazy("act on a question", "Added")
        REWORDED = "reworded", pgettext_lazy("act on a question", "Reworded")
        HIDDEN = "hidden", pgettext_lazy("act on a question", "Hidden")
        RESTORED = "restored", pgettext_lazy("act on a question", "Restored")
        APPROVED = "approved", pgettext_lazy("act on a question", "Approved")
        REJECTED = "rejected", pgettext_lazy("act on a question", "Rejected")
        SPAM = "spam", pgettext_lazy("act on a question", "Spam")
        RETURNED = "returned", pgettext_lazy("act on a question", "Returned")
        HELD = "held", pgettext_lazy("act on a question", "Held")
        LOCKED = "locked", pgettext_lazy("act on a question", "Locked")
        UNLOCKED = "unlocked", pgettext_lazy("act on a question", "Unlocked")
        CLOSED = "closed", pgettext_lazy("act on a question", "Closed")
        OPENED = "opened", pgettext_lazy("act on a question", "Opened")
        DISMISSED = "dismissed", pgettext_lazy("act on a question", "Dismissed")
        REOPENED = "reopened", pgettext_lazy("act on a question", "Reopened")

    kind = models.CharField(max_length=10, choices=Kind)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="acts")
    other = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="acts_as_other")
    question_text = models.CharField(max_length=wording.MAX_LENGTH)
    other_text = models.CharField(max_length=wording.MAX_LENGTH, blank=True)
    text_before = models.CharField(max_length=wording.MAX_LENGTH, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    objects = ActQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="act_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["merged", "unmerged", "promoted", "added", "dismissed", "reopened"],
                    other__isnull=False,
                )
                | Q(kind__in=["reworded", *STATE_AFTER, *_SWITCHES], other__isnull=True),
                name="act_names_the_other_wording_if_there_is_one",
            ),
        ]

    def __str__(self) -> str:
        said = gettext("{kind}: {question}")
        return said.format(kind=self.get_kind_display(), question=self.question_text)

    @property
    def sentence(self) -> str:
        """What was done, with the wordings as they read then."""
        quoted = {name: gettext("“{text}”").format(text=text) for name, text in self._wordings().items()}
        said = str(_SENTENCES[Act.Kind(self.kind)]).format(**quoted)
        return pgettext("the end of a sentence", "{sentence}.").format(sentence=said)

    def sentence_html(self, **addresses: str) -> SafeString:
        """The same without the full stop; a wording that has an address here (`question`, `other`) is a link to it."""
        said = str(_SENTENCES[Act.Kind(self.kind)])
        return format_html(
            said, **{name: _quoted(text, addresses.get(name)) for name, text in self._wordings().items()}
        )

    def _wordings(self) -> dict[str, str]:
        return {"question": self.question_text, "other": self.other_text, "before": self.text_before}


def _quoted(text: str, address: str | None) -> SafeString:
    if address is None:
        return format_html("<q>{}</q>", text)
    return format_html('<a href="{}"><q>{}</q></a>', address, text)


# The wordings come with their quotation marks.
_SENTENCES = {
    Act.Kind.MERGED: _("{question} was merged into {other}"),
    Act.Kind.UNMERGED: _("{question} was split off from {other}"),
    Act.Kind.PROMOTED: _("{question} became the primary in place of {other}"),
    Act.Kind.ADDED: _("{question} was added as an alternate of {other}"),
    Act.Kind.REWORDED: _("{before} was reworded to {question}"),
    Act.Kind.DISMISSED: _("{question} was found to be another question than {other}"),
    Act.Kind.REOPENED: _("{question} is to be compared again with {other}"),
    Act.Kind.LOCKED: _("{question} was locked against new answers and edits"),
    Act.Kind.UNLOCKED: _("{question} was unlocked"),
    Act.Kind.CLOSED: _("{question} takes no more comments"),
    Act.Kind.OPENED: _("{question} takes comments again"),
    Act.Kind.APPROVED: _("{question} was approved"),
    Act.Kind.RESTORED: _("{question} was restored"),
    Act.Kind.RETURNED: _("{question} was put back into the queue"),
    Act.Kind.HELD: _("{question} was hidden after reports until a moderator looks"),
    Act.Kind.SPAM: _("{question} was marked as spam"),
    Act.Kind.REJECTED: _("{question} was rejected"),
    Act.Kind.HIDDEN: _("{question} was hidden"),
}
