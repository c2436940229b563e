"""The vendors' own descriptions of their APIs, against which requests are judged.

Big ones are no part of the repository: `scripts/specs` prepares them in `.tools/specs`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPECS = ROOT / ".tools/specs"


def prepared(name: str) -> Path:
    """Where the description `name` is; the test is skipped where it is not (in CI it fails)."""
    path = SPECS / name
    if not path.is_file():
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up(f"needs {path.relative_to(ROOT)}: run scripts/specs")
    return path
