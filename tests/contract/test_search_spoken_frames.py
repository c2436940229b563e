"""Questions that only the web can answer, and those that it must not be asked."""

from __future__ import annotations

import pytest
from pydantic import JsonValue
from tests.three_packs import call

from arion_kit.words import Language

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("text", "language", "query"),
    [
        ("여권 재발급하려면 뭐가 필요한지 알아봐 줄래", "ko", "여권 재발급하려면 뭐가 필요한지"),
        ("세종대왕이 몇 년도에 태어났는지 찾아봐줘", "ko", "세종대왕이 몇 년도에 태어났는지"),
        ("모레 제주 비 온대?", "ko", "모레 제주 비 온대"),
        ("한글날이 왜 생겼어?", "ko", "한글날이 왜 생겼어"),
        ("감자 얼마나 삶아야 돼?", "ko", "감자 얼마나 삶아야 돼"),
        ("일본 돈 만 엔이면 얼마야", "ko", "일본 돈 만 엔이면 얼마야"),
        ("who came up with hangul", "en", "who came up with hangul"),
        ("how do you say good luck in Japanese", "en", "how do you say good luck in Japanese"),
        ("what's the boiling point of ethanol", "en", "what's the boiling point of ethanol"),
        ("I keep wondering why the sky is blue, look into it", "en", "why the sky is blue"),
        ("find out whether Costco is open on Seollal", "en", "whether Costco is open on Seollal"),
    ],
)
def test_a_question_is_searched_for(text: str, language: Language, query: str) -> None:
    assert call(text, language) == ("web_search", {"query": query})


@pytest.mark.parametrize(
    ("text", "language", "tool", "arguments"),
    [
        ("경제 뉴스 좀 틀어줘", "ko", "news_search", {"query": "경제"}),
        ("속보 있나", "ko", "news_search", {"freshness": "day"}),
        (
            "what's going on in the world of semiconductors, any headlines?",
            "en",
            "news_search",
            {"query": "semiconductors"},
        ),
        (
            "stories from the past week about electric vehicles in winter, anything?",
            "en",
            "news_search",
            {"query": "electric vehicles in winter", "freshness": "week"},
        ),
        ("what's happening in the world", "en", "news_search", {"freshness": "day"}),
        ("오로라가 어떻게 생겼는지 보여줘", "ko", "image_search", {"query": "오로라"}),
        ("파란 하늘 배경 이미지 몇 장만", "ko", "image_search", {"query": "파란 하늘 배경"}),
        ("what does a persimmon look like", "en", "image_search", {"query": "a persimmon"}),
        (
            "온돌 원리 설명한 글 https://old.hanok.example/guide.html 열어봐",
            "ko",
            "read_url",
            {"url": "https://old.hanok.example/guide.html"},
        ),
        (
            "open www.exchange.example/usd and sum it up",
            "en",
            "read_url",
            {"url": "www.exchange.example/usd"},
        ),
        (
            "요즘 사람들이 블로그에 올린 부산 여행 후기 뭐 있나",
            "ko",
            "web_search",
            {"query": "부산 여행 후기", "kind": "blog"},
        ),
    ],
)
def test_what_is_wanted_is_told_from_what_stands_around_it(
    text: str, language: Language, tool: str, arguments: dict[str, JsonValue]
) -> None:
    made, given = call(text, language) or ("", {})
    assert made == tool
    assert {name: it for name, it in given.items() if it not in (None, "")} == arguments


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("set the thermostat to twenty-two degrees", "en"),
        ("turn the volume up", "en"),
        ("what's my wifi password", "en"),
        ("why did the build fail", "en"),
        ("tell me what is unread", "en"),
        ("tell me a joke", "en"),
        ("에어컨 온도 24도로 맞춰줘", "ko"),
        ("회의 자료 찾아줘", "ko"),
        ("민재 씨 번호가 뭐야", "ko"),
        ("하린 생일이 며칠인지 알려줘", "ko"),
        ("내일 회의 왜 취소됐어", "ko"),
        ("이 노래 제목 뭐야", "ko"),
        ("서울역 날씨 말고 길 알려줘", "ko"),
    ],
)
def test_what_the_web_cannot_know_is_left_alone(text: str, language: Language) -> None:
    found = call(text, language)
    assert found is None or not found[0].endswith(("_search", "_url"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("헤드라인 먼저 들려주고 달러 환율도 검색해줘", "ko"),
        ("김장 비용 뉴스 찾아보고 배추김치 담그는 법도 블로그에서 찾아줘", "ko"),
        ("headlines first, then the weather in Seoul", "en"),
        ("news about electric cars, and what's the dollar at?", "en"),
    ],
)
def test_two_requests_are_never_the_words_of_one(text: str, language: Language) -> None:
    assert call(text, language) is None


def test_what_is_in_the_air_is_no_word_of_the_news() -> None:
    found = call("요즘 뜨는 AI 뉴스 뭐 있어", "ko")
    assert found == ("news_search", {"query": "AI", "freshness": "week"})


@pytest.mark.parametrize(
    "text",
    [
        "검색 결과 더 보여줘",
        "뉴스 듣기 싫어 꺼",
        "뉴스 하나만 읽어줘 아무거나",
        "사진첩에서 제주도 사진 보여줘",
        "블로그 말고 뉴스에서 전기차 주행거리 찾아봐",
        "네이버에서 제주도 날씨 검색해줄 수 있을까",
        "오늘 아침 뉴스 중에 날씨 관련된 거",
        "스포츠 소식은 됐고 경제 소식만 알려줘",
        "고양이가 초콜릿 먹으면 어떻게 되는지 빨리 찾아봐",
        "강아지 간식 유통기한 긴 걸로",
        "여의도에서 제일 큰 서점이 어디지",
        "혹시라도 비 오면 등산은 안 갈 거야",
        "우유는 아직 안 떨어졌어",
        "위키백과에서 한글 찾아 읽어줘",
        "부산역에서 해운대 가는 방법 두 가지만 알려줘",
    ],
)
def test_what_is_no_subject_is_not_searched_for(text: str) -> None:
    assert call(text, "ko") is None
