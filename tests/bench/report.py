"""What a bench prints: figures, how many samples stand behind each, and where it ran."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The nearest-rank percentile; None without samples."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float | None:
    """The median; None without samples."""
    return statistics.median(values) if values else None


def machine() -> dict[str, Any]:
    """Enough to know whether two runs may be compared."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "load_1m": round(os.getloadavg()[0], 2),
    }


@dataclass
class Report:
    """One bench's result."""

    bench: str
    baseline: str
    figures: dict[str, float | None] = field(default_factory=dict)
    n: dict[str, int] = field(default_factory=dict)
    machine: dict[str, Any] = field(default_factory=machine)

    def add(self, name: str, value: float | None, n: int) -> None:
        """Takes a figure that was measured over `n` samples; None where it could not be."""
        self.figures[name] = None if value is None else round(value, 3)
        self.n[name] = n

    def as_json(self) -> str:
        """One object, as every bench prints it."""
        return json.dumps(vars(self), ensure_ascii=False)

    def as_text(self) -> str:
        """One line a figure, for people."""
        width = max(map(len, self.figures), default=0)
        lines = [f"{self.bench} (beside it: {self.baseline})"]
        for name, value in self.figures.items():
            shown = "not taken" if value is None else f"{value:g}"
            lines.append(f"  {name:<{width}}  {shown}  (n={self.n[name]})")
        return "\n".join(lines)
