from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from tests.toy import LANGUAGE, Notebook, toy_spec

from arion_kit.command import bind
from arion_kit.errors import SettingsError
from arion_kit.fleet import main as fleet_main
from arion_kit.serving import main
from arion_kit.spec import ServerSpec

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from pathlib import Path
from arion_kit.serving import main
from tests.toy import Notebook, toy_spec
try:
    main(toy_spec(Path(sys.argv[1]), Notebook()), sys.argv[2:])
finally:
    print(sorted({"fastmcp", "mcp", "starlette", "uvicorn", "numpy"} & sys.modules.keys()))
"""


def complaint_of(spec: ServerSpec, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the command writes to stderr; it must be one line, and exit with 1."""
    with pytest.raises(SystemExit) as left:
        main(spec, arguments)
    out, err = capsys.readouterr()
    assert (left.value.code, out, err.count("\n")) == (1, "", 1)
    return err


@pytest.fixture
def spec(tmp_path: Path) -> ServerSpec:
    return toy_spec(tmp_path, Notebook())


def test_help_loads_no_server_machinery(tmp_path: Path):
    asked = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.startswith("usage: arion-notes [-h] [--http] [--host HOST] [--port PORT]")
    assert "Keeps short notes." in asked.stdout
    assert asked.stdout.endswith("[]\n")


def test_a_taken_port_is_one_sentence(spec: ServerSpec, capsys: pytest.CaptureFixture[str]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert complaint_of(spec, ["--http", "--port", str(port)], capsys) == (
            f"arion-notes: Cannot serve on 127.0.0.1, port {port}: address already in use; "
            "choose another with --port.\n"
        )


def test_answers_do_not_wait_for_delayed_acknowledgements():
    # asyncio sets TCP_NODELAY on connections of sockets that name their protocol, on no others.
    with bind("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_a_host_that_is_not_there_is_one_sentence(
    spec: ServerSpec, capsys: pytest.CaptureFixture[str]
):
    assert complaint_of(spec, ["--http", "--host", "nowhere.invalid"], capsys) == (
        "arion-notes: There is no address nowhere.invalid; try --host 127.0.0.1.\n"
    )


def test_the_address_of_another_machine_is_one_sentence(
    spec: ServerSpec, capsys: pytest.CaptureFixture[str]
):
    assert "Cannot serve on 192.0.2.1" in complaint_of(
        spec, ["--http", "--host", "192.0.2.1"], capsys
    )


def test_an_unknown_toolset_is_one_sentence(spec: ServerSpec, capsys: pytest.CaptureFixture[str]):
    assert complaint_of(spec, ["--toolsets", "core,more"], capsys) == (
        "arion-notes: There is no toolset more; there are core, extra.\n"
    )


def test_a_wrong_setting_is_one_sentence(
    spec: ServerSpec, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ARION_TIMEZONE", "Mars/Base")
    assert complaint_of(spec, [], capsys) == (
        "arion-notes: ARION_TIMEZONE: must be a time zone such as Asia/Seoul.\n"
    )


@pytest.mark.parametrize("arguments", [["--http", "--port", "0"], []])
def test_a_setting_that_is_wrong_when_the_upstream_opens_is_one_sentence(
    arguments: list[str], spec: ServerSpec, capsys: pytest.CaptureFixture[str]
):
    @asynccontextmanager
    async def opened() -> AsyncGenerator[None]:
        raise SettingsError("ARION_NOTES_TOKEN: is too short.")
        yield

    assert complaint_of(replace(spec, open=opened), arguments, capsys) == (
        "arion-notes: ARION_NOTES_TOKEN: is too short.\n"
    )


def test_a_broken_language_pack_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    spec = toy_spec(tmp_path, Notebook(), LANGUAGE.replace("tool: notes_add", "tool: notes_ad"))
    assert "language.yaml: intent add: there is no tool notes_ad." in complaint_of(spec, [], capsys)


@pytest.mark.parametrize("port", ["many", "65536", "-1", "８０"])
def test_a_port_that_is_none_is_refused(
    port: str, spec: ServerSpec, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as left:
        main(spec, ["--http", f"--port={port}"])
    assert left.value.code == 2
    assert f"must be a number up to 65535, not {port}" in capsys.readouterr().err


def test_the_fleet_has_the_same_options_and_refusals(capsys: pytest.CaptureFixture[str]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as left:
            fleet_main(["--port", str(port), "--read-only"])
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith("arion-servers: Cannot serve on 127.0.0.1")


@pytest.mark.slow
def test_the_command_serves_http_until_it_is_told_to_stop(tmp_path: Path):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), "--http", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        ready = next(line for line in server.stderr if "Serving on" in line)
        health = httpx2.get(ready.split()[-1] + "/health", verify=False)
        server.terminate()
        out, err = server.communicate()
    assert health.json()["tools"] == ["notes_add", "notes_delete", "notes_list"]
    assert (server.returncode, err) == (0, "")
    assert out == "['fastmcp', 'mcp', 'starlette', 'uvicorn']\n"
