from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport

from arion_host.errors import PartFailed
from arion_host.tools.connections import ConnectionOptions, keep_connections
from arion_host.tools.endpoints import listed_endpoints, own_endpoints
from arion_host.tools.wire import loopback_client, remote_client

STDIO_SERVER = """
from fastmcp import FastMCP
server = FastMCP("third")
@server.tool(annotations={"readOnlyHint": True})
def greet(name: str) -> dict[str, str]:
    return {"say": f"hello {name}"}
server.run(show_banner=False)
"""


def listed(folder: Path, **servers: dict[str, object]) -> Path:
    file = folder / "servers.json"
    file.write_text(json.dumps({"mcpServers": servers}))
    return file


def test_own_servers_are_trusted_and_have_their_own_paths():
    [calendar] = own_endpoints("http://127.0.0.1:9000/", ["calendar"])
    transport = calendar.transport()
    assert calendar.trusted
    assert isinstance(transport, StreamableHttpTransport)
    assert transport.url == "http://127.0.0.1:9000/servers/calendar/mcp"


@pytest.mark.parametrize(
    ("url", "client"),
    [
        ("http://127.0.0.1:1/mcp", loopback_client),
        ("http://localhost:1/mcp", loopback_client),
        ("http://[::1]:1/mcp", loopback_client),
        ("https://127.0.0.1:1/mcp", remote_client),
        ("http://calendar:8000/mcp", remote_client),
        ("https://mcp.example.com/mcp", remote_client),
    ],
)
def test_only_plain_http_on_this_machine_goes_without_tls(tmp_path: Path, url: str, client: object):
    [endpoint] = listed_endpoints(listed(tmp_path, third={"url": url}), ())
    transport = endpoint.transport()
    assert isinstance(transport, StreamableHttpTransport)
    assert transport.httpx_client_factory is client


def test_a_listed_server_is_trusted_only_when_the_settings_say_so(tmp_path: Path):
    file = listed(tmp_path, a={"command": "x"}, b={"command": "x"})
    trusted = {endpoint.name: endpoint.trusted for endpoint in listed_endpoints(file, ["b"])}
    assert trusted == {"a": False, "b": True}


def test_every_connection_to_a_command_starts_a_process_of_its_own(tmp_path: Path):
    [endpoint] = listed_endpoints(listed(tmp_path, a={"command": "x", "args": ["y"]}), ())
    first, second = endpoint.transport(), endpoint.transport()
    assert isinstance(first, StdioTransport)
    assert first is not second
    assert not first.keep_alive


def test_an_entry_that_says_no_way_to_reach_a_server_is_told(tmp_path: Path):
    with pytest.raises(PartFailed, match=r"servers\.json"):
        listed_endpoints(listed(tmp_path, a={"args": ["y"]}), ())


@pytest.mark.slow
async def test_a_listed_command_is_started_called_and_ended(tmp_path: Path):
    script = tmp_path / "third.py"
    script.write_text(STDIO_SERVER)
    file = listed(tmp_path, third={"command": sys.executable, "args": [str(script)]})
    options = ConnectionOptions(connect_timeout_s=15)
    async with keep_connections(listed_endpoints(file, ()), options) as connections:
        outcome = await connections.call("third", "greet", {"name": "Arion"}, meta={}, read=True)
        [tool] = (await connections.catalogue()).tools
    assert outcome.say == "hello Arion"
    # It says that it only reads, and is believed once it is trusted.
    assert (tool.name, tool.read_only, outcome.untrusted) == ("greet", False, True)
