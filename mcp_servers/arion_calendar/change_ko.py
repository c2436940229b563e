"""What is asked before a change, and said after it, in Korean (해요체)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arion_calendar.changed import Answered, Changed, Guests, Made, NewEvent, Removal
from arion_calendar.holidays import holiday_name
from arion_calendar.occurrence import Occurrence
from arion_calendar.say_ko import exactly, title_of
from arion_calendar.target import Scope
from arion_kit.speech import counted, join_spoken, josa, speakable

_FIELDS = {
    "summary": "이름",
    "location": "장소",
    "description": "설명",
    "attendees": "참석자",
    "recurrence": "반복",
    "reminders": "알림",
    "meet": "화상 회의",
}
_ANSWERS = {
    "accepted": "참석한다고",
    "declined": "참석하지 않는다고",
    "tentative": "참석할지 아직 모른다고",
    "needsAction": "아직 답하지 않은 것으로",
}
_NAMED = 3


def ask_create(new: NewEvent, *, today: date) -> str:
    """Whether to put an event in and invite people."""
    when = _at(exactly(new.event, today))
    people, title = _people(new.guests.names), title_of(new.event)
    if new.guests.mailed:
        return f"{when} '{title}' 일정을 넣고 {people}께 초대 메일을 보낼까요?"
    return f"{when} '{title}' 일정을 넣고 {josa(people, '을를')} 메일 없이 초대할까요?"


def ask_update(changed: Changed, *, today: date) -> str:
    """Whether to change an event; names who gets mail and what is lost."""
    what = _what(changed, today, asking=True)
    said = f"{what}까요?"
    if changed.reset:
        said += f" 따로 옮겨 둔 일정 {counted(changed.reset, '개')}는 원래 시간으로 돌아가요."
    return said + _mail(changed.guests, "변경")


def ask_delete(removal: Removal, *, today: date) -> str:
    """Whether to delete an event, one of a series, its rest or all of it."""
    event = removal.event
    title = title_of(event)
    if removal.scope == "all" and removal.series:
        quoted = josa(f"'{title}'", "을를")
        said = f"반복 일정 {quoted} 모두 삭제할까요?"
    elif removal.scope == "following":
        said = f"{exactly(event, today)} '{title}' 일정부터 그 뒤의 반복 일정을 모두 삭제할까요?"
    else:
        only = "만" if event.recurring else "을"
        said = f"{exactly(event, today)} '{title}' 일정{only} 삭제할까요?"
    return said + _mail(removal.guests, "취소")


def ask_restore(title: str, guests: Guests) -> str:
    """Whether to put back what was there before."""
    return f"'{_short(title)}' 일정을 바꾸기 전으로 되돌릴까요?" + _mail(guests, "변경")


def created(made: Made, *, today: date) -> str:
    """What was put into the calendar, and what else is at that time."""
    event = made.event
    when = _at(exactly(event, today))
    if made.existed:
        return f"{when} '{title_of(event)}' 일정이 이미 들어 있어요."
    name = "반복 일정" if event.series else "일정"
    said = f"{when} '{title_of(event)}' {name}을 넣었어요."
    said += conflicts_told(event, made.conflicts) + holiday_told(made.holiday)
    if event.meeting:
        pending = event.meeting == "pending"
        said += f" 화상 회의{' 주소는 조금 뒤에 생겨요' if pending else '도 만들었어요'}."
    if event.attendees:
        said += " 초대 메일도 보냈어요." if made.mailed else " 초대 메일은 보내지 않았어요."
    return said


def gone(title: str) -> str:
    """That an event was deleted before."""
    name = f"'{speakable(title)}' 일정" if speakable(title) else "그 일정"
    return f"{name}은 이미 삭제되어 있어요."


def updated(changed: Changed, *, today: date) -> str:
    """What an event is now."""
    if not changed.names:
        return f"'{title_of(changed.event)}' 일정은 이미 그렇게 되어 있어요."
    said = f"{_what(changed, today, asking=False)}어요."
    said += conflicts_told(changed.event, changed.conflicts)
    said += holiday_told(changed.holiday)
    if changed.meeting == "pending":
        said += " 화상 회의 주소는 조금 뒤에 생겨요."
    if changed.guests.names:
        mailed = "참석자에게 메일로 알렸어요." if changed.guests.mailed else ""
        said += f" {mailed or '참석자에게 메일은 보내지 않았어요.'}"
    return said


def restored(title: str, *, deleted: bool) -> str:
    """What was put back; `deleted` where it had been gone."""
    if deleted:
        return f"'{_short(title)}' 일정을 다시 살렸어요."
    return f"'{_short(title)}' 일정을 바꾸기 전으로 되돌렸어요."


def removed(removal: Removal, *, today: date) -> str:
    """What was deleted."""
    event = removal.event
    title = title_of(event)
    if removal.scope == "all" and removal.series:
        quoted = josa(f"'{title}'", "을를")
        said = f"반복 일정 {quoted} 모두 삭제했어요."
    elif removal.scope == "following":
        said = f"{exactly(event, today)} '{title}' 일정부터 그 뒤를 모두 삭제했어요."
    elif event.recurring:
        said = f"{exactly(event, today)} '{title}' 일정만 삭제했어요."
        said += " 다른 날의 반복 일정은 그대로 있어요."
    else:
        said = f"{exactly(event, today)} '{title}' 일정을 삭제했어요."
    return said + (" 참석자에게 취소 메일도 보냈어요." if removal.guests.mailed else "")


def answered(answer: Answered, *, today: date) -> str:
    """What an invitation was answered with."""
    when = exactly(answer.event, today)
    said = f"{when} '{title_of(answer.event)}' 초대에 {_ANSWERS[answer.response]}"
    if answer.response == "needsAction":
        said = said.replace(" 초대에 ", " 초대를 ") + " 되돌렸어요."
    else:
        said += " 답했어요."
    if answer.conflicts:
        one = f"'{title_of(answer.conflicts[0])}' 일정도"
        many = f"다른 일정이 {counted(len(answer.conflicts), '개')}"
        said += f" 같은 시간에 {one if len(answer.conflicts) == 1 else many} 있어요."
    return said


def not_invited(title: str) -> tuple[str, str]:
    """Why there is nothing to answer, and what to do."""
    return (
        f"'{_short(title)}' 일정에는 답할 초대가 없어요.",
        "다른 사람이 초대한 일정인지 확인해 주세요.",
    )


def conflicts_told(event: Occurrence, conflicts: Sequence[Occurrence]) -> str:
    """What else is at that time; empty when nothing is."""
    if not conflicts:
        return ""
    there = "그날" if event.all_day else "같은 시간에"
    one = f"'{title_of(conflicts[0])}' 일정도"
    many = f"다른 일정이 {counted(len(conflicts), '개')}"
    return f" {there} {one if len(conflicts) == 1 else many} 있어요."


def holiday_told(name: str | None) -> str:
    """That the day is a public holiday; empty when it is none."""
    return f" 그날은 {josa(holiday_name(name, 'ko'), '이에요예요')}." if name else ""


def _what(changed: Changed, today: date, *, asking: bool) -> str:
    """The change without the end of its verb: "옮길", "옮겼"."""
    subject = _subject(changed.scope, changed, today)
    others = [_FIELDS[name] for name in changed.names if name in _FIELDS]
    move, turn = ("옮길", "바꿀") if asking else ("옮겼", "바꿨")
    if "start" not in changed.names:
        return f"{subject} {josa(join_spoken(others, 'ko'), '을를')} {turn}"
    when = exactly(changed.event, today)
    to = josa(when, "으로로")
    moved = f"{josa(subject, '을를')} {to}"
    if others:
        return f"{moved} 옮기고 {josa(join_spoken(others, 'ko'), '을를')} {turn}"
    return f"{moved} {move}"


def _subject(scope: Scope, changed: Changed, today: date) -> str:
    title = f"'{_short(changed.title)}'"
    if scope == "all" and changed.series:
        return f"반복 일정 {title} 전체"
    if scope == "following":
        return f"{exactly(changed.old, today)} {title} 일정부터 그 뒤 전체"
    return f"{title} 일정"


def _at(when: str) -> str:
    return f"{when}에" if when.endswith(("시", "분", "반")) else when


def _people(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        return f"{shown} 님 외 {counted(len(names) - _NAMED, '분')}"
    return f"{shown} 님"


def _mail(guests: Guests, kind: str) -> str:
    if not guests.names:
        return ""
    if guests.mailed:
        return f" {_people(guests.names)}께 {kind} 메일이 나가요."
    return f" {_people(guests.names)}도 보는 일정이고, 메일은 보내지 않아요."


def _short(title: str) -> str:
    return speakable(title) or "제목 없는 일정"
