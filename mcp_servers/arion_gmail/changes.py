"""Labels and the bin: what is asked for is done to those messages only that need it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from arion_gmail import quota
from arion_gmail.connection import ME, Connection
from arion_gmail.wire import Message, MessageId, Thread
from arion_kit.errors import BadInput

TRASH = "TRASH"
INBOX = "INBOX"

_MOST = 100
"""Mails in one call: to read their labels takes 20 quota units each."""

_SHORT = "id,threadId,labelIds,internalDate,payload/headers"
_SHORT_THREAD = f"id,messages({_SHORT})"


@dataclass(frozen=True)
class Change:
    """The labels that one message gets and loses."""

    message_id: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As `read_change` reads it: `18f0 +STARRED -INBOX`."""
        signed = [f"+{it}" for it in self.added] + [f"-{it}" for it in self.removed]
        return " ".join([self.message_id, *signed])

    @property
    def reverse(self) -> Change:
        """What takes it back."""
        return replace(self, added=self.removed, removed=self.added)


def read_change(text: str, parameter: str) -> Change:
    """Reads `Change.text`.

    Raises:
        BadInput: It is none.
    """
    message_id, *labels = text.split() or [""]
    if not message_id or not labels or any(len(it) < 2 or it[0] not in "+-" for it in labels):
        raise BadInput(parameter, f"{text[:80]!r} is none of the changes that a result has told")
    return Change(
        message_id,
        added=tuple(it[1:] for it in labels if it[0] == "+"),
        removed=tuple(it[1:] for it in labels if it[0] == "-"),
    )


def needed(message: MessageId, add: Sequence[str], remove: Sequence[str]) -> Change:
    """What of the wanted change the message does not have yet."""
    has = set(message.label_ids)
    return Change(
        message.id,
        added=tuple(it for it in add if it not in has),
        removed=tuple(it for it in remove if it in has),
    )


class Changes:
    """Typed calls; failures leave as the kit's errors."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def messages(self, message_ids: Iterable[str]) -> tuple[Message, ...]:
        """The messages with their labels and headers.

        Raises:
            BadInput: They are more than 100.
            UpstreamFailure: Of kind `not_found` when one of them is not there.
        """
        ids = list(dict.fromkeys(message_ids))
        if len(ids) > _MOST:
            raise BadInput("message_ids", f"may name up to {_MOST} mails at once")
        return await self._connection.gathered(self._message(it) for it in ids)

    async def of_thread(self, thread_id: str) -> tuple[Message, ...]:
        """The messages of a thread with their labels and headers."""
        path = f"{ME}/threads/{Connection.segment(thread_id, 'thread_id')}"
        params = {"format": "full", "fields": _SHORT_THREAD}
        return (await self._connection.get(path, Thread, cost=quota.THREAD, params=params)).messages

    async def apply(self, changes: Iterable[Change]) -> None:
        """Makes the changes, those that are alike in one request."""
        alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for change in changes:
            if change.added or change.removed:
                alike.setdefault((change.added, change.removed), []).append(change.message_id)
        for (added, removed), message_ids in alike.items():
            body: Mapping[str, JsonValue] = {
                "addLabelIds": list(added),
                "removeLabelIds": list(removed),
            }
            await self._modify(message_ids, body)

    async def trash(self, message_ids: Iterable[str]) -> None:
        """Puts messages in the bin, which Gmail empties after 30 days."""
        await self._connection.gathered(self._move(it, "trash") for it in message_ids)

    async def untrash(self, message_ids: Iterable[str]) -> tuple[MessageId, ...]:
        """Takes messages out of the bin; gives them as they are now."""
        return await self._connection.gathered(self._move(it, "untrash") for it in message_ids)

    async def _message(self, message_id: str) -> Message:
        path = f"{ME}/messages/{Connection.segment(message_id, 'message_ids')}"
        params = {"format": "full", "fields": _SHORT}
        return await self._connection.get(path, Message, cost=quota.GET, params=params)

    async def _modify(self, message_ids: list[str], body: Mapping[str, JsonValue]) -> None:
        if len(message_ids) == 1:
            path = f"{ME}/messages/{Connection.segment(message_ids[0], 'message_ids')}/modify"
            await self._connection.send("POST", path, dict(body), cost=quota.MODIFY, retry=True)
            return
        path = f"{ME}/messages/batchModify"
        ids: list[JsonValue] = list(message_ids)
        await self._connection.send(
            "POST", path, {"ids": ids, **body}, cost=quota.MODIFY_MANY, retry=True
        )

    async def _move(self, message_id: str, verb: str) -> MessageId:
        path = f"{ME}/messages/{Connection.segment(message_id, 'message_ids')}/{verb}"
        body = await self._connection.send("POST", path, cost=quota.MODIFY, retry=True)
        return self._connection.parse(MessageId, body)
