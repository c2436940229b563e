"""The servers there are: those that are installed, and those of an `mcpServers` file."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from pydantic import BaseModel, Field, JsonValue, ValidationError

from arion_host.errors import PartFailed
from arion_kit.words import ErrorKind

SERVERS_GROUP = "arion.servers"
"""Entry-point group in which a distribution lists its servers."""


class ServerList(BaseModel):
    """An `mcpServers` file, as Claude Desktop and others write it."""

    servers: dict[str, dict[str, JsonValue]] = Field(alias="mcpServers")
    """What each client makes of an entry, by the server's name."""


def installed_servers() -> frozenset[str]:
    """Return the names of the servers that are installed; imports none of them."""
    return frozenset(entry.name for entry in entry_points(group=SERVERS_GROUP))


def listed_servers(file: Path | None) -> dict[str, dict[str, JsonValue]]:
    """Return the entries of an `mcpServers` file; none without a file.

    Raises:
        PartFailed: the file is missing or is not of that form.
    """
    if file is None:
        return {}
    try:
        return ServerList.model_validate_json(file.read_text(encoding="utf-8")).servers
    except (OSError, ValueError) as error:
        raise unusable_list(file, error) from error


def unusable_list(file: Path, error: Exception) -> PartFailed:
    """Say what is wrong with an `mcpServers` file."""
    reason = str(error).splitlines()[0]
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_context=False)[0]
        reason = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return PartFailed(
        ErrorKind.BAD_INPUT,
        f"The list of MCP servers at {file} cannot be used: {reason}.",
        next_step='Write it as {"mcpServers": {"NAME": {"command": …} or {"url": …}}}, '
        "or clear ARION_MCP_SERVERS.",
    )
