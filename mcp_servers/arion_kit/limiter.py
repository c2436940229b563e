"""Keeps calls under a vendor's quota, which may count units rather than requests."""

from __future__ import annotations

from dataclasses import dataclass

from arion_kit.clock import SYSTEM_CLOCK, Clock


@dataclass(frozen=True)
class Quota:
    """A token bucket: `burst` units at once, refilled at `units_per_s`."""

    units_per_s: float
    burst: float


class Limiter:
    """Hands out units in the order they were asked for.

    A caller that finds the bucket empty goes into debt and waits until the debt is paid, so that
    waiting callers keep their order without a queue.
    """

    def __init__(self, quota: Quota, clock: Clock = SYSTEM_CLOCK) -> None:
        self._quota = quota
        self._clock = clock
        self._units = quota.burst
        self._at = clock.monotonic()

    def wait_s(self, cost: float = 1.0) -> float:
        """Seconds a caller of `take` would wait now for `cost` units."""
        self._refill()
        return max(0.0, (cost - self._units) / self._quota.units_per_s)

    async def take(self, cost: float = 1.0) -> None:
        """Waits until `cost` units are free and uses them. A cancelled wait still pays."""
        wait_s = self.wait_s(cost)
        self._units -= cost
        if wait_s > 0:
            await self._clock.sleep(wait_s)

    def _refill(self) -> None:
        now = self._clock.monotonic()
        grown = self._units + (now - self._at) * self._quota.units_per_s
        self._units = min(self._quota.burst, grown)
        self._at = now
