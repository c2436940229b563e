from __future__ import annotations

import asyncio
import io
import wave

import numpy as np
import pytest
from tests.sandbox import Sandbox
from tests.unit.arion_voice.cloud.engines import VENDORS, below, hearing, sound, stretch
from tests.unit.arion_voice.cloud.vendor import Answer, Vendor

from arion_voice.engines import Samples, Stretch, Urgency
from arion_voice.errors import SpeechError, VoiceErrorKind

pytestmark = pytest.mark.thorough

each_vendor = pytest.mark.parametrize("name", VENDORS)


async def tell(sandbox: Sandbox, text: str) -> None:
    import httpx2

    async with httpx2.AsyncClient(verify=False) as client:
        await client.post(f"{sandbox.url}/_sandbox/hears", content=text.encode())


@each_vendor
@pytest.mark.parametrize(
    ("said", "language"), [("내일 세 시에 회의 잡아줘", "ko"), ("Book a table for two", "en")]
)
async def test_what_was_said_is_heard_and_the_language_found_out(
    sandbox: Sandbox, name: str, said: str, language: str
) -> None:
    await tell(sandbox, said)
    async with hearing(name, below(sandbox.url, name)) as recognizer:
        await recognizer.warm()
        heard = await recognizer.transcribe(stretch(1.5, None, ko="회의", en="table"))
    assert (heard.text, heard.language, heard.audio_s) == (said, language, 1.5)
    assert heard.decode_s > 0
    assert sandbox.violations() == []


@pytest.mark.parametrize("model", ["gpt-transcribe", "gpt-4o-transcribe", "whisper-1"])
@pytest.mark.parametrize("language", ["ko", None])
async def test_every_model_of_openai_gets_the_fields_that_it_knows(
    sandbox: Sandbox, model: str, language: str | None
) -> None:
    async with hearing("openai", below(sandbox.url, "openai"), model=model) as recognizer:
        heard = await recognizer.transcribe(stretch(1, language, ko="회의"))  # type: ignore[arg-type]
    assert heard.text
    assert heard.language == "ko"
    assert sandbox.violations() == []


async def test_openai_is_sent_a_wav_file_of_the_same_samples(vendor: Vendor) -> None:
    async with hearing("openai", vendor.url) as recognizer:
        await recognizer.transcribe(stretch(0.5))
    with wave.open(io.BytesIO(vendor.asked[0].field("file"))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        sent = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert_same(sent, sound(0.5))


async def test_elevenlabs_is_sent_the_samples_themselves(vendor: Vendor) -> None:
    async with hearing("elevenlabs", vendor.url) as recognizer:
        await recognizer.transcribe(stretch(0.5))
    assert_same(np.frombuffer(vendor.asked[0].field("file"), "<i2"), sound(0.5))
    assert vendor.asked[0].field("file_format") == b"pcm_s16le_16"
    assert vendor.asked[0].field("tag_audio_events") == b"false"
    assert vendor.asked[0].field("language_code") == b"ko"
    assert vendor.asked[0].headers["xi-api-key"] == "sandbox"


def assert_same(sent: np.ndarray, samples: Samples) -> None:
    assert len(sent) == len(samples)
    assert np.abs(sent / 32767 - samples).max() < 1e-4


@pytest.mark.parametrize(
    ("told", "language"),
    [("korean", "ko"), ("ko-KR", "ko"), ("kor", "ko"), ("English", "en"), ("welsh", "en")],
)
async def test_the_vendor_tells_the_language_where_the_letters_do_not(
    vendor: Vendor, told: str, language: str
) -> None:
    vendor.script = [Answer({"text": "OK 7", "language": told, "language_code": told})]
    for name in VENDORS:
        async with hearing(name, vendor.url) as recognizer:
            heard = await recognizer.transcribe(stretch(language=None))
        assert (heard.text, heard.language) == ("OK 7", language)


async def test_the_newest_model_of_openai_gets_the_languages_that_may_be_spoken(
    vendor: Vendor,
) -> None:
    vendor.script = [Answer({"text": "OK", "languages": [{"code": "ko"}, {"code": "en"}]})]
    async with hearing("openai", vendor.url) as recognizer:
        heard = [await recognizer.transcribe(stretch(1, it)) for it in (None, "en")]
    sent = [[body for name, body in it.fields if name == "languages[]"] for it in vendor.asked]
    assert sent == [[b"ko", b"en"], [b"en"]]
    assert [it.language for it in heard] == ["ko", "en"]


async def test_hints_are_of_the_language_that_is_spoken(vendor: Vendor) -> None:
    async with hearing("openai", vendor.url) as recognizer:
        await recognizer.transcribe(stretch(1, "en", ko="회의", en="meeting"))
        await recognizer.transcribe(stretch(1, None, ko="회의", en="meeting"))
        await recognizer.transcribe(stretch(1, "en", ko="회의"))
    prompts = [dict(asked.fields).get("prompt") for asked in vendor.asked]
    assert prompts == [b"meeting", "회의 meeting".encode(), None]


@each_vendor
@pytest.mark.parametrize("made_up", ["시청해주셔서 감사합니다.", "(음악)", " 음악 " * 40, ""])
async def test_text_that_nobody_said_is_not_heard(vendor: Vendor, name: str, made_up: str) -> None:
    vendor.script = [Answer({"text": made_up})]
    async with hearing(name, vendor.url) as recognizer:
        heard = await recognizer.transcribe(stretch())
    assert heard.text == ""


async def test_a_segment_that_is_silence_says_the_model_is_left_out(vendor: Vendor) -> None:
    spoken = {"text": " 내일 일정", "no_speech_prob": 0.01, "avg_logprob": -0.2}
    silence = {"text": " 이곳은", "no_speech_prob": 0.8, "avg_logprob": -0.3}
    vendor.script = [
        Answer({"text": "내일 일정 이곳은", "language": "korean", "segments": [spoken, silence]})
    ]
    async with hearing("openai", vendor.url, model="whisper-large-v3") as recognizer:
        heard = await recognizer.transcribe(stretch(language=None))
    assert (heard.text, heard.language) == ("내일 일정", "ko")
    assert (heard.no_speech, heard.avg_logprob) == (0.01, -0.2)


async def test_an_endpoint_that_knows_no_segments_or_no_figures_is_heard_too(
    vendor: Vendor,
) -> None:
    vague = {"text": "내일 일정", "no_speech_prob": None, "avg_logprob": None}
    vendor.script = [
        Answer({"text": "내일 일정"}),
        Answer({"text": "내일 일정", "language": None, "segments": None, "words": None}),
        Answer({"text": "내일 일정", "segments": [vague]}),
    ]
    async with hearing("openai", vendor.url, model="whisper-large-v3") as recognizer:
        heard = [await recognizer.transcribe(stretch()) for _ in range(3)]
    assert {(it.text, it.no_speech, it.avg_logprob) for it in heard} == {("내일 일정", 0.0, 0.0)}


async def test_a_wild_guess_is_not_heard(vendor: Vendor) -> None:
    guess = [{"text": "고추장", "type": "word", "logprob": -9.0}]
    vendor.script = [Answer({"text": "고추장", "language_code": "kor", "words": guess})]
    async with hearing("elevenlabs", vendor.url) as recognizer:
        assert (await recognizer.transcribe(stretch())).text == ""
    vendor.script = [Answer({"text": "고추장", "logprobs": [{"token": "고", "logprob": -2.5}]})]
    async with hearing("openai", vendor.url) as recognizer:
        assert (await recognizer.transcribe(stretch())).text == ""


async def test_how_sure_elevenlabs_is_of_a_word_is_told_by_the_character(vendor: Vendor) -> None:
    words = [
        {"text": "내일", "type": "word", "logprob": -0.4},
        {"text": " ", "type": "spacing", "logprob": -7.0},
        {"text": "일정", "type": "word", "logprob": -0.8},
    ]
    vendor.script = [Answer({"text": "내일 일정", "language_code": "kor", "words": words})]
    async with hearing("elevenlabs", vendor.url) as recognizer:
        heard = await recognizer.transcribe(stretch())
    assert heard.avg_logprob == pytest.approx(-0.3)


@each_vendor
async def test_what_is_only_shown_is_never_asked_for(vendor: Vendor, name: str) -> None:
    async with hearing(name, vendor.url, ahead=True) as recognizer:
        with pytest.raises(SpeechError) as failure:
            await recognizer.transcribe(stretch(urgency=Urgency.PARTIAL))
    assert failure.value.kind is VoiceErrorKind.BUSY
    assert vendor.asked == []


@each_vendor
async def test_a_guess_waits_until_its_utterance_is_over(vendor: Vendor, name: str) -> None:
    async with hearing(name, vendor.url) as recognizer:
        guess = stretch(urgency=Urgency.SPECULATIVE)
        dropped, waiting = (
            asyncio.create_task(recognizer.transcribe(it))
            for it in (stretch(urgency=Urgency.SPECULATIVE), guess)
        )
        final = await recognizer.transcribe(stretch())
        assert len(vendor.asked) == 1
        dropped.cancel()
        guess.promote()
        assert (await waiting).text == final.text == "네"
        assert dropped.cancelled()
    assert guess.urgency is Urgency.FINAL
    assert len(vendor.asked) == 2


@each_vendor
async def test_asked_ahead_a_guess_is_sent_and_may_be_shown(vendor: Vendor, name: str) -> None:
    guess = stretch(urgency=Urgency.SPECULATIVE)
    async with hearing(name, vendor.url, ahead=True) as recognizer:
        heard = await recognizer.transcribe(guess)
    assert heard.text == "네"
    assert guess.has_begun
    assert guess.urgency is Urgency.SPECULATIVE


@each_vendor
async def test_a_guess_within_a_word_is_dropped_before_it_is_sent(
    vendor: Vendor, name: str
) -> None:
    guess = stretch(urgency=Urgency.SPECULATIVE)
    async with hearing(name, vendor.url, ahead=True) as recognizer:
        call = asyncio.create_task(recognizer.transcribe(guess))
        await asyncio.sleep(0)
        assert not guess.has_begun
        call.cancel()
        await asyncio.wait([call])
        await recognizer.transcribe(stretch())
    assert len(vendor.asked) == 1


@each_vendor
async def test_audio_that_is_too_short_or_too_long_is_not_sent(vendor: Vendor, name: str) -> None:
    async with hearing(name, vendor.url) as recognizer:
        short = await recognizer.transcribe(stretch(0.05))
        with pytest.raises(SpeechError) as failure:
            await recognizer.transcribe(Stretch(np.zeros(601 * 16_000, np.float32), "ko", {}))
    assert (short.text, short.language) == ("", "ko")
    assert failure.value.kind is VoiceErrorKind.TOO_LARGE
    assert vendor.asked == []


@each_vendor
@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>"),
        Answer(b"[1]"),
        Answer({"words": []}),
        Answer({"text": 5}),
        Answer(b"\xff"),
        Answer(b"[" * 100_000),
        Answer(b" " * 4_000_001),
        Answer(b"no gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["page", "list", "no text", "number", "bytes", "deep", "large", "packed"],
)
async def test_an_answer_that_is_no_transcript_is_a_failure(
    vendor: Vendor, name: str, answer: Answer
) -> None:
    vendor.script = [answer]
    async with hearing(name, vendor.url) as recognizer:
        with pytest.raises(SpeechError) as failure:
            await recognizer.transcribe(stretch())
    assert failure.value.kind is VoiceErrorKind.ENGINE_FAILED
    assert len(vendor.asked) == 1
