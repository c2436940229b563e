"""What the tools say in Korean (해요체). Pure; ids and addresses are never said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from arion_calendar.asked import Asked, last_day, spoken_part
from arion_calendar.occurrence import Occurrence
from arion_calendar.times import DEFAULT_DURATION, Window
from arion_kit.speech import (
    counted,
    join_spoken,
    josa,
    speak_date,
    speak_day,
    speak_period,
    speak_time,
    speak_times,
    speak_window,
    speakable,
)

_DAYS = "월화수목금토일"
_HALVES = {"새벽", "오전", "낮", "오후"}
_HALF_OF = {"아침": "오전", "저녁": "오후", "밤": "오후"}
_NEAR = ("오늘", "내일", "모레", "어제", "그저께")


def events(
    rows: Sequence[Occurrence], asked: Asked, *, more: bool = False, unreadable: int = 0
) -> str:
    """How many events a window holds, and the first few of them."""
    phrase = "" if asked.open_ended else speak_window(*_ends(asked), "ko", now=asked.now)
    return _events(rows, asked, phrase, more=more) + _not_read(unreadable)


def _events(rows: Sequence[Occurrence], asked: Asked, phrase: str, *, more: bool) -> str:
    kind = f"'{speakable(asked.query)}' 일정" if asked.query else "일정"
    topic = phrase if asked.query else _topic(phrase)
    have, none = ("있었", "없었") if asked.past else ("있", "없")
    if not rows:
        return f"{topic} {josa(kind, '은는' if asked.query else '이가')} {none}어요.".lstrip()
    spoken = spoken_part(rows, more=more)
    if len(rows) == 1 and not more:
        when, title = _moment(rows[0], asked, phrase, day=True), josa(_title(rows[0]), "이가")
        at = "에" if when.endswith(("시", "분", "반")) else ""
        return f"{_topic(phrase)} {when}{at} {title} {have}어요.".lstrip()
    count = f"{len(rows)}개 넘게" if more else counted(len(rows), "개")
    head = f"{topic} {josa(kind, '이가')} {count} {have}어요.".lstrip()
    items = join_spoken(_items(spoken, asked, phrase), "ko")
    if len(spoken) == len(rows) and not more:
        return f"{head} {josa(items, '이에요예요')}."
    return f"{head} 먼저 {josa(items, '이가')} 있고, 나머지는 화면에서 볼 수 있어요."


def created(
    event: Occurrence,
    conflicts: Sequence[Occurrence],
    *,
    today: date,
    existed: bool,
    mailed: bool,
) -> str:
    """What was put into the calendar, and what else is at that time."""
    when = _exactly(event, today)
    at = "에" if when.endswith(("시", "분", "반")) else ""
    if existed:
        return f"{when}{at} '{_title(event)}' 일정이 이미 들어 있어요."
    name = "반복 일정" if event.series else "일정"
    said = f"{when}{at} '{_title(event)}' {name}을 넣었어요."
    if conflicts:
        there = "그날" if event.all_day else "같은 시간에"
        one = f"'{_title(conflicts[0])}' 일정도"
        many = f"다른 일정이 {counted(len(conflicts), '개')}"
        said += f" {there} {one if len(conflicts) == 1 else many} 있어요."
    if event.attendees:
        said += " 초대 메일도 보냈어요." if mailed else " 초대 메일은 보내지 않았어요."
    return said


def deleted(title: str, event: Occurrence | None, *, today: date) -> str:
    """What was taken out of the calendar; `event` is None when it was gone already."""
    name = f"'{speakable(title)}' 일정" if speakable(title) else "그 일정"
    if event is None:
        return f"{name}은 이미 삭제되어 있어요."
    if event.series:
        series = f"반복 일정 '{_title(event)}'"
        return f"{josa(series, '을를')} 모두 삭제했어요."
    said = f"{_exactly(event, today)} '{_title(event)}' 일정"
    if event.recurring:
        return f"{said}만 삭제했어요. 다른 날의 반복 일정은 그대로 있어요."
    return f"{said}을 삭제했어요."


def free_busy(busy: Sequence[Window], asked: Asked, *, read: int, unreadable: int) -> str:
    """When the person is busy; a calendar that could not be read is never called free."""
    phrase = speak_window(*_ends(asked), "ko", now=asked.now)
    topic = _topic(phrase)
    have = "있었" if asked.past else "있"
    if not read:
        return "캘린더를 확인하지 못해서, 비어 있는지 알 수 없어요."
    if not busy:
        free = "확인한 캘린더에는 일정이 없어요." if unreadable else f"비어 {have}어요."
        return f"{topic} {free}{_not_read(unreadable)}"
    if busy[0] == asked.window:
        return f"{topic} 계속 일정이 {have}어요.{_not_read(unreadable)}"
    if len(spoken_part(busy)) < len(busy):
        count = counted(len(busy), "번")
        said = f"{topic} 바쁜 시간이 {count} {have}어요. 자세한 시간은 화면에서 볼 수 있어요."
        return said + _not_read(unreadable)
    times = join_spoken([_period(period, asked, phrase) for period in busy], "ko")
    if unreadable:
        return f"{topic} {times} 일정이 {have}어요.{_not_read(unreadable)}"
    return f"{topic} {times} 일정이 {have}고, 나머지는 비어 {have}어요."


def calendars(names: Sequence[str | None]) -> str:
    """The calendars there are; None stands for the person's own, which is named by an address."""
    if not names:
        return "캘린더가 없어요."
    spoken = [
        "기본 캘린더" if name is None else speakable(name) or "이름 없는 캘린더"
        for name in spoken_part(names)
    ]
    head = f"캘린더가 {counted(len(names), '개')} 있어요."
    items = join_spoken(spoken, "ko")
    if len(spoken) == len(names):
        return f"{head} {josa(items, '이에요예요')}."
    return f"{head} 먼저 {josa(items, '이가')} 있고, 나머지는 화면에서 볼 수 있어요."


def now(moment: datetime, city: str | None) -> str:
    """The present moment; `city` names a zone that is not the person's."""
    day = speak_date(moment.date(), "ko", today=moment.date())
    time = josa(speak_time(moment, "ko"), "이에요예요")
    return f"{city} 시간으로 지금은 {day} {time}." if city else f"지금은 {day} {time}."


def _ends(asked: Asked) -> tuple[datetime, datetime]:
    return asked.window.start, asked.window.end


def _title(event: Occurrence) -> str:
    return speakable(event.title) or "제목 없는 일정"


def _topic(phrase: str) -> str:
    if not phrase or phrase.endswith("까지"):
        return phrase and f"{phrase}는"
    return josa(phrase, "은는") if phrase in _NEAR else f"{phrase}에는"


def _not_read(unreadable: int) -> str:
    return f" 캘린더 {counted(unreadable, '개')}는 확인하지 못했어요." if unreadable else ""


def _clock(moment: datetime, asked: Asked, phrase: str) -> str:
    """A time, without its half of the day where the window's name says it already."""
    time = speak_time(moment, "ko")
    half, _, clock = time.partition(" ")
    named = _HALVES & {_HALF_OF.get(word, word) for word in phrase.split()}
    return clock if clock and asked.one_day and named == {half} else time


def _day(day: date, asked: Asked) -> str:
    """A day in short: by its weekday inside a week."""
    named = speak_day(day, "ko", today=asked.today)
    return named if named in _NEAR or not asked.within_week else f"{_DAYS[day.weekday()]}요일"


def _hours(event: Occurrence, asked: Asked, phrase: str) -> str:
    """When an event is, within one day of it."""
    day = max(event.start.date(), asked.window.start.date())
    if event.all_day or last_day(event) > day > event.start.date():
        return "하루 종일"
    if event.start.date() < day:
        return f"{speak_time(event.end, 'ko')}까지"
    return _clock(event.start, asked, phrase)


def _moment(event: Occurrence, asked: Asked, phrase: str, *, day: bool) -> str:
    """When an event is, as briefly as the window allows; `day=False` leaves its day out."""
    if asked.one_day:
        return _hours(event, asked, phrase)
    first, last = event.start.date(), last_day(event)
    if event.all_day and first < last:
        begun = first < asked.window.start.date()
        return f"{'' if begun else _day(first, asked) + '부터 '}{_day(last, asked)}까지"
    shown = max(first, asked.window.start.date())
    return f"{_day(shown, asked) if day else ''} {_hours(event, asked, phrase)}".lstrip()


def _items(rows: Sequence[Occurrence], asked: Asked, phrase: str) -> list[str]:
    items: list[str] = []
    before: date | None = None
    for event in rows:
        when = _moment(event, asked, phrase, day=event.start.date() != before)
        items.append(f"{when} {_title(event)}")
        before = event.start.date()
    return items


def _exactly(event: Occurrence, today: date) -> str:
    """When an event is, by its date: what was done is said so that a mistake is heard."""
    day, last = event.start.date(), last_day(event)
    spoken = speak_date(day, "ko", today=today)
    if day < last:
        until = speak_date(last, "ko", today=day)  # its year only where it changes
        if event.all_day:
            return f"{spoken}부터 {until}까지"
        times = speak_time(event.start, "ko"), speak_time(event.end, "ko")
        return f"{spoken} {times[0]}부터 {until} {times[1]}까지"
    if event.all_day:
        return f"{spoken} 하루 종일"
    if event.end - event.start == DEFAULT_DURATION or event.end.date() != day:
        return f"{spoken} {speak_time(event.start, 'ko')}"
    return f"{spoken} {speak_times(event.start, event.end, 'ko')}"


def _period(period: Window, asked: Asked, phrase: str) -> str:
    if asked.one_day and period.end.date() == period.start.date():
        begin = _clock(period.start, asked, phrase)
        times = speak_times(period.start, period.end, "ko")
        return times.replace(speak_time(period.start, "ko"), begin, 1)
    return speak_period(period.start, period.end, "ko", today=asked.today)
