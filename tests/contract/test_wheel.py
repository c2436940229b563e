"""The wheel, installed alone with its base dependencies, is a working set of tool servers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fastmcp import Client
from fastmcp.client.transports import StdioTransport

ROOT = Path(__file__).resolve().parents[2]
UV = os.environ.get("UV") or shutil.which("uv")
SERVERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"][
    "arion.servers"
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(UV is None, reason="needs uv, which scripts/test brings"),
]


def run(*command: str | Path) -> str:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that holds the wheel and nothing beyond its base dependencies."""
    assert UV is not None
    folder = tmp_path_factory.mktemp("wheel")
    run(UV, "build", "--wheel", "--out-dir", folder, ROOT)
    (wheel,) = folder.glob("arion_hub-*.whl")
    run(UV, "venv", "--python", sys.executable, folder / "venv")
    pins = folder / "pins.txt"
    pins.write_text(
        run(
            UV,
            "export",
            "--project",
            ROOT,
            "--locked",
            "--no-dev",
            "--no-emit-project",
            "--no-hashes",
        )
    )
    run(UV, "pip", "install", "--python", folder / "venv", "--constraints", pins, wheel)
    return folder / "venv"


def test_the_base_install_stays_light_and_knows_no_speech_or_model(installed: Path):
    (packages,) = installed.glob("lib/python*/site-packages")
    # What Python compiles as programs run depends on which have run.
    files = (f for f in packages.rglob("*") if f.is_file() and f.parent.name != "__pycache__")
    size_mib = sum(f.stat().st_size for f in files) / 2**20
    assert size_mib < 80
    heavy = {
        "numpy",
        "onnxruntime",
        "faster_whisper",
        "redis",
        "qdrant_client",
        "sqlalchemy",
        "hassil",
    }
    assert heavy & {p.name for p in packages.iterdir()} == set()


@pytest.mark.parametrize("name", SERVERS)
async def test_each_server_lists_its_tools_over_stdio(installed: Path, name: str):
    assert f"arion-{name}" in run(installed / f"bin/arion-{name}", "--help")
    async with Client(StdioTransport(str(installed / f"bin/arion-{name}"), [])) as client:
        tools = await client.list_tools()
    assert len(tools) >= 2


def test_the_host_command_says_which_extra_it_needs(installed: Path):
    done = subprocess.run(
        [installed / "bin/arion", "doctor"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "arion-hub[all]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_travels_in_the_wheel(installed: Path):
    (page,) = installed.glob("lib/python*/site-packages/arion_host/page/index.html")
    assert "app.js" in page.read_text()
