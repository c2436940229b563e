from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.mark.parametrize(
    ("said", "language", "voice"),
    [
        ("What is on my calendar tomorrow afternoon?", "en", "fast"),
        ("이번 주 일정 알려줘", "ko", "natural"),
    ],
)
async def test_a_spoken_question_is_answered_aloud_from_the_calendar(
    arion: Any, speak: Any, tmp_path: Path, said: str, language: str, voice: str
):
    question = await speak(said, language, voice)
    out = tmp_path / "out.wav"
    done = arion.arion("talk", str(question), "--out", str(out), "--voice", "fast", "--json")
    result = json.loads(done.stdout)
    with wave.open(str(out)) as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    assert done.returncode == 0
    assert result["language"] == language
    assert result["text"] == result["transcript"]
    assert [(call["tool"], call["status"]) for call in result["calls"]] == [
        ("calendar_list_events", "ok")
    ]
    moments = [result["timings_ms"][m] for m in ("endpoint", "stt_final", "first_audio")]
    assert moments == sorted(moments)
    assert moments[0] > 0
    assert moments[-1] < result["timings_ms"]["answer_done"]
    assert np.abs(heard).max() > 1_000


def test_a_recording_without_speech_is_no_turn(arion: Any, needs_speech: None, tmp_path: Path):
    silence = tmp_path / "silence.wav"
    with wave.open(str(silence), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(64_000))
    done = arion.arion("talk", str(silence), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["kind"] == "not_found"
    assert "No speech was heard" in done.stderr
