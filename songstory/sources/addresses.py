"""Which addresses are on the public internet; those that carry an IPv4 address within are judged by that one too."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_COMPATIBLE = ipaddress.ip_network("::/96")  # IPv4-compatible, long withdrawn (RFC 4291, 2.5.5.1): no public host is there
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")  # RFC 8215
_TRANSLATED = ipaddress.ip_network("::ffff:0:0:0/96")  # RFC 2765
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}  # RFC 5214


def is_public(text: str) -> bool:
    """Return whether an address, as a resolver gives it, is one that may be fetched from."""
    address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address) and (address in _COMPATIBLE or address in _NAT64_LOCAL or address.is_site_local):
        return False
    return all(a.is_global and not a.is_multicast and not a.is_reserved for a in (address, *_within(address))) or _only_wrapped(address)


def _only_wrapped(address: Address) -> bool:
    """Return whether an address is public by the one within, though its own range is special: NAT64 of a public host."""
    return address in _NAT64 and all(a.is_global and not a.is_multicast for a in _within(address))


def _within(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address carries."""
    if not isinstance(address, ipaddress.IPv6Address):
        return
    number = int(address)
    yield from (a for a in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if a is not None)
    if address in _NAT64 or address in _TRANSLATED or (number >> 32) & 0xFFFF_FFFF in _ISATAP:
        yield ipaddress.IPv4Address(number & 0xFFFF_FFFF)
