"""A Realtime client that breaks the rules hears of it in the API's own words."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.e2e.voice_line import Client, Line, dialling, serving

from arion_voice.testing import ScriptedRecognizer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with serving(Line(ScriptedRecognizer(["내일 일정 알려줘"] * 9))) as line:
        yield line


def typed(text: str) -> list[dict[str, Any]]:
    content = [{"type": "input_text", "text": text}]
    item = {"type": "message", "role": "user", "content": content}
    return [{"type": "conversation.item.create", "item": item}, {"type": "response.create"}]


def appended(samples: int) -> dict[str, Any]:
    audio = base64.b64encode(b"\x00\x40" * samples).decode()
    return {"type": "input_audio_buffer.append", "audio": audio}


async def completes(client: Client) -> bool:
    await client.say(*typed("메일"))
    done = await client.until("response.done")
    return done["response"]["status"] == "completed"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"\x01\x01\x00\x00", "bad_frame"),
        ("", "bad_frame"),
        ("[" * 100_000, "bad_frame"),
        ('{"type":"nothing","event_id":"e1"}', "bad_frame"),
        ('{"type":"input_audio_buffer.append","audio":"?"}', "bad_frame"),
        ('{"type":"conversation.item.truncate","item_id":"x","audio_end_ms":-1}', "bad_frame"),
        ('{"type":"conversation.item.delete","item_id":"x"}', "bad_frame"),
        (json.dumps({"type": "response.create", "more": "x" * 1_100_000}), "too_large"),
    ],
)
async def test_what_is_nothing_is_refused_and_the_session_goes_on(
    line: Line, message: str | bytes, code: str
) -> None:
    async with dialling(line, "/v1/realtime") as client:
        await client.say(message)
        error = (await client.until("error"))["error"]
        assert error["code"] == code
        assert error["type"] == "invalid_request_error"
        assert await completes(client)


async def test_ten_seconds_of_sound_in_one_event_are_heard(line: Line) -> None:
    async with dialling(line, "/v1/realtime") as client:
        await client.say(appended(24_000 * 10), {"type": "input_audio_buffer.commit"})
        await client.until("input_audio_buffer.speech_stopped")
        done = await client.until("response.done")
    assert done["response"]["status"] == "completed"


async def test_sound_that_never_fills_a_sample_is_no_fault(line: Line) -> None:
    async with dialling(line, "/v1/realtime") as client:
        for _ in range(200):
            await client.say(appended(1))
        assert await completes(client)


async def test_a_client_that_drops_in_the_midst_of_an_answer_leaves_nothing(line: Line) -> None:
    async with dialling(line, "/v1/realtime") as client:
        await client.say(*typed("메일"))
        await client.until("response.created")
        client.connection.transport.abort()
        async with asyncio.timeout(10):
            await line.ended.get()
    async with dialling(line, "/v1/realtime") as client:
        assert await completes(client)
