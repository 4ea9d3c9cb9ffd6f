"""Patterns that find links to a domain and phrases, in the dialect that PostgreSQL and Python have in common. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote

# Browsers take a link with one slash, with backslashes and with none but "www." for one as well.
_BEFORE_A_HOST = r"(?:https?:[/\\]*|[/\\]{2}|(?:^|[^\w.-])www\.)"
_USER = r"(?:[^\s/\\?#\"'<>()@]*@)?"
_SUBDOMAIN = r"(?:[^\s/\\?#\"'<>()@:]+\.)?"
# Neither example.organic nor example.org.uk, nor example.org@elsewhere.net.
_AFTER = r"(?![\w-]|\.\w|[^\s/\\?#\"'<>()]*@)"


def link_pattern(domain: str) -> str:
    """A pattern for links to the domain or a subdomain of it; case is not to matter."""
    hosts = "|".join(map(re.escape, spellings(domain)))
    return f"{_BEFORE_A_HOST}{_USER}{_SUBDOMAIN}(?:{hosts}){_AFTER}"


def spellings(domain: str) -> list[str]:
    """A domain as it may stand in an address: with its letters, in ASCII, and with percent signs."""
    found = [domain, _decoded(domain), _encoded(domain)]
    found += [quote(spelling) for spelling in found]
    return list(dict.fromkeys(spelling for spelling in found if spelling))


def _encoded(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ""


def _decoded(domain: str) -> str:
    try:
        return domain.encode().decode("idna")
    except UnicodeError:
        return ""


def phrase_pattern(phrase: str) -> str:
    """A pattern for the phrase, each sign as it is, with any white space between its words."""
    return r"\s+".join(map(re.escape, phrase.split()))


def places(pattern: str, text: str, *, most: int = 20) -> list[tuple[int, int]]:
    """Where the pattern stands in the text: starts and ends."""
    found = re.finditer(pattern, text, re.IGNORECASE)
    return [match.span() for match, _ in zip(found, range(most), strict=False)]
