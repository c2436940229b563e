"""What the Calendar API sends, as far as this server reads it.

Source: the Calendar API v3 discovery document.
"""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, validate_by_name=True)


class EventTime(_Wire):
    """A day (all-day events) or a moment."""

    day: date | None = Field(default=None, alias="date")
    date_time: AwareDatetime | None = None


class Attendee(_Wire):
    """Somebody who is invited."""

    me: bool = Field(default=False, alias="self")
    response_status: str = "needsAction"


class Properties(_Wire):
    """Values that programs keep beside an event; `private` ones are seen by its owner alone."""

    private: dict[str, str] = {}


class Event(_Wire):
    """An event, or one occurrence of a series. A deleted one may hold its id and status alone."""

    id: str
    status: str = "confirmed"
    summary: str = ""
    location: str = ""
    html_link: str = ""
    start: EventTime | None = None
    end: EventTime | None = None
    transparency: str = "opaque"
    attendees: tuple[Attendee, ...] = ()
    recurrence: tuple[str, ...] = ()
    """RRULE lines; on the series itself, not on its occurrences."""
    recurring_event_id: str | None = None
    """The series an occurrence belongs to."""
    extended_properties: Properties = Properties()

    @property
    def deleted(self) -> bool:
        """Whether it is gone for its owner; Google keeps the id."""
        return self.status == "cancelled"


class EventPage(_Wire):
    """A page of events."""

    items: tuple[Event, ...] = ()
    next_page_token: str | None = None


class CalendarEntry(_Wire):
    """A calendar in the person's list."""

    id: str
    summary: str = ""
    summary_override: str | None = None
    primary: bool = False
    access_role: str
    time_zone: str | None = None


class CalendarPage(_Wire):
    """A page of calendars."""

    items: tuple[CalendarEntry, ...] = ()
    next_page_token: str | None = None


class Period(_Wire):
    """A stretch of time; the end is exclusive."""

    start: AwareDatetime
    end: AwareDatetime


class Problem(_Wire):
    """Why a calendar could not be read."""

    reason: str = "unknown"


class Busy(_Wire):
    """When one calendar is busy. With `errors`, `busy` says nothing."""

    busy: tuple[Period, ...] = ()
    errors: tuple[Problem, ...] = ()


class BusyAnswer(_Wire):
    """The answer of a free/busy query, by calendar id."""

    calendars: dict[str, Busy] = {}
