"""The protocol's own conformance suite, in two releases, against the kit and our servers."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.sandbox import running_sandbox
from tests.servers import NAMES, case
from tests.servers.processes import BIN, NODE_MODULES, Process, needs, run, served

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests/conformance/expected-failures.yaml"
STABLE = NODE_MODULES / "conformance/dist/index.js"
"""Release 0.1.16: the protocol up to 2025-11-25."""
NEXT = NODE_MODULES / "conformance-next/dist/index.js"
"""Release 0.2.0-alpha.12: the first that knows 2026-07-28, and frozen sets of requirements."""

LEGACY = {
    "server-initialize",
    "logging-set-level",
    "ping",
    "tools-list",
    "server-sse-multiple-streams",
    "resources-list",
    "dns-rebinding-protection",
    "server-session-lifecycle",
}
"""Scenarios that need no special tools, before 2026-07-28."""
MODERN = {
    "tools-list",
    "server-sse-multiple-streams",
    "resources-list",
    "caching",
    "http-header-validation",
    "sep-2164-resource-not-found",
    "dns-rebinding-protection",
    "input-required-result-unsupported-methods",
}
"""And since then."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    needs(NEXT),
]


async def suite(release: Path, url: str, *options: str, folder: Path) -> tuple[int, str]:
    """Runs scenarios against the server at `url`; gives the exit code and the summary.

    The code is 0 when nothing fails but what is expected, and all of that does.
    """
    command = [BIN / "node", release, "server", "--url", url, "--output-dir", folder, *options]
    code, out, _ = await run(command, cwd=folder, limit_s=120)
    return code, out[out.find("=== SUMMARY") :]


def passed(summary: str) -> set[str]:
    """The scenarios that passed, with at least one check."""
    return set(re.findall(r"^✓ (\S+): [1-9]", summary, re.MULTILINE))


@pytest.fixture
async def fixture() -> AsyncIterator[Process]:
    """The server with what the suite asks for, built by the kit."""
    command = (sys.executable, "-m", "tests.conformance.server")
    async with served(*command, settings={"PYTHONPATH": str(ROOT)}, cwd=ROOT) as process:
        yield process


async def test_the_stable_release_finds_only_what_fastmcp_lacks(fixture: Process, tmp_path: Path):
    options = ("--suite", "active", "--expected-failures", str(EXPECTED))
    code, summary = await suite(STABLE, f"{fixture.url}/mcp", *options, folder=tmp_path)
    assert code == 0, summary
    assert len(passed(summary)) == 28


@pytest.mark.parametrize(("revision", "least"), [("2025-11-25", 28), ("2026-07-28", 37)])
async def test_every_requirement_of_a_revision_is_met_but_what_fastmcp_lacks(
    revision: str, least: int, fixture: Process, tmp_path: Path
):
    options = ("--requirements", revision, "--expected-failures", str(EXPECTED))
    code, summary = await suite(NEXT, f"{fixture.url}/mcp", *options, folder=tmp_path)
    assert code == 0, summary
    assert len(passed(summary)) >= least


@pytest.mark.parametrize("name", NAMES)
async def test_our_servers_pass_what_needs_no_special_tools(name: str, tmp_path: Path):
    async with (
        running_sandbox() as vendors,
        served(
            BIN / f"arion-{name}",
            "--http",
            "--port",
            "0",
            settings={**case(name).variables(vendors.url), "ARION_DATA_DIR": str(tmp_path)},
        ) as server,
    ):
        url = f"{server.url}/mcp"
        legacy, modern = await asyncio.gather(
            suite(NEXT, url, "--requirements", "2025-11-25", folder=tmp_path),
            suite(NEXT, url, "--requirements", "2026-07-28", folder=tmp_path),
        )
    assert LEGACY - passed(legacy[1]) == set()
    assert MODERN - passed(modern[1]) == set()
