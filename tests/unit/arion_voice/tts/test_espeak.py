from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest

from arion_voice.engines import Language
from arion_voice.tts.espeak import Espeak


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    return Espeak()


def samples(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / 32768


@pytest.mark.parametrize(
    ("text", "language", "shortest_s", "longest_s"),
    [
        ("네, 확인했어요.", "ko", 0.8, 2.5),
        ("내일 오후 세 시에 치과 예약 일정을 추가했어요.", "ko", 2.5, 7),
        ("You have a meeting tomorrow at three.", "en", 1.5, 4),
    ],
)
def test_speech_is_audible_and_as_long_as_its_text(
    espeak: Espeak, text: str, language: Language, shortest_s: float, longest_s: float
) -> None:
    heard = samples(espeak.speak(text, language))
    assert shortest_s < heard.size / espeak.sample_rate < longest_s
    assert np.sqrt(np.mean(heard**2)) > 0.02
    assert np.mean(np.abs(heard) > 0.999) < 0.001


def test_a_higher_speed_is_shorter(espeak: Espeak) -> None:
    usual = espeak.speak("내일 일정을 알려 드릴게요.", "ko")
    assert len(espeak.speak("내일 일정을 알려 드릴게요.", "ko", 1.5)) < 0.8 * len(usual)


def test_both_languages_can_follow_each_other(espeak: Espeak) -> None:
    before = espeak.speak("안녕하세요", "ko")
    espeak.speak("Good morning", "en")
    assert abs(len(espeak.speak("안녕하세요", "ko")) - len(before)) < 0.1 * len(before)


def test_ipa_joins_the_letters_of_a_sound(espeak: Espeak) -> None:
    assert espeak.ipa("five") == "fˈa^ɪv"
    assert espeak.ipa("First, second.") == "fˈɜːst sˈɛkənd"
    assert espeak.ipa("") == ""


def test_two_in_a_process_do_not_take_each_others_audio(espeak: Espeak) -> None:
    other = Espeak()
    assert espeak.speak("안녕하세요", "ko")
    assert other.speak("안녕하세요", "ko")


def speak_with_data_in(folder: Path) -> subprocess.CompletedProcess[str]:
    """Speak in a process of its own: the library keeps its folder for good."""
    program = (
        "import sys, espeakng_loader\n"
        "espeakng_loader.get_data_path = lambda: sys.argv[1]\n"
        "from arion_voice.tts.espeak import Espeak\n"
        "print(len(Espeak().speak('안녕하세요', 'ko')))\n"
    )
    command = [sys.executable, "-c", program, folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_data_in_a_deep_folder_is_found(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 100) / ("b" * 100)
    deep.mkdir(parents=True)
    (deep / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path())
    assert int(speak_with_data_in(deep / "espeak-ng-data").stdout) > 20_000


def test_missing_data_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    told = speak_with_data_in(tmp_path / "none").stderr
    assert f"SpeechError: espeak-ng cannot read its data in {tmp_path / 'none'}" in told
