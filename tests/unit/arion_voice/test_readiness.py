from __future__ import annotations

from pathlib import Path

import pytest

from arion_voice.cloud import cloud_recognizer, cloud_synthesizer
from arion_voice.models.manifest import KOKORO, WHISPERS
from arion_voice.readiness import missing
from arion_voice.settings import VoiceSettings

HEARS = {"ARION_VOICE_STT": "elevenlabs", "ARION_VOICE_ELEVENLABS_KEY": "secret"}
SPEAKS = {"ARION_VOICE_ELEVENLABS_KEY": "secret", "ARION_VOICE_ELEVENLABS_VOICE": "voice-1"}
OWN_HEARS = {"ARION_VOICE_STT": "openai", "ARION_VOICE_STT_URL": "http://127.0.0.1:9/v1"}
OWN_SPEAKS = {"ARION_VOICE_TTS_URL": "http://127.0.0.1:9/v1"}


@pytest.fixture(autouse=True)
def no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARION_MODELS_DIR", str(tmp_path))


def settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> VoiceSettings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return VoiceSettings()


def place(folder: Path, *names: str) -> None:
    """Puts files of the right sizes where models belong."""
    for model in (KOKORO, *WHISPERS.values()):
        if model.name in names:
            (folder / model.name).mkdir()
            for file in model.files:
                with (folder / model.name / file.name).open("wb") as blank:
                    blank.truncate(file.size)


def test_without_any_cloud_both_models_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    whisper, kokoro = missing(settings(monkeypatch))
    assert "Whisper base" in whisper
    assert "Kokoro" in kokoro
    assert "arion models pull" in kokoro


@pytest.mark.parametrize("variables", [HEARS | SPEAKS, OWN_HEARS | OWN_SPEAKS])
def test_where_the_cloud_hears_and_speaks_no_model_is_needed(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    assert missing(settings(monkeypatch, **variables)) == ()


@pytest.mark.parametrize(
    ("variables", "needed"), [(HEARS, "Kokoro"), (OWN_HEARS, "Kokoro"), (OWN_SPEAKS, "Whisper")]
)
def test_what_the_cloud_does_not_do_needs_its_model(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], needed: str
) -> None:
    (sentence,) = missing(settings(monkeypatch, **variables))
    assert needed in sentence


def test_who_wants_the_natural_voice_needs_its_model_beside_a_cloud_voice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variables = HEARS | SPEAKS | {"ARION_VOICE_VOICE": "natural"}
    (sentence,) = missing(settings(monkeypatch, **variables))
    assert "Kokoro" in sentence


@pytest.mark.parametrize(
    ("stt", "name"),
    [("openai", "ARION_VOICE_STT_KEY"), ("elevenlabs", "ARION_VOICE_ELEVENLABS_KEY")],
)
def test_a_cloud_without_its_key_is_missing_the_key(
    monkeypatch: pytest.MonkeyPatch, stt: str, name: str
) -> None:
    variables = {"ARION_VOICE_STT": stt} | OWN_SPEAKS
    assert [name in it for it in missing(settings(monkeypatch, **variables))] == [True]


def test_the_model_that_is_set_is_the_one_that_is_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place(tmp_path, "whisper-base", "kokoro")
    assert missing(settings(monkeypatch)) == ()
    (sentence,) = missing(settings(monkeypatch, ARION_VOICE_WHISPER_MODEL="tiny"))
    assert "Whisper tiny" in sentence


@pytest.mark.parametrize(
    "variables",
    [{}, SPEAKS, OWN_SPEAKS, {"ARION_VOICE_ELEVENLABS_VOICE": "voice-1"}, HEARS],
)
def test_readiness_and_the_engines_agree_about_what_is_in_the_cloud(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    chosen = settings(monkeypatch, **variables)
    assert (cloud_synthesizer(chosen) is not None) == chosen.has_cloud_voice
    assert (cloud_recognizer(chosen) is not None) == (chosen.stt != "local")


def test_switched_off_is_all_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    (sentence,) = missing(settings(monkeypatch, ARION_VOICE_ENABLED="false"))
    assert "ARION_VOICE_ENABLED" in sentence
