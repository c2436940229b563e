"""The mailbox of the one account: its messages, drafts and labels, and how they are shown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from arion_sandbox.endpoints import Call
from arion_sandbox.errors import GoogleError
from arion_sandbox.google import ACCOUNT, INVALID
from arion_sandbox.json_types import Json, JsonObject, as_text, as_texts
from arion_sandbox.mail_search import SearchedMail, parse_search
from arion_sandbox.mime import Mail, decode, encode
from arion_sandbox.store import Store

MESSAGES = "messages"
LABELS = "labels"
DRAFTS = "drafts"
HIDDEN_LABELS = frozenset({"SPAM", "TRASH"})

SYSTEM_LABELS = (
    "INBOX",
    "SENT",
    "IMPORTANT",
    "STARRED",
    "UNREAD",
    "DRAFT",
    "TRASH",
    "SPAM",
    "CHAT",
    "CATEGORY_PERSONAL",
    "CATEGORY_SOCIAL",
    "CATEGORY_PROMOTIONS",
    "CATEGORY_UPDATES",
    "CATEGORY_FORUMS",
)

_GONE: JsonObject = {"gone": True}
"""What is left of a document that was removed: the store keeps what was seeded."""


def message_document(
    message_id: str, thread_id: str, labels: Iterable[str], raw: bytes, at: datetime
) -> JsonObject:
    """Make the stored form of a message that arrived, or was sent, at a moment."""
    milliseconds = int(at.timestamp() * 1000)
    return {
        "id": message_id,
        "threadId": thread_id,
        "labelIds": list[Json](labels),
        "internalDate": str(milliseconds),
        "historyId": str(milliseconds // 1000),
        "snippet": Mail.parse(raw).snippet(),
        "raw": encode(raw),
    }


@dataclass(frozen=True)
class Mailbox:
    """The account's mail in a store; mail dated after `now` has not arrived yet."""

    store: Store
    now: Callable[[], datetime]

    def arrived(self) -> list[JsonObject]:
        """Give the messages that are there by now, newest first."""
        now = int(self.now().timestamp() * 1000)
        present = [m for m in self.store.all(MESSAGES) if "gone" not in m]
        return sorted(
            (m for m in present if milliseconds(m) <= now), key=milliseconds, reverse=True
        )

    def message(self, message_id: str) -> JsonObject:
        """Give one message.

        Raises GoogleError where there is none.
        """
        checked_id(message_id)
        for message in self.arrived():
            if message["id"] == message_id:
                return message
        raise not_found()

    def thread(self, thread_id: str) -> list[JsonObject]:
        """Give the messages of a thread, newest first.

        Raises GoogleError where there is none.
        """
        checked_id(thread_id)
        messages = [m for m in self.arrived() if m["threadId"] == thread_id]
        if not messages:
            raise not_found()
        return messages

    def add(self, raw: bytes, labels: Iterable[str], thread_id: str | None) -> JsonObject:
        """Put a new message there, in a thread of its own unless one is given."""
        at = self.now()
        count = len(self.store.all(MESSAGES))
        name = hashlib.sha256(f"{at.isoformat()}|{count}".encode() + raw).hexdigest()[:16]
        document = message_document(name, thread_id or name, labels, raw, at)
        document["historyId"] = self.next_history()
        self.store.put(MESSAGES, name, document)
        return document

    def relabel(self, message: JsonObject, add: Iterable[str], remove: Iterable[str]) -> JsonObject:
        """Change the labels of a message; gives it as it is then."""
        kept = [it for it in as_texts(message["labelIds"]) if it not in set(remove)]
        labels = [*kept, *(it for it in add if it not in kept)]
        if labels == message["labelIds"]:
            return message
        changed: JsonObject = message | {"historyId": self.next_history()}
        changed["labelIds"] = list[Json](labels)
        self.store.put(MESSAGES, as_text(message["id"]), changed)
        return changed

    def remove(self, message_id: str) -> None:
        """Take a message away for good."""
        self.store.put(MESSAGES, message_id, _GONE)

    def drafts(self) -> list[tuple[str, JsonObject]]:
        """Give the drafts with their ids, newest first."""
        kept = {as_text(it["messageId"]): as_text(it["id"]) for it in self._draft_rows()}
        return [
            (kept.get(as_text(m["id"]), f"r{int(as_text(m['id']), 16)}"), m)
            for m in self.arrived()
            if "DRAFT" in as_texts(m["labelIds"])
        ]

    def draft(self, draft_id: str) -> JsonObject:
        """Give the message of a draft.

        Raises GoogleError where there is none.
        """
        for known, message in self.drafts():
            if known == draft_id:
                return message
        raise not_found()

    def keep_draft(self, draft_id: str, message: JsonObject) -> None:
        """Write down which message a draft has now."""
        self.store.put(DRAFTS, draft_id, {"id": draft_id, "messageId": message["id"]})

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft and take its message away."""
        self.remove(as_text(self.draft(draft_id)["id"]))
        self.store.put(DRAFTS, draft_id, _GONE)

    def labels(self) -> list[JsonObject]:
        """Give every label, Gmail's own first."""
        system: list[JsonObject] = [
            {"id": name, "name": name, "type": "system"} for name in SYSTEM_LABELS
        ]
        return system + self.store.all(LABELS)

    def found(self, call: Call) -> list[JsonObject]:
        """Give the messages that a listing asks for, newest first.

        Raises GoogleError for a label that is not there.
        """
        query = call.query
        messages = self.arrived()
        search = parse_search(query.text("q") or "", self.now())
        wanted = set(query.texts("labelIds"))
        names = {as_text(label["id"]): as_text(label["name"]) for label in self.labels()}
        self.check_labels(wanted)
        all_places = (
            query.flag("includeSpamTrash") or search.sees_hidden or bool(wanted & HIDDEN_LABELS)
        )
        return [
            message
            for message in messages
            if wanted <= (labels := set(as_texts(message["labelIds"])))
            and (all_places or not labels & HIDDEN_LABELS)
            and search.matches(searched(message, names))
        ]

    def check_labels(self, wanted: Iterable[str]) -> None:
        """Refuse labels that are not there."""
        known = {as_text(label["id"]) for label in self.labels()}
        for label in wanted:
            if label not in known:
                raise invalid(f"Invalid label: {label}")

    def next_history(self) -> str:
        """Number a change."""
        numbers = [
            int(as_text(m["historyId"])) for m in self.store.all(MESSAGES) if "gone" not in m
        ]
        return str(max(numbers, default=1) + 1)

    def _draft_rows(self) -> list[JsonObject]:
        return [it for it in self.store.all(DRAFTS) if "gone" not in it]


def check_user(call: Call) -> None:
    """Refuse somebody else's mailbox."""
    if call.path["userId"] not in ("me", ACCOUNT):
        message = f"Delegation denied for {ACCOUNT}"
        raise GoogleError(403, "forbidden", message, rpc_status="PERMISSION_DENIED")


def checked_id(text: str) -> str:
    """Refuse what is no id of a message or thread."""
    if not re.fullmatch(r"[0-9a-f]{1,16}", text):
        raise invalid("Invalid id value")
    return text


def invalid(message: str) -> GoogleError:
    """Say that a request makes no sense."""
    return GoogleError(400, "invalidArgument", message, rpc_status=INVALID)


def not_found() -> GoogleError:
    """Say that something is not there."""
    message = "Requested entity was not found."
    return GoogleError(404, "notFound", message, rpc_status="NOT_FOUND")


def milliseconds(message: JsonObject) -> int:
    """Tell when a message arrived."""
    return int(as_text(message["internalDate"]))


def latest_history(messages: list[JsonObject]) -> str:
    """Tell the number of the latest change."""
    return max((as_text(message["historyId"]) for message in messages), key=int, default="1")


def page_document(kind: str, items: list[Json], token: str | None, total: int) -> JsonObject:
    """Make the answer of a listing."""
    page: JsonObject = {"resultSizeEstimate": total}
    if items:
        page[kind] = items
    if token:
        page["nextPageToken"] = token
    return page


def in_short(message: JsonObject) -> JsonObject:
    """Show a message as changes answer: its ids and labels."""
    return {name: message[name] for name in ("id", "threadId", "labelIds")}


def shown(message: JsonObject, style: str, headers: list[str]) -> JsonObject:
    """Show a message in one of the formats."""
    raw = decode(as_text(message["raw"]))
    document = {name: value for name, value in message.items() if name != "raw"}
    document["sizeEstimate"] = len(raw)
    if style == "full":
        document["payload"] = Mail.parse(raw).payload()
    elif style == "metadata":
        document["payload"] = Mail.parse(raw).headers(headers)
    elif style == "raw":
        document["raw"] = message["raw"]
    return document


def searched(message: JsonObject, names: dict[str, str]) -> SearchedMail:
    """Give what a search looks at."""
    labels = as_texts(message["labelIds"])
    known = [*labels, *(names[label] for label in labels)]
    return _indexed(as_text(message["raw"]), milliseconds(message), frozenset(known))


@lru_cache(maxsize=512)
def _indexed(raw: str, milliseconds: int, labels: frozenset[str]) -> SearchedMail:
    """Parse what a search looks at; parsing all mail again for every search is slow."""
    mail = Mail.parse(decode(raw))
    return SearchedMail(
        at=datetime.fromtimestamp(milliseconds / 1000, UTC),
        sender=mail.header("From"),
        to=mail.header("To"),
        cc=mail.header("Cc"),
        subject=mail.header("Subject"),
        text=mail.text(),
        filenames=tuple(mail.filenames()),
        labels=frozenset(re.sub(r"[ /]", "-", name.lower()) for name in labels),
        message_id=mail.header("Message-ID"),
    )
