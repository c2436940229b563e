"""Drafts and sending, each of them once.

A letter goes out in two steps, a draft and its sending, since Gmail sends a draft at most once:
then the draft is gone. So a sending that may or may not have happened is simply tried again, and
"no such draft" means that it had. Across calls a letter is recognised by its Message-ID and, as
Gmail replaces that of sent mail, by a header of ours.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass, replace

from arion_gmail import mail, quota
from arion_gmail.compose import MARKER, Letter
from arion_gmail.connection import ME, Connection
from arion_gmail.wire import Draft, DraftPage, Message, MessageId, MessagePage, RawDraft
from arion_kit.changes import UNCERTAIN
from arion_kit.errors import ToolFailure
from arion_kit.messages import Content
from arion_kit.words import ErrorKind

_UPLOADED_BYTES = 5_000_000
"""Larger mails go to the upload address, as Google asks (guide "Upload attachments")."""

_LOOKED_THROUGH = 10
"""Latest mails that are looked through for our header."""

_REMEMBERED = 200
"""Sent drafts that are remembered."""

_HEADERS = "id,threadId,labelIds,payload/headers"


@dataclass(frozen=True)
class Mark:
    """By what a letter is recognised."""

    message_id: str
    """With its angle brackets."""
    digest: str = ""
    """Of the write's key; "" for a write without one, which nobody repeats."""


@dataclass(frozen=True)
class Sent:
    """A draft that has been sent."""

    letter: Letter
    """Without its text and files."""
    message: MessageId | None
    """None where Gmail's answer was lost."""


def mark_of(key: str | None, purpose: str) -> Mark:
    """What a write is recognised by: the same for the same key and purpose, else new."""
    if key is None:
        return Mark(f"<{uuid.uuid4().hex}@arion.invalid>")
    digest = hashlib.sha256(f"{purpose}\n{key}".encode()).hexdigest()[:40]
    return Mark(f"<{digest}@arion.invalid>", digest)


class Outbox:
    """Typed calls; failures leave as the kit's errors."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sent: dict[str, Sent] = {}

    async def drafts(self, query: str, max_results: int, page_token: str | None) -> DraftPage:
        """One page of drafts, the newest first: ids only."""
        return await self._connection.get(
            f"{ME}/drafts",
            DraftPage,
            cost=quota.LIST,
            params={"q": query or None, "maxResults": max_results, "pageToken": page_token},
        )

    async def draft(self, draft_id: str) -> RawDraft:
        """A draft with its message as it was written.

        Raises:
            UpstreamFailure: Of kind `not_found` when there is none of that id.
        """
        path = f"{ME}/drafts/{Connection.segment(draft_id, 'draft_id')}"
        return await self._connection.get(path, RawDraft, cost=quota.GET, params={"format": "raw"})

    async def draft_or_none(self, draft_id: str) -> RawDraft | None:
        """A draft, or None where there is none of that id."""
        try:
            return await self.draft(draft_id)
        except ToolFailure as failure:
            if failure.kind is ErrorKind.NOT_FOUND:
                return None
            raise

    def sent_before(self, draft_id: str) -> Sent | None:
        """What became of a draft that was sent while this server has run."""
        return self._sent.get(draft_id)

    async def create(self, raw: bytes, thread_id: str | None, mark: Mark) -> tuple[Draft, bool]:
        """Puts a draft there, and says whether it had been there before."""
        if mark.digest and (known := await self.find_draft(mark)):
            return known, True
        try:
            return await self._write("POST", f"{ME}/drafts", raw, thread_id), False
        except ToolFailure as failure:
            if failure.kind not in UNCERTAIN:
                raise
            known = await self.find_draft(mark)
            if known is None:
                raise
            return known, False

    async def replace(self, draft_id: str, raw: bytes, thread_id: str | None) -> Draft:
        """Gives a draft another message."""
        path = f"{ME}/drafts/{Connection.segment(draft_id, 'draft_id')}"
        return await self._write("PUT", path, raw, thread_id)

    async def delete(self, draft_id: str) -> None:
        """Deletes a draft for good; one that is gone already is no failure."""
        path = f"{ME}/drafts/{Connection.segment(draft_id, 'draft_id')}"
        try:
            await self._connection.send("DELETE", path, cost=quota.DELETE_DRAFT, retry=True)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.NOT_FOUND:
                raise

    async def send(
        self, draft_id: str, letter: Letter, mark: Mark | None = None
    ) -> MessageId | None:
        """Sends a draft, at most once; None where it was sent and the answer was lost.

        With `mark`, a draft that is gone is looked for among the sent mails: an earlier attempt
        of the same write may have arrived late.

        Raises:
            ToolFailure: It was not sent, or nobody knows.
        """
        try:
            message = await self._send_once(draft_id)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.NOT_FOUND or mark is None:
                raise
            message = await self.find_sent(mark)
            if message is None:
                raise
        while len(self._sent) >= _REMEMBERED:
            del self._sent[next(iter(self._sent))]
        kept = replace(letter, text="", html="", files=())
        self._sent[draft_id] = Sent(kept, message)
        return message

    async def find_sent(self, mark: Mark) -> MessageId | None:
        """The mail that a write with this mark has sent."""
        page = await self._messages({"q": _by_id(mark)})
        found = await self._marked(mark, [it.id for it in page.messages])
        if sent := next((it for it in found if mail.is_sent(it)), None):
            return sent
        if not mark.digest:
            return None
        latest = await self._messages({"labelIds": "SENT"})
        return next(iter(await self._marked(mark, [it.id for it in latest.messages])), None)

    async def find_draft(self, mark: Mark) -> Draft | None:
        """The draft that a write with this mark has put there."""
        page = await self.drafts(_by_id(mark), _LOOKED_THROUGH, None)
        found = await self._of_draft(mark, page)
        if found or not mark.digest:
            return found
        return await self._of_draft(mark, await self.drafts("", _LOOKED_THROUGH, None))

    async def _of_draft(self, mark: Mark, page: DraftPage) -> Draft | None:
        marked = await self._marked(mark, [it.message.id for it in page.drafts])
        ids = {it.id for it in marked}
        return next((it for it in page.drafts if it.message.id in ids), None)

    async def _send_once(self, draft_id: str) -> MessageId | None:
        try:
            return await self._send(draft_id)
        except ToolFailure as failure:
            if failure.kind not in UNCERTAIN:
                raise
        try:
            return await self._send(draft_id)
        except ToolFailure as failure:
            if failure.kind is ErrorKind.NOT_FOUND:
                return None
            raise

    async def _send(self, draft_id: str) -> MessageId:
        body = await self._connection.send(
            "POST", f"{ME}/drafts/send", {"id": draft_id}, cost=quota.SEND
        )
        return self._connection.parse(MessageId, body)

    async def _write(self, method: str, path: str, raw: bytes, thread_id: str | None) -> Draft:
        message = {"threadId": thread_id} if thread_id else {}
        retry = method == "PUT"
        if len(raw) > _UPLOADED_BYTES:
            content = _multipart({"message": message}, raw)
            answer = await self._connection.carry(
                method, f"/upload{path}", content, cost=quota.WRITE_DRAFT, retry=retry
            )
            return self._connection.parse(Draft, answer.json)
        coded = base64.urlsafe_b64encode(raw).decode()
        body = await self._connection.send(
            method,
            path,
            {"message": {**message, "raw": coded}},
            cost=quota.WRITE_DRAFT,
            retry=retry,
        )
        return self._connection.parse(Draft, body)

    async def _messages(self, params: dict[str, str]) -> MessagePage:
        return await self._connection.get(
            f"{ME}/messages",
            MessagePage,
            cost=quota.LIST,
            params={**params, "maxResults": _LOOKED_THROUGH},
        )

    async def _marked(self, mark: Mark, message_ids: list[str]) -> list[Message]:
        """Those of the messages that have the mark, whatever a search has found."""
        found = await self._connection.gathered(self._headers_of(it) for it in message_ids)
        return [it for it in found if it and _has(mark, it)]

    async def _headers_of(self, message_id: str) -> Message | None:
        path = f"{ME}/messages/{Connection.segment(message_id, 'message_id')}"
        params = {
            "format": "metadata",
            "metadataHeaders": [MARKER, "Message-ID"],
            "fields": _HEADERS,
        }
        try:
            return await self._connection.get(path, Message, cost=quota.GET, params=params)
        except ToolFailure as failure:
            if failure.kind is ErrorKind.NOT_FOUND:
                return None
            raise


def _by_id(mark: Mark) -> str:
    return f"rfc822msgid:{mark.message_id.strip('<>')}"


def _has(mark: Mark, message: Message) -> bool:
    digest, message_id = (mail.header(message, it) for it in (MARKER, "Message-ID"))
    return message_id == mark.message_id or bool(mark.digest and digest == mark.digest)


def _multipart(metadata: dict[str, object], raw: bytes) -> Content:
    """A mail and what is said of it, as one upload (guide "Upload attachments", multipart)."""
    boundary = f"arion_{uuid.uuid4().hex}"
    head = (
        f"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"
        f"{json.dumps(metadata)}\r\n--{boundary}\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return Content(
        params={"uploadType": "multipart"},
        body=head.encode() + raw + f"\r\n--{boundary}--\r\n".encode(),
        headers={"Content-Type": f"multipart/related; boundary={boundary}"},
    )
