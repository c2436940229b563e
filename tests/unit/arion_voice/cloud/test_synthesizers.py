from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tests.sandbox import Sandbox
from tests.unit.arion_voice.cloud.engines import VENDORS, VOICE, below, speaking
from tests.unit.arion_voice.cloud.vendor import LOSE, Answer, Stream, Vendor

from arion_voice.cloud.connection import Bounds, Connection, Site
from arion_voice.cloud.synthesizer import CloudSynthesizer, _Arriving
from arion_voice.engines import SpeechChunk
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.streams import closing

pytestmark = pytest.mark.thorough

each_vendor = pytest.mark.parametrize("name", VENDORS)


async def spoken(
    synthesizer: CloudSynthesizer, text: str = "네", speed: float = 1.0
) -> list[SpeechChunk]:
    stream = synthesizer.synthesize(text, language="ko", voice="natural", speed=speed)
    return [chunk async for chunk in stream]


async def failure_of(synthesizer: CloudSynthesizer, text: str = "네") -> SpeechError:
    with pytest.raises(SpeechError) as failure:
        await spoken(synthesizer, text)
    return failure.value


@each_vendor
async def test_a_sentence_is_spoken_whole(sandbox: Sandbox, name: str) -> None:
    text = "내일 오후 세 시에 치과 예약이 있고, 여섯 시에는 회의가 있어요."
    async with speaking(name, below(sandbox.url, name)) as synthesizer:
        await synthesizer.warm()
        chunks = await spoken(synthesizer, text)
    lengths = [len(chunk.pcm) / 2 / chunk.sample_rate for chunk in chunks]
    assert {chunk.sample_rate for chunk in chunks} == {24_000}
    assert sum(lengths) == pytest.approx(0.08 * len(text))
    assert min(lengths[:-1], default=1) >= 0.1
    assert sandbox.violations() == []


@each_vendor
@pytest.mark.parametrize(
    "pieces",
    [[b"\x01"] * 7, [b"\x01" * 3, b"\x01" * 4801, b"\x01"], [b"\x01" * 4799, b"\x01" * 9602]],
)
async def test_every_chunk_holds_whole_samples_however_the_bytes_arrive(
    vendor: Vendor, name: str, pieces: list[bytes]
) -> None:
    vendor.script = [Stream(pieces)]
    async with speaking(name, vendor.url) as synthesizer:
        chunks = await spoken(synthesizer)
    sound = b"".join(chunk.pcm for chunk in chunks)
    total = len(b"".join(pieces))
    assert all(len(chunk.pcm) % 2 == 0 for chunk in chunks)
    assert sound == b"\x01" * (total - total % 2)


@each_vendor
async def test_sound_is_there_before_its_end_and_closing_ends_the_request(
    vendor: Vendor, name: str
) -> None:
    vendor.script = [Stream([b"\x01" * 4800], "hangs")]
    async with speaking(name, vendor.url, bounds=Bounds(at_once=1)) as synthesizer:
        stream = synthesizer.synthesize("네", language="ko", voice="natural")
        # Sooner than a pause in the sound is taken for its end.
        async with asyncio.timeout(3), closing(stream) as chunks:
            first = await anext(chunks)
        async with asyncio.timeout(3):
            await vendor.left.wait()
        vendor.script = [Stream([b"\x02\x02"])]
        assert [chunk.pcm for chunk in await spoken(synthesizer)] == [b"\x02\x02"]
    assert first == SpeechChunk(b"\x01" * 4800, 24_000)


@each_vendor
async def test_a_cancelled_sentence_closes_its_request(vendor: Vendor, name: str) -> None:
    vendor.script = [Stream([], "hangs")]
    async with speaking(name, vendor.url) as synthesizer:
        call = asyncio.create_task(spoken(synthesizer))
        await vendor.until_asked(1)
        call.cancel()
        async with asyncio.timeout(5):
            await vendor.left.wait()


async def test_one_connection_speaks_sentence_after_sentence(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01" * 6000] * 9)]
    async with speaking("elevenlabs", vendor.url) as synthesizer:
        await synthesizer.warm()
        for _ in range(3):
            await spoken(synthesizer)
    assert vendor.connections == 1


async def test_sound_that_nobody_plays_yet_keeps_nobody_waiting(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01" * 48_000] * 20)]
    async with speaking("elevenlabs", vendor.url, bounds=Bounds(at_once=1)) as synthesizer:
        slow = synthesizer.synthesize("길어요", language="ko", voice="natural")
        async with closing(slow) as chunks:
            first = await anext(chunks)
            other = await spoken(synthesizer)
            rest = [chunk async for chunk in chunks]
    total = 48_000 * 20
    assert sum(len(chunk.pcm) for chunk in other) == total
    assert sum(len(chunk.pcm) for chunk in (first, *rest)) == total
    assert len(rest) == 1


async def test_closing_ends_a_request_also_where_its_sound_waits(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01" * 48_000] * 90, "hangs")]
    async with speaking("openai", vendor.url) as synthesizer:
        stream = synthesizer.synthesize("네", language="ko", voice="natural")
        async with asyncio.timeout(3), closing(stream) as chunks:
            await anext(chunks)
        async with asyncio.timeout(3):
            await vendor.left.wait()


async def test_small_pieces_are_gathered(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01" * 100] * 100)]
    async with speaking("openai", vendor.url) as synthesizer:
        lengths = [len(chunk.pcm) for chunk in await spoken(synthesizer)]
    assert sum(lengths) == 10_000
    assert min(lengths[:-1], default=10_000) >= 4_800


async def test_no_more_than_a_minute_of_sound_is_fetched_ahead() -> None:
    asked = 0

    async def seconds_of_sound() -> AsyncIterator[bytes]:
        nonlocal asked
        for _ in range(1000):
            asked += 1
            yield b"\x01" * 48_000

    arriving = _Arriving()
    filling = asyncio.create_task(arriving.fill(seconds_of_sound()))
    first = await arriving.take()
    for _ in range(200):
        await asyncio.sleep(0)
    # One more is in hand, and waits for its place.
    assert asked * 48_000 == len(first) + (60 + 1) * 48_000
    filling.cancel()


async def test_a_fault_of_our_own_reaches_whoever_waits_for_the_sound(vendor: Vendor) -> None:
    class Broken(Connection):
        @asynccontextmanager
        async def sound(self, path: str, **request: Any) -> AsyncIterator[Any]:
            raise KeyError(path)
            yield

    async with speaking("openai", vendor.url) as synthesizer:
        await synthesizer.aclose()
        site = Site("test", vendor.url, None, "/models", "key")
        synthesizer._connection = Broken(site, Bounds())
        async with asyncio.timeout(5):
            with pytest.raises(KeyError):
                await spoken(synthesizer)


async def test_sound_that_breaks_off_is_a_failure_after_what_came(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01" * 5000], "lost")]
    async with speaking("elevenlabs", vendor.url) as synthesizer:
        chunks = synthesizer.synthesize("네", language="ko", voice="natural")
        first = await anext(chunks)
        with pytest.raises(SpeechError) as failure:
            await anext(chunks)
    assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED
    assert len(first.pcm) == 5000
    assert len(vendor.asked) == 1


async def test_a_pause_in_the_sound_that_is_too_long_is_a_failure(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01" * 10], "hangs")]
    async with speaking("openai", vendor.url, bounds=Bounds(answer_s=0.05)) as synthesizer:
        failure = await failure_of(synthesizer)
    assert failure.kind is VoiceErrorKind.ENGINE_FAILED
    assert "ReadTimeout" in failure.message


@each_vendor
async def test_a_connection_lost_before_any_sound_is_tried_once_more(
    vendor: Vendor, name: str
) -> None:
    vendor.script = [LOSE, Stream([b"\x01\x01"])]
    async with speaking(name, vendor.url) as synthesizer:
        assert len(await spoken(synthesizer)) == 1
    assert len(vendor.asked) == 2


@each_vendor
@pytest.mark.parametrize(
    "sound", [b"", b"\x01", b"RIFF....WAVE", b"ID3\x04 and more", b'{"error": {}}']
)
async def test_what_is_no_pcm_is_not_played(vendor: Vendor, name: str, sound: bytes) -> None:
    vendor.script = [Answer(sound)]
    async with speaking(name, vendor.url) as synthesizer:
        failure = await failure_of(synthesizer)
    assert failure.kind is VoiceErrorKind.ENGINE_FAILED


@each_vendor
async def test_text_over_the_vendors_limit_is_not_sent(vendor: Vendor, name: str) -> None:
    async with speaking(name, vendor.url) as synthesizer:
        failure = await failure_of(synthesizer, "가" * 5001)
    assert failure.kind is VoiceErrorKind.ENGINE_FAILED
    assert vendor.asked == []


@pytest.mark.parametrize(
    ("name", "speed", "sent"),
    [
        ("openai", 1.0, None),
        ("openai", 1.5, 1.5),
        ("openai", 9.0, 4.0),
        ("elevenlabs", 1.0, None),
        ("elevenlabs", 1.1, {"speed": 1.1}),
        ("elevenlabs", 2.0, {"speed": 1.2}),
        ("elevenlabs", 0.5, {"speed": 0.7}),
    ],
)
async def test_the_pace_is_as_near_as_the_vendor_gets(
    vendor: Vendor, name: str, speed: float, sent: Any
) -> None:
    vendor.script = [Stream([b"\x01\x01"])]
    async with speaking(name, vendor.url) as synthesizer:
        await spoken(synthesizer, speed=speed)
    body = json.loads(vendor.asked[0].body)
    assert body.get("speed" if name == "openai" else "voice_settings") == sent


@pytest.mark.parametrize(
    ("model", "language"),
    [("eleven_flash_v2_5", "ko"), ("eleven_v3", "ko"), ("eleven_multilingual_v2", None)],
)
async def test_elevenlabs_is_told_the_language_where_the_model_takes_it(
    vendor: Vendor, model: str, language: str | None
) -> None:
    vendor.script = [Stream([b"\x01\x01"])]
    async with speaking("elevenlabs", vendor.url, model=model) as synthesizer:
        await spoken(synthesizer)
    asked = vendor.asked[0]
    assert json.loads(asked.body).get("language_code") == language
    assert asked.line == f"POST /v1/text-to-speech/{VOICE}/stream?output_format=pcm_24000 HTTP/1.1"


async def test_a_voice_is_a_name_and_no_path(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01\x01"])]
    async with speaking("elevenlabs", vendor.url, voice="a/../b?c") as synthesizer:
        await spoken(synthesizer)
    assert vendor.asked[0].line.startswith("POST /v1/text-to-speech/a%2F..%2Fb%3Fc/stream?")
