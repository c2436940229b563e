"""What a person sees before a change that they are asked about."""

from __future__ import annotations

from datetime import date

from pydantic import JsonValue

from arion_calendar.api import SendUpdates
from arion_calendar.changed import Changed, Guests, NewEvent, Removal
from arion_calendar.models import event_row
from arion_calendar.occurrence import Occurrence
from arion_calendar.say import CHANGES
from arion_kit.confirm import Preview
from arion_kit.words import Language


def create_preview(
    new: NewEvent, addresses: list[str], send_updates: SendUpdates, language: Language, today: date
) -> Preview:
    """Before people are invited."""
    details = {**_shown(new.event), **_mail(addresses, send_updates)}
    return Preview(CHANGES[language].ask_create(new, today=today), details)


def change_preview(
    changed: Changed,
    addresses: list[str],
    send_updates: SendUpdates,
    language: Language,
    today: date,
) -> Preview:
    """Before guests are told of a change, or times that somebody set are lost."""
    details: dict[str, JsonValue] = {
        **_shown(changed.old),
        "scope": changed.scope,
        "changes": list(changed.names),
        "becomes": _shown(changed.event),
        "reset": changed.reset,
        **_mail(addresses, send_updates),
    }
    return Preview(CHANGES[language].ask_update(changed, today=today), details)


def delete_preview(
    removal: Removal,
    addresses: list[str],
    send_updates: SendUpdates,
    language: Language,
    today: date,
) -> Preview:
    """Before something is deleted."""
    details: dict[str, JsonValue] = {
        **_shown(removal.event),
        "scope": removal.scope,
        **_mail(addresses, send_updates),
    }
    return Preview(CHANGES[language].ask_delete(removal, today=today), details)


def restore_preview(
    title: str,
    guests: Guests,
    addresses: list[str],
    send_updates: SendUpdates,
    language: Language,
) -> Preview:
    """Before guests are told that something is as it was."""
    details: dict[str, JsonValue] = {"event": title, **_mail(addresses, send_updates)}
    return Preview(CHANGES[language].ask_restore(title, guests), details)


def _shown(event: Occurrence) -> dict[str, JsonValue]:
    row = event_row(event)
    shown: dict[str, JsonValue] = {"event": row.summary, "start": row.start, "end": row.end}
    return {**shown, "location": row.location} if row.location else shown


def _mail(addresses: list[str], send_updates: SendUpdates) -> dict[str, JsonValue]:
    if not addresses:
        return {}
    return {"guests": list[JsonValue](addresses), "mail": send_updates}
