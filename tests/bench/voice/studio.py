"""What is said to Arion, and the synthetic voice that says it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable

import numpy as np
import soxr
from numpy.typing import NDArray

from arion_voice.engines import Language
from arion_voice.models.manifest import KOKORO
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.spoken_text import speakable
from arion_voice.tts.espeak import Espeak
from arion_voice.tts.kokoro import SAMPLE_RATE as KOKORO_RATE
from arion_voice.tts.kokoro import Kokoro
from arion_voice.tts.load import load_synthesizer
from arion_voice.tts.phonemes import phonemes
from tests.bench.voice.recordings import RATE, Recording, tightened

VOICE = "jf_nezumi+jf_gongitsune"
SPEED = 0.9
"""Of the person who speaks, whichever voice Arion has."""
BREATH_S = 0.2
"""Longest silence within a phrase, in seconds: the model pauses where nobody would."""

COMMANDS = (
    "내일 오후에 무슨 일정이 있는지 알려줘.",
    "다음 주 수요일 오후 세 시에 강남역 근처에서 치과 예약 하나 잡아줘.",
    "이번 주 금요일까지 남아 있는 일정을 하나씩 순서대로 다 알려줘.",
    "읽지 않은 메일이 몇 통 있는지 확인해 줘.",
    "오늘 온 메일 중에서 김민수 씨가 보낸 중요한 것만 골라서 읽어줘.",
    "강남역에서 서울역까지 어떻게 가는지 알려줘.",
    "지금 이 근처에 문을 연 약국이 있어?",
    "노션에서 회의록 페이지를 하나 찾아줘.",
    "노션에 장보기 목록 페이지를 하나 만들어줘.",
    "내일 아침에 서울 날씨가 어떤지 비가 오는지 한번 검색해 줘.",
    "무선 이어폰을 십만 원 아래로 찾아줘.",
    "내 저장소에 열려 있는 이슈를 보여줘.",
    "금요일 저녁 일곱 시에 시간이 비어 있어?",
    "김민수 씨한테서 온 메일을 찾아줘.",
    "오늘 저녁 약속이 몇 시인지 알려줘.",
)
"""Two to six seconds each."""
HESITATIONS = (
    # What comes before the pause, and after it.
    ("내일 오후에 있는 일정을", "하나씩 알려줘."),
    ("메일을 확인하고", "중요한 것만 읽어줘."),
    ("강남역에서", "서울역까지 가는 길을 알려줘."),
    ("다음 주 수요일에 시간이 되면", "치과 예약을 잡아줘."),
    ("음", "오늘 일정이 뭐가 있지?"),
    ("김민수 씨한테", "메일 한 통 보내줘."),
    ("비가 올 것 같은데", "내일 날씨 좀 찾아줘."),
    ("노션에 있는 회의록을", "하나 찾아줘."),
    ("내일 회의가 끝나면", "집에 가는 길을 알려줘."),
    ("그 저기", "읽지 않은 메일이 있어?"),
    ("이번 주 금요일은", "저녁에 시간이 비어 있어?"),
    ("이어폰을 하나 사려고 하는데", "싼 것부터 보여줘."),
)
CLAUSES = (
    "내일 오전에 열리는 팀 회의 일정을 먼저 확인하고",
    "김민수 씨가 지난주에 보낸 메일을 찾아서 읽어 본 다음에",
    "강남역 근처에 있는 조용한 카페도 하나 알아보고",
    "다음 주 수요일 오후에 시간이 비어 있는지 살펴보고",
    "노션에 있는 지난주 회의록 페이지를 찾아서 정리하고",
    "서울역까지 가는 데 시간이 얼마나 걸리는지 계산해 보고",
)
CONCLUSIONS = (
    "마지막으로 오늘 저녁 일정을 나한테 알려줘.",
    "그리고 나서 읽지 않은 메일이 몇 통인지 말해줘.",
)
FAST_RATE = 24_000
"""Of the fast voice, in Hz."""
STOPS = ("그만", "그만 말해", "잠깐만", "조용히 해", "멈춰")
NODS = ("네", "네네", "아 네", "맞아요", "네 맞아요", "그래", "그렇구나", "오케이", "맞아 맞아")
"""Only those that a recogniser hears right in this voice: what is measured is what follows."""


def record(texts: Iterable[str]) -> dict[str, Recording]:
    """Speaks Korean texts, each once on this machine; gives the recordings by text."""
    settings = VoiceSettings()
    store = ModelStore(settings)
    folder = settings.cache_home.expanduser() / "arion" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    espeak, kokoro = Espeak(), None
    recordings: dict[str, Recording] = {}
    for text in texts:
        symbols = phonemes(speakable(text, "ko"), "ko", espeak.ipa)
        name = hashlib.sha256(f"{VOICE} {SPEED} {symbols}".encode()).hexdigest()[:16]
        path = folder / f"{name}.wav"
        if not path.with_suffix(".json").exists():
            kokoro = kokoro or Kokoro(store.require(KOKORO), os.cpu_count() or 1)
            spoken = soxr.resample(kokoro.speak(symbols, VOICE, SPEED), KOKORO_RATE, RATE)
            Recording.of(text, np.rint(spoken * 16_000).astype(np.int16)).write(path)
        recordings[text] = Recording.of(text, tightened(Recording.read(path).samples, BREATH_S))
    return recordings


async def fast_voice(texts: Iterable[str], language: Language) -> list[NDArray[np.int16]]:
    """Texts in Arion's fast voice, at `FAST_RATE`."""
    settings = VoiceSettings()
    synthesizer = load_synthesizer(settings, ModelStore(settings))
    spoken: list[NDArray[np.int16]] = []
    try:
        for text in texts:
            stream = synthesizer.synthesize(text, language=language, voice="fast")
            pcm = b"".join([chunk.pcm async for chunk in stream])
            spoken.append(np.frombuffer(pcm, "<i2").astype(np.int16))
    finally:
        await synthesizer.aclose()
    return spoken
