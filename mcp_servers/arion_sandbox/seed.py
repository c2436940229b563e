"""What every account starts with: the calendars and the mailbox of Kim Haneul.

`data/calendar.toml` and `data/mail.toml` say it in days relative to the day of seeding, so that
there is always something today, tomorrow and last week. The same day gives the same rows.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import cast

from arion_sandbox.calendar_seed import SEOUL, calendar_rows, weekday_of
from arion_sandbox.github_seed import github_rows
from arion_sandbox.gmail import LABELS, MESSAGES, message_document
from arion_sandbox.json_types import JsonObject, as_object, as_objects, as_text, as_texts
from arion_sandbox.notion_seed import notion_rows
from arion_sandbox.seed_mail import compose
from arion_sandbox.store import SeedRow


@lru_cache(maxsize=4)
def seed_rows(today: date) -> tuple[SeedRow, ...]:
    """Make all rows for a day."""
    people = as_object(_data("mail.toml")["people"])
    return (
        *calendar_rows(today, people),
        *_mail_rows(today, people),
        *notion_rows(today),
        *github_rows(today),
    )


def _data(name: str) -> JsonObject:
    text = (files("arion_sandbox") / "data" / name).read_text("utf-8")
    return cast("JsonObject", tomllib.loads(text))


def _key(today: date, *parts: str) -> str:
    """Make an id that differs between days, so that no old one means something else."""
    return hashlib.sha256("|".join((today.isoformat(), *parts)).encode()).hexdigest()


def _dated(text: str, today: date) -> str:
    """Write dates in the place of `{1 WE}`: "12월 2일(수)"."""

    def spoken(matched: re.Match[str]) -> str:
        day = weekday_of(today, int(matched[1]), matched[2])
        return f"{day.month}월 {day.day}일({'월화수목금토일'[day.weekday()]})"

    return re.sub(r"\{(\d) (MO|TU|WE|TH|FR|SA|SU)\}", spoken, text)


def _mail_rows(today: date, people: JsonObject) -> Iterator[SeedRow]:
    data = _data("mail.toml")
    for item in as_objects(data["label"]):
        label_id = as_text(item["id"])
        shown: JsonObject = {"messageListVisibility": "show", "labelListVisibility": "labelShow"}
        yield SeedRow(LABELS, label_id, item | shown | {"type": "user"})
    threads: dict[str, str] = {}
    earlier: dict[str, tuple[str, ...]] = {}
    for item in as_objects(data["mail"]):
        key, parent = as_text(item["key"]), as_text(item.get("replies_to"))
        message_id = _key(today, "mail", key)[:16]
        threads[key] = threads[parent] if parent else message_id
        earlier[key] = (*earlier.get(parent, ()), f"<{message_id}@mail.example>")
        day = today + timedelta(days=cast("int", item["day"]))
        at = datetime.combine(day, time.fromisoformat(as_text(item["at"])), SEOUL)
        written = {n: _dated(as_text(item[n]), today) for n in ("text", "html") if n in item}
        raw = compose(item | written, people, at, earlier[key])
        labels = as_texts(item["labels"])
        document = message_document(message_id, threads[key], labels, raw, at)
        yield SeedRow(MESSAGES, message_id, document)
