from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.tts.korean_pronunciation import pronounce

pytestmark = pytest.mark.thorough

RULES = """
5   가져 가저 | 묻혀 무처 | 계획 게획 | 예약 예약
5   희망 히망 | 회의록 회이록 | 주의 주이 | 의사 의사
5   친구의 친구에 | 나의 나에 | 회의 회이
9   부엌 부억 | 있다 읻따 | 꽃 꼳 | 옆 엽 | 깎다 깍따
10  넋 넉 | 앉다 안따 | 여덟 여덜 | 외곬 외골 | 값 갑 | 없다 업따 | 밟다 밥따 | 넓죽하다 넙쭈카다
11  닭 닥 | 삶 삼 | 읊다 읍따 | 읽다 익따 | 읽고 일꼬 | 맑게 말께 | 닭과 닥꽈
12  좋고 조코 | 많다 만타 | 닿소 다쏘 | 놓는 논는
12  않는 안는 | 끓는 끌른 | 좋아요 조아요 | 싫어도 시러도
12  입학 이팍 | 못해요 모태요 | 앉히다 안치다 | 넓히다 널피다 | 꽂혀 꼬처 | 따뜻해요 따뜨태요
13  깎아 까까 | 있어요 이써요 | 꽃이 꼬치 | 영역 영역
14  넋이 넉씨 | 닭을 달글 | 값이 갑씨 | 없어요 업써요 | 앉아 안자
15  맛없다 마덥따 | 첫인상 처딘상 | 맛있다 마싣따
17  같이 가치 | 맏이 마지 | 붙여 부처 | 굳히다 구치다 | 닫혀 다처 | 핥이다 할치다
18  먹는 멍는 | 국물 궁물 | 닫는 단는
18  밥물 밤물 | 앞마당 암마당 | 있습니다 읻씀니다 | 없네요 엄네요
19  종로 종노 | 강릉 강능 | 심리 심니 | 협력 혐녁 | 독립 동닙 | 왕십리 왕심니
20  신라 실라 | 관리 괄리 | 칼날 칼랄 | 판단력 판단녁 | 온라인 온나인
23  국밥 국빱 | 옆집 엽찝 | 약속 약쏙 | 넓게 널께
24  앉고 안꼬 | 젊지 점찌 | 삶도 삼도
26  일정 일쩡 | 결제 결쩨 | 출장 출짱 | 발송 발쏭 | 칠십 칠씹
27  할게요 할께요 | 길게 길게 | 물건 물건
28  치과 치꽈 | 문자 문짜 | 여권 여꿘 | 방문자 방문자
29  꽃잎 꼰닙 | 십육 심뉵 | 서울역 서울력
29  강남역에 강남녀게 | 지하철역 지하철력 | 번역 버녁 | 알약 알략
"""
CASES = [
    pair.split()
    for line in RULES.strip().splitlines()
    for pair in line.split(maxsplit=1)[1].split("|")
]


@pytest.mark.parametrize(("spelled", "sounds"), CASES)
def test_a_word_sounds_as_the_standard_says(spelled: str, sounds: str) -> None:
    assert pronounce(spelled) == sounds


@pytest.mark.parametrize(
    ("spelled", "sounds"),
    [
        ("옷 한 벌", "오 탄 벌"),
        ("할 수 있어요", "할 쑤 이써요"),
        ("갈 것 같아요", "갈 껃 까타요"),
        ("몇 월 며칠", "며 둴 며칠"),
        ("몇 시", "멷 씨"),
        ("열 시", "열 씨"),
        ("열여덟 시", "열려덜 씨"),
        ("오늘 날씨", "오늘 날씨"),
        ("이십육일", "이심뉴길"),
        ("천육백 원", "천뉵빽 원"),
        ("내일 일정이 두 개 있어요", "내일 일쩡이 두 개 이써요"),
        ("쇼핑 리스트", "쇼핑 리스트"),
        ("읽지 않은 메일", "익찌 아는 메일"),
        ("네, 확인했어요.", "네, 화긴해써요."),
        ("PR 값은 3", "PR 갑쓴 3"),
    ],
)
def test_words_change_each_other(spelled: str, sounds: str) -> None:
    assert pronounce(spelled) == sounds


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3) | st.just(" ")))
def test_any_hangul_sounds_like_hangul_with_seven_finals(text: str) -> None:
    sounds = pronounce(text)
    assert len(sounds.replace(" ", "")) <= len(text.replace(" ", ""))
    finals = {(ord(character) - 0xAC00) % 28 for character in sounds if character != " "}
    assert finals <= {0, 1, 4, 7, 8, 16, 17, 21}
