"""The shopping list: what is on it, and every change, so that one can be taken back exactly.

A change has an id, made from the client's key where there is one: the same key finds the change
made already. Removed items stay in the file for a while, to be put back as they were.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from arion_shopping.names import letters
from arion_shopping.things import Thing, read_things

MOST_ITEMS = 500
MOST_OF_ONE = 999

_KEPT = timedelta(days=90)
_COLUMNS = "id, text, quantity, note, link, added_at"


@dataclass(frozen=True)
class Item:
    """Something to buy."""

    id: str
    text: str
    quantity: int
    note: str | None
    link: str | None
    added_at: str
    """RFC 3339."""


@dataclass(frozen=True)
class Change:
    """What was added or removed."""

    id: str
    items: tuple[Item, ...]
    """As they are on the list now; of removed ones, as many as were removed."""
    repeated: bool = False
    """The same change had been made before."""
    restored: bool = False
    """They were removed before, and are back."""
    grown: frozenset[str] = frozenset()
    """Ids of items that were there already, and are more now."""


@dataclass(frozen=True)
class Several:
    """Words that fit more than one item."""

    words: str
    items: tuple[Item, ...]


def change_id(key: str | None, what: str) -> str:
    """The id of a change; the same for the same key."""
    if key is None:
        return f"c{secrets.token_hex(6)}"
    return f"c{hashlib.sha256(f'{what}|{key}'.encode()).hexdigest()[:12]}"


def all_items(connection: sqlite3.Connection) -> list[Item]:
    """The list, in the order in which things were added."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM items WHERE removed = 0 ORDER BY rowid"  # noqa: S608 - constants
    )
    return [Item(*row) for row in rows]


def matching(items: Sequence[Item], words: str) -> list[Item]:
    """The items that the words name: those called just so, else those that contain them."""
    wanted = letters(words)
    if not wanted:
        return []
    exact = [item for item in items if letters(item.text) == wanted]
    if exact:
        return exact
    parts = [letters(part) for part in words.split()]
    return [
        item
        for item in items
        if wanted in letters(item.text)
        or all(part in letters(f"{item.text} {item.note or ''}") for part in parts)
    ]


def add_things(
    connection: sqlite3.Connection,
    change: str,
    things: Sequence[Thing],
    about: tuple[str | None, str | None],
    now: datetime,
) -> Change | None:
    """Puts things on the list; more of what is there already. None where it would be too long.

    Args:
        connection: In a transaction.
        change: Its id.
        things: What to add.
        about: Note and link of all of them.
        now: The present moment.
    """
    done = _made(connection, change)
    if done:
        return done
    items = all_items(connection)
    if len(items) + len(things) > MOST_ITEMS:
        return None
    counts: dict[str, int] = {}
    grown: set[str] = set()
    for thing in things:
        known = next((it for it in items if _is_same(it, thing, about)), None)
        if known:
            more = min(thing.quantity, MOST_OF_ONE - known.quantity)
            _set_quantity(connection, known.id, known.quantity + more)
            items[items.index(known)] = replace(known, quantity=known.quantity + more)
            if known.id not in counts:
                grown.add(known.id)
            counts[known.id] = counts.get(known.id, 0) + more
            continue
        item = Item(_item_id(connection), thing.text, thing.quantity, *about, now.isoformat())
        connection.execute(
            f"INSERT INTO items ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - constants
            (item.id, item.text, item.quantity, item.note, item.link, item.added_at),
        )
        items.append(item)
        counts[item.id] = item.quantity
    _record(connection, change, "add", list(counts.items()), now)
    return Change(change, _listed(connection, list(counts)), grown=frozenset(grown))


def remove_items(
    connection: sqlite3.Connection,
    change: str,
    target: str,
    quantity: int | None,
    now: datetime,
) -> Change | Several | None:
    """Takes off what `target` names: an id, an added change's id, words. None: there is none.

    `quantity` takes off only so many of each. Where any of several things is not there, nothing
    is taken off.
    """
    done = _made(connection, change)
    if done:
        return done
    items = all_items(connection)
    parts = _parts_of(connection, items, target)
    if parts is None:
        named = _named(items, target)
        if isinstance(named, Several):
            return named
        parts = [(item, quantity or item.quantity) for item in named]
    elif quantity and len(parts) == 1:
        parts = [(parts[0][0], quantity)]
    return _taken_off(connection, change, parts, now) if parts else None


def remove_all(connection: sqlite3.Connection, change: str, now: datetime) -> Change | None:
    """Takes everything off the list; None where it is empty."""
    done = _made(connection, change)
    if done:
        return done
    parts = [(item, item.quantity) for item in all_items(connection)]
    return _taken_off(connection, change, parts, now) if parts else None


def put_back(
    connection: sqlite3.Connection, change: str, removal: str, now: datetime
) -> Change | None:
    """Puts back what a change removed, where and as it was; None where there is no such change."""
    done = _made(connection, change)
    if done:
        return done
    row = connection.execute(
        "SELECT rows, undone FROM changes WHERE id = ? AND kind = 'remove'", (removal,)
    ).fetchone()
    if row is None:
        return None
    rows: list[tuple[str, int]] = [(it, count) for it, count in json.loads(row[0])]
    if row[1]:
        return Change(change, _listed(connection, [it for it, _ in rows]), repeated=True)
    for item, count in rows:
        connection.execute(
            "UPDATE items SET removed = 0,"
            " quantity = CASE removed WHEN 1 THEN ? ELSE min(quantity + ?, ?) END WHERE id = ?",
            (count, count, MOST_OF_ONE, item),
        )
    connection.execute("UPDATE changes SET undone = 1 WHERE id = ?", (removal,))
    _record(connection, change, "add", rows, now)
    return Change(change, _listed(connection, [it for it, _ in rows]), restored=True)


def _parts_of(
    connection: sqlite3.Connection, items: Sequence[Item], target: str
) -> list[tuple[Item, int]] | None:
    """The items of an id and how many of each; None where `target` is no id."""
    by_id = {item.id: item for item in items}
    if target in by_id:
        return [(by_id[target], by_id[target].quantity)]
    row = connection.execute(
        "SELECT rows FROM changes WHERE id = ? AND kind = 'add'", (target,)
    ).fetchone()
    if row is None:
        return None
    return [(by_id[it], count) for it, count in json.loads(row[0]) if it in by_id]


def _named(items: Sequence[Item], words: str) -> list[Item] | Several:
    """The item that the words name, or one for each of the things they name."""
    found = matching(items, words)
    if len(found) > 1:
        return Several(words, tuple(found))
    if found:
        return found
    named: dict[str, Item] = {}
    for thing in read_things(words):
        found = matching(items, thing.text)
        if len(found) > 1:
            return Several(thing.text, tuple(found))
        if not found:
            return []
        named[found[0].id] = found[0]
    return list(named.values())


def _taken_off(
    connection: sqlite3.Connection,
    change: str,
    parts: Sequence[tuple[Item, int]],
    now: datetime,
) -> Change:
    taken: list[Item] = []
    for item, wanted in parts:
        count = min(wanted, item.quantity)
        if count == item.quantity:
            connection.execute("UPDATE items SET removed = 1 WHERE id = ?", (item.id,))
        else:
            _set_quantity(connection, item.id, item.quantity - count)
        taken.append(replace(item, quantity=count))
    _record(connection, change, "remove", [(it.id, it.quantity) for it in taken], now)
    return Change(change, tuple(taken))


def _made(connection: sqlite3.Connection, change: str) -> Change | None:
    """The change, where it has been made before."""
    row = connection.execute("SELECT kind, rows FROM changes WHERE id = ?", (change,)).fetchone()
    if row is None:
        return None
    counts: dict[str, int] = dict(json.loads(row[1]))
    items = _listed(connection, list(counts), removed=row[0] == "remove")
    if row[0] == "remove":
        items = tuple(replace(item, quantity=counts[item.id]) for item in items)
    return Change(change, items, repeated=True)


def _listed(
    connection: sqlite3.Connection, ids: Sequence[str], *, removed: bool = False
) -> tuple[Item, ...]:
    """The items with these ids, in this order; `removed` has those that are off the list too."""
    found: dict[str, Item] = {}
    for item in ids:
        row = connection.execute(
            f"SELECT {_COLUMNS}, removed FROM items WHERE id = ?",  # noqa: S608 - constants
            (item,),
        ).fetchone()
        if row and (removed or not row[6]):
            found[item] = Item(*row[:6])
    return tuple(found.values())


def _record(
    connection: sqlite3.Connection,
    change: str,
    kind: str,
    rows: Sequence[tuple[str, int]],
    now: datetime,
) -> None:
    connection.execute(
        "INSERT INTO changes (id, kind, rows, at) VALUES (?, ?, ?, ?)",
        (change, kind, json.dumps(rows), now.isoformat()),
    )
    before = (now - _KEPT).isoformat()
    connection.execute("DELETE FROM changes WHERE at < ?", (before,))
    connection.execute(
        "DELETE FROM items WHERE removed = 1 AND added_at < ?"
        " AND NOT EXISTS (SELECT 1 FROM changes WHERE instr(changes.rows, items.id))",
        (before,),
    )


def _set_quantity(connection: sqlite3.Connection, item: str, quantity: int) -> None:
    connection.execute("UPDATE items SET quantity = ? WHERE id = ?", (quantity, item))


def _item_id(connection: sqlite3.Connection) -> str:
    while True:
        made = f"i{secrets.token_hex(4)}"
        if not connection.execute("SELECT 1 FROM items WHERE id = ?", (made,)).fetchone():
            return made


def _is_same(item: Item, thing: Thing, about: tuple[str | None, str | None]) -> bool:
    note, link = about
    return (
        letters(item.text) == letters(thing.text) != ""
        and note in (None, item.note)
        and link in (None, item.link)
        and item.quantity < MOST_OF_ONE
    )
