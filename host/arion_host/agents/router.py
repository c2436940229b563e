"""Utterances matched against the language packs of the connected servers."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property, lru_cache

from hassil import Intents, recognize_all
from hassil.models import MatchEntity
from hassil.recognize import RecognizeResult

from arion_host.agents.deixis import leans
from arion_host.agents.filling import placeholders
from arion_host.agents.frames import Frames, Reading, compile_pieces, match_of
from arion_host.agents.grammar import LANGUAGES, CompiledIntent, Grammar, PackError, check_pack
from arion_host.agents.marking import (
    MARKERS,
    Marked,
    fold,
    mark,
    without_markers,
    without_prepositions,
)
from arion_host.agents.mishearing import heard_as
from arion_host.agents.pieces import Pieces
from arion_host.agents.understood import Match, NoMatch, Provenance, SlotValue, ToolFacts
from arion_host.language.clauses import is_no_thing
from arion_host.language.particles import may_follow, strip_particle
from arion_host.language.times import find_times
from arion_host.language.utterance import bare, is_negated, is_question, tidy
from arion_kit.words import (
    Language,
    LanguagePack,
    NumberSlot,
    ReferenceSlot,
    TimeSlot,
)

_WARM_UP: dict[Language, str] = {
    "ko": "내일 오후 3시에 무엇을 할까",
    "en": "what is on tomorrow at 3 pm",
}


_KEPT = 256
"""Utterances whose match is kept: the parts of a turn ask for the same ones again."""
_GUESSED = 2.0
"""How much of an utterance may be taken on trust where its act is not known by its words."""
_FEW = 3
"""Words that a free slot of a sentence takes without another look."""
_TRUSTED = 0.6
"""What one of them costs, as in a frame where it stands behind what tells its slot."""

_ADDRESS = re.compile(r"(?:https?://|www\.|[\w-]+(?:\.[\w-]+)+/)\S*", re.IGNORECASE)


@dataclass(frozen=True)
class _Candidate:
    """One way to understand an utterance."""

    compiled: CompiledIntent
    slots: Mapping[str, SlotValue]
    rank: tuple[int, int, int, int, int, str, str]
    """Sorts the likeliest first."""

    @property
    def uses_time(self) -> bool:
        return self.rank[0] < 0

    @property
    def is_clean(self) -> bool:
        """Whether its free words are no more than they should be."""
        _, swallowed, doubtful, *_ = self.rank
        few = all(len(slot.text.split()) <= _FEW for slot in self.free)
        return not swallowed and not doubtful and few

    @property
    def free(self) -> list[SlotValue]:
        """The slots that took whatever words there were."""
        return [slot for slot in self.slots.values() if slot.provenance is Provenance.SAID]


@dataclass(frozen=True)
class _Speech:
    """What can be said in one language."""

    grammar: Grammar
    intents: Intents
    frames: Frames


class _Heard:
    """An utterance, and the ways to mark the times in it."""

    def __init__(self, text: str, language: Language, now: datetime) -> None:
        self._text = text
        self._language: Language = language
        self._now = now

    @cached_property
    def ahead(self) -> list[Marked]:
        """What leaves its day open is the next to come."""
        return list(self._readings(past=False))

    @cached_property
    def _behind(self) -> dict[str, Marked]:
        return {marked.text: marked for marked in self._readings(past=True)}

    def behind(self, marked: Marked) -> Marked:
        """The same words with the latest times that have been, where they are as many."""
        return self._behind.get(marked.text, marked)

    def _readings(self, *, past: bool) -> Iterator[Marked]:
        """The utterance with its times marked in every way, then as it is."""
        text, language, now = self._text, self._language, self._now
        spans = find_times(text, language, now, past=past)
        if spans:
            yield mark(text, spans)
            if (folded := fold(text, spans, language, now, past=past)) is not None:
                yield folded
            if (trimmed := without_prepositions(spans)) != spans:
                yield mark(text, trimmed)
        yield Marked(text, (), unmarked=tuple(span.text for span in spans))


class Router:
    """Finds the intent an utterance fits; pure and deterministic."""

    def __init__(
        self, packs: Mapping[str, LanguagePack], tools: Mapping[str, Mapping[str, ToolFacts]]
    ) -> None:
        """Compile the packs of all servers; `tools` says what is known of each tool by server."""
        refused: dict[str, PackError] = {}
        pieces: dict[str, dict[Language, Pieces]] = {}
        for server, pack in packs.items():
            try:
                check_pack(server, pack, tools.get(server, {}))
                pieces[server] = compile_pieces(server, pack)
            except PackError as error:
                refused[server] = error
        self.refused: Mapping[str, PackError] = refused
        """Servers whose pack is not used, and why."""
        used = {server: pack for server, pack in packs.items() if server not in refused}
        self._speech = {language: _speech(language, used, pieces, tools) for language in LANGUAGES}
        self._routed = lru_cache(_KEPT)(self._route)

    def get_ready(self, stopped: threading.Event) -> None:
        """Do ahead what is done lazily, so that the first turns are quick, until `stopped`."""
        for speech in self._speech.values():
            speech.frames.get_ready(stopped)

    def route(self, text: str, *, language: Language, now: datetime) -> Match | NoMatch:
        """The intent that `text` fits best.

        `now` carries the person's time zone.

        Raises:
            ValueError: `now` is naive.
        """
        match = self._routed(text, language, now, now.tzinfo)
        return NoMatch() if isinstance(match, Match) and _looks_for_that(match) else match

    def _route(
        self, text: str, language: Language, now: datetime, _zone: tzinfo | None
    ) -> Match | NoMatch:
        # The same moment in two zones is equal, so the zone is part of what is kept.
        said = without_markers(tidy(text, language))
        forbids = is_negated(said, language) or is_question(said, language)
        candidates = [
            candidate
            for candidate in self._candidates(said, language, now)
            if not (forbids and not candidate.compiled.facts.read_only)
        ]
        best = min(candidates, key=lambda candidate: candidate.rank, default=None)
        if best is not None and best.is_clean:
            return _match(best, language)
        reading, behind = self._framed(said, language, now, reading_only=forbids)
        if reading is not None:
            return match_of(reading, behind, language)
        return _match(best, language) if best else NoMatch()

    def route_as(
        self, text: str, intents: Collection[str], *, language: Language, now: datetime
    ) -> dict[str, Match]:
        """What `text` asks for if one of these is meant, by whatever words; the likeliest first.

        `intents` are names as `server/intent`. What has words left over that no slot takes, or
        lacks something, is left out.
        """
        said = without_markers(tidy(text, language))
        if is_negated(said, language):
            return {}
        heard = _Heard(said, language, now)
        found = [
            (reading.cost, number, reading)
            for number, marked in enumerate(heard.ahead)
            for reading in self._speech[language].frames.read_as(marked, intents)
            if reading.cost <= _GUESSED
            and (reading.compiled.facts.read_only or not is_question(said, language))
        ]
        matches: dict[str, Match] = {}
        for _, _, reading in sorted(found, key=lambda it: it[:2]):
            behind = heard.behind(reading.marked)
            match = match_of(reading, behind, language)
            if not _looks_for_that(match):
                matches.setdefault(reading.compiled.name, match)
        return matches

    def _framed(
        self, text: str, language: Language, now: datetime, *, reading_only: bool
    ) -> tuple[Reading | None, Marked]:
        """The best reading by frames, and the utterance with the latest times that have been."""
        heard = _Heard(text, language, now)
        readings = [
            (reading.cost, number, reading)
            for number, marked in enumerate(heard.ahead)
            for reading in self._speech[language].frames.read(marked)
            if reading.compiled.facts.read_only or not reading_only
        ]
        if not readings:
            return None, Marked(text, ())
        _, _, best = min(readings, key=lambda it: it[:2])
        return best, heard.behind(best.marked)

    def route_heard(self, text: str, *, language: Language, now: datetime) -> Match | NoMatch:
        """As `route`, for words from a recogniser, which may have heard them wrongly.

        Words that fit nothing are taken for the example of a reading intent that they sound like,
        unless a time that was heard is not the example's.
        """
        match = self.route(text, language=language, now=now)
        if isinstance(match, Match):
            return match
        intents = self._speech[language].grammar.intents
        reading = (
            (example, name)
            for name, compiled in intents.items()
            if compiled.facts.read_only
            for example in compiled.intent.examples.get(language, ())
        )
        meant = heard_as(text, reading)
        if meant is None:
            return match
        times = {(span.start, span.end) for span in find_times(text, language, now)}
        if times - {(span.start, span.end) for span in find_times(meant, language, now)}:
            return match
        understood = self.route(meant, language=language, now=now)
        return replace(understood, meant=meant) if isinstance(understood, Match) else match

    def _candidates(self, text: str, language: Language, now: datetime) -> list[_Candidate]:
        found: list[_Candidate] = []
        heard = _Heard(text, language, now)
        for marked in heard.ahead:
            if marked.spans or not any(candidate.uses_time for candidate in found):
                found += self._recognize(marked, heard, language)
        return found

    def _recognize(self, marked: Marked, heard: _Heard, language: Language) -> list[_Candidate]:
        speech = self._speech[language]
        if not marked.text:
            return []
        results = recognize_all(marked.text, speech.intents)
        found = (_candidate(result, marked, heard, speech.grammar) for result in results)
        return [candidate for candidate in found if candidate is not None]


def _speech(
    language: Language,
    packs: Mapping[str, LanguagePack],
    pieces: Mapping[str, Mapping[Language, Pieces]],
    tools: Mapping[str, Mapping[str, ToolFacts]],
) -> _Speech:
    grammar, frames = Grammar(language), Frames(language)
    for server, pack in packs.items():
        grammar.add(server, pack, tools.get(server, {}))
        frames.add(server, pieces[server][language], grammar.intents_of(server))
    intents = grammar.compile()
    # The first recognition parses and indexes every template.
    list(recognize_all(_WARM_UP[language], intents))
    return _Speech(grammar, intents, frames)


def _candidate(
    result: RecognizeResult, marked: Marked, heard: _Heard, grammar: Grammar
) -> _Candidate | None:
    compiled = grammar.intents[result.intent.name]
    slots: dict[str, SlotValue] = {}
    timed = swallowed = doubtful = free_letters = 0
    for entity in result.entities_list:
        slot = compiled.slots[entity.name]
        times = heard.behind(marked) if isinstance(slot, TimeSlot) and slot.past else marked
        value = _slot_value(entity, times, compiled, grammar.language)
        if value is None:
            return None
        slots[value.name] = value
        if isinstance(slot, TimeSlot):
            timed += 1
        elif entity.is_wildcard:
            swallowed += marked.swallowed(entity.text)
            free_letters += len(value.text)
            doubtful += _cuts_a_word(entity, marked.text)
    rank = (
        -timed,
        swallowed,
        doubtful,
        -result.text_chunks_matched,
        free_letters,
        compiled.server,
        compiled.intent.name,
    )
    return _Candidate(compiled, slots, rank)


def _slot_value(
    entity: MatchEntity, marked: Marked, compiled: CompiledIntent, language: Language
) -> SlotValue | None:
    """The typed value of a matched slot; None where the words cannot be one."""
    slot, name = compiled.slots[entity.name], entity.name
    if isinstance(slot, TimeSlot):
        number = MARKERS.index(str(entity.value))
        if number >= len(marked.spans):
            return None
        span = marked.spans[number]
        return SlotValue(name, span.text, span, Provenance.COMPUTED)
    if _begins_inside_a_word(entity, marked.text):
        return None
    text = _words(entity, marked, language)
    if isinstance(slot, NumberSlot):
        return SlotValue(name, text, int(entity.value), Provenance.COMPUTED)
    if not entity.is_wildcard:
        return SlotValue(name, text, str(entity.value), Provenance.COMPUTED)
    if isinstance(slot, ReferenceSlot) and _ADDRESS.match(text):
        return None  # an address names nothing that could be looked up by its words
    if is_no_thing(slot, text, language):
        return None
    return SlotValue(name, text, text, Provenance.SAID) if bare(text) else None


def _looks_for_that(match: Match) -> bool:
    """Whether it searches for words that mean what was shown before, and no words of it."""
    looked_for = placeholders(match.arguments.get("query"))
    free = [match.slots[name] for name, _ in looked_for if name in match.slots]
    return any(it.provenance is Provenance.SAID and leans(it.text, match.language) for it in free)


def _words(entity: MatchEntity, marked: Marked, language: Language) -> str:
    """What was said for a slot, trimmed and with its own punctuation."""
    text = entity.text
    if entity.text_span is not None:
        written = marked.text[slice(*entity.text_span)]
        if bare(written) == bare(text):
            text = written
    text = marked.restore(text).strip(" \t.,!?~…")
    return strip_particle(text) if language == "ko" and entity.is_wildcard else text


def _begins_inside_a_word(entity: MatchEntity, text: str) -> bool:
    """Whether a free slot took the particle of what stands before it.

    hassil asks for no space behind a matched list, so {when} {title} fits 내일+에.
    """
    start = entity.text_span[0] if entity.is_wildcard and entity.text_span else 0
    return start > 0 and text[start - 1].isalnum() and not text[start].isspace()


def _cuts_a_word(entity: MatchEntity, text: str) -> bool:
    """Whether what follows a free slot without a space can hardly be a particle: 휴+가."""
    if entity.text_span is None:
        return False
    stem, rest = text[: entity.text_span[1]].rstrip(), text[entity.text_span[1] :]
    particle = rest.split(" ")[0]
    return bool(particle) and bool(stem) and not may_follow(stem, particle)


def _match(candidate: _Candidate, language: Language) -> Match:
    compiled = candidate.compiled
    references = {
        name: slot
        for name in candidate.slots
        if isinstance(slot := compiled.slots[name], ReferenceSlot)
    }
    return Match(
        server=compiled.server,
        intent=compiled.intent.name,
        tool=compiled.intent.tool,
        language=language,
        slots=candidate.slots,
        arguments=compiled.intent.arguments,
        references=references,
        readback=compiled.intent.readback.get(language),
        cost=_TRUSTED * sum(len(slot.text.split()) for slot in candidate.free),
    )
