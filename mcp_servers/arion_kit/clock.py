"""Time and chance as values, so that waiting code can be tested without waiting."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """What the HTTP client, limiter and breaker know of time. Every value is in seconds."""

    monotonic: Callable[[], float] = time.monotonic
    """Never goes back; its zero means nothing."""
    wall: Callable[[], float] = time.time
    """Since the Unix epoch, to read a `Retry-After` that is a date."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    """Evenly spread over 0 ≤ x < 1."""


SYSTEM_CLOCK = Clock()
