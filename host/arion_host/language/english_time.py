"""English time expressions: dates, clock readings and parts of the day, in any order.

An expression is a date, a part of the day and a clock reading, each at most once, joined by
little words that belong to it ("on Friday at 3 pm", "3 pm tomorrow", "tonight at 8"), perhaps up
to a second one ("from 3 to 5 pm"), perhaps with a duration ("tomorrow at 3 for an hour").
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from arion_host.language.anchor import Anchor
from arion_host.language.english_clock import clock_at, part_at
from arion_host.language.english_dates import date_at, day_after
from arion_host.language.english_names import monday_of
from arion_host.language.english_resolve import Expression, resolve, resolve_range
from arion_host.language.numbers import parse_number
from arion_host.language.spans import Grain, LocalSpan

_WORD_START = re.compile(r"(?<![\w:/.'-])(?=\w)")
# "What's on tomorrow": that "on" belongs to the question.
_LEAD = re.compile(
    r"(on(?! (?:today|tonight|tomorrow|yesterday|this|next|last)\b)|at|around|from|between) "
)
_JOIN = re.compile(r"(?:\s*,\s*|\s+)(?:(on|at|around|from|between) )?")
_TO = re.compile(r"\s*[-–~]\s*|\s+(?P<word>to|until|till|through|and)\s+(?:at |on )?")

# "Move the dinner to seven": a bare number behind that "to" is a time.
_MOVED_TO = re.compile(
    r"\b(?:move|push|shift|reschedule|bump|postpone|delay|bring|pull"
    r"|change(?! the (?:quantity|number|amount|priority|estimate)))\b.*\bto $"
)
_OF_DAY = re.compile(r" (?:tonight|in the (?:morning|afternoon|evening))(?!\w)")

_COUNT = r"\d{1,3}|an?|half an|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|\w+ty"
_ELAPSED = re.compile(
    rf"in (?P<count>{_COUNT})(?P<more> and a half)? (?P<unit>hour|minute)s?(?P<half> and a half)?"
    r"(?: and (?P<extra>\d{1,3}) minutes)?(?!\w)"
)
_ELAPSED_AFTER = re.compile(
    rf"(?P<count>{_COUNT}) (?P<unit>hour|minute)s?(?P<half> and a half)? (?P<way>from now|ago)"
)
_HOURS_AROUND = re.compile(
    rf"(?:(?:in|within|over) )?the (?P<which>next|last|past) (?:(?P<count>{_COUNT}) )?"
    r"(?P<unit>hour|minute)s?(?P<half> and a half)?(?!\w)"
)
_THIS_TIME = re.compile(r"(?:(?:at|about|around) )?(?:this|the same) time (?:on )?")
_NOW = re.compile(r"(?:right )?now(?!\w)")
_NO_TIME = ("now", "night")
"""Beside another time they are none: "it's at seven now", "movie night on Friday"."""
_FOR = re.compile(
    rf"\s+for (?P<count>{_COUNT}) (?P<unit>hour|minute|day|week)s?(?P<half> and a half)?(?!\w)"
)
_LENGTH = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def find_local(text: str, anchor: Anchor) -> list[LocalSpan]:
    """Time expressions of an English text in wall-clock time."""
    # Letter by letter: the lower case of some letters is two, and would move every offset.
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    lower = lower.replace("’", "'")
    spans: list[LocalSpan] = []
    position = 0
    while (word := _WORD_START.search(lower, position)) is not None:
        span = (
            _elapsed(lower, word.start(), anchor.now)
            or _hours_around(lower, word.start(), anchor.now)
            or _about_now(lower, word.start(), anchor)
            or _dated(lower, word.start(), anchor)
        )
        if span is not None:
            spans.append(_with_duration(span, lower))
        position = spans[-1].finish if span is not None else word.start() + 1
    plain = [it for it in spans if lower[it.begin : it.finish] not in _NO_TIME]
    return plain if len(plain) > 0 else [it for it in spans if lower[it.begin : it.finish] == "now"]


def _elapsed(text: str, position: int, now: datetime) -> LocalSpan | None:
    if right_now := _NOW.match(text, position):
        return _minute(now, position, right_now.end())
    if ahead := _ELAPSED.match(text, position):
        minutes = _minutes(ahead) + int(ahead["extra"] or 0)
        return _minute(now + timedelta(minutes=minutes), position, ahead.end())
    if after := _ELAPSED_AFTER.match(text, position):
        minutes = _minutes(after) * (-1 if after["way"] == "ago" else 1)
        return _minute(now + timedelta(minutes=minutes), position, after.end())
    return None


def _minute(start: datetime, begin: int, finish: int) -> LocalSpan:
    end = start + timedelta(minutes=1)
    return LocalSpan(start, end, Grain.MINUTE, begin, finish, is_elapsed=True)


def _minutes(match: re.Match[str]) -> int:
    size = _LENGTH[match["unit"]]
    half = size // 2
    if match["count"] == "half an":
        return half
    number = 1 if match["count"] in (None, "a", "an") else parse_number(match["count"]) or 0
    is_more = match["half"] or match.groupdict().get("more")
    return number * size + (half if is_more else 0)


def _with_duration(span: LocalSpan, text: str) -> LocalSpan:
    match = None if span.has_end or span.part else _FOR.match(text, span.finish)
    if match is None or (match["unit"] in ("day", "week")) != span.grain.is_dated_only:
        return span
    length = timedelta(minutes=_minutes(match))
    if not length:
        return span
    return replace(span, end=span.start + length, finish=match.end(), has_end=True)


def _hours_around(text: str, position: int, now: datetime) -> LocalSpan | None:
    """`the next two hours`, `the last hour`."""
    match = _HOURS_AROUND.match(text, position)
    if match is None:
        return None
    length = timedelta(minutes=_minutes(match))
    start = now if match["which"] == "next" else now - length
    return LocalSpan(
        start,
        start + length,
        Grain.MINUTE,
        position,
        match.end(),
        has_end=True,
        is_elapsed=True,
    )


def _about_now(text: str, position: int, anchor: Anchor) -> LocalSpan | None:
    """`this time tomorrow`, `this time next week`: the hour that now is, on another day."""
    lead = _THIS_TIME.match(text, position)
    dated = date_at(text, lead.end(), anchor) if lead else None
    if dated is None or dated[0].grain not in (Grain.DAY, Grain.WEEK):
        return None
    days, finish = dated
    origin = monday_of(anchor.today) if days.grain is Grain.WEEK else anchor.today
    start = anchor.now + (days.first - origin)
    end = start + timedelta(hours=1)
    return LocalSpan(start, end, Grain.HOUR, position, finish, ambiguous=("vague",))


def _dated(text: str, position: int, anchor: Anchor) -> LocalSpan | None:
    lead = _LEAD.match(text, position)
    word = lead[1] if lead else "at" if _MOVED_TO.search(text, 0, position) else None
    first = _read(text, position, lead.end() if lead else position, word, anchor)
    if first is None:
        return None
    to = _TO.match(text, first.finish)
    second = _read_end(text, first, to, anchor) if to else None
    span = (second and resolve_range(first, second, anchor)) or resolve(first, anchor)
    series = first.days.series if first.days else None
    return series.placed(span, anchor) if series else span


def _read(
    text: str, begin: int, position: int, lead: str | None, anchor: Anchor
) -> Expression | None:
    """Read as many pieces as there are from `position` on, each kind at most once."""
    start = Expression(begin, begin, is_this=text.startswith("this ", position))
    found = _with_piece(text, start.led_by(lead), position, anchor)
    while found is not None and (join := _JOIN.match(text, found.finish)):
        more = _with_piece(text, found.led_by(join[1]), join.end(), anchor)
        if more is None:
            break
        found = more
    return found


def _with_piece(text: str, so_far: Expression, position: int, anchor: Anchor) -> Expression | None:
    """`so_far` with the piece at `position` added; None if there is none of a new kind."""
    # "Movie night Friday" is no night, "tomorrow night" is.
    is_named = text[so_far.begin : so_far.finish] == "night"
    if so_far.days is None and not is_named and (dated := date_at(text, position, anchor)):
        days, finish = dated
        return replace(so_far, days=days, part=so_far.part or days.part, finish=finish)
    if so_far.part is None and (part := part_at(text, position)):
        return replace(so_far, part=part.key, is_vague=part.is_vague, finish=part.finish)
    if so_far.clock is None and (read := clock_at(text, position)):
        clock, finish = read
        if clock.is_marked or so_far.takes_number or _leads_to_clock(text, finish, so_far):
            return replace(so_far, clock=clock, finish=finish)
    return None


def _leads_to_clock(text: str, position: int, so_far: Expression) -> bool:
    """Whether a bare number is a time for what follows: `3 to 5 pm`, `from 3 to 5`, `8 tonight`."""
    if _OF_DAY.match(text, position):
        return True
    to = _TO.match(text, position)
    read = clock_at(text, to.end()) if to else None
    return read is not None and (so_far.opens_range or read[0].is_marked)


def _read_end(text: str, first: Expression, to: re.Match[str], anchor: Anchor) -> Expression | None:
    position, word = to.end(), to["word"]
    if word == "and" and not first.opens_range:
        return None
    if first.days is not None and first.clock is None:
        # "December 3rd to 5th": a bare number is a day of the same month.
        if later := day_after(text, position, first.days.first):
            return Expression(position, later[1], days=later[0])
        if not first.opens_range and word in ("to", "until", "till"):
            # "Move it from tomorrow to Friday" is a range, "move it tomorrow to Friday" is none.
            return None
    second = _read(text, position, position, "at", anchor)
    if second and second.days and first.days and second.days.first < first.days.first:
        # A weekday behind "to" is the one after the start.
        start = datetime.combine(first.days.first, anchor.now.time())
        return _read(text, position, position, "at", Anchor(start))
    return second
