"""What is asked before a change, and said after it, in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arion_calendar.changed import Answered, Changed, Guests, Made, NewEvent, Removal
from arion_calendar.holidays import holiday_name
from arion_calendar.occurrence import Occurrence
from arion_calendar.say_en import count_of, exactly, title_of
from arion_kit.speech import join_spoken, number_word, speakable

_FIELDS = {
    "summary": "the title",
    "location": "the place",
    "description": "the description",
    "attendees": "the guests",
    "recurrence": "how it repeats",
    "reminders": "the reminders",
    "meet": "the video meeting",
}
_ANSWERS = {
    "accepted": "Accepted the invitation to",
    "declined": "Declined the invitation to",
    "tentative": "Answered maybe to",
    "needsAction": "Took back the answer to",
}
_MEETINGS = {
    "made": "A video meeting was added.",
    "pending": "The link of the video meeting will be there in a moment.",
}
_NAMED = 3


def ask_create(new: NewEvent, *, today: date) -> str:
    """Whether to put an event in and invite people."""
    people = _people(new.guests.names)
    when = exactly(new.event, today)
    if new.guests.mailed:
        return f"Add '{title_of(new.event)}' {when} and send invitations to {people}?"
    return f"Add '{title_of(new.event)}' {when} and invite {people} without mail?"


def ask_update(changed: Changed, *, today: date) -> str:
    """Whether to change an event; names who gets mail and what is lost."""
    said = f"{_what(changed, today, asking=True)}?"
    if changed.reset:
        moved = count_of(changed.reset, "occurrence")
        said += f" {moved.capitalize()} that had been moved will go back to the usual time."
    return said + _mail(changed.guests, "an update")


def ask_delete(removal: Removal, *, today: date) -> str:
    """Whether to delete an event, one of a series, its rest or all of it."""
    title, when = title_of(removal.event), exactly(removal.event, today)
    if removal.scope == "all" and removal.series:
        said = f"Delete every occurrence of '{title}'?"
    elif removal.scope == "following":
        said = f"Delete '{title}' {when} and all that follow?"
    else:
        only = "only " if removal.event.recurring else ""
        said = f"Delete {only}'{title}' {when}?"
    return said + _mail(removal.guests, "a cancellation")


def ask_restore(title: str, guests: Guests) -> str:
    """Whether to put back what was there before."""
    return f"Put '{_short(title)}' back as it was?" + _mail(guests, "an update")


def created(made: Made, *, today: date) -> str:
    """What was put into the calendar, and what else is at that time."""
    event, when = made.event, exactly(made.event, today)
    title = f"'{title_of(event)}'"
    if made.existed:
        return f"{title} is already on your calendar, {when}."
    what = f"the repeating event {title}, starting" if event.series else title
    sent = "Invitations were sent." if made.mailed else "No invitations were sent."
    return _told(
        f"Added {what} {when}.",
        conflicts_told(event, made.conflicts),
        holiday_told(made.holiday),
        _MEETINGS["pending" if event.meeting == "pending" else "made"] if event.meeting else "",
        sent if event.attendees else "",
    )


def gone(title: str) -> str:
    """That an event was deleted before."""
    name = f"'{speakable(title)}'" if speakable(title) else "That event"
    return f"{name} was already deleted."


def updated(changed: Changed, *, today: date) -> str:
    """What an event is now."""
    if not changed.names:
        return f"'{title_of(changed.event)}' is like that already."
    told = "The guests were told." if changed.guests.mailed else "The guests were not told."
    return _told(
        f"{_what(changed, today, asking=False)}.",
        conflicts_told(changed.event, changed.conflicts),
        holiday_told(changed.holiday),
        _MEETINGS["pending"] if changed.meeting == "pending" else "",
        told if changed.guests.names else "",
    )


def restored(title: str, *, deleted: bool) -> str:
    """What was put back; `deleted` where it had been gone."""
    if deleted:
        return f"'{_short(title)}' is back on your calendar."
    return f"Put '{_short(title)}' back as it was."


def removed(removal: Removal, *, today: date) -> str:
    """What was deleted."""
    title, when = title_of(removal.event), exactly(removal.event, today)
    if removal.scope == "all" and removal.series:
        said = f"Deleted every occurrence of '{title}'."
    elif removal.scope == "following":
        said = f"Deleted '{title}' {when} and all that follow."
    else:
        said = f"Deleted '{title}' {when}."
        said += " Its other occurrences stay." if removal.event.recurring else ""
    return said + (" Cancellations were sent." if removal.guests.mailed else "")


def answered(answer: Answered, *, today: date) -> str:
    """What an invitation was answered with."""
    event = answer.event
    said = f"{_ANSWERS[answer.response]} '{title_of(event)}' {exactly(event, today)}."
    return _told(said, conflicts_told(event, answer.conflicts))


def not_invited(title: str) -> tuple[str, str]:
    """Why there is nothing to answer, and what to do."""
    return (
        f"There is no invitation to '{_short(title)}' to answer.",
        "Check whether somebody else invited you to it.",
    )


def conflicts_told(event: Occurrence, conflicts: Sequence[Occurrence]) -> str:
    """What else is at that time; empty when nothing is."""
    if not conflicts:
        return ""
    one = f"'{title_of(conflicts[0])}'"
    many = count_of(len(conflicts), "other event")
    there = "that day" if event.all_day else "at that time"
    return f"You also have {one if len(conflicts) == 1 else many} {there}."


def holiday_told(name: str | None) -> str:
    """That the day is a public holiday; empty when it is none."""
    return f"That day is {holiday_name(name, 'en')}." if name else ""


def _told(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _what(changed: Changed, today: date, *, asking: bool) -> str:
    move, turn = ("Move", "change") if asking else ("Moved", "changed")
    subject = _subject(changed, today)
    others = join_spoken([_FIELDS[name] for name in changed.names if name in _FIELDS], "en")
    if "start" not in changed.names:
        return f"{turn.capitalize()} {others} of {subject}"
    when = exactly(changed.event, today).removeprefix("on ")
    to = when if when.startswith("from ") else f"to {when}"
    said = f"{move} {subject} {to}"
    return f"{said} and {turn} {others}" if others else said


def _subject(changed: Changed, today: date) -> str:
    title = f"'{_short(changed.title)}'"
    if changed.scope == "all" and changed.series:
        return f"every occurrence of {title}"
    if changed.scope == "following":
        return f"{title} {exactly(changed.old, today)} and all that follow"
    return title


def _people(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        rest = number_word(len(names) - _NAMED)
        return f"{', '.join(names[:_NAMED])} and {rest} more"
    return join_spoken(names, "en")


def _mail(guests: Guests, kind: str) -> str:
    if not guests.names:
        return ""
    if guests.mailed:
        return f" {_people(guests.names)} will get {kind} by mail."
    return f" {_people(guests.names)} will see it, without mail."


def _short(title: str) -> str:
    return speakable(title) or "an untitled event"
