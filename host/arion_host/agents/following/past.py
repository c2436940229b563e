"""Which of the writes that were done somebody wants taken back: "아까 만든 회의 지워줘".

Only what this assistant did is meant: a mail that came is no deed of its own, and "그거 지워줘"
names nothing that was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from arion_host.agents.replies import asks_undo
from arion_host.language.numbers import parse_number
from arion_host.language.particles import strip_particle
from arion_host.language.times import find_times
from arion_host.language.utterance import bare, is_negated, tidy
from arion_kit.speech import speakable
from arion_kit.words import Language

_LONGEST = 120
"""Characters; nobody needs more to ask for this."""

Act = Literal["made", "sent", "changed", "removed"]

_ACTS_KO: Mapping[str, Act | None] = {
    **dict.fromkeys(("만든", "만들었던", "잡은", "잡아둔", "추가한", "등록한", "예약한"), "made"),
    **dict.fromkeys(("적은", "메모한", "올린", "넣은", "담은", "단", "남긴", "생성한"), "made"),
    **dict.fromkeys(("보낸", "전송한", "답장한", "전달한"), "sent"),
    **dict.fromkeys(
        ("옮긴", "바꾼", "변경한", "수정한", "고친", "미룬", "당긴", "늦춘"), "changed"
    ),
    **dict.fromkeys(("지운", "삭제한", "없앤", "뺀", "취소한", "닫은"), "removed"),
    **dict.fromkeys(("한", "하던", "했던", "해준"), None),
}
_ACTS_EN: Mapping[str, Act | None] = {
    **dict.fromkeys(("made", "created", "added", "booked", "scheduled", "put", "posted"), "made"),
    **dict.fromkeys(("set up", "wrote down", "noted"), "made"),
    **dict.fromkeys(("sent", "emailed", "mailed", "replied", "forwarded"), "sent"),
    **dict.fromkeys(("moved", "changed", "updated", "edited", "rescheduled", "renamed"), "changed"),
    **dict.fromkeys(
        ("deleted", "removed", "cancelled", "canceled", "closed", "trashed"), "removed"
    ),
    **dict.fromkeys(("did", "have done"), None),
}
_STEMS: Mapping[Act, re.Pattern[str]] = {
    "made": re.compile(r"create|add|append|insert|write|book|new|comment"),
    "sent": re.compile(r"send|reply|forward"),
    "changed": re.compile(r"update|modify|move|edit|replace|rename|respond|merge"),
    "removed": re.compile(r"delete|trash|remove|clear|close|archive|update"),
}
"""What the names of tools hold that do such things."""

_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("메일", "이메일", "mail", "email", "message", "메시지"), r"mail"),
    **dict.fromkeys(("일정", "스케줄", "약속", "예약", "회의", "미팅", "모임"), r"calendar|event"),
    **dict.fromkeys(("event", "meeting", "appointment", "reservation"), r"calendar|event"),
    **dict.fromkeys(("초안", "draft"), r"draft"),
    **dict.fromkeys(("이슈", "issue"), r"issue"),
    **dict.fromkeys(("댓글", "코멘트", "comment"), r"comment"),
    **dict.fromkeys(("메모", "노트", "페이지", "문서", "note", "page"), r"note|notion|page"),
    **dict.fromkeys(("할일", "할", "task", "todo"), r"notion|task|todo"),
    **dict.fromkeys(("목록", "장보기", "list"), r"list"),
}
"""Words for a kind of thing, and what the names of its servers and tools hold."""

_TEXT_KEYS = ("summary", "title", "subject", "name", "text", "body", "item", "items", "to", "query")
"""Where calls and their results keep the words people know a thing by."""

_DO_KO = r"\s?(?:놔|놓아)?\s?(?:줘|주라|줘요|주세요|줄래|줄래요|요)?"
_BACK_KO = r"되돌려|물러|무르자|원래대로 ?(?:해|돌려)|없던 ?(?:일|걸|거)로 ?해"
_UNDO_KO = re.compile(
    rf"(?P<body>.*?)(?:을|를|은|는)?\s?(?:(?P<back>{_BACK_KO})|취소(?:해)?|지워|삭제(?:해)?|없애|빼)"
    rf"{_DO_KO}"
)
# "좀 전에" comes without its 좀, which says nothing elsewhere.
_JUST_KO = re.compile(
    r"(?:^전|(?<!\S)(?:(?:방금|조금|좀) ?전|방금|금방|지금|직전))(?:에|까지)?(?!\S)"
)
_BEFORE_KO = re.compile(r"(?<!\S)(?:아까|지난 ?번|저번|이전|마지막|최근)(?:에|으로)?(?!\S)")
_ALL_KO = re.compile(r"(?<!\S)(?:전부|모두|다|싹|몽땅|전체)(?:를|을)?(?: ?다)?(?!\S)")
_COUNT_KO = re.compile(
    r"(?<!\S)(?P<count>\d+|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:개|가지|건|번|통)"
    r"(?:를|을|만|다)?(?!\S)"
)
_IT_KO = re.compile(
    r"(?<!\S)(?:그|이)?\s?(?:거|것|건|걸|일)(?:를|을|들|도|만|들을)?(?!\S)|그거|이거"
)
_ME_KO = re.compile(r"(?<!\S)(?:내가|제가|네가|니가|너가|아리온이)(?!\S)")
_CASE_KO = re.compile(r"(?<=\S)(?:한테|에게|께|에다가?|에서)$")
_OTHERS_KO = re.compile(
    r"(?<!\S)\S*(?:온|받은|읽은|도착한|찾은|말한|본|알려준|보여준|읽어준|쓴|쓰던|저장한|보관한)(?!\S)"
    r"|\S(?:이|가|님이|께서|에서|한테서|에게서)\s+(?:보낸|만든|올린|단|남긴|적은)"
)
"""Deeds of others, and what was only looked at or is a draft still."""

_UNDO_EN = re.compile(
    r"(?:please )?(?:(?P<back>(?P<only>undo|take back)|revert|roll back|reverse)|cancel|delete"
    r"|remove|unsend|get rid of)(?: (?P<body>.+))?",
    re.IGNORECASE,
)
_BACK_EN = re.compile(r"\btake (that|this|it|them|both) back$", re.IGNORECASE)
_ACT_EN = re.compile(
    rf"(?:that |which |what )?(?:i|you|we)(?:'ve)? (?P<just>just |recently |already )?"
    rf"(?P<act>{'|'.join(_ACTS_EN)})(?!\w)",
    re.IGNORECASE,
)
_JUST_EN = re.compile(r"\b(?:just now|a moment ago|just)\b", re.IGNORECASE)
_BEFORE_EN = re.compile(r"\b(?:earlier|before|last time|a while ago)\b", re.IGNORECASE)
_ALL_EN = re.compile(r"\b(?:everything|all(?: of (?:that|them|those|it))?|both)\b", re.IGNORECASE)
_COUNT_EN = re.compile(r"\b(?:the )?last (?P<count>\d+|two|three|four|five|six)\b", re.IGNORECASE)
_IT_EN = re.compile(
    r"\b(?:(?:the )?last (?:one|thing|action|change|step)?|that|this|it|those|them|things?|ones?"
    r"|changes|actions|what)\b",
    re.IGNORECASE,
)
_SMALL_EN = re.compile(r"\b(?:the|my|a|an|of|for|about|today|to|with)\b", re.IGNORECASE)
_AND = re.compile(r"(?<=[가-힣])(?:이?랑|하고)\s|\s(?:and|그리고)\s", re.IGNORECASE)


@dataclass(frozen=True)
class PastQuery:
    """Which writes are meant."""

    words: str | None = None
    """What they were about."""
    count: int | Literal["all"] | None = None
    """How many of the latest; None where the words alone have to tell."""
    act: Act | None = None
    """What was done, where it was said."""
    is_latest: bool = False
    """"Just now": of several the latest is meant."""
    since: datetime | None = None
    until: datetime | None = None
    """Exclusive, as ends of times are."""


@dataclass(frozen=True)
class PastRow:
    """A write that stands, out of the ledger."""

    action_id: str
    server: str
    tool: str
    arguments: Mapping[str, JsonValue]
    result: Mapping[str, JsonValue]
    done_at: datetime


@dataclass(frozen=True)
class Picked:
    """What is to be taken back, the latest first."""

    rows: tuple[PastRow, ...]


@dataclass(frozen=True)
class Unsure:
    """Several writes fit, and one was meant; the latest first."""

    rows: tuple[PastRow, ...]


def past_query(text: str, language: Language, now: datetime) -> PastQuery | None:
    """Read which earlier writes `text` asks to take back; None where it asks for no such thing.

    `now` carries the person's time zone.

    Raises:
        ValueError: `now` is naive.
    """
    said = tidy(text, language)
    if len(said) > _LONGEST or is_negated(said, language):
        return None
    found = _korean(said, now) if language == "ko" else _english(said, now)
    return found or (PastQuery(count=1, is_latest=True) if asks_undo(text, language) else None)


@dataclass
class _Rest:
    """What is left of an utterance while its known parts are taken out of it."""

    text: str

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}".strip()
        return found

    def take_time(self, language: Language, now: datetime) -> tuple[datetime, datetime] | None:
        spans = find_times(self.text, language, now, past=True)
        if not spans or spans[0].start > now:
            return None
        self.text = f"{self.text[: spans[0].begin]} {self.text[spans[0].finish :]}".strip()
        return spans[0].start, spans[0].end


def _korean(said: str, now: datetime) -> PastQuery | None:
    undo = _UNDO_KO.fullmatch(said)
    if undo is None or _OTHERS_KO.search(undo["body"]):
        return None
    rest = _Rest(undo["body"])
    just, before = rest.take(_JUST_KO), rest.take(_BEFORE_KO)
    act = rest.take(_ADNOMINAL_KO)
    rest.take(_ME_KO)
    counted, every = rest.take(_COUNT_KO), rest.take(_ALL_KO)
    it = rest.take(_IT_KO)
    time = rest.take_time("ko", now) if act or it else None
    words = _words(rest.text)
    recent, named = just or before, act or it or counted or every
    kind = words is not None and words.split()[-1] in _KINDS and "메일" not in words
    is_past = (recent and (named or (just and kind))) or (time and act)
    if not undo["back"] and not is_past:
        return None
    if undo["back"] and words is not None and not (recent or act or kind):
        return None
    return _query(
        words,
        _count(counted, every),
        _ACTS_KO[act["act"]] if act else None,
        latest=just is not None,
        time=time,
    )


_ADNOMINAL_KO = re.compile(
    rf"(?<!\S)(?P<act>{'|'.join(sorted(_ACTS_KO, key=len, reverse=True))})(?=\s|$)"
)


def _english(said: str, now: datetime) -> PastQuery | None:
    undo = _UNDO_EN.fullmatch(_BACK_EN.sub(r"take back \1", said))
    if undo is None:
        return None
    rest = _Rest(undo["body"] or "")
    act = rest.take(_ACT_EN)
    just, before = rest.take(_JUST_EN), rest.take(_BEFORE_EN)
    counted, every = rest.take(_COUNT_EN), rest.take(_ALL_EN)
    it = rest.take(_IT_EN)
    time = rest.take_time("en", now) if act else None
    words = _words(_SMALL_EN.sub(" ", rest.text))
    recent = just or before or (act and act["just"])
    if not undo["back"] and not (act and (recent or every or time)):
        return None
    if undo["back"] and words is not None and not (act or counted or recent or undo["only"]):
        return None
    if undo["back"] and words is None and not (act or counted or every or it or not undo["body"]):
        return None
    return _query(
        words,
        _count(counted, every),
        _ACTS_EN[act["act"].lower()] if act else None,
        latest=bool(just or (act and act["just"])),
        time=time,
    )


def _words(text: str) -> str | None:
    words = [strip_particle(_CASE_KO.sub("", word.strip(".,!?"))) for word in text.split()]
    kept = [word for word in words if bare(word) and word not in ("에", "에서")]
    return " ".join(kept) or None


def _count(
    counted: re.Match[str] | None, every: re.Match[str] | None
) -> int | Literal["all"] | None:
    if counted is not None:
        return parse_number(counted["count"])
    if every is None:
        return None
    return 2 if every[0].lower() == "both" else "all"


def _query(
    words: str | None,
    count: int | Literal["all"] | None,
    act: Act | None,
    *,
    latest: bool,
    time: tuple[datetime, datetime] | None,
) -> PastQuery:
    alone = words is None and count is None
    since, until = time or (None, None)
    return PastQuery(words, 1 if alone else count, act, latest or alone, since, until)


def pick(query: PastQuery, rows: Sequence[PastRow]) -> Picked | Unsure | None:
    """Find what is meant among the writes that stand; None where nothing fits."""
    latest_first = sorted(rows, key=lambda row: row.done_at, reverse=True)
    fitting = [row for row in latest_first if _is_in_time(query, row) and _is_act(query, row)]
    things = _AND.split(query.words) if query.words else []
    if len(things) > 1:
        return _each(things, fitting)
    if things:
        fitting = _about(things[0], fitting)
    if not fitting:
        return None
    if query.count == "all":
        return Picked(tuple(fitting))
    if query.count is not None:
        return Picked(tuple(fitting[: query.count]))
    one = query.is_latest or len(fitting) == 1
    return Picked(tuple(fitting[:1])) if one else Unsure(tuple(fitting))


def _each(things: Sequence[str], rows: Sequence[PastRow]) -> Picked | None:
    """The latest write about each of several things; None where one was never done."""
    found = [_about(thing, rows) for thing in things]
    if not all(found):
        return None
    ids = {fitting[0].action_id for fitting in found}
    return Picked(tuple(row for row in rows if row.action_id in ids))


def _about(thing: str, rows: Sequence[PastRow]) -> list[PastRow]:
    words = thing.split()
    return [row for row in rows if _is_about(words, row, _TEXT_KEYS)] or [
        row for row in rows if _is_about(words, row, (*_TEXT_KEYS, "say"))
    ]


def _is_in_time(query: PastQuery, row: PastRow) -> bool:
    after = query.since is None or row.done_at >= query.since
    return after and (query.until is None or row.done_at < query.until)


def _is_act(query: PastQuery, row: PastRow) -> bool:
    return query.act is None or _STEMS[query.act].search(row.tool) is not None


def _is_about(words: Sequence[str], row: PastRow, keys: Sequence[str]) -> bool:
    texts = bare(" ".join(_texts([dict(row.arguments), dict(row.result)], keys)))
    return all(bare(word) in texts or _is_of_kind(word, row) for word in words)


def _is_of_kind(word: str, row: PastRow) -> bool:
    kind = _KINDS.get(word) or _KINDS.get(word.lower().removesuffix("s"))
    return kind is not None and re.search(kind, f"{row.server} {row.tool}") is not None


def _texts(value: JsonValue, keys: Sequence[str], key: str | None = None) -> Iterator[str]:
    if isinstance(value, str):
        if key in keys:
            yield value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, keys, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, keys, key)


def label(row: PastRow) -> str:
    """What a write is called in a question; the name of its tool where it has no words."""
    for key in _TEXT_KEYS:
        for text in _texts([dict(row.arguments), dict(row.result)], (key,)):
            if bare(text):
                return speakable(text)
    return row.tool
