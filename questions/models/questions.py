"""The wordings themselves: columns, constraints, the language of reading."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from questions import wording
from questions.models.tags import Tag, TaggedQuestion
from questions.models.writing import LEAD_LENGTH, MAX_DETAILS_LENGTH, Moderated, State

_LISTED = Q(merged_into=None, state=State.APPROVED)


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

    def with_alternates(self) -> QuestionQuerySet:
        """Primaries of more than one wording that readers see."""
        return self.primaries().filter(wording_count__gt=1)

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

    def followed_by(self, user: AbstractBaseUser | AnonymousUser) -> QuestionQuerySet:
        """Primaries of the families that the member follows, at whichever wording it began."""
        return self.primaries().filter(
            pk__in=Question.objects.filter(follows__user_id=user.pk).values("primary")
        )

    def worded(self, text: str) -> Question | None:
        """The question with this wording, however it is spelt in case, spacing or end punctuation, or None."""
        return self.filter(key=wording.key(text)).select_related("primary").first()


class Question(Moderated):
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
    is_locked = models.BooleanField(
        _("locked"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("No new answers and no edits."),
    )
    has_closed_comments = models.BooleanField(
        _("comments closed"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("No new comments."),
    )
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
                fields=["-wording_count", "-id"],
                condition=_LISTED & Q(wording_count__gt=1),
                name="question_most_wordings",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                condition=_LISTED & Q(answer_count=0),
                name="question_unanswered",
            ),
            models.Index(
                fields=["spam_score", "created_at", "id"],
                condition=Q(state=State.PENDING),
                name="question_pending",
            ),
            models.Index(
                fields=["address_block"], condition=~Q(address_block=""), name="question_address_block"
            ),
        ]
        permissions = [
            ("merge_question", "Can merge questions"),
            ("unmerge_question", "Can undo merges and split alternates off"),
            ("promote_question", "Can make an alternate the primary"),
            ("reword_question", "Can reword other people's questions and edit their details and tags"),
            ("hide_question", "Can decide which questions readers see"),
            ("lock_question", "Can lock questions against new answers and edits"),
            ("close_comments", "Can close and open the comments of questions"),
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
    def is_shut(self) -> bool:
        """Whether it is locked, or the page is that it stands on. Needs `primary` of an alternate."""
        return self.is_locked or (not self.is_primary and self.primary.is_locked)

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
