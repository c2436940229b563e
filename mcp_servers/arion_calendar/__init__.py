"""Google Calendar for MCP clients: what is on, when there is time, and changing it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arion_calendar.account import check_account
from arion_calendar.api import CalendarApi
from arion_calendar.tools import TOOLS
from arion_kit.serving import main as serve
from arion_kit.spec import ServerSpec

if TYPE_CHECKING:
    from arion_calendar.settings import CalendarSettings

__all__ = ["SPEC", "main"]


def _settings() -> type[CalendarSettings]:
    from arion_calendar.settings import CalendarSettings

    return CalendarSettings


@asynccontextmanager
async def _open() -> AsyncGenerator[CalendarApi]:
    from functools import partial

    from arion_calendar.upstream import upstream_options
    from arion_kit.google import granted_scopes
    from arion_kit.http import Upstream
    from arion_kit.settings import load

    settings = load(_settings())
    scopes = partial(granted_scopes, settings.oauth, settings.token)
    async with Upstream(upstream_options(settings)) as upstream:
        yield CalendarApi(upstream, holidays=settings.holidays, scopes=scopes)


SPEC = ServerSpec(
    name="calendar",
    title="Google Calendar",
    instructions=(
        "Reads and changes the person's Google Calendar. Times are RFC 3339, in the person's zone "
        "where they have no offset, or plain dates; ends are exclusive. The calendar is primary "
        "unless said; guests get no mail unless send_updates says so."
    ),
    tools=TOOLS,
    open=_open,
    language=Path(__file__).parent / "language.yaml",
    settings=_settings,
    check=check_account,
)


def main() -> None:
    """The command `arion-calendar`."""
    serve(SPEC)
