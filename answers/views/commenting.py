"""Writing comments and replies to them, and leading to one wherever it stands now."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from answers import commenting
from answers.access import answer_to, comment_to
from answers.forms import CommentForm, GuestCommentForm
from answers.markup import tags_said
from answers.models import Answer, Comment
from answers.permissions import may
from answers.views.reading import page_with
from door import confirming, guests
from door.flagging import flag
from door.judging import judge, writer_of
from door.models import Guest
from door.stamps import sent_once
from questions import mailing
from questions.access import question_to
from questions.models import Question
from questions.posting import check_sending, posted


@require_safe
def permanent(request: HttpRequest, pk: int) -> HttpResponse:
    """Not a permanent redirect, for the place of a comment may change with every merge and undo."""
    return redirect(_place(comment_to("read", request, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def on_question(request: HttpRequest, pk: int) -> HttpResponse:
    return _comment(request, question_to("write on its page", request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def on_answer(request: HttpRequest, pk: int) -> HttpResponse:
    return _comment(request, answer_to("comment", request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    comment = comment_to("comment", request, pk)
    return _comment(request, comment.on, replies_to=comment)


def _comment(
    request: HttpRequest, on: Question | Answer, *, replies_to: Comment | None = None
) -> HttpResponse:
    """The form, by itself for htmx and on a page of its own else; then the comment, where it stands."""
    if not may(request.user, "comment"):
        raise PermissionDenied
    form = _form(request, on, replies_to)
    check_sending(request, form)
    refusal = commenting.closed_because(on)
    if form.is_bound and not refusal and form.is_valid():
        try:
            written = _write(request, form, on, replies_to)
        except commenting.CannotComment as error:
            refusal = str(error)
        else:
            if isinstance(written, _Written):
                return _shown(request, written)
            form.add_error(None, written)
    context = {
        "form": form,
        "on": on,
        "home": on if isinstance(on, Question) else on.question,
        "replies_to": replies_to,
        "refusal": refusal,
        "tags_said": tags_said(),
    }
    if in_place := bool(request.headers.get("HX-Request")) and not form.is_bound:
        # Where the link was that was followed, one goes on writing, in the first field that waits for it.
        empty = (
            field for name, field in form.fields.items() if field.required and not form.initial.get(name)
        )
        next(empty).widget.attrs["autofocus"] = True
    status = 409 if form.is_bound and refusal else 422 if form.is_bound else 200
    return render(
        request, "answers/_comment_form.html" if in_place else "answers/comment.html", context, status=status
    )


def _form(request: HttpRequest, on: Question | Answer, replies_to: Comment | None) -> Form:
    # There may be several of them on a page.
    place = f"{type(replies_to or on).__name__.lower()}_{(replies_to or on).pk}"
    if request.user.is_authenticated:
        return CommentForm(posted(request), auto_id=f"id_%s_{place}")
    token = guests.guest_of(request) if request.method != "POST" else None
    known = Guest.objects.filter(token=token).order_by("-pk").first() if token else None
    # The address is not among what is filled in: it stands on no page, not even on one of its owner's.
    initial = {"guest_name": known.name, "website": known.website} if known else {}
    return GuestCommentForm(posted(request), initial=initial, auto_id=f"id_%s_{place}")


@dataclass
class _Written:
    comment: Comment
    guest: Guest | None
    is_asked_to_confirm: bool


def _write(
    request: HttpRequest, form: Form, on: Question | Answer, replies_to: Comment | None
) -> _Written | str:
    """Write what the form says, as far as it is let in; return what was written, or why it was not taken."""
    said = form.cleaned_data
    text, name, website = said["text"], said.get("guest_name", ""), said.get("website", "")
    writer = writer_of(request, guest_name=name, email=said.get("email", ""), website=website)
    copy = commenting.recent_copy(text)
    verdict = judge(
        "\n".join(filter(None, [text, name, website])),
        kind="comment",
        writer=writer,
        before=website,  # which is no link of the text
        also=[format_lazy(gettext_lazy("The same words as in comment {number}."), number=copy.pk)]
        if copy
        else [],
    )
    if verdict.is_refused:
        return verdict.refusal
    if not (saved := verdict.saved(text).strip()):
        return _("Nothing is left of this comment without words that are not shown here.")
    comment = commenting.comment(
        on,
        saved,
        by=writer.user,
        guest_name=verdict.saved(name),
        website=website,
        replies_to=replies_to,
        admission=verdict.admission,
    )
    flag(comment, verdict.flags)
    guest = verdict.admission.guest
    return _Written(comment, guest, guest is not None and _ask_to_confirm(request, guest))


def _ask_to_confirm(request: HttpRequest, guest: Guest) -> bool:
    """Send the guest a link by mail, unless that was done within the hour; return whether it was sent now."""
    if not confirming.may_be_asked(guest):
        return False
    address = request.build_absolute_uri(reverse("confirm-guest", args=[confirming.signed(guest)]))
    # No word of the guest's own stands in it, or anybody could send anybody anything.
    mailing.write_to(
        guest.email,
        subject=_("is this your address?"),
        text="\n\n".join(
            [
                _(
                    "Somebody wrote a comment with this address. If it was you, please open this link in the browser "
                    "in which you wrote it:"
                ),
                address,
                ngettext(
                    "What you write is then shown at once, as soon as a moderator has approved something of yours. "
                    "The link works for {count} day. If it was not you, you need not do anything; your address is not "
                    "published.",
                    "What you write is then shown at once, as soon as a moderator has approved something of yours. "
                    "The link works for {count} days. If it was not you, you need not do anything; your address is not "
                    "published.",
                    confirming.DAYS,
                ).format(count=confirming.DAYS),
            ]
        ),
    )
    return True


def _shown(request: HttpRequest, written: _Written) -> HttpResponse:
    said = _("Your comment is here.")
    if written.comment.is_pending:
        said = _("Thank you. A moderator will look at it before others see it.")
    if written.is_asked_to_confirm:
        said = " ".join([said, _("We sent you a mail to confirm your address.")])
    messages.success(request, said, extra_tags="saved")
    response = redirect(_place(written.comment))
    if written.guest:
        guests.remember_guest(response, written.guest.token)
    return response


def _place(comment: Comment) -> str:
    return page_with(comment.home.primary, f"comment-{comment.pk}")
