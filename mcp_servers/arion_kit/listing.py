"""Which tools a listing shows: the core ones, unless others are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastmcp.server.dependencies import get_http_headers
from fastmcp.server.middleware import CallNext, Middleware, MiddlewareContext
from fastmcp.tools import Tool
from mcp_types import ListToolsRequest

from arion_kit.spec import ALL, CORE
from arion_kit.words import TOOLSETS_HEADER


class ListedTools(Middleware):
    """Keeps `tools/list` short, since a client's model reads all of it with every request.

    What is left out of the list can still be called: the list is for reading, and what may be
    called is limited when the server starts.
    """

    def __init__(self, toolsets: Mapping[str, str], *, core_only: bool) -> None:
        """Takes the toolset of each tool; `core_only` where nobody said what to list."""
        self._toolsets = toolsets
        self._core_only = core_only and CORE in toolsets.values()

    async def on_list_tools(
        self,
        context: MiddlewareContext[ListToolsRequest],
        call_next: CallNext[ListToolsRequest, Sequence[Tool]],
    ) -> Sequence[Tool]:
        """Lists what the client asks for in the header, else the core tools."""
        tools = await call_next(context)
        asked = get_http_headers(include={TOOLSETS_HEADER.lower()}).get(TOOLSETS_HEADER.lower())
        if asked is None:
            wanted = {CORE if self._core_only else ALL}
        else:
            wanted = {name.strip() for name in asked.split(",")}
        if ALL in wanted:
            return tools
        return [tool for tool in tools if self._toolsets[tool.name] in wanted]
