"""Rendering specimens so that they stand beside each other and can do no harm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib.auth.context_processors import PermWrapper
from django.http import HttpRequest
from django.template.base import Template
from django.template.context import make_context
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode
from django.utils.safestring import SafeString, mark_safe

from qa_site.components.made_up import reader
from qa_site.components.specimens import Specimen


@dataclass(frozen=True)
class Shown:
    """A specimen on the page; `name` is its id there."""

    specimen: Specimen
    name: str
    request: HttpRequest

    @property
    def html(self) -> SafeString:
        return mark_safe(apart(harmless(_rendered(self.specimen, self.request)), self.name))  # noqa: S308


def _rendered(specimen: Specimen, request: HttpRequest) -> str:
    looks = reader(specimen.reader)
    values = {"user": looks, "perms": PermWrapper(looks), "messages": [], **specimen.values}
    template: Template = get_template(specimen.template).template  # type: ignore[attr-defined]
    context = make_context(values, request)
    if not specimen.block:
        html = template.render(context)
    else:
        # As Django renders a block of a page, but without the page around it.
        with context.bind_template(template), context.render_context.push_state(template):
            html = _block(template, specimen.block).render(context)
    return _begin(specimen.within) + html + _end(specimen.within)


def _block(template: Template, name: str):
    extends = next(node for node in template.nodelist if isinstance(node, ExtendsNode))
    return extends.blocks[name]


def _begin(within: str) -> str:
    tags = (element.partition(".") for element in within.split())
    return "".join(f'<{tag} class="{names.replace(".", " ")}">' for tag, _, names in tags)


def _end(within: str) -> str:
    return "".join(f"</{element.partition('.')[0]}>" for element in reversed(within.split()))


# What sends a form elsewhere than to this page, which takes none; what keeps or takes back what is typed; and what
# would move the focus as soon as the page is there.
_HARMFUL = re.compile(r'\s(?:(?:form)?action|hx-[a-z-]+|data-draft|data-sent)="[^"]*"|\sautofocus(?=[\s>])')

_TAG = re.compile(r"<[a-z][^>]*>")


def harmless(html: str) -> str:
    """HTML of ours without what would change something when somebody presses a button in it."""
    return _TAG.sub(lambda tag: _HARMFUL.sub("", tag[0]), html)


_ID = re.compile(r'\sid="([^"]+)"')
_REFERENCE = re.compile(r'(\s(?:id|for|list|aria-labelledby|aria-describedby|aria-controls)=")([^"]+)"')
_LINK = re.compile(r'(\shref=")#([^"]+)"')
_LANDMARK = re.compile(r'(<(?:nav|aside|form|section)\b[^>]*\s)aria-label="([^"]+)"')
_SECTION = re.compile(r'(<section\b[^>]*\saria-labelledby=")')


def apart(html: str, name: str) -> str:
    """HTML of ours with ids and names of landmarks that nothing else on a page has, by the name of the specimen.

    On a page of the site each of them stands once; here it stands in every state.
    """
    own = set(_ID.findall(html))

    def with_name(part: str) -> str:
        return f"{name}-{part}" if part in own else part

    html = _REFERENCE.sub(lambda m: f'{m[1]}{" ".join(map(with_name, m[2].split()))}"', html)
    html = _LINK.sub(lambda m: f'{m[1]}#{with_name(m[2])}"', html)
    html = _LANDMARK.sub(rf'\1aria-label="\2 ({name})"', html)
    return _SECTION.sub(rf"\1{name} ", html)
