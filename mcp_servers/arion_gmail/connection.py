"""How the parts of the API reach Gmail: one limit of requests in flight, one way to ask."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, JsonValue

from arion_kit.errors import BadInput
from arion_kit.http import Upstream
from arion_kit.messages import Answer, Content, Params

ME = "/gmail/v1/users/me"

_AT_ONCE = 10
"""Requests in flight: Gmail answers 429 "Too many concurrent requests for user" to many more."""

_LARGE_TIMEOUT_S = 60.0
"""For 25 MB, over a line of 5 Mbit/s."""

Model = TypeVar("Model", bound=BaseModel)
Result = TypeVar("Result")


class Connection:
    """Gmail, with a limit of requests in flight."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._in_flight = asyncio.Semaphore(_AT_ONCE)

    async def get(
        self, path: str, model: type[Model], *, cost: float, params: Params | None = None
    ) -> Model:
        """Reads something, retrying what may pass."""
        async with self._in_flight:
            body = await self._upstream.get(path, params=params, cost=cost)
        return self.parse(model, body)

    async def send(
        self,
        method: str,
        path: str,
        json: JsonValue = None,
        *,
        cost: float,
        retry: bool = False,
    ) -> JsonValue:
        """Changes something; `retry` says that doing it twice is doing it once."""
        async with self._in_flight:
            return await self._upstream.send(method, path, json=json, cost=cost, retry=retry)

    async def carry(
        self, method: str, path: str, content: Content, *, cost: float, retry: bool = False
    ) -> Answer:
        """Sends or fetches something large."""
        content = replace(content, timeout_s=_LARGE_TIMEOUT_S)
        async with self._in_flight:
            return await self._upstream.fetch(
                method, path, content, cost=cost, retry=retry, json_only=True
            )

    def parse(self, model: type[Model], body: JsonValue) -> Model:
        """An answer as a model; the vendor is to blame where it does not fit."""
        return self._upstream.parse(model, body)

    async def gathered(self, calls: Iterable[Coroutine[Any, Any, Result]]) -> tuple[Result, ...]:
        """The results of several calls at once, in order. The first failure ends them all."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(call) for call in calls]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return tuple(task.result() for task in tasks)

    @staticmethod
    def segment(value: str, parameter: str) -> str:
        """An id as one segment of a path; one that would lead to another path is refused."""
        if value in ("", ".", ".."):
            raise BadInput(parameter, f"{value!r} is no id")
        return quote(value, safe="")
