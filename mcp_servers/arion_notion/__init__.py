"""Notion for MCP clients: pages as Markdown, data sources by plain names and values."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arion_kit.serving import main as serve
from arion_kit.spec import Account, ServerSpec
from arion_notion.api import NotionApi
from arion_notion.tools import TOOLS

if TYPE_CHECKING:
    from arion_notion.settings import NotionSettings

__all__ = ["SPEC", "main"]


@asynccontextmanager
async def _open() -> AsyncGenerator[NotionApi]:
    from arion_kit.http import Upstream
    from arion_kit.settings import load
    from arion_kit.store import data_dir
    from arion_notion.api import upstream_options
    from arion_notion.journal import Journal
    from arion_notion.settings import NotionSettings

    journal = Journal(data_dir() / "notion.sqlite3")
    async with Upstream(upstream_options(load(NotionSettings))) as upstream:
        try:
            yield NotionApi(upstream, journal)
        finally:
            journal.close()


def _settings() -> type[NotionSettings]:
    from arion_notion.settings import NotionSettings

    return NotionSettings


async def _check(api: NotionApi) -> Account:
    """The connection and its workspace. Notion does not tell what a connection may do."""
    me = await api.me()
    workspace = f" ({me.bot.workspace_name})" if me.bot.workspace_name else ""
    return Account(name=f"{me.name or 'Notion'}{workspace}")


SPEC = ServerSpec(
    name="notion",
    title="Notion",
    instructions=(
        "Reads and changes pages, data sources and comments of the person's Notion. "
        "Ids may be URLs; properties and filters go by plain names and values."
    ),
    tools=TOOLS,
    open=_open,
    language=Path(__file__).parent / "language.yaml",
    settings=_settings,
    check=_check,
)


def main() -> None:
    """The command `arion-notion`."""
    serve(SPEC)
