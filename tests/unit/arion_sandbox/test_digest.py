"""What the stand-ins' accounts hold, in a form that can be compared."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from arion_sandbox.digest import digest
from arion_sandbox.store import Store

MAIL = "To: hana@example.com\r\nSubject: hi\r\nMessage-ID: <%s>\r\n\r\n%s\r\n"


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store(None)
    yield opened
    opened.close()


def mail(message_id: str, text: str) -> str:
    return base64.urlsafe_b64encode((MAIL % (message_id, text)).encode()).decode()


def test_two_of_the_same_are_equal_but_for_what_is_made_up(store: Store) -> None:
    for key, made in (("k1", "2026-11-23"), ("k2", "2026-11-24")):
        store.put(
            "events", key, {"id": key, "summary": "dentist", "created": made, "of": f"{key}@x"}
        )
    rows = digest(store)["events"]
    assert rows["k1"] == rows["k2"]


def test_another_title_is_another_hash(store: Store) -> None:
    store.put("events", "k1", {"summary": "dentist"})
    store.put("events", "k2", {"summary": "hike"})
    rows = digest(store)["events"]
    assert rows["k1"] != rows["k2"]


def test_mails_are_equal_where_they_say_the_same(store: Store) -> None:
    for key, text in (("a", "late"), ("b", "late"), ("c", "early")):
        store.put("messages", key, {"id": key, "raw": mail(f"{key}@x", text)})
    rows = digest(store)["messages"]
    assert rows["a"] == rows["b"] != rows["c"]
