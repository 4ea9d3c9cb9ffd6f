"""The addresses that stand in a text, whether as links or as plain words. Pure functions."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:https?:/*|\bwww\.|(?<=[\"'(=])//)[^\s<>\"'()\[\]]+", re.IGNORECASE)


def addresses_in(text: str) -> set[str]:
    """Every address in a text, in lower case and without its scheme, so that none is counted twice."""
    return {
        re.sub(r"^(?:https?:)?/*(?:www\.)?", "", found.lower()).rstrip(".,;:!?/*_")
        for found in _ADDRESS.findall(text)
    } - {""}


def without_addresses(text: str) -> str:
    """The text with every address taken out."""
    return _ADDRESS.sub(" ", text)
