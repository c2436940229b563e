from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from arion_host.agents.following.continuing import continuations, with_day
from arion_host.agents.following.fragments import read_fragment
from arion_kit.words import Language

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
KO: Language = "ko"
EN: Language = "en"


def becomes(said: str, text: str, language: Language, slots: Mapping[str, str]) -> list[str]:
    fragment = read_fragment(text, language)
    if fragment is None:
        return []
    return [it.text for it in continuations(said, fragment, language, NOW, slots)]


@pytest.mark.parametrize(
    ("said", "text", "slots", "whole"),
    [
        ("내일 일정 뭐 있어?", "모레는?", {}, "모레 일정 뭐 있어?"),
        ("모레 일정 뭐 있어?", "그럼 금요일은", {}, "금요일 일정 뭐 있어?"),
        ("내일 일정 뭐 있어?", "그다음 날은?", {}, "11월 25일 일정 뭐 있어?"),
        ("메일 왔어?", "어제는?", {}, "어제 메일 왔어?"),
        ("달러 환율 얼마야?", "그럼 엔화는?", {"query": "달러 환율"}, "엔화 환율 얼마야?"),
        (
            "판교역 근처 약국 찾아줘",
            "편의점은?",
            {"near": "판교역", "query": "약국"},
            "판교역 근처 편의점 찾아줘",
        ),
        (
            "판교역 근처 약국 찾아줘",
            "강남역은?",
            {"near": "판교역", "query": "약국"},
            "강남역 근처 약국 찾아줘",
        ),
        (
            "강남역에서 코엑스까지 차로 얼마나 걸려?",
            "걸어가면?",
            {},
            "강남역에서 코엑스까지 걸어서 얼마나 걸려?",
        ),
        (
            "강남역에서 코엑스까지 차로 얼마나 걸려?",
            "돌아올 때는?",
            {"origin": "강남역", "destination": "코엑스"},
            "코엑스에서 강남역까지 차로 얼마나 걸려?",
        ),
        (
            "쇼핑 목록에 우유 두 개 넣어줘",
            "계란도",
            {"thing": "우유"},
            "쇼핑 목록에 계란 넣어줘",
        ),
        (
            "수민 씨한테서 온 메일 있어?",
            "민재 씨 거는?",
            {"sender": "수민"},
            "민재 씨한테서 온 메일 있어?",
        ),
        (
            "판교역 근처 약국 찾아줘",
            "편의점은?",
            {"spot": "판교역", "kind": "약국"},
            "판교역 근처 편의점 찾아줘",
        ),
        (
            "수민 씨가 보낸 메일 찾아줘",
            "아니 그거 말고 민재 씨 거",
            {"sender": "수민"},
            "민재 씨가 보낸 메일 찾아줘",
        ),
    ],
)
def test_a_korean_fragment_is_the_last_utterance_with_one_part_replaced(
    said: str, text: str, slots: Mapping[str, str], whole: str
):
    assert becomes(said, text, KO, slots)[0] == whole


@pytest.mark.parametrize(
    ("said", "text", "slots", "whole"),
    [
        ("What's on tomorrow?", "and the day after?", {}, "What's on November 25?"),
        ("What's on tomorrow?", "ok and Friday", {}, "What's on Friday?"),
        (
            "What's the dollar exchange rate?",
            "What about the yen?",
            {"query": "dollar exchange rate"},
            "What's the yen exchange rate?",
        ),
        (
            "How long is the drive from Gangnam Station to COEX?",
            "and the way back?",
            {"origin": "Gangnam Station", "destination": "COEX"},
            "How long is the drive from COEX to Gangnam Station?",
        ),
        (
            "How long is the drive from Gangnam Station to COEX?",
            "what about walking?",
            {},
            "How long is the walk from Gangnam Station to COEX?",
        ),
    ],
)
def test_an_english_fragment_is_the_last_utterance_with_one_part_replaced(
    said: str, text: str, slots: Mapping[str, str], whole: str
):
    assert becomes(said, text, EN, slots)[0] == whole


@pytest.mark.parametrize(
    ("said", "text", "whole"),
    [
        ("무선 이어폰 찾아줘", "그중에 로켓배송 되는 것만", "로켓배송 무선 이어폰 찾아줘"),
        ("무선 이어폰 찾아줘", "오만 원 밑으로만", "오만 원 밑 무선 이어폰 찾아줘"),
        ("전기차 뉴스 찾아줘", "좀 더 최근 걸로", "최근 전기차 뉴스 찾아줘"),
        ("김치 담그는 법 검색해줘", "블로그 글로만 다시 찾아봐", "블로그 김치 담그는 법 검색해줘"),
    ],
)
def test_what_narrows_a_search_is_added_to_it(said: str, text: str, whole: str):
    assert whole in becomes(said, text, KO, {})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("메일은?", KO),
        ("그럼 내일 일정 알려줘", KO),
        ("수민 씨도 초대해줘", KO),
        ("그거는?", KO),
        ("and send it", EN),
        ("what about my email?", EN),
        ("And what about the long story that somebody told me yesterday?", EN),
    ],
)
def test_what_asks_for_something_itself_is_no_fragment(text: str, language: Language):
    assert read_fragment(text, language) is None


def test_an_hour_alone_is_on_the_day_that_was_spoken_of():
    korean = with_day("그럼 세 시에 회의 잡아줘", "이번 주 금요일 오후에 시간 돼?", KO, NOW)
    english = with_day("great, book a meeting at three then", "Am I free on Friday?", EN, NOW)
    assert korean == "이번 주 금요일 오후 세 시에 회의 잡아줘"
    assert english is not None
    assert "Friday" in english
    assert with_day("세 시에 회의 잡아줘", "금요일에 시간 돼?", KO, NOW) is None
    assert with_day("그럼 내일 세 시에 회의 잡아줘", "금요일에 시간 돼?", KO, NOW) is None
