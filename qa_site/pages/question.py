"""The page of a question, and the redirects of its other addresses to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from answers import permissions as answer_permissions
from answers.arranging import SHOWN_AT_FIRST, Order, arrange
from answers.commenting import closed_because
from answers.forms import AnswerForm
from answers.models import Answer, Comment, EditProposal, UsefulMark
from answers.threads import Thread, threads
from door import guests
from qa_site.pages.contributors import contributors
from qa_site.pages.structured_data import question_json
from questions.access import question_to
from questions.duplicates.related import related
from questions.models import Follow, Question, Tag
from questions.permissions import may

_ALTERNATES_SHOWN = 3


@require_safe
def question(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    asked = question_to("read", request, pk)
    if not asked.is_primary or slug != asked.slug:
        return _redirect_to_page(asked)
    return render(request, "site/question.html", question_context(request, asked))


def _redirect_to_page(asked: Question) -> HttpResponse:
    """Permanent, as search engines want it, but asked for anew each time.

    A browser that remembered it, be it for an hour, would go round in circles between two addresses once an
    undo or a promotion has turned the redirect round (docs/decisions/0009).
    """
    response = HttpResponsePermanentRedirect(asked.page_url)
    patch_cache_control(response, no_cache=True, private=True)
    return response


@dataclass
class ShownFolded:
    """An answer that another one says better, with the comments on it."""

    answer: Answer
    threads: list[Thread]


@dataclass
class ShownAnswer:
    """An answer with what stands around it on this page for this reader."""

    answer: Answer
    found_useful: bool
    may_edit: bool
    may_propose: bool
    may_accept: bool
    may_mark: bool
    own_proposal: int | None
    threads: list[Thread]
    comments_closed: str
    folded: list[ShownFolded] = field(default_factory=list)

    @property
    def others(self) -> int:
        """How many found it useful besides the reader."""
        return self.answer.useful_count - self.found_useful

    @property
    def also_answered_by(self) -> str:
        """Who wrote the answers that are folded into it."""
        return pgettext("in a list", ", ").join(below.answer.author_name for below in self.folded)


def question_context(request: HttpRequest, primary: Question) -> dict[str, object]:
    """Everything that the page of a primary shows, in a number of queries that does not grow with anything."""
    user = request.user
    token = None if user.is_authenticated else guests.guest_of(request)
    family = list(
        Question.objects.of_family(primary).visible().with_author().exclude(pk=primary.pk).order_by("pk")
    )
    answers = list(
        Answer.objects.of_family(primary).seen_by(user, token).with_author_and_home().most_useful_first()
    )
    for answer in answers:
        answer.question.primary = primary  # it says whether the page is locked
    comments: dict[tuple[str, int | None], list[Comment]] = defaultdict(list)
    remarks = Comment.objects.of_family(primary).seen_by(user, token).oldest_first()
    # Beside what waits, guests read whether their address is confirmed.
    for comment in remarks.select_related("guest") if token else remarks:
        place = "answer" if comment.answer_id else "question"
        comments[place, comment.answer_id or comment.question_id].append(comment)
    useful = _found_useful(user, token, answers)
    proposals = _own_proposals(user, answers)
    order = Order(request.GET["order"]) if request.GET.get("order") in list(Order) else Order.USEFUL
    arranged = arrange(answers, order, now=timezone.now())
    shown = arranged if request.GET.get("answers") == "all" else arranged[:SHOWN_AT_FIRST]
    is_own_pending = primary.is_pending and primary.is_by(user, token)
    return {
        "question": primary,
        "is_own_pending": is_own_pending,
        "alternates": family[:_ALTERNATES_SHOWN],
        "more_alternates": family[_ALTERNATES_SHOWN:],
        "family": family,
        "own_wordings": [
            wording for wording in family if user.is_authenticated and wording.author_id == user.pk
        ],
        "detailed": [wording for wording in family if wording.details_html],
        "question_threads": [
            thread for wording in [primary, *family] for thread in threads(comments["question", wording.pk])
        ],
        "comments_closed": closed_because(primary, primary=primary),
        "may_comment": answer_permissions.may(user, "comment"),
        "tags": list(Tag.objects.of_family(primary)),
        "answers": [
            ShownAnswer(
                answer,
                answer.pk in useful,
                may_edit=not answer.is_hidden and answer_permissions.may(user, "edit", answer),
                may_propose=not answer.is_hidden and answer_permissions.may(user, "propose an edit", answer),
                may_accept=not answer.is_hidden and answer_permissions.may(user, "accept", answer),
                may_mark=not answer.is_hidden and answer_permissions.may(user, "mark as useful", answer),
                own_proposal=proposals.get(answer.pk),
                threads=threads(comments["answer", answer.pk]),
                comments_closed=closed_because(answer, primary=primary),
                folded=[ShownFolded(below, threads(comments["answer", below.pk])) for below in folded],
            )
            for answer, folded in shown
        ],
        "shown_at_first": SHOWN_AT_FIRST,
        "more_answers": arranged[len(shown) :],
        # Whoever asks for more in place reads on where they were.
        "reads_on": "HX-Request" in request.headers,
        "order": order,
        "answer_count": sum(not answer.is_hidden for answer in answers),
        "structured_data": None
        if primary.is_hidden
        else question_json(request, primary, family, [answer for answer, _ in shown if not answer.is_hidden]),
        "folded_count": len(answers) - len(arranged),
        "orders": [(choice, _ORDERS[choice], choice == order) for choice in Order],
        "contributors": contributors(primary),
        "related": related(primary),
        "follows": user.is_authenticated
        and Follow.objects.filter(user=user, question__primary=primary).exists(),
        "answer_form": AnswerForm() if answer_permissions.may(user, "answer") else None,
        "may": {act.replace(" ", "_"): may(user, act, primary) for act in _MENU},
        "may_answers": {act: answer_permissions.may(user, act) for act in ("hide", "protect", "fold")},
    }


_ORDERS = {Order.USEFUL: _("Most useful"), Order.NEWEST: _("Newest"), Order.OLDEST: _("Oldest")}
_MENU = (
    *("edit", "add an alternate", "suggest a merge", "follow"),
    *("merge", "unmerge", "promote", "hide", "lock", "close comments"),
)


def _own_proposals(user, answers: list[Answer]) -> dict[int, int]:
    """The reader's own edits of these answers that wait for somebody to look at them, by the answer."""
    if not user.is_authenticated or not answers:
        return {}
    pending = EditProposal.objects.pending().filter(author=user, answer__in=[answer.pk for answer in answers])
    return dict(pending.values_list("answer", "pk"))


def _found_useful(user, token: UUID | None, answers: list[Answer]) -> set[int]:
    """The answers among these that this reader, member or guest, has marked."""
    marks = UsefulMark.objects.filter(answer__in=[answer.pk for answer in answers])
    if user.is_authenticated:
        marks = marks.filter(user=user)
    elif token:
        marks = marks.filter(guest=token)
    else:
        return set()
    return set(marks.values_list("answer_id", flat=True))
