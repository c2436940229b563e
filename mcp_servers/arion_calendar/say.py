"""The spoken sentences of the tools, by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from arion_calendar import say_en, say_ko
from arion_calendar.asked import Asked
from arion_calendar.occurrence import Occurrence
from arion_calendar.times import Window
from arion_kit.words import Language


class Speaker(Protocol):
    """One language's sentences."""

    def events(
        self, rows: Sequence[Occurrence], asked: Asked, *, more: bool = False, unreadable: int = 0
    ) -> str:
        """How many events a window holds, and the first few of them."""
        ...

    def created(
        self,
        event: Occurrence,
        conflicts: Sequence[Occurrence],
        *,
        today: date,
        existed: bool,
        mailed: bool,
    ) -> str:
        """What was put into the calendar, and what else is at that time."""
        ...

    def deleted(self, title: str, event: Occurrence | None, *, today: date) -> str:
        """What was taken out of the calendar; `event` is None when it was gone already."""
        ...

    def free_busy(self, busy: Sequence[Window], asked: Asked, *, read: int, unreadable: int) -> str:
        """When the person is busy, from `read` calendars; `unreadable` others are unknown."""
        ...

    def calendars(self, names: Sequence[str | None]) -> str:
        """The calendars there are; None stands for the person's own."""
        ...

    def now(self, moment: datetime, city: str | None) -> str:
        """The present moment; `city` names a zone that is not the person's."""
        ...


SPEAKERS: Mapping[Language, Speaker] = {"ko": say_ko, "en": say_en}
