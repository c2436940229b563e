"""The guests of an event: what each may change, and who is told of a change."""

from __future__ import annotations

from arion_sandbox.errors import GoogleError
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text

OWN = frozenset({"reminders", "colorId", "transparency", "visibility", "attendeesOmitted"})
"""Fields of a guest's copy that are the guest's own."""

BOOKKEEPING = frozenset({"etag", "updated", "sequence"})
ANSWERS = ("responseStatus", "comment", "additionalGuests")
"""What a guest says of themselves."""


def is_organizer(event: JsonObject) -> bool:
    """Tell whether the account's copy is the organizer's."""
    return as_object(event.get("organizer")).get("self") is True


def answered_only(before: JsonObject, after: JsonObject) -> JsonObject:
    """Merge a list of guests that stands for one answer (`attendeesOmitted`) into all of them."""
    if after.pop("attendeesOmitted", None) is not True:
        return after
    given = {as_text(one.get("email")): one for one in as_objects(after.get("attendees"))}
    merged: list[Json] = [
        one | given.get(as_text(one.get("email")), {}) for one in as_objects(before["attendees"])
    ]
    result: JsonObject = {**after, "attendees": merged}
    return result


def as_guest(before: JsonObject, after: JsonObject) -> JsonObject:
    """Take over what a guest may change; refuse what only the organizer may."""
    if is_organizer(before) or before.get("guestsCanModify") is True:
        return after
    for name in sorted(before.keys() | after.keys()):
        same = before.get(name) == after.get(name)
        if same or name in OWN or name in BOOKKEEPING or name in ("attendees", "status"):
            continue
        if name == "extendedProperties" and _shared(before) == _shared(after):
            continue
        message = "Shared properties can only be changed by the organizer of the event."
        raise GoogleError(403, "forbiddenForNonOrganizer", message, domain="calendar")
    mine = {as_text(one.get("email")): one for one in as_objects(after.get("attendees"))}
    guests: list[Json] = [
        one | _answer(mine.get(ACCOUNT, {})) if one.get("email") == ACCOUNT else one
        for one in as_objects(before.get("attendees"))
    ]
    result: JsonObject = {**after, "attendees": guests} if guests else after
    return result


def _shared(event: JsonObject) -> Json:
    return as_object(event.get("extendedProperties")).get("shared")


def _answer(person: JsonObject) -> JsonObject:
    return {name: person[name] for name in ANSWERS if name in person}


def marked(event: JsonObject) -> JsonObject:
    """Mark which of the guests the account is, and which the organizer."""
    if "attendees" not in event:
        return event
    organizer = as_text(as_object(event.get("organizer")).get("email"))
    guests: list[Json] = []
    for one in as_objects(event["attendees"]):
        email = as_text(one.get("email"))
        flags: JsonObject = {"self": True} if email == ACCOUNT else {}
        flags |= {"organizer": True} if email == organizer else {}
        plain = {name: it for name, it in one.items() if name not in ("self", "organizer")}
        guests.append(plain | flags)
    result: JsonObject = {**event, "attendees": guests}
    return result


def notice(event: JsonObject, what: str, updates: str | None) -> JsonObject | None:
    """Say who would be told of a change by mail, None when nobody is."""
    others = [
        as_text(one.get("email"))
        for one in as_objects(event.get("attendees"))
        if one.get("email") != ACCOUNT
    ]
    if not others or updates in (None, "none"):
        return None
    return {"event": event["id"], "what": what, "to": list(others), "sendUpdates": updates}
