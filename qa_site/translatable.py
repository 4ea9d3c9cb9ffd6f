"""Finds what is to be translated in templates, for Babel (babel.cfg names it); Python and scripts it reads itself."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def in_template(
    file: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """Yield (line, function, messages, comments) for each text of a Django template that is marked.

    Django rewrites the template so that all but calls of gettext is blotted out, with a sign for each sign, and Babel
    reads that as Python. It must not begin lines with space, which Python takes for a block.
    """
    calls = templatize(file.read().decode(), origin=getattr(file, "name", None))
    flush_left = "\n".join(line.strip() for line in calls.split("\n"))
    return extract_python(io.BytesIO(flush_left.encode()), keywords, comment_tags, options)
