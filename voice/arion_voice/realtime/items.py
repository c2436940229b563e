"""The messages of a Realtime conversation."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import dataclass

from pydantic import JsonValue

_KEPT = 100
"""Messages that a client may come back to."""


@dataclass
class Message:
    """Something said by the person or by Arion."""

    id: str
    role: str
    """`user` or `assistant`."""
    kind: str
    """`input_audio`, `input_text` or `output_audio`."""
    text: str = ""
    turn: int = 0
    """The session's turn that an answer belongs to."""
    status: str = "in_progress"

    def as_json(self) -> dict[str, JsonValue]:
        """The item, as clients get it."""
        field = "text" if self.kind == "input_text" else "transcript"
        content: list[JsonValue] = [{"type": self.kind, field: self.text}]
        return {
            "id": self.id,
            "object": "realtime.item",
            "type": "message",
            "status": self.status,
            "role": self.role,
            "content": content,
        }


class Items:
    """The last messages, by id."""

    def __init__(self) -> None:
        self._messages: OrderedDict[str, Message] = OrderedDict()

    def add(self, message: Message) -> str | None:
        """Keep a message; give the id of the one before it."""
        before = next(reversed(self._messages), None)
        self._messages[message.id] = message
        while len(self._messages) > _KEPT:
            self._messages.popitem(last=False)
        return before

    def find(self, item_id: str) -> Message | None:
        """The message of an id, if it is kept."""
        return self._messages.get(item_id)

    def drop(self, item_id: str) -> bool:
        """Forget a message; whether there was one."""
        return self._messages.pop(item_id, None) is not None


def new_id(kind: str) -> str:
    """A name that nothing else has."""
    return f"{kind}_{uuid.uuid4().hex[:20]}"
