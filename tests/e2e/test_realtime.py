"""Clients that others wrote for OpenAI's Realtime API talk to Arion unchanged."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from agents import set_tracing_disabled
from agents.realtime import RealtimeAgent, RealtimeRunner
from openai import AsyncOpenAI
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from tests.sandbox import serving
from tests.servers.processes import NODE_MODULES, needs, run

from arion_host.voice_channel import TextWire
from arion_voice.conversation import SessionOptions
from arion_voice.engines import AnswerPart, AnswerText, Utterance
from arion_voice.realtime.transport import RealtimeTransport
from arion_voice.session import VoiceSession
from arion_voice.testing import (
    LoudActivity,
    ScriptedRecognizer,
    ScriptedResponder,
    ToneSynthesizer,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

CLIENT = NODE_MODULES.parent / "realtime.mjs"
SPOKEN = np.concatenate([np.full(24_000, 9_000), np.zeros(36_000)]).astype("<i2").tobytes()
"""One second of sound and one and a half of silence, at 24 kHz."""


def answer(utterance: Utterance) -> Iterable[AnswerPart]:
    return [AnswerText(f"'{utterance.text}'라고 하셨어요. 하나 둘 셋 넷 다섯 여섯 일곱.", "ko")]


@dataclass
class Host:
    """What hears and answers in the sessions."""

    recognizer: ScriptedRecognizer = field(
        default_factory=lambda: ScriptedRecognizer(["내일 일정 알려줘", "모레는 어때?"])
    )
    responder: ScriptedResponder = field(default_factory=lambda: ScriptedResponder(answer))
    url: str = ""

    async def talk(self, websocket: WebSocket) -> None:
        asked = websocket.scope["subprotocols"]
        await websocket.accept("realtime" if "realtime" in asked else None)
        transport = RealtimeTransport(TextWire(websocket))
        await VoiceSession(
            transport, self.recognizer, ToneSynthesizer(3), self.responder, SessionOptions(),
            activity=LoudActivity(),
        ).run()  # fmt: skip


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    host = Host()
    app = Starlette(routes=[WebSocketRoute("/v1/realtime", host.talk)])
    async with serving(app, websockets=True) as url:
        host.url = url.replace("http", "ws", 1)
        yield host


def heard_by(host: Host) -> list[str]:
    return [one.text for one in host.responder.asked]


def was_cut(host: Host) -> bool:
    return bool(host.responder.cut) and host.responder.cut[0][0].turn == 1


async def test_openais_python_client_completes_spoken_turns_and_interrupts(host: Host) -> None:
    client = AsyncOpenAI(api_key="local", websocket_base_url=f"{host.url}/v1")
    seen: list[Any] = []
    async with client.realtime.connect(model="arion") as connection:
        await connection.session.update(session={"type": "realtime", "instructions": "?"})

        async def say() -> None:
            for at in range(0, len(SPOKEN), 4800):
                audio = base64.b64encode(SPOKEN[at : at + 4800]).decode()
                await connection.input_audio_buffer.append(audio=audio)

        await say()
        async for event in connection:
            seen.append(event)
            kinds = [it.type for it in seen]
            if event.type == (sound := "response.output_audio.delta") and kinds.count(sound) == 1:
                await say()
            if kinds.count("response.done") == 2:
                break
    done = [event.response.status for event in seen if event.type == "response.done"]
    assert done == ["cancelled", "completed"]
    assert [event for event in seen if event.type == "error"] == []
    assert heard_by(host) == ["내일 일정 알려줘", "모레는 어때?"]
    assert was_cut(host)


async def test_openais_agents_for_python_complete_spoken_turns_and_interrupt(host: Host) -> None:
    set_tracing_disabled(True)
    runner = RealtimeRunner(RealtimeAgent(name="Arion", instructions="?"))
    kinds: list[str] = []
    config = cast("Any", {"url": f"{host.url}/v1/realtime?model=arion", "api_key": "local"})
    session = await runner.run(model_config=config)
    async with session:
        await session.send_audio(SPOKEN)
        async for event in session:
            kinds.append(event.type)
            if event.type == "audio" and kinds.count("audio") == 1:
                await session.send_audio(SPOKEN)
            if event.type == "agent_end" and kinds.count("agent_end") == 2:
                break
    assert kinds.count("agent_start") == 2
    assert "audio_interrupted" in kinds
    assert "error" not in kinds
    assert heard_by(host) == ["내일 일정 알려줘", "모레는 어때?"]
    assert was_cut(host)


@needs(NODE_MODULES / "@openai/agents-realtime")
async def test_openais_agents_for_javascript_complete_spoken_turns_and_interrupt(
    host: Host, tmp_path: Path
) -> None:
    recording = tmp_path / "speech.raw"
    recording.write_bytes(SPOKEN)
    async with asyncio.timeout(45):
        code, out, err = await run(["node", CLIENT, f"{host.url}/v1/realtime", recording])
    assert code == 0, err
    told: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    assert [it for it in told if "error" in it] == []
    assert {"interrupted": True} in told
    assert len([it for it in told if "answer" in it]) == 2
    assert heard_by(host) == ["내일 일정 알려줘", "모레는 어때?"]
    assert was_cut(host)
