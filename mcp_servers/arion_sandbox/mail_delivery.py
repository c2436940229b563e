"""A message on its way out: what Gmail checks of it, fills in and changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

from arion_sandbox.errors import GoogleError
from arion_sandbox.google import ACCOUNT, INVALID
from arion_sandbox.mime import Mail

ADDRESS = re.compile(r"[!#-'*+/-9=?A-Z^-~-]+(?:\.[!#-'*+/-9=?A-Z^-~-]+)*@[\w-]+(?:\.[\w-]+)+", re.A)
MESSAGE_ID = re.compile(r"<[^<>\s]+>")
PREFIXES = re.compile(r"^(?:(?:re|fwd?)\s*:\s*)+", re.IGNORECASE)
ONCE = ("From", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References")
"""Headers that a mail may have once (RFC 5322, section 3.6). That Gmail minds is a guess."""


@dataclass(frozen=True)
class Outgoing:
    """A message that may leave."""

    raw: bytes
    root: Message
    people: frozenset[str]
    """Addresses of those who get it, lower case."""

    def delivered(self) -> bytes:
        """Give the message as it stays among the sent ones.

        Gmail puts a Message-ID of its own in the place of the sender's
        (FlowCrypt/flowcrypt-browser issue 4273), and a From where there is none.
        """
        digest = hashlib.sha256(self.raw).hexdigest()[:32]
        head, separator, body = _split(self.raw)
        head = re.sub(rb"(?im)^message-id:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n?", b"", head)
        lines = [f"Message-ID: <CA{digest}@mail.gmail.com>"]
        if self.root["From"] is None:
            lines.append(f"From: {ACCOUNT}")
        added = "".join(f"{line}\r\n" for line in lines).encode()
        return added + head + separator + body

    def belongs_to(self, thread: Sequence[bytes]) -> bool:
        """Tell whether it answers a message of a thread, under the same subject."""
        named = set(self._ids("In-Reply-To") + self._ids("References"))
        subject = _bare(Mail(self.root).header("Subject"))
        for raw in thread:
            other = Mail.parse(raw)
            ids = set(MESSAGE_ID.findall(other.header("Message-ID")))
            if named & ids and _bare(other.header("Subject")) == subject:
                return True
        return False

    def _ids(self, name: str) -> list[str]:
        return MESSAGE_ID.findall(str(self.root.get(name, "")))


def outgoing(raw: bytes) -> Outgoing:
    """Check a message.

    Raises GoogleError where it is none, or names somebody by what is no address.
    """
    root = message_from_bytes(raw)
    if root.defects or not root.keys():
        raise refused("Invalid message")  # MEM
    names = [name.lower() for name in root]
    for name in ONCE:
        if names.count(name.lower()) > 1:
            raise refused(f"Duplicate header: {name}")
    people: set[str] = set()
    for name in ("To", "Cc", "Bcc"):
        people |= _people(root, name)
    return Outgoing(raw, root, frozenset(people))


def refused(message: str) -> GoogleError:
    """Say why a message is not taken."""
    return GoogleError(400, "invalidArgument", message, rpc_status=INVALID)


def _people(root: Message, name: str) -> set[str]:
    value = root.get(name)
    if value is None:
        return set()
    text = re.sub(r"\r?\n(?=[ \t])", "", str(value))
    found = [address for _, address in getaddresses([text]) if address]
    if not found or not all(ADDRESS.fullmatch(address) for address in found):
        raise refused(f"Invalid {name} header")
    return {address.lower() for address in found}


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Cut a message into its headers, the empty line, and its body."""
    found = re.search(rb"\r?\n(\r?\n)", raw)
    if found is None:
        return raw, b"\r\n", b""
    return raw[: found.start(1)], found[1], raw[found.end() :]


def _bare(subject: str) -> str:
    return " ".join(PREFIXES.sub("", subject).split()).casefold()
