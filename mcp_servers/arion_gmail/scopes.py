"""What a Gmail token allows, and whose it is."""

from __future__ import annotations

from arion_gmail.api import GmailApi
from arion_kit.spec import Account

_ROOT = "https://www.googleapis.com/auth/gmail"
_COVERED: dict[str, tuple[str, ...]] = {
    "https://mail.google.com/": (f"{_ROOT}.modify",),
    f"{_ROOT}.modify": (f"{_ROOT}.readonly", f"{_ROOT}.compose", f"{_ROOT}.labels"),
    f"{_ROOT}.compose": (f"{_ROOT}.send",),
}
"""Scopes that a broader one covers (Gmail API guide "Choose scopes", and each method's list)."""


async def check(api: GmailApi) -> Account:
    """Whose mailbox it is, and what the token allows; costs one quota unit."""
    name = await api.address()
    granted = await api.scopes()
    return Account(name, None if granted is None else with_covered(granted))


def with_covered(granted: frozenset[str]) -> frozenset[str]:
    """The scopes and those that they cover."""
    known = set(granted)
    for broad, narrower in _COVERED.items():  # from the broadest on
        if broad in known:
            known |= set(narrower)
    return frozenset(known)
