"""How GitHub is asked: conditional reads, pages, moved repositories."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

from pydantic import BaseModel, JsonValue

from arion_github.refusals import SERVICE
from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.http import Upstream
from arion_kit.messages import Answer, Content, Params
from arion_kit.words import ErrorKind

JSON = "application/vnd.github+json"
DIFF = "application/vnd.github.diff"
RAW = "application/vnd.github.raw+json"
MATCHES = "application/vnd.github.text-match+json"

POSITION = frozenset({"page", "after", "before"})
"""Query parameters that say where in a list one is."""

_MOVED = frozenset({301, 302, 307, 308})
_MOST_MOVES = 2
_KEPT_BYTES = 8_000_000
_LARGEST_KEPT = 1_000_000

_NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}|\.[A-Za-z0-9_-][A-Za-z0-9._-]{0,98}")

Model = TypeVar("Model", bound=BaseModel)
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of a list."""

    rows: Sequence[Row]
    next: Mapping[str, str] | None
    """Query parameters of the page after it."""


class Remembered:
    """Answers by their ETag: GitHub counts no question whose answer has not changed."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, key: str) -> Answer | None:
        """The last answer to this question."""
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Keeps an answer, and lets go of those that were asked for longest ago."""
        if "etag" not in answer.headers or len(answer.content) > _LARGEST_KEPT:
            return
        old = self._answers.pop(key, None)
        self._bytes += len(answer.content) - (len(old.content) if old else 0)
        self._answers[key] = answer
        while self._bytes > _KEPT_BYTES:
            _, oldest = self._answers.popitem(last=False)
            self._bytes -= len(oldest.content)


class Transport:
    """GitHub's REST API; failures leave as the kit's errors."""

    def __init__(self, upstream: Upstream, base_url: str) -> None:
        self._upstream = upstream
        self._base_url = base_url
        self._remembered = Remembered()

    async def answer(
        self, path: str, params: Params | None = None, *, accept: str = JSON
    ) -> Answer:
        """Reads `path`, from memory where GitHub says that nothing has changed."""
        content = Content(params=params, headers={"Accept": accept})
        for _ in range(_MOST_MOVES):
            answer = await self._conditional(path, content)
            if answer.status not in _MOVED:
                return answer
            location = answer.headers.get("location", "")
            if not location.startswith(f"{self._base_url}/"):
                break
            path, content = location.removeprefix(self._base_url), Content(headers=content.headers)
        raise UpstreamFailure(
            ErrorKind.NOT_FOUND, "GitHub says that it is somewhere else now.", service=SERVICE
        )

    async def read(self, path: str, params: Params | None = None) -> JsonValue:
        """The parsed body."""
        return self._json(await self.answer(path, params))

    async def one(self, model: type[Model], path: str, params: Params | None = None) -> Model:
        """One thing."""
        return self.parse(model, await self.read(path, params))

    async def page(
        self,
        model: type[Model],
        path: str,
        params: Params,
        *,
        within: str | None = None,
        accept: str = JSON,
    ) -> tuple[Page[Model], JsonValue]:
        """A page of a list (of the list `within` the body), and the whole body."""
        answer = await self.answer(path, params, accept=accept)
        body = self._json(answer)
        rows = body.get(within) if within and isinstance(body, dict) else body
        if not isinstance(rows, list):
            raise UpstreamFailure(ErrorKind.BAD_RESPONSE, "No list came.", service=SERVICE)
        return Page([self.parse(model, row) for row in rows], _next(answer)), body

    async def write(
        self,
        method: str,
        path: str,
        json: JsonValue = None,
        *,
        expect: frozenset[int] = frozenset(),
        retry: bool = False,
    ) -> Answer:
        """Changes something. Repeated by itself only where `retry` says that it is harmless."""
        content = Content(json=json, headers={"Accept": JSON})
        moved = expect | _MOVED
        answer = await self._upstream.fetch(method, path, content, retry=retry, expect=moved)
        if answer.status in _MOVED:
            raise UpstreamFailure(
                ErrorKind.NOT_FOUND,
                "The repository has been renamed: read it, then use its new name.",
                service=SERVICE,
            )
        return answer

    async def written(
        self, model: type[Model], method: str, path: str, json: JsonValue = None
    ) -> Model:
        """What a change has made."""
        return self.parse(model, self._json(await self.write(method, path, json)))

    async def signed(self, path: str) -> Answer:
        """What is kept elsewhere: GitHub gives an address for it that needs no token."""
        content = Content(headers={"Accept": JSON})
        answer = await self._upstream.fetch("GET", path, content, retry=True, expect=_MOVED)
        location = answer.headers.get("location")
        if answer.status not in _MOVED or not location:
            return answer
        return await self._upstream.fetch_open(location)

    def parse(self, model: type[Model], body: JsonValue) -> Model:
        """`body` as a `model`."""
        return self._upstream.parse(model, body)

    async def _conditional(self, path: str, content: Content) -> Answer:
        key = f"{content.headers['Accept']} {path} {sorted((content.params or {}).items())}"
        known = self._remembered.get(key)
        headers = dict(content.headers)
        if known:
            headers["If-None-Match"] = known.headers["etag"]
        answer = await self._upstream.fetch(
            "GET",
            path,
            Content(params=content.params, headers=headers),
            retry=True,
            expect=_MOVED | {304},
        )
        if answer.status == 304 and known:
            return known
        if answer.status == 200:
            self._remembered.put(key, answer)
        return answer

    def _json(self, answer: Answer) -> JsonValue:
        if not answer.readable:
            raise UpstreamFailure(
                ErrorKind.BAD_RESPONSE, "The answer is not JSON.", service=SERVICE
            )
        return answer.json


def repo_path(owner: str, repo: str) -> str:
    """The path of a repository.

    Raises:
        BadInput: The names cannot be those of one.
    """
    given, _, name = repo.rpartition("/")
    if given and given.lower() != owner.lower():
        raise BadInput("repo", "must be the name without its owner")
    for parameter, text in (("owner", owner), ("repo", name)):
        if not _NAME.fullmatch(text):
            raise BadInput(parameter, f"{text[:60]!r} is no name on GitHub")
    return f"/repos/{owner}/{name}"


def in_path(parameter: str, text: str) -> str:
    """A file's path or a branch's name as part of a path; one that leads elsewhere is refused."""
    parts = text.strip("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise BadInput(parameter, f"{text[:60]!r} is none in a repository")
    return "/".join(quote(part, safe="") for part in parts)


def one_segment(parameter: str, text: str) -> str:
    """An id or a file's name as one segment of a path; anything else is refused."""
    if "/" in text:
        raise BadInput(parameter, f"{text[:60]!r} is none on GitHub")
    return in_path(parameter, text)


def _next(answer: Answer) -> Mapping[str, str] | None:
    found = _NEXT.search(answer.headers.get("link", ""))
    if not found:
        return None
    query = parse_qsl(urlsplit(found[1]).query)
    return {name: value for name, value in query if name in POSITION} or None
