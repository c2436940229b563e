"""Several things asked for with one Korean verb: "쿠폰 메일이랑 광고 메일 지워줘"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from arion_host.agents.together.compound import DONE_KO
from arion_host.agents.together.ways import Way, around, cut, grouped, spread

_READING_KO = (
    r"(?:(?:보여|알려|읽어|찾아|들려|불러|말해|확인해|검색해|정리해|요약해|체크해|뽑아|띄워|훑어|브리핑해)"
    r"\s?(?:줘요?|주세요|주실래요|줄래요?|주라|봐요?|봐\s?(?:줘요?|주세요|줄래요?)|줄\s수\s있어요?)"
    r"|봐줘요?|봐\s?주세요|볼래|보자|줘봐|알려달라고|궁금해요?|알고\s?싶어요?|뭐야|뭐지|뭐예요|어때요?|어떻게\s?돼요?"
    r"|있어요?|있나요?|있니|있는지\s\S+)"
)
_TOGETHER_KO = (
    r"(?:같이|함께|둘\s?다|셋\s?다|전부|모두|다|각각|쭉|좀|한\s?번에|한꺼번에|차례로|순서대로)"
)
_VERB_KO = re.compile(rf"\s(?P<verb>(?:{_TOGETHER_KO}\s)*{_READING_KO})$")
_LEAD_KO = re.compile(rf"^(?:{_TOGETHER_KO}\s)+")
_BOTH_KO = re.compile(
    r"\s(?:둘\s?다|셋\s?다|두\s?개\s?다|전부\s?다|모두\s?다|싹\s?다|각각|전부|모두|다)\s(?P<verb>(?:\S+\s){0,2}\S+)$"
)
_OPEN_KO = "".join(chr(code) for code in range(ord("가"), ord("힣") + 1, 28))
_AND_KO = rf"(?<![{_OPEN_KO}])(?<!^[안결통경학성])(?<!\s[안결통경학성])(?<!산부인)(?<!정신)과"
"""과 that is no end of a noun: it follows a final consonant, so 치과 is one, and 안과 is known."""
AND_KO = re.compile(
    r"(?<=지)(?:랑|하고|와|,)\s+(?=\S)"
    rf"|(?<=[가-힣A-Za-z\d])(?:이랑은?|랑은?|와|{_AND_KO}|,|,?\s그리고|\s및|,?\s또)\s+"
    rf"|(?<=[가-힣A-Za-z\d]){''.join(f'(?<!{it})' for it in DONE_KO)}하고\s+"
)
_COMMA_KO = re.compile(
    r"(?:,|,?\s그리고)\s+|(?<=[다라자냐]고)\s(?:말하고|전하고|하고),?\s+(?=\S+(?:한테|에게|께)는?\s)"
)
_TAIL_KO = re.compile(r"\s(?=(?:\S+\s){0,2}\S+$)")
_ENDING_KO = re.compile(
    r"(?:[다라자냐]고|으?로|까지|에게는?|한테는?|에는?|에서|[은는]|[을를]|[이가])$"
)
_WHOM_KO = re.compile(r"(?:\S+\s){0,2}\S+(?:한테|에게|께)(?:는|서는)?\s")
_NUMBER_KO = re.compile(
    r"(?<!\S)(?!이번)(?P<first>(?:\d{1,4}|[일이삼사오육칠팔구십백]+)번?)(?P<noun>\s?(?:이슈|피알|PR))?"
    r"(?:(?:이랑|랑|하고|와|과|,|\s그리고)\s*|(?<=번)\s)"
    r"(?P<second>(?:\d{1,4}|[일이삼사오육칠팔구십백]+)번)(?=\s|[을를은는도]|에)"
)
_LAST_WORD = re.compile(r"(\S+)\s\S+$")


def listed_korean(said: str) -> Iterator[Way]:
    """Every way in which an utterance may ask for several things; the surest first."""
    yield from _numbers_korean(said)
    yield from _parallel_korean(said)
    yield from _both_korean(said)
    found = _VERB_KO.search(said)
    if found is None:
        return
    verb = _LEAD_KO.sub("", found["verb"])
    things = said[: found.start()]
    for group in grouped([it.span() for it in AND_KO.finditer(things)]):
        parts = cut(things, group)
        if all(parts):
            name = things[group[0][0] : group[0][1]].strip() in ("와", "과")
            yield Way(tuple(f"{part} {verb}" for part in parts), bare=name)


def _numbers_korean(said: str) -> Iterator[Way]:
    for found in _NUMBER_KO.finditer(said):
        first = found["first"] if found["first"].endswith("번") else f"{found['first']}번"
        noun = found["noun"] or ""
        second = found["second"]
        if noun and not said[found.end() :].startswith(noun):
            second += noun
        where = said[found.start("first") : found.end("second")]
        items = (first + (noun if noun in second else ""), second)
        yield replace(spread(said, found.start(), items, found.end(), where), clear=True)


def _both_korean(said: str) -> Iterator[Way]:
    """Two things of one kind by name, or both of them: "쿠폰 메일이랑 광고 메일 지워줘"."""
    both = _BOTH_KO.search(said)
    ends = [both.start()] if both else [it.start() for it in _TAIL_KO.finditer(said)]
    for end in ends:
        verb = both["verb"] if both else said[end:].strip()
        joints = [it.span() for it in AND_KO.finditer(said, 0, end) if it.start() > 0]
        for group in grouped(joints):
            parts = cut(said[:end], group)
            kinds = {re.sub(r"[을를은는도]$", "", part.split()[-1]) for part in parts if part}
            if all(parts) and (both or len(kinds) == 1):
                where = around(said, *group[0])
                yield Way(tuple(f"{part} {verb}" for part in parts), tuple(parts), where)


def _parallel_korean(said: str) -> Iterator[Way]:
    """What is built alike: "엄마한테는 고맙다고, 하린이한테는 좋다고 메일 보내줘"."""
    for joint in _COMMA_KO.finditer(said):
        left, right = said[: joint.start()], said[joint.end() :]
        end = _ENDING_KO.search(left)
        if end is None:
            continue
        ending = "고" if end[0].endswith("고") else end[0]
        words = right.split()
        for count in range(1, len(words)):
            if words[count - 1].endswith(ending):
                item, tail = " ".join(words[:count]), " ".join(words[count:])
                where = around(said, *joint.span())
                alike = _WHOM_KO.match(left) and _WHOM_KO.match(item)
                texts = (f"{left} {tail}", f"{item} {tail}")
                yield Way(texts, (left, item), where, clear=alike is not None)
