"""How many calls a key has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from arion_sandbox.errors import VendorError


@dataclass
class Quota:
    """Calls of a day; over it every call is refused until midnight."""

    most: int
    refuse: Callable[[], VendorError]
    _day: date = date.min
    _used: int = field(default=0)

    def use(self, now: datetime) -> None:
        """Counts one call. Raises what `refuse` gives when there are no more."""
        if now.date() != self._day:
            self._day, self._used = now.date(), 0
        self._used += 1
        if self._used > self.most:
            raise self.refuse()
