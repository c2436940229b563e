from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.spoken_text import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("15:00에 회의가 있어요.", "오후 세 시에 회의가 있어요."),
        ("오후 3:30", "오후 세 시 삼십분"),
        ("09:05", "오전 아홉 시 오분"),
        ("9:30에 봐요", "아홉 시 삼십분에 봐요"),
        ("3:30 PM", "오후 세 시 삼십분"),
        ("00:30", "밤 열두 시 삼십분"),
        ("12:00", "낮 열두 시"),
        ("15:00~16:30", "오후 세 시부터 오후 네 시 삼십분까지"),
        ("오전 10:00-11:00까지", "오전 열 시부터 열한 시까지"),
        ("14~15시", "오후 두 시부터 오후 세 시까지"),
        ("15시 30분", "오후 세 시 삼십분"),
        ("새벽 2시 반", "새벽 두 시 반"),
        ("12:34:56", "낮 열두 시 삼십사분"),
        ("2026-11-24", "이천이십육년 십일월 이십사일"),
        ("2026. 11. 24.(화)", "이천이십육년 십일월 이십사일 화요일"),
        ("11/24(화) 15:00", "십일월 이십사일 화요일 오후 세 시"),
        ("2026-11-24T15:00:00+09:00", "이천이십육년 십일월 이십사일 오후 세 시"),
        ("6월 10일, 10월 06일", "유월 십일, 시월 육일"),
        ("24일~26일", "이십사일부터 이십육일까지"),
        ("11월 24일 ~ 11월 26일", "십일월 이십사일부터 십일월 이십육일"),
    ],
)
def test_times_and_dates(written: str, said: str) -> None:
    assert speakable(written, "ko") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("메일이 3통 왔어요", "메일이 세 통 왔어요"),
        ("일정이 21개", "일정이 스물한 개"),
        ("100개", "백 개"),
        ("35명", "서른다섯 명"),
        ("20살", "스무 살"),
        ("카페 5곳", "카페 다섯 곳"),
        ("3시간 걸려요", "세 시간 걸려요"),
        ("24시간", "이십사 시간"),
        ("1.5시간", "일 점 오 시간"),
        ("1번째, 3번째", "첫 번째, 세 번째"),
        ("2번 했어요", "두 번 했어요"),
        ("1번 출구", "일 번 출구"),
        ("3개월", "삼개월"),
        ("3~5명", "세 명에서 다섯 명"),
        ("20~30분", "이십분에서 삼십분"),
        ("10분 뒤", "십분 뒤"),
        ("테헤란로 123번지 4층", "테헤란로 백이십삼번지 사층"),
        ("제2장", "제이장"),
        ("1박 2일", "일박 이일"),
        ("0개", "영 개"),
    ],
)
def test_counted_things_take_native_numbers_and_measures_chinese_ones(
    written: str, said: str
) -> None:
    assert speakable(written, "ko") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12,500원", "만 이천오백원"),
        ("₩12,500", "만 이천오백원"),
        ("KRW는 12500 KRW", "케이알더블유는 만 이천오백원"),
        ("$12.50", "십이달러 오십센트"),
        ("3만 5천원", "삼만오천원"),
        ("1만 원", "만원"),
        ("1억 2천만 원", "일억이천만 원"),
        ("정가 10,000원 → 8,000원", "정가 만원, 팔천원"),
        ("50%", "오십 퍼센트"),
        ("3.5%", "삼 점 오 퍼센트"),
        ("1.2km", "일 점 이 킬로미터"),
        ("300m", "삼백 미터"),
        ("24℃", "이십사 도"),
        ("-3°C", "영하 삼 도"),
        ("-5도", "영하 오도"),
        ("84㎡", "팔십사 제곱미터"),
        ("0.5", "영 점 오"),
        ("010-1234-5678", "공일공, 일이삼사, 오육칠팔"),
        ("02-123-4567", "공이, 일이삼, 사오육칠"),
        ("+82 10-1234-5678", "공일공, 일이삼사, 오육칠팔"),
        ("+8210-1234-5678", "공일공, 일이삼사, 오육칠팔"),
        ("1588-0000", "일오팔팔, 공공공공"),
        ("주문번호 202611240012345", "주문번호 이공이육일일이사공공일이삼사오"),
        ("v1.2.3", "버전 일 점 이 점 삼"),
        ("1" + "0" * 30, "일" + "공" * 30),
    ],
)
def test_money_measures_and_codes(written: str, said: str) -> None:
    assert speakable(written, "ko") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("PR #12를 머지했어요", "피알 십이 번을 머지했어요"),
        ("AI 회의 PDF OK", "에이아이 회의 피디에프 오케이"),
        ("GitHub 이슈", "깃허브 이슈"),
        ("A동 101호 B2층", "에이동 백일호 지하 이층"),
        ("Michael에게 보냈어요", "Michael에게 보냈어요"),
        ("https://example.com/a?b=1 를 보세요", "이그잼플 닷컴 링크를 보세요"),
        ("kim@example.com에게 보냈어요", "킴 골뱅이 이그잼플 닷컴에게 보냈어요"),
        ("[회의록](https://example.com)을 만들었어요.", "회의록을 만들었어요."),
        ("**굵게** _기울임_ `코드`", "굵게 기울임 코드"),
        ("## 오늘\n- 회의\n- 점심", "오늘, 회의, 점심"),
        ("😀 좋아요 👍🏽", "좋아요"),
        ("치과(강남) 예약", "치과, 강남, 예약"),
        ("토·일 휴무", "토, 일 휴무"),
        ("네~ ㅋㅋㅋ 알겠어요 ㅠㅠ", "네 알겠어요"),
        ("'치과 예약' 일정", "치과 예약 일정"),
        ("무엇을 도와드릴까요?", "무엇을 도와드릴까요?"),
    ],
)
def test_latin_words_markup_and_signs(written: str, said: str) -> None:
    assert speakable(written, "ko") == said


@pytest.mark.parametrize(
    "written", ["", " \n", "...", "😀👍🏽", "---", "ㅋㅋㅋ", "**", "?!", "()", "```"]
)
def test_what_cannot_be_said_is_empty(written: str) -> None:
    assert speakable(written, "ko") == ""
    assert speakable(written, "en") == ""


def test_a_readback_is_said_as_a_person_would() -> None:
    assert (
        speakable("11월 24일(화) 15:00 '치과 예약' 일정을 만들까요?", "ko")
        == "십일월 이십사일 화요일 오후 세 시 치과 예약 일정을 만들까요?"
    )


_SIGNS = [
    *"03,.-~:/시분월일개원번만%$₩#v*_`[]()|T가A \n",
    "12",
    "2026",
    "km",
    "°C",
    "+82",
    "오후",
    "PM",
]
_WRITTEN = st.lists(st.sampled_from([*_SIGNS, "https://", "a@b.c"]) | st.text(max_size=6)).map(
    "".join
)


@given(_WRITTEN)
def test_whatever_is_written_no_digit_or_markup_is_left(written: str) -> None:
    said = speakable(written, "ko")
    assert not set(said) & set("0123456789*_`#|[]()<>@")
    assert said == said.strip()


@given(_WRITTEN)
def test_any_english_text_can_be_said(written: str) -> None:
    assert not set(speakable(written, "en")) & set("*`#|[]()<>@")


def test_a_number_of_any_length_is_read() -> None:
    assert speakable("7" * 5000, "ko") == "칠" * 5000
