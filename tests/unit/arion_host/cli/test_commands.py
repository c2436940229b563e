from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arion_host.cli.commands import app

HEAVY = {"fastmcp", "mcp", "sqlalchemy", "numpy", "starlette", "uvicorn", "hassil", "onnxruntime"}


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free_port: int) -> None:
    """No host, no settings, and no log handlers that outlive the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARION_PORT", str(free_port))
    monkeypatch.setenv("ARION_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("arion_host.cli.commands.configure_logging", lambda verbose: None)


def arion(*words: str):
    return CliRunner().invoke(app, list(words))


@dataclass
class FakeHost:
    """What answers on the port, and what it was asked."""

    product: str = "arion"
    status: int = 200
    answer: dict[str, object] = field(default_factory=lambda: {"answer": "없어요."})
    asked: list[dict[str, object]] = field(default_factory=list)


def handler_of(host: FakeHost) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, {"status": "ok", "product": host.product})

        def do_POST(self) -> None:
            host.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._send(host.status, host.answer)

        def _send(self, status: int, content: dict[str, object]) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Generator[FakeHost]:
    fake = FakeHost()
    server = HTTPServer(("127.0.0.1", 0), handler_of(fake))
    monkeypatch.setenv("ARION_PORT", str(server.server_port))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield fake
    server.shutdown()
    thread.join()
    server.server_close()


def modules_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_help_and_worker_processes_load_nothing_heavy():
    loaded = modules_after("import arion_host.cli, arion_host.cli.commands")
    assert loaded & HEAVY == set()
    assert "typer" not in modules_after("import arion_host.cli")


def test_ask_is_answered_by_the_host_that_runs(host: FakeHost):
    told = arion("ask", "내일 일정 알려줘")
    as_json = arion(
        "ask", "내일 일정 알려줘", "--json", "--yes", "--session", "a", "--language", "ko",
        "--now", "2026-11-23T10:00+09:00",
    )  # fmt: skip
    assert (told.exit_code, told.stdout) == (0, "없어요.\n")
    assert json.loads(as_json.stdout) == {"answer": "없어요."}
    assert host.asked == [
        {"text": "내일 일정 알려줘"},
        {
            "text": "내일 일정 알려줘",
            "session": "a",
            "language": "ko",
            "now": "2026-11-23T10:00:00+09:00",
            "confirm": True,
        },
    ]


def test_a_refusal_of_the_host_is_told_as_it_is(host: FakeHost):
    host.status = 413
    error = {"kind": "too_large", "message": "Too much.", "next_step": "Send less."}
    host.answer = {"error": error}
    told = arion("ask", "말", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout) == {"error": error}
    assert told.stderr == "Too much. Send less.\n"


def test_something_else_on_the_port_is_not_taken_for_a_host(host: FakeHost):
    from arion_host.cli.running import find_running
    from arion_host.settings import load_settings

    host.product = "other"
    assert find_running(load_settings()) is None


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["ask"],
        ["ask", "말", "--now", "tomorrow"],
        ["ask", "말", "--now", "2026-11-23T10:00"],
        ["ask", "말", "--session", "a b"],
        ["ask", "말", "--language", "fr"],
        ["talk"],
        ["talk", "a.wav", "--voice", "loud"],
        ["up", "--port", "many"],
    ],
)
def test_wrong_usage_is_told_and_ends_with_two(words: list[str]):
    assert arion(*words).exit_code == 2


def test_a_port_that_is_taken_is_named_with_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = arion("up", "--port", str(port), "--json")
    assert told.exit_code == 1
    assert f"port {port}" in told.stderr
    assert "choose another" in told.stderr
    assert json.loads(told.stdout)["error"]["kind"] == "conflict"


def test_a_setting_that_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARION_TIMEZONE", "Mars/Olympus")
    told = arion("ask", "말", "--json")
    assert told.exit_code == 1
    assert "ARION_TIMEZONE" in json.loads(told.stdout)["error"]["message"]


def test_a_recording_that_is_none_is_refused_before_anything_starts(tmp_path: Path):
    (tmp_path / "a.wav").write_text("no sound")
    told = arion("talk", str(tmp_path / "a.wav"), "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["error"]["kind"] == "bad_input"
    assert "a.wav" in told.stderr


def test_a_list_of_servers_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ARION_MCP_SERVERS", str(tmp_path / "absent.json"))
    told = arion("servers", "list")
    assert told.exit_code == 1
    assert "absent.json" in told.stderr
    assert told.stdout == ""
