from __future__ import annotations

import json
from pathlib import Path

import pytest

from arion_host.children import open_children, sandbox_environment, sandboxed
from arion_host.errors import PartFailed
from arion_host.settings import HostSettings
from arion_host.tools.server_list import installed_servers, listed_servers

SERVERS = frozenset({"calendar", "gmail", "kakaomap"})


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("sandbox", "configured", "on_sandbox"),
    [
        ("auto", set(), SERVERS),
        ("auto", {"gmail"}, set()),
        ("on", {"gmail"}, SERVERS - {"gmail"}),
        ("on", SERVERS, set()),
        ("off", set(), set()),
    ],
)
def test_accounts_are_made_up_only_where_no_real_one_could_be_meant(
    sandbox: str, configured: set[str], on_sandbox: set[str]
):
    settings = HostSettings.model_validate({"sandbox": sandbox})
    assert sandboxed(settings, SERVERS, set(configured)) == on_sandbox


def test_a_server_on_the_sandbox_is_told_address_and_token():
    google = {"BASE_URL": "/google", "TOKEN": "sandbox"}
    health = {"status": "ok", "servers": {"calendar": google, "gmail": google}}
    environment = sandbox_environment(frozenset({"calendar", "notion"}), "http://s", health)
    assert environment == {
        "ARION_CALENDAR_BASE_URL": "http://s/google",
        "ARION_CALENDAR_TOKEN": "sandbox",
    }


def test_the_servers_that_are_installed_are_known_without_importing_them():
    assert installed_servers() >= SERVERS


async def test_with_an_address_of_running_servers_none_are_started():
    settings = HostSettings.model_validate({"servers_url": "http://127.0.0.1:9000"})
    async with open_children(settings) as children:
        assert children.running == ()
        assert children.servers_url == "http://127.0.0.1:9000/"
        assert children.names >= SERVERS


async def test_when_all_servers_are_replaced_none_are_started(tmp_path: Path):
    file = tmp_path / "servers.json"
    entries = {name: {"url": f"http://{name}:8000/mcp"} for name in installed_servers()}
    file.write_text(json.dumps({"mcpServers": entries}))
    async with open_children(HostSettings(mcp_servers=file)) as children:
        assert (children.running, children.servers_url, children.names) == ((), None, frozenset())


@pytest.mark.parametrize(
    "content", [None, "", "[]", "{}", '{"mcpServers": []}', '{"mcpServers": {"a": 1}}', "\xff"]
)
def test_a_list_of_servers_that_cannot_be_read_names_the_file(tmp_path: Path, content: str | None):
    file = tmp_path / "servers.json"
    if content is not None:
        file.write_text(content, encoding="latin-1")
    with pytest.raises(PartFailed, match=r"servers\.json") as raised:
        listed_servers(file)
    assert raised.value.next_step is not None
