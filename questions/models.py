"""Wordings, what hangs on them, and the log of what was done: columns, constraints, the language of reading."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from questions import wording

LEAD_LENGTH = 170
MAX_DETAILS_LENGTH = 30_000
MAX_REASON_LENGTH = 300
MAX_GUEST_NAME_LENGTH = 60


class State(models.TextChoices):
    """What readers see of something that a person wrote. Nothing is deleted, except for the law."""

    APPROVED = "approved"
    HIDDEN = "hidden"


_LISTED = Q(merged_into=None, state=State.APPROVED)


class Authored(models.Model):
    """Who wrote something: a member, or a guest with the name that the guest gave, if any."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guest_name = models.CharField(max_length=MAX_GUEST_NAME_LENGTH, blank=True)

    class Meta:
        abstract = True

    @property
    def author_name(self) -> str:
        return self.author.name if self.author else self.guest_name or "Anonymous"


class QuestionQuerySet(models.QuerySet["Question"]):
    def primaries(self) -> QuestionQuerySet:
        return self.filter(merged_into__isnull=True)

    def alternates(self) -> QuestionQuerySet:
        return self.filter(merged_into__isnull=False)

    def visible(self) -> QuestionQuerySet:
        return self.filter(state=State.APPROVED)

    def on_visible_pages(self) -> QuestionQuerySet:
        """Wordings of families whose page readers see; some of them may be hidden themselves."""
        return self.filter(primary__state=State.APPROVED)

    def unanswered(self) -> QuestionQuerySet:
        return self.filter(answer_count=0)

    def of_family(self, question: Question) -> QuestionQuerySet:
        """Every wording of the family that `question` belongs to, hidden ones too."""
        return self.filter(primary=question.primary_id)

    def with_author(self) -> QuestionQuerySet:
        return self.select_related("author")

    def tagged(self, tag: Tag) -> QuestionQuerySet:
        """Primaries of the families in which any wording carries the tag."""
        homes = TaggedQuestion.objects.filter(tag=tag, content_object__state=State.APPROVED).values(
            "content_object__primary"
        )
        return self.primaries().filter(pk__in=homes)

    def worded(self, text: str) -> Question | None:
        """The question with this wording, however it is spelt in case, spacing or end punctuation, or None."""
        return self.filter(key=wording.key(text)).select_related("primary").first()


class Question(Authored):
    """One wording. A primary heads a page; an alternate points at the wording it was merged into.

    Whatever is given to a question stays at it for ever, its home; a page is a union over a family. The
    numbers in the last block stand on primaries only, count the whole family, and are recounted by
    `families.recount`; on an alternate they are left over from its days as a primary.
    """

    text = models.CharField(max_length=wording.MAX_LENGTH)
    key = models.CharField(max_length=wording.MAX_KEY_LENGTH, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )
    primary = models.ForeignKey("self", editable=False, on_delete=models.PROTECT, related_name="family")

    details = models.TextField(blank=True, max_length=MAX_DETAILS_LENGTH)
    details_html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.APPROVED)
    tags = TaggableManager(through="TaggedQuestion", blank=True)

    wording_count = models.PositiveIntegerField(default=1, editable=False)
    answer_count = models.PositiveIntegerField(default=0, editable=False)
    useful_count = models.PositiveIntegerField(default=0, editable=False)
    last_activity_at = models.DateTimeField(editable=False)
    lead = models.CharField(max_length=LEAD_LENGTH, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="question_wording_is_unique"),
            models.CheckConstraint(condition=~Q(key=""), name="question_has_a_wording"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="question_is_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, primary=F("id"))
                | Q(merged_into__isnull=False) & ~Q(primary=F("id")),
                name="question_is_its_own_primary_unless_merged",
            ),
        ]
        # Each list of the home page walks one of these; they hold primaries that readers see, nothing else.
        indexes = [
            models.Index(fields=["-created_at", "-id"], condition=_LISTED, name="question_newest"),
            models.Index(fields=["-last_activity_at", "-id"], condition=_LISTED, name="question_active"),
            models.Index(fields=["-useful_count", "-id"], condition=_LISTED, name="question_useful"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=_LISTED & Q(answer_count=0),
                name="question_unanswered",
            ),
        ]
        permissions = [
            ("merge_question", "Can merge questions"),
            ("unmerge_question", "Can undo merges and split alternates off"),
            ("promote_question", "Can make an alternate the primary"),
            ("reword_question", "Can reword other people's questions and edit their details and tags"),
            ("hide_question", "Can hide and restore questions"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def slug(self) -> str:
        return wording.slug(self.text)

    @property
    def is_primary(self) -> bool:
        return self.merged_into_id is None

    @property
    def is_hidden(self) -> bool:
        return self.state == State.HIDDEN

    @property
    def public_text(self) -> str:
        """The wording as readers may see it: that of its primary as long as it is hidden itself. Needs `primary`."""
        return self.primary.text if self.is_hidden else self.text

    def get_absolute_url(self) -> str:
        """The question's own address; that of an alternate redirects to its primary's page."""
        return reverse("question", args=[self.pk, self.slug])

    @property
    def page_url(self) -> str:
        """Where the question is read: its primary's page, which says by which wording one came. Needs `primary`."""
        url = self.primary.get_absolute_url()
        return url if self.is_primary or self.is_hidden else f"{url}#asked-{self.pk}"

    @staticmethod
    def next_id() -> int:
        """Take an id from the sequence, for a primary has to point at itself from its first moment."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Question._meta.db_table])
            return cursor.fetchone()[0]


class HomeTally(models.Model):
    """What hangs on one question itself, whoever its primary is: the part that a family's numbers are summed from.

    Written by `families.record_tally`, for the app that owns what is counted; a question nobody answered
    has none.
    """

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.PROTECT, related_name="tally", editable=False
    )
    answer_count = models.PositiveIntegerField()
    useful_count = models.PositiveIntegerField(help_text="Useful marks over all answers.")
    last_activity_at = models.DateTimeField(null=True)
    best_useful = models.PositiveIntegerField(
        help_text="Useful marks of the best answer, whose lead this is."
    )
    best_at = models.DateTimeField(null=True, help_text="When the best answer was written.")
    lead = models.CharField(max_length=LEAD_LENGTH, blank=True)

    class Meta:
        verbose_name_plural = "home tallies"

    def __str__(self) -> str:
        return f"What hangs on {self.question}"


class WordingIndex(models.Model):
    """The words of a wording for full text search, one row a question.

    A table of its own: PostgreSQL writes a new entry into every index of a row when one indexed column
    changes, and neither a merge nor a recount may cost that.
    """

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.CASCADE, related_name="index", editable=False
    )
    text = models.CharField(max_length=wording.MAX_LENGTH)
    words = models.GeneratedField(
        expression=SearchVector("text", config="english"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name_plural = "wording index"
        indexes = [GinIndex(fields=["words"], name="wording_words")]

    def __str__(self) -> str:
        return self.text


class DetailsRevisionQuerySet(models.QuerySet["DetailsRevision"]):
    def of_family(self, question: Question) -> DetailsRevisionQuerySet:
        """Details that any wording of the family has had."""
        return self.filter(question__primary=question.primary_id)

    def of_visible_questions(self) -> DetailsRevisionQuerySet:
        return self.filter(question__state=State.APPROVED)


class DetailsRevision(Authored):
    """A text that the details of a question have had, the present one included."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="details_revisions")
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = DetailsRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"Details of {self.question} as of {self.created_at:%Y-%m-%d}"


class TagQuerySet(models.QuerySet["Tag"]):
    def in_use(self) -> TagQuerySet:
        """Tags of questions that readers see, each with `question_count`, how many pages it leads to."""
        seen = Q(
            tagged__content_object__state=State.APPROVED,
            tagged__content_object__primary__state=State.APPROVED,
        )
        return self.annotate(
            question_count=models.Count("tagged__content_object__primary", distinct=True, filter=seen)
        ).filter(question_count__gt=0)

    def beginning_with(self, text: str) -> TagQuerySet:
        """Tags whose name begins so; none when nothing is typed."""
        return self.filter(name__startswith=text) if text else self.none()

    def of_family(self, question: Question) -> TagQuerySet:
        """What the wordings of the family carry, as far as readers see them, by name."""
        return self.filter(
            tagged__content_object__primary=question.primary_id, tagged__content_object__state=State.APPROVED
        ).distinct()


class Tag(TagBase):
    """A subject. Its name is its address too, lower case and without spaces, so that c, c++ and c# are three."""

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        return tag if i is None else f"{tag}_{i}"

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


class TaggedQuestion(ItemBase):
    content_object = models.ForeignKey(Question, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="question_carries_a_tag_once")
        ]


class Follow(models.Model):
    """A member wants to know what happens to a question; kept at the home, as everything."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="follows")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "user"], name="member_follows_a_question_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} follows {self.question}"


class ActQuerySet(models.QuerySet["Act"]):
    def of_family(self, question: Question) -> ActQuerySet:
        """Every act in which a wording of the family took part on either side."""
        return self.filter(Q(question__primary=question.primary_id) | Q(other__primary=question.primary_id))

    def of_visible_questions(self) -> ActQuerySet:
        """Acts of which every wording may be read by everybody."""
        hidden = Question.objects.filter(Q(state=State.HIDDEN) | Q(primary__state=State.HIDDEN)).values("pk")
        return self.exclude(question__in=hidden).exclude(other__in=hidden)

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
    old one), added (the new alternate, the wording it was added to), reworded, hidden and restored (the
    question, none). The texts are the wordings as they read after the act; `text_before` is there for
    reworded alone.
    """

    class Kind(models.TextChoices):
        MERGED = "merged"
        UNMERGED = "unmerged"
        PROMOTED = "promoted"
        ADDED = "added"
        REWORDED = "reworded"
        HIDDEN = "hidden"
        RESTORED = "restored"

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
                condition=Q(kind__in=["merged", "unmerged", "promoted", "added"], other__isnull=False)
                | Q(kind__in=["reworded", "hidden", "restored"], other__isnull=True),
                name="act_names_the_other_wording_if_there_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.question_text}"

    @property
    def phrase(self) -> str:
        """What was done, as it is said between the two wordings, or after the only one: "was merged into"."""
        return _PHRASES[Act.Kind(self.kind)]

    @property
    def sentence(self) -> str:
        """What was done, with the wordings as they read then."""
        wordings = (
            (self.text_before, self.question_text)
            if self.kind == Act.Kind.REWORDED
            else (self.question_text, self.other_text)
        )
        one, other = (f"“{text}”" if text else "" for text in wordings)
        return " ".join(filter(None, (one, self.phrase, other))) + "."


_PHRASES = {
    Act.Kind.MERGED: "was merged into",
    Act.Kind.UNMERGED: "was split off from",
    Act.Kind.PROMOTED: "became the primary in place of",
    Act.Kind.ADDED: "was added as an alternate of",
    Act.Kind.REWORDED: "was reworded to",
    Act.Kind.HIDDEN: "was hidden",
    Act.Kind.RESTORED: "was restored",
}


class CandidateQuerySet(models.QuerySet["DuplicateCandidate"]):
    def waiting(self) -> CandidateQuerySet:
        """Undecided pairs that are still two families, the oldest first."""
        return (
            self.filter(
                decision="", source__primary__state=State.APPROVED, target__primary__state=State.APPROVED
            )
            .exclude(source__primary=F("target__primary"))
            .select_related("source__primary", "target__primary", "suggested_by")
            .order_by("created_at", "id")
        )

    def of_pair(self, one: Question, other: Question) -> CandidateQuerySet:
        return self.filter(Q(source=one, target=other) | Q(source=other, target=one))

    def never_again(self, one: Question, other: Question, *, by) -> None:
        """Remember that these two are not duplicates, whether anybody suggested it before or not."""
        now = timezone.now()
        decided = {"decision": DuplicateCandidate.Decision.DISMISSED, "decided_by": by, "decided_at": now}
        if not self.of_pair(one, other).update(**decided):
            self.create(source=one, target=other, created_at=now, **decided)


class DuplicateCandidate(models.Model):
    """A pair of wordings that may ask the same, waiting for a moderator, and what was decided for ever."""

    class Decision(models.TextChoices):
        MERGED = "merged"
        DISMISSED = "dismissed"

    source = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("source", "target"), Greatest("source", "target"), name="candidate_pair_is_unique"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="candidate_is_a_pair"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="candidate_decision_has_a_date",
            ),
        ]
        permissions = [("decide_duplicatecandidate", "Can decide whether questions are duplicates")]

    def __str__(self) -> str:
        return f"{self.source} = {self.target}?"
