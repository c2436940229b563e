"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Principal:
    """The person (or program) on whose behalf a call is made; part of every call."""

    id: str
    """Stable and opaque; the key of everything stored for this person."""
    name: str
    timezone: str = "Asia/Seoul"
    """IANA time zone in which the person's times are meant."""


LOCAL = Principal(id="local", name="나")
"""The one person of an installation that nobody has to sign in to."""
