"""Gmail v1: messages, threads, labels, attachments and the profile.

Parameters, fields and types: Google's discovery document gmail.v1. Refusals follow replies that
people have published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import cast

from arion_sandbox import google
from arion_sandbox.endpoints import Call, Endpoint, Parameter, Vendor
from arion_sandbox.errors import GoogleError
from arion_sandbox.field_selection import select_fields
from arion_sandbox.google import ACCOUNT, INVALID
from arion_sandbox.json_types import Json, JsonObject, as_text, as_texts
from arion_sandbox.mail_search import SearchedMail, parse_search
from arion_sandbox.mime import Mail, decode, encode, part_id_of
from arion_sandbox.store import Store

MESSAGES = "messages"
LABELS = "labels"
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

LISTING = (
    *google.COMMON,
    Parameter("includeSpamTrash", "boolean"),
    Parameter("labelIds", repeated=True),
    Parameter("maxResults", "integer", minimum=0),
    Parameter("pageToken"),
    Parameter("q"),
)
READING = (*google.COMMON, Parameter("metadataHeaders", repeated=True))
FORMATS = ("minimal", "full", "raw", "metadata")


def vendor(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the mailbox in a store; mail dated after `now` has not arrived yet."""
    mailbox = _Mailbox(store, now)
    user = "/users/{userId}"
    message, thread = f"{user}/messages/{{id}}", f"{user}/threads/{{id}}"
    attachment = f"{user}/messages/{{messageId}}/attachments/{{id}}"
    read_message = (*READING, Parameter("format", choices=FORMATS))
    read_thread = (*READING, Parameter("format", choices=("full", "metadata", "minimal")))
    return Vendor(
        root="/gmail/v1",
        endpoints=(
            Endpoint("GET", f"{user}/profile", mailbox.profile, google.COMMON),
            Endpoint("GET", f"{user}/messages", mailbox.list_messages, LISTING),
            Endpoint("GET", message, mailbox.get_message, read_message),
            Endpoint("GET", attachment, mailbox.get_attachment, google.COMMON),
            Endpoint("GET", f"{user}/threads", mailbox.list_threads, LISTING),
            Endpoint("GET", thread, mailbox.get_thread, read_thread),
            Endpoint("GET", f"{user}/labels", mailbox.list_labels, google.COMMON),
            Endpoint("GET", f"{user}/labels/{{id}}", mailbox.get_label, google.COMMON),
        ),
        authorize=google.authorize,
        refuse_query=google.refuse_query,
        refuse_body=google.refuse_body,
        unavailable=google.unavailable,
        finish=select_fields,
    )


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
class _Mailbox:
    """The methods, over one store."""

    store: Store
    now: Callable[[], datetime]

    def profile(self, call: Call) -> JsonObject:
        """users.getProfile."""
        messages = self._arrived(call)
        return {
            "emailAddress": ACCOUNT,
            "messagesTotal": len(messages),
            "threadsTotal": len({as_text(message["threadId"]) for message in messages}),
            "historyId": _latest_history(messages),
        }

    def list_messages(self, call: Call) -> JsonObject:
        """messages.list, newest first."""
        found = self._found(call)
        page, token = google.page_of(found, call.query, default=100, most=500)
        items = [{"id": message["id"], "threadId": message["threadId"]} for message in page]
        return _page("messages", cast("list[Json]", items), token, len(found))

    def get_message(self, call: Call) -> JsonObject:
        """messages.get."""
        message = self._message(call, call.path["id"])
        return _shown(message, call)

    def get_attachment(self, call: Call) -> JsonObject:
        """messages.attachments.get."""
        message = self._message(call, call.path["messageId"])
        part_id = part_id_of(call.path["id"])
        mail = Mail.parse(decode(as_text(message["raw"])))
        content = mail.attachment(part_id) if part_id is not None else None
        if content is None:
            raise GoogleError(
                400, "invalidArgument", "Invalid attachment token", rpc_status=INVALID
            )
        return {"size": len(content), "data": encode(content)}

    def list_threads(self, call: Call) -> JsonObject:
        """threads.list: the threads that hold a message that matches."""
        newest: dict[str, JsonObject] = {}
        for message in self._found(call):
            newest.setdefault(as_text(message["threadId"]), message)
        found = list(newest.values())
        page, token = google.page_of(found, call.query, default=100, most=500)
        items = [
            {"id": m["threadId"], "snippet": m["snippet"], "historyId": m["historyId"]}
            for m in page
        ]
        return _page("threads", cast("list[Json]", items), token, len(found))

    def get_thread(self, call: Call) -> JsonObject:
        """threads.get, oldest message first."""
        thread_id = _checked_id(call.path["id"])
        messages = [m for m in self._arrived(call) if m["threadId"] == thread_id]
        if not messages:
            raise _not_found()
        return {
            "id": thread_id,
            "historyId": _latest_history(messages),
            "messages": [_shown(message, call) for message in reversed(messages)],
        }

    def list_labels(self, call: Call) -> JsonObject:
        """labels.list."""
        _check_user(call)
        return {"labels": list[Json](self._labels())}

    def get_label(self, call: Call) -> JsonObject:
        """labels.get, with the counts that labels.list leaves out."""
        messages = self._arrived(call)
        label = next((item for item in self._labels() if item["id"] == call.path["id"]), None)
        if label is None:
            raise _not_found()
        labelled = [m for m in messages if label["id"] in as_texts(m["labelIds"])]
        unread = [m for m in labelled if "UNREAD" in as_texts(m["labelIds"])]
        return label | {
            "messagesTotal": len(labelled),
            "messagesUnread": len(unread),
            "threadsTotal": len({as_text(m["threadId"]) for m in labelled}),
            "threadsUnread": len({as_text(m["threadId"]) for m in unread}),
        }

    def _labels(self) -> list[JsonObject]:
        system: list[JsonObject] = [
            {"id": name, "name": name, "type": "system"} for name in SYSTEM_LABELS
        ]
        return system + self.store.all(LABELS)

    def _found(self, call: Call) -> list[JsonObject]:
        query = call.query
        messages = self._arrived(call)
        search = parse_search(query.text("q") or "", self.now())
        wanted = set(query.texts("labelIds"))
        names = {as_text(label["id"]): as_text(label["name"]) for label in self._labels()}
        for label in wanted - names.keys():
            raise GoogleError(400, "invalidArgument", f"Invalid label: {label}", rpc_status=INVALID)
        all_places = (
            query.flag("includeSpamTrash") or search.sees_hidden or bool(wanted & HIDDEN_LABELS)
        )
        return [
            message
            for message in messages
            if wanted <= (labels := set(as_texts(message["labelIds"])))
            and (all_places or not labels & HIDDEN_LABELS)
            and search.matches(_searched(message, names))
        ]

    def _message(self, call: Call, message_id: str) -> JsonObject:
        _checked_id(message_id)
        for message in self._arrived(call):
            if message["id"] == message_id:
                return message
        raise _not_found()

    def _arrived(self, call: Call) -> list[JsonObject]:
        """Give the messages that are there by now, newest first."""
        _check_user(call)
        now = int(self.now().timestamp() * 1000)
        messages = [m for m in self.store.all(MESSAGES) if _milliseconds(m) <= now]
        return sorted(messages, key=_milliseconds, reverse=True)


def _check_user(call: Call) -> None:
    if call.path["userId"] not in ("me", ACCOUNT):
        message = f"Delegation denied for {ACCOUNT}"
        raise GoogleError(403, "forbidden", message, rpc_status="PERMISSION_DENIED")


def _checked_id(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{1,16}", text):
        raise GoogleError(400, "invalidArgument", "Invalid id value", rpc_status=INVALID)
    return text


def _not_found() -> GoogleError:
    message = "Requested entity was not found."
    return GoogleError(404, "notFound", message, rpc_status="NOT_FOUND")


def _milliseconds(message: JsonObject) -> int:
    return int(as_text(message["internalDate"]))


def _latest_history(messages: list[JsonObject]) -> str:
    return max((as_text(message["historyId"]) for message in messages), key=int, default="1")


def _page(kind: str, items: list[Json], token: str | None, total: int) -> JsonObject:
    page: JsonObject = {"resultSizeEstimate": total}
    if items:
        page[kind] = items
    if token:
        page["nextPageToken"] = token
    return page


def _shown(message: JsonObject, call: Call) -> JsonObject:
    style = call.query.text("format") or "full"
    raw = decode(as_text(message["raw"]))
    shown = {name: value for name, value in message.items() if name != "raw"}
    shown["sizeEstimate"] = len(raw)
    if style == "full":
        shown["payload"] = Mail.parse(raw).payload()
    elif style == "metadata":
        shown["payload"] = Mail.parse(raw).headers(call.query.texts("metadataHeaders"))
    elif style == "raw":
        shown["raw"] = message["raw"]
    return shown


def _searched(message: JsonObject, names: dict[str, str]) -> SearchedMail:
    labels = as_texts(message["labelIds"])
    known = [*labels, *(names[label] for label in labels)]
    return _indexed(as_text(message["raw"]), _milliseconds(message), frozenset(known))


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
