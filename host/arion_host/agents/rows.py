"""Which of the rows a reading tool returned is meant by words that are not the row's own.

엄마 is 어머니, "the dentist" is 치과 스케일링, 지훈이 is 오지훈. A row is only taken where no other
would do as well; else the person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import JsonValue

from arion_host.agents.meaning import Meaning
from arion_host.agents.names import forms, is_called, likeness
from arion_host.agents.understood import NoneFound, Resolved, Several
from arion_host.language.glossary import (
    Phrase,
    glossary,
    singular,
    without_particle,
    words_of,
)
from arion_host.language.utterance import bare

_MOST_OPTIONS = 3
"""Rows that are offered where none is plainly meant."""
_COMPARED = 24
"""Rows whose meaning is compared: the first time, each takes 20 ms."""
_FULL = 0.99
_MOSTLY = 0.6
"""Part of what was said that a row has to have, to be taken for it unless others have as much."""
_HALF = 0.5
"""Part that a row has to have to be offered: who says "Jeju business trip" may mean no other."""
_SHORT = 60
"""Characters of what a thing is known by; the beginning of a mail is longer."""
_NEARER = 0.03
"""How much nearer in meaning a row is than any other, to be offered on that alone. Never more:
what is not there is as near to something else, 어머니 생신 to 아버지 생신."""
_SOUNDS = 0.78
"""Likeness of sounds from which a word was heard for another."""

_EMPTY_WORDS = """
the a an my our your his her their this that these those with of for from to about on in at and or
it its is 내 우리 그 이 저 제 나의 저의 온 거 것 그거 관련 관한 대한 번 좀 씨 님 가는
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that name nothing."""
_KIND_WORDS = """
event appointment schedule mail email e-mail message letter page doc document note draft repo
repository item thing one booking plan thread newsletter invitation invite
일정 약속 예약 스케줄 행사 이벤트 메일 이메일 편지 페이지 문서 노트 메모 초안 저장소 레포 항목
캘린더 초대 초대장 안내 건 모임 자리 시간
"""
_KINDS = frozenset(_KIND_WORDS.split())
"""Words for the kind of thing that is looked for anyway: rows need not have them."""


@dataclass(frozen=True)
class Likeliest:
    """Which row is meant."""

    found: Resolved | Several | NoneFound
    sure: bool = True
    """False where the row has only a part of what was said, or sounds like it: a write is read
    back first."""


@dataclass(frozen=True)
class _Said:
    """What was said, in words that count."""

    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    counts: tuple[bool, ...]
    """Whether a row has to have the word."""


class _Text:
    """Some text of a row."""

    def __init__(self, text: str) -> None:
        self._words = words_of(text)
        self._bare = bare(text)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(
            form for word in self._words for form in (singular(word), without_particle(word))
        )

    @cached_property
    def _entries(self) -> frozenset[int]:
        return glossary().entries_in(self._words)

    def share_of(self, said: _Said, *, spoken: bool) -> tuple[float, bool]:
        """Part of the words that count that this text has, and whether each is plainly there."""
        has = [self._has(word) for word in said.words]
        for phrase in said.phrases:
            if phrase.entries & self._entries:
                has[phrase.start : phrase.end] = [True] * (phrase.end - phrase.start)
            elif phrase.person and not all(has[phrase.start : phrase.end]):
                # 아버지 생일 is nobody else's birthday.
                return 0.0, True
        sounds = [
            spoken and not it and self._sounds(word)
            for it, word in zip(has, said.words, strict=True)
        ]
        counted = [
            (it or heard, it)
            for it, heard, counts in zip(has, sounds, said.counts, strict=True)
            if counts
        ]
        return sum(it for it, _ in counted) / len(counted), all(
            plain for it, plain in counted if it
        )

    def share_in(self, said: _Said) -> bool:
        """Whether everything here is among what was said."""
        text = _Text(" ".join(said.words))
        mine = _said(" ".join(self._words), kinds=True)
        return mine is not None and text.share_of(mine, spoken=False)[0] >= _FULL

    def _has(self, word: str) -> bool:
        stem = singular(without_particle(word))
        if {word, stem} & self._stems:
            return True
        if len(stem) > 1 and not stem.isascii() and stem in self._bare:
            return True
        return len(stem) > 1 and any(is_called(it, stem) for it in self._stems)

    def _sounds(self, word: str) -> bool:
        return len(word) > 1 and any(
            likeness(without_particle(word), without_particle(it)) >= _SOUNDS for it in self._words
        )


@dataclass(frozen=True)
class _Ranked:
    """A row, and how much of what was said it has."""

    option: Resolved
    share: float
    alone: float
    """Of its label alone, or of the rest alone."""
    plain: bool
    """Nothing of it is only a likeness of sounds."""
    whole: bool
    """Its label has nothing but what was said."""


def likeliest(
    options: Sequence[Resolved],
    text: str,
    *,
    field: str = "",
    meaning: Meaning | None = None,
    spoken: bool = False,
) -> Likeliest:
    """Which of `options` the words `text` mean.

    `field` is the one field of rows that the words are about, else all count. `meaning` tells
    what to offer where words do not; with `spoken`, sounds count as well. Takes 1 ms for 20 rows,
    and with `meaning` 20 ms more a row that is new to it.
    """
    ranked = sorted(
        (_ranked(option, text, field, spoken=spoken) for option in options),
        key=lambda it: -it.share,
    )
    best = ranked[0].share if ranked else 0.0
    first = [it for it in ranked if it.share >= min(best, _FULL)]
    if best >= _FULL:
        winners = _narrowed(first)
        if len(winners) == 1:
            return Likeliest(winners[0].option, winners[0].plain)
        return Likeliest(Several(text, tuple(it.option for it in winners)))
    if best >= _MOSTLY and len(first) == 1:
        return Likeliest(first[0].option, sure=False)
    if best >= _HALF:
        offered = tuple(it.option for it in first[:_MOST_OPTIONS])
        return Likeliest(Several(text, offered), sure=False)
    options = [it.option for it in ranked]
    near = None if _is_plain(text) else _nearest(options, text, meaning)
    return Likeliest(Several(text, (near,)) if near else NoneFound(text), sure=False)


def words_that_count(text: str) -> list[str]:
    """The words of `text` that a row has to have, without their particles."""
    said = _said(text)
    if said is None:
        return []
    return [
        without_particle(word)
        for word, counts in zip(said.words, said.counts, strict=True)
        if counts and len(word) > 1
    ]


def is_person(text: str) -> bool:
    """Whether the words mean a person and nothing else: 엄마, "my boss"."""
    said = _said(text)
    people = [it for it in said.phrases if it.person] if said else []
    named = {n for it in people for n in range(it.start, it.end)}
    return said is not None and all(n in named for n, it in enumerate(said.counts) if it)


def _narrowed(ranked: list[_Ranked]) -> list[_Ranked]:
    """Those that plainly have everything, in one place, and nothing else."""
    for better in (
        [it for it in ranked if it.plain],
        [it for it in ranked if it.alone >= _FULL],
        [it for it in ranked if it.whole],
    ):
        ranked = [it for it in ranked if it in better] or ranked
    return ranked


def _is_plain(text: str) -> bool:
    """Whether the glossary has all of it: what it means is known then, and no row means it."""
    said = _said(text)
    known = {n for it in said.phrases for n in range(it.start, it.end)} if said else set[int]()
    return said is not None and all(n in known for n, it in enumerate(said.counts) if it)


def _nearest(options: Sequence[Resolved], text: str, meaning: Meaning | None) -> Resolved | None:
    """What is clearly nearest in meaning; None where that cannot be told."""
    labels = list(dict.fromkeys(option.label for option in options))
    if meaning is None or not 1 < len(labels) <= _COMPARED:
        return None
    scores = meaning.likeness(text, labels)
    if scores is None:
        return None
    (first, label), (second, _), *_ = sorted(zip(scores, labels, strict=True), reverse=True)
    if first - second < _NEARER:
        return None
    return next(option for option in options if option.label == label)


def _ranked(option: Resolved, text: str, field: str, *, spoken: bool) -> _Ranked:
    texts = _texts(option.row, field)
    label = "" if field else option.label
    everything, parts = _Text(" ".join([label, *texts])), [_Text(label), _Text(" ".join(texts))]
    best = _Ranked(option, 0.0, 0.0, plain=True, whole=False)
    for form in forms(text):
        said = _said(form)
        if said is None:
            continue
        share, plain = everything.share_of(said, spoken=spoken)
        if share > best.share:
            alone = max(part.share_of(said, spoken=spoken)[0] for part in parts)
            best = _Ranked(option, share, alone, plain, parts[0].share_in(said))
    return best


def _said(text: str, *, kinds: bool = False) -> _Said | None:
    """The words that count, those for kinds as well with `kinds`; None where there are none."""
    words = tuple(words_of(text))
    phrases = tuple(glossary().phrases(words))
    # "one on one" is a name, though none of its words is.
    within = {n for it in phrases if it.end - it.start > 1 for n in range(it.start, it.end)}
    names = [n in within or word not in _EMPTY for n, word in enumerate(words)]
    counts = tuple(
        named and (kinds or n in within or not {singular(word), without_particle(word)} & _KINDS)
        for n, (word, named) in enumerate(zip(words, names, strict=True))
    )
    counts = counts if any(counts) else tuple(names)
    return _Said(words, phrases, counts) if any(counts) else None


def _texts(row: Mapping[str, JsonValue], field: str) -> list[str]:
    """What people would know a row by: no ids, addresses of pages, or times."""
    values = [
        item
        for name, value in row.items()
        if field in ("", name)
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, str)
    ]
    return [
        it
        for it in values
        if len(it) <= _SHORT and "://" not in it and not re.fullmatch(r"\S*\d\S*", it)
    ]
