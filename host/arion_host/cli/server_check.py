"""`arion servers check`: what each of Arion's own servers says of its credentials."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from arion_host.settings import HostSettings, server_environment
from arion_host.tools.server_list import installed_servers, listed_servers


@dataclass(frozen=True)
class Report:
    """What one server says of itself."""

    name: str
    ok: bool
    lines: tuple[str, ...]


async def check_servers(settings: HostSettings) -> tuple[Report, ...]:
    """Run `arion-NAME check` for each server that nothing replaces, one after the other.

    Raises:
        PartFailed: the `mcpServers` file cannot be read.
    """
    names = sorted(installed_servers() - listed_servers(settings.mcp_servers).keys())
    return tuple([await _check(name) for name in names])


async def _check(name: str) -> Report:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "arion_host.child", f"arion-{name}", "check"),
        stdin=asyncio.subprocess.PIPE,  # the child ends when it closes
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=server_environment(),
    )
    said = await process.stdout.read() if process.stdout else b""
    code = await process.wait()
    return Report(name, code == 0, tuple(said.decode("utf-8", "replace").splitlines()))


def as_text(reports: Sequence[Report]) -> str:
    """Return the reports below one another."""
    return "\n".join(line for report in reports for line in report.lines)


def as_json(reports: Sequence[Report]) -> dict[str, JsonValue]:
    """Return the reports for machines."""
    return {
        "servers": [
            {"name": report.name, "ok": report.ok, "report": [*report.lines]} for report in reports
        ]
    }
