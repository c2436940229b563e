"""Google Calendar for MCP clients: what is on, when there is time, and putting things in."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from arion_calendar.api import CalendarApi
from arion_calendar.tools import TOOLS
from arion_kit.serving import main as serve
from arion_kit.spec import ServerSpec

__all__ = ["SPEC", "main"]


@asynccontextmanager
async def _open() -> AsyncGenerator[CalendarApi]:
    from arion_calendar.api import upstream_options
    from arion_calendar.settings import CalendarSettings
    from arion_kit.http import Upstream
    from arion_kit.settings import load

    async with Upstream(upstream_options(load(CalendarSettings))) as upstream:
        yield CalendarApi(upstream)


SPEC = ServerSpec(
    name="calendar",
    title="Google Calendar",
    instructions=(
        "Reads and changes the person's Google Calendar. "
        "Times are RFC 3339 with an offset, or plain dates; ends are exclusive."
    ),
    tools=TOOLS,
    open=_open,
    language=Path(__file__).parent / "language.yaml",
)


def main() -> None:
    """The command `arion-calendar`."""
    serve(SPEC)
