from __future__ import annotations

import pytest

from arion_voice.stt.guards import clean_text, is_made_up

SPOKEN = {"no_speech": 0.05, "avg_logprob": -0.3}


@pytest.mark.parametrize(
    "text",
    [
        "내일 오후 3시에 치과 예약 잡아줘",
        "네",
        "그만",
        "감사합니다",
        "읽지 않은 메일 있어?",
        "유튜브 구독 결제일 캘린더에 넣어 줘",
        "What is on my calendar tomorrow afternoon?",
        "Yes.",
        "Are you free tomorrow? Tell Bob you are.",
    ],
)
def test_commands_are_taken_as_spoken(text: str) -> None:
    assert not is_made_up(text, **SPOKEN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "시청해 주셔서 감사합니다.",
        "시청해주셔서 감사합니다",
        "구독과 좋아요 부탁드립니다!",
        "MBC 뉴스 이재경입니다.",
        "한글자막 by 박진희",
        "Thanks for watching!",
        "Thank you for watching.",
        "You",
        "이 정도는 " * 30,
        "영상이 " * 40,
        "I'm going to do it. " * 12,
    ],
)
def test_what_subtitles_hold_over_silence_is_made_up(text: str) -> None:
    assert is_made_up(text, **SPOKEN)


def test_text_over_silence_is_made_up_however_sure_it_is() -> None:
    assert is_made_up("이곳은", no_speech=0.71, avg_logprob=-0.2)
    assert not is_made_up("그만", no_speech=0.35, avg_logprob=-1.5)


def test_a_guess_over_likely_silence_is_made_up() -> None:
    assert is_made_up("소금", no_speech=0.47, avg_logprob=-1.2)
    assert not is_made_up("소금", no_speech=0.47, avg_logprob=-0.4)


def test_a_wild_guess_is_made_up_whatever_the_model_says_of_silence() -> None:
    assert is_made_up("고추장", no_speech=0.0, avg_logprob=-2.3)


def test_a_long_dictation_may_mention_subtitles() -> None:
    text = (
        "회의 요약: 한글 자막 작업은 다음 주 화요일까지 끝내고, "
        "번역은 외주에 맡기기로 했으며, 비용은 다시 논의한다."
    )
    assert not is_made_up(text, **SPOKEN)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (" 안녕하세요 ", "안녕하세요"),
        ("(음악) 안녕", "안녕"),
        ("[박수] ♪♪", ""),
        ("오디오 데이터\ufffd", "오디오 데이터"),
    ],
)
def test_sounds_and_broken_characters_are_left_out(text: str, clean: str) -> None:
    assert clean_text(text) == clean
