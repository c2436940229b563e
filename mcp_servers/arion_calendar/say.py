"""The spoken sentences of the tools, by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from arion_calendar import change_en, change_ko, say_en, say_ko
from arion_calendar.asked import Asked, Looked
from arion_calendar.changed import Answered, Changed, Guests, Made, NewEvent, Removal
from arion_calendar.occurrence import Occurrence
from arion_calendar.times import Window
from arion_kit.words import Language


class Speaker(Protocol):
    """One language's sentences about what there is."""

    def events(
        self, rows: Sequence[Occurrence], asked: Asked, *, more: bool = False, unreadable: int = 0
    ) -> str:
        """How many events a window holds, and the first few of them."""
        ...

    def details(
        self, event: Occurrence, guests: Sequence[str], *, organizer: str | None, today: date
    ) -> str:
        """When and where an event is, and who comes; `organizer` where it is somebody else."""
        ...

    def free_busy(self, busy: Sequence[Window], asked: Asked, *, read: int, unreadable: int) -> str:
        """When the person is busy, from `read` calendars; `unreadable` others are unknown."""
        ...

    def slots(
        self, found: Sequence[Window], asked: Asked, looked: Looked, *, read: int, unreadable: int
    ) -> str:
        """When something would fit, and where it was not looked for."""
        ...

    def calendars(self, names: Sequence[str | None]) -> str:
        """The calendars there are; None stands for the person's own."""
        ...

    def now(self, moment: datetime, city: str | None) -> str:
        """The present moment; `city` names a zone that is not the person's."""
        ...


class ChangeSpeaker(Protocol):
    """One language's questions before a change and sentences after it."""

    def ask_create(self, new: NewEvent, *, today: date) -> str:
        """Whether to put an event in and invite people."""
        ...

    def ask_update(self, changed: Changed, *, today: date) -> str:
        """Whether to change an event."""
        ...

    def ask_delete(self, removal: Removal, *, today: date) -> str:
        """Whether to delete an event."""
        ...

    def ask_restore(self, title: str, guests: Guests) -> str:
        """Whether to put back what was there before."""
        ...

    def created(self, made: Made, *, today: date) -> str:
        """What was put into the calendar, and what else is at that time."""
        ...

    def updated(self, changed: Changed, *, today: date) -> str:
        """What an event is now."""
        ...

    def restored(self, title: str, *, deleted: bool) -> str:
        """What was put back; `deleted` where it had been gone."""
        ...

    def removed(self, removal: Removal, *, today: date) -> str:
        """What was deleted."""
        ...

    def gone(self, title: str) -> str:
        """That an event was deleted before."""
        ...

    def answered(self, answer: Answered, *, today: date) -> str:
        """What an invitation was answered with."""
        ...

    def not_invited(self, title: str) -> tuple[str, str]:
        """Why there is nothing to answer, and what to do."""
        ...


SPEAKERS: Mapping[Language, Speaker] = {"ko": say_ko, "en": say_en}
CHANGES: Mapping[Language, ChangeSpeaker] = {"ko": change_ko, "en": change_en}
