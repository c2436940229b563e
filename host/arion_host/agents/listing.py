"""Several things asked for with one verb: "내일 일정이랑 안 읽은 메일 보여줘".

As in `compound`, what is returned are candidates: "우유랑 계란 넣어줘" is one command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arion_host.language.utterance import tidy
from arion_kit.words import Language

_MOST_WORDS = 16
_VERB_KO = re.compile(
    r"\s(?P<verb>(?:(?:같이|함께|둘 다|다|좀|한번에|한꺼번에)\s)*"
    r"(?:보여|알려|읽어|찾아|찾아봐|들려|불러|말해|확인해|검색해|정리해|요약해)"
    r"\s?(?:줘요?|주세요|줄래요?|주라|봐요?|줄 수 있어요?)?)$"
)
_TOGETHER_KO = re.compile(r"^(?:(?:같이|함께|둘 다|다|한번에|한꺼번에)\s)+")
_AND_KO = re.compile(
    r"(?<=지)(?:랑|하고|와|,)\s+(?=\S)|(?<=[가-힣A-Za-z\d])(?:이랑|랑|하고|와|과|,|\s그리고|\s및)\s+"
)
_VERB_EN = re.compile(
    r"^(?P<verb>(?:show me|tell me|give me|read me|show|read|list|check|get|pull up|bring up"
    r"|what's|what is|what are|find me|find|do i have|are there|any)(?: both)?)\s+",
    re.IGNORECASE,
)
_WHERE_EN = re.compile(r"\s(?:in|on|for|from|near)\s(?!me\b)\S.*$", re.IGNORECASE)
_AND_EN = re.compile(r",?\s+(?:and then|and also|and|then|plus|as well as)\s+", re.IGNORECASE)


def listed(text: str, language: Language) -> Iterator[tuple[str, ...]]:
    """Every way in which `text` may ask for two things with one verb that only reads."""
    said = tidy(text, language)
    if len(said.split()) > _MOST_WORDS:
        return
    yield from _korean(said) if language == "ko" else _english(said)


def _korean(said: str) -> Iterator[tuple[str, ...]]:
    found = _VERB_KO.search(said)
    if found is None:
        return
    verb = _TOGETHER_KO.sub("", found["verb"])
    things = said[: found.start()]
    for joint in _AND_KO.finditer(things):
        first, second = things[: joint.start()].strip(), things[joint.end() :].strip()
        if first and second:
            yield f"{first} {verb}", f"{second} {verb}"


def _english(said: str) -> Iterator[tuple[str, ...]]:
    found = _VERB_EN.match(said)
    if found is None:
        return
    for joint in _AND_EN.finditer(said, found.end()):
        first, second = said[: joint.start()], f"{found['verb']} {said[joint.end() :]}"
        yield first, second
        if (where := _WHERE_EN.search(second)) and not _WHERE_EN.search(first):
            yield f"{first}{where[0]}", second
