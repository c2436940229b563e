"""Keeps a run within its time, its requests and its tokens, and counts what it takes."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from arion_host.agents.model.prices import Price
from arion_host.agents.model.seam import Limits, StopKind, Usage

BYTES_PER_TOKEN = 2
"""Fewer than any usual tokenizer needs (3 for Hangul, 4 for English), so an upper bound."""


class Halt(Exception):
    """Ends a run from within; it never leaves the loop."""

    def __init__(self, kind: StopKind, reason: str) -> None:
        super().__init__(reason)
        self.kind: StopKind = kind
        self.reason = reason


class Meter:
    """What one run has taken so far, and how much it may still take."""

    def __init__(
        self, limits: Limits, price: Price | None, clock: Callable[[], float] = monotonic
    ) -> None:
        self._limits = limits
        self._price = price
        self._clock = clock
        self._until = clock() + limits.deadline_s
        self._requests = 0
        self._input = self._cached = self._output = self._written = 0
        self._cost = 0.0

    @property
    def left_s(self) -> float:
        """Seconds until the deadline; not more than zero once it has passed."""
        return self._until - self._clock()

    @property
    def usage(self) -> Usage:
        """What the run has taken."""
        return Usage(
            self._requests,
            self._input,
            self._cached,
            self._output,
            round(self._cost, 9) if self._price or not self._requests else None,
            self._written,
        )

    def reserve(self, request_bytes: int) -> int:
        """Set aside what a request may take at most; say for how many input tokens.

        Raises:
            Halt: there is no time, no request or no token left for it.
        """
        if self.left_s <= 0:
            raise Halt("deadline", f"No answer within {self._limits.deadline_s:g} s.")
        if self._requests >= self._limits.requests:
            raise Halt("turns", f"No answer after {self._requests} requests.")
        tokens = request_bytes // BYTES_PER_TOKEN
        most = self._limits.output_tokens
        self._check_tokens(tokens + most)
        self._requests += 1
        return tokens

    def settle(self, reserved: int, usage: Usage) -> None:
        """Count what a request took; all that was set aside where the endpoint does not say."""
        if not usage.input_tokens and not usage.output_tokens:
            usage = Usage(1, reserved, 0, self._limits.output_tokens)
        self._input += usage.input_tokens
        self._cached += usage.cached_tokens
        self._output += usage.output_tokens
        self._written += usage.written_tokens
        if self._price is not None:
            self._cost += self._price.cost(
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                cached_tokens=usage.cached_tokens,
                written_tokens=usage.written_tokens,
            )

    def _check_tokens(self, more: int) -> None:
        most = self._limits.tokens
        if most is not None and self._input + self._output + more > most:
            raise Halt("budget", f"The next request could pass the budget of {most} tokens.")
