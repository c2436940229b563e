from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from tests.toy import Notebook, toy_spec
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from arion_host.app import build_app
from arion_host.children import Children
from arion_host.parts import open_parts
from arion_host.settings import HostSettings
from arion_host.speech import SpeechPart
from arion_host.tools.connections import ConnectionOptions, keep_connections
from arion_host.tools.endpoints import own_endpoints
from arion_kit.serving import server_app
from arion_voice.engines import AnswerDetail, AnswerText, Utterance
from arion_voice.protocol import SUBPROTOCOL, Answer, Text, decode_server_event, encode_event
from arion_voice.speech import SpeechState, SpeechStatus
from arion_voice.transport import Disconnected

pytestmark = pytest.mark.thorough


class TypedSession:
    """A voice session without a voice: answers what is typed."""

    def __init__(self, transport: Any, responder: Any, hints: Any, owner: str) -> None:
        self.transport = transport
        self.responder = responder

    async def run(self) -> None:
        try:
            while True:
                await self._answer(await self.transport.receive())
        except Disconnected:
            await self.transport.close()

    async def _answer(self, event: Text) -> None:
        utterance = Utterance(
            text=event.text,
            language="ko",
            turn=1,
            session="v1",
            spoken=False,
            timezone="Asia/Tokyo",
        )
        async for part in self.responder.respond(utterance):
            match part:
                case AnswerText(text, language):
                    answer = Answer(turn=1, text=text, language=language)
                case AnswerDetail(detail):
                    answer = Answer(turn=1, text="", language="ko", detail=detail)
            await self.transport.send_event(answer)


class TypedSpeech:
    """Speech engines that are ready and mute."""

    status = SpeechStatus(SpeechState.READY)
    session = TypedSession
    max_sessions = 100


@dataclass
class Open:
    """A host on a port of its own, over a real server."""

    url: str
    client: httpx2.AsyncClient
    notebook: Notebook
    speech: SpeechPart

    async def turn(self, **fields: object) -> httpx2.Response:
        return await self.client.post("/v1/turns", json=fields)


@pytest.fixture
def opened(serve: Any, tmp_path: Path, notes_language: str) -> Any:
    @asynccontextmanager
    async def open_here(**settings: object) -> AsyncGenerator[Open]:
        notebook = Notebook(notes={"n1": "우유 사기"})
        server = server_app(
            toy_spec(tmp_path, notebook, notes_language), toolsets=frozenset({"all"})
        )
        fleet = Starlette(
            routes=[Mount("/servers/notes", server)],
            lifespan=lambda _: server.router.lifespan_context(server),
        )
        servers = await serve(fleet)
        children = Children((), servers.url, frozenset({"notes"}))
        speech = SpeechPart(wanted=False)
        chosen = HostSettings.model_validate({"data_dir": tmp_path / "data", **settings})
        async with open_parts(chosen, children, speech) as host:
            await host.settled()
            served = await serve(build_app(host))
            async with httpx2.AsyncClient(base_url=served.url, timeout=20) as client:
                yield Open(served.url, client, notebook, speech)
            await served.finish()

    return open_here


def refusal(answer: httpx2.Response) -> dict[str, Any]:
    error = answer.json()["error"]
    assert set(error) == {"kind", "message", "next_step"}
    return error


async def test_a_turn_over_http_is_answered_with_its_result(opened: Any):
    async with opened() as host:
        answer = await host.turn(text="메모 보여줘")
    assert answer.status_code == 200
    assert answer.json()["answer"] == "메모가 1개 있어요."


async def test_turns_without_a_session_are_one_conversation(opened: Any):
    async with opened() as host:
        asked = (await host.turn(text="우유 사기 메모 지워줘")).json()
        answered = (await host.turn(text="네")).json()
    assert asked["needs_human"] == "'우유 사기' 메모를 지울까요? 하고 나면 되돌릴 수 없어요."
    assert answered["answer"] == "지웠어요."
    assert host.notebook.notes == {}


async def test_a_yes_in_advance_and_a_fixed_clock_reach_the_turn(opened: Any):
    async with opened() as host:
        now = "2026-11-23T10:00:00+09:00"
        answer = await host.turn(text="우유 사기 메모 지워줘", confirm=True, now=now)
    assert answer.json()["calls"][-1]["status"] == "ok"


async def test_a_text_that_is_no_command_is_a_turn_with_a_plain_answer(opened: Any):
    async with opened() as host:
        answers = [await host.turn(text=text) for text in ("", "가" * 5_000, "a\0b")]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["route"] for answer in answers} == {"none"}
    assert all(answer.json()["answer"] for answer in answers)


BAD_REQUESTS = [
    (b"", "JSON"),
    (b"{", "JSON"),
    (b"[]", "object"),
    (b'{"text": 1}', "text"),
    (b'{"text": "a", "now": "2026-11-23T10:00:00"}', "now"),
    (b'{"text": "a", "session": "../x"}', "session"),
    (b'{"text": "a", "language": "fr"}', "language"),
    (b'{"text": "a", "colour": "red"}', "colour"),
    (b'{"text": "\xff"}', "JSON"),
]


async def test_a_request_of_another_form_is_refused_by_name(opened: Any):
    async with opened() as host:
        answers = [await host.client.post("/v1/turns", content=body) for body, _ in BAD_REQUESTS]
    assert {answer.status_code for answer in answers} == {400}
    assert {refusal(answer)["kind"] for answer in answers} == {"bad_input"}
    unnamed = [
        (body, refusal(answer)["message"])
        for answer, (body, name) in zip(answers, BAD_REQUESTS, strict=True)
        if name not in refusal(answer)["message"]
    ]
    assert unnamed == []


async def test_a_request_that_is_too_large_is_refused(opened: Any):
    async with opened() as host:
        answer = await host.turn(text="가" * 100_000)
    assert answer.status_code == 413
    assert refusal(answer)["kind"] == "too_large"


async def test_strangers_are_refused_at_every_door(opened: Any):
    async with opened() as host:
        paths = ["/", "/health", "/ready", "/v1/turns", "/servers/notes/mcp", "/nothing"]
        rebound = [await host.client.get(p, headers={"Host": "evil.example.com"}) for p in paths]
        foreign = [await host.client.get(p, headers={"Origin": "http://evil"}) for p in paths]
        with pytest.raises(InvalidStatus) as raised:
            await connect(f"{host.url.replace('http', 'ws')}/v1/voice", origin="http://evil")  # type: ignore[arg-type]
    assert {answer.status_code for answer in rebound + foreign} == {403}
    assert refusal(rebound[0])["kind"] == "forbidden"
    assert raised.value.response.status_code == 403


async def test_a_name_from_the_settings_is_answered(opened: Any):
    async with opened(allowed_hosts="arion.example.com") as host:
        answer = await host.client.get("/health", headers={"Host": "arion.example.com"})
    assert answer.json()["product"] == "arion"


async def test_ready_tells_every_part(opened: Any):
    async with opened() as host:
        answer = await host.client.get("/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "parts": {
            "servers": {"notes": {"ok": True, "state": "connected", "problem": None}},
            "processes": {},
            "routing": {"ok": True},
            "speech": {"ok": False, "state": "absent", "missing": []},
        },
    }


async def test_a_host_whose_speech_still_loads_is_not_ready(opened: Any):
    async with opened() as host:
        host.speech.engines = TypedSpeech()
        host.speech.engines.status = SpeechStatus(SpeechState.LOADING)
        answer = await host.client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["speech"]["state"] == "loading"


async def test_the_page_is_served_with_a_policy_that_lets_nothing_else_in(opened: Any):
    async with opened() as host:
        page = await host.client.get("/")
        script = await host.client.get("/app.js")
        again = await host.client.get("/", headers={"If-None-Match": page.headers["etag"]})
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert script.status_code == 200
    assert again.status_code == 304


async def test_what_is_not_there_is_told_as_json(opened: Any):
    async with opened() as host:
        absent = await host.client.get("/nothing")
        outside = await host.client.get("/..%2f..%2fpyproject.toml")
    assert (absent.status_code, outside.status_code) == (404, 404)
    assert refusal(absent)["kind"] == "not_found"


async def test_the_servers_are_reached_through_the_host(opened: Any):
    async with (
        opened() as host,
        keep_connections(own_endpoints(host.url, ["notes"]), ConnectionOptions()) as connections,
    ):
        outcome = await connections.call("notes", "notes_list", {}, meta={}, read=True)
        absent = await host.client.post("/servers/nobody/mcp", json={})
    assert outcome.say == "메모가 1개 있어요."
    assert absent.status_code == 404


async def test_a_large_request_to_a_server_is_refused(opened: Any):
    async with opened() as host:
        answer = await host.client.post("/servers/notes/mcp", content=b" " * 1_100_000)
    assert answer.status_code == 413


async def test_the_voice_channel_without_speech_says_what_is_missing(opened: Any):
    async with opened() as host:
        host.speech.missing = ("Speech is not installed.",)
        with pytest.raises(InvalidStatus) as raised:
            await voice(host)
    body = json.loads(raised.value.response.body or b"")
    assert raised.value.response.status_code == 503
    assert body["error"]["message"] == "Speech is not installed."


async def test_the_voice_channel_runs_turns_and_sends_their_results(opened: Any):
    async with opened() as host:
        host.speech.engines = TypedSpeech()
        async with await voice(host) as socket:
            await socket.send(encode_event(Text(text="메모 보여줘")))
            text = decode_server_event(str(await socket.recv()))
            detail = decode_server_event(str(await socket.recv()))
    assert isinstance(text, Answer)
    assert isinstance(detail, Answer)
    assert text.text == "메모가 1개 있어요."
    assert detail.detail is not None
    assert detail.detail["calls"][0]["status"] == "ok"


async def test_a_client_that_does_not_ask_for_the_protocol_is_refused(opened: Any):
    async with opened() as host:
        host.speech.engines = TypedSpeech()
        with pytest.raises(InvalidStatus) as raised:
            await connect(f"{host.url.replace('http', 'ws')}/v1/voice", proxy=None)
    assert raised.value.response.status_code == 400


async def voice(host: Open) -> Any:
    address = f"{host.url.replace('http', 'ws')}/v1/voice"
    return await connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], proxy=None)
