"""What the tools say in English. Pure; ids and addresses are never said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from arion_calendar.asked import FEW, Asked, Looked, last_day, spoken_part
from arion_calendar.holidays import holiday_name
from arion_calendar.occurrence import HOLIDAYS, Occurrence
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
_KINDS = {"events": "event", "holidays": "public holiday", "invitations": "unanswered invitation"}
_NEAR = ("today", "tomorrow", "yesterday")


def events(
    rows: Sequence[Occurrence], asked: Asked, *, more: bool = False, unreadable: int = 0
) -> str:
    """How many events a window holds, and the first few of them."""
    when = "" if asked.open_ended else f" {_window(asked)}"
    if asked.upcoming:
        said = _next(rows, asked)
    elif asked.about == "holidays":
        said = _holidays(rows, asked, when)
    else:
        said = _events(rows, asked, when, more=more)
    return said + _not_read(unreadable)


def _next(rows: Sequence[Occurrence], asked: Asked) -> str:
    kind = _KINDS[asked.about]
    if not rows:
        return f"There is no {kind} in the next three months."
    shown = spoken_part(rows)
    items = join_spoken(_items(shown, asked), "en")
    whose = "The" if asked.about == "holidays" else "Your"
    next_one = kind if asked.about == "invitations" else f"next {kind}"
    return (
        f"{whose} {next_one} is {items}." if len(rows) == 1 else f"{whose} {next_one}s are {items}."
    )


def _holidays(rows: Sequence[Occurrence], asked: Asked, when: str) -> str:
    if not rows and asked.query:
        return f"'{speakable(asked.query)}' isn't in the coming year."
    if not rows:
        day = f"{_window(asked).removeprefix('on ')} is not a public holiday."
        return day[0].upper() + day[1:] if asked.one_day else f"There are no public holidays{when}."
    named = [row for row in rows if asked.query and row.title == asked.query] or list(rows)
    if asked.query or (len(rows) == 1 and not asked.one_day):
        day = speak_date(named[0].start.date(), "en", today=asked.today)
        said = f"{title_of(named[0])} is on {day}."
    elif asked.one_day:
        said = f"{_window(asked).removeprefix('on ')} is {title_of(rows[0])}."
    else:
        items = join_spoken(_items(spoken_part(rows), asked), "en")
        rest = "" if len(spoken_part(rows)) == len(rows) else " The rest is on the screen."
        said = f"There are {count_of(len(rows), 'public holiday')}{when}: {items}.{rest}"
    return said[0].upper() + said[1:]


def _events(rows: Sequence[Occurrence], asked: Asked, when: str, *, more: bool) -> str:
    have = "had" if asked.past else "have"
    matching = f" matching '{speakable(asked.query)}'" if asked.query else ""
    noun = _KINDS[asked.about]
    if not rows:
        special = asked.query or asked.about != "events"
        nothing = f"no {noun}s{matching}" if special else "nothing on your calendar"
        return f"You {have} {nothing}{when}."
    spoken = spoken_part(rows, more=more)
    count = f"more than {len(rows)} {noun}s" if more else count_of(len(rows), noun)
    head = f"You {have} {count}{matching}{when}"
    items = join_spoken(_items(spoken, asked), "en")
    if len(spoken) == len(rows) and not more:
        return f"{head}: {items}."
    return f"{head}. The first {_be(len(spoken))} {items}. The rest is on the screen."


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


def slots(
    found: Sequence[Window], asked: Asked, looked: Looked, *, read: int, unreadable: int
) -> str:
    """When something of that length would fit, and where it was not looked for."""
    if not read:
        return "I couldn't read your calendar, so I can't tell when you're free."
    length = spoken_length(looked.length)
    if not found:
        said = f"There is no time for {length} {_window(asked)}."
    else:
        items = [
            speak_period(it.start, it.end, "en", today=asked.today) for it in spoken_part(found)
        ]
        said = f"You have {length} free {join_spoken(items, 'en')}."
        if len(items) < len(found):
            said += " The rest is on the screen."
    return said + _left_out(asked, looked) + _not_read(unreadable)


def spoken_length(length: timedelta) -> str:
    """How long something takes: "30 minutes", "an hour and a half"."""
    hours, minutes = divmod(int(length.total_seconds() // 60), 60)
    whole = "an hour" if hours == 1 else f"{number_word(hours)} hours" if hours else ""
    rest = "a half" if minutes == 30 and hours else f"{minutes} minutes" if minutes else ""
    return " and ".join(part for part in (whole, rest) if part)


def details(event: Occurrence, guests: Sequence[str], *, organizer: str | None, today: date) -> str:
    """When and where an event is, and who comes."""
    said = f"'{title_of(event)}' is {exactly(event, today)}."
    if event.series or event.recurring:
        said += " It repeats."
    if speakable(event.location):
        said += f" The place is {speakable(event.location)}."
    if organizer:
        said += f" {organizer} invited you."
    if guests:
        rest = len(guests) - FEW
        names = [*guests[:FEW], *([f"{number_word(rest)} more"] if rest > 0 else [])]
        said += f" With {join_spoken(names, 'en')}."
    return said + (" There is a video meeting." if event.meeting else "")


def calendars(names: Sequence[str | None]) -> str:
    """The calendars there are; None stands for the person's own, which is named by an address."""
    if not names:
        return "You have no calendars."
    spoken = [
        "your main calendar" if name is None else speakable(name) or "one without a name"
        for name in spoken_part(names)
    ]
    items = join_spoken(spoken, "en")
    head = f"You have {count_of(len(names), 'calendar')}"
    if len(spoken) == len(names):
        return f"{head}: {items}."
    return f"{head}. The first {_be(len(spoken))} {items}. The rest is on the screen."


def now(moment: datetime, city: str | None) -> str:
    """The present moment; `city` names a zone that is not the person's."""
    day = speak_date(moment.date(), "en", today=moment.date())
    there = f" in {city}" if city else ""
    return f"It's {speak_time(moment, 'en')} on {day}{there}."


def _left_out(asked: Asked, looked: Looked) -> str:
    if not looked.working:
        return ""
    said = " Weekends are left out."
    if looked.skipped:
        names = [
            f"{holiday_name(name, 'en')} on {speak_date(day, 'en', today=asked.today)}"
            for day, name in looked.skipped[:FEW]
        ]
        said = f" Weekends and public holidays ({join_spoken(names, 'en')}) are left out."
    return said if looked.holidays_known else f"{said} Public holidays couldn't be read."


def _window(asked: Asked) -> str:
    return speak_window(asked.window.start, asked.window.end, "en", now=asked.now)


def title_of(event: Occurrence) -> str:
    """An event's title as it can be said."""
    if event.calendar_id == HOLIDAYS:
        return holiday_name(event.title, "en")
    return speakable(event.title) or "an untitled event"


def count_of(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number_word(number)} {noun}{'' if number == 1 else 's'}"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _not_read(unreadable: int) -> str:
    return (
        f" {count_of(unreadable, 'calendar').capitalize()} couldn't be read." if unreadable else ""
    )


def _day(day: date, asked: Asked) -> str:
    """A day in short, with its preposition: by its weekday inside a week."""
    named = speak_day(day, "en", today=asked.today)
    if named in _NEAR:
        return named
    return f"on {_DAYS[day.weekday()] if asked.within_week else named}"


def _hours(event: Occurrence, shown: date) -> str:
    """When an event is, within one day of it."""
    if event.calendar_id == HOLIDAYS:
        return ""
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
        items.append(f"{title_of(event)} {when}".strip())
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
    return f"{_day(shown, asked) if day else ''} {_hours(event, shown)}".strip()


def exactly(event: Occurrence, today: date) -> str:
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
