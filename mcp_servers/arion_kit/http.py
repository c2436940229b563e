"""One vendor's JSON API over HTTP: kept connections, deadlines, retries, quota and breaker.

Nothing but `UpstreamFailure` (or what `translate` returns) leaves this module when a call fails,
and no message carries a credential.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeVar

import httpx2
from pydantic import BaseModel, JsonValue, ValidationError

from arion_kit.breaker import Breaker
from arion_kit.changes import UNCERTAIN, current_changes
from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.credentials import Credentials
from arion_kit.errors import ToolFailure, UpstreamFailure
from arion_kit.limiter import Limiter, Quota
from arion_kit.messages import Answer, Content, Params, read_retry_after
from arion_kit.redaction import redact
from arion_kit.words import ErrorKind

logger = logging.getLogger(__name__)

Translate = Callable[[int, JsonValue, Mapping[str, str]], ToolFailure | None]
"""`(status, body, headers) → failure`: what this vendor means by an answer.

Asked for every answer, since some vendors report errors with status 200. `body` is None where it
is not JSON; header names are lower case. None means: judge by the status alone. An
`UpstreamFailure` is told to the person in the kit's words for its kind; a plain `ToolFailure` in
its own.
"""

Model = TypeVar("Model", bound=BaseModel)

_BY_STATUS = {
    400: ErrorKind.BAD_INPUT,
    401: ErrorKind.NOT_SIGNED_IN,
    403: ErrorKind.FORBIDDEN,
    404: ErrorKind.NOT_FOUND,
    408: ErrorKind.TIMEOUT,
    409: ErrorKind.CONFLICT,
    410: ErrorKind.GONE,
    412: ErrorKind.CONFLICT,
    413: ErrorKind.TOO_LARGE,
    422: ErrorKind.BAD_INPUT,
    429: ErrorKind.RATE_LIMITED,
    504: ErrorKind.TIMEOUT,
}
_UNSENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
)
"""After these the vendor has certainly seen nothing."""

_PASSING = frozenset({ErrorKind.RATE_LIMITED, ErrorKind.UNAVAILABLE, ErrorKind.TIMEOUT})
"""Kinds that may be gone at the next attempt."""


@dataclass(frozen=True)
class UpstreamOptions:
    """Where a vendor is, how we sign in, and how long we are patient."""

    service: str
    """The vendor's name as people say it."""
    base_url: str
    credentials: Credentials
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    translate: Translate | None = None
    quota: Quota | None = None
    timeout_s: float = 10.0
    """For one attempt, from connecting to the last byte."""
    attempts: int = 3
    backoff_s: float = 0.2
    """Upper bound of the first wait before a retry; doubles with each."""
    patience_s: float = 10.0
    """No attempt begins later than this after the first."""
    longest_wait_s: float = 4.0
    """A vendor or quota that asks for a longer wait makes the call fail at once."""
    largest_bytes: int = 8_000_000


@dataclass(frozen=True)
class _Wanted:
    """What counts as an answer."""

    statuses: frozenset[int] = frozenset()
    json_only: bool = False
    timeout_s: float = 10.0


class Upstream:
    """The vendor's API, open between `async with` and its end."""

    def __init__(self, options: UpstreamOptions, *, clock: Clock = SYSTEM_CLOCK) -> None:
        self._options = options
        self._clock = clock
        self._breaker = Breaker(clock=clock)
        self._limiter = Limiter(options.quota, clock) if options.quota else None
        plain = options.base_url.startswith("http://")
        self._client = httpx2.AsyncClient(
            headers={"Accept": "application/json", "User-Agent": "arion", **options.headers},
            timeout=options.timeout_s,
            # A TLS context costs 50 ms of CPU, and a proxy has no business on the way to a
            # plain-http base URL, which is a stand-in on this machine or network.
            verify=not plain,
            trust_env=not plain,
        )

    async def __aenter__(self) -> Upstream:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def get(self, path: str, *, params: Params | None = None, cost: float = 1.0) -> JsonValue:
        """Reads `path` (quoted by the caller), retrying what may pass.

        Args:
            path: Appended to the base URL; starts with a slash.
            params: Query parameters.
            cost: Units of the vendor's quota.

        Returns:
            The parsed body, or None where there is none.

        Raises:
            ToolFailure: The call failed.
        """
        return await self.send("GET", path, params=params, cost=cost, retry=True)

    async def send(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: JsonValue = None,
        cost: float = 1.0,
        retry: bool = False,
    ) -> JsonValue:
        """Sends a request as `get` does, retrying only where `retry` says that it is safe.

        A request that is not a GET counts as a change: when the tool call fails after it may have
        been carried out, the person is told so.
        """
        answer = await self.fetch(
            method, path, Content(params=params, json=json), cost=cost, retry=retry, json_only=True
        )
        return answer.json

    async def fetch(
        self,
        method: str,
        path: str,
        content: Content | None = None,
        *,
        cost: float = 1.0,
        retry: bool = False,
        expect: frozenset[int] = frozenset(),
        json_only: bool = False,
    ) -> Answer:
        """Sends a request and gives the whole answer: status, headers and body.

        Args:
            method: Of HTTP.
            path: Appended to the base URL; starts with a slash.
            content: What is sent besides.
            cost: Units of the vendor's quota.
            retry: Whether it may be sent again after a failure that may pass.
            expect: Statuses outside of 2xx that are answers and no failures.
            json_only: Whether a body that is not JSON is a failure.

        Raises:
            ToolFailure: The call failed.
        """
        return await self._persist(
            lambda: self._request(method, path, content or Content()),
            _Wanted(expect, json_only, (content and content.timeout_s) or self._options.timeout_s),
            cost,
            retry=retry,
        )

    async def fetch_open(self, url: str) -> Answer:
        """Reads an absolute URL that the vendor gave us, such as a signed link to a file.

        Our credentials are for the vendor itself and do not go there.
        """
        return await self._persist(
            lambda: self._client.build_request("GET", url),
            _Wanted(timeout_s=self._options.timeout_s),
            0.0,
            retry=True,
        )

    async def _persist(
        self, make: Callable[[], httpx2.Request], wanted: _Wanted, cost: float, *, retry: bool
    ) -> Answer:
        current_changes().asked = True
        attempts = self._options.attempts if retry else 1
        until = self._clock.monotonic() + self._options.patience_s
        for attempt in range(attempts):
            # Made anew each time: a signature may hold the time.
            request = make()
            try:
                return await self._attempt(request, wanted, cost)
            except ToolFailure as failure:
                wait_s = self._wait_s(failure, attempt)
                late = self._clock.monotonic() + (wait_s or 0.0) >= until
                if attempt + 1 == attempts or wait_s is None or late:
                    raise
                logger.info(
                    "%s %s: %s; trying again", request.method, request.url.path, failure.kind
                )
            await self._clock.sleep(wait_s)
        raise AssertionError("the last attempt returns or raises")

    def parse(self, model: type[Model], body: JsonValue) -> Model:
        """`body` as a `model`; the vendor is to blame where it does not fit.

        Raises:
            UpstreamFailure: Of kind `bad_response`.
        """
        try:
            return model.model_validate(body)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise self._failure(
                ErrorKind.BAD_RESPONSE, f"{model.__name__}.{where}: {first['msg']}"
            ) from error

    def _request(self, method: str, path: str, content: Content) -> httpx2.Request:
        credentials = self._options.credentials
        if missing := credentials.missing():
            raise self._failure(ErrorKind.NOT_SIGNED_IN, f"{missing} is not set.")
        given = {name: it for name, it in (content.params or {}).items() if it is not None}
        request = self._client.build_request(
            method,
            self._options.base_url + path,
            params=given or None,
            json=content.json,
            content=content.body,
            headers=dict(content.headers),
            timeout=content.timeout_s or self._options.timeout_s,
        )
        credentials.sign(request)
        return request

    async def _attempt(self, request: httpx2.Request, wanted: _Wanted, cost: float) -> Answer:
        refused_s = self._breaker.refused_for_s()
        if refused_s > 0:
            raise self._failure(
                ErrorKind.UNAVAILABLE, "It failed several times in a row.", retry_after_s=refused_s
            )
        if self._limiter:
            await self._take(self._limiter, cost)
        possible = request.method != "GET"
        try:
            return self._read(*await self._watched(request, wanted.timeout_s), wanted)
        except ToolFailure as failure:
            sent = not isinstance(failure.__cause__, _UNSENT)
            possible = possible and sent and failure.kind in UNCERTAIN
            raise
        finally:
            changes = current_changes()
            changes.possible = changes.possible or possible

    async def _watched(
        self, request: httpx2.Request, timeout_s: float
    ) -> tuple[httpx2.Response, bytes]:
        try:
            response, content = await self._exchange(request, timeout_s)
        except ToolFailure as failure:
            self._breaker.record(healthy=failure.kind is ErrorKind.TOO_LARGE)
            raise
        self._breaker.record(healthy=response.status_code < 500)
        return response, content

    async def _take(self, limiter: Limiter, cost: float) -> None:
        wait_s = limiter.wait_s(cost)
        if wait_s > self._options.longest_wait_s:
            raise self._failure(
                ErrorKind.RATE_LIMITED, "Our own quota is used up.", retry_after_s=wait_s
            )
        await limiter.take(cost)

    async def _exchange(
        self, request: httpx2.Request, timeout_s: float
    ) -> tuple[httpx2.Response, bytes]:
        try:
            async with asyncio.timeout(timeout_s):
                response = await self._client.send(request, stream=True)
                try:
                    return response, await self._body(response)
                finally:
                    await response.aclose()
        except (TimeoutError, httpx2.TimeoutException) as error:
            kind = (
                ErrorKind.UNAVAILABLE
                if isinstance(error, httpx2.ConnectTimeout)
                else ErrorKind.TIMEOUT
            )
            raise self._failure(kind, f"No answer in {timeout_s:g} s.") from error
        except (httpx2.ConnectError, httpx2.ProxyError) as error:
            raise self._failure(ErrorKind.UNAVAILABLE, f"No connection: {error}") from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise self._failure(ErrorKind.BAD_RESPONSE, f"The answer broke off: {error}") from error

    async def _body(self, response: httpx2.Response) -> bytes:
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > self._options.largest_bytes:
                raise self._failure(
                    ErrorKind.TOO_LARGE,
                    f"The answer is larger than {self._options.largest_bytes} bytes.",
                )
        return bytes(content)

    def _read(self, response: httpx2.Response, content: bytes, wanted: _Wanted) -> Answer:
        status = response.status_code
        headers = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(status, headers, content)
        if status in wanted.statuses:
            return answer
        translate = self._options.translate
        failure = translate and translate(status, answer.json_or_none, headers)
        if failure:
            raise self._completed(failure, headers)
        if not response.is_success:
            raise self._completed(self._failure(kind_of_status(status), f"HTTP {status}."), headers)
        if wanted.json_only and not answer.readable:
            raise self._failure(ErrorKind.BAD_RESPONSE, "The answer is not JSON.")
        return answer

    def _completed(self, failure: ToolFailure, headers: Mapping[str, str]) -> ToolFailure:
        told = failure.failure
        retry_after_s = told.retry_after_s
        if retry_after_s is None and told.kind in _PASSING:
            retry_after_s = read_retry_after(headers.get("retry-after"), self._clock.wall())
        message = self._redacted(told.message)
        failure.args = (message,)
        failure.failure = told.model_copy(
            update={"message": message, "retry_after_s": retry_after_s}
        )
        if isinstance(failure, UpstreamFailure) and failure.service is None:
            failure.service = self._options.service
        return failure

    def _wait_s(self, failure: ToolFailure, attempt: int) -> float | None:
        """Seconds to wait before the next attempt; None when there should be none."""
        if failure.kind not in _PASSING:
            return None
        asked_s = failure.failure.retry_after_s
        if asked_s is not None:
            return asked_s if asked_s <= self._options.longest_wait_s else None
        longest_s = min(self._options.backoff_s * 2**attempt, self._options.longest_wait_s)
        return longest_s * self._clock.chance()

    def _failure(
        self, kind: ErrorKind, message: str, *, retry_after_s: float | None = None
    ) -> UpstreamFailure:
        return UpstreamFailure(
            kind,
            self._redacted(message),
            retry_after_s=retry_after_s,
            service=self._options.service,
        )

    def _redacted(self, message: str) -> str:
        for secret in self._options.credentials.secrets():
            message = redact(message, secret)
        return redact(message)


def kind_of_status(status: int) -> ErrorKind:
    """What an HTTP status other than 2xx means where the vendor says no more."""
    if status >= 500:
        return _BY_STATUS.get(status, ErrorKind.UNAVAILABLE)
    return _BY_STATUS.get(status, ErrorKind.BAD_RESPONSE)
