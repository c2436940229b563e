"""The server that the conformance suite wants to see, on the kit's own layers.

The suite asks for certain tools, resources and prompts. They are given to a FastMCP server that
is set up and served as the kit does it for every server: same guard, same middleware, same HTTP
application, same reaching into the SDK.

`python -m tests.conformance.server` serves it on a free port.
"""

from __future__ import annotations

from fastmcp import FastMCP
from fastmcp.tools.function_tool import FunctionTool
from mcp.server.subscriptions import InMemorySubscriptionBus, PromptsListChanged, ToolsListChanged
from starlette.applications import Starlette

from arion_kit.building import _reach_into
from arion_kit.calls import UnknownTools
from arion_kit.command import run, serve_http
from arion_kit.web import http_app
from tests.conformance import asking, plain


def fixture() -> FastMCP:
    """What the suite calls, reads and gets."""
    tools = [FunctionTool.from_function(function) for function in (*plain.TOOLS, *asking.TOOLS)]
    tools += [plain.composed_tool(), plain.mirrored_tool()]
    mcp: FastMCP = FastMCP(
        name="conformance",
        version="1",
        tools=sorted(tools, key=lambda tool: tool.name),
        middleware=[UnknownTools(tuple(tool.name for tool in tools))],
        mask_error_details=True,
        dereference_schemas=False,
    )
    plain.add_resources(mcp)
    plain.add_prompts(mcp)
    asking.add_asking_prompt(mcp)
    _add_triggers(mcp, _reach_into(mcp, {tool.name: tool.parameters for tool in tools}))
    return mcp


def _add_triggers(mcp: FastMCP, bus: InMemorySubscriptionBus) -> None:
    """Tools that tell those who listen of a change; nothing changes in a server of ours."""

    @mcp.tool
    async def test_trigger_tool_change() -> str:
        """Tell that the tools have changed."""
        await bus.publish(ToolsListChanged())
        return "Told."

    @mcp.tool
    async def test_trigger_prompt_change() -> str:
        """Tell that the prompts have changed."""
        await bus.publish(PromptsListChanged())
        return "Told."


def app() -> Starlette:
    """The fixture as the kit serves a server."""
    return http_app(fixture())


if __name__ == "__main__":
    run("conformance", lambda: serve_http(app, "127.0.0.1", 0))
