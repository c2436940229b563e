"""Ids of Notion's objects, out of whatever people copy: an id, an address, a link in a page."""

from __future__ import annotations

import re
import uuid

from arion_kit.errors import BadInput

_ID = re.compile(
    r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
_AT_END = re.compile(rf"(?<![0-9a-f])(?P<id>{_ID.pattern})$", re.IGNORECASE)
_OPENED = re.compile(rf"[?&]p=(?P<id>{_ID.pattern})(?![0-9a-f])", re.IGNORECASE)
"""A page that is opened beside a database, in the database's address."""
_PAST_PATH = re.compile(r"[?#]")


def find_id(text: str, *, container: bool = False) -> str | None:
    """The id in `text`, with its dashes; None where there is none.

    Args:
        text: An id, with dashes or without; the address of a page or database at app.notion.com,
            notion.so or a notion.site; or a `collection://` link.
        container: Whether a database is meant where the address is of a row opened beside it.
    """
    text = text.strip().strip("<>")
    if _ID.fullmatch(text):
        return str(uuid.UUID(text))
    opened = None if container else _OPENED.search(text)
    found = opened or _AT_END.search(_PAST_PATH.split(text, maxsplit=1)[0].rstrip("/"))
    return str(uuid.UUID(found["id"])) if found else None


def read_id(text: str, parameter: str) -> str:
    """As `find_id`.

    Raises:
        BadInput: There is no id in it.
    """
    found = find_id(text)
    if found is None:
        raise BadInput(
            parameter, "must be a Notion id or address; notion_search finds pages by their title"
        )
    return found
