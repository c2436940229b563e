"""When a drive begins. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from arion_kit.errors import BadInput

_NOW_S = 120
"""A departure this near counts as now."""


def read_departure(text: str | None, now: datetime) -> datetime | None:
    """The moment that `text` names; None for now.

    Without an offset it is a time in the zone of `now`; a day alone is that day at the hour that
    `now` shows.

    Raises:
        BadInput: It is no time, or over.
    """
    if text is None or not text.strip():
        return None
    moment = _moment(text.strip(), now)
    if abs((moment - now).total_seconds()) <= _NOW_S:
        return None
    if moment < now:
        raise BadInput("departure_time", f"is over; it is {now:%Y-%m-%dT%H:%M} now")
    if moment > now + timedelta(days=366):
        raise BadInput("departure_time", "may be at most a year from now")
    return moment


def _moment(text: str, now: datetime) -> datetime:
    try:
        if len(text) == len("2026-11-24"):
            day = date.fromisoformat(text)
            return now.replace(year=day.year, month=day.month, day=day.day)
        moment = datetime.fromisoformat(text.upper())
        return (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)).astimezone(
            now.tzinfo
        )
    except (ValueError, OverflowError):
        raise BadInput(
            "departure_time", "must be a time such as 2026-11-24T09:00, or left out for now"
        ) from None
