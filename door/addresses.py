"""Where a request comes from, as far as that can be believed."""

from __future__ import annotations

import logging
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

Address = IPv4Address | IPv6Address

logger = logging.getLogger(__name__)


def address_block(request: HttpRequest) -> str:
    """A fingerprint of the block of addresses that the request comes from, "" when that says nothing.

    A block is what one household or firm is usually given: the first 24 bits of an IPv4 address, the first 48 of an
    IPv6 one. The fingerprint is keyed with the site's secret, so that nobody reads the address back from it. The
    address of a proxy on this machine says nothing.
    """
    address = client_address(request)
    return "" if address is None or address.is_loopback else fingerprint(address)


def bucket_of(request: HttpRequest) -> str:
    """The fingerprint of the block that the request comes from, for counting: this machine is one too."""
    address = client_address(request)
    return "" if address is None else fingerprint(address)


def fingerprint(address: Address) -> str:
    """The fingerprint of an address's block: 32 hexadecimal digits."""
    bits = 24 if isinstance(address, IPv4Address) else 48
    block = ip_network((address, bits), strict=False)
    return salted_hmac("answers.guests.address_block", str(block), algorithm="sha256").hexdigest()[:32]


def client_address(request: HttpRequest) -> Address | None:
    """The address that the outermost of our own proxies was asked from; what stands before it anybody makes up."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    if hops and not proxies and request.META.get("REMOTE_ADDR", "") in _THIS_MACHINE:
        _warn_of_a_proxy()
    told = hops[-proxies] if 0 < proxies <= len(hops) else request.META.get("REMOTE_ADDR", "")
    if told.startswith("[") or told.count(":") == 1:  # some proxies add the port
        told = told.lstrip("[").split("]")[0] if told.startswith("[") else told.split(":")[0]
    try:
        address = ip_address(told)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


_THIS_MACHINE = ("", "127.0.0.1", "::1")


@cache
def _warn_of_a_proxy() -> None:
    """Say once in a process that all readers look like one."""
    logger.warning(
        "A proxy on this machine sends X-Forwarded-For, but TRUSTED_PROXIES is 0: all guests count as coming from one "
        "address, and share its limits. Set TRUSTED_PROXIES to the number of your proxies."
    )
