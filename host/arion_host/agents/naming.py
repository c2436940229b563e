"""What a command is about that only names what differs: "4번에는", "the library one"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arion_host.agents.deixis import nouns_of
from arion_host.agents.understood import Match
from arion_host.language.utterance import bare
from arion_kit.words import Language

_SAME_KO = re.compile(
    r"^(?P<whom>\S.*?)(?:한테|에게|께)(?:도|는)?\s(?:똑같이|똑같은\s?(?:내용|메일|거)(?:으?로)?|같은\s?(?:내용|메일|거|말)(?:으?로)?"
    r"|마찬가지로|그대로)\s"
)
_KIND_EN = re.compile(
    r"\b(?P<noun>e-?mail|mail|message|draft|event|meeting|issue|pull request|pr|page|task"
    r"|to-do|note"
    r"|branch|list|reminder|appointment|class|session|lesson|call)s?\b(?!.*\b(?:issue|task|mail)s?\b)",
    re.IGNORECASE,
)
_BARE_NUMBER: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?<!이슈\s)(?<!PR\s)(?<!피알\s)(?<!\S)(?!이번)(?P<number>\d{1,4}|[일이삼사오육칠팔구십백]{1,4})번(?=[은는을를도에]|에는|엔|\s)"
        r"(?!\s?(?:이슈|피알|PR|풀|출구|버스|마을))"
    ),
    "en": re.compile(
        r"(?<!issue )(?<!pr )(?<!request )\b(?:number |no\. ?)(?P<number>\w+)\b", re.I
    ),
}
_KIND_OF_CODE = re.compile(r"이슈|피알|PR|풀\s?리퀘스트|\b(?:issue|pull request|pr)", re.IGNORECASE)


def names_alike(part: str, language: Language) -> bool:
    """Whether a command only says a number, or another person, for what was said before."""
    again = language == "ko" and _SAME_KO.search(part) is not None
    return again or _BARE_NUMBER[language].search(part) is not None


def words_said(match: Match) -> list[str]:
    """The words of a command's slots, but for its times and numbers."""
    return [it.text for it in match.slots.values() if isinstance(it.value, str) and it.text]


def numbered(part: str, before: str, match: Match, language: Language) -> Iterator[str]:
    """A number alone with what it is the number of: "4번에는" behind "아리온 6번 이슈 닫고"."""
    found, kind = _BARE_NUMBER[language].search(part), _KIND_OF_CODE.search(before)
    if found is None or kind is None:
        return
    head, tail = part[: found.start()], part[found.end() :]
    for where in (*(it for it in words_said(match) if bare(it) in bare(before)), ""):
        if language == "ko":
            yield f"{head}{where} {found['number']}번 {kind[0]}{tail}".strip()
            yield f"{head}{where} {kind[0]} {found['number']}번{tail}".strip()
        else:
            on = f" on {where}" if where else ""
            yield f"{head}{kind[0]} {found['number']}{on}{tail}"


def kinds_english(before: str, match: Match) -> list[str]:
    """What the things of a command are called, the likeliest first."""
    said = [it.split()[-1] for it in words_said(match) if it]
    named = [found["noun"] for found in _KIND_EN.finditer(before)]
    fields = [noun for slot in match.references.values() for noun in nouns_of(slot.items, "en")]
    return list(dict.fromkeys([*named, *said, *fields]))[:5]


def same_again(part: str, before: str, match: Match) -> str | None:
    """The first command for another person: "민재 씨한테도 똑같이 보내줘"."""
    found = _SAME_KO.search(part)
    if found is None:
        return None
    for name in match.references:
        whom = re.search(rf"{re.escape(match.slots[name].text)}(?:한테|에게|께)", before)
        if whom is not None:
            return f"{before[: whom.start()]}{found['whom']}한테{before[whom.end() :]}"
    return None
