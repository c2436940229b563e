"""What is said in Korean."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.calendar_events import (
    NEXT_WEEK,
    SEOUL,
    TOMORROW,
    TOMORROW_AFTERNOON,
    YESTERDAY,
    asked,
    at,
    event,
    moved,
    removal,
)

from arion_calendar import change_ko as change
from arion_calendar import say_ko as say
from arion_calendar.changed import Answered, Guests, Made, NewEvent
from arion_calendar.times import Window

TODAY = at(22).date()
MEETING = event("주간 회의", at(23, 10))
DENTIST = event("치과 예약", at(23, 15))


def test_an_empty_day_is_said_to_be_empty() -> None:
    assert say.events([], TOMORROW) == "내일은 일정이 없어요."
    assert say.events([], YESTERDAY) == "어제는 일정이 없었어요."
    assert say.events([], NEXT_WEEK) == "다음 주에는 일정이 없어요."
    assert say.events([], TOMORROW_AFTERNOON) == "내일 오후에는 일정이 없어요."


def test_two_events_are_counted_and_listed() -> None:
    assert say.events([MEETING, DENTIST], TOMORROW) == (
        "내일은 일정이 두 개 있어요. 오전 10시 주간 회의, 오후 3시 치과 예약이에요."
    )


def test_one_event_is_one_sentence() -> None:
    assert say.events([MEETING], TOMORROW) == "내일은 오전 10시에 주간 회의가 있어요."
    assert say.events([event("개교기념일", at(23), all_day=True)], TOMORROW) == (
        "내일은 하루 종일 개교기념일이 있어요."
    )


def test_what_is_over_is_said_in_the_past() -> None:
    assert say.events([event("산책", at(21, 7, 30))], YESTERDAY) == (
        "어제는 오전 7시 반에 산책이 있었어요."
    )


def test_the_half_of_the_day_is_not_said_twice() -> None:
    assert say.events([DENTIST], TOMORROW_AFTERNOON) == "내일 오후에는 3시에 치과 예약이 있어요."


def test_events_of_a_week_are_said_with_their_days() -> None:
    rows = [MEETING, DENTIST, event("출장", at(25), at(27), all_day=True)]
    assert say.events(rows, NEXT_WEEK) == (
        "다음 주에는 일정이 세 개 있어요. 내일 오전 10시 주간 회의, 오후 3시 치과 예약, "
        "수요일부터 목요일까지 출장이에요."
    )


def test_of_many_events_the_first_few_are_said() -> None:
    rows = [event(f"회의 {number}", at(23, 9 + number)) for number in range(5)]
    assert say.events(rows, TOMORROW) == (
        "내일은 일정이 다섯 개 있어요. 먼저 오전 9시 회의 0, 오전 10시 회의 1, 오전 11시 회의 2가 "
        "있고, 나머지는 화면에서 볼 수 있어요."
    )


def test_a_further_page_is_not_hidden() -> None:
    said = say.events([MEETING, DENTIST], TOMORROW, more=True)
    assert said.startswith("내일은 일정이 2개 넘게 있어요.")
    assert said.endswith("나머지는 화면에서 볼 수 있어요.")


def test_a_calendar_that_was_not_read_is_mentioned() -> None:
    assert say.events([], TOMORROW, unreadable=2) == (
        "내일은 일정이 없어요. 캘린더 두 개는 확인하지 못했어요."
    )


def test_a_search_says_what_was_searched() -> None:
    search = asked(at(22), at(112), query="치과", open_ended=True)
    assert say.events([], search) == "'치과' 일정은 없어요."
    assert say.events([event("치과 예약", at(24, 15))], search) == (
        "모레 오후 3시에 치과 예약이 있어요."
    )
    tomorrow = asked(at(23), at(24), query="치과")
    assert say.events([], tomorrow) == "내일 '치과' 일정은 없어요."


def test_an_event_that_began_before_the_window_says_until_when() -> None:
    night = event("야간 근무", at(22, 22), at(23, 7))
    assert say.events([night], TOMORROW) == "내일은 오전 7시까지 야간 근무가 있어요."
    trip = event("출장", at(20, 9), at(25, 18))
    assert say.events([trip], TOMORROW) == "내일은 하루 종일 출장이 있어요."


def test_titles_are_made_speakable() -> None:
    rude = event("🎉 https://example.com/x **킥오프**", at(23, 10))
    assert say.events([rude], TOMORROW) == "내일은 오전 10시에 킥오프가 있어요."
    assert say.events([event("", at(23, 10))], TOMORROW) == (
        "내일은 오전 10시에 제목 없는 일정이 있어요."
    )


def test_a_new_event_is_said_with_its_date() -> None:
    said = change.created(Made(DENTIST), today=TODAY)
    assert said == "11월 23일 월요일 오후 3시에 '치과 예약' 일정을 넣었어요."


def test_a_new_event_of_another_length_is_said_with_its_end() -> None:
    long = event("워크숍", at(23, 14), at(23, 17, 30))
    assert change.created(Made(long), today=TODAY) == (
        "11월 23일 월요일 오후 2시부터 5시 반까지 '워크숍' 일정을 넣었어요."
    )
    night = event("당직", at(23, 22), at(24, 6))
    assert change.created(Made(night), today=TODAY) == (
        "11월 23일 월요일 오후 10시부터 11월 24일 화요일 오전 6시까지 '당직' 일정을 넣었어요."
    )


def test_a_new_all_day_event_is_said_with_its_last_day() -> None:
    day = event("휴가", at(23), all_day=True)
    assert change.created(Made(day), today=TODAY) == (
        "11월 23일 월요일 하루 종일 '휴가' 일정을 넣었어요."
    )
    days = event("출장", at(23), at(26), all_day=True)
    assert change.created(Made(days), today=TODAY) == (
        "11월 23일 월요일부터 11월 25일 수요일까지 '출장' 일정을 넣었어요."
    )


def test_conflicts_are_mentioned_after_the_deed() -> None:
    one = change.created(Made(DENTIST, conflicts=(MEETING,)), today=TODAY)
    assert one.endswith("일정을 넣었어요. 같은 시간에 '주간 회의' 일정도 있어요.")
    two = change.created(
        Made(
            DENTIST,
            conflicts=(
                MEETING,
                MEETING,
            ),
        ),
        today=TODAY,
    )
    assert two.endswith("같은 시간에 다른 일정이 두 개 있어요.")


def test_guests_are_said_to_be_invited_or_not() -> None:
    party = event("송년회", at(23, 19), attendees=3)
    silent = change.created(Made(party), today=TODAY)
    assert silent.endswith("초대 메일은 보내지 않았어요.")
    mailed = change.created(Made(party, mailed=True), today=TODAY)
    assert mailed.endswith("초대 메일도 보냈어요.")


def test_a_repetition_says_that_it_was_there() -> None:
    said = change.created(Made(DENTIST, existed=True), today=TODAY)
    assert said == "11월 23일 월요일 오후 3시에 '치과 예약' 일정이 이미 들어 있어요."


def test_a_series_is_called_one() -> None:
    weekly = event("주간 회의", at(23, 10), series=True)
    assert change.created(Made(weekly), today=TODAY) == (
        "11월 23일 월요일 오전 10시에 '주간 회의' 반복 일정을 넣었어요."
    )
    assert change.removed(removal(weekly), today=TODAY) == (
        "반복 일정 '주간 회의'를 모두 삭제했어요."
    )


def test_a_deleted_event_is_named() -> None:
    assert change.removed(removal(DENTIST), today=TODAY) == (
        "11월 23일 월요일 오후 3시 '치과 예약' 일정을 삭제했어요."
    )
    assert change.gone("치과 예약") == ("'치과 예약' 일정은 이미 삭제되어 있어요.")
    assert change.gone("") == "그 일정은 이미 삭제되어 있어요."
    once = event("주간 회의", at(23, 10), recurring=True)
    assert change.removed(removal(once), today=TODAY) == (
        "11월 23일 월요일 오전 10시 '주간 회의' 일정만 삭제했어요. "
        "다른 날의 반복 일정은 그대로 있어요."
    )


def test_free_time_is_said_to_be_free() -> None:
    assert say.free_busy([], TOMORROW, read=1, unreadable=0) == "내일은 비어 있어요."
    at_three = asked(at(23, 15), at(23, 16))
    assert say.free_busy([], at_three, read=1, unreadable=0) == (
        "내일 오후 3시부터 4시까지는 비어 있어요."
    )


def test_busy_time_is_said_with_its_hours() -> None:
    busy = [Window(at(23, 10), at(23, 11)), Window(at(23, 15), at(23, 16, 30))]
    assert say.free_busy(busy, TOMORROW, read=1, unreadable=0) == (
        "내일은 오전 10시부터 11시까지, 오후 3시부터 4시 반까지 일정이 있고, 나머지는 비어 있어요."
    )
    assert say.free_busy(busy[1:], TOMORROW_AFTERNOON, read=1, unreadable=0) == (
        "내일 오후에는 3시부터 4시 반까지 일정이 있고, 나머지는 비어 있어요."
    )


def test_a_window_that_is_all_busy_is_said_to_be() -> None:
    assert say.free_busy([TOMORROW.window], TOMORROW, read=1, unreadable=0) == (
        "내일은 계속 일정이 있어요."
    )


def test_many_busy_times_are_counted() -> None:
    busy = [Window(at(23, 8 + 2 * number), at(23, 9 + 2 * number)) for number in range(6)]
    assert say.free_busy(busy, TOMORROW, read=1, unreadable=0) == (
        "내일은 바쁜 시간이 여섯 번 있어요. 자세한 시간은 화면에서 볼 수 있어요."
    )


def test_an_unknown_calendar_is_never_called_free() -> None:
    assert say.free_busy([], TOMORROW, read=0, unreadable=1) == (
        "캘린더를 확인하지 못해서, 비어 있는지 알 수 없어요."
    )
    assert say.free_busy([], TOMORROW, read=1, unreadable=1) == (
        "내일은 확인한 캘린더에는 일정이 없어요. 캘린더 한 개는 확인하지 못했어요."
    )
    partly = say.free_busy([Window(at(23, 10), at(23, 11))], TOMORROW, read=1, unreadable=1)
    assert partly == (
        "내일은 오전 10시부터 11시까지 일정이 있어요. 캘린더 한 개는 확인하지 못했어요."
    )


def test_calendars_are_counted_and_named() -> None:
    assert say.calendars([]) == "캘린더가 없어요."
    assert say.calendars([None, "가족", "회사"]) == (
        "캘린더가 세 개 있어요. 기본 캘린더, 가족, 회사예요."
    )
    assert say.calendars(["가", "나", "다", "라", "마"]).endswith("나머지는 화면에서 볼 수 있어요.")


def test_the_time_is_said_with_its_day() -> None:
    moment = datetime(2026, 11, 22, 15, 30, tzinfo=SEOUL)
    assert say.now(moment, None) == "지금은 11월 22일 일요일 오후 3시 반이에요."
    there = moment.astimezone(ZoneInfo("America/New_York"))
    assert say.now(there, "New York") == (
        "New York 시간으로 지금은 11월 22일 일요일 새벽 1시 반이에요."
    )


PEOPLE = Guests(("박서준", "이수민"), mailed=True)
QUIET = Guests(("박서준",), mailed=False)


def test_a_move_is_asked_about_and_told_with_its_new_time() -> None:
    change_to = moved(DENTIST, at(27, 16), guests=PEOPLE)
    assert change.ask_update(change_to, today=TODAY) == (
        "'치과 예약' 일정을 11월 27일 금요일 오후 4시로 옮길까요? "
        "박서준, 이수민 님께 변경 메일이 나가요."
    )
    assert change.updated(change_to, today=TODAY) == (
        "'치과 예약' 일정을 11월 27일 금요일 오후 4시로 옮겼어요. 참석자에게 메일로 알렸어요."
    )


def test_other_changes_are_named() -> None:
    renamed = moved(DENTIST, DENTIST.start, names=("summary", "location"), guests=QUIET)
    assert change.updated(renamed, today=TODAY) == (
        "'치과 예약' 일정 이름, 장소를 바꿨어요. 참석자에게 메일은 보내지 않았어요."
    )
    both = moved(DENTIST, at(23, 17), names=("start", "meet"))
    assert change.updated(both, today=TODAY) == (
        "'치과 예약' 일정을 11월 23일 월요일 오후 5시로 옮기고 화상 회의를 바꿨어요."
    )


def test_how_much_of_a_series_changes_is_said() -> None:
    weekly = event("주간 회의", at(23, 10), recurring=True)
    every = moved(weekly, at(23, 15), scope="all")
    assert change.updated(every, today=TODAY) == (
        "반복 일정 '주간 회의' 전체를 11월 23일 월요일 오후 3시로 옮겼어요."
    )
    rest = moved(weekly, at(23, 15), scope="following", reset=2)
    assert change.ask_update(rest, today=TODAY) == (
        "11월 23일 월요일 오전 10시 '주간 회의' 일정부터 그 뒤 전체를 11월 23일 월요일 "
        "오후 3시로 옮길까요? 따로 옮겨 둔 일정 두 개는 원래 시간으로 돌아가요."
    )


def test_a_deletion_is_asked_about_with_its_guests() -> None:
    assert change.ask_delete(removal(DENTIST), today=TODAY) == (
        "11월 23일 월요일 오후 3시 '치과 예약' 일정을 삭제할까요?"
    )
    weekly = event("주간 회의", at(23, 10), recurring=True)
    assert change.ask_delete(removal(weekly, guests=QUIET), today=TODAY) == (
        "11월 23일 월요일 오전 10시 '주간 회의' 일정만 삭제할까요? "
        "박서준 님도 보는 일정이고, 메일은 보내지 않아요."
    )
    assert change.ask_delete(removal(weekly, "following"), today=TODAY) == (
        "11월 23일 월요일 오전 10시 '주간 회의' 일정부터 그 뒤의 반복 일정을 모두 삭제할까요?"
    )
    assert change.ask_delete(removal(weekly, "all"), today=TODAY) == (
        "반복 일정 '주간 회의'를 모두 삭제할까요?"
    )


def test_many_guests_are_counted_after_the_first_three() -> None:
    many = Guests(("가", "나", "다", "라", "마"), mailed=True)
    asked_for = change.ask_create(NewEvent(MEETING, many), today=TODAY)
    assert asked_for == (
        "11월 23일 월요일 오전 10시에 '주간 회의' 일정을 넣고 "
        "가, 나, 다 님 외 두 분께 초대 메일을 보낼까요?"
    )


@pytest.mark.parametrize(
    ("response", "said"),
    [
        ("accepted", "초대에 참석한다고 답했어요."),
        ("declined", "초대에 참석하지 않는다고 답했어요."),
        ("tentative", "초대에 참석할지 아직 모른다고 답했어요."),
        ("needsAction", "초대를 아직 답하지 않은 것으로 되돌렸어요."),
    ],
)
def test_an_answer_is_said_back(response: str, said: str) -> None:
    told = change.answered(Answered(MEETING, response), today=TODAY)
    assert told == f"11월 23일 월요일 오전 10시 '주간 회의' {said}"


def test_a_meeting_that_is_being_made_is_said_to_come() -> None:
    pending = replace(MEETING, meeting="pending")
    told = change.created(Made(pending), today=TODAY)
    assert told.endswith("화상 회의 주소는 조금 뒤에 생겨요.")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(30, "30분"), (60, "한 시간"), (90, "한 시간 반"), (120, "두 시간"), (75, "한 시간 15분")],
)
def test_lengths_are_said_as_people_say_them(minutes: int, said: str) -> None:
    assert say.spoken_length(timedelta(minutes=minutes)) == said


def test_nothing_that_comes_is_said() -> None:
    nothing = replace(TOMORROW, upcoming=True, open_ended=True)
    assert say.events([], nothing) == "앞으로 석 달 동안은 일정이 없어요."
    holidays = replace(nothing, about="holidays")
    assert say.events([], holidays) == "앞으로 석 달 동안은 공휴일이 없어요."
