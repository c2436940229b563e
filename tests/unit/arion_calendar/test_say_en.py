"""What is said in English."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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

from arion_calendar import change_en as change
from arion_calendar import say_en as say
from arion_calendar.changed import Answered, Guests, Made, NewEvent
from arion_calendar.times import Window

TODAY = at(22).date()
MEETING = event("Weekly meeting", at(23, 10))
DENTIST = event("Dentist", at(23, 15))


def test_an_empty_day_is_said_to_be_empty() -> None:
    assert say.events([], TOMORROW) == "You have nothing on your calendar tomorrow."
    assert say.events([], YESTERDAY) == "You had nothing on your calendar yesterday."


def test_events_are_counted_and_listed() -> None:
    assert say.events([DENTIST], TOMORROW_AFTERNOON) == (
        "You have one event tomorrow afternoon: Dentist at 3 PM."
    )
    assert say.events([MEETING, DENTIST], TOMORROW) == (
        "You have two events tomorrow: Weekly meeting at 10 AM and Dentist at 3 PM."
    )


def test_events_of_a_week_are_said_with_their_days() -> None:
    rows = [MEETING, DENTIST, event("Trip", at(25), at(27), all_day=True)]
    assert say.events(rows, NEXT_WEEK) == (
        "You have three events next week: Weekly meeting tomorrow at 10 AM, Dentist at 3 PM, "
        "and Trip from Wednesday to Thursday."
    )


def test_of_many_events_the_first_few_are_said() -> None:
    rows = [event(f"Call {number}", at(23, 9 + number)) for number in range(5)]
    assert say.events(rows, TOMORROW) == (
        "You have five events tomorrow. The first are Call 0 at 9 AM, Call 1 at 10 AM, and "
        "Call 2 at 11 AM. The rest is on the screen."
    )
    assert say.events([MEETING], TOMORROW, more=True) == (
        "You have more than 1 events tomorrow. The first is Weekly meeting at 10 AM. "
        "The rest is on the screen."
    )


def test_an_event_that_began_before_the_window_says_until_when() -> None:
    night = event("Night shift", at(22, 22), at(23, 7))
    assert say.events([night], TOMORROW) == "You have one event tomorrow: Night shift until 7 AM."
    trip = event("Trip", at(20), at(26), all_day=True)
    assert say.events([trip], NEXT_WEEK) == "You have one event next week: Trip until Wednesday."


def test_a_search_says_what_was_searched() -> None:
    search = asked(at(22), at(112), query="dentist", open_ended=True)
    assert say.events([], search) == "You have no events matching 'dentist'."
    assert say.events([event("Dentist", at(25, 15))], search) == (
        "You have one event matching 'dentist': Dentist on Wednesday, November 25 at 3 PM."
    )


def test_a_new_event_is_said_with_its_date_and_conflicts() -> None:
    said = change.created(Made(DENTIST, conflicts=(MEETING,)), today=TODAY)
    assert said == (
        "Added 'Dentist' on Monday, November 23 at 3 PM. "
        "You also have 'Weekly meeting' at that time."
    )
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
    assert two.endswith("You also have two other events at that time.")


def test_lengths_of_new_events_are_said() -> None:
    long = event("Workshop", at(23, 14), at(23, 17, 30))
    assert change.created(Made(long), today=TODAY) == (
        "Added 'Workshop' on Monday, November 23 from 2 to 5:30 PM."
    )
    day = event("Vacation", at(23), all_day=True)
    assert change.created(Made(day), today=TODAY) == (
        "Added 'Vacation' on Monday, November 23, all day."
    )
    days = event("Trip", at(23), at(26), all_day=True)
    assert change.created(Made(days), today=TODAY) == (
        "Added 'Trip' from Monday, November 23 to Wednesday, November 25."
    )
    night = event("Night shift", at(23, 22), at(24, 6), attendees=1)
    assert change.created(Made(night, mailed=True), today=TODAY) == (
        "Added 'Night shift' from Monday, November 23 at 10 PM to Tuesday, November 24 at 6 AM. "
        "Invitations were sent."
    )


def test_a_repetition_says_that_it_was_there() -> None:
    assert change.created(Made(DENTIST, existed=True), today=TODAY) == (
        "'Dentist' is already on your calendar, on Monday, November 23 at 3 PM."
    )


def test_a_series_is_called_one() -> None:
    weekly = event("Standup", at(23, 10), series=True)
    assert change.created(Made(weekly), today=TODAY) == (
        "Added the repeating event 'Standup', starting on Monday, November 23 at 10 AM."
    )
    assert change.removed(removal(weekly), today=TODAY) == "Deleted every occurrence of 'Standup'."


def test_a_deleted_event_is_named() -> None:
    assert change.removed(removal(DENTIST), today=TODAY) == (
        "Deleted 'Dentist' on Monday, November 23 at 3 PM."
    )
    assert change.gone("") == "That event was already deleted."
    once = event("Standup", at(23, 10), recurring=True)
    assert change.removed(removal(once), today=TODAY).endswith("Its other occurrences stay.")


def test_free_and_busy_times() -> None:
    busy = [Window(at(23, 10), at(23, 11)), Window(at(23, 15), at(23, 16, 30))]
    assert say.free_busy([], TOMORROW, read=1, unreadable=0) == "You are free tomorrow."
    assert say.free_busy(busy, TOMORROW, read=1, unreadable=0) == (
        "You are busy tomorrow: 10 to 11 AM and 3 to 4:30 PM. The rest is free."
    )
    assert say.free_busy([TOMORROW.window], TOMORROW, read=1, unreadable=0) == (
        "You are busy the whole time tomorrow."
    )
    many = [Window(at(23, 8 + 2 * number), at(23, 9 + 2 * number)) for number in range(6)]
    assert say.free_busy(many, TOMORROW, read=1, unreadable=0) == (
        "You are busy six times tomorrow. The exact times are on the screen."
    )


def test_an_unknown_calendar_is_never_called_free() -> None:
    assert say.free_busy([], TOMORROW, read=0, unreadable=1) == (
        "I couldn't read your calendar, so I can't tell whether you're free."
    )
    assert say.free_busy([], TOMORROW, read=1, unreadable=1) == (
        "Nothing is on the calendars I could read tomorrow. One calendar couldn't be read."
    )
    partly = say.free_busy([Window(at(23, 10), at(23, 11))], TOMORROW, read=1, unreadable=2)
    assert partly == "You are busy tomorrow: 10 to 11 AM. Two calendars couldn't be read."


def test_calendars_are_counted_and_named() -> None:
    assert say.calendars([]) == "You have no calendars."
    assert say.calendars([None, "Family"]) == (
        "You have two calendars: your main calendar and Family."
    )


def test_the_time_is_said_with_its_day() -> None:
    moment = datetime(2026, 11, 22, 15, 30, tzinfo=SEOUL)
    assert say.now(moment, None) == "It's 3:30 PM on Sunday, November 22."
    there = moment.astimezone(ZoneInfo("America/New_York"))
    assert say.now(there, "New York") == "It's 1:30 AM on Sunday, November 22 in New York."


PEOPLE = Guests(("Emma", "Bob"), mailed=True)


def test_a_move_is_asked_about_and_told() -> None:
    to = moved(DENTIST, at(27, 16), guests=PEOPLE)
    assert change.ask_update(to, today=TODAY) == (
        "Move 'Dentist' to Friday, November 27 at 4 PM? Emma and Bob will get an update by mail."
    )
    assert change.updated(to, today=TODAY) == (
        "Moved 'Dentist' to Friday, November 27 at 4 PM. The guests were told."
    )
    renamed = moved(DENTIST, DENTIST.start, names=("summary", "location"))
    assert change.updated(renamed, today=TODAY) == "Changed the title and the place of 'Dentist'."


def test_a_deletion_is_asked_about() -> None:
    assert change.ask_delete(removal(DENTIST), today=TODAY) == (
        "Delete 'Dentist' on Monday, November 23 at 3 PM?"
    )
    weekly = event("Standup", at(23, 10), recurring=True)
    assert change.ask_delete(removal(weekly, "following"), today=TODAY) == (
        "Delete 'Standup' on Monday, November 23 at 10 AM and all that follow?"
    )
    assert change.ask_delete(removal(weekly, guests=PEOPLE), today=TODAY) == (
        "Delete only 'Standup' on Monday, November 23 at 10 AM? "
        "Emma and Bob will get a cancellation by mail."
    )


def test_answers_and_invitations_are_said() -> None:
    invited = event("Kickoff", at(23, 14))
    assert change.answered(Answered(invited, "accepted"), today=TODAY) == (
        "Accepted the invitation to 'Kickoff' on Monday, November 23 at 2 PM."
    )
    asked_for = change.ask_create(NewEvent(invited, PEOPLE), today=TODAY)
    assert asked_for == (
        "Add 'Kickoff' on Monday, November 23 at 2 PM and send invitations to Emma and Bob?"
    )


def test_lengths_are_said() -> None:
    lengths = [say.spoken_length(timedelta(minutes=it)) for it in (30, 60, 90, 120)]
    assert lengths == ["30 minutes", "an hour", "an hour and a half", "two hours"]
