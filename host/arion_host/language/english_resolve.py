"""What an English time expression means: the days and hours it covers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from arion_host.language.anchor import Anchor
from arion_host.language.day_parts import hours_of
from arion_host.language.english_clock import Clock
from arion_host.language.english_names import Days
from arion_host.language.spans import Grain, LocalSpan

_DAY = timedelta(days=1)
_HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Expression:
    """What one expression named, before it is resolved."""

    begin: int
    finish: int
    days: Days | None = None
    part: str | None = None
    """Key of `day_parts.PARTS`."""
    clock: Clock | None = None
    takes_number: bool = False
    """A preposition makes a bare number a time: "at 3"."""
    opens_range: bool = False
    """It began with "from" or "between"."""
    is_this: bool = False
    """It began with "this": "this morning" is today's, even in the evening."""
    is_vague: bool = False
    """The part of the day begins when people say so: "after work"."""

    def led_by(self, preposition: str | None) -> Expression:
        """This expression, going on behind a preposition."""
        return replace(
            self,
            takes_number=preposition in ("at", "around"),
            opens_range=self.opens_range or preposition in ("from", "between"),
        )


def resolve(expression: Expression, anchor: Anchor) -> LocalSpan:
    """The span of one expression."""
    if expression.clock is not None:
        return _resolve_clock(expression, expression.clock, anchor)
    if expression.part is not None:
        return _resolve_part(expression, expression.part, anchor)
    days = expression.days
    if days is None:
        raise ValueError("an expression names a day, a part of the day or a time")
    return LocalSpan(
        start=datetime.combine(days.first, time()),
        end=datetime.combine(days.end, time()),
        grain=days.grain,
        begin=expression.begin,
        finish=expression.finish,
        has_end=days.has_end,
        ambiguous=days.ambiguous,
    )


def resolve_range(first: Expression, second: Expression, anchor: Anchor) -> LocalSpan | None:
    """The span from one expression to another; None if they are no range."""
    if first.clock is None or second.clock is None:
        return _range_of_days(first, second)
    days = first.days or second.days
    start_clock, end_clock, guessed = _halves(first, second, first.clock, second.clock)
    day = datetime.combine(days.first if days else anchor.today, time())
    start = day + start_clock
    end_day = datetime.combine(second.days.first, time()) if second.days and first.days else day
    end = end_day + end_clock
    if days is None and not anchor.past and start < anchor.now:
        start, end = start + _DAY, end + _DAY
    if days is None and anchor.past and start > anchor.now:
        start, end = start - _DAY, end - _DAY
    if end <= start:
        end += _DAY
    flags = {*(days.ambiguous if days else ()), *(("meridiem",) if guessed else ())}
    return LocalSpan(
        start=start,
        end=end,
        grain=Grain.MINUTE if start.minute else Grain.HOUR,
        begin=first.begin,
        finish=second.finish,
        has_end=True,
        ambiguous=tuple(sorted(flags)),
    )


def _range_of_days(first: Expression, second: Expression) -> LocalSpan | None:
    if not (first.days and second.days) or first.clock or second.clock:
        return None
    if second.days.end <= first.days.first:
        return None
    return LocalSpan(
        start=datetime.combine(first.days.first, time()),
        end=datetime.combine(second.days.end, time()),
        grain=Grain.DAY,
        begin=first.begin,
        finish=second.finish,
        has_end=True,
        ambiguous=tuple(sorted({*first.days.ambiguous, *second.days.ambiguous})),
    )


def _resolve_part(expression: Expression, part: str, anchor: Anchor) -> LocalSpan:
    days = expression.days
    start, end = hours_of(part, datetime.combine(days.first, time()) if days else anchor.midnight)
    if days is None and not expression.is_this:
        if anchor.past and start > anchor.now:
            start, end = start - _DAY, end - _DAY
        elif not anchor.past and end <= anchor.now:
            start, end = start + _DAY, end + _DAY
    flags = {*(days.ambiguous if days else ()), *(("vague",) if expression.is_vague else ())}
    return LocalSpan(
        start=start,
        end=end,
        grain=Grain.PART,
        begin=expression.begin,
        finish=expression.finish,
        part=part,
        ambiguous=tuple(sorted(flags)),
    )


def _resolve_clock(expression: Expression, clock: Clock, anchor: Anchor) -> LocalSpan:
    days, part = expression.days, expression.part
    flags = set(days.ambiguous if days else ())
    if clock.hour == 24 or (days and days.end - days.first > _DAY):
        flags.add("day")
    if part is None and not clock.is_fixed:
        flags.add("meridiem")
    start = _clock_on(expression, _readings(clock, part), anchor)
    is_exact = clock.minute != 0
    return LocalSpan(
        start=start,
        end=start + (timedelta(minutes=1) if is_exact else timedelta(hours=1)),
        grain=Grain.MINUTE if is_exact else Grain.HOUR,
        begin=expression.begin,
        finish=expression.finish,
        ambiguous=tuple(sorted(flags)),
    )


def _clock_on(expression: Expression, readings: tuple[timedelta, ...], anchor: Anchor) -> datetime:
    """The moment meant: the next or latest one where no day was named."""
    days, now = expression.days, anchor.now
    day = datetime.combine(days.first, time()) if days else anchor.midnight
    if days is None and anchor.past:
        days_back = (_DAY * 0, _DAY, _DAY * 2)
        been = (day + reading - back for reading in readings for back in days_back)
        return max(moment for moment in been if moment <= now)
    if days is None and expression.part is None:
        coming = (day + shift + reading for reading in readings for shift in (_DAY * 0, _DAY))
        return min(moment for moment in coming if moment >= now)
    ahead = [day + reading for reading in readings if day + reading >= now]
    start = ahead[0] if day == anchor.midnight and ahead else day + readings[0]
    if days is None and start < now and not expression.is_this:
        start += _DAY
    return start


def _readings(clock: Clock, part: str | None) -> tuple[timedelta, ...]:
    """The times of day a reading may mean, likeliest first.

    Nobody means 3 at night by "at 3", so 1 to 6 are in the afternoon and 12 is noon; from 7 on
    both halves of the day are possible.
    """
    at = timedelta(hours=clock.hour, minutes=clock.minute)
    if clock.is_fixed:
        return (at,)
    if part is not None:
        return (_in_part(clock.hour, at, part),)
    if clock.hour == 12:
        return (at,)
    return (at + _HALF_DAY,) if clock.hour < 7 else (at, at + _HALF_DAY)


def _in_part(hour: int, at: timedelta, part: str) -> timedelta:
    if part in ("dawn", "forenoon"):
        return at - _HALF_DAY if hour == 12 else at
    if part == "tonight" and (hour == 12 or hour < 5):
        # 12 and 1 at night belong to the evening before.
        return at + (_HALF_DAY if hour == 12 else _DAY)
    return at if hour == 12 else at + _HALF_DAY


def _halves(
    first: Expression, second: Expression, start: Clock, end: Clock
) -> tuple[timedelta, timedelta, bool]:
    """The two times of a range; an open one goes by the other: `3 to 5 pm`, `9 to 5`."""
    part = first.part or second.part
    ends = _both_halves(end)
    if start.is_fixed or part or not end.is_fixed:
        begin = _readings(start, part)[0]
        later = [moment for moment in ends if moment > begin]
        guessed = not (start.is_fixed or part)
        return begin, min(later, default=ends[0]), guessed
    starts = [moment for moment in _both_halves(start) if moment < ends[0]]
    return max(starts, default=_both_halves(start)[0]), ends[0], False


def _both_halves(clock: Clock) -> tuple[timedelta, ...]:
    at = timedelta(hours=clock.hour, minutes=clock.minute)
    if clock.is_fixed:
        return (at,)
    before_noon = at - _HALF_DAY if clock.hour == 12 else at
    return before_noon, before_noon + _HALF_DAY
