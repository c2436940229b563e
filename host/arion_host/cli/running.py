"""The host that runs on this machine, if one does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import cast

from pydantic import JsonValue, TypeAdapter

from arion_host.errors import HostError, PartFailed
from arion_host.exchange import PRODUCT
from arion_host.settings import HostSettings
from arion_kit.words import ErrorKind

ANSWER_TIMEOUT_S = 120
"""Longest wait for a turn."""

_OBJECT = TypeAdapter(dict[str, JsonValue])

_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to look for a host that binds them


@dataclass(frozen=True)
class RunningHost:
    """Where a host answers."""

    address: str
    port: int

    @property
    def url(self) -> str:
        """Its base URL."""
        name = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{name}:{self.port}"

    def get(self, path: str, timeout_s: float = ANSWER_TIMEOUT_S) -> dict[str, JsonValue]:
        """Ask for a JSON object, whatever the status.

        Raises:
            OSError: nobody answers.
            ValueError: the answer is no JSON object.
        """
        return self._ask("GET", path, None, timeout_s)[1]

    def post(self, path: str, content: dict[str, JsonValue]) -> dict[str, JsonValue]:
        """Send a JSON object and return the one that comes back.

        Raises:
            HostError: what the host answers when it refuses.
            PartFailed: the host does not answer.
        """
        try:
            status, answer = self._ask("POST", path, content, ANSWER_TIMEOUT_S)
        except (OSError, ValueError, HTTPException) as error:
            raise PartFailed(
                ErrorKind.UNAVAILABLE,
                f"The host at {self.url} stopped answering: {error or type(error).__name__}.",
                next_step="See what it printed, or start it again with: arion up",
            ) from error
        if status < 400:
            return answer
        told = cast("dict[str, str]", answer["error"])
        raise HostError(ErrorKind(told["kind"]), told["message"], next_step=told.get("next_step"))

    def _ask(
        self, method: str, path: str, content: dict[str, JsonValue] | None, timeout_s: float
    ) -> tuple[int, dict[str, JsonValue]]:
        connection = HTTPConnection(self.address, self.port, timeout=timeout_s)
        try:
            body = None if content is None else json.dumps(content)
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, _OBJECT.validate_json(response.read())
        finally:
            connection.close()


def find_running(settings: HostSettings) -> RunningHost | None:
    """Return the host that runs where the settings say, or None when none does."""
    host = RunningHost(_ANY_ADDRESS.get(settings.host, settings.host), settings.port)
    try:
        health = host.get("/health", timeout_s=2)
    except (OSError, ValueError, HTTPException):
        return None
    return host if health.get("product") == PRODUCT else None
