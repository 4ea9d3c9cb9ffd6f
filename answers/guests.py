"""Knowing a guest again: a random number in a signed cookie, given when there is something to remember.

A cookie is thrown away easily, so what guests may do once is also counted by the block of addresses they come from.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_COOKIE = "guest"
_YEAR = 365 * 24 * 60 * 60


def guest_of(request: HttpRequest) -> UUID | None:
    """The number of the guest's cookie, or None when there is none or somebody made it up."""
    value = request.get_signed_cookie(_COOKIE, default=None)
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


def new_guest() -> UUID:
    return uuid4()


def remember_guest(response: HttpResponse, guest: UUID) -> None:
    response.set_signed_cookie(
        _COOKIE,
        str(guest),
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def address_block(request: HttpRequest) -> str:
    """A fingerprint of the block of addresses that the request comes from, "" when that says nothing.

    A block is what one household or firm is usually given: the first 24 bits of an IPv4 address, the first 48 of an
    IPv6 one. The fingerprint is keyed with the site's secret, so that nobody reads the address back from it. The
    address of a proxy on this machine says nothing.
    """
    address = _client_address(request)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address is None or address.is_loopback:
        return ""
    bits = 24 if isinstance(address, IPv4Address) else 48
    block = ip_network((address, bits), strict=False)
    return salted_hmac("answers.guests.address_block", str(block), algorithm="sha256").hexdigest()[:32]


def _client_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address that the outermost of our own proxies was asked from; what stands before it anybody makes up."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    told = hops[-proxies] if 0 < proxies <= len(hops) else request.META.get("REMOTE_ADDR", "")
    if told.startswith("[") or told.count(":") == 1:  # some proxies add the port
        told = told.lstrip("[").split("]")[0] if told.startswith("[") else told.split(":")[0]
    try:
        return ip_address(told)
    except ValueError:
        return None
