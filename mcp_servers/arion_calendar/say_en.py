"""What the tools say in English. Pure; ids and addresses are never said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from arion_calendar.asked import Asked, last_day, spoken_part
from arion_calendar.occurrence import Occurrence
from arion_calendar.times import DEFAULT_DURATION, Window
from arion_kit.speech import (
    join_spoken,
    number_word,
    speak_date,
    speak_day,
    speak_period,
    speak_time,
    speak_times,
    speak_window,
    speakable,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NEAR = ("today", "tomorrow", "yesterday")


def events(
    rows: Sequence[Occurrence], asked: Asked, *, more: bool = False, unreadable: int = 0
) -> str:
    """How many events a window holds, and the first few of them."""
    when = "" if asked.open_ended else f" {_window(asked)}"
    return _events(rows, asked, when, more=more) + _not_read(unreadable)


def _events(rows: Sequence[Occurrence], asked: Asked, when: str, *, more: bool) -> str:
    have = "had" if asked.past else "have"
    matching = f" matching '{speakable(asked.query)}'" if asked.query else ""
    if not rows:
        nothing = f"no events{matching}" if asked.query else "nothing on your calendar"
        return f"You {have} {nothing}{when}."
    spoken = spoken_part(rows, more=more)
    count = f"more than {len(rows)} events" if more else _count(len(rows), "event")
    head = f"You {have} {count}{matching}{when}"
    items = join_spoken(_items(spoken, asked), "en")
    if len(spoken) == len(rows) and not more:
        return f"{head}: {items}."
    return f"{head}. The first {_be(len(spoken))} {items}. The rest is on the screen."


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
    if existed:
        return f"'{_title(event)}' is already on your calendar, {when}."
    if event.series:
        return f"Added the repeating event '{_title(event)}', starting {when}."
    said = f"Added '{_title(event)}' {when}."
    if conflicts:
        one = f"'{_title(conflicts[0])}'"
        many = _count(len(conflicts), "other event")
        there = "that day" if event.all_day else "at that time"
        said += f" You also have {one if len(conflicts) == 1 else many} {there}."
    if event.attendees:
        said += " Invitations were sent." if mailed else " No invitations were sent."
    return said


def deleted(title: str, event: Occurrence | None, *, today: date) -> str:
    """What was taken out of the calendar; `event` is None when it was gone already."""
    name = f"'{speakable(title)}'" if speakable(title) else "That event"
    if event is None:
        return f"{name} was already deleted."
    if event.series:
        return f"Deleted every occurrence of '{_title(event)}'."
    said = f"Deleted '{_title(event)}' {_exactly(event, today)}."
    return f"{said} Its other occurrences stay." if event.recurring else said


def free_busy(busy: Sequence[Window], asked: Asked, *, read: int, unreadable: int) -> str:
    """When the person is busy; a calendar that could not be read is never called free."""
    when, are = _window(asked), "were" if asked.past else "are"
    if not read:
        return "I couldn't read your calendar, so I can't tell whether you're free."
    if not busy:
        free = "Nothing is on the calendars I could read" if unreadable else f"You {are} free"
        return f"{free} {when}.{_not_read(unreadable)}"
    if busy[0] == asked.window:
        return f"You {are} busy the whole time {when}.{_not_read(unreadable)}"
    if len(spoken_part(busy)) < len(busy):
        said = f"You {are} busy {number_word(len(busy))} times {when}."
        return f"{said} The exact times are on the screen.{_not_read(unreadable)}"
    times = join_spoken([_period(period, asked) for period in busy], "en")
    rest = "" if unreadable else " The rest is free."
    return f"You {are} busy {when}: {times}.{rest}{_not_read(unreadable)}"


def calendars(names: Sequence[str | None]) -> str:
    """The calendars there are; None stands for the person's own, which is named by an address."""
    if not names:
        return "You have no calendars."
    spoken = [
        "your main calendar" if name is None else speakable(name) or "one without a name"
        for name in spoken_part(names)
    ]
    items = join_spoken(spoken, "en")
    head = f"You have {_count(len(names), 'calendar')}"
    if len(spoken) == len(names):
        return f"{head}: {items}."
    return f"{head}. The first {_be(len(spoken))} {items}. The rest is on the screen."


def now(moment: datetime, city: str | None) -> str:
    """The present moment; `city` names a zone that is not the person's."""
    day = speak_date(moment.date(), "en", today=moment.date())
    there = f" in {city}" if city else ""
    return f"It's {speak_time(moment, 'en')} on {day}{there}."


def _window(asked: Asked) -> str:
    return speak_window(asked.window.start, asked.window.end, "en", now=asked.now)


def _title(event: Occurrence) -> str:
    return speakable(event.title) or "an untitled event"


def _count(number: int, noun: str) -> str:
    return f"{number_word(number)} {noun}{'' if number == 1 else 's'}"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _not_read(unreadable: int) -> str:
    return f" {_count(unreadable, 'calendar').capitalize()} couldn't be read." if unreadable else ""


def _day(day: date, asked: Asked) -> str:
    """A day in short, with its preposition: by its weekday inside a week."""
    named = speak_day(day, "en", today=asked.today)
    if named in _NEAR:
        return named
    return f"on {_DAYS[day.weekday()] if asked.within_week else named}"


def _hours(event: Occurrence, shown: date) -> str:
    """When an event is, within one day of it."""
    if event.all_day or last_day(event) > shown > event.start.date():
        return "all day"
    if event.start.date() < shown:
        return f"until {speak_time(event.end, 'en')}"
    return f"at {speak_time(event.start, 'en')}"


def _items(rows: Sequence[Occurrence], asked: Asked) -> list[str]:
    items: list[str] = []
    before: date | None = None
    for event in rows:
        when = _moment(event, asked, day=event.start.date() != before)
        items.append(f"{_title(event)} {when}")
        before = event.start.date()
    return items


def _moment(event: Occurrence, asked: Asked, *, day: bool) -> str:
    """When an event is, as briefly as the window allows; `day=False` leaves its day out."""
    first, last = event.start.date(), last_day(event)
    begin = asked.window.start.date()
    shown = max(first, begin)
    if asked.one_day:
        return _hours(event, shown)
    if event.all_day and first < last:
        until = _day(last, asked).removeprefix("on ")
        since = _day(first, asked).removeprefix("on ")
        return f"until {until}" if first < begin else f"from {since} to {until}"
    return f"{_day(shown, asked) if day else ''} {_hours(event, shown)}".lstrip()


def _exactly(event: Occurrence, today: date) -> str:
    """When an event is, by its date: what was done is said so that a mistake is heard."""
    day, last = event.start.date(), last_day(event)
    spoken = speak_date(day, "en", today=today)
    if day < last:
        until = speak_date(last, "en", today=day)  # its year only where it changes
        if event.all_day:
            return f"from {spoken} to {until}"
        times = speak_time(event.start, "en"), speak_time(event.end, "en")
        return f"from {spoken} at {times[0]} to {until} at {times[1]}"
    if event.all_day:
        return f"on {spoken}, all day"
    if event.end - event.start == DEFAULT_DURATION or event.end.date() != day:
        return f"on {spoken} at {speak_time(event.start, 'en')}"
    return f"on {spoken} from {speak_times(event.start, event.end, 'en')}"


def _period(period: Window, asked: Asked) -> str:
    if asked.one_day and period.end.date() == period.start.date():
        return speak_times(period.start, period.end, "en")
    return speak_period(period.start, period.end, "en", today=asked.today)
