"""Whatever a client does to the voice channel, it hears why, and others hear nothing of it."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest
from tests.e2e.voice_line import (
    HELLO,
    SILENCE,
    SPEECH,
    Client,
    Line,
    call_without_reading,
    calling,
    dialling,
    echoed,
    frame,
    serving,
)
from websockets.exceptions import ConnectionClosed

from arion_voice.engines import AnswerPart, AnswerText, Utterance
from arion_voice.testing import ScriptedRecognizer, ToneSynthesizer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]

SPOKEN = "내일 일정 알려줘"


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with serving(Line(ScriptedRecognizer([SPOKEN] * 50))) as line:
        yield line


def audio(sequence: int, pcm: bytes = SPEECH, kind: int = 1, codec: int = 1) -> bytes:
    return struct.pack(">BBHI", kind, codec, 0, sequence) + pcm


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (b"", "bad_frame"),
        (b"\x01\x01\x00", "bad_frame"),
        (audio(0, kind=9), "bad_frame"),
        (audio(0, codec=77), "bad_frame"),
        (audio(0, b"\x00\x01\x02"), "bad_frame"),
        (audio(0, bytes(70_000)), "too_large"),
        ("x" * 20_000, "too_large"),
        ("가" * 16_000, "bad_frame"),
        ("[" * 16_000, "bad_frame"),
        ('{"type":"nothing"}', "bad_frame"),
        ('{"type":"text"}', "bad_frame"),
        ('{"type":"text","text":"\\ud800"}', "bad_frame"),
        ('{"type":"played","turn":1e999,"ms":0}', "bad_frame"),
        ('{"type":"ready","session":"s"}', "bad_frame"),
        ("", "bad_frame"),
        (json.dumps(HELLO), "bad_state"),
    ],
)
async def test_what_is_nothing_is_refused_and_the_session_goes_on(
    line: Line, message: str | bytes, kind: str
) -> None:
    async with calling(line) as client:
        await client.say(message)
        error = await client.until("error")
        assert (error["kind"], error["fatal"]) == (kind, False)
        assert error["message"]
        assert await client.type("메일") == "메일, 알겠어요."


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (audio(0), "bad_state"),
        ('{"type":"interrupt"}', "bad_state"),
        ("{", "bad_frame"),
        (b"\xff", "bad_frame"),
        (json.dumps({**HELLO, "protocol": "arion.voice.v9"}), "unsupported"),
        (json.dumps({**HELLO, "codecs": ["mp3"]}), "unsupported"),
    ],
)
async def test_who_does_not_greet_is_told_why_and_sent_away(
    line: Line, message: str | bytes, kind: str
) -> None:
    async with dialling(line) as client:
        await client.say(message)
        error = await client.until("error")
        assert (error["kind"], error["fatal"]) == (kind, True)
        with pytest.raises(ConnectionClosed):
            await client.until("ready")
    await line.ended.get()


async def test_the_protocol_may_be_broken_twenty_times(line: Line) -> None:
    async with calling(line) as client:
        await client.say(*["{"] * 21)
        for _ in range(20):
            assert not (await client.until("error"))["fatal"]
        assert (await client.until("error"))["fatal"]


@pytest.mark.parametrize(
    "rubbish",
    [
        frame(b"\xff\xfe\xfd", opcode=1),  # text that is no UTF-8
        frame(b"", opcode=0xB),  # an opcode that nobody has defined
        frame(b"", opcode=0),  # goes on with a message that never began
        b"\x81\x05hello",  # not masked
        b"\xc1\x80\0\0\0\0",  # compressed, which was not agreed
        b"\x82\xff\x7f" + b"\xff" * 7 + bytes(4),  # nine exabytes
    ],
)
async def test_a_connection_that_speaks_no_websocket_ends_and_the_next_is_served(
    line: Line, rubbish: bytes
) -> None:
    peer = await call_without_reading(line, HELLO)
    with peer:
        await asyncio.get_running_loop().sock_sendall(peer, rubbish)
        async with asyncio.timeout(10):
            await line.ended.get()
    async with calling(line) as client:
        assert await client.type("메일") == "메일, 알겠어요."


@pytest.mark.parametrize("path", ["/v1/voice", "/v1/realtime"])
async def test_a_message_over_the_servers_limit_ends_its_connection_alone(
    line: Line, path: str
) -> None:
    async with calling(line) as other:
        async with dialling(line, path) as client:
            await client.say("x" * 2_000_000)
            await client.connection.wait_closed()
            assert client.connection.close_code == 1009
        assert await other.type("메일") == "메일, 알겠어요."


async def test_frames_that_come_twice_or_late_are_heard_once(line: Line) -> None:
    async with calling(line) as client:
        for at in range(0, 100, 2):
            pcm = SPEECH if at < 26 else SILENCE
            # Every pair comes the wrong way round and then again: the later one counts.
            await client.say(*(audio(number, pcm) for number in (at + 1, at, at + 1, at)))
        transcript = await client.until("transcript", final=True)
        assert transcript["text"] == SPOKEN
        assert not [event for event in client.events if event["type"] == "error"]
    assert isinstance(line.recognizer, ScriptedRecognizer)
    # 13 frames of speech and what little silence ends them; 26 would be half a second.
    assert len(line.recognizer.heard[-1]) / 16_000 < 0.52


async def test_two_hundred_connections_at_once_are_all_greeted(line: Line) -> None:
    async def one() -> None:
        async with calling(line) as client:
            await client.connection.close(1000)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(200):
            tasks.create_task(one())
    for _ in range(200):
        await line.ended.get()


async def test_a_flood_does_not_keep_another_waiting(line: Line) -> None:
    is_answered = asyncio.Event()

    async def flood(client: Client) -> None:
        while not is_answered.is_set():
            await client.say({"type": "ack", "seq": 0})
            await client.speak(SILENCE)

    async with calling(line) as flooding, calling(line) as other, asyncio.TaskGroup() as tasks:
        tasks.create_task(flood(flooding))
        await flooding.until("heard")
        assert await other.type("메일") == "메일, 알겠어요."
        is_answered.set()


def at_length(utterance: Utterance) -> Iterable[AnswerPart]:
    if utterance.text != "다 말해줘":
        return echoed(utterance)
    return [AnswerText(f"{number} " + "가" * 2_000, "ko") for number in range(400)]


TYPED = [
    {
        "type": "conversation.item.create",
        "item": {
            "type": "message",
            "role": "user",
            "content": [{"type": "input_text", "text": "다 말해줘"}],
        },
    },
    {"type": "response.create"},
]


@pytest.mark.parametrize(
    ("path", "said"),
    [("/v1/voice", [HELLO, {"type": "text", "text": "다 말해줘"}]), ("/v1/realtime", TYPED)],
)
async def test_a_client_that_never_reads_is_let_go_and_another_is_answered(
    path: str, said: list[dict[str, Any]]
) -> None:
    line = Line(answer=at_length, ping_s=1.0)
    async with serving(line):
        peer = await call_without_reading(line, *said, path=path)
        with peer:
            async with asyncio.timeout(20):
                await line.ended.get()
        async with calling(line) as client:
            assert await client.type("메일") == "메일, 알겠어요."


@pytest.mark.parametrize("path", ["/v1/voice", "/v1/realtime"])
async def test_a_peer_that_is_gone_without_a_word_is_noticed_by_its_silence(path: str) -> None:
    line = Line(ping_s=0.5)
    async with serving(line):
        peer = await call_without_reading(line, HELLO, path=path)
        with peer:
            async with asyncio.timeout(10):
                await line.ended.get()


async def test_a_long_answer_reaches_a_client_that_reads_late_to_its_last_piece() -> None:
    pieces = [AnswerText(f"{number}번. ", "ko") for number in range(400)]
    line = Line(answer=lambda _: pieces, synthesizer=ToneSynthesizer(seconds=0.0001))
    async with serving(line), calling(line) as client:
        said = await client.type("다 말해줘")
    assert said == "".join(piece.text for piece in pieces)
