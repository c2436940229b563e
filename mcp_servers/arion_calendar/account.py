"""Whose calendar it is, and what the token allows."""

from __future__ import annotations

from arion_calendar.api import CalendarApi
from arion_kit.spec import Account

_AUTH = "https://www.googleapis.com/auth/"
ALL = f"{_AUTH}calendar"
"""Every right over every calendar."""
READ = f"{_AUTH}calendar.readonly"
EVENTS = f"{_AUTH}calendar.events"
EVENTS_READ = f"{_AUTH}calendar.events.readonly"
CALENDARS = f"{_AUTH}calendar.calendarlist.readonly"
FREE_BUSY = f"{_AUTH}calendar.freebusy"

_COVERED = {
    ALL: frozenset({READ, EVENTS, EVENTS_READ, CALENDARS, FREE_BUSY}),
    READ: frozenset({EVENTS_READ, CALENDARS, FREE_BUSY}),
    EVENTS: frozenset({EVENTS_READ}),
    f"{_AUTH}calendar.calendarlist": frozenset({CALENDARS}),
    f"{_AUTH}calendar.events.owned": frozenset({EVENTS_READ}),
}
"""Scopes that a broader one holds (Calendar API, choose scopes)."""


async def check_account(api: CalendarApi) -> Account:
    """Reads the entry of the person's own calendar.

    Raises:
        ToolFailure: It cannot be read.
    """
    entry = await api.primary()
    granted = await api.granted_scopes()
    if granted is None:
        return Account(entry.id)
    return Account(entry.id, granted.union(*(_COVERED.get(it, frozenset()) for it in granted)))
