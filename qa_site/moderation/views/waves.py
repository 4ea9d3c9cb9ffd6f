"""Hiding everything that has something in common, after looking at it, and undoing that."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from door.blocking import CannotBlock
from qa_site.moderation import waves as verbs
from qa_site.moderation.about_text import text_in
from qa_site.moderation.access import require
from qa_site.moderation.excerpts import excerpt
from qa_site.moderation.kinds import KINDS, words_of
from qa_site.moderation.models import Wave
from qa_site.moderation.permissions import may
from qa_site.moderation.watching import Hit
from qa_site.moderation.wave_forms import HideForm, TargetForm, targets_of
from qa_site.moderation.wave_matching import Matched, Target, match, newest, well_known
from qa_site.moderation.wave_words import nothing_to_hide, texts_hidden, texts_of
from questions.families import FamiliesAreBusy
from questions.notices import undoable
from questions.paging import page
from questions.posting import posted

_SHOWN = 50
_WAVES_A_PAGE = 20


@require_safe
def waves(request: HttpRequest) -> HttpResponse:
    """The waves so far, and the way to another; `?comment=5` offers what that comment has in common with others."""
    require("hide a wave", request)
    text = text_in(request.GET)
    rows = page(Wave.objects.select_related("by", "undone_by"), "created_at", request.GET, size=_WAVES_A_PAGE)
    context = {
        "form": TargetForm(initial=request.GET.dict()),
        "text": text,
        "suggested": [(preview_address(target), words) for target, words in targets_of(text)] if text else [],
        "page": rows,
        "waves": [(wave, *texts_hidden(wave), _is_undoable(wave)) for wave in rows.rows],
    }
    return render(request, "moderation/waves.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """Everything that matches, and a form that hides just that."""
    require("hide a wave", request)
    if "kind" not in request.GET:
        return redirect("waves")
    choice = TargetForm(request.GET)
    if not choice.is_valid():
        return render(request, "moderation/wave_preview.html", {"choice": choice}, status=422)
    target, with_moderators = choice.target, choice.cleaned_data["moderators"]
    form = HideForm(posted(request), can_block=_can_block(request, target))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return _hide(request, target, form, with_moderators)
        except (verbs.WaveChanged, verbs.NothingMatches) as error:
            refusal, status = str(error), 409
        except (CannotBlock, FamiliesAreBusy) as error:
            refusal = _("Nothing was hidden. {why}").format(why=error)
    matched = match(target, with_moderators=with_moderators)
    context = {
        "choice": choice,
        "target": target,
        "heading": _heading(target, matched),
        "form": form,
        "refusal": refusal,
        "matched": matched,
        "shown": _shown(target, matched),
        "well_known": well_known(matched),
        "with_moderators": with_moderators,
        "with_moderators_address": preview_address(target, moderators="on"),
    }
    return render(request, "moderation/wave_preview.html", context, status=status)


def _hide(request: HttpRequest, target: Target, form: HideForm, with_moderators: bool) -> HttpResponse:
    wave = verbs.hide(
        target,
        by=request.user,
        reason=form.cleaned_data["reason"],
        fingerprint=form.cleaned_data["fingerprint"],
        with_moderators=with_moderators,
        block_until=form.block_until,
    )
    undoable(
        request,
        _("Hidden: {texts}.").format(texts=texts_of(target, wave.hidden_count)),
        reverse("undo-wave", args=[wave.pk]),
    )
    return redirect("waves")


def _heading(target: Target, matched: Matched) -> str:
    if not matched.count:
        return nothing_to_hide(target)
    return _("Hide {texts}?").format(texts=texts_of(target, matched.count))


def _shown(target: Target, matched: Matched) -> list[tuple[str, str, int, list[Hit]]]:
    """The kinds of texts with how many match, in words too, and the newest of them with the places marked."""
    shown = []
    for plural, kind in KINDS.items():
        if count := len(matched.ids[kind.name]):
            texts = newest(matched, kind.name, most=_SHOWN)
            hits = [Hit(text, excerpt(words_of(text), target.places(words_of(text)))) for text in texts]
            words = kind.said.counted.format(count=count, number=intcomma(count))
            shown.append((plural if count > 1 else kind.name, words, count, hits))
    return shown


def preview_address(target: Target, **more: str) -> str:
    query = QueryDict(mutable=True)
    query.update({"kind": target.kind.value, "value": target.value} | more)
    return f"{reverse('wave-preview')}?{query.urlencode()}"


def _can_block(request: HttpRequest, target: Target) -> bool:
    return target.kind in (
        Wave.Kind.ACCOUNT,
        Wave.Kind.ADDRESS_BLOCK,
        Wave.Kind.EMAIL_DOMAIN,
    ) and may(request.user, "block")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    require("hide a wave", request)
    wave = Wave.objects.filter(pk=pk).first()
    if wave is None:
        raise Http404(_("There is no wave with this number."))
    try:
        undone = verbs.undo(wave, by=request.user)
    except (verbs.CannotUndo, FamiliesAreBusy) as error:
        messages.error(request, str(error))
    else:
        restored = ngettext("{number} text as before.", "{number} texts as before.", undone.restored)
        said = [restored.format(number=intcomma(undone.restored))]
        if undone.left:
            left = ngettext(
                "{number} stay as they are, because somebody decided about them since.",
                "{number} stay as they are, because somebody decided about them since.",
                undone.left,
            )
            said.append(left.format(number=intcomma(undone.left)))
        messages.success(request, " ".join(said))
    return redirect("waves")


def _is_undoable(wave: Wave) -> bool:
    return wave.undone_at is None and wave.created_at > timezone.now() - verbs.UNDO_WITHIN
