"""The production stack is valid, hardened, and starts commands that exist."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text())[
    "services"
]
OURS = {name: s for name, s in SERVICES.items() if s["image"].startswith("arion-hub:")}


def test_the_stack_follows_the_compose_specification():
    checked = subprocess.run(
        [
            Path(sys.executable).with_name("check-jsonschema"),
            "--builtin-schema",
            "vendor.compose-spec",
            ROOT / "compose.yaml",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_confined_limited_and_watched(name: str):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert {"mem_limit", "cpus", "pids_limit", "healthcheck", "networks"} <= service.keys()


def test_only_the_host_is_published_and_on_loopback():
    published = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}
    assert published == {"host": ["127.0.0.1:8700:8700"]}


def test_every_command_is_one_the_distribution_installs():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert {s["command"][0] for s in OURS.values()} <= scripts.keys()


def test_there_is_a_service_for_every_server_and_the_host_knows_its_address():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    servers = set(project["entry-points"]["arion.servers"])
    known = json.loads((ROOT / "deploy/servers.json").read_text())["mcpServers"]
    assert set(OURS) == servers | {"host"}
    assert {name: entry["url"] for name, entry in known.items()} == {
        name: f"http://{name}:8000/mcp" for name in servers
    }
