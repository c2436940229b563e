"""Fetches one page of the public web, and never anything else.

A name is resolved once, every address it stands for is judged, and the connection goes to a judged
address: what the name resolves to a moment later is of no consequence (DNS rebinding). Each
redirection is judged anew. Nothing is sent but the request: no cookies, no referrer, no proxy.
"""

from __future__ import annotations

import asyncio
import re
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import zip_longest
from types import TracebackType
from typing import Protocol
from urllib.parse import quote

import httpx2

from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.http import kind_of_status
from arion_kit.words import ErrorKind, Language
from arion_search.addresses import PORTS, IPAddress, Target, judge_resolved, judge_url

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""`(host, port) → addresses`; raises OSError where there are none."""


class Transport(Protocol):
    """Sends a request to where its URL says, as `httpx2.AsyncHTTPTransport` does."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Sends it and gives the answer, whose body is still to be read."""
        ...

    async def aclose(self) -> None:
        """Closes what is open."""
        ...


@dataclass(frozen=True)
class Limits:
    """What one page may cost."""

    total_s: float = 15.0
    """For everything: resolving, every redirection, the last byte."""
    connect_s: float = 4.0
    step_s: float = 6.0
    """For each pause between two parts of the answer."""
    redirects: int = 5
    largest_bytes: int = 4_000_000
    """On the wire."""
    largest_unpacked_bytes: int = 12_000_000
    addresses: int = 4
    """Of a site that has several, how many are tried."""


@dataclass(frozen=True)
class Fetched:
    """A page as it came."""

    url: str
    """Where it was found in the end."""
    media_type: str
    charset: str | None
    """As the header says."""
    content: bytes


READABLE = ("text/", "application/xhtml+xml", "application/json", "application/xml")
_READABLE_ENDS = ("+json", "+xml")
_NAVER_POST = re.compile(r"/([\w-]{1,50})/(\d{1,20})/?", re.ASCII)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": f"arion/{version('arion-hub')} (reads one page at its user's request)",
    "Accept": "text/html,application/xhtml+xml,text/plain,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "ko,en;q=0.8",
    # No others: unpacking has to be stopped in the middle, which only zlib lets us do.
    "Accept-Encoding": "gzip, deflate",
}


_NEXT_STEPS: Mapping[ErrorKind, Mapping[Language, str]] = {
    ErrorKind.FORBIDDEN: {
        "ko": "로그인해야 보이는 페이지일 수 있어요. 다른 페이지를 골라 주세요.",
        "en": "The page may be for members only; please choose another.",
    },
    ErrorKind.NOT_FOUND: {
        "ko": "주소를 다시 확인해 주세요.",
        "en": "Please check the address.",
    },
    ErrorKind.TOO_LARGE: {
        "ko": "이 페이지는 너무 커서 읽을 수 없어요. 다른 페이지를 골라 주세요.",
        "en": "This page is too large to read; please choose another.",
    },
}


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a name, as the operating system tells."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Fetcher:
    """Fetches pages, between `async with` and its end."""

    def __init__(
        self,
        *,
        stand_in: str | None = None,
        limits: Limits | None = None,
        resolve: Resolve = resolve,
        transport: Transport | None = None,
        readable: tuple[str, ...] = READABLE,
    ) -> None:
        """Options.

        Args:
            stand_in: Base URL that is asked for every page (`{stand_in}/?url=…`) instead of the
                web; addresses are then judged by how they are written.
            limits: What one page may cost.
            resolve: How names are resolved.
            transport: How requests are sent.
            readable: Media types (or their beginnings) that are read.
        """
        self._stand_in = stand_in
        self._limits = limits or Limits()
        self._resolve = resolve
        self._given = transport
        self._opened: Transport | None = None
        self._readable = readable

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._opened:
            await self._opened.aclose()

    async def fetch(self, url: str) -> Fetched:
        """The page at `url`.

        Raises:
            BadInput: The address, or one that it redirects to, is not on the public web, or what
                is there is no text.
            UpstreamFailure: The site refused or failed.
        """
        target = _readable(judge_url(url))
        try:
            async with asyncio.timeout(self._limits.total_s):
                return await self._follow(target)
        except TimeoutError:
            raise self._failure(target, ErrorKind.TIMEOUT, "It took too long.") from None

    async def _follow(self, target: Target) -> Fetched:
        for _ in range(self._limits.redirects + 1):
            response = await self._get(target)
            try:
                location = response.headers.get("location", "")
                if response.status_code not in _REDIRECTS or not location:
                    return await self._taken(target, response)
            finally:
                await response.aclose()
            target = _next(target, location)
        raise self._failure(target, ErrorKind.BAD_RESPONSE, "It redirects again and again.")

    async def _get(self, target: Target) -> httpx2.Response:
        if self._stand_in:
            url = f"{self._stand_in}/?url={quote(str(target.url), safe='')}"
            return await self._send(target, httpx2.URL(url), {})
        error: UpstreamFailure | None = None
        for address in _alternating(await self._addresses(target))[: self._limits.addresses]:
            host = f"[{address}]" if address.version == 6 else str(address)
            try:
                return await self._send(
                    target, target.url.copy_with(host=host), {"sni_hostname": target.host}
                )
            except UpstreamFailure as failure:
                if failure.kind is not ErrorKind.UNAVAILABLE:
                    raise
                error = failure
        raise error or self._failure(target, ErrorKind.UNAVAILABLE, "It has no address.")

    async def _addresses(self, target: Target) -> tuple[IPAddress, ...]:
        if target.address is not None:
            return (target.address,)
        try:
            found = await self._resolve(target.host, target.port)
        except (OSError, UnicodeError):
            found = ()
        return judge_resolved(target.host, found)

    async def _send(
        self, target: Target, url: httpx2.URL, extensions: dict[str, str]
    ) -> httpx2.Response:
        step_s = self._limits.step_s
        timeouts = {
            "connect": self._limits.connect_s,
            "read": step_s,
            "write": step_s,
            "pool": step_s,
        }
        headers = dict(_HEADERS)
        if not self._stand_in:
            default = target.port == PORTS[target.url.scheme]
            headers["Host"] = target.host if default else f"{target.host}:{target.port}"
        request = httpx2.Request(
            "GET", url, headers=headers, extensions={"timeout": timeouts, **extensions}
        )
        try:
            return await self._transport().handle_async_request(request)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise self._failure(target, ErrorKind.UNAVAILABLE, str(error)) from error
        except httpx2.TimeoutException as error:
            raise self._failure(target, ErrorKind.TIMEOUT, str(error)) from error
        except httpx2.TransportError as error:
            raise self._failure(target, ErrorKind.BAD_RESPONSE, str(error)) from error

    def _transport(self) -> Transport:
        if self._given:
            return self._given
        if self._opened is None:
            # A kept connection is known by its address, and several sites may share one.
            self._opened = httpx2.AsyncHTTPTransport(
                trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0)
            )
        return self._opened

    async def _taken(self, target: Target, response: httpx2.Response) -> Fetched:
        status = response.status_code
        if not 200 <= status < 300:
            kind = ErrorKind.FORBIDDEN if status in (401, 402) else kind_of_status(status)
            raise self._failure(target, kind, f"HTTP {status}.")
        media_type, charset = _content_type(response.headers.get("content-type", ""))
        if media_type and not self._is_readable(media_type):
            raise BadInput("url", f"is {media_type}; web pages, text, JSON and PDF are read")
        return Fetched(str(target.url), media_type, charset, await self._body(target, response))

    def _is_readable(self, media_type: str) -> bool:
        return media_type.startswith(self._readable) or media_type.endswith(_READABLE_ENDS)

    async def _body(self, target: Target, response: httpx2.Response) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise self._failure(target, ErrorKind.BAD_RESPONSE, f"It is packed as {encoding}.")
        try:
            raw = self._measured(target, response)
            if encoding in ("identity", ""):
                return b"".join([part async for part in raw])
            return await self._unpacked(target, raw)
        except httpx2.TimeoutException as error:
            raise self._failure(target, ErrorKind.TIMEOUT, str(error)) from error
        except (httpx2.TransportError, zlib.error) as error:
            raise self._failure(target, ErrorKind.BAD_RESPONSE, str(error)) from error

    async def _measured(self, target: Target, response: httpx2.Response) -> AsyncIterator[bytes]:
        size = 0
        async for part in response.aiter_raw():
            size += len(part)
            if size > self._limits.largest_bytes:
                raise self._failure(target, ErrorKind.TOO_LARGE, f"Over {size - 1} bytes.")
            yield part

    async def _unpacked(self, target: Target, raw: AsyncIterator[bytes]) -> bytes:
        most = self._limits.largest_unpacked_bytes
        content = bytearray()
        unpack = None
        async for part in raw:
            if unpack is None:
                # Half of the sites send "deflate" without zlib's header.
                bare = part[:1] not in (b"\x1f", b"\x78", b"\x58", b"\x08", b"\x18", b"\x28")
                unpack = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
            content += unpack.decompress(part, most + 1 - len(content))
            if len(content) > most:
                raise self._failure(target, ErrorKind.TOO_LARGE, f"Over {most} bytes unpacked.")
        return bytes(content)

    def _failure(self, target: Target, kind: ErrorKind, message: str) -> UpstreamFailure:
        return UpstreamFailure(kind, message, service=target.host, next_steps=_NEXT_STEPS.get(kind))


def _next(target: Target, location: str) -> Target:
    try:
        url = str(target.url.join(location))
    except (httpx2.InvalidURL, ValueError):
        raise BadInput("url", "redirects to what is no address") from None
    return _readable(judge_url(url, via="redirects to an address that "))


def _readable(target: Target) -> Target:
    """The same post where its text is: Naver's blogs show theirs in a frame."""
    post = _NAVER_POST.fullmatch(target.url.path) if target.host == "blog.naver.com" else None
    if not post:
        return target
    return judge_url(f"https://m.blog.naver.com/{post[1]}/{post[2]}")


def _alternating(addresses: tuple[IPAddress, ...]) -> list[IPAddress]:
    """IPv4 and IPv6 in turn, so that a machine without one of them gets to the other."""
    first = addresses[0].version
    kinds = (
        [it for it in addresses if it.version == first],
        [it for it in addresses if it.version != first],
    )
    return [it for pair in zip_longest(*kinds) for it in pair if it is not None]


def _content_type(header: str) -> tuple[str, str | None]:
    media_type, _, parameters = header.partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.strip().lower(), value.strip().strip("\"'").lower() or None
    return media_type.strip().lower(), None
