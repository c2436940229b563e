"""How many may talk at once: whoever comes beyond that is told when to come again."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

_LEAVINGS = 16
"""Of the last so many it is reckoned how often somebody leaves."""

_UNKNOWN_S = 30
"""When to come again where nobody has left yet, in seconds."""

_LONGEST_S = 60


class Admission:
    """The connections of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody is here.

        Args:
            clock: gives seconds that never go back.
        """
        self._clock = clock
        self._inside = 0
        self._left: deque[float] = deque(maxlen=_LEAVINGS)

    def wait_s(self, most: int) -> int | None:
        """In how many seconds a place is likely to be free; None: fewer than `most` are here."""
        return None if self._inside < most else self._expected_s()

    def enter(self) -> None:
        """Take a place, to be given back with `leave`."""
        self._inside += 1

    def leave(self) -> None:
        """Give a place back."""
        self._inside -= 1
        self._left.append(self._clock())

    def _expected_s(self) -> int:
        if not self._left:
            return _UNKNOWN_S
        # The time since the last one counts too: where nobody leaves any more, it gets longer.
        between_s = (self._clock() - self._left[0]) / len(self._left)
        return min(_LONGEST_S, max(1, math.ceil(between_s)))
