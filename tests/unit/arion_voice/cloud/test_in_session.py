"""Which stretches of an utterance a session sends to a recogniser in the cloud."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from tests.unit.arion_voice.cloud.engines import hearing
from tests.unit.arion_voice.cloud.vendor import Answer, Vendor
from tests.unit.arion_voice.conftest import Call

from arion_voice.engines import SAMPLE_RATE
from arion_voice.protocol import Error, SpeechEnded, TranscriptEvent
from arion_voice.testing import silent_frames, speech_frames

UnderWay = Callable[[Call], AbstractAsyncContextManager[Call]]


def sent_s(vendor: Vendor) -> list[float]:
    """Length of what was sent, request by request, in seconds."""
    lengths = [len(asked.field("file")) / 2 / SAMPLE_RATE for asked in vendor.asked]
    return [round(length, 1) for length in lengths]


async def heard_of(call: Call, under_way: UnderWay, *frames: list) -> str:
    async with under_way(call) as session:
        for stretch in frames:
            session.transport.say(*stretch)
        final = await session.transport.until(TranscriptEvent)
        assert session.transport.of(SpeechEnded)
    return final.text


async def test_an_utterance_with_a_pause_is_sent_once_when_it_is_over(
    vendor: Vendor, call: Call, under_way: UnderWay
) -> None:
    vendor.script = [Answer({"text": "내일 일정 알려줘"})]
    async with hearing("elevenlabs", vendor.url) as recognizer:
        call.recognizer = recognizer  # type: ignore[assignment]
        frames = (speech_frames(0.5), silent_frames(0.25), speech_frames(0.5), silent_frames(1.5))
        assert await heard_of(call, under_way, *frames) == "내일 일정 알려줘"
    assert len(vendor.asked) == 1
    assert sent_s(vendor)[0] > 1.2


async def test_a_long_utterance_is_sent_in_parts_each_once(
    vendor: Vendor, call: Call, under_way: UnderWay
) -> None:
    vendor.script = [Answer({"text": "내일 아침"}), Answer({"text": "일정 알려줘"})]
    async with hearing("elevenlabs", vendor.url) as recognizer:
        call.recognizer = recognizer  # type: ignore[assignment]
        async with under_way(call) as session:
            session.transport.say(*speech_frames(2.5), *silent_frames(0.4), *speech_frames(0.5))
            # What is behind the pause is part of the utterance, whatever comes.
            await vendor.until_asked(1)
            assert session.transport.of(SpeechEnded) == []
            session.transport.say(*silent_frames(1.5))
            final = await session.transport.until(TranscriptEvent)
    assert final.text == "내일 아침 일정 알려줘"
    assert len(vendor.asked) == 2


async def test_asked_ahead_it_is_sent_in_every_pause(
    vendor: Vendor, call: Call, under_way: UnderWay
) -> None:
    vendor.script = [Answer({"text": "내일"}), Answer({"text": "내일 일정 알려줘"})]
    async with hearing("elevenlabs", vendor.url, ahead=True) as recognizer:
        call.recognizer = recognizer  # type: ignore[assignment]
        async with under_way(call) as session:
            session.transport.say(*speech_frames(0.5), *silent_frames(0.25))
            await vendor.until_asked(1)
            session.transport.say(*speech_frames(0.5), *silent_frames(1.5))
            final = await session.transport.until(TranscriptEvent)
    assert final.text == "내일 일정 알려줘"
    first, second = sent_s(vendor)
    assert first < second


@pytest.mark.parametrize("status", [401, 500])
async def test_what_cannot_be_recognised_is_complained_of(
    vendor: Vendor, call: Call, under_way: UnderWay, status: int
) -> None:
    vendor.script = [Answer(b"", status, {"Retry-After": "9"})]
    async with hearing("elevenlabs", vendor.url) as recognizer:
        call.recognizer = recognizer  # type: ignore[assignment]
        async with under_way(call) as session:
            session.transport.say(*speech_frames(0.5), *silent_frames(1.5))
            error = await session.transport.until(Error)
    assert error.kind == {401: "not_allowed", 500: "engine_failed"}[status]
    assert error.message
