"""What stays of a text that is still being heard. Pure."""

from __future__ import annotations

from itertools import takewhile


def stable_length(before: str, now: str) -> int:
    """How many characters of a hypothesis will stay: the words it shares with the one before it.

    Source: local agreement, Liu et al. 2020, "Low-Latency Sequence-to-Sequence Speech Recognition
    and Translation by Partial Hypothesis Selection".

    Args:
        before: what was made of a shorter stretch of the same speech.
        now: what is made of it now.
    """
    pairs = zip(before.split(), now.split(), strict=False)
    shared = [word for _, word in takewhile(lambda pair: pair[0] == pair[1], pairs)]
    return len(" ".join(shared))
