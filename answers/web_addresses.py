"""Addresses as people type them, as browsers read them, and as they may be shown. Pure functions."""

from __future__ import annotations

import re
from urllib.parse import quote

import idna

_WHOLE = re.compile(
    r"(https?):/*(\[[0-9a-f:.]{2,45}\]|[^\s/?#\\@:\[\]<>\"'`]{1,253})(:[0-9]{1,5})?([/?#][^\s\\<>\"`]*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"mailto:([^\s@<>\"'\\?&/:]{1,64})@([^\s@<>\"'\\?&/:\[\]]{1,253})(\?[^\s<>\"'\\]*)?", re.IGNORECASE
)
_NAME = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*\.?")
_NAMED = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?[.\u3002\uff0e\uff61]){1,8}[^\W\d_][\w-]{1,62}")


def link_address(typed: str) -> str:
    """The address as a link may have it: http, https or mailto, with its host in punycode; "" if it is no such one."""
    if mail := _MAIL.fullmatch(typed.strip()):
        host = _host(mail[2])
        return f"mailto:{_quoted(mail[1])}@{host}{_quoted(mail[3] or '')}" if host else ""
    return web_address(typed)


def web_address(typed: str) -> str:
    """The same for http and https alone. Nobody's name stands in it, which could be taken for the host."""
    whole = _WHOLE.fullmatch(typed.strip())
    host = _host(whole[2]) if whole else ""
    if whole is None or not host:
        return ""
    return f"{whole[1].lower()}://{host}{whole[3] or ''}{_quoted(whole[4] or '/') if whole[4] else ''}"


def host_in(address: str) -> str:
    """The host of an address that one of the two above returned."""
    rest = address.partition(":")[2].lstrip("/")
    authority = re.split(r"[/?#]", rest)[0].rpartition("@")[2]
    return authority if authority.startswith("[") else authority.split(":")[0]


def hosts_named_in(words: str) -> set[str]:
    """What looks like a host in words, in punycode and without "www."."""
    named = (_host(found[0]) or found[0].lower() for found in _NAMED.finditer(words))
    return {name.removeprefix("www.") for name in named}


def _host(typed: str) -> str:
    """A host as it is looked up, in lower case and punycode; "" if it is none."""
    if typed.startswith("["):
        return typed.lower()
    try:
        host = typed.lower() if typed.isascii() else idna.encode(typed, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return ""
    return host if len(host) <= 253 and _NAME.fullmatch(host) else ""


def _quoted(part: str) -> str:
    """A part of an address with what cannot stand in one percent-encoded, and what is encoded left as it is."""
    return quote(part, safe="%/?#[]!$&'()*+,;=:@-._~|{}^")
