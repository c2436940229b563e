"""One vendor's speech API over HTTP: kept connections, bounds, one retry, failures as our own."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import httpx2
from pydantic import SecretStr

from arion_voice.cloud.refusals import NARROW_KEY, Refusal, refusal_of
from arion_voice.errors import VoiceErrorKind
from arion_voice.streams import closing

_KEPT_S = 120.0
"""How long an idle connection is kept: a new one takes two or three round trips, in seconds."""

_EXTRA = 0.1
"""Time that a second of audio adds to the wait for its transcript, in seconds."""

_LARGEST = 4_000_000
"""Largest answer that is no sound, in bytes: some ten times the words of the longest audio."""

_LOST = (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError)
"""The connection broke. A kept one that the vendor has closed meanwhile does so at the next use."""


@dataclass(frozen=True)
class Bounds:
    """How long we wait for a vendor, and how much we ask at once."""

    connect_s: float = 2.0
    """For a connection, in seconds."""
    answer_s: float = 4.0
    """For a transcript from end to end, beside what the length of its audio adds, and for each next
    piece of sound, in seconds."""
    at_once: int = 4
    """Requests at a time."""
    most_waiting: int = 8
    """Requests that wait for their turn; more are refused."""


@dataclass(frozen=True)
class Site:
    """Where a vendor is, and the header that lets us in."""

    name: str
    """The vendor's name, for messages."""
    url: str
    """Base URL."""
    key: SecretStr | None
    models: str
    """Path of its list of models, which costs nothing and needs the key."""
    key_header: str
    """Name of the header that carries the key."""
    key_prefix: str = ""
    """What stands before the key in it."""


class Connection:
    """A vendor's API. Nothing is connected before the first request."""

    def __init__(self, site: Site, bounds: Bounds) -> None:
        self._site = site
        self._bounds = bounds
        self._turns = asyncio.Semaphore(bounds.at_once)
        self._waiting = 0
        plain = site.url.startswith("http://")
        self._client = httpx2.AsyncClient(
            base_url=site.url,
            headers={"User-Agent": "arion"},
            timeout=httpx2.Timeout(bounds.answer_s, connect=bounds.connect_s),
            limits=httpx2.Limits(keepalive_expiry=_KEPT_S),
            # A TLS context costs 50 ms of CPU, and a proxy has no business on the way to a
            # plain-http base URL, which is a server on this machine or network.
            verify=not plain,
            trust_env=not plain,
        )

    async def warm(self) -> None:
        """Open a connection and see whether the key is accepted.

        Other answers than a refusal of the key count for nothing: not every server has a list of
        models, and not every key may see it.

        Raises:
            SpeechError: `not_allowed`, or `engine_failed` where nobody answers.
        """
        try:
            async with self._answered("GET", self._site.models, {}) as response:
                # A connection whose answer is left unread is not kept.
                await self._read(response)
        except Refusal as refusal:
            unreached = refusal.status is None
            if unreached or (refusal.status == 401 and refusal.reason != NARROW_KEY):
                raise

    async def text(self, path: str, *, audio_s: float, **request: Any) -> Mapping[str, Any]:
        """Post audio and return the object that answers it.

        Args:
            path: below the base URL.
            audio_s: length of the audio, in seconds.
            request: what httpx takes: `data`, `files`.

        Raises:
            SpeechError: the request failed.
        """
        within_s = self._bounds.answer_s + _EXTRA * audio_s
        request["timeout"] = httpx2.Timeout(within_s, connect=self._bounds.connect_s)
        try:
            async with (
                asyncio.timeout(within_s),
                self._answered("POST", path, request) as response,
            ):
                content = await self._read(response)
        except TimeoutError:
            raise self._failure(f"no answer within {within_s:g} s") from None
        answer = _parsed(content)
        if answer is None:
            raise self._failure("the answer is no JSON object")
        return answer

    @asynccontextmanager
    async def sound(self, path: str, **request: Any) -> AsyncGenerator[AsyncIterator[bytes]]:
        """Post a request and give the bytes of the answer as they arrive.

        Args:
            path: below the base URL.
            request: what httpx takes.

        Raises:
            SpeechError: the request failed; or, from the bytes, the connection did.
        """
        async with (
            self._answered("POST", path, request) as response,
            closing(self._bytes(response)) as sound,
        ):
            yield sound

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    @asynccontextmanager
    async def _answered(
        self, method: str, path: str, request: Mapping[str, Any]
    ) -> AsyncGenerator[httpx2.Response]:
        if self._waiting >= self._bounds.most_waiting:
            raise self._failure("too many requests wait", VoiceErrorKind.BUSY)
        headers = self._headers()
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        try:
            response = await self._sent(method, path, {**request, "headers": headers})
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            self._turns.release()

    def _headers(self) -> dict[str, str]:
        key = self._site.key
        if key is None:
            return {}
        secret = key.get_secret_value().strip()
        # What no header can hold would come back in the error that says so.
        if not re.fullmatch(r"[!-~]+", secret):
            raise self._failure("the key holds what no key can", VoiceErrorKind.NOT_ALLOWED)
        return {self._site.key_header: self._site.key_prefix + secret}

    async def _sent(self, method: str, path: str, request: Mapping[str, Any]) -> httpx2.Response:
        """The answer to a request, its body unread; asked once more where that is safe."""
        try:
            return await self._tried(method, path, request)
        except Refusal as refusal:
            if refusal.pause_s is None:
                raise
            await asyncio.sleep(refusal.pause_s)
        return await self._tried(method, path, request)

    async def _tried(self, method: str, path: str, request: Mapping[str, Any]) -> httpx2.Response:
        prepared = self._client.build_request(method, path, **request)
        try:
            response = await self._client.send(prepared, stream=True)
        except _LOST as error:
            raise self._failure(f"connection lost ({type(error).__name__})", pause_s=0) from error
        except httpx2.RequestError as error:
            raise self._failure(f"not reached ({type(error).__name__})") from error
        if response.is_success:
            return response
        try:
            content = await self._read(response)
        finally:
            await response.aclose()
        raise refusal_of(self._site.name, response.status_code, response.headers, _parsed(content))

    async def _read(self, response: httpx2.Response) -> bytes:
        content = bytearray()
        async with closing(self._bytes(response)) as data:
            async for piece in data:
                content += piece
                if len(content) > _LARGEST:
                    raise self._failure("the answer is too large")
        return bytes(content)

    async def _bytes(self, response: httpx2.Response) -> AsyncGenerator[bytes]:
        try:
            async for data in response.aiter_bytes():
                yield data
        except httpx2.RequestError as error:
            raise self._failure(f"answer broken off ({type(error).__name__})") from error

    def _failure(
        self,
        what: str,
        kind: VoiceErrorKind = VoiceErrorKind.ENGINE_FAILED,
        *,
        pause_s: float | None = None,
    ) -> Refusal:
        return Refusal(kind, f"{self._site.name}: {what}", pause_s=pause_s)


def _parsed(content: bytes) -> Mapping[str, Any] | None:
    try:
        body: Any = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return cast("Mapping[str, Any]", body) if isinstance(body, dict) else None
