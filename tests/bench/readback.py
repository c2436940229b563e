"""How much of what the voices say a recogniser reads back: the honest measure of a voice here.

The sentences are none of those that the symbols of the Korean voice were chosen with.
"""

from __future__ import annotations

import re

import numpy as np
import soxr

from arion_voice.engines import (
    SAMPLE_RATE,
    Language,
    Recognizer,
    Stretch,
    Synthesizer,
    VoiceName,
)
from arion_voice.models.manifest import KOKORO, WHISPER
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.spoken_text import speakable
from arion_voice.stt.whisper import WhisperRecognizer
from arion_voice.tts.load import load_synthesizer
from tests.bench.report import Report

SENTENCES: dict[Language, tuple[str, ...]] = {
    "ko": (
        "오늘 일정은 모두 끝났어요.",
        "내일 아침 아홉 시에 알려 드릴게요.",
        "새 메일을 두 통 찾았어요.",
        "지도를 열어 주세요.",
        "어떤 일정을 지울까요?",
        "가까운 약국은 오백 미터 떨어져 있어요.",
        "회의록을 노션에 저장했어요.",
        "다음 주 수요일 저녁은 어때요?",
        "지금 답장을 보내도 될까요?",
        "근처 주차장을 검색하고 있어요.",
        "알겠어요, 일정을 옮겼어요.",
        "월요일부터 금요일까지 휴가예요.",
        "첨부 파일이 한 개 있어요.",
        "이 작업은 되돌릴 수 없어요.",
        "조금 천천히 말씀해 주세요.",
    ),
    "en": (
        "You have three meetings tomorrow afternoon.",
        "I added the dentist appointment for Tuesday at 3 PM.",
        "There are five unread messages.",
        "The nearest pharmacy is a short walk away.",
        "Which calendar should I use?",
        "I couldn't find anything like that.",
        "Your lunch on Friday has been moved to one o'clock.",
        "Should I send the reply now?",
    ),
}
_FIGURES: dict[str, tuple[Language, VoiceName]] = {
    "korean_voice_cer": ("ko", "natural"),
    "korean_fast_cer": ("ko", "fast"),
    "english_voice_cer": ("en", "natural"),
    "english_fast_cer": ("en", "fast"),
}


async def add_read_back(report: Report) -> None:
    """Adds the character error rate of each voice; None where a model is missing."""
    settings = VoiceSettings()
    store = ModelStore(settings)
    if not (store.find(WHISPER) and store.find(KOKORO)):
        for figure in _FIGURES:
            report.add(figure, None, 0)
        return
    recognizer, synthesizer = WhisperRecognizer(store), load_synthesizer(settings, store)
    try:
        for figure, (language, voice) in _FIGURES.items():
            rate = await _error_rate(recognizer, synthesizer, language, voice)
            report.add(figure, rate, len(SENTENCES[language]))
    finally:
        await recognizer.aclose()
        await synthesizer.aclose()


async def _error_rate(
    recognizer: Recognizer, synthesizer: Synthesizer, language: Language, voice: VoiceName
) -> float:
    """Character errors of all sentences over their characters; at most all of a sentence."""
    errors = characters = 0
    for sentence in SENTENCES[language]:
        chunks = [
            np.frombuffer(chunk.pcm, "<i2").astype(np.float32) / 32768
            async for chunk in synthesizer.synthesize(sentence, language=language, voice=voice)
        ]
        samples = soxr.resample(np.concatenate(chunks), 24_000, SAMPLE_RATE)
        transcript = await recognizer.transcribe(Stretch(samples, language, {}))
        said, heard = _letters(sentence, language), _letters(transcript.text, language)
        errors += min(_distance(said, heard), len(said))
        characters += len(said)
    return errors / characters


def _letters(text: str, language: Language) -> str:
    """Only what is heard: "3시" and "세 시" are the same."""
    return re.sub(r"[\W_]", "", speakable(text, language).lower())


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]
