"""Whether the parts of a host can be used, in detail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import JsonValue

from arion_host.speech import SpeechPart, SpeechState
from arion_host.supervisor import Child
from arion_host.tools.connections import Connection, ConnectionState


@dataclass(frozen=True)
class Readiness:
    """What `/ready` answers."""

    ready: bool
    parts: dict[str, JsonValue]


def judge(
    connections: Collection[Connection],
    children: Collection[Child],
    speech: SpeechPart,
    *,
    routing: bool,
) -> Readiness:
    """Look at every part now; `routing` says whether commands can be understood at once.

    Servers that may not route commands are shown and do not count: the host does without them.
    """
    servers: dict[str, JsonValue] = {c.endpoint.name: _server(c) for c in connections}
    processes: dict[str, JsonValue] = {child.name: _process(child) for child in children}
    ready = (
        all(c.state is ConnectionState.CONNECTED for c in connections if c.endpoint.trusted)
        and all(child.ready.is_set() for child in children)
        and speech.state is not SpeechState.LOADING
        and routing
    )
    return Readiness(
        ready,
        {
            "servers": servers,
            "processes": processes,
            "routing": {"ok": routing},
            "speech": {
                "ok": speech.state is SpeechState.READY,
                "state": speech.state,
                "missing": list(speech.missing),
            },
        },
    )


def _server(connection: Connection) -> dict[str, JsonValue]:
    return {
        "ok": connection.state is ConnectionState.CONNECTED,
        "state": connection.state,
        "problem": connection.problem,
    }


def _process(child: Child) -> dict[str, JsonValue]:
    return {"ok": child.ready.is_set(), "restarts": child.restarts}
