"""Mail addresses as people write them, checked before they go into a header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from arion_kit.errors import BadInput

_UNFIT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""What may stand in no header: controls, line ends, and marks that disguise a name."""

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""RFC 5321's dot-string. What only fits in quotes is refused: no mail provider gives it out."""
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>\s*")

_LONGEST_LOCAL = 64
_LONGEST_ADDRESS = 254
"""RFC 5321, section 4.5.3.1, and its erratum 1690."""
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Address:
    """Somebody who gets a mail."""

    address: str
    """In ASCII; a domain in other letters is in Punycode."""
    name: str = ""

    @property
    def text(self) -> str:
        """As a person reads it."""
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def key(self) -> str:
        """What is the same for two ways to write the same mailbox."""
        return self.address.casefold()


def read_address(text: str, parameter: str) -> Address:
    """`이름 <name@example.com>`, `"Name, A." <…>` or a bare address.

    Raises:
        BadInput: It is none, or holds what could break out of a header.
    """
    if _UNFIT.search(text):
        raise BadInput(parameter, "an address may hold no line breaks or unseen characters")
    named = _NAMED.fullmatch(text)
    name = _plain_name(named["name"]) if named else ""
    address = (named["address"] if named else text).strip()
    if len(name) > _LONGEST_NAME:
        raise BadInput(parameter, f"a name may have up to {_LONGEST_NAME} characters")
    return Address(_checked(address, parameter), name)


def read_addresses(texts: Iterable[str], parameter: str) -> tuple[Address, ...]:
    """Several addresses, each mailbox once.

    Raises:
        BadInput: One of them is none.
    """
    return distinct(read_address(text, parameter) for text in texts)


def distinct(people: Iterable[Address], *, but: Iterable[Address] = ()) -> tuple[Address, ...]:
    """The people in order, each mailbox once, without those of `but`."""
    seen = {one.key for one in but}
    kept: list[Address] = []
    for one in people:
        if one.key not in seen:
            seen.add(one.key)
            kept.append(one)
    return tuple(kept)


def check_line(text: str, parameter: str, longest: int) -> str:
    """`text` for a header that is one line.

    Raises:
        BadInput: It is more than a line, or too long.
    """
    if _UNFIT.search(text):
        raise BadInput(parameter, "must be one line without unseen characters")
    if len(text) > longest:
        raise BadInput(parameter, f"may have up to {longest} characters")
    return text.strip()


def _plain_name(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return text.strip()


def _checked(address: str, parameter: str) -> str:
    local, at, domain = address.rpartition("@")
    domain = _ascii_domain(domain)
    right = (
        at
        and _LOCAL.fullmatch(local)
        and len(local) <= _LONGEST_LOCAL
        and "." in domain
        and all(_LABEL.fullmatch(label) for label in domain.split("."))
        and len(local) + len(domain) < _LONGEST_ADDRESS
    )
    if not right:
        raise BadInput(
            parameter,
            f"{address[:80]!r} is no mail address; write name@example.com, or "
            "Name <name@example.com>, one in each entry",
        )
    return f"{local}@{domain}"


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
