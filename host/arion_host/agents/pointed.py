"""What words that point leave out, put back: "bin it" is "bin that email", 그거 is 그 메일.

Each function gives whole utterances to try, the likeliest first. What they mean is only known once
one of them is understood and what it points at was shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from arion_host.agents.deixis import (
    IT_KO,
    NTH_EN,
    PLACE_KO,
    SAID_EN,
    SAID_KO,
    THING_KO,
)
from arion_host.agents.following.time_parts import agreeing
from arion_host.language.utterance import tidy
from arion_kit.speech import Particle, josa
from arion_kit.words import Language

SOMEBODY: dict[Language, str] = {"ko": "아무개 씨", "en": "Alex"}
"""Stands for a person who was shown: what others call themselves is not read as words said."""

_TAIL_KO = r"(?=\s|$|[을를은는이가도만의]|으?로|까지|부터|에|한테)"
_FOUND_KO = (
    re.compile(rf"(?<!\S)(?P<what>{PLACE_KO})\s?(?P<thing>{THING_KO}){_TAIL_KO}"),
    re.compile(
        rf"(?<!\S)(?P<what>{PLACE_KO})(?P<thing>)(?=\s(?!(?:{SAID_KO}|{THING_KO}){_TAIL_KO}))"
    ),
    re.compile(rf"(?<!\S)(?P<what>{IT_KO})\s?(?P<thing>{THING_KO}){_TAIL_KO}"),
    re.compile(r"(?<!\S)(?P<what>거기|그쪽)(?P<thing>)(?=에|다|서|까지|\s|$)"),
)
_CASES_KO: dict[str, Particle] = {"걸": "을를", "건": "은는", "게": "이가"}
_FOUND_EN = (
    re.compile(rf"\b(?P<what>(?:the |that )?(?:{NTH_EN})) (?:one|thing)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<what>the (?:{NTH_EN}))(?=[,.]|$"
        r"| (?:to|from|for|as|on|at|in|into|with|and|too|again|now|please|instead|back|off|out|up"
        r"|down|away|then|today|tomorrow)\b)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<what>that|this) (?:one|thing|place|spot)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<what>it|that|this)\b(?!['’\w]| (?:{SAID_EN})\b)", re.IGNORECASE),
)
_CALLED_EN = re.compile(
    rf"\b(?:that|this|(?:the |that )?(?:{NTH_EN})) (?P<noun>{SAID_EN})\b", re.IGNORECASE
)
_CALLED_KO = re.compile(
    rf"(?<!\S)(?:그|이|{PLACE_KO})\s(?P<noun>{SAID_KO})(?=\s|$|[을를은는이가도만의]|으?로|에)"
)
_NAMES = 3
"""Words for a thing that are tried, since reading an utterance takes time."""
_ITS_EN = re.compile(r"\bits\b(?=\s\w)", re.IGNORECASE)
_THERE_EN = re.compile(
    r"(?:^|\s)(?:(?P<at>in|on|under|near|around|to|from) )?there(?=[,.\s]|$)", re.IGNORECASE
)
_AT_EN = ("on", "near", "to", "in")
"""What may stand before the thing that "there" means."""

_WHY_EN = re.compile(
    r",\s(?:(?:because |since |as )?(?:i|we)(?:'m|'re|\sam|\sare)? (?:not|won['’]?t|can['’]?t"
    r"|don['’]?t|no longer|changed my mind|already)\b.*)$",
    re.IGNORECASE,
)
_WHY_KO = re.compile(
    r",\s?(?:(?:이제|나|난|저는|더는)\s)?(?:안|못)\s\S+(?:래|래요|거야|거예요|아|어|해|가)$"
    r"|,\s?(?:이제\s)?필요\s?(?:없어|없어요|없으니까)$"
)

_BACK_EN = re.compile(
    r"\b(?:write|mail|e-?mail|message|answer|text) (?:him|her|them) back(?: saying)?\b"
    r"|\b(?:write|reply|respond|get) back to (?:him|her|them)\b|\breply to (?:him|her|them)\b"
    r"|\banswer (?:him|her|them)\b",
    re.IGNORECASE,
)
_TELL_EN = re.compile(r"\b(?:tell|let) (?:him|her|them)(?: know)?(?: that)?\b", re.IGNORECASE)
_WHOSE_EN = re.compile(r"\b(?:his|her|their)\b(?=\s\w)", re.IGNORECASE)
_WHOM_EN = re.compile(r"\b(?:him|her|them|that person)\b", re.IGNORECASE)
_WHO_KO = r"(?:그|이)\s?(?:사람|분|친구)|걔|그\s?(?:애|녀석)|보낸\s?(?:사람|분)"
_ANSWER_KO = re.compile(rf"(?<!\S)(?:{_WHO_KO})(?:한테|에게|께)(?=\s.*(?:답장|회신|답신|답\s))")
_WHOM_KO = re.compile(
    rf"(?<!\S)(?:{_WHO_KO})(?=한테|에게|께|이랑|하고|랑|의|\s|$|[을를은는이가도])"
)


def named(text: str, kinds: Sequence[Sequence[str]], language: Language) -> Iterator[str]:
    """`text` with the word for a thing that it leaves out: 그거 지워줘 becomes 그 메일 지워줘.

    `kinds` are the words for what was shown, a sequence a kind. Where it is called by one of them,
    the others are tried: "that meeting" may be "that event".
    """
    said = tidy(text, language)
    name = _named_korean if language == "ko" else _named_english
    called = _CALLED_KO if language == "ko" else _CALLED_EN
    tried: dict[str, None] = {}
    for clause in _clauses(said, language):
        for names in kinds:
            found = called.search(clause)
            if found is not None and found["noun"].lower() in map(str.lower, names):
                if found["last"] or found["top"]:
                    continue  # the last mail may be the last that came
                tried[clause] = None
                head, tail = clause[: found.start("noun")], clause[found.end("noun") :]
                tail_of = agreeing if language == "ko" else _as_it_is
                tried.update({f"{head}{it}{tail_of(it, tail)}": None for it in names[:_NAMES]})
            for noun in names[:_NAMES]:
                tried.update(dict.fromkeys(name(clause, noun)))
    yield from tried


def called(text: str, name: str, language: Language) -> Iterator[str]:
    """`text` with the name of a thing in the place of the words that point at it."""
    that, noun = ("그", "것") if language == "ko" else ("that", "thing")
    for whole in named(text, [[noun]], language):
        if f"{that} {noun}" in whole:
            yield whole.replace(f"{that} {noun}", name if language == "ko" else f"the {name}")


def with_object(text: str, kinds: Sequence[Sequence[str]], language: Language) -> Iterator[str]:
    """`text` with what a Korean verb leaves out: 승인해 becomes 그 PR 승인해."""
    if language == "ko":
        said = tidy(text, language)
        yield from (f"그 {noun} {said}" for names in kinds for noun in names[:_NAMES])


def answering(text: str, kinds: Sequence[Sequence[str]], language: Language) -> Iterator[str]:
    """`text` as an answer to a thing, where it is for somebody: "write her back that I'm in"."""
    said = tidy(text, language)
    patterns = (_ANSWER_KO,) if language == "ko" else (_BACK_EN, _TELL_EN)
    for pattern in patterns:
        for noun in (names[0] for names in kinds):
            to = f"그 {noun}에" if language == "ko" else f"reply to that {noun}"
            saying = " saying" if pattern is _TELL_EN else ""
            if (found := pattern.search(said)) is not None:
                yield f"{said[: found.start()]}{to}{saying}{said[found.end() :]}"


def with_somebody(text: str, language: Language) -> str | None:
    """`text` with `SOMEBODY` for the person it points at; None where it points at nobody."""
    said, name = tidy(text, language), SOMEBODY[language]
    if name in said:
        return None
    if language == "ko":
        whole = _WHOM_KO.sub(name, said, count=1)
    else:
        whole = _WHOM_EN.sub(name, said, count=1)
        # "her" is a person before these, and whose thing it is before others.
        if re.search(rf"\b{name} (?!(?:an?|the|that|to|about|if|and|know)\b)\w", whole):
            whole = _WHOSE_EN.sub(f"{name}'s", said, count=1)
    return whole if whole != said else None


def noun_said(words: str, language: Language) -> bool:
    """Whether words are nothing but what things are called: "that" before them counts for more."""
    noun = SAID_KO if language == "ko" else SAID_EN
    return re.fullmatch(noun, tidy(words, language), re.IGNORECASE) is not None


def _as_it_is(_: str, behind: str) -> str:
    return behind


def _clauses(said: str, language: Language) -> Iterator[str]:
    yield said
    # What comes before may be no more than praise: "looks good, send it".
    if ", " in said:
        yield said.rpartition(", ")[2]
    why = (_WHY_KO if language == "ko" else _WHY_EN).search(said)
    if why is not None:
        yield said[: why.start()]


def _named_korean(said: str, noun: str) -> Iterator[str]:
    for pattern in _FOUND_KO:
        found = pattern.search(said)
        if found is None:
            continue
        place = any(found.groupdict().get(name) for name in ("nth", "short", "last", "top"))
        what = f"{found['what'] if place else '그'} {noun}"
        behind = said[found.end() :]
        behind = f"에{behind}" if found["what"] == "거기" and behind.startswith("서") else behind
        if (case := _CASES_KO.get(found["thing"])) and not behind.startswith(("로", "으로")):
            yield said[: found.start()] + josa(what, case) + behind
        else:
            yield said[: found.start()] + what + agreeing(noun, behind)
        return


def _named_english(said: str, noun: str) -> Iterator[str]:
    for pattern in _FOUND_EN:
        for found in pattern.finditer(said):
            what = "that" if found["what"].lower() in ("it", "this") else found["what"]
            yield f"{said[: found.start()]}{what} {noun}{said[found.end() :]}"
    for found in _ITS_EN.finditer(said):
        yield f"{said[: found.start()]}that {noun}'s{said[found.end() :]}"
        rest = said[found.end() :].strip()
        yield f"{said[: found.start()]}the {rest} of that {noun}"
    for found in _THERE_EN.finditer(said):
        for at in [found["at"]] if found["at"] else _AT_EN:
            yield f"{said[: found.start()]} {at} that {noun}{said[found.end() :]}".strip()
