"""The desk: what waits, and the queues of comments, questions and answers, which are one queue with three names."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qa_site.moderation import permissions, queues
from qa_site.moderation.block_forms import writers_of
from qa_site.moderation.deciding import decide, keep_note, undo
from qa_site.moderation.facts import decided_by, facts_about, line_of
from qa_site.moderation.forms import DecisionForm, NoteForm, SeveralForm
from qa_site.moderation.kinds import KINDS, Kind, Text
from qa_site.moderation.overview import QUEUES, TOOLS
from qa_site.moderation.queues import Order
from qa_site.moderation.today import done_today
from qa_site.moderation.views.waves import preview_address
from qa_site.moderation.wave_forms import targets_of
from questions.families import FamiliesAreBusy
from questions.models import State
from questions.moderation import DecidedMeanwhile, NothingToChange
from questions.notices import undoable

_SHOWN = 20
_LINES = 12


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every queue that the reader may look after, with how much waits."""
    mine = [queue for queue in QUEUES if queue.may(request.user)]
    tools = [tool for tool in TOOLS if permissions.may(request.user, tool[3])]
    if not mine and not tools:
        raise PermissionDenied
    context = {
        "queues": [(queue, queue.count()) for queue in mine],
        "today": done_today(request.user),
        "queue": "overview",
    }
    return render(request, "moderation/overview.html", context)


def kind_for(request: HttpRequest, plural: str) -> Kind:
    """The kind of this name, if the reader may decide about it. Raises PermissionDenied."""
    kind = KINDS[plural]
    if not kind.may_decide(request.user):
        raise PermissionDenied
    return kind


def _see(address: str, order: Order | None = None) -> HttpResponse:
    if order not in (None, Order.FINE):
        address += "?" + urlencode({"order": order})
    return HttpResponseRedirect(address, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, plural: str) -> HttpResponse:
    """The list of what waits; a POST decides about several at once."""
    kind = kind_for(request, plural)
    order = Order.named(request.POST.get("order") or request.GET.get("order", ""))
    form = SeveralForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        _decide_several(request, kind, form.cleaned_data["texts"], form.cleaned_data["decision"])
        return _see(reverse(f"review-{plural}"), order)
    after = _row(kind, request.GET["after"]) if request.GET.get("after") else None
    pks = queues.numbers(kind, order, after=after, limit=_SHOWN + 1)
    texts = queues.rows_of(kind, pks[:_SHOWN])
    context = {
        "kind": kind,
        "queue": plural,
        "lines": [line_of(text, reader=request.user) for text in texts],
        "waiting": _count(plural),
        "after": after.pk if after else None,
        "more": pks[_SHOWN - 1] if len(pks) > _SHOWN else None,
        "orders": [(choice, choice.words, choice == order) for choice in Order],
        "order": order,
        "refusal": " ".join(map(str, form.non_field_errors())) if form else "",
        "ticked": set(request.POST.getlist("texts")),
        "ticks_all": request.GET.get("tick") == "all",
        "today": done_today(request.user) if not texts else None,
        "undo_leads_to": request.path,
    }
    return render(request, "moderation/queue.html", context, status=422 if form else 200)


def _count(plural: str):
    return next(queue.count() for queue in QUEUES if queue.key == plural)


def _row(kind: Kind, number: str) -> Text:
    row = kind.model._default_manager.filter(pk=number).first() if re.fullmatch(r"\d{1,18}", number) else None
    if row is None:
        raise Http404(_("This list has no such page. It begins at its first one."))
    return row


def _decide_several(request: HttpRequest, kind: Kind, pks: list[int], state: State) -> None:
    """Decide about each in a transaction of its own, and tell what was done and what others did before."""
    acts, decided, busy, looked_at = [], 0, 0, Counter[str]()
    for text in kind.rows.filter(pk__in=pks).order_by("pk"):
        if text.is_held_from(request.user):
            looked_at[text.claimed_by.name if text.claimed_by else _("Another moderator")] += 1
            continue
        try:
            acts.append(decide(text, state, by=request.user, expected=State.PENDING))
        except (DecidedMeanwhile, NothingToChange):
            decided += 1
        except FamiliesAreBusy:
            busy += 1
    left = [
        ngettext(
            "{number} was left alone: decided by others meanwhile.",
            "{number} were left alone: decided by others meanwhile.",
            decided,
        ).format(number=decided)
        if decided
        else "",
        ngettext(
            "{number} was left alone: being changed by others just now.",
            "{number} were left alone: being changed by others just now.",
            busy,
        ).format(number=busy)
        if busy
        else "",
        *(
            ngettext(
                "{number} was left alone: {name} is looking at it just now.",
                "{number} were left alone: {name} is looking at them just now.",
                number,
            ).format(number=number, name=name)
            for name, number in looked_at.items()
        ),
    ]
    for said in filter(None, left):
        messages.warning(request, said)
    if acts:
        undoable(request, _was_decided(kind, state, len(acts)), undo_address_of(kind, acts))
    elif not any(left):
        messages.warning(request, _("None of these is there."))


def _was_decided(kind: Kind, state: State, count: int) -> str:
    """What was done to one text or to several, as a notice says it."""
    return kind.said.decided[state].format(count=count, number=intcomma(count))


def undo_address_of(kind: Kind, acts: list) -> str:
    """Where to post to undo these acts."""
    numbers = ",".join(str(act.pk) for act in acts)
    return f"{reverse(f'review-{kind.plural}-undo')}?{urlencode({'acts': numbers}, safe=',')}"


@require_POST
def next_text(request: HttpRequest, plural: str) -> HttpResponse:
    """Claim the next text and lead to it."""
    kind = kind_for(request, plural)
    after = _row(kind, request.POST["after"]) if request.POST.get("after") else None
    if after is not None:
        queues.let_go(after, by=request.user)
    return _to_next(request, kind, after=after)


def _to_next(request: HttpRequest, kind: Kind, *, after: Text | None) -> HttpResponse:
    """Claim the next one for the reader and lead there; when none is left, to what was done today."""
    order = Order.named(request.POST.get("order", ""))
    text = queues.claim_next(kind, order, by=request.user, after=after)
    if text is None:
        others = set(queues.numbers(kind, order, limit=2)) - ({after.pk} if after else set())
        if others:
            messages.info(
                request, _("Other moderators are looking at all that waits. What they leave comes back.")
            )
        return _see(reverse(f"review-{kind.plural}"), order)
    return _see(reverse(f"review-{kind.name}", args=[text.pk]), order)


def text_by_number(kind: Kind, pk: int) -> Text:
    text = kind.rows.filter(pk=pk).first()
    if text is None:
        raise Http404(str(kind.said.no_such))
    return text


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """One text with all about it, whatever state it is in; a POST decides."""
    kind = kind_for(request, plural)
    text = text_by_number(kind, pk)
    if request.method != "POST":
        return _page(request, kind, text)
    if request.POST.get("decision") == "note":
        return _keep_note(request, kind, text)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, kind, text, form=form, status=422)
    data = form.cleaned_data
    if text.is_held_from(request.user):
        name = text.claimed_by.name if text.claimed_by else _("Another moderator")
        refusal = str(kind.said.held).format(name=name)
        return _page(request, kind, text, form=form, refusal=refusal, status=409)
    try:
        act = decide(
            text,
            data["decision"],
            by=request.user,
            reason=data["reason"],
            note=data["note"],
            expected=data["state"],
        )
    except (DecidedMeanwhile, NothingToChange) as error:
        text = text_by_number(kind, pk)
        refusal = " ".join(filter(None, [str(error), decided_by(text)]))
        return _page(request, kind, text, form=form, refusal=refusal, status=409)
    except FamiliesAreBusy as error:
        return _page(request, kind, text, form=form, refusal=str(error), status=409)
    undoable(request, _was_decided(kind, data["decision"], 1), undo_address_of(kind, [act]))
    if data["state"] == State.PENDING:
        return _to_next(request, kind, after=text)
    return _see(request.path)


def _keep_note(request: HttpRequest, kind: Kind, text: Text) -> HttpResponse:
    form = NoteForm(request.POST)
    words = form.cleaned_data["note"] if form.is_valid() else ""
    if not words:
        refusal = _("Please write the note; there is nothing here yet.") if form.is_valid() else ""
        return _page(request, kind, text, form=DecisionForm(request.POST), refusal=refusal, status=422)
    keep_note(text, words, by=request.user)
    messages.success(request, _("The note is kept. Only moderators read it."))
    return _see(request.path, Order.named(request.POST.get("order", "")))


def _page(
    request: HttpRequest,
    kind: Kind,
    text: Text,
    *,
    form: DecisionForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    order = Order.named(request.POST.get("order") or request.GET.get("order", ""))
    following = queues.numbers(kind, order, after=text, limit=_LINES)
    before = queues.numbers(kind, order, after=text, limit=1, back=True, free_for=request.user)
    if form is not None and not refusal:
        refusal = " ".join(filter(None, (str(error) for errors in form.errors.values() for error in errors)))
    context = {
        "kind": kind,
        "queue": kind.plural,
        "text": text,
        "line": line_of(text, reader=request.user),
        "facts": facts_about(text),
        "like_it": _like_it(request, text),
        "block_address": _block_address(request, kind, text),
        "lines": [line_of(row, reader=request.user) for row in queues.rows_of(kind, following)],
        "following": following[0] if following else None,
        "before": before[0] if before else None,
        "order": order,
        "form": form or DecisionForm(),
        "refusal": refusal,
        "undo_leads_to": request.path,
    }
    return render(request, "moderation/text.html", context, status=status)


def _like_it(request: HttpRequest, text: Text) -> list[tuple[str, str]]:
    """The waves that the text may be one of, each as an address and words, for who may hide them."""
    if not permissions.may(request.user, "hide a wave"):
        return []
    return [(preview_address(target), words) for target, words in targets_of(text)]


def _block_address(request: HttpRequest, kind: Kind, text: Text) -> str:
    """Where its writer can be blocked, "" for who may not or when nothing is known of the writer."""
    if not permissions.may(request.user, "block") or not writers_of(text):
        return ""
    return f"{reverse('blocks')}?{urlencode({kind.name: text.pk})}"


@require_POST
def undo_acts(request: HttpRequest, plural: str) -> HttpResponse:
    """Undo what was decided, one or several at once, and lead back to it."""
    kind = kind_for(request, plural)
    numbers = [int(number) for number in request.GET.get("acts", "").split(",") if _is_number(number)]
    acts = list(kind.acts.objects.filter(pk__in=numbers[:100]).select_related(kind.name))
    undone, late = [], 0
    for act in acts:
        try:
            undone.append(undo(act, by=request.user))
        except (DecidedMeanwhile, NothingToChange, FamiliesAreBusy):
            late += 1
    if late or not acts:
        messages.warning(request, _("Somebody has decided otherwise since, so that was not undone."))
    if undone:
        said = ngettext("Undone: it is as before.", "Undone: they are as before.", len(undone))
        messages.success(request, said)
    if request.POST.get("next") == reverse("log"):
        return _see(reverse("log"))
    if len(acts) == 1:
        text = getattr(acts[0], kind.name)
        if undone and undone[0].kind == "returned":
            queues.hold(text, by=request.user)
        return _see(reverse(f"review-{kind.name}", args=[text.pk]))
    return _see(reverse(f"review-{plural}"))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,18}", text))
