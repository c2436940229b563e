"""What is true of all servers together, and of each of them, whatever its vendor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fastmcp import Client
from tests.sandbox import running_sandbox, serving
from tests.servers import NAMES, case
from tests.servers.driving import called, settled

from arion_kit.checking import check_server
from arion_kit.serving import build, server_app
from arion_kit.testing import Mode, bytes_of, listed

LISTS_BYTES = 45 * 1024
"""Most that the lists of all servers may take in a prompt."""
HEAVY = ("trafilatura", "lxml", "pypdf", "docx", "openpyxl", "hwpx", "numpy", "sqlalchemy")
"""What a process with all servers has no room for before it is needed."""

each_server = pytest.mark.parametrize("name", NAMES)


def printed_by(program: str) -> list[str]:
    """The words that a fresh Python prints."""
    process = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return process.stdout.split()


async def test_the_lists_of_all_servers_fit_into_one_prompt(tmp_path: Path):
    sizes: dict[str, int] = {}
    for name in NAMES:
        with settled(case(name).variables("http://127.0.0.1:9"), tmp_path):
            async with Client(build(case(name).spec)) as client:
                sizes[name] = bytes_of(listed(await client.list_tools()))
    assert sum(sizes.values()) <= LISTS_BYTES, sizes


def test_a_spec_can_be_read_without_loading_what_serves_it():
    imports = ", ".join(f"arion_{name}" for name in NAMES)
    names = {"fastmcp", "mcp", "starlette", "uvicorn", *HEAVY}
    assert printed_by(f"import sys, {imports}; print(*({names} & sys.modules.keys()))") == []


@pytest.mark.thorough
def test_all_servers_are_built_without_what_only_some_calls_need():
    program = (
        "import sys\n"
        "from importlib import import_module\n"
        "from arion_kit.serving import build\n"
        f"for name in {NAMES}: build(import_module(f'arion_{{name}}').SPEC)\n"
        f"print(*({set(HEAVY)} & sys.modules.keys()))"
    )
    assert printed_by(program) == []


@pytest.mark.thorough
@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
@each_server
async def test_a_client_of_either_era_lists_and_reads_over_http(
    name: str, mode: Mode, tmp_path: Path
):
    known = case(name)
    async with running_sandbox() as vendors:
        with settled(known.variables(vendors.url), tmp_path):
            app = server_app(known.spec)
            async with serving(app) as url, Client(f"{url}/mcp", mode=mode) as client:
                tools = {tool.name for tool in await client.list_tools()}
                result = await called(client, known.read)
    assert known.read[0] in tools
    assert not result.is_error
    assert (result.structured_content or {})["say"]


@each_server
async def test_read_only_leaves_just_the_tools_that_read(name: str, tmp_path: Path):
    spec = case(name).spec
    reading = {tool.name for tool in spec.tools if tool.read_only}
    with settled(case(name).variables("http://127.0.0.1:9"), tmp_path):
        server = build(spec, read_only=True, toolsets=frozenset({"all"}))
        async with Client(server) as client:
            assert {tool.name for tool in await client.list_tools()} == reading


@each_server
async def test_a_check_says_that_a_read_worked(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    async with running_sandbox() as vendors:
        with settled(case(name).variables(vendors.url), tmp_path):
            good = await check_server(case(name).spec)
    said = capsys.readouterr().out
    assert good, said
    assert "A read worked" in said
    assert all(variable in said for variable in case(name).credentials())


@pytest.mark.parametrize(
    "name", [name for name in NAMES if case(name).kinds.get("no credentials", True) is not None]
)
async def test_a_check_without_credentials_names_the_setting(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    known = case(name)
    settings = {
        variable: value
        for variable, value in known.variables("http://127.0.0.1:9").items()
        if variable not in known.credentials()
    }
    with settled(settings, tmp_path):
        assert not await check_server(known.spec)
    said = capsys.readouterr().out
    assert "not set" in said
    assert "A read worked" not in said
