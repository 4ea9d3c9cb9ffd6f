"""Which words are watched, trying a rule, and leaving words alone again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from door.models import WatchedWord
from door.watching import CannotWatch
from qa_site.moderation import watching
from qa_site.moderation.access import require
from qa_site.moderation.word_forms import WordForm
from questions.notices import undoable
from questions.posting import posted

_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """The rules, and a form that tries one on the newest texts before it is saved."""
    require("watch words", request)
    form = WordForm(posted(request))
    trial, is_only_tried, would_have = None, False, ""
    if form.is_bound and form.is_valid():
        word = form.word
        trial = watching.try_on_newest(word)
        would_have = _would_have(word, trial)
        is_only_tried = request.POST.get("do") != "watch"
        if not is_only_tried and (not trial.is_broad or form.cleaned_data["is_meant"]):
            try:
                made = watching.watch(word, by=request.user, reason=form.cleaned_data["reason"])
            except CannotWatch as error:
                form.add_error("phrase", str(error))
            else:
                undoable(
                    request,
                    _("“{phrase}” is watched now.").format(phrase=made.phrase),
                    reverse("unwatch", args=[made.pk]),
                )
                return redirect("words")
    context = {
        "form": form,
        "trial": trial,
        "hits": trial.hits[:_SHOWN] if trial else [],
        "would_have": would_have,
        "words": list(WatchedWord.objects.in_force().select_related("by").order_by("phrase")),
    }
    is_wrong = form.is_bound and not is_only_tried
    return render(request, "moderation/words.html", context, status=422 if is_wrong else 200)


@require_POST
def unwatch(request: HttpRequest, pk: int) -> HttpResponse:
    require("watch words", request)
    word = _word(pk)
    try:
        watching.leave_alone(word, by=request.user)
    except CannotWatch as error:
        messages.error(request, str(error))
    else:
        said = _("“{phrase}” is not watched any more.").format(phrase=word.phrase)
        undoable(request, said, reverse("watch-again", args=[pk]))
    return redirect("words")


@require_POST
def watch_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the removal of a rule: make another like it."""
    require("watch words", request)
    try:
        made = watching.watch(_word(pk), by=request.user)
    except CannotWatch as error:
        messages.error(request, str(error))
    else:
        said = _("“{phrase}” is watched again.").format(phrase=made.phrase)
        undoable(request, said, reverse("unwatch", args=[made.pk]))
    return redirect("words")


def _would_have(word: WatchedWord, trial: watching.Trial) -> str:
    """What a rule would have done to the newest texts, as a sentence."""
    said = {
        "block": ngettext(
            "It would have refused {number} of the last {tried} texts.",
            "It would have refused {number} of the last {tried} texts.",
            len(trial.hits),
        ),
        "hold": ngettext(
            "It would have held {number} of the last {tried} texts.",
            "It would have held {number} of the last {tried} texts.",
            len(trial.hits),
        ),
        "flag": ngettext(
            "It would have flagged {number} of the last {tried} texts.",
            "It would have flagged {number} of the last {tried} texts.",
            len(trial.hits),
        ),
        "replace": ngettext(
            "It would have changed {number} of the last {tried} texts.",
            "It would have changed {number} of the last {tried} texts.",
            len(trial.hits),
        ),
    }[word.action]
    return said.format(number=intcomma(len(trial.hits)), tried=intcomma(trial.tried))


def _word(pk: int) -> WatchedWord:
    found = WatchedWord.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no watched word with this number."))
    return found
