"""`arion doctor`: whether this machine has what Arion needs, in plain sentences."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import JsonValue, SecretStr

from arion_host.cli.running import RunningHost, find_running
from arion_host.database import open_database
from arion_host.effects.ledger import Ledger
from arion_host.errors import HostError
from arion_host.host import open_host
from arion_host.listening import bind
from arion_host.settings import HostSettings
from arion_host.tools.connections import ConnectionState

LEAST_FREE_BYTES = 500_000_000
"""Free disk space below which something is soon going to fail."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    message: str
    next_step: str | None = None
    needed: bool = True
    """Whether Arion cannot work without it."""


async def examine(settings: HostSettings) -> tuple[Check, ...]:
    """Look at everything; nothing that is found is raised."""
    running = find_running(settings)
    return (
        _python(),
        _port(settings, running),
        _disk(settings.data_dir),
        *await _database(settings.database),
        *await _servers(settings, running),
        *_speech(),
    )


def healthy(checks: tuple[Check, ...]) -> bool:
    """Say whether everything that is needed is well."""
    return all(check.ok for check in checks if check.needed)


def as_json(checks: tuple[Check, ...]) -> dict[str, JsonValue]:
    """Return the checks as one JSON object."""
    return {"ok": healthy(checks), "checks": [{**asdict(check)} for check in checks]}


def as_text(checks: tuple[Check, ...]) -> str:
    """Return the checks as one line each."""
    return "\n".join(
        f"{'ok  ' if check.ok else 'FAIL' if check.needed else 'none'} {check.name}: "
        f"{check.message} {check.next_step or ''}".rstrip()
        for check in checks
    )


def _python() -> Check:
    version = platform.python_version()
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return Check("python", True, f"Python {version}.")
    return Check("python", False, f"Python {version} is not supported.", "Use 3.11, 3.12 or 3.13.")


def _port(settings: HostSettings, running: RunningHost | None) -> Check:
    if running is not None:
        return Check("port", True, f"Arion runs at {running.url}.")
    try:
        bind(settings.host, settings.port).close()
    except HostError as error:
        return Check("port", False, error.message, error.next_step)
    return Check("port", True, f"Port {settings.port} is free.")


def _disk(folder: Path) -> Check:
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(there).free
    message = f"{free / 1e9:.1f} GB are free for {folder}."
    if free >= LEAST_FREE_BYTES:
        return Check("disk", True, message)
    return Check("disk", False, message, "Free some space, or set ARION_DATA_DIR elsewhere.")


async def _database(where: Path | SecretStr) -> list[Check]:
    place = str(where) if isinstance(where, Path) else "the database of ARION_DATABASE_URL"
    try:
        async with open_database(where) as database:
            damaged = await Ledger(database).damaged()
    except HostError as error:
        return [Check("database", False, error.message, error.next_step)]
    return [Check("database", True, f"Records are kept in {place}."), *_damage(damaged)]


def _damage(action_ids: Sequence[str]) -> list[Check]:
    if not action_ids:
        return []
    message = f"What was written of {len(action_ids)} actions is damaged: {', '.join(action_ids)}."
    looking = "They are left alone; look at what `arion log` says of them."
    return [Check("records", False, message, looking, needed=False)]


async def _servers(settings: HostSettings, running: RunningHost | None) -> list[Check]:
    """Connect to every server for real, through the running host where there is one."""
    if running is not None:
        settings = settings.model_copy(update={"servers_url": running.url})
    try:
        async with open_host(settings, with_speech=False) as host:
            catalogue = await host.connections.catalogue()
            return [
                Check(
                    f"server {connection.endpoint.name}",
                    connection.state is ConnectionState.CONNECTED,
                    connection.problem
                    or f"{len(catalogue.servers[connection.endpoint.name].tools)} tools.",
                    None if connection.problem is None else "See what it printed above.",
                )
                for connection in host.connections.all
            ]
    except HostError as error:
        return [Check("servers", False, error.message, error.next_step)]


def _speech() -> list[Check]:
    from arion_voice.readiness import missing
    from arion_voice.settings import VoiceSettings

    reasons = missing(VoiceSettings())
    if not reasons:
        return [Check("speech", True, "Speech is installed and has what it needs.")]
    return [Check("speech", False, reason, needed=False) for reason in reasons]
