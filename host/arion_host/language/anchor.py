"""The moment an expression is understood from, and which way it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Anchor:
    """Now, and whether what was said is looked for behind it or ahead of it."""

    now: datetime
    """Naive, to the minute."""
    past: bool = False
    """What leaves its day or year open is the latest that has been, not the next to come."""

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()

    @property
    def midnight(self) -> datetime:
        """The first moment of today."""
        return self.now.replace(hour=0, minute=0)
