"""The page in a real browser goes on where its connection dropped."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import WebSocketRoute as BrowserSocket
from playwright.async_api import expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket
from tests.e2e.browser import CHROMIUM, PAGE, ScriptedHost, opened
from tests.sandbox import serving
from tests.unit.arion_voice.roaming import TellingSynthesizer

from arion_auth import LOCAL, Tickets
from arion_host.voice_channel import WebSocketTransport
from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerText
from arion_voice.frames import AudioFrame
from arion_voice.protocol import SUBPROTOCOL, ClientEvent, Hello, Text
from arion_voice.session import VoiceSession
from arion_voice.sessions import Sessions
from arion_voice.testing import LoudActivity, ScriptedRecognizer, ScriptedResponder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(60),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt install chromium"),
]

ANSWER = "첫째 문장이에요. 둘째 문장이에요. 셋째 문장이에요."
CUT_AFTER = 30
"""Frames of 40 ms, in the midst of the second sentence."""

KEEPS_WHAT_WAS_NOT_HEARD = """async () => {
  const { Uplink } = await import("/uplink.js");
  const uplink = new Uplink();
  for (let n = 0; n < 4; n++) {
    if (n === 2) uplink.press({ type: "listen", on: false });
    uplink.speak(new Int16Array(320).buffer);
  }
  const kept = () => uplink.kept.map((it) => ("frame" in it ? it.sequence : it.event.type));
  uplink.heard(null);
  uplink.heard(0);
  const some = kept();
  uplink.heard(2);
  const last = kept();
  for (let n = 0; n < 1000; n++) uplink.speak(new Int16Array(320).buffer);
  return [some, last, kept()[0] > 500, uplink.bytes <= 320000, kept().at(-1)];
}"""


@dataclass
class Host:
    """Serves the page, and answers with three sentences; cuts the first connection in between."""

    sessions: Sessions = field(default_factory=Sessions)
    synthesizer: TellingSynthesizer = field(default_factory=lambda: TellingSynthesizer(0.8))
    tickets: Tickets = field(default_factory=Tickets)
    responder: ScriptedResponder = field(
        default_factory=lambda: ScriptedResponder(lambda _: [AnswerText(ANSWER, "ko")])
    )
    greeted: list[Hello] = field(default_factory=list[Hello])
    typed: list[Text] = field(default_factory=list[Text])
    spoken: list[list[int]] = field(default_factory=list[list[int]])
    """Numbers of the microphone's frames, by connection."""
    frames: int = 0
    url: str = ""

    async def talk(self, websocket: WebSocket) -> None:
        assert self.tickets.redeem(websocket.query_params["ticket"]) == LOCAL
        await websocket.accept(SUBPROTOCOL)
        await VoiceSession(
            CutTransport(websocket, self), ScriptedRecognizer(), self.synthesizer, self.responder,
            SessionOptions(), activity=LoudActivity(), sessions=self.sessions, owner="local",
        ).run()  # fmt: skip

    async def ready(self, _: Request) -> JSONResponse:
        return JSONResponse({"parts": {"speech": {"state": "ready"}}})

    async def ticket(self, _: Request) -> JSONResponse:
        return JSONResponse({"ticket": self.tickets.issue(LOCAL), "expires_s": 30})


class CutTransport(WebSocketTransport):
    def __init__(self, websocket: WebSocket, host: Host) -> None:
        super().__init__(websocket)
        self._socket = websocket
        self._host = host

    async def receive(self) -> ClientEvent | AudioFrame:
        message = await super().receive()
        match message:
            case Hello():
                self._host.greeted.append(message)
                self._host.spoken.append([])
            case AudioFrame():
                self._host.spoken[-1].append(message.sequence)
                if len(self._host.spoken) == 1 and len(self._host.spoken[0]) == CUT_AFTER:
                    await self._socket.close(1012)
            case Text():
                self._host.typed.append(message)
            case _:
                pass
        return message

    async def send_audio(self, frame: AudioFrame) -> None:
        await super().send_audio(frame)
        self._host.frames += 1
        if self._host.frames == CUT_AFTER:
            await self._socket.close(1012)


@pytest.fixture
async def host() -> AsyncGenerator[Host]:
    host = Host()
    app = Starlette(
        routes=[
            Route("/ready", host.ready),
            Route("/v1/voice/ticket", host.ticket, methods=["POST"]),
            WebSocketRoute("/v1/voice", host.talk),
            Mount("/", StaticFiles(directory=PAGE, html=True)),
        ]
    )
    async with serving(app, websockets=True) as url:
        host.url = url
        yield host
        await host.sessions.aclose()


async def test_an_answer_that_is_cut_off_is_completed_once(host: Host) -> None:
    async with opened(host.url) as page:
        status = page.get_by_role("status").first
        await expect(status).to_have_text("연결됨")
        await page.get_by_label("아리온에게 할 말").fill("이야기")
        await page.keyboard.press("Enter")
        await expect(page.locator(".answer")).to_have_text(ANSWER, timeout=20_000)
        while len(host.greeted) < 2 or host.frames < CUT_AFTER + 30:
            await page.evaluate("new Promise(requestAnimationFrame)")
        await expect(status).to_have_text("연결됨")
        await expect(page.locator(".turn")).to_have_count(1)
        await expect(page.locator(".answer")).to_have_text(ANSWER)
    first, again = host.greeted
    assert first.token is None
    assert again.token is not None
    assert again.turn == 1
    assert 0 < again.played_ms < 40 * CUT_AFTER
    assert again.seen > 0
    assert [it.text for it in host.typed] == ["이야기"]
    assert len(host.responder.asked) == 1


async def test_what_is_said_while_the_connection_drops_is_heard_whole(host: Host) -> None:
    async with opened(host.url) as page:
        await expect(page.get_by_role("status").first).to_have_text("연결됨")
        await page.get_by_role("button", name="말하기", exact=True).click()
        while len(host.spoken) < 2 or len(host.spoken[1]) < 2 * CUT_AFTER:
            await page.evaluate("new Promise(requestAnimationFrame)")
    before, after = host.spoken[:2]
    assert after[0] == CUT_AFTER
    assert before + after == list(range(len(before) + len(after)))


class BusyVoice:
    """Takes the first message only when it comes again."""

    def __init__(self) -> None:
        self.typed: list[dict[str, Any]] = []

    def connect(self, socket: BrowserSocket) -> None:
        socket.on_message(lambda message: self.take(socket, json.loads(message)))

    def take(self, socket: BrowserSocket, event: dict[str, Any]) -> None:
        if event["type"] == "hello":
            socket.send(json.dumps({"type": "ready", "session": "s"}))
        if event["type"] != "text":
            return
        self.typed.append(event)
        words = {"turn": 1, "text": "이야기", "language": "ko"}
        answers = (
            {"type": "error", "kind": "busy", "message": "바빠요.", "retry_after_s": 0.1},
            {"type": "transcript", "final": True, **words, "id": event["id"]},
        )
        socket.send(json.dumps(answers[len(self.typed) - 1]))
        if len(self.typed) == 2:
            socket.send(json.dumps({"type": "answer", **words}))


async def test_what_a_busy_host_does_not_take_is_sent_again_when_it_says() -> None:
    voice = BusyVoice()
    host = ScriptedHost(speech="ready", voice=voice.connect)
    async with opened(host.url, host=host) as page:
        await expect(page.get_by_role("status").first).to_have_text("연결됨")
        await page.get_by_label("아리온에게 할 말").fill("이야기")
        await page.keyboard.press("Enter")
        await expect(page.locator(".answer")).to_have_text("이야기")
        await expect(page.locator("#trouble")).to_be_hidden()
    first, again = voice.typed
    assert first == again


async def test_a_full_host_is_talked_to_in_text_meanwhile() -> None:
    host = ScriptedHost(speech="ready", full=True)
    async with opened(host.url, host=host, expected_errors=1) as page:
        await expect(page.get_by_role("status").first).to_have_text("음성 없이 글로만 대화해요")


async def test_a_page_keeps_the_microphone_until_it_was_heard() -> None:
    host = ScriptedHost()
    async with opened(host.url, host=host) as page:
        seen: Any = await page.evaluate(KEEPS_WHAT_WAS_NOT_HEARD)
    assert seen == [[1, "listen", 2, 3], [3], True, True, 1003]
