"""What moderators do with answers, each a page of its own that ends on the question's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from answers import moderation
from answers.access import answer_to
from answers.views.reading import place
from questions.forms import ReasonForm
from questions.moderation import NothingToChange
from questions.posting import posted


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("hide", request, pk)
    form = ReasonForm(posted(request))
    refusal, status = "", 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            # The button says which of the two it does, so that pressing it twice does not do both.
            restoring = request.POST.get("hide") == "no"
            verb = moderation.restore if restoring else moderation.hide
            try:
                verb(answer, by=request.user, reason=form.cleaned_data["reason"])
            except NothingToChange as error:
                refusal = str(error)
            else:
                messages.success(
                    request, "The answer is visible again." if restoring else "The answer is hidden."
                )
                return place(answer)
    context = {"answer": answer, "form": form, "refusal": refusal}
    return render(request, "answers/hide.html", context, status=status)
