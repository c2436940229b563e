"""Every server while its vendor fails: what is told, in both languages, and what is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.sandbox import NOW, serving
from tests.servers import NAMES, ServerCase, case
from tests.servers.driving import SECRET, called, driven, impatient, secretly, told
from tests.servers.faulty import FAULTS, Fault, failing, nobody, refusal

from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.words import ErrorKind, Language
from arion_sandbox.app import create_app

__all__ = ["impatient"]

LANGUAGES: tuple[Language, ...] = ("ko", "en")
HANGUL = re.compile("[가-힣]")
BY_NAME = {fault.name: fault for fault in FAULTS}
WRITERS = [name for name in NAMES if case(name).write]
FAILING = [
    pytest.param(name, fault, id=f"{name}: {fault.name}")
    for name in NAMES
    for fault in FAULTS
    if case(name).kinds.get(fault.name, fault.kind) is not None and fault.name != "timeout"
]

pytestmark = [pytest.mark.usefixtures("impatient"), pytest.mark.thorough]
each_server = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def hurried(impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes servers give up on an answer after 50 ms."""
    opened = Upstream.__init__

    def open_hurriedly(self: Upstream, options: UpstreamOptions, **more: Any) -> None:
        opened(self, replace(options, timeout_s=0.05), **more)

    monkeypatch.setattr(Upstream, "__init__", open_hurriedly)


def assert_told(error: dict[str, Any], kind: ErrorKind, *, hangul: bool) -> None:
    """Holds a failure to what a person needs: what happened and what to do, in their language."""
    assert error["kind"] == kind
    for sentence in (error["message"], error["next_step"]):
        assert bool(HANGUL.search(sentence)) is hangul
        assert sentence.endswith((".", "?"))


async def assert_fails(known: ServerCase, url: str, kind: ErrorKind, folder: Path) -> list[Any]:
    """Calls the reading tool in both languages; gives the failures."""
    errors: list[Any] = []
    for language in LANGUAGES:
        # Opened anew: after a few failures in a row a server stops asking for a while.
        async with driven(known.name, secretly(known, url), folder) as client:
            result = await called(client, known.read, language)
        assert result.is_error
        error = (result.structured_content or {})["error"]
        assert_told(error, kind, hangul=language == "ko")
        assert SECRET not in told(result)
        errors.append(error)
    return errors


@pytest.mark.parametrize(("name", "fault"), FAILING)
async def test_a_failing_vendor_has_a_kind_and_a_next_step_in_both_languages(
    name: str, fault: Fault, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    known = case(name)
    async with failing(fault.answer) as vendor:
        kind = known.kinds.get(fault.name) or fault.kind
        errors = await assert_fails(known, vendor.url, kind, tmp_path)
    assert vendor.asked
    assert [error.get("retry_after_s") for error in errors] == [fault.retry_after_s] * 2
    assert SECRET not in caplog.text


@each_server
async def test_a_vendor_that_never_answers_is_not_waited_for(
    name: str, hurried: None, tmp_path: Path
):
    silent = BY_NAME["timeout"]
    async with failing(silent.answer) as vendor:
        kind = case(name).kinds.get(silent.name) or silent.kind
        await assert_fails(case(name), vendor.url, kind, tmp_path)
    assert vendor.asked


@each_server
async def test_a_vendor_that_refuses_connections_is_unavailable(name: str, tmp_path: Path):
    async with nobody() as url:
        kind = case(name).kinds.get("refused connection") or ErrorKind.UNAVAILABLE
        await assert_fails(case(name), url, kind, tmp_path)


@pytest.mark.parametrize(
    "name", [name for name in NAMES if case(name).kinds.get("no credentials", True) is not None]
)
async def test_without_credentials_nothing_is_asked_and_the_setting_is_named(
    name: str, tmp_path: Path
):
    known = case(name)
    async with failing(refusal(401)) as vendor:
        settings = known.variables(vendor.url)
        for variable in known.credentials():
            del settings[variable]
        async with driven(name, settings, tmp_path) as client:
            for language in LANGUAGES:
                result = await called(client, known.read, language)
                error = (result.structured_content or {})["error"]
                assert_told(error, ErrorKind.NOT_SIGNED_IN, hangul=language == "ko")
                assert any(variable in told(result) for variable in known.credentials())
    assert vendor.asked == []


class Interfering:
    """Stands before the sandbox: refuses what would change something, or loses the answer."""

    def __init__(self, app: ASGIApp, known: ServerCase, answer: ASGIApp, *, acts: bool) -> None:
        self._app = app
        self._changes = known.changes
        self._acts = acts
        self.answer: ASGIApp | None = answer
        """What is answered to a change; None for what the sandbox says."""
        self.carried_out: list[tuple[str, str, bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        below = "/" + path.partition("/")[2].partition("/")[2]
        if not path or not self._changes(scope["method"], below):
            await self._app(scope, receive, send)
            return
        if self._acts:
            await self._act(scope, receive, send)
        if self.answer:
            await self.answer(scope, receive, send)

    async def _act(self, scope: Scope, receive: Receive, send: Send) -> None:
        content = bytearray()

        async def receive_and_keep() -> Any:
            message = await receive()
            content.extend(message.get("body", b""))
            return message

        async def send_and_see(message: Any) -> None:
            if message.get("status", 400) < 300:
                self.carried_out.append((scope["method"], scope["path"], bytes(content)))
            if self.answer is None:
                await send(message)

        await self._app(scope, receive_and_keep, send_and_see)

    def made(self) -> int:
        """How many things were made."""
        return sum(method == "POST" for method, _, _ in self.carried_out)


async def _cut(scope: Scope, receive: Receive, send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{", "more_body": True})


REFUSED = {
    status: JSONResponse({"message": "No."}, status) for status in (401, 403, 404, 409, 422, 429)
}
LOST: dict[str, Callable[..., Any]] = {
    "503": JSONResponse({"message": "Oh."}, 503),
    "HTML": HTMLResponse("<html>Hello</html>"),
    "cut": _cut,
}


@pytest.mark.parametrize("status", REFUSED)
@pytest.mark.parametrize("name", WRITERS)
async def test_a_refused_write_has_certainly_not_happened(name: str, status: int, tmp_path: Path):
    known = case(name)
    vendor = Interfering(create_app(None, lambda: NOW), known, REFUSED[status], acts=False)
    async with serving(vendor) as url, driven(name, known.variables(url), tmp_path) as client:
        result = await called(client, known.write or ("", {}))
    assert result.is_error
    error = (result.structured_content or {})["error"]
    assert error["kind"] != "internal"
    assert "may_have_happened" not in error
    assert error["next_step"]


@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("name", WRITERS)
async def test_a_write_whose_answer_is_lost_is_not_made_twice_and_may_have_happened(
    name: str, how: str, tmp_path: Path
):
    known = case(name)
    vendor = Interfering(create_app(None, lambda: NOW), known, LOST[how], acts=True)
    async with serving(vendor) as url, driven(name, known.variables(url), tmp_path) as client:
        result = await called(client, known.write or ("", {}))
    error = (result.structured_content or {}).get("error", {"may_have_happened": True})
    assert error["may_have_happened"] is True
    assert len(vendor.carried_out) == len(set(vendor.carried_out)) > 0


@pytest.mark.parametrize("lost", [LOST["503"], None], ids=["answer lost", "answer given"])
@pytest.mark.parametrize("name", WRITERS)
async def test_the_same_key_again_makes_nothing_more(name: str, lost: Any, tmp_path: Path):
    known = case(name)
    present = datetime.now(UTC)  # what a lost answer made is looked for by the time it was made
    vendor = Interfering(create_app(None, lambda: present), known, lost, acts=True)
    write = known.write or ("", {})
    async with serving(vendor) as url, driven(name, known.variables(url), tmp_path) as client:
        await called(client, write, key="3f2a-the-same")
        made, vendor.answer = vendor.made(), None
        again = await called(client, write, key="3f2a-the-same")
    assert not again.is_error
    assert vendor.made() == made


@pytest.mark.parametrize("name", WRITERS)
async def test_a_write_that_reached_nobody_has_not_happened(name: str, tmp_path: Path):
    known = case(name)
    async with nobody() as url, driven(name, known.variables(url), tmp_path) as client:
        result = await called(client, known.write or ("", {}))
    error = (result.structured_content or {})["error"]
    assert error["kind"] == "unavailable"
    assert "may_have_happened" not in error
