"""Gmail's drafts and sending, with whole messages as JSON or as uploads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from arion_sandbox import google
from arion_sandbox.endpoints import Call, Endpoint, Parameter, Shape, body_faults
from arion_sandbox.errors import GoogleError
from arion_sandbox.gmail_mailbox import (
    Mailbox,
    check_user,
    in_short,
    invalid,
    page_document,
    shown,
)
from arion_sandbox.json_types import Json, JsonObject, as_object, as_text
from arion_sandbox.mail_delivery import Outgoing, outgoing
from arion_sandbox.mime import decode, encode

MESSAGE: dict[str, Shape] = {
    "historyId": "string",
    "id": "string",
    "internalDate": "string",
    "labelIds": ["string"],
    "raw": "string",
    "sizeEstimate": "int32",
    "snippet": "string",
    "threadId": "string",
}
DRAFT: dict[str, Shape] = {"id": "string", "message": MESSAGE}

BASE64URL = re.compile(r"(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3}={0,2})?")
LARGEST_JSON = 10_485_760
LARGEST_UPLOAD = 36_700_160
"""Bytes; the discovery document's maxSize."""

NO_RAW = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"


@dataclass(frozen=True)
class Outbox:
    """The methods that write mail."""

    mailbox: Mailbox

    def list_drafts(self, call: Call) -> JsonObject:
        """drafts.list, newest first."""
        check_user(call)
        found = {as_text(it["id"]) for it in self.mailbox.found(call)}
        drafts = [(name, it) for name, it in self.mailbox.drafts() if it["id"] in found]
        page, token = google.page_of(drafts, call.query, default=100, most=500)
        items = [
            {"id": name, "message": {"id": it["id"], "threadId": it["threadId"]}}
            for name, it in page
        ]
        return page_document("drafts", cast("list[Json]", items), token, len(drafts))

    def get(self, call: Call) -> JsonObject:
        """drafts.get."""
        check_user(call)
        message = self.mailbox.draft(call.path["id"])
        style = call.query.text("format") or "full"
        return {"id": call.path["id"], "message": shown(message, style, [])}

    def create(self, call: Call) -> JsonObject:
        """drafts.create. A draft needs no recipients."""
        _check(call)
        message = self._add(as_object(call.body.get("message")), ["DRAFT"])
        draft_id = f"r{int(as_text(message['id']), 16)}"
        self.mailbox.keep_draft(draft_id, message)
        return {"id": draft_id, "message": in_short(message)}

    def update(self, call: Call) -> JsonObject:
        """drafts.update: the draft keeps its id, its message gets another."""
        _check(call)
        draft_id = call.path["id"]
        before = self.mailbox.draft(draft_id)
        given = as_object(call.body.get("message"))
        message = self._add({"threadId": before["threadId"], **given}, ["DRAFT"])
        self.mailbox.remove(as_text(before["id"]))
        self.mailbox.keep_draft(draft_id, message)
        return {"id": draft_id, "message": in_short(message)}

    def delete(self, call: Call) -> None:
        """drafts.delete, for good."""
        check_user(call)
        self.mailbox.drop_draft(call.path["id"])

    def send(self, call: Call) -> JsonObject:
        """drafts.send: the draft is gone then, and the sent message has an id of its own."""
        _check(call)
        draft_id = as_text(call.body.get("id"))
        if not draft_id:
            raise invalid("Missing draft id")  # MEM
        draft = self.mailbox.draft(draft_id)
        given = as_object(call.body.get("message"))
        raw = given.get("raw") or draft["raw"]
        sent = self._send({"raw": raw, "threadId": draft["threadId"]})
        self.mailbox.drop_draft(draft_id)
        return in_short(sent)

    def send_message(self, call: Call) -> JsonObject:
        """messages.send."""
        _check(call)
        return in_short(self._send(call.body))

    def _send(self, given: JsonObject) -> JsonObject:
        mail = self._outgoing(given)
        if not mail.people:
            raise invalid("Recipient address required")
        labels = ["SENT"]
        if google.ACCOUNT in mail.people:
            labels += ["INBOX", "UNREAD"]
        thread_id = self._thread(given, mail)
        return self.mailbox.add(mail.delivered(), labels, thread_id)

    def _add(self, given: JsonObject, labels: list[str]) -> JsonObject:
        mail = self._outgoing(given)
        return self.mailbox.add(mail.raw, labels, self._thread(given, mail))

    def _outgoing(self, given: JsonObject) -> Outgoing:
        text = as_text(given.get("raw"))
        if not text:
            raise invalid(NO_RAW)
        if not BASE64URL.fullmatch(text):
            raise invalid("Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed")
        return outgoing(decode(text))

    def _thread(self, given: JsonObject, mail: Outgoing) -> str | None:
        """Join the thread that is asked for, where the mail belongs to it.

        Three things make it belong: the thread's id, headers that refer to a mail of it, and the
        same subject (Gmail API guide "Manage threads").
        """
        thread_id = as_text(given.get("threadId"))
        if not thread_id:
            return None
        messages = [decode(as_text(it["raw"])) for it in self.mailbox.thread(thread_id)]
        return thread_id if mail.belongs_to(messages) else None


def upload_endpoints(outbox: Outbox) -> tuple[Endpoint, ...]:
    """Declare the methods that take whole messages."""
    parameters = (
        *google.COMMON,
        Parameter("uploadType", choices=("media", "multipart"), required=True),
    )
    drafts = "/users/{userId}/drafts"

    def uploaded(
        handle: Callable[[Call], JsonObject], shape: dict[str, Shape]
    ) -> Callable[[Call], JsonObject]:
        return lambda call: handle(replace(call, body=_uploaded(call, shape), content=b""))

    return (
        Endpoint("POST", drafts, uploaded(outbox.create, DRAFT), parameters),
        Endpoint("PUT", f"{drafts}/{{id}}", uploaded(outbox.update, DRAFT), parameters),
        Endpoint("POST", f"{drafts}/send", uploaded(outbox.send, DRAFT), parameters),
        Endpoint(
            "POST",
            "/users/{userId}/messages/send",
            uploaded(outbox.send_message, MESSAGE),
            parameters,
        ),
    )


def _uploaded(call: Call, shape: dict[str, Shape]) -> JsonObject:
    """Read an upload as the JSON that would say the same."""
    if len(call.content) > LARGEST_UPLOAD:
        raise too_large(LARGEST_UPLOAD)
    metadata: Json = {}
    raw = call.content
    if call.query.text("uploadType") == "multipart":
        first, raw = _parts(call)
        try:
            metadata = json.loads(first)
        except ValueError:
            raise _bad_upload() from None
    for fault in body_faults(shape, metadata):
        raise google.refuse_body(fault)
    body = as_object(metadata)
    if "message" not in shape:
        return {**body, "raw": encode(raw)}
    return {**body, "message": {**as_object(body.get("message")), "raw": encode(raw)}}


def _parts(call: Call) -> tuple[bytes, bytes]:
    """Give the metadata and the message of an upload, byte for byte."""
    kind = call.headers.get("content-type", "")
    boundary = re.fullmatch(r'multipart/related;\s*boundary="?([^";]+)"?', kind)
    pieces = call.content.split(f"--{boundary[1]}".encode()) if boundary else []
    if len(pieces) != 4 or not pieces[3].startswith(b"--"):
        raise _bad_upload()
    first, second = (piece.partition(b"\r\n\r\n") for piece in pieces[1:3])
    if b"application/json" not in first[0].lower() or b"message/rfc822" not in second[0].lower():
        raise _bad_upload()
    return first[2], second[2].removesuffix(b"\r\n")


def _bad_upload() -> GoogleError:
    return invalid("Media type 'multipart/related' with two parts is required.")  # MEM


def _check(call: Call) -> None:
    """Refuse somebody else's mailbox, and JSON that should have been an upload."""
    check_user(call)
    if len(call.content) > LARGEST_JSON:
        raise too_large(LARGEST_JSON)


def too_large(limit: int) -> GoogleError:
    """Say that a message is too large."""
    message = f"Request payload size exceeds the limit: {limit} bytes."
    return GoogleError(413, "uploadTooLarge", message, rpc_status=google.INVALID)
