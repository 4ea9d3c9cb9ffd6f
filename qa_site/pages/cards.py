"""The card of a question as other sites fetch it: drawn when it is first asked for, kept as a file since."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import conditional_page, require_safe

from qa_site.pages import card_drawing
from questions.access import question_to
from questions.models import Question

# Counts up whenever cards are drawn otherwise, so that none of the former look is served.
_LOOK = 1


@conditional_page
@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    primary = question_to("read", request, pk).primary
    if primary.is_hidden:
        # Whoever may see the page needs no picture of it, which others might be served from a cache.
        raise Http404(gettext("There is no card of a question that readers do not see."))
    # In the site's own language, for whoever is shown a link to it elsewhere reads any.
    response = HttpResponse(_kept(primary), content_type="image/png")
    patch_cache_control(response, public=True, max_age=3600)
    return response


def _kept(primary: Question) -> bytes:
    with translation.override(settings.LANGUAGE_CODE):
        told = facts(primary)
    if not card_drawing.can_show(told):
        with translation.override("en"):
            told = facts(primary)
    said = (primary.text, told, settings.SITE_NAME)
    kept = f"{primary.pk}-"
    name = f"{kept}{hashlib.sha256(repr((_LOOK, said)).encode()).hexdigest()[:12]}.png"
    folder = Path(settings.VAR_DIR) / "cards"
    path = folder / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        drawn = card_drawing.draw(*said)
    folder.mkdir(parents=True, exist_ok=True)
    for former in folder.glob(f"{kept}*.png"):
        former.unlink(missing_ok=True)
    # Under another name until it is whole, for two may draw the same card at once.
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(drawn)
    Path(file.name).replace(path)
    return drawn


def facts(primary: Question) -> str:
    """What the card says under the wording."""
    wordings, answers = primary.wording_count, primary.answer_count
    parts = []
    if wordings > 1:
        said = ngettext("{number} wording", "{number} wordings", wordings)
        parts.append(said.format(number=wordings))
    if answers:
        said = ngettext("{number} answer", "{number} answers", answers)
        parts.append(said.format(number=answers))
    else:
        parts.append(gettext("No answer yet"))
    return " · ".join(parts)
