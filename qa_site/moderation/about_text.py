"""A page of the desk that was come to from a text: `?comment=5`, and who and where that text is from."""

from __future__ import annotations

from django.http import Http404, QueryDict

from qa_site.moderation.kinds import KINDS, Text


def text_in(parameters: QueryDict) -> Text | None:
    """The text that the address of a page names, with writer and guest loaded, or None. Raises Http404."""
    for kind in KINDS.values():
        if number := parameters.get(kind.name):
            found = kind.rows.filter(pk=int(number)).first() if _is_number(number) else None
            if found is None:
                raise Http404(str(kind.said.no_such))
            return found
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


def email_domain_of(text: Text) -> str:
    """The domain of the address of who wrote it, "" if there is none."""
    email = (text.author.email if text.author else text.guest.email if text.guest else "") or ""
    return email.rpartition("@")[2]
