"""What the checks that every server has to pass need to know of each: `CASE` in NAME.py."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from arion_kit.settings import variable_of
from arion_kit.spec import ServerSpec
from arion_kit.words import ErrorKind
from arion_sandbox.app import SERVERS

ROOT = Path(__file__).resolve().parents[2]
NAMES: tuple[str, ...] = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["arion.servers"]
)
"""The servers that are shipped."""

ToolCall = tuple[str, Mapping[str, Any]]
"""A tool's whole name, and arguments that make sense in the sandbox."""


def not_a_get(method: str, _path: str) -> bool:
    """A request that changes something, for most vendors."""
    return method != "GET"


@dataclass(frozen=True)
class ServerCase:
    """One server, and a harmless way to use it."""

    spec: ServerSpec
    read: ToolCall
    """A reading call that asks the vendor exactly what `settings` lead to."""
    write: ToolCall | None
    """A writing call that can be carried out in a fresh sandbox; None where the server has none
    that reaches a vendor."""
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """Settings beside the sandbox's own, by variable or its end (`ARION_<NAME>_…`). A value that
    starts with "/" is a path at the sandbox, or at another stand-in."""
    kinds: Mapping[str, ErrorKind | None] = field(default_factory=dict[str, ErrorKind | None])
    """Where the read call differs from what every server tells of a fault, by the fault's name;
    None where it is no failure here."""
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    """Values by parameter that mean something in a fresh sandbox: ids, names, queries."""
    changes: Callable[[str, str], bool] = not_a_get
    """Whether a request (method, path below the base URL) changes something at the vendor."""

    @property
    def name(self) -> str:
        """The server's name."""
        return self.spec.name

    def variables(self, url: str) -> dict[str, str]:
        """The environment that makes the server use a stand-in at `url`."""
        settings = {**SERVERS[self.name], **self.settings}
        return {
            variable_name(self.name, key): url + value if value.startswith("/") else value
            for key, value in settings.items()
        }

    def credentials(self) -> tuple[str, ...]:
        """Which of the variables hold credentials."""
        settings = self.spec.settings()
        secret = {
            variable_of(settings, name)
            for name, info in settings.model_fields.items()
            if SecretStr in _parts_of(info.annotation)
        }
        return tuple(sorted(secret & self.variables("").keys()))


def variable_name(server: str, key: str) -> str:
    """The whole name of a variable that may be given by its end."""
    return key if key.startswith("ARION_") else f"ARION_{server.upper()}_{key}"


def _parts_of(annotation: Any) -> set[Any]:
    inner: tuple[Any, ...] = getattr(annotation, "__args__", ())
    return {annotation}.union(*map(_parts_of, inner))


def case(name: str) -> ServerCase:
    """The case of one server."""
    found: ServerCase = import_module(f"tests.servers.{name}").CASE
    return found
