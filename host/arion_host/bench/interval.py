"""How far a share of few samples may be from the truth."""

from __future__ import annotations

import math

_Z_95 = 1.959963984540054
"""Quantile of the standard normal distribution for a two-sided 95 % interval."""


def wilson(hits: int, n: int) -> tuple[float, float] | None:
    """The 95 % Wilson score interval of a share; None without samples.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212.
    """
    if n == 0:
        return None
    share, z2 = hits / n, _Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(hits: int, n: int) -> float | None:
    """Hits in n; None without samples."""
    return hits / n if n else None


def percentile(values: list[float], percent: float) -> float | None:
    """The nearest-rank percentile; None without samples."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(percent / 100 * len(values)) - 1)]
