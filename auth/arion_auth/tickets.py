"""Tickets that open one WebSocket: a browser can send no header with one, and an address is logged.

So the page asks for a ticket by a request that tells who it is, and connects with it at once.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from arion_auth.principal import Principal

TICKET_S = 30.0
"""Time a ticket is good for, in seconds."""

_MOST = 1024
"""Tickets that may be out; then the oldest is good no more."""


class Tickets:
    """The tickets of one process that were not used yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """None is out.

        Args:
            clock: gives seconds that never go back.
        """
        self._clock = clock
        self._out: dict[str, tuple[float, Principal]] = {}
        """When each ends, and whose it is; the oldest is first."""

    def issue(self, principal: Principal) -> str:
        """A new ticket: 43 characters that fit into a URL."""
        self._forget_old()
        while len(self._out) >= _MOST:
            del self._out[next(iter(self._out))]
        ticket = secrets.token_urlsafe(32)
        self._out[ticket] = (self._clock() + TICKET_S, principal)
        return ticket

    def redeem(self, ticket: str) -> Principal | None:
        """Use a ticket up. None: it is unknown, was used, or is too old."""
        self._forget_old()
        _, principal = self._out.pop(ticket, (0.0, None))
        return principal

    def _forget_old(self) -> None:
        now = self._clock()
        while self._out:
            first = next(iter(self._out))
            if self._out[first][0] > now:
                break
            del self._out[first]
