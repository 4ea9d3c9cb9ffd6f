"""The merge preview: both families side by side, the page as it will be, and the merge itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from answers import copies
from answers.models import Answer
from qa_site.pages.family_pictures import Picture, Twig, as_tree, picture
from questions import families, merging
from questions.access import question_to
from questions.forms import MergeForm
from questions.models import Follow, Question
from questions.notices import done
from questions.posting import posted

REASONS = (
    _("Same question in other words"),
    _("One is the short form of the other"),
    _("Same question in another spelling"),
)


@dataclass(frozen=True)
class Side:
    """One family of a merge as the preview shows it."""

    primary: Question
    chosen: Question
    tree: list[tuple[Question, int]]
    answers: list[Answer]
    followers: set[int]

    def twigs(self, *, below: int = 0, joins: bool = False) -> list[Twig]:
        """The tree to be drawn, hanging so many edges below another; each wording with how many answers it brings."""
        count = Counter(answer.question_id for answer in self.answers)
        return [
            Twig(wording.text, depth + below, _note(count[wording.pk], self._is_chosen(wording)), joins)
            for wording, depth in self.tree
        ]

    def _is_chosen(self, wording: Question) -> bool:
        return wording.pk == self.chosen.pk != self.primary.pk

    @property
    def picture(self) -> Picture:
        return picture(self.twigs())

    @property
    def wordings(self) -> list[Question]:
        return [wording for wording, _ in self.tree]


@require_http_methods(["GET", "HEAD", "POST"])
def merge_preview(request: HttpRequest, pk: int, into: int) -> HttpResponse:
    source, target = question_to("merge", request, pk), question_to("merge", request, into)
    if source.primary_id == target.primary_id:
        # A second click on Merge comes here too, and finds done what it wanted.
        messages.info(request, gettext("These are wordings of one question."))
        return redirect(target.page_url)
    if request.GET.get("direction") == "best" and source.primary.useful_count > target.primary.useful_count:
        return redirect("merge-preview", pk=target.pk, into=source.pk)
    form = MergeForm(posted(request))
    refusal, status = "", 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                act = merging.merge_as_previewed(source, into=target, by=request.user, **form.cleaned_data)
            except merging.AlreadyOneFamily:
                return redirect(target.page_url)
            except (merging.CannotMerge, families.FamiliesAreBusy) as error:
                refusal = str(error)
            except merging.FamiliesChanged as error:
                refusal, status = str(error), 409
                source, target = question_to("merge", request, pk), question_to("merge", request, into)
                if source.primary_id == target.primary_id:
                    return redirect(target.page_url)
            else:
                said = gettext("Merged: “{question}” now leads here.").format(question=act.question_text)
                done(request, said, act)
                return redirect(target.page_url)
        elif "version" in form.errors:
            refusal = gettext(
                "It could not be told what you were looking at, so nothing was merged. This is how things stand."
            )
    context = _preview(source, target, form)
    return render(request, "site/merge_preview.html", {**context, "refusal": refusal}, status=status)


def _preview(source: Question, target: Question, form: MergeForm) -> dict[str, object]:
    version = families.version(source, target)
    if not form.is_bound:
        form = MergeForm(initial={"version": version})
    else:
        # What was typed stays; what it was typed about is what is shown now.
        form.data = {"reason": form.data.get("reason", ""), "version": version}
    joining, receiving = _side(source), _side(target)
    joined = sorted(
        [(answer, side) for side in (joining, receiving) for answer in side.answers],
        key=lambda pair: (-pair[0].useful_count, pair[0].created_at, pair[0].pk),
    )
    twigs = receiving.twigs()
    # The edge leads to the very wording that was chosen, and what joins stands below it.
    place = next((at for at, wording in enumerate(receiving.wordings) if wording.pk == target.pk), 0)
    depth = receiving.tree[place][1]
    joined_picture = picture(
        [*twigs[: place + 1], *joining.twigs(below=depth + 1, joins=True), *twigs[place + 1 :]]
    )
    overlap = copies.overlap(joining.answers, receiving.answers)
    return {
        "form": form,
        "reasons": REASONS,
        "joining": joining,
        "joined_picture": joined_picture,
        "receiving": receiving,
        "answers": [(answer, side, overlap.passages.get(answer.pk, [])) for answer, side in joined],
        "overlap": overlap,
        # Less than half a percent is said as one, for there is some.
        "overlap_percent": max(1, round(100 * overlap.share)) if overlap.share else 0,
        "joining_follower_count": len(joining.followers - receiving.followers),
        "better_the_other_way": joining.primary.useful_count > receiving.primary.useful_count,
    }


def _side(chosen: Question) -> Side:
    # A hidden primary stands here as well: the tree hangs on it, and merging says what to do about it.
    wordings = [
        wording
        for wording in Question.objects.of_family(chosen).order_by("pk")
        if wording.is_primary or not wording.is_hidden
    ]
    return Side(
        primary=chosen.primary,
        chosen=chosen,
        tree=as_tree(wordings, chosen.primary_id),
        answers=list(Answer.objects.of_family(chosen).visible().with_author_and_home().most_useful_first()),
        followers=set(
            Follow.objects.filter(question__primary=chosen.primary_id).values_list("user_id", flat=True)
        ),
    )


def _note(answer_count: int, is_chosen: bool) -> str:
    if not answer_count:
        return gettext("chosen") if is_chosen else ""
    if is_chosen:
        said = ngettext("{number} answer, chosen", "{number} answers, chosen", answer_count)
    else:
        said = ngettext("{number} answer", "{number} answers", answer_count)
    return said.format(number=answer_count)
