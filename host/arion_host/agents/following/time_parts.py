"""The parts of a time expression as it stands in an utterance: day, half of the day, clock.

What a correction names replaces the part of its kind and leaves the rest: "4시" leaves the day,
"모레" leaves the hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from arion_host.language.english_clock import clock_at, part_at
from arion_host.language.numbers import parse_number
from arion_host.language.spans import TimeSpan
from arion_kit.speech import Particle, josa
from arion_kit.words import Language

Edit = tuple[int, int, str]
"""Where words begin and end, and what takes their place."""
PartName = Literal["day", "half", "clock", "until"]
_NAMES: tuple[PartName, ...] = ("day", "half", "clock", "until")

_HALF_KO = re.compile(
    r"(새벽|아침|오전|점심|낮|오후|저녁|밤)(?=(?:\s?(?:에|일찍|늦게|쯤|내내))?\s*$)"
)
_HOUR_KO = r"(?<!\d)(?:\d{1,2}|열\s?한|열\s?두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)\s?시(?!간)"
_CLOCK_KO = re.compile(
    rf"{_HOUR_KO}(?:\s?(?:반|정각|(?:\d{{1,2}}|[일이삼사오육칠팔구십]+)\s?분))?"
    r"|(?<!\d)\d{1,2}:\d\d|정오|자정"
)
_UNTIL_KO = re.compile(r"(?:부터|에서|~)\s?(?P<until>\S.*?)(?=까지|$)")
_HOURS_KO = {"한": 1, "두": 2, "세": 3, "네": 4, "열": 10, "열한": 11, "열두": 12}
_HOURS_OF_HALF: dict[str, range] = {
    "새벽": range(1, 7),
    "아침": range(5, 12),
    "오전": range(6, 12),
    "점심": range(11, 14),
    "낮": range(11, 17),
    "오후": range(1, 10),
    "저녁": range(5, 12),
    "밤": range(6, 13),
    "am": range(6, 12),
    "pm": range(1, 10),
    "morning": range(5, 12),
    "afternoon": range(1, 7),
    "evening": range(5, 11),
    "night": range(6, 13),
}
"""Hours for which a half of the day that was said before still holds."""

_WORD_EN = re.compile(r"(?<![\w:./'-])(?=\w)")
_LEAD_EN = re.compile(r"(?:\b(?:on|at|around|from|between|by)|,)\s*$", re.IGNORECASE)
_FIRST_EN = re.compile(r"^(?:on|at|from|around|between)\s+", re.IGNORECASE)
_RANGE_EN = re.compile(r"\s*[-–]\s*|\s+(?:to|until|till|and)\s+")
_TAIL_EN = re.compile(r"\s+for (?:an?|half an|\w+)(?: \w+)? ?(?:hour|minute)s?.*$", re.IGNORECASE)
_MERIDIEM_EN = re.compile(r"\s?([ap])\.?m\b\.?", re.IGNORECASE)
_NO_ON_EN = re.compile(r"(?:today|tonight|tomorrow|this|next|in|the day|every)\b", re.IGNORECASE)
_ON_EN = re.compile(r"\bon\s+$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"[월화수목금토일]요일$|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE
)
_BOTH_KO = re.compile(r"으로|로|이랑|랑|[을를은는과와](?=\s|$)|[이가](?=\s|$)")
_PAIRS: dict[str, Particle] = {
    "을": "을를", "를": "을를", "이": "이가", "가": "이가", "은": "은는", "는": "은는",
    "과": "과와", "와": "과와", "으로": "으로로", "로": "으로로",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Some words and where they stand in the text."""

    words: str
    begin: int
    finish: int


@dataclass(frozen=True)
class TimeParts:
    """One time expression; at least one part is there."""

    begin: int
    finish: int
    day: Part | None = None
    half: Part | None = None
    clock: Part | None = None
    until: Part | None = None
    """The clock reading that ends a range."""

    def part(self, name: PartName) -> Part | None:
        """The part of a kind."""
        parts = {"day": self.day, "half": self.half, "clock": self.clock, "until": self.until}
        return parts[name]

    @property
    def names(self) -> tuple[PartName, ...]:
        """The kinds of the parts that are there."""
        return tuple(name for name in _NAMES if self.part(name))

    def only(self, names: tuple[PartName, ...]) -> TimeParts:
        """The same with some parts alone."""
        return replace(self, **{name: None for name in _NAMES if name not in names})


def read_parts(text: str, span: TimeSpan, language: Language) -> TimeParts:
    """Take a time expression of `text` apart."""
    read = _read_korean if language == "ko" else _read_english
    found = dict(read(text[span.begin : span.finish], span.begin))
    return TimeParts(
        span.begin,
        span.finish,
        found.get("day"),
        found.get("half"),
        found.get("clock"),
        found.get("until"),
    )


def _read_korean(words: str, at: int) -> Iterator[tuple[PartName, Part]]:
    clock = _CLOCK_KO.search(words)
    head = words[: clock.start()] if clock else words
    half = _HALF_KO.search(head)
    day = head[: half.start()] if half else head
    if day.strip():
        yield "day", _part(day, 0, at)
    if half:
        yield "half", _part(half[1], half.start(), at)
    if clock:
        yield "clock", _part(clock[0], clock.start(), at)
        until = _UNTIL_KO.match(words, clock.end())
        if until:
            yield "until", _part(until["until"], until.start("until"), at)


def _read_english(words: str, at: int) -> Iterator[tuple[PartName, Part]]:
    tail = _TAIL_EN.search(words)
    words = words[: tail.start()] if tail else words
    found = _clock_parts(words)
    for name, (begin, end) in found.items():
        yield name, _part(words[begin:end], begin, at)
    first = min((begin for begin, _ in found.values()), default=len(words))
    last = max((end for _, end in found.values()), default=len(words))
    for begin, rest in ((0, words[:first]), (last, words[last:])):
        if day := _without_leads(rest):
            yield "day", _part(day, begin + rest.index(day), at)
            return


def _clock_parts(words: str) -> dict[PartName, tuple[int, int]]:
    """Where the half of the day, the clock and the end of a range stand in English words."""
    # Letter by letter: the lower case of some letters is two, and would move every offset.
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in words)
    found: dict[PartName, tuple[int, int]] = {}
    position = 0
    while (word := _WORD_EN.search(lower, position)) is not None:
        start = word.start()
        part, read = part_at(lower, start), clock_at(lower, start)
        if part and "half" not in found:
            found["half"] = start, part.finish
        elif read and "clock" not in found and (read[0].is_marked or _is_led(lower, start)):
            found["clock"] = start, read[1]
            found |= _until(lower, read[1])
        position = max([start + 1, *(end for _, end in found.values())])
    return found


def _until(lower: str, position: int) -> dict[PartName, tuple[int, int]]:
    to = _RANGE_EN.match(lower, position)
    until = clock_at(lower, to.end()) if to else None
    return {"until": (to.end(), until[1])} if to and until else {}


def _is_led(text: str, position: int) -> bool:
    return _LEAD_EN.search(text[:position]) is not None or not text[:position].strip()


def _without_leads(words: str) -> str:
    words = _LEAD_EN.sub("", words.strip(" ,"))
    return _FIRST_EN.sub("", words).strip(" ,")


def _part(words: str, begin: int, at: int) -> Part:
    begin += len(words) - len(words.lstrip())
    words = words.strip()
    return Part(words, at + begin, at + begin + len(words))


def edits(text: str, old: TimeParts, new: TimeParts, language: Language) -> Iterator[Edit]:
    """What makes the time expression `old` of `text` say what `new` names, and the rest as before.

    `new` is of another text.
    """
    make = _edits_korean if language == "ko" else _edits_english
    yield from make(text, old, new)


def _edits_korean(text: str, old: TimeParts, new: TimeParts) -> Iterator[Edit]:
    if new.day:
        where = _replaced_day(old, new.day.words) or Part("", old.begin, old.begin)
        yield where.begin, where.finish, new.day.words + ("" if old.day else " ")
    half = new.half.words if new.half else None
    if old.half and half:
        yield old.half.begin, old.half.finish, half
    elif half and not new.clock:
        anchor = old.clock.begin if old.clock else old.finish
        yield anchor, anchor, f"{half} " if old.clock else f" {half}"
    elif old.half and new.clock and not _holds(old.half.words, new.clock.words):
        gap = len(text[old.half.finish :]) - len(text[old.half.finish :].lstrip())
        yield old.half.begin, old.half.finish + (gap if old.clock else 0), ""
    if new.clock:
        said = new.clock.words if old.half or not half else f"{half} {new.clock.words}"
        where = old.clock or Part("", old.finish, old.finish)
        yield where.begin, where.finish, said if old.clock else f" {said}"
    if new.until and old.until:
        yield old.until.begin, old.until.finish, new.until.words


def _replaced_day(old: TimeParts, words: str) -> Part | None:
    """The words of the old day that give way: of 다음 주 화요일 only 화요일 to another weekday."""
    if old.day is None:
        return None
    weekday = _WEEKDAY.search(old.day.words)
    if weekday and _WEEKDAY.fullmatch(words):
        return Part(weekday[0], old.day.begin + weekday.start(), old.day.finish)
    return old.day


def _edits_english(text: str, old: TimeParts, new: TimeParts) -> Iterator[Edit]:
    if new.day and new.clock and old.half and not old.day and not old.clock:
        # "this morning" holds a day that goes with its half.
        said = f"{new.day.words} at {_with_meridiem(new, old)}"
        yield old.half.begin, old.half.finish, said
        return
    if new.day:
        yield _day_english(text, old, new.day.words)
    if new.half and not new.clock:
        yield from _half_english(old, new.half.words)
    if new.clock:
        said = _with_meridiem(new, old)
        if old.half and (_MERIDIEM_EN.search(said) or not _holds(old.half.words, said)):
            gap = text[: old.half.begin].endswith(" ")
            yield old.half.begin - gap, old.half.finish, ""
        where = old.clock or Part("", old.finish, old.finish)
        yield where.begin, where.finish, said if old.clock else f" at {said}"
    if new.until and old.until:
        yield old.until.begin, old.until.finish, new.until.words


def _day_english(text: str, old: TimeParts, words: str) -> Edit:
    where = _replaced_day(old, words)
    if old.day is None or where is None:
        if old.half and old.half.words.lower().startswith("this "):
            return old.half.begin, old.half.begin + len("this"), words
        return old.begin, old.begin, f"{words} "
    on = _ON_EN.search(text[: old.day.begin])
    begin = on.start() if on and _NO_ON_EN.match(words) else where.begin
    tonight = old.day.words.lower() == "tonight" and not _MERIDIEM_EN.search(
        old.clock.words if old.clock else ""
    )
    return begin, old.day.finish, f"{words} night" if tonight else words


def _half_english(old: TimeParts, half: str) -> Iterator[Edit]:
    letter = "a" if "morning" in half else "p"
    if old.half:
        yield old.half.begin, old.half.finish, half
    elif old.clock and (meridiem := _MERIDIEM_EN.search(old.clock.words)):
        begin = old.clock.begin + meridiem.start(1)
        yield begin, begin + 1, letter
    elif old.clock:
        yield old.clock.finish, old.clock.finish, f" {letter}m"
    else:
        yield old.finish, old.finish, f" {half}"


def _with_meridiem(new: TimeParts, old: TimeParts) -> str:
    """The new clock reading with the half of the day that was said before, where it holds."""
    words = new.clock.words if new.clock else ""
    before = _MERIDIEM_EN.search(old.clock.words) if old.clock else None
    if new.half:
        return f"{words} {new.half.words}"
    if before is None or _MERIDIEM_EN.search(words) or not _holds(f"{before[1].lower()}m", words):
        return words
    return words + before[0]


def _holds(half: str, clock: str) -> bool:
    """Whether a half of the day goes with another hour: 오후 with 4시, not with 10시."""
    known = next((name for name in _HOURS_OF_HALF if name in half.lower()), None)
    hour = _hour(clock)
    return known is not None and hour is not None and hour in _HOURS_OF_HALF[known]


def _hour(clock: str) -> int | None:
    before = re.split(r"\s?시|:|\s(?:past|o)|\s?[ap]\.?m", clock.lower())[0].strip()
    word = before.replace(" ", "")
    return _HOURS_KO.get(word) or parse_number(before)


def apply(text: str, changes: Iterator[Edit]) -> str:
    """`text` with the edits made, which do not overlap; Korean particles behind them agree."""
    for begin, finish, words in sorted(changes, reverse=True):
        text = text[:begin] + words + agreeing(words, text[finish:])
    return text


def agreeing(words: str, behind: str) -> str:
    """What follows `words`, with a Korean particle in the form they ask for: 3일+로, 반+으로."""
    found = _BOTH_KO.match(behind)
    pair = _PAIRS.get(found[0]) if found else None
    if found is None or pair is None or not words.strip():
        return behind
    return josa(words, pair).removeprefix(words) + behind[found.end() :]
