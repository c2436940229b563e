"""Gmail's API, as far as the tools need it.

Source of paths and parameters: the Gmail API v1 discovery document.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from arion_gmail.settings import GMAIL, GmailSettings
from arion_gmail.wire import Label, Labels, Message, MessagePage
from arion_kit.errors import ToolFailure
from arion_kit.google import NextSteps, google_translator
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind

SERVICE = "Gmail"

_ME = "/gmail/v1/users/me"

# Quota units since May 2026, and what a user of a project may spend in a minute: 6,000 of them
# (developers.google.com/workspace/gmail/api/reference/quota). A burst and a minute stay below.
_LIST_UNITS = 5
_GET_UNITS = 20
_LABELS_UNITS = 1
_QUOTA = Quota(units_per_s=50, burst=3_000)

_AT_ONCE = 10
"""Requests in flight: Gmail answers 429 "Too many concurrent requests for user" to many more."""

_PARTS = "mimeType,filename"
_IN_SHORT = (
    "id,threadId,labelIds,snippet,internalDate,payload"
    f"(headers,{_PARTS},parts({_PARTS},parts({_PARTS},parts({_PARTS}))))"
)
"""A message without its text, as a partial response: `format=metadata` names no attachments."""

_NEXT_STEPS: NextSteps = {
    "accessNotConfigured": {
        "ko": "구글 클라우드 프로젝트에서 Gmail API를 사용 설정해 주세요.",
        "en": "Please enable the Gmail API in the Google Cloud project.",
    },
    "insufficientPermissions": {
        "ko": "Gmail 읽기 권한이 있는 토큰으로 바꿔 주세요.",
        "en": "Please use a token that may read Gmail.",
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


@dataclass(frozen=True)
class Found:
    """One page of messages, newest first."""

    messages: tuple[Message, ...]
    next_page_token: str | None


class GmailApi:
    """Typed calls; failures leave as the kit's errors."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._in_flight = asyncio.Semaphore(_AT_ONCE)

    async def search(self, search: Search) -> Found:
        """One page of messages in short, without their text."""
        page = await self._page(search)
        messages = await self._messages((it.id for it in page.messages), fields=_IN_SHORT)
        return Found(tuple(it for it in messages if it), page.next_page_token)

    async def newest(self, query: str) -> Message | None:
        """The newest message that matches, whole."""
        page = await self._page(Search(query, max_results=1))
        return await self.message(page.messages[0].id) if page.messages else None

    async def message(self, message_id: str, *, fields: str | None = None) -> Message:
        """One message, whole unless `fields` names parts.

        Raises:
            UpstreamFailure: Of kind `not_found` when there is none of that id.
        """
        async with self._in_flight:
            body = await self._upstream.get(
                f"{_ME}/messages/{quote(message_id, safe='')}",
                params={"format": "full", "fields": fields},
                cost=_GET_UNITS,
            )
        return self._upstream.parse(Message, body)

    async def messages(self, message_ids: Iterable[str]) -> tuple[Message | None, ...]:
        """Several messages, whole, in order; None for each that is not there."""
        return await self._messages(message_ids, fields=None)

    async def labels(self) -> tuple[Label, ...]:
        """Every label, Gmail's own among them."""
        body = await self._upstream.get(f"{_ME}/labels", cost=_LABELS_UNITS)
        return self._upstream.parse(Labels, body).labels

    async def _page(self, search: Search) -> MessagePage:
        body = await self._upstream.get(
            f"{_ME}/messages",
            params={
                "q": search.query or None,
                "maxResults": search.max_results,
                "pageToken": search.page_token,
                "labelIds": search.label_ids,
                "includeSpamTrash": search.include_spam_trash or None,
            },
            cost=_LIST_UNITS,
        )
        return self._upstream.parse(MessagePage, body)

    async def _messages(
        self, message_ids: Iterable[str], *, fields: str | None
    ) -> tuple[Message | None, ...]:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._present(it, fields=fields)) for it in message_ids]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return tuple(task.result() for task in tasks)

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
        token=settings.token,
        token_variable="ARION_GMAIL_TOKEN",  # noqa: S106 - the name of a variable
        translate=google_translator(SERVICE, _NEXT_STEPS),
        quota=_QUOTA if at_google else None,  # a stand-in has none
    )
