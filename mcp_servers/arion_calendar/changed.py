"""What sentences about a change are made from."""

from __future__ import annotations

from dataclasses import dataclass

from arion_calendar.occurrence import Occurrence
from arion_calendar.target import Scope


@dataclass(frozen=True)
class Guests:
    """Who is invited besides the person, and whether they get mail."""

    names: tuple[str, ...] = ()
    mailed: bool = False


@dataclass(frozen=True)
class NewEvent:
    """An event that is to be put in."""

    event: Occurrence
    guests: Guests


@dataclass(frozen=True)
class Made:
    """An event that is in the calendar now."""

    event: Occurrence
    existed: bool = False
    """An earlier attempt had put it there."""
    mailed: bool = False
    conflicts: tuple[Occurrence, ...] = ()
    holiday: str | None = None


@dataclass(frozen=True)
class Changed:
    """A change of an event, to come or made."""

    title: str
    """What it was called before."""
    old: Occurrence
    """What the person named, as it was."""
    event: Occurrence
    """The same afterwards."""
    names: tuple[str, ...]
    """What changes, by the tool's parameters."""
    scope: Scope
    series: bool
    """It repeats."""
    guests: Guests
    conflicts: tuple[Occurrence, ...] = ()
    holiday: str | None = None
    reset: int = 0
    """Occurrences that lose a time of their own."""

    @property
    def meeting(self) -> str:
        """The link of its meeting, or "pending"."""
        return self.event.meeting


@dataclass(frozen=True)
class Removal:
    """A deletion, to come or made."""

    event: Occurrence
    """What the person named."""
    scope: Scope
    series: bool
    guests: Guests


@dataclass(frozen=True)
class Answered:
    """An answer to an invitation."""

    event: Occurrence
    response: str
    conflicts: tuple[Occurrence, ...] = ()
