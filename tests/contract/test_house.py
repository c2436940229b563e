"""The house rules that a linter does not know."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE_ROOTS = ("mcp_servers", "host", "voice", "auth")
SOURCES = sorted(p for root in SOURCE_ROOTS for p in (ROOT / root).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CLIENTS = sorted(
    p
    for pattern in ("*.js", "*.ts", "*.tsx")
    for p in (ROOT / "clients").rglob(pattern)
    if "node_modules" not in p.parts and not p.name.endswith(".gen.ts")
)
SETS_THE_ENVIRONMENT = {
    # OpenMP takes its number of threads from nowhere else, and only while its library loads.
    "host/arion_host/agents/embedding.py",
    # So does what numpy multiplies with.
    "voice/arion_voice/worker.py",
}
PACKAGES = sorted({p.relative_to(ROOT).parts[1] for p in SOURCES})


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_module_is_longer_than_four_hundred_lines():
    assert [
        f"{p.relative_to(ROOT)}: {lines_of(p)}" for p in SOURCES + CLIENTS if lines_of(p) > 400
    ] == []


def test_no_test_is_longer_than_six_hundred_lines():
    assert [f"{p.relative_to(ROOT)}: {lines_of(p)}" for p in TESTS if lines_of(p) > 600] == []


def test_the_environment_is_read_in_settings_only():
    readers = [
        str(p.relative_to(ROOT))
        for p in SOURCES
        if p.stem != "settings" and re.search(r"os\.environ|os\.getenv|getenv\(", p.read_text())
    ]
    assert set(readers) == SETS_THE_ENVIRONMENT


def test_every_package_is_typed_shipped_and_watched_by_the_import_contracts():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    shipped = {
        Path(p).name for p in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    }
    watched = set(project["tool"]["importlinter"]["root_packages"])
    assert shipped == watched == set(PACKAGES)
    untyped = [p for p in PACKAGES if not list(ROOT.glob(f"*/{p}/py.typed"))]
    assert untyped == []


def test_every_server_entry_point_has_its_command_snapshot_and_readme():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for name, target in project["entry-points"]["arion.servers"].items():
        package = target.split(":")[0]
        assert project["scripts"][f"arion-{name}"] == f"{package}:main"
        assert (ROOT / "tests/contract/snapshots" / f"{name}.json").is_file()
        assert (ROOT / "mcp_servers" / package / "README.md").is_file()


@pytest.mark.parametrize("folder", ["scripts", ".ci"])
def test_every_script_can_be_run(folder: str):
    scripts = [p for p in (ROOT / folder).iterdir() if p.is_file() and p.suffix == ""]
    assert scripts
    assert [p.name for p in scripts if not p.stat().st_mode & 0o100] == []
