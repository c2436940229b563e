from __future__ import annotations

import pytest
from pydantic import SecretStr, ValidationError
from tests.unit.arion_voice.cloud.engines import KEY, sound
from tests.unit.arion_voice.cloud.vendor import Stream, Vendor

from arion_voice.cloud import (
    ElevenLabsRecognizer,
    ElevenLabsSynthesizer,
    OpenAIRecognizer,
    OpenAISynthesizer,
    cloud_recognizer,
    cloud_synthesizer,
)
from arion_voice.engines import Stretch, Urgency
from arion_voice.settings import VoiceSettings


def settings(**given: object) -> VoiceSettings:
    return VoiceSettings(_env_file=None, **given)  # type: ignore[arg-type, call-arg]


def test_nothing_leaves_this_machine_unless_it_is_set() -> None:
    assert cloud_recognizer(settings()) is None
    assert cloud_synthesizer(settings()) is None
    # A key alone is no wish.
    assert cloud_recognizer(settings(stt_key=KEY, elevenlabs_key=KEY)) is None
    assert cloud_synthesizer(settings(tts_key=KEY, elevenlabs_key=KEY)) is None


async def test_the_settings_choose_who_hears_and_how(vendor: Vendor) -> None:
    own = settings(stt="openai", stt_url=f"{vendor.url}/v1/", stt_key=KEY, stt_model="large")
    eleven = settings(stt="elevenlabs", elevenlabs_url=vendor.url, elevenlabs_key=KEY)
    for chosen, kind in ((own, OpenAIRecognizer), (eleven, ElevenLabsRecognizer)):
        recognizer = cloud_recognizer(chosen)
        assert isinstance(recognizer, kind)
        heard = await recognizer.transcribe(Stretch(sound(), "ko", {}, Urgency.SPECULATIVE))
        await recognizer.aclose()
        assert heard.text == "네"
    first, second = vendor.asked
    assert first.line == "POST /v1/audio/transcriptions HTTP/1.1"
    assert first.field("model") == b"large"
    assert first.headers["authorization"] == "Bearer sandbox"
    assert second.line == "POST /v1/speech-to-text HTTP/1.1"
    assert second.field("model_id") == b"scribe_v2"


async def test_the_settings_choose_who_speaks_and_elevenlabs_comes_first(vendor: Vendor) -> None:
    vendor.script = [Stream([b"\x01\x01"])]
    own = {"tts_url": vendor.url, "tts_model": "kokoro", "tts_voice": "af_sky"}
    eleven = {"elevenlabs_url": vendor.url, "elevenlabs_key": KEY, "elevenlabs_voice": "v1"}
    for given, kind in ((own, OpenAISynthesizer), (own | eleven, ElevenLabsSynthesizer)):
        synthesizer = cloud_synthesizer(settings(**given))
        assert isinstance(synthesizer, kind)
        stream = synthesizer.synthesize("네", language="ko", voice="natural")
        assert [chunk.pcm async for chunk in stream] == [b"\x01\x01"]
        await synthesizer.aclose()
    assert b'"voice":"af_sky"' in vendor.asked[0].body
    assert "authorization" not in vendor.asked[0].headers
    assert vendor.asked[1].line.startswith("POST /v1/text-to-speech/v1/stream")


@pytest.mark.parametrize("url", ["api.example.com/v1", "ftp://example.com", "https://a b"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="stt_url"):
        settings(stt_url=url)


def test_the_settings_do_not_show_their_keys() -> None:
    secret = SecretStr("geheim")
    shown = settings(stt_key=secret, tts_key=secret, elevenlabs_key=secret)
    assert "geheim" not in f"{shown} {shown!r} {shown.model_dump()} {shown.model_dump_json()}"
    assert shown.stt_key == secret
