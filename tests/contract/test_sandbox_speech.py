"""The stand-ins of the speech vendors: against the vendors' own client and types."""

from __future__ import annotations

import array
import io
import math
import wave
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openai
import pytest
from openai import AsyncOpenAI
from tests.descriptions.speech import (
    check_elevenlabs,
    check_elevenlabs_models,
    check_elevenlabs_transcript,
    check_openai,
    check_openai_transcript,
)
from tests.sandbox import Sandbox

pytestmark = pytest.mark.thorough

VOICE = "JBFqnCBsd6RMkjVDRZzb"
SPOKEN = f"/elevenlabs/v1/text-to-speech/{VOICE}/stream"
SAID = "내일 세 시에 회의 잡아줘"


def pcm(seconds: float, rate: int = 16_000) -> bytes:
    tone = (round(8000 * math.sin(index / 8)) for index in range(round(seconds * rate)))
    return array.array("h", tone).tobytes()


def wav(seconds: float, *, rate: int = 16_000, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(pcm(seconds, rate))
    return file.getvalue()


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[AsyncOpenAI]:
    url = f"{sandbox.url}/openai/v1"
    async with AsyncOpenAI(base_url=url, api_key="sandbox", max_retries=0) as made:
        yield made


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=sandbox.url, verify=False) as made:
        yield made


KEY = {"xi-api-key": "sandbox"}
BEARER = {"Authorization": "Bearer sandbox"}


async def told(http: httpx2.AsyncClient, text: str) -> None:
    assert (await http.post("/_sandbox/hears", content=text.encode())).is_success


async def test_openais_own_client_hears_what_the_test_told(
    sandbox: Sandbox, client: AsyncOpenAI, http: httpx2.AsyncClient
) -> None:
    await told(http, SAID)
    file = ("speech.wav", wav(1.5))
    plain = await client.audio.transcriptions.create(
        model="gpt-transcribe", file=file, languages=["ko", "en"], prompt="회의"
    )
    scored = await client.audio.transcriptions.create(
        model="gpt-4o-transcribe", file=file, language="ko", include=["logprobs"]
    )
    verbose = await client.audio.transcriptions.create(
        model="whisper-1", file=file, response_format="verbose_json"
    )
    assert plain.text == scored.text == verbose.text == SAID
    assert [it.code for it in plain.languages or []] == ["ko"]
    assert len(scored.logprobs or []) == len(SAID.split())
    assert verbose.language == "korean"
    assert verbose.duration == 1.5
    assert sandbox.violations() == []


async def test_what_openai_answers_fits_its_types(
    sandbox: Sandbox, http: httpx2.AsyncClient
) -> None:
    found: list[str] = []
    for model, shape in (("gpt-transcribe", "json"), ("whisper-1", "verbose_json")):
        response = await http.post(
            "/openai/v1/audio/transcriptions",
            headers=BEARER,
            data={"model": model, "response_format": shape},
            files={"file": ("a.wav", wav(1))},
        )
        found += check_openai_transcript(response.json(), verbose=shape == "verbose_json")
    assert found == []
    assert sandbox.violations() == []


async def test_openais_own_client_gets_sound_as_long_as_the_text(client: AsyncOpenAI) -> None:
    lengths: list[float] = []
    for text, speed in (("네", 1), ("네, 확인했어요", 1), ("네, 확인했어요", 2)):
        async with client.audio.speech.with_streaming_response.create(
            model="gpt-4o-mini-tts", voice="marin", input=text, response_format="pcm", speed=speed
        ) as speech:
            lengths.append(len(await speech.read()) / 2 / 24_000)
    assert lengths == pytest.approx([0.08, 0.64, 0.32])


async def test_openai_refuses_a_wrong_key_and_an_unknown_model(
    sandbox: Sandbox, client: AsyncOpenAI
) -> None:
    async with AsyncOpenAI(base_url=f"{sandbox.url}/openai/v1", api_key="wrong") as stranger:
        with pytest.raises(openai.AuthenticationError) as wrong:
            await stranger.models.list()
    with pytest.raises(openai.NotFoundError) as unknown:
        await client.audio.speech.create(model="tts-9", voice="alloy", input="네")
    assert (wrong.value.code, unknown.value.code) == ("invalid_api_key", "model_not_found")
    listed = {model.id async for model in client.models.list()}
    assert {"gpt-transcribe", "tts-1"} <= listed


@pytest.mark.parametrize(
    ("fields", "file", "param"),
    [
        ({"model": "gpt-transcribe", "response_format": "verbose_json"}, wav(1), "response_format"),
        ({"model": "gpt-transcribe", "language": "ko"}, wav(1), "language"),
        ({"model": "whisper-1", "languages[]": "ko"}, wav(1), "languages[]"),
        ({"model": "whisper-1", "include[]": "logprobs"}, wav(1), "include[]"),
        ({"model": "whisper-1", "hint": "x"}, wav(1), "hint"),
        ({"model": "whisper-1"}, wav(0.05), "file"),
        ({"model": "whisper-1"}, pcm(1), "file"),
        ({"model": "whisper-1"}, wav(1, rate=8000), "file"),
        ({"model": "whisper-1"}, wav(1, channels=2), "file"),
        ({}, wav(1), None),
    ],
)
async def test_openai_refuses_a_transcription_that_is_not_as_described(
    http: httpx2.AsyncClient, fields: dict[str, str], file: bytes, param: str | None
) -> None:
    response = await http.post(
        "/openai/v1/audio/transcriptions",
        headers=BEARER,
        data=fields,
        files={"file": ("a.wav", file)},
    )
    assert response.status_code == 400
    assert response.json()["error"]["param"] == param


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"voice": "nobody"}, "voice"),
        ({"input": ""}, "input"),
        ({"input": "가" * 4097}, "input"),
        ({"speed": 5}, "speed"),
        ({"speed": "fast"}, "speed"),
        ({"response_format": "mp3"}, "response_format"),
        ({"text": "네"}, "text"),
    ],
)
async def test_openai_refuses_speech_that_is_not_as_described(
    http: httpx2.AsyncClient, changed: dict[str, Any], param: str
) -> None:
    body = {"model": "tts-1", "voice": "alloy", "input": "네", "response_format": "pcm"}
    response = await http.post("/openai/v1/audio/speech", headers=BEARER, json=body | changed)
    assert response.status_code == 400
    assert response.json()["error"]["param"] == param


async def test_what_elevenlabs_answers_fits_its_types(
    sandbox: Sandbox, http: httpx2.AsyncClient
) -> None:
    await told(http, SAID)
    fields = {"model_id": "scribe_v2", "file_format": "pcm_s16le_16", "language_code": "ko"}
    heard = await http.post(
        "/elevenlabs/v1/speech-to-text", headers=KEY, data=fields, files={"file": ("a", pcm(2))}
    )
    models = await http.get("/elevenlabs/v1/models", headers=KEY)
    assert check_elevenlabs_transcript(heard.json()) == []
    assert check_elevenlabs_models(models.json()) == []
    assert heard.json()["language_code"] == "kor"
    assert "".join(word["text"] for word in heard.json()["words"]) == SAID
    assert sandbox.violations() == []


async def test_elevenlabs_speaks_in_the_format_that_is_asked_for(
    sandbox: Sandbox, http: httpx2.AsyncClient
) -> None:
    lengths: list[float] = []
    for rate, speed in ((24_000, 1.0), (16_000, 1.0), (24_000, 0.8)):
        response = await http.post(
            SPOKEN,
            headers=KEY,
            params={"output_format": f"pcm_{rate}"},
            json={
                "text": "네, 확인했어요",
                "model_id": "eleven_flash_v2_5",
                "language_code": "ko",
                "voice_settings": {"speed": speed},
            },
        )
        lengths.append(len(response.content) / 2 / rate)
    assert lengths == pytest.approx([0.64, 0.64, 0.8])
    assert sandbox.violations() == []


@pytest.mark.parametrize(
    ("headers", "reason"),
    [({}, "needs_authorization"), ({"xi-api-key": "wrong"}, "invalid_api_key")],
)
async def test_elevenlabs_refuses_whoever_has_no_key(
    http: httpx2.AsyncClient, headers: dict[str, str], reason: str
) -> None:
    response = await http.get("/elevenlabs/v1/models", headers=headers)
    assert response.status_code == 401
    assert response.json()["detail"]["status"] == reason


@pytest.mark.parametrize(
    ("fields", "file", "status"),
    [
        ({"model_id": "scribe_v9"}, wav(1), 400),
        ({}, wav(1), 422),
        ({"model_id": "scribe_v2", "file_format": "mp3"}, wav(1), 422),
        ({"model_id": "scribe_v2", "tag_audio_events": "no"}, wav(1), 422),
        ({"model_id": "scribe_v2"}, pcm(1), 400),
        ({"model_id": "scribe_v2", "file_format": "pcm_s16le_16"}, pcm(0.05), 400),
        ({"model_id": "scribe_v2", "file_format": "pcm_s16le_16"}, pcm(1)[1:], 400),
    ],
)
async def test_elevenlabs_refuses_a_transcription_that_is_not_as_described(
    http: httpx2.AsyncClient, fields: dict[str, str], file: bytes, status: int
) -> None:
    response = await http.post(
        "/elevenlabs/v1/speech-to-text", headers=KEY, data=fields, files={"file": ("a", file)}
    )
    assert response.status_code == status
    assert "detail" in response.json()


@pytest.mark.parametrize(
    ("path", "query", "changed", "status"),
    [
        (SPOKEN.replace(VOICE, "nobody"), "output_format=pcm_24000", {}, 404),
        (SPOKEN, "output_format=mp3", {}, 422),
        (SPOKEN, "", {}, 422),
        (SPOKEN, "output_format=pcm_24000", {"model_id": "eleven_v0"}, 400),
        (SPOKEN, "output_format=pcm_24000", {"voice_settings": {"speed": 2}}, 400),
        (SPOKEN, "output_format=pcm_24000", {"voice_settings": {"pace": 1}}, 422),
        (SPOKEN, "output_format=pcm_24000", {"text": 5}, 422),
        (SPOKEN, "output_format=pcm_24000", {"text": "가" * 10_001}, 400),
        (SPOKEN, "output_format=pcm_24000", {"language_code": "ko"}, 400),
    ],
)
async def test_elevenlabs_refuses_speech_that_is_not_as_described(
    http: httpx2.AsyncClient, path: str, query: str, changed: dict[str, Any], status: int
) -> None:
    body = {"text": "네", "model_id": "eleven_multilingual_v2"}
    response = await http.post(f"{path}?{query}", headers=KEY, json=body | changed)
    assert response.status_code == status
    assert "detail" in response.json()


async def test_silence_holds_no_words_and_a_reset_forgets_what_was_told(
    http: httpx2.AsyncClient,
) -> None:
    async def heard(sound: bytes) -> str:
        fields = {"model_id": "scribe_v2", "file_format": "pcm_s16le_16"}
        response = await http.post(
            "/elevenlabs/v1/speech-to-text", headers=KEY, data=fields, files={"file": ("a", sound)}
        )
        return response.json()["text"]

    await told(http, SAID)
    assert await heard(pcm(1)) == SAID
    assert await heard(bytes(32_000)) == ""
    await http.post("/_sandbox/reset")
    assert await heard(pcm(1)) not in (SAID, "")


def test_the_judges_object_to_what_is_not_described() -> None:
    spoken = f"/v1/text-to-speech/{VOICE}/stream"
    form = (
        '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1'
        '\r\n--b\r\nContent-Disposition: form-data; name="hint"\r\n\r\nx\r\n--b--\r\n'
    )
    assert check_openai("POST", "/v1/audio/transcriptions", [], form) == [
        "hint: unknown",
        "file: required",
    ]
    body = {"input": "a", "model": "m", "voice": "v", "response_format": "aiff"}
    [fault] = check_openai("POST", "/v1/audio/speech", [], body)
    assert fault.startswith("response_format: 'aiff' is not one of")
    query = [("output_format", "pcm_1")]
    found = check_elevenlabs("POST", spoken, query, {"voice_settings": {"speed": "1"}})
    assert [fault.partition(":")[0] for fault in found] == [
        "$.output_format",
        "$.voice_settings.speed",
        "$.text",
    ]
    assert check_elevenlabs("POST", "/v1/sing", [], None) == ["POST /v1/sing: no such method"]
