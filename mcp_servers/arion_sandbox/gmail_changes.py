"""Gmail's labels and its bin: modify, batchModify, trash and untrash, of messages and threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arion_sandbox.endpoints import Call, Shape
from arion_sandbox.gmail_mailbox import Mailbox, check_user, in_short, invalid
from arion_sandbox.json_types import Json, JsonObject, as_texts

CHANGED: dict[str, Shape] = {"addLabelIds": ["string"], "removeLabelIds": ["string"]}
CHANGED_MANY: dict[str, Shape] = {**CHANGED, "ids": ["string"]}

MOST_LABELS = 100
MOST_MESSAGES = 1_000
FIXED = frozenset({"SENT", "DRAFT", "CHAT"})
"""Labels that only Gmail itself puts on mail."""


@dataclass(frozen=True)
class Changes:
    """The methods that sort mail."""

    mailbox: Mailbox

    def modify(self, call: Call) -> JsonObject:
        """messages.modify."""
        check_user(call)
        add, remove = self._labels(call)
        return in_short(self.mailbox.relabel(self.mailbox.message(call.path["id"]), add, remove))

    def modify_many(self, call: Call) -> None:
        """messages.batchModify: all, or none where one is not there."""
        check_user(call)
        ids = as_texts(call.body.get("ids"))
        if not ids or len(ids) > MOST_MESSAGES:
            raise invalid("Invalid number of ids")  # MEM
        add, remove = self._labels(call)
        for message in [self.mailbox.message(it) for it in ids]:
            self.mailbox.relabel(message, add, remove)

    def modify_thread(self, call: Call) -> JsonObject:
        """threads.modify."""
        check_user(call)
        add, remove = self._labels(call)
        return self._thread(call, add, remove)

    def trash(self, call: Call) -> JsonObject:
        """messages.trash. That mail leaves the inbox so is a guess; no page says it."""
        check_user(call)
        message = self.mailbox.message(call.path["id"])
        return in_short(self.mailbox.relabel(message, ["TRASH"], ["INBOX"]))

    def untrash(self, call: Call) -> JsonObject:
        """messages.untrash. That it does not lead back to the inbox is a guess."""
        check_user(call)
        message = self.mailbox.message(call.path["id"])
        return in_short(self.mailbox.relabel(message, [], ["TRASH"]))

    def trash_thread(self, call: Call) -> JsonObject:
        """threads.trash."""
        check_user(call)
        return self._thread(call, ["TRASH"], ["INBOX"])

    def untrash_thread(self, call: Call) -> JsonObject:
        """threads.untrash."""
        check_user(call)
        return self._thread(call, [], ["TRASH"])

    def _thread(self, call: Call, add: Sequence[str], remove: Sequence[str]) -> JsonObject:
        messages = self.mailbox.thread(call.path["id"])
        changed = [self.mailbox.relabel(it, add, remove) for it in reversed(messages)]
        return {"id": call.path["id"], "messages": list[Json](in_short(it) for it in changed)}

    def _labels(self, call: Call) -> tuple[list[str], list[str]]:
        add, remove = (as_texts(call.body.get(it)) for it in ("addLabelIds", "removeLabelIds"))
        if not add and not remove:
            raise invalid("No label add or removes specified")
        if set(add) & set(remove):
            both = sorted(set(add) & set(remove))
            raise invalid(f"Cannot both add and remove the same label: {', '.join(both)}")  # MEM
        if len(add) > MOST_LABELS or len(remove) > MOST_LABELS:
            raise invalid("Too many labels")  # MEM
        self.mailbox.check_labels([*add, *remove])
        for label in add:
            if label in FIXED:
                raise invalid(f"Invalid label: {label}")
        return add, remove
