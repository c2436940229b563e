"""What the tools say in Korean (해요체). Pure; ids and addresses are never said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from arion_calendar.asked import FEW, Asked, Looked, last_day, spoken_part
from arion_calendar.holidays import holiday_name
from arion_calendar.occurrence import HOLIDAYS, Occurrence
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
_KINDS = {"events": "일정", "holidays": "공휴일", "invitations": "아직 답하지 않은 초대"}
_NEAR = ("오늘", "내일", "모레", "어제", "그저께")


def events(
    rows: Sequence[Occurrence], asked: Asked, *, more: bool = False, unreadable: int = 0
) -> str:
    """How many events a window holds, and the first few of them."""
    phrase = "" if asked.open_ended else speak_window(*_ends(asked), "ko", now=asked.now)
    if asked.upcoming:
        said = _next(rows, asked)
    elif asked.about == "holidays":
        said = _holidays(rows, asked, phrase)
    else:
        said = _events(rows, asked, phrase, more=more)
    return said + _not_read(unreadable)


def _next(rows: Sequence[Occurrence], asked: Asked) -> str:
    kind = _KINDS[asked.about]
    if not rows:
        return f"앞으로 석 달 동안은 {josa(kind, '이가')} 없어요."
    items = join_spoken(_items(spoken_part(rows), asked, ""), "ko")
    head = kind if asked.about == "invitations" else f"다음 {kind}"
    return f"{josa(head, '은는')} {josa(items, '이에요예요')}."


def _holidays(rows: Sequence[Occurrence], asked: Asked, phrase: str) -> str:
    topic = _topic(phrase)
    if not rows:
        if asked.query:
            return f"{josa(speakable(asked.query), '은는')} 앞으로 일 년 안에 없어요."
        if asked.one_day:
            return f"{josa(phrase, '은는')} 공휴일이 아니에요."
        return f"{topic} 공휴일이 없어요."
    named = [row for row in rows if asked.query and row.title == asked.query] or list(rows)
    if asked.query or (len(rows) == 1 and not asked.one_day):
        day = speak_date(named[0].start.date(), "ko", today=asked.today)
        return f"{josa(title_of(named[0]), '은는')} {josa(day, '이에요예요')}."
    if asked.one_day:
        names = ", ".join(dict.fromkeys(title_of(row) for row in rows))
        return f"{topic} {josa(names, '이에요예요')}."
    items = join_spoken(_items(spoken_part(rows), asked, phrase), "ko")
    head = f"{topic} 공휴일이 {counted(len(rows), '개')} 있어요."
    if len(spoken_part(rows)) == len(rows):
        return f"{head} {josa(items, '이에요예요')}."
    return f"{head} 먼저 {josa(items, '이가')} 있고, 나머지는 화면에서 볼 수 있어요."


def _events(rows: Sequence[Occurrence], asked: Asked, phrase: str, *, more: bool) -> str:
    kind = f"'{speakable(asked.query)}' 일정" if asked.query else _KINDS[asked.about]
    topic = phrase if asked.query else _topic(phrase)
    have, none = ("있었", "없었") if asked.past else ("있", "없")
    if not rows:
        return f"{topic} {josa(kind, '은는' if asked.query else '이가')} {none}어요.".lstrip()
    spoken = spoken_part(rows, more=more)
    if len(rows) == 1 and not more:
        when, title = _moment(rows[0], asked, phrase, day=True), josa(title_of(rows[0]), "이가")
        at = "에" if when.endswith(("시", "분", "반")) else ""
        return f"{_topic(phrase)} {when}{at} {title} {have}어요.".lstrip()
    count = f"{len(rows)}개 넘게" if more else counted(len(rows), "개")
    head = f"{topic} {josa(kind, '이가')} {count} {have}어요.".lstrip()
    items = join_spoken(_items(spoken, asked, phrase), "ko")
    if len(spoken) == len(rows) and not more:
        return f"{head} {josa(items, '이에요예요')}."
    return f"{head} 먼저 {josa(items, '이가')} 있고, 나머지는 화면에서 볼 수 있어요."


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


def slots(
    found: Sequence[Window], asked: Asked, looked: Looked, *, read: int, unreadable: int
) -> str:
    """When something of that length would fit, and where it was not looked for."""
    if not read:
        return "캘린더를 확인하지 못해서, 언제 비어 있는지 알 수 없어요."
    length = spoken_length(looked.length)
    if not found:
        phrase = _topic(speak_window(*_ends(asked), "ko", now=asked.now))
        said = f"{phrase} {length} 비는 때가 없어요."
    else:
        items = [
            speak_period(it.start, it.end, "ko", today=asked.today) for it in spoken_part(found)
        ]
        head = f"{length} 비는 때는"
        said = f"{head} {josa(join_spoken(items, 'ko'), '이에요예요')}."
        if len(items) < len(found):
            said += " 나머지는 화면에서 볼 수 있어요."
    return said + _left_out(asked, looked) + _not_read(unreadable)


def spoken_length(length: timedelta) -> str:
    """How long something takes: "30분", "한 시간 반"."""
    hours, minutes = divmod(int(length.total_seconds() // 60), 60)
    whole = f"{counted(hours, '시간')}" if hours else ""
    rest = "반" if minutes == 30 and hours else f"{minutes}분" if minutes else ""
    return f"{whole} {rest}".strip()


def details(event: Occurrence, guests: Sequence[str], *, organizer: str | None, today: date) -> str:
    """When and where an event is, and who comes."""
    when = exactly(event, today)
    said = f"'{title_of(event)}' 일정은 {josa(when, '이에요예요')}."
    if event.series or event.recurring:
        said += " 반복되는 일정이에요."
    if speakable(event.location):
        said += f" 장소는 {josa(speakable(event.location), '이에요예요')}."
    if organizer:
        said += f" {organizer} 님이 초대했어요."
    if guests:
        rest = len(guests) - FEW
        names = ", ".join(guests[:FEW]) + " 님"
        names += f" 외 {counted(rest, '명')}" if rest > 0 else ""
        said += f" 참석자는 {names}이에요."
    if event.meeting:
        said += " 화상 회의가 있어요."
    return said


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


def title_of(event: Occurrence) -> str:
    """An event's title as it can be said."""
    if event.calendar_id == HOLIDAYS:
        return holiday_name(event.title, "ko")
    return speakable(event.title) or "제목 없는 일정"


def _left_out(asked: Asked, looked: Looked) -> str:
    if not looked.working:
        return ""
    said = " 주말은 빼고 찾았어요."
    if looked.skipped:
        day, name = looked.skipped[0]
        more = f" 등 {counted(len(looked.skipped), '번')}" if len(looked.skipped) > 1 else ""
        spoken = speak_date(day, "ko", today=asked.today)
        said = f" 주말과 공휴일({spoken} {holiday_name(name, 'ko')}{more})은 빼고 찾았어요."
    return said if looked.holidays_known else f"{said} 공휴일은 확인하지 못했어요."


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
    if event.calendar_id == HOLIDAYS:
        return ""
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
    return f"{_day(shown, asked) if day else ''} {_hours(event, asked, phrase)}".strip()


def _items(rows: Sequence[Occurrence], asked: Asked, phrase: str) -> list[str]:
    items: list[str] = []
    before: date | None = None
    for event in rows:
        when = _moment(event, asked, phrase, day=event.start.date() != before)
        items.append(f"{when} {title_of(event)}".strip())
        before = event.start.date()
    return items


def exactly(event: Occurrence, today: date) -> str:
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
