"""Gmail's API, as far as the tools need it.

    GmailApi            what reads: search, messages, threads, labels, attachments
    ├── .outbox         drafts and sending
    └── .changes        labels and the bin

Source of paths and parameters: the Gmail API v1 discovery document.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from arion_gmail import mail, quota
from arion_gmail.changes import Changes
from arion_gmail.connection import ME, Connection
from arion_gmail.mail import Correspondent
from arion_gmail.outbox import Outbox
from arion_gmail.settings import GMAIL, GmailSettings
from arion_gmail.wire import Attachment, Label, Labels, Message, MessagePage, Profile, Thread
from arion_kit.credentials import Bearer
from arion_kit.errors import ToolFailure
from arion_kit.google import NextSteps, google_translator
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.messages import Content
from arion_kit.words import ErrorKind

SERVICE = "Gmail"

Scopes = Callable[[], Awaitable[frozenset[str] | None]]
"""Asks what the token allows; None where nobody tells."""

_PARTS = "mimeType,filename"
_IN_SHORT = (
    "id,threadId,labelIds,snippet,internalDate,payload"
    f"(headers,{_PARTS},parts({_PARTS},parts({_PARTS},parts({_PARTS}))))"
)
"""A message without its text, as a partial response: `format=metadata` names no attachments."""

_READERS = 2
_REMEMBERED = timedelta(minutes=30)
"""How long "that mail" means the one that was shown last."""

LARGEST_MAIL = 25_000_000
"""Bytes of what one mail may carry (Gmail's help page on attachments)."""

_NEXT_STEPS: NextSteps = {
    "accessNotConfigured": {
        "ko": "구글 클라우드 프로젝트에서 Gmail API를 사용 설정해 주세요.",
        "en": "Please enable the Gmail API in the Google Cloud project.",
    },
    "insufficientPermissions": {
        "ko": "Gmail 권한이 있는 토큰으로 바꿔 주세요. 필요한 권한은 README에 있어요.",
        "en": "Please use a token with the Gmail scopes that the README names.",
    },
    ErrorKind.NOT_SIGNED_IN: {
        "ko": "Gmail 계정을 다시 연결해 주세요. 토큰이 만료됐을 수 있어요.",
        "en": "Please connect Gmail again; the token may have expired.",
    },
    ErrorKind.NOT_FOUND: {
        "ko": "메일을 다시 검색해 주세요. 지워졌을 수 있어요.",
        "en": "Please search again; the mail may have been deleted.",
    },
}


@dataclass(frozen=True)
class Search:
    """What to look for. A page token only fits the search it came from."""

    query: str
    max_results: int
    page_token: str | None = None
    label_ids: Sequence[str] | None = None
    include_spam_trash: bool = False


class GmailApi:
    """Typed calls; failures leave as the kit's errors."""

    def __init__(self, upstream: Upstream, scopes: Scopes) -> None:
        connection = Connection(upstream)
        self._connection = connection
        self._address: str | None = None
        self._me: Correspondent | None = None
        self.scopes = scopes
        self.outbox = Outbox(connection)
        self.changes = Changes(connection)
        self.readers = asyncio.Semaphore(_READERS)
        """For those who read files: each takes a process with much memory."""
        self._shown: tuple[str, datetime] | None = None

    def show(self, message_id: str, now: datetime) -> None:
        """Remembers the message that was shown last: what a person means by "that mail"."""
        self._shown = (message_id, now)

    def last_shown(self, now: datetime) -> str | None:
        """The message that was shown last, unless that is long ago."""
        if self._shown is None or now - self._shown[1] > _REMEMBERED:
            return None
        return self._shown[0]

    async def found(self, search: Search) -> MessagePage:
        """One page of a search, newest first: ids only."""
        return await self._connection.get(
            f"{ME}/messages",
            MessagePage,
            cost=quota.LIST,
            params={
                "q": search.query or None,
                "maxResults": search.max_results,
                "pageToken": search.page_token,
                "labelIds": search.label_ids,
                "includeSpamTrash": search.include_spam_trash or None,
            },
        )

    async def in_short(self, message_ids: Iterable[str]) -> tuple[Message, ...]:
        """Messages without their text; those that are gone are left out."""
        found = await self._connection.gathered(
            self._present(it, fields=_IN_SHORT) for it in message_ids
        )
        return tuple(it for it in found if it)

    async def newest(self, query: str) -> Message | None:
        """The newest message that matches, whole."""
        page = await self.found(Search(query, max_results=1))
        return await self.message(page.messages[0].id) if page.messages else None

    async def message(self, message_id: str, *, fields: str | None = None) -> Message:
        """One message, whole unless `fields` names parts.

        Raises:
            UpstreamFailure: Of kind `not_found` when there is none of that id.
        """
        path = f"{ME}/messages/{Connection.segment(message_id, 'message_id')}"
        params = {"format": "full", "fields": fields}
        return await self._connection.get(path, Message, cost=quota.GET, params=params)

    async def messages(self, message_ids: Iterable[str]) -> tuple[Message | None, ...]:
        """Several messages, whole, in order; None for each that is not there."""
        return await self._connection.gathered(self._present(it, fields=None) for it in message_ids)

    async def thread(self, thread_id: str) -> Thread:
        """A whole conversation.

        Raises:
            UpstreamFailure: Of kind `not_found` when there is none of that id.
        """
        path = f"{ME}/threads/{Connection.segment(thread_id, 'thread_id')}"
        return await self._connection.get(
            path, Thread, cost=quota.THREAD, params={"format": "full"}
        )

    async def content(self, message_id: str, attached: mail.Attached) -> bytes:
        """What is in an attachment."""
        if attached.content or not attached.gmail_id:
            return attached.content
        message = Connection.segment(message_id, "message_id")
        attachment = Connection.segment(attached.gmail_id, "attachment_id")
        path = f"{ME}/messages/{message}/attachments/{attachment}"
        answer = await self._connection.carry("GET", path, Content(), cost=quota.GET, retry=True)
        return self._connection.parse(Attachment, answer.json).data

    async def labels(self) -> tuple[Label, ...]:
        """Every label, Gmail's own among them."""
        return (await self._connection.get(f"{ME}/labels", Labels, cost=quota.LABELS)).labels

    async def address(self) -> str:
        """The address of the mailbox; asked once, since the token is the server's own."""
        if self._address is None:
            profile = await self._connection.get(f"{ME}/profile", Profile, cost=quota.PROFILE)
            self._address = profile.email_address
        return self._address

    async def me(self) -> Correspondent:
        """Who writes: the address, and the name under which the person has last sent mail."""
        if self._me is None:
            address = await self.address()
            self._me = Correspondent(await self._name_of(address), address)
        return self._me

    async def _name_of(self, address: str) -> str:
        try:
            page = await self.found(Search("in:sent", max_results=1))
            sent = await self.in_short(it.id for it in page.messages)
        except ToolFailure as failure:
            if failure.kind is ErrorKind.FORBIDDEN:  # the token may write, but not read
                return ""
            raise
        writers = (mail.sender(it) for it in sent)
        own = (it.name for it in writers if it.address.casefold() == address.casefold())
        return next(own, "")

    async def _present(self, message_id: str, *, fields: str | None) -> Message | None:
        """The message, or None where it is gone: it may be deleted while a page is read."""
        try:
            return await self.message(message_id, fields=fields)
        except ToolFailure as failure:
            if failure.kind is ErrorKind.NOT_FOUND:
                return None
            raise


def upstream_options(settings: GmailSettings) -> UpstreamOptions:
    """How to reach Gmail with these settings."""
    at_google = settings.base_url == GMAIL
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.base_url,
        credentials=Bearer(settings.token, "ARION_GMAIL_TOKEN"),
        translate=google_translator(SERVICE, _NEXT_STEPS),
        quota=quota.PER_USER if at_google else None,  # a stand-in has none
        largest_bytes=LARGEST_MAIL * 3 // 2,  # base64 within JSON
    )
