"""How much a cloud voice may still speak today: counted in a file, so that a restart knows it."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

logger = logging.getLogger(__name__)


class CloudBudget:
    """Characters a day. What processes that share the file spend adds up."""

    def __init__(self, per_day: int, file: Path, *, today: Callable[[], date] = date.today) -> None:
        """Read nothing yet.

        Args:
            per_day: characters that may be spoken a day.
            file: where they are counted. One that can't be used is warned of, and the count
                begins anew, in memory.
            today: tells the day.
        """
        self.per_day = per_day
        self._file = file
        self._today = today
        self._memory: tuple[str, int] = ("", 0)
        """The day and its characters, where the file can't be written."""
        self._warned = False

    @property
    def left(self) -> int:
        """Characters that may still be spoken today."""
        return max(0, self.per_day - self._spent())

    def spend(self, characters: int) -> None:
        """Count what was spoken."""
        day = self._today().isoformat()
        self._memory = (day, self._spent() + characters)
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"day": day, "characters": self._memory[1]}))
            part.replace(self._file)
        except OSError as error:
            self._warn("cannot be written", error)

    def _spent(self) -> int:
        day = self._today().isoformat()
        kept_day, kept = self._memory
        here = kept if kept_day == day else 0
        try:
            count = json.loads(self._file.read_text())
            there = int(count["characters"]) if count["day"] == day else 0
        except FileNotFoundError:
            there = 0
        except (OSError, ValueError, TypeError, KeyError) as error:
            self._warn("is damaged; the count begins anew", error)
            there = 0
        return max(here, there)

    def _warn(self, problem: str, error: Exception) -> None:
        if not self._warned:
            logger.warning("the budget of the cloud voice: %s %s: %s", self._file, problem, error)
        self._warned = True
