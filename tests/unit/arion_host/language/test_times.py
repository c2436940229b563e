"""Time expressions, held against what people mean by them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_host.language.spans import TimeSpan
from arion_host.language.times import find_times, is_past
from arion_kit.words import Language

pytestmark = pytest.mark.thorough

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SEOUL)

GOLD = {
    language: yaml.safe_load(Path(__file__).with_name(f"times_{language}.yaml").read_text("utf-8"))
    for language in ("ko", "en")
}


def moment(value: date | datetime | str) -> datetime:
    return datetime.fromisoformat(str(value)).replace(tzinfo=SEOUL)


def cases(language: Language) -> list[pytest.ParameterSet]:
    return [
        pytest.param(case, id=f"{case['say']}{' later' if 'now' in case else ''}")
        for case in GOLD[language]["times"]
    ]


def check(case: dict[str, object], language: Language) -> None:
    now = moment(str(case.get("now", GOLD[language]["now"])))
    found = find_times(str(case["say"]), language, now)
    span = found[int(str(case.get("which", 0)))]
    expected = {
        "text": str(case["time"]),
        "grain": case["grain"],
        "start": moment(str(case["start"])),
        "end": moment(str(case["end"])),
        "ambiguous": tuple(case.get("guess", ())),  # type: ignore[arg-type]
        "until": case.get("until"),
    }
    for field in ("at", "spoken"):
        if field in case:
            expected[field] = case[field]
    assert {field: getattr(span, field) for field in expected} == expected
    assert str(case["say"])[span.begin : span.finish] == span.text


@pytest.mark.parametrize("case", cases("ko"))
def test_korean_times_mean_what_people_mean(case: dict[str, object]) -> None:
    check(case, "ko")


@pytest.mark.parametrize("case", cases("en"))
def test_english_times_mean_what_people_mean(case: dict[str, object]) -> None:
    check(case, "en")


@pytest.mark.parametrize("text", GOLD["ko"]["no_times"])
def test_korean_words_that_are_no_times_are_left_alone(text: str) -> None:
    assert find_times(text, "ko", NOW) == ()


@pytest.mark.parametrize("text", GOLD["en"]["no_times"])
def test_english_words_that_are_no_times_are_left_alone(text: str) -> None:
    assert find_times(text, "en", NOW) == ()


def test_the_gold_files_are_large_enough_to_mean_something() -> None:
    assert len(GOLD["ko"]["times"]) >= 80
    assert len(GOLD["en"]["times"]) >= 60


def test_two_times_in_one_utterance_are_both_found() -> None:
    found = find_times("모레 저녁 7시 반에 저녁 약속", "ko", NOW)
    assert [span.text for span in found] == ["모레 저녁 7시 반", "저녁"]


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        find_times("내일", "ko", NOW.replace(tzinfo=None))


def test_days_are_those_of_the_persons_zone() -> None:
    late = datetime(2026, 11, 23, 22, 0, tzinfo=NEW_YORK)
    (span,) = find_times("내일", "ko", late)
    assert span.start.isoformat() == "2026-11-24T00:00:00-05:00"


def test_a_day_on_which_the_clock_changes_has_23_hours() -> None:
    now = datetime(2027, 3, 13, 10, 0, tzinfo=NEW_YORK)
    (span,) = find_times("tomorrow", "en", now)
    assert span.end.astimezone(UTC) - span.start.astimezone(UTC) == now - now.replace(
        day=12, hour=11
    )


def test_a_time_the_clock_skips_is_moved_past_the_gap() -> None:
    now = datetime(2027, 3, 13, 10, 0, tzinfo=NEW_YORK)
    (span,) = find_times("tomorrow at 2:30 am", "en", now)
    assert span.at == "2027-03-14T03:30:00-04:00"


@pytest.mark.parametrize(("text", "language"), [("두 시간 뒤", "ko"), ("in two hours", "en")])
def test_hours_from_now_pass_over_a_change_of_the_clock(text: str, language: Language) -> None:
    now = datetime(2027, 3, 14, 1, 0, tzinfo=NEW_YORK)
    (span,) = find_times(text, language, now)
    assert span.at == "2027-03-14T04:00:00-04:00"


def test_letters_whose_lower_case_is_longer_do_not_move_a_time() -> None:
    (span,) = find_times("İİİ tomorrow at 3 pm", "en", NOW)
    assert span.text == "tomorrow at 3 pm"


def test_seconds_of_now_do_not_show() -> None:
    (span,) = find_times("30분 뒤", "ko", NOW.replace(second=37, microsecond=5))
    assert span.at == "2026-11-23T10:30:00+09:00"


def span_of(text: str) -> TimeSpan:
    return find_times(text, "ko", NOW)[0]


@pytest.mark.parametrize("text", ["어제", "오늘 오전 9시", "지난주", "한 시간 전", "어제 오후"])
def test_what_lies_behind_is_past(text: str) -> None:
    assert is_past(span_of(text), NOW)


@pytest.mark.parametrize("text", ["오늘", "지금", "오늘 오전", "오늘 오전 11시", "내일", "이번 주"])
def test_what_is_not_over_yet_is_not_past(text: str) -> None:
    assert not is_past(span_of(text), NOW)


PIECES: dict[Language, str] = {
    "ko": "내일 오후 3시 반 부터 까지 에 다음 주 월요일 2월 30일 첫째 앞으로 0 9999년 매주 자정"
    " 매일 격주 평일 마다 음력 윤 8월 15일 이맘때 퇴근 후 작년 여름 말 2박 3일 중 설 전날 분기",
    "en": "tomorrow at 3 pm from to and next friday november 31 the 0 days ago midnight every"
    " other month of on first last week this time after work chuseok early summer quarter half",
}


@pytest.mark.parametrize("language", ["ko", "en"])
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_whatever_is_said_gives_ordered_times_or_none(
    data: st.DataObject, language: Language
) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(PIECES[language].split()), max_size=8)))
    finish = 0
    for span in find_times(text, language, NOW, past=data.draw(st.booleans())):
        assert span.begin >= finish
        assert text[span.begin : span.finish] == span.text
        assert span.start < span.end
        assert span.recurrence is None or "recurring" in span.ambiguous
        finish = span.finish


@pytest.mark.parametrize(
    ("text", "language", "to", "spoken"),
    [
        (
            "금요일 회의 3시로 옮겨줘",
            "ko",
            ["2026-11-27", "15:00"],
            ["11월 27일 금요일", "오후 3시"],
        ),
        ("회의 오후 네 시 반으로", "ko", ["16:30"], ["오후 4시 반"]),
        ("회의 내일 3시로", "ko", ["2026-11-24T15:00:00+09:00"], ["내일 오후 3시"]),
        ("move it to 4 pm", "en", ["16:00"], ["4 PM"]),
    ],
)
def test_where_something_moves_to_is_only_what_was_said(
    text: str, language: Language, to: list[str], spoken: list[str]
) -> None:
    spans = find_times(text, language, NOW)
    assert [span.to for span in spans] == to
    assert [span.to_spoken for span in spans] == spoken
