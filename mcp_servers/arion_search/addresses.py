"""Which addresses may be fetched for a person: public web sites, and nothing else. Pure.

A URL comes from a model that may have read it in a stranger's page, so that it could point at
this machine, its network or a cloud's metadata service.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

import httpx2

from arion_kit.errors import BadInput

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_URL = 2_000
PORTS = {"http": 80, "https": 443}

_UNPRINTED = re.compile(r"[\s\x00-\x1f\x7f]")
_NUMERIC = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)
_INNER_NAMES = (
    "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private",
    "home.arpa", "onion", "test", "invalid",
)  # fmt: skip
"""Ends of names that are resolved inside of a network only (RFC 6761, 6762, 8375 and custom)."""

_SPECIAL_V4 = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24")))
"""Protocols' own addresses and the relays of 6to4, some of which Python counts as global."""

_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_SPECIAL_V6 = tuple(
    map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)
"""In the public range, but Teredo, benchmarks, documentation and 6to4, which hide an IPv4 one.
Mapped, NAT64, unique local and link-local addresses lie outside of that range."""


@dataclass(frozen=True)
class Target:
    """An address that is public as far as it is written."""

    url: httpx2.URL
    host: str
    """In ASCII, lower case, without a dot at its end."""
    port: int
    address: IPAddress | None
    """Where the host is a number and no name."""


def judge_url(text: str, *, via: str = "") -> Target:
    """Reads an address.

    Args:
        text: As it was given.
        via: What led there, for the message: "redirects to …, which ".

    Raises:
        BadInput: It is not on the public web.
    """
    url = _parsed(text, via)
    if url.scheme not in PORTS:
        raise BadInput("url", f"{via}must begin with http:// or https://")
    if url.userinfo or "@" in url.netloc.decode("ascii", "replace"):
        raise BadInput("url", f"{via}must not hold a user name or password")
    port = PORTS[url.scheme] if url.port is None else url.port
    if port not in PORTS.values():
        raise BadInput("url", f"{via}has port {port}; only 80 and 443 are read")
    host = url.raw_host.decode("ascii", "replace").rstrip(".").lower()
    address = _number(host)
    if address is not None and not is_public(address):
        raise BadInput("url", f"{via}is inside of a network, which is never read")
    if address is None and not _is_public_name(host):
        raise BadInput("url", f"{via}is no name on the public web; give a full one: example.com")
    return Target(url.copy_with(fragment=None), host, port, address)


def is_public(address: IPAddress) -> bool:
    """Whether anybody on the internet may own it."""
    if isinstance(address, ipaddress.IPv4Address):
        # Python counts multicast, too, as global.
        special = any(address in network for network in _SPECIAL_V4)
        return address.is_global and not address.is_multicast and not special
    if address.scope_id is not None or address not in _GLOBAL_V6:
        return False
    return not any(address in network for network in _SPECIAL_V6)


def judge_resolved(host: str, found: tuple[str, ...]) -> tuple[IPAddress, ...]:
    """The addresses that a name stands for, if every one of them is public.

    One that is not makes all of them suspect: names that change their mind are how a page gets
    into a network.

    Raises:
        BadInput: One is not public, or there is none.
    """
    try:
        addresses = tuple(ipaddress.ip_address(text) for text in found)
    except ValueError:
        addresses = ()
    if not addresses:
        raise BadInput("url", f"there is no site {host}; check the address")
    if not all(map(is_public, addresses)):
        raise BadInput("url", f"{host} leads inside of a network, which is never read")
    return addresses


def _parsed(text: str, via: str) -> httpx2.URL:
    trimmed = text.strip()
    if not trimmed or len(trimmed) > LONGEST_URL or _UNPRINTED.search(trimmed):
        raise BadInput("url", f"{via}must be one address of at most {LONGEST_URL} characters")
    try:
        url = httpx2.URL(trimmed if "://" in trimmed else f"https://{trimmed}")
    except (httpx2.InvalidURL, ValueError, UnicodeError):
        raise BadInput("url", f"{via}is no address; give one such as https://example.com") from None
    if not url.raw_host:
        raise BadInput("url", f"{via}must be an address such as https://example.com/page")
    return url


def _number(host: str) -> IPAddress | None:
    """The address that a host is, also in forms that resolvers take: 127.1, 0x7f.1."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    if _NUMERIC.fullmatch(host):
        try:
            return ipaddress.ip_address(socket.inet_aton(host))
        except OSError:
            return None
    return None


def _is_public_name(host: str) -> bool:
    inner = any(host == name or host.endswith(f".{name}") for name in _INNER_NAMES)
    return "." in host and not inner and re.fullmatch(r"[a-z0-9._-]+", host) is not None
