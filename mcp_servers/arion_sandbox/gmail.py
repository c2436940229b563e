"""Gmail v1: messages, threads, labels, attachments, drafts, history and the profile.

Parameters, fields and types: Google's discovery document gmail.v1. Refusals follow replies that
people have published; those marked MEM were never seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from arion_sandbox import google
from arion_sandbox.endpoints import Call, Endpoint, Parameter, Vendor
from arion_sandbox.field_selection import select_fields
from arion_sandbox.gmail_changes import CHANGED, CHANGED_MANY, Changes
from arion_sandbox.gmail_mailbox import (
    LABELS,
    MESSAGES,
    Mailbox,
    check_user,
    invalid,
    latest_history,
    message_document,
    not_found,
    page_document,
    shown,
)
from arion_sandbox.gmail_outbox import DRAFT, MESSAGE, Outbox, upload_endpoints
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import Json, JsonObject, as_text, as_texts
from arion_sandbox.mime import Mail, decode, encode, part_id_of
from arion_sandbox.store import Store

__all__ = ["LABELS", "MESSAGES", "message_document", "upload_vendor", "vendor"]

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
LISTING_DRAFTS = tuple(it for it in LISTING if it.name != "labelIds")
READING_DRAFT = (*google.COMMON, Parameter("format", choices=FORMATS))
LISTING_HISTORY = (
    *google.COMMON,
    Parameter("labelId"),
    Parameter("maxResults", "integer", minimum=0),
    Parameter("pageToken"),
    Parameter("startHistoryId"),
)


def vendor(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the mailbox in a store; mail dated after `now` has not arrived yet."""
    mailbox = Mailbox(store, now)
    return _served("/gmail/v1", (*_reading(mailbox), *_changing(mailbox), *_writing(mailbox)))


def upload_vendor(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the methods that take whole messages."""
    return _served("/upload/gmail/v1", upload_endpoints(Outbox(Mailbox(store, now))))


def _served(root: str, endpoints: tuple[Endpoint, ...]) -> Vendor:
    return Vendor(
        root=root,
        endpoints=endpoints,
        authorize=google.authorize,
        refuse_query=google.refuse_query,
        refuse_body=google.refuse_body,
        unavailable=google.unavailable,
        finish=select_fields,
    )


def _reading(mailbox: Mailbox) -> tuple[Endpoint, ...]:
    reader = _Reader(mailbox)
    user = "/users/{userId}"
    attachment = f"{user}/messages/{{messageId}}/attachments/{{id}}"
    read_message = (*READING, Parameter("format", choices=FORMATS))
    read_thread = (*READING, Parameter("format", choices=("full", "metadata", "minimal")))
    return (
        Endpoint("GET", f"{user}/profile", reader.profile, google.COMMON),
        Endpoint("GET", f"{user}/messages", reader.list_messages, LISTING),
        Endpoint("GET", f"{user}/messages/{{id}}", reader.get_message, read_message),
        Endpoint("GET", attachment, reader.get_attachment, google.COMMON),
        Endpoint("GET", f"{user}/threads", reader.list_threads, LISTING),
        Endpoint("GET", f"{user}/threads/{{id}}", reader.get_thread, read_thread),
        Endpoint("GET", f"{user}/labels", reader.list_labels, google.COMMON),
        Endpoint("GET", f"{user}/labels/{{id}}", reader.get_label, google.COMMON),
        Endpoint("GET", f"{user}/history", reader.history, LISTING_HISTORY),
    )


def _changing(mailbox: Mailbox) -> tuple[Endpoint, ...]:
    changes, common = Changes(mailbox), google.COMMON
    message, thread = "/users/{userId}/messages", "/users/{userId}/threads/{id}"
    one = f"{message}/{{id}}"
    return (
        Endpoint("POST", f"{message}/batchModify", changes.modify_many, common, CHANGED_MANY),
        Endpoint("POST", f"{one}/modify", changes.modify, common, CHANGED),
        Endpoint("POST", f"{one}/trash", changes.trash, common),
        Endpoint("POST", f"{one}/untrash", changes.untrash, common),
        Endpoint("POST", f"{thread}/modify", changes.modify_thread, common, CHANGED),
        Endpoint("POST", f"{thread}/trash", changes.trash_thread, common),
        Endpoint("POST", f"{thread}/untrash", changes.untrash_thread, common),
    )


def _writing(mailbox: Mailbox) -> tuple[Endpoint, ...]:
    outbox, common = Outbox(mailbox), google.COMMON
    drafts = "/users/{userId}/drafts"
    one = f"{drafts}/{{id}}"
    return (
        Endpoint("POST", "/users/{userId}/messages/send", outbox.send_message, common, MESSAGE),
        Endpoint("GET", drafts, outbox.list_drafts, LISTING_DRAFTS),
        Endpoint("POST", drafts, outbox.create, common, DRAFT),
        Endpoint("POST", f"{drafts}/send", outbox.send, common, DRAFT),
        Endpoint("GET", one, outbox.get, READING_DRAFT),
        Endpoint("PUT", one, outbox.update, common, DRAFT),
        Endpoint("DELETE", one, outbox.delete, common),
    )


@dataclass(frozen=True)
class _Reader:
    """The methods that read."""

    mailbox: Mailbox

    def profile(self, call: Call) -> JsonObject:
        """users.getProfile."""
        check_user(call)
        messages = self.mailbox.arrived()
        return {
            "emailAddress": ACCOUNT,
            "messagesTotal": len(messages),
            "threadsTotal": len({as_text(message["threadId"]) for message in messages}),
            "historyId": latest_history(messages),
        }

    def list_messages(self, call: Call) -> JsonObject:
        """messages.list, newest first."""
        check_user(call)
        found = self.mailbox.found(call)
        page, token = google.page_of(found, call.query, default=100, most=500)
        items = [{"id": message["id"], "threadId": message["threadId"]} for message in page]
        return page_document("messages", cast("list[Json]", items), token, len(found))

    def get_message(self, call: Call) -> JsonObject:
        """messages.get."""
        check_user(call)
        return _shown(self.mailbox.message(call.path["id"]), call)

    def get_attachment(self, call: Call) -> JsonObject:
        """messages.attachments.get."""
        check_user(call)
        message = self.mailbox.message(call.path["messageId"])
        part_id = part_id_of(call.path["id"])
        mail = Mail.parse(decode(as_text(message["raw"])))
        content = mail.attachment(part_id) if part_id is not None else None
        if content is None:
            raise invalid("Invalid attachment token")
        return {"size": len(content), "data": encode(content)}

    def list_threads(self, call: Call) -> JsonObject:
        """threads.list: the threads that hold a message that matches."""
        check_user(call)
        newest: dict[str, JsonObject] = {}
        for message in self.mailbox.found(call):
            newest.setdefault(as_text(message["threadId"]), message)
        found = list(newest.values())
        page, token = google.page_of(found, call.query, default=100, most=500)
        items = [
            {"id": m["threadId"], "snippet": m["snippet"], "historyId": m["historyId"]}
            for m in page
        ]
        return page_document("threads", cast("list[Json]", items), token, len(found))

    def get_thread(self, call: Call) -> JsonObject:
        """threads.get, oldest message first."""
        check_user(call)
        messages = self.mailbox.thread(call.path["id"])
        return {
            "id": call.path["id"],
            "historyId": latest_history(messages),
            "messages": [_shown(message, call) for message in reversed(messages)],
        }

    def list_labels(self, call: Call) -> JsonObject:
        """labels.list."""
        check_user(call)
        return {"labels": list[Json](self.mailbox.labels())}

    def get_label(self, call: Call) -> JsonObject:
        """labels.get, with the counts that labels.list leaves out."""
        check_user(call)
        messages = self.mailbox.arrived()
        label = next((it for it in self.mailbox.labels() if it["id"] == call.path["id"]), None)
        if label is None:
            raise not_found()
        labelled = [m for m in messages if label["id"] in as_texts(m["labelIds"])]
        unread = [m for m in labelled if "UNREAD" in as_texts(m["labelIds"])]
        return label | {
            "messagesTotal": len(labelled),
            "messagesUnread": len(unread),
            "threadsTotal": len({as_text(m["threadId"]) for m in labelled}),
            "threadsUnread": len({as_text(m["threadId"]) for m in unread}),
        }

    def history(self, call: Call) -> JsonObject:
        """history.list: the messages that changed after a number, without what changed in them."""
        check_user(call)
        start = call.query.text("startHistoryId") or ""
        if not start.isdecimal():
            raise invalid("Missing/invalid startHistoryId")  # MEM
        messages = sorted(self.mailbox.arrived(), key=lambda it: int(as_text(it["historyId"])))
        if messages and int(start) < int(as_text(messages[0]["historyId"])):
            raise not_found()
        changed = [it for it in messages if int(as_text(it["historyId"])) > int(start)]
        page, token = google.page_of(changed, call.query, default=100, most=500)
        rows = [
            {"id": it["historyId"], "messages": [{"id": it["id"], "threadId": it["threadId"]}]}
            for it in page
        ]
        document: JsonObject = {"historyId": latest_history(messages)}
        if rows:
            document["history"] = cast("list[Json]", rows)
        if token:
            document["nextPageToken"] = token
        return document


def _shown(message: JsonObject, call: Call) -> JsonObject:
    style = call.query.text("format") or "full"
    return shown(message, style, call.query.texts("metadataHeaders"))
