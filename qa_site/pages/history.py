"""The history of a question: every act on its family and on the answers there, each with its Undo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answers import permissions as answer_permissions
from answers.models import Answer, AnswerAct
from qa_site.pages.past_trees import pictures_by_act
from questions.access import question_to
from questions.models import Act, DetailsRevision
from questions.permissions import may
from questions.views.log import log_entries

_SHOWN = 500


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("read", request, pk)
    acts = Act.objects.of_family(question)
    answer_acts = AnswerAct.objects.of_family(question).select_related(
        "by", "answer__author", "other__author"
    )
    details = DetailsRevision.objects.of_family(question).select_related("author", "question__primary")
    if not may(request.user, "see what is hidden"):
        acts = acts.of_visible_questions()
        details = details.of_visible_questions()
    pictures = pictures_by_act(question.primary, shows_hidden=may(request.user, "see what is hidden"))
    context = {
        **{
            f"may_{act}_answers": answer_permissions.may(request.user, act)
            for act in ("hide", "fold", "protect")
        },
        "question": question,
        "entries": [
            (entry, pictures.get(entry.act.pk, []))
            for entry in log_entries(acts.with_people_and_wordings().newest()[:_SHOWN], request.user)
        ],
        "answer_acts": [(act, _sentence(act)) for act in answer_acts.newest()[:_SHOWN]],
        "details_revisions": list(details[:_SHOWN]),
    }
    return render(request, "site/history.html", context)


def _sentence(act: AnswerAct) -> SafeString:
    """What was done, with ways to the histories of the answers; without its full stop."""
    links = {"answer": _link(_("The answer by {author}"), act.answer)}
    if act.other is not None:
        links["other"] = _link(_("that by {author}"), act.other)
    return format_html(act.sentence_format, **links)


def _link(said: str, answer: Answer) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>',
        reverse("answer-history", args=[answer.pk]),
        said.format(author=answer.public_author_name),
    )
