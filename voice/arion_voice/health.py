"""Whether an engine can be relied on: failures in a row put it to rest for a while."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from arion_voice.errors import VoiceError, VoiceErrorKind
from arion_voice.timing import Clock

logger = logging.getLogger(__name__)

_LASTING = frozenset({VoiceErrorKind.NOT_ALLOWED, VoiceErrorKind.QUOTA})
"""What does not go away by itself: one of these is enough."""
_PASSING = frozenset({VoiceErrorKind.BUSY, VoiceErrorKind.TOO_LARGE})
"""What says nothing about the engine."""


@dataclass(frozen=True)
class HealthOptions:
    """When an engine rests. Times are in seconds."""

    failures: int = 2
    """Failures in a row after which it does."""
    rest_s: float = 30.0
    """The first rest; each one that follows without a success is twice as long."""
    longest_rest_s: float = 600.0
    """Also the rest after a refused key or used-up credit."""


class EngineHealth:
    """One engine's failures."""

    def __init__(self, name: str, clock: Clock, options: HealthOptions | None = None) -> None:
        """Take it for healthy.

        Args:
            name: of the engine, for the log.
            clock: tells when a rest is over.
            options: when it rests.
        """
        self._name = name
        self._clock = clock
        self._options = options or HealthOptions()
        self._failures = 0
        self._rests = 0
        self._rests_until: float | None = None
        self.problem = ""
        """What went wrong the last time; empty where it went well."""

    @property
    def is_resting(self) -> bool:
        """Whether it is not to be asked. After its rest one failure is enough for the next."""
        return self._rests_until is not None and self._clock.now() < self._rests_until

    def succeeded(self) -> None:
        """Note that it did what it was asked."""
        if self.problem:
            logger.info("%s works again", self._name)
        self._failures = self._rests = 0
        self._rests_until = None
        self.problem = ""

    def failed(self, error: VoiceError) -> None:
        """Note that it did not."""
        if error.message != self.problem:
            logger.warning("%s failed: %s", self._name, error.message)
        self.problem = error.message
        if error.kind in _PASSING:
            return
        self._failures += 1
        options = self._options
        if error.kind in _LASTING:
            self._rest(options.longest_rest_s)
        elif self._failures >= options.failures:
            self._rest(min(options.longest_rest_s, options.rest_s * 2**self._rests))
            self._rests += 1

    def _rest(self, seconds: float) -> None:
        self._rests_until = self._clock.now() + seconds
        logger.warning("%s rests for %.0f s", self._name, seconds)
