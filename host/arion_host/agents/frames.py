"""Utterances read by frames: every word is accounted for, in whatever order the parts come.

A frame says which words ask for a thing, and what stands around the words of each slot. Reading an
utterance by it means to cut the utterance into pieces of the frame, with no word left over. Of all
ways to cut it, the one is taken that leaves the fewest words to free slots.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pydantic import JsonValue

from arion_host.agents.cutting import CompiledFrame, Cutting, Said, Way
from arion_host.agents.filling import placeholders
from arion_host.agents.grammar import LANGUAGES, CompiledIntent, PackError
from arion_host.agents.marking import MARKERS, Marked
from arion_host.agents.pieces import Piece, PieceError, Pieces, Words
from arion_host.agents.understood import Match, Provenance, SlotValue
from arion_host.language.lengths import minutes_in
from arion_host.language.money import price_in
from arion_host.language.numbers import number_words
from arion_host.language.spans import TimeSpan
from arion_host.language.utterance import bare
from arion_kit.words import (
    ChoiceSlot,
    Frame,
    Intent,
    Language,
    LanguagePack,
    MoneySlot,
    NumberSlot,
    ReferenceSlot,
    Slot,
    TextSlot,
    TimeSlot,
)

_LONGEST = 40
"""Words; a longer utterance is no command."""

_EVERY = re.compile(r"(?:on\s)?(?:every|each)\b", re.IGNORECASE)
_TO_SOMEBODY = re.compile(r"\S(?:한테|에게|께)\s")

_VALUES = (TimeSlot, NumberSlot, MoneySlot, ReferenceSlot)
"""Slots of values that nobody says for nothing; other words may be there to be heard only."""


@dataclass(frozen=True)
class Reading:
    """One way to understand an utterance."""

    compiled: CompiledIntent
    marked: Marked
    said: tuple[Said, ...]
    missing: tuple[str, ...]
    """Slots that have to be asked for."""
    cost: float
    """How much of the utterance was taken on trust; the least is best."""
    sure: bool
    """Something else than free words tells what is meant."""


@dataclass(frozen=True)
class _Indexed:
    """A frame, with the numbers of the pieces of which it needs one."""

    frame: CompiledFrame
    act: frozenset[int]
    about: frozenset[int]

    def is_asked(self, said: set[int]) -> bool:
        """Whether the act and the object are named at all, wherever."""
        return not self.act.isdisjoint(said) and not (self.about and self.about.isdisjoint(said))


@dataclass
class Frames:
    """The frames of all packs in one language."""

    language: Language
    _frames: list[_Indexed] = field(default_factory=list["_Indexed"])
    _asking: list[Piece] = field(default_factory=list[Piece])
    """The pieces that frames need; they share most of them."""
    _numbers: dict[Piece, int] = field(default_factory=dict[Piece, int])
    _by_needle: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """Which pieces to look for in a text that has these letters; under "" in every one."""

    def add(self, server: str, pieces: Pieces, intents: Iterable[CompiledIntent]) -> None:
        """Take over the frames of a checked pack: `pieces` and `intents` are its own."""
        for compiled in intents:
            for frame in compiled.intent.frames.get(self.language, ()):
                act, about, parts = _compiled_pieces(server, compiled.intent.name, frame, pieces)
                self._frames.append(
                    _Indexed(
                        CompiledFrame(compiled, act, about, parts, frame.needs),
                        frozenset(map(self._number, act)),
                        frozenset(map(self._number, about)),
                    )
                )

    def get_ready(self, stopped: threading.Event) -> None:
        """Compile every pattern before it is looked for, until `stopped`; 1 s of CPU."""
        for indexed in self._frames:
            for piece in indexed.frame.pieces:
                for matcher in (piece.before, piece.behind, piece.typed):
                    if stopped.is_set():
                        return
                    if isinstance(matcher, Words):
                        matcher.compile()

    def _number(self, piece: Piece) -> int:
        if piece not in self._numbers:
            self._numbers[piece] = len(self._asking)
            self._asking.append(piece)
            for needle in piece.needles or {""}:
                self._by_needle.setdefault(needle, []).append(self._numbers[piece])
        return self._numbers[piece]

    def _said(self, text: str) -> Iterator[int]:
        """The pieces that may be said somewhere in a text."""
        letters = text.lower()
        for needle, numbers in self._by_needle.items():
            if needle in letters:
                yield from (it for it in numbers if _may_be_in(self._asking[it], text))

    def read(self, marked: Marked) -> list[Reading]:
        """Every frame's best reading of an utterance with its times marked, the surest first."""
        said = set(self._said(marked.text))
        asked = (it.frame for it in self._frames if it.is_asked(said))
        found = (self._read(frame, marked) for frame in asked)
        return sorted((it for it in found if it is not None), key=lambda reading: reading.cost)

    def read_as(self, marked: Marked, intents: Collection[str]) -> list[Reading]:
        """As `read`, where it is known otherwise what is asked for: by whatever words.

        `intents` are names as `server/intent`. No reading of this kind is sure.
        """
        frames = [it.frame for it in self._frames if it.frame.compiled.name in intents]
        found = (self._read(frame, marked, is_known=True) for frame in frames)
        return sorted((it for it in found if it is not None), key=lambda reading: reading.cost)

    def _read(
        self, frame: CompiledFrame, marked: Marked, *, is_known: bool = False
    ) -> Reading | None:
        if len(marked.text.split()) > _LONGEST:
            return None
        way = Cutting(frame, marked, self.language, is_known=is_known).best()
        if way is None or (marked.moved and _has_sentence(frame, way)):
            return None
        slots = {said.slot for said in way.said}
        missing = tuple(slot for slot in frame.needs if _is_missing(slot, slots, way, marked))
        if _is_told_whom(frame, way, missing) or self._loses_series(frame, way, marked):
            return None
        typed = any(not isinstance(frame.compiled.slots[slot], TextSlot) for slot in slots)
        return Reading(frame.compiled, marked, way.said, missing, way.cost, typed and not is_known)

    def _loses_series(self, frame: CompiledFrame, way: Way, marked: Marked) -> bool:
        """Whether what is to change would do so once, though "every weekday at nine" was said."""
        if self.language == "ko" or frame.compiled.facts.read_only:
            return False
        arguments, slots = str(frame.compiled.intent.arguments), frame.compiled.slots
        return any(
            f"{{{said.slot}.recurrence}}" not in arguments
            and _is_series(marked.spans[MARKERS.index(said.words)])
            for said in way.said
            if isinstance(slots[said.slot], TimeSlot)
        )


def _is_series(span: TimeSpan) -> bool:
    """Whether a time comes again, even where its end was said and its rule is not known."""
    return span.recurrence is not None or _EVERY.match(span.text) is not None


def _compiled_pieces(
    server: str, intent: str, frame: Frame, pieces: Pieces
) -> tuple[tuple[Piece, ...], ...]:
    try:
        return tuple(
            tuple(pieces.piece(template) for template in templates)
            for templates in (frame.act, frame.about, frame.parts)
        )
    except (PieceError, ValueError) as error:
        raise PackError(server, str(error), intent=intent) from error


def compile_pieces(server: str, pack: LanguagePack) -> dict[Language, Pieces]:
    """Compile every piece of a pack's frames.

    Raises:
        PackError: a piece is malformed, names a slot or rule the pack does not have, or takes a
            value that no argument gets.
    """
    compiled: dict[Language, Pieces] = {it: Pieces(pack, it) for it in LANGUAGES}
    for language, pieces in compiled.items():
        for intent in pack.intents:
            for frame in intent.frames.get(language, ()):
                parts = chain(*_compiled_pieces(server, intent.name, frame, pieces))
                lost = {it.slot for it in parts if it.slot} - _used(intent, pack)
                if any(_is_value(pack.slots[it]) for it in lost):
                    names = ", ".join(sorted(lost))
                    raise PackError(
                        server, f"what {names} takes is used nowhere", intent=intent.name
                    )
                for name in frame.needs:
                    if name.partition(":")[0] not in pack.slots:
                        raise PackError(
                            server, f"the pack has no slot {{{name}}}", intent=intent.name
                        )
    return compiled


def _is_value(slot: Slot) -> bool:
    return isinstance(slot, _VALUES) and not (isinstance(slot, TimeSlot) and slot.aside)


def _used(intent: Intent, pack: LanguagePack) -> set[str]:
    """The slots whose values come into the call or its question, or into a look-up for them."""
    used: set[str] = set()
    templates: list[JsonValue] = [dict(intent.arguments), *intent.readback.values()]
    while templates:
        for name, _ in placeholders(templates.pop()):
            slot = pack.slots.get(name)
            if name not in used and isinstance(slot, ReferenceSlot):
                templates.append(dict(slot.arguments))
            used.add(name)
    return used


def _has_sentence(frame: CompiledFrame, way: Way) -> bool:
    """Whether a message was said, whose words have to stay in their order."""
    return any(_is_message(frame.compiled.slots[said.slot]) for said in way.said)


def _is_message(slot: Slot) -> bool:
    return isinstance(slot, TextSlot) and slot.sentence


def _is_told_whom(frame: CompiledFrame, way: Way, missing: tuple[str, ...]) -> bool:
    """Whether a message has the person in it who would be asked for: 수민이한테 고맙다고."""
    asked = (it.behind for it in frame.pieces if it.slot in missing and it.behind is not None)
    if not any("한테" in behind.pattern for behind in asked):
        return False
    slots = frame.compiled.slots
    return any(_TO_SOMEBODY.search(it.words) for it in way.said if _is_message(slots[it.slot]))


def _may_be_in(piece: Piece, text: str) -> bool:
    """Whether a piece may be said somewhere in a text."""
    if piece.optional and piece.before is not None and piece.before.search(text):
        return True
    patterns = (piece.before, piece.behind, piece.typed)
    return all(it.search(text) for it in patterns if it is not None)


def _is_missing(need: str, slots: set[str], way: Way, marked: Marked) -> bool:
    slot, _, detail = need.partition(":")
    if slot not in slots:
        return True
    if detail != "hour":
        return False
    marks = [said.words for said in way.said if said.slot == slot]
    spans = [marked.spans[MARKERS.index(mark)] for mark in marks if mark in MARKERS]
    # "내일 하루 종일" and "from Monday to Wednesday" leave no hour open.
    return any(
        (span.grain.is_dated_only and not span.until and "종일" not in span.text)
        or span.grain == "part"
        for span in spans
    )


def match_of(reading: Reading, behind: Marked, language: Language) -> Match:
    """The intent that a reading comes to; `behind` has the times as the latest that have been."""
    compiled, slots = reading.compiled, reading.compiled.slots
    values = {
        said.slot: _value(
            said,
            slots[said.slot],
            behind if _is_past(slots[said.slot]) else reading.marked,
            language,
        )
        for said in reading.said
    }
    intent = compiled.intent
    references = {name: slot for name in values if isinstance(slot := slots[name], ReferenceSlot)}
    return Match(
        server=compiled.server,
        intent=intent.name,
        tool=intent.tool,
        language=language,
        slots=values,
        arguments=intent.arguments,
        references=references,
        readback=intent.readback.get(language),
        missing=reading.missing,
        asks={name: texts[language] for name, texts in intent.asks.items() if language in texts},
        sure=reading.sure,
        cost=reading.cost,
    )


def _is_past(slot: Slot) -> bool:
    return isinstance(slot, TimeSlot) and slot.past


def _value(said: Said, slot: Slot, marked: Marked, language: Language) -> SlotValue:
    """The words of a slot with what they stand for."""
    name, words = said.slot, said.words
    if isinstance(slot, TimeSlot):
        span = marked.spans[MARKERS.index(words)]
        return SlotValue(name, span.text, span, Provenance.COMPUTED)
    text = marked.restore(words)
    if isinstance(slot, NumberSlot) and slot.minutes:
        return SlotValue(name, text, minutes_in(text, language), Provenance.COMPUTED)
    if isinstance(slot, NumberSlot):
        numbers = {
            bare(word): number
            for word, number in number_words(language, slot.minimum, slot.maximum)
        }
        number = int(words) if words.isdecimal() else numbers[bare(words)]
        return SlotValue(name, text, number, Provenance.COMPUTED)
    if isinstance(slot, MoneySlot) and (price := price_in(words, language)) is not None:
        return SlotValue(name, text, price, Provenance.COMPUTED)
    if isinstance(slot, ChoiceSlot):
        values = {
            bare(word): value for value, by in slot.values.items() for word in by.get(language, ())
        }
        return SlotValue(name, text, values[bare(words)], Provenance.COMPUTED)
    return SlotValue(name, text, text, Provenance.SAID)
