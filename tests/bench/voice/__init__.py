"""Speech against a running host: see `plan` for what is measured."""

from __future__ import annotations

from tests.bench.report import Report


def measure() -> Report:
    """Everything."""
    # The microphone is a module of this package, and needs none of the speech engines.
    from tests.bench.voice.plan import measure as take

    return take()
