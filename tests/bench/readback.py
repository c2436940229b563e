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
        "내일 오후 3시 30분에 팀 회의가 있어요.",
        "11월 24일 화요일 일정이 세 건 있습니다.",
        "GitHub에 새 이슈 2개가 등록됐어요.",
        "PR 128번을 병합할까요?",
        "Notion 페이지 제목을 주간 보고로 바꿨어요.",
        "김민수 님이 보낸 메일이 가장 최근이에요.",
        "답장은 아직 보내지 않았어요.",
        "강남역까지 지하철로 25분 걸려요.",
        "여기서 1.2km 떨어진 카페가 제일 가까워요.",
        "무선 이어폰 최저가는 89,000원이에요.",
        "지난주보다 15% 저렴해졌어요.",
        "서울은 지금 영하 3도이고 맑습니다.",
        "검색 결과 중에서 위에 있는 세 가지를 알려 드릴게요.",
        "박지영 씨에게 이 내용으로 보낼까요?",
        "네, 취소했어요.",
        "전화번호는 02-345-6789입니다.",
        "오늘 저녁 7시에 두 명으로 예약할까요?",
        "배송은 모레 도착할 예정이에요.",
        "캘린더에 로그인이 필요해요.",
        "죄송해요, 잘 못 들었어요. 다시 말씀해 주시겠어요?",
        "읽지 않은 메일이 12통인데, 중요한 것은 세 통이에요.",
        "회의가 10시에서 11시 반으로 미뤄졌어요.",
        "이번 달 지출은 모두 35만 원이에요.",
        "그 이름의 저장소를 찾지 못했어요.",
        "버스 정류장은 길 건너편에 있어요.",
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
        wrong, letters = characters_wrong(sentence, transcript.text, language)
        errors += wrong
        characters += letters
    return errors / characters


def characters_wrong(said: str, heard: str, language: Language) -> tuple[int, int]:
    """How many characters of a sentence were misheard, at most all, and how many it has."""
    letters, wrong = _letters(said, language), _letters(heard, language)
    return min(_distance(letters, wrong), len(letters)), len(letters)


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
