"""The guests of an event: who they are to be, and how they are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import cast

from pydantic import JsonValue

from arion_calendar.wire import Attendee, Event
from arion_kit.errors import BadInput
from arion_kit.speech import speakable

_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_SHOWN = 100


def check_addresses(addresses: Iterable[str]) -> None:
    """Refuses what is no mail address."""
    for address in addresses:
        if not _MAIL.fullmatch(address):
            raise BadInput("attendees", f"{address!r} is no mail address")


def new_guests(addresses: Sequence[str]) -> list[JsonValue]:
    """Guests as the Calendar API takes them."""
    check_addresses(addresses)
    return [{"email": address} for address in dict.fromkeys(addresses)]


def replaced_guests(event: Event, addresses: Sequence[str]) -> list[JsonValue]:
    """The guests of an event when they are to be these.

    Who stays keeps their answer; the person, the organizer and rooms are no guests to replace.
    """
    check_addresses(addresses)
    rows = event.raw.get("attendees")
    there = cast("list[dict[str, JsonValue]]", rows) if isinstance(rows, list) else []
    by_address = {str(row.get("email", "")).casefold(): row for row in there}
    fixed = [row for row in there if row.keys() & {"self", "organizer", "resource"}]
    kept = {str(row.get("email", "")).casefold() for row in fixed}
    asked = {it.casefold(): it for it in addresses if it.casefold() not in kept}
    guests: list[dict[str, JsonValue]] = [
        *fixed,
        *(by_address.get(folded, {"email": address}) for folded, address in asked.items()),
    ]
    return cast("list[JsonValue]", guests)


def answered(
    event: Event, me: Attendee, response: str, comment: str | None
) -> dict[str, JsonValue]:
    """The change that answers an invitation; nobody else's answer is touched."""
    mine: dict[str, JsonValue] = {"email": me.email, "responseStatus": response}
    if comment is not None:
        mine["comment"] = comment
    if event.attendees_omitted:
        # Google takes a list that is not whole for an answer only when it is told so.
        return {"attendees": [mine], "attendeesOmitted": True}
    rows = event.raw.get("attendees")
    there = cast("list[dict[str, JsonValue]]", rows) if isinstance(rows, list) else []
    return {
        "attendees": [{**row, **mine} if row.get("email") == me.email else row for row in there]
    }


def addresses_of(guests: JsonValue) -> list[str]:
    """The addresses of guests as the Calendar API sends and takes them."""
    rows = cast("list[dict[str, JsonValue]]", guests) if isinstance(guests, list) else []
    return [str(row.get("email", "")) for row in rows if row.get("self") is not True][:_SHOWN]


def names_of(guests: JsonValue) -> list[str]:
    """How guests are called: by their name, else by what stands before the @."""
    rows = cast("list[dict[str, JsonValue]]", guests) if isinstance(guests, list) else []
    return [
        _name(str(row.get("displayName") or ""), str(row.get("email", "")))
        for row in rows
        if row.get("self") is not True and row.get("resource") is not True
    ]


def _name(shown: str, email: str) -> str:
    local = re.sub(r"[._+-]+", " ", email.partition("@")[0])
    return speakable(shown) or speakable(local) or "?"
