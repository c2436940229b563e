"""What somebody puts right in what they said before: "아니, 4시로", "not Hana, Minsu".

A correction names only what is to be different. It becomes the earlier utterance with that one
part replaced, which is then understood, judged and read back like anything else that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from arion_host.agents.following import amending
from arion_host.agents.following.corrective_words import (
    GIVE_KO,
    Heard,
    without_closing,
    without_opening,
    without_slip,
)
from arion_host.agents.following.time_parts import (
    TimeParts,
    agreeing,
    apply,
    edits,
    read_parts,
)
from arion_host.language.numbers import parse_number
from arion_host.language.particles import strip_particle
from arion_host.language.times import find_times
from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

_LONGEST = 80
"""Characters; a longer sentence is a new command."""

_COMMAND_KO = re.compile(rf"\s\S+?{GIVE_KO}$")
"""What an old word's replacement may be followed by: 박민수한테 보내줘."""
_TIME_TAIL_KO = re.compile(r"\s?(?:에|에다|으?로|까지|부터)?")
_UNTIL_KO = re.compile(r"\s?까지$")

_PAIR: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?P<old>.+?)\s?(?:말고|(?:이|가)? ?아니라|(?:이|가)? ?아니고)\s(?P<new>.+)"),
    "en": re.compile(
        r"not (?P<old>.+?)(?:,? but|,|;)\s+(?P<new>.+)"
        r"|(?P<new2>.+?),? (?:not|instead of|rather than) (?P<old2>.+)",
        re.IGNORECASE,
    ),
}
_FIELD: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?P<field>제목|이름|장소|위치|내용|본문|받는 ?사람|상대)(?:은|는|을|를|이|가)?"
        r"\s(?P<new>.+)"
    ),
    "en": re.compile(
        r"(?:change )?(?:the )?(?P<field>title|name|subject|place|location|message|text)"
        r" (?:is|to|should be|should say) (?P<new>.+)"
        r"|(?P<field2>call|name|title) it (?P<new2>.+)",
        re.IGNORECASE,
    ),
}
_TITLE = (
    "page_title", "title", "summary", "subject", "subject_words", "heading", "what", "occasion",
    "errand", "topic", "query", "thing", "grocery", "product", "goods", "staple", "page", "item",
)  # fmt: skip
_THINGS = (*(it for it in _TITLE if it not in ("page", "query")), "buys", "pack")
"""Slots of what is made, which can be misheard."""
_NO_NAME: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"됐|괜찮|하지|그만|몰라|싫|안 |못 |왜|뭐|그게|그거|그건|없|있|맞|아직|나중|이따|필요"
        r"|잘|고마|감사"
        r"|그냥|다시|도로|취소|지워|빼|삭제|(?:[해줘죠]|세요|할래|할게|라고|했어|였어)$"
    ),
    "en": re.compile(
        r"^(?:thank|never|forget|stop|cancel|delete|remove|undo|i |it|that|this|not|don't|you|what"
        r"|the (?:day|week|month|next|same)|why|how|later|wait|my|fine|okay|ok|good|nothing"
        r"|leave|keep|please|yes|scrap|scratch)\b",
        re.IGNORECASE,
    ),
}
"""Words that name no thing."""
_PLACE = ("place", "spot", "destination", "goal", "location", "where")
_MESSAGE = ("message", "news", "text", "body", "plain")
_PERSON = ("person", "addressee", "sender", "writer", "firm", "member", "mail_from", "file_from")
_SLOTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("제목", "이름", "title", "name", "subject", "call"), _TITLE),
    **dict.fromkeys(("장소", "위치", "place", "location"), _PLACE),
    **dict.fromkeys(("내용", "본문", "message", "text"), _MESSAGE),
    **dict.fromkeys(("받는사람", "상대"), _PERSON),
}
"""Which slot of a command a field may be, the likeliest first."""

_HONORIFIC_KO = r"(?:\s?(?:씨|님|선생님|[가-힣]{1,3}장님|대리님|과장님|사원님))?"
_CASES_KO = (r"한테서|에게서", r"한테|에게|께", r"에서", r"까지")
_CASE_EN = re.compile(r"(?P<case>to(?! do\b)|from|for|at|in|near|with) (?P<new>.+)", re.IGNORECASE)
_COUNT_WORD_KO = r"\d+|열?[한두]|[세네열]|다섯|여섯|일곱|여덟|아홉|[일이삼사오육칠팔구십]+"
_UNIT_KO = r"번|개|통|명|장|병|판|권|건|분|시간"
_COUNT_KO = re.compile(rf"(?P<count>{_COUNT_WORD_KO})\s?(?P<unit>{_UNIT_KO})(?:째)?(?:만|으?로)?")
_COUNT_EN = re.compile(
    r"(?:number |#|issue |pr |pull request )?(?P<count>\d+|[a-z]+)", re.IGNORECASE
)
_BARE_HOUR_EN = re.compile(
    r"[1-9]|1\d|2[0-3]|\d{1,2}:\d\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    re.IGNORECASE,
)
_LASTING = ("분", "시간")
_NUMBER_EN = re.compile(r"(?<![\w:.])\d+(?![\w:.])")
_MOVES: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"옮기|옮겨|바꿔|바꾸|미뤄|미루|변경|당겨|늦춰|연기|조정"),
    "en": re.compile(r"\b(?:move|reschedule|push|postpone|shift|bring)\b", re.IGNORECASE),
}


def corrected(
    utterance: str,
    correction: str,
    language: Language,
    now: datetime,
    slots: Mapping[str, str] | None = None,
) -> str | None:
    """What `utterance` becomes by `correction`; None where that corrects nothing in it.

    `slots` are the words that were understood in the utterance, by slot; a title can be replaced
    only where they say which words it is. `now` carries the person's time zone.

    Raises:
        ValueError: `now` is naive.
    """
    said = tidy(correction, language)
    opened = without_opening(said, language)
    words = without_closing(opened, language)
    asks = words == said and correction.rstrip().endswith("?")
    if not words or len(words) > _LONGEST or asks:
        return None
    heard = Heard(utterance, words, None, language, now, slots or {}, opened)
    ways = (_by_pair, _by_field, _by_time, *amending.WAYS, _by_case, _by_count)
    for way in ways:
        result = way(heard)
        if result is not None and bare(result) != bare(utterance):
            return result
    return None


def meant_instead(
    utterance: str, correction: str, language: Language, now: datetime, slots: Mapping[str, str]
) -> str | None:
    """What `utterance` becomes where its one thing was said wrongly: 아니 두유; sorry, oat milk.

    None where nothing says that it was, or more than a name follows.
    """
    said = without_slip(tidy(correction, language), language)
    if said is None or correction.rstrip().endswith("?"):
        return None
    new = without_ending(without_closing(said, language), language)
    if _NO_NAME[language].search(new) or find_times(new, language, now):
        return None
    heard = Heard(utterance, new, None, language, now, slots)
    return amending.renamed(heard, _THINGS)


def more_of(
    utterance: str, correction: str, language: Language, now: datetime, slots: Mapping[str, str]
) -> str | None:
    """What is to be done as well for `utterance` to be right: "make it two bottles" is one more."""
    words = _without_frame(tidy(correction, language), language)
    return amending.more_of(Heard(utterance, words, None, language, now, slots))


def _without_frame(words: str, language: Language) -> str:
    return without_closing(without_opening(words, language), language)


def _by_pair(heard: Heard) -> str | None:
    """Words for words: 김하나 말고 박민수; not Hana, Minsu."""
    pair = _PAIR[heard.language].fullmatch(heard.new)
    if pair is None:
        return None
    groups = pair.groupdict()
    old, new = groups["old"] or groups.get("old2") or "", groups["new"] or groups.get("new2") or ""
    new = _without_frame(new, heard.language)
    inner = Heard(heard.utterance, new, old, heard.language, heard.now, heard.slots, new)
    return _by_time(inner) or _by_words(inner) or amending.by_length(inner)


def _by_words(heard: Heard) -> str | None:
    old, new = heard.old or "", heard.new
    if heard.language == "ko":
        new = _COMMAND_KO.sub("", new)
        new = re.sub(rf"(?<=\S)(?:{'|'.join(_CASES_KO)})$", "", new)
        old, new = strip_particle(old), without_ending(strip_particle(new), "ko")
    for name, value in heard.slots.items():
        whole = re.sub(rf"{_HONORIFIC_KO}$", "", value)
        if name in _PERSON and bare(old) in map(bare, whole.split()):
            old = whole
    if find_times(new, heard.language, heard.now):
        return None  # a time and more words: a new command
    found = list(_literal(old, heard.language).finditer(heard.utterance)) if bare(old) else []
    return _replaced(heard.utterance, found[-1].span(), new) if len(found) == 1 and new else None


def _literal(words: str, language: Language) -> re.Pattern[str]:
    if language == "ko":
        letters = r"\s?".join(re.escape(letter) for letter in words if not letter.isspace())
        return re.compile(rf"(?<![가-힣A-Za-z\d]){letters}")
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)


def _replaced(text: str, where: tuple[int, int], words: str) -> str:
    begin, finish = where
    return text[:begin] + words + agreeing(words, text[finish:])


def _by_field(heard: Heard) -> str | None:
    """A field by its name: 제목은 정기 점검으로; call it weekly check."""
    named = named_field(heard.new, heard.language)
    if named is None:
        return None
    names, new = named
    value = next((heard.slots[slot] for slot in names if slot in heard.slots), None)
    found = list(_literal(value, heard.language).finditer(heard.utterance)) if value else []
    return _replaced(heard.utterance, found[0].span(), new) if found and new else None


def named_field(words: str, language: Language) -> tuple[tuple[str, ...], str] | None:
    """The slots that a field said by its name may be, and what it is to hold: 장소는 판교로."""
    field = _FIELD[language].fullmatch(words)
    if field is None:
        return None
    groups = field.groupdict()
    name, new = groups["field"] or groups.get("field2") or "", groups["new"] or groups.get("new2")
    names = _SLOTS.get(name.replace(" ", "").lower(), ())
    return names, without_ending(new or "", language)


def without_ending(words: str, language: Language) -> str:
    """Return `words` without what makes them "to that" in Korean: 정기 점검으로, 점검이라고."""
    words = without_closing(words, language)
    stem = re.sub(r"(?:으로|(?<=[가-힣])로|이?라고)$", "", words) if language == "ko" else words
    # 종로 keeps its 로: behind its first syllable it would be 으로.
    return stem if agreeing(stem, "로") == words[len(stem) :] or words[-1:] != "로" else words


def _by_time(heard: Heard) -> str | None:
    """A time: 4시로; 내일 말고 모레; make it Friday."""
    text, language = heard.new, heard.language
    new = _named_time(text, heard)
    spans = find_times(heard.utterance, language, heard.now)
    if new is None or not spans:
        return None
    olds = [read_parts(heard.utterance, span, language) for span in spans]
    if heard.old is not None:
        old = _literal(_without_frame(heard.old, language), language).search(heard.utterance)
        olds = [it for it in olds if old and it.begin <= old.start() < it.finish]
        if not olds:
            return None
    pairs = _shared(olds, new, moves=bool(_MOVES[language].search(heard.utterance)))
    changes = [edit for old, part in pairs for edit in edits(heard.utterance, old, part, language)]
    return apply(heard.utterance, iter(changes)) if changes else None


def _named_time(text: str, heard: Heard) -> TimeParts | None:
    """The parts of a text that is one time and nothing else."""
    if heard.language == "en" and _BARE_HOUR_EN.fullmatch(text):
        if not _has_clock(heard):
            return None
        text = f"at {text}"
    spans = find_times(text, heard.language, heard.now)
    if len(spans) != 1:
        return None
    span = spans[0]
    before, behind = text[: span.begin].strip(), text[span.finish :]
    if heard.language == "ko":
        fits = not before and _TIME_TAIL_KO.fullmatch(behind)
    else:
        fits = before.lower() in ("", "to", "for", "on", "at", "in the") and not behind.strip(" ,")
    if not fits:
        return None
    parts = read_parts(text, span, heard.language)
    if _UNTIL_KO.search(text) and parts.names == ("clock",):
        return TimeParts(parts.begin, parts.finish, until=parts.clock)
    return parts


def _has_clock(heard: Heard) -> bool:
    spans = find_times(heard.utterance, heard.language, heard.now)
    return any(read_parts(heard.utterance, it, heard.language).clock for it in spans)


def _shared(
    olds: list[TimeParts], new: TimeParts, *, moves: bool
) -> Iterator[tuple[TimeParts, TimeParts]]:
    """Which time each part of the new one belongs to.

    What is moved, is moved to the last time; else a part goes where there is one of its kind,
    and where there is none, to the last time.
    """
    taken: dict[int, list[str]] = {}
    for name in new.names:
        same = [index for index, old in enumerate(olds) if old.part(name)]
        if name == "half" and not same:
            same = [index for index, old in enumerate(olds) if old.clock]
        index = same[-1] if same and not moves else len(olds) - 1
        taken.setdefault(index, []).append(name)
    for index, names in taken.items():
        yield olds[index], new.only(tuple(name for name in new.names if name in names))


def _by_case(heard: Heard) -> str | None:
    """Whom, from where, where to: 박민수한테; 판교까지; to Minsu."""
    return _by_case_korean(heard) if heard.language == "ko" else _by_case_english(heard)


def _by_case_korean(heard: Heard) -> str | None:
    text = _COMMAND_KO.sub("", heard.new)
    for case in _CASES_KO:
        said = re.fullmatch(rf"(?P<new>\S.{{0,30}}?)(?:{case})", text)
        if said is None or len(said["new"].split()) > 4:
            continue
        who = _slot_words(heard) or r"\S+?"
        before = rf"(?<!\S)(?:{who}){_HONORIFIC_KO}(?P<case>{case})(?!서)(?=\s|$)"
        found = _outside_times(re.finditer(before, heard.utterance), heard)
        if len(found) == 1:
            begin, finish = found[0].start(), found[0].start("case")
            return heard.utterance[:begin] + said["new"] + heard.utterance[finish:]
    return None


def _by_case_english(heard: Heard) -> str | None:
    said = _CASE_EN.fullmatch(heard.new)
    if said is None or len(said["new"].split()) > 5:
        return None
    case, new = said["case"].lower(), said["new"]
    person = next((heard.slots[name] for name in _PERSON if name in heard.slots), None)
    who = "|".join(it for it in (_slot_words(heard), r"(?-i:[A-Z]\w*(?: [A-Z]\w*)*)") if it)
    led = re.finditer(rf"\b{case} (?P<who>{who})(?!\w)", heard.utterance, re.IGNORECASE)
    found = [it.span("who") for it in _outside_times(led, heard)]
    if not found and person and case in ("to", "from"):
        found = [it.span() for it in _literal(person, "en").finditer(heard.utterance)]
    return _replaced(heard.utterance, found[0], new) if len(found) == 1 else None


def _slot_words(heard: Heard) -> str:
    """What was understood in the utterance, as a pattern, the longest first."""
    values = sorted({it for it in heard.slots.values() if it}, key=len, reverse=True)
    return "|".join(re.escape(value) for value in values)


def _outside_times(found: Iterable[re.Match[str]], heard: Heard) -> list[re.Match[str]]:
    times = find_times(heard.utterance, heard.language, heard.now)
    return [
        it for it in found if not any(t.begin < it.end() and it.start() < t.finish for t in times)
    ]


def _by_count(heard: Heard) -> str | None:
    """A number: 12번; 두 개로; number 12."""
    if heard.language == "en":
        said = _COUNT_EN.fullmatch(heard.new)
        number = parse_number(said["count"]) if said else None
        found = _outside_times(_NUMBER_EN.finditer(heard.utterance), heard)
        fits = number is not None and len(found) == 1
        return _replaced(heard.utterance, found[0].span(), str(number)) if fits else None
    said = _COUNT_KO.fullmatch(heard.new)
    if said is None:
        return None
    units = "|".join(_LASTING) if said["unit"] in _LASTING else said["unit"]
    before = re.compile(rf"(?<![\w.])(?:{_COUNT_WORD_KO})\s?(?:{units})")
    found = _outside_times(before.finditer(heard.utterance), heard)
    if len(found) != 1:
        return None
    gap = " " if " " in found[0][0] or not said["count"].isdigit() else ""
    return _replaced(heard.utterance, found[0].span(), f"{said['count']}{gap}{said['unit']}")
