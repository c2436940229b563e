"""What the accounts hold, without what a stand-in makes up, so that two runs can be compared."""

from __future__ import annotations

import base64
import hashlib
import json
from email import message_from_bytes, policy

from arion_sandbox.json_types import Json, JsonObject
from arion_sandbox.store import Store

_MINTED = frozenset(
    {
        "id", "etag", "htmlLink", "created", "updated", "iCalUID", "sequence", "historyId",
        "internalDate", "created_time", "last_edited_time", "url", "public_url", "date", "at",
        "extendedProperties", "conferenceData", "hangoutLink", "requestId", "sha", "discussion_id",
        "submitted", "closed", "merged_at", "history",
    }
)  # fmt: skip
"""Fields that a stand-in fills by itself, with what differs from run to run."""
_SELF = "self"


def digest(store: Store) -> dict[str, dict[str, str]]:
    """A hash of every document that says what it is, by collection and key."""
    return {
        collection: {key: _hash(document, key) for key, document in store.rows(collection)}
        for collection in store.collections()
    }


def _hash(document: JsonObject, key: str) -> str:
    text = json.dumps(_essence(document, key), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _essence(value: Json, key: str) -> Json:
    if isinstance(value, dict):
        kept = {name: it for name, it in value.items() if name not in _MINTED}
        return {
            name: _mail(it) if name == "raw" and isinstance(it, str) else _essence(it, key)
            for name, it in kept.items()
        }
    if isinstance(value, list):
        return [_essence(it, key) for it in value]
    return value.replace(key, _SELF) if isinstance(value, str) and key else value


def _mail(raw: str) -> Json:
    """Who gets a mail, and what it says; not when, nor under which id."""
    padded = raw + "=" * (-len(raw) % 4)
    message = message_from_bytes(base64.urlsafe_b64decode(padded), policy=policy.default)
    body = message.get_body(("plain", "html"))
    said = {name: str(message.get(name, "")) for name in ("To", "Cc", "Bcc", "Subject")}
    attached: list[Json] = [str(part.get_filename()) for part in message.iter_attachments()]
    return {**said, "text": body.get_content().strip() if body else "", "attached": attached}
