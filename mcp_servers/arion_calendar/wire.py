"""What the Calendar API sends, as far as this server reads it.

Source: the Calendar API v3 discovery document.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    model_validator,
)
from pydantic.alias_generators import to_camel


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, validate_by_name=True)


class EventTime(_Wire):
    """A day (all-day events) or a moment."""

    day: date | None = Field(default=None, alias="date")
    date_time: datetime | None = None
    time_zone: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_offset(cls, value: Any) -> Any:
        """A moment without an offset is in the zone beside it; without either it is no moment."""
        if not isinstance(value, dict):
            return value
        sent = cast("dict[str, Any]", value)
        text = sent.get("dateTime")
        if not isinstance(text, str):
            return sent
        read = datetime.fromisoformat(text.upper())
        if read.tzinfo is None:
            try:
                read = read.replace(tzinfo=ZoneInfo(str(sent.get("timeZone"))))
            except (KeyError, OSError):
                raise ValueError("has neither an offset nor a time zone") from None
        return {**sent, "dateTime": read}


class Person(_Wire):
    """Somebody, by their address."""

    email: str = ""
    display_name: str = ""
    me: bool = Field(default=False, alias="self")

    def raw_name(self) -> dict[str, JsonValue]:
        """Name and address, as the API writes them."""
        return {"email": self.email, "displayName": self.display_name}


class Attendee(Person):
    """Somebody who is invited."""

    response_status: str = "needsAction"
    comment: str = ""
    organizer: bool = False
    optional: bool = False
    resource: bool = False
    """A room or a thing, no person."""


class Properties(_Wire):
    """Values that programs keep beside an event; `private` ones are seen by its owner alone."""

    private: dict[str, str] = {}


class EntryPoint(_Wire):
    """One way into a video meeting."""

    entry_point_type: str = ""
    uri: str = ""


class RequestStatus(_Wire):
    """How far the making of a meeting is."""

    status_code: str = "pending"


class MeetingRequest(_Wire):
    """The wish for a meeting."""

    status: RequestStatus = RequestStatus()


class Conference(_Wire):
    """A video meeting."""

    create_request: MeetingRequest | None = None
    entry_points: tuple[EntryPoint, ...] = ()


class Reminder(_Wire):
    """A reminder before an event."""

    method: str = "popup"
    minutes: int = 0


class Reminders(_Wire):
    """The reminders of an event."""

    use_default: bool = True
    overrides: tuple[Reminder, ...] = ()


class Event(_Wire):
    """An event, or one occurrence of a series. A deleted one may hold its id and status alone."""

    id: str
    etag: str = ""
    status: str = "confirmed"
    summary: str = ""
    description: str = ""
    location: str = ""
    html_link: str = ""
    start: EventTime | None = None
    end: EventTime | None = None
    original_start_time: EventTime | None = None
    """When an occurrence was before somebody moved it."""
    transparency: str = "opaque"
    organizer: Person | None = None
    guests_can_modify: bool = False
    attendees: tuple[Attendee, ...] = ()
    attendees_omitted: bool = False
    """There are more guests than these."""
    recurrence: tuple[str, ...] = ()
    """RRULE lines; on the series itself, not on its occurrences."""
    recurring_event_id: str | None = None
    """The series an occurrence belongs to."""
    reminders: Reminders = Reminders()
    conference_data: Conference | None = None
    hangout_link: str = ""
    extended_properties: Properties = Properties()
    raw: dict[str, JsonValue] = {}
    """All of it, as it came."""

    @model_validator(mode="before")
    @classmethod
    def _keep_all(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "raw" in value:
            return cast("Any", value)
        sent = cast("dict[str, Any]", value)
        return {**sent, "raw": sent}

    @property
    def deleted(self) -> bool:
        """Whether it is gone for its owner; Google keeps the id."""
        return self.status == "cancelled"

    @property
    def mine(self) -> bool:
        """Whether the person may change what all guests see."""
        return self.organizer is None or self.organizer.me or self.guests_can_modify

    @property
    def me(self) -> Attendee | None:
        """The person among the guests."""
        return next((guest for guest in self.attendees if guest.me), None)

    @property
    def others(self) -> tuple[Attendee, ...]:
        """The guests who are people, without the person."""
        return tuple(it for it in self.attendees if not it.me and not it.resource)


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
    access_role: str = "reader"
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
