"""One utterance cut into the pieces of one frame, with no word left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from arion_host.agents.deixis import read_pointing
from arion_host.agents.filling import placeholders
from arion_host.agents.grammar import CompiledIntent
from arion_host.agents.marking import MARKERS, Marked
from arion_host.agents.pieces import Piece
from arion_host.language.clauses import is_no_thing
from arion_host.language.fillers import FILLERS, without_articles
from arion_host.language.nameless import is_empty, is_no_message
from arion_host.language.particles import may_follow, strip_particle
from arion_host.language.utterance import bare
from arion_kit.words import Language, ReferenceSlot, Slot, TextSlot, TimeSlot

_ANY_MARKER = re.compile(f"[{MARKERS}]")
_WORD = re.compile(r"\S+")
_HOW_MANY = ("다", "싹", "전부", "모두")
"""Korean words behind a name that are no part of it: 일정 다 지워줘."""
_TO_SOMEBODY = ("한테", "에게", "께")
"""Korean particles behind a person."""
_CLOCK = ("시", "분", "시 반")
"""How a time of day ends, which names nothing: 점심 may be what one eats."""
_PARTS_OF_DAY = ("아침", "점심", "저녁", "오전", "오후", "새벽", "밤")
_PAUSE = re.compile(r"[,;!?]\s|(?<!\bre)(?<!\bfw)(?<!\bfwd):\s", re.IGNORECASE)
"""What no name of a thing has within it."""
_NO_WORD = re.compile(r"[^\w']+")
_EITHER = re.compile(r"(?:\[\{\w+(?:\.\w+)?\}\]){2,}")
_ENDS = ",.;:!?"
"""What ends a part of an utterance."""
_AND = re.compile(r"\s+and\s", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,.;:!?~…]*")

_FREE = 1.0
"""What one word costs that is in a slot only because nothing else takes it."""
_ANCHORED = 0.6
"""What one word costs that stands where the frame expects the slot's words."""
_SENTENCE = 0.65
"""What one word of a message costs: it takes what nothing else does."""
_FILLER = 0.15
_OWN = 0.7
"""What each word of a filler costs that rather begins a message."""
_TO = 0.1
"""What a time with 로 behind it costs where nothing tells that it is the one something moves to."""
_MISSING = 1.5
"""What a slot costs that has to be asked for."""
_SKIPPED = 1.2
"""What a word costs that no piece takes, where it is known otherwise what is asked for."""

_COURTESY = re.compile(r"(?:please|thanks|thank you)\W*$", re.IGNORECASE)
"""What a message that was said out loud ends before."""

_ARTICLES = frozenset({"a", "an", "the"})

_REQUEST: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:줘요?|주세요|줄래요?|주라|달라|해봐|봐봐|부탁(?:해요?|드려요))(?=[\s,.]|$)"
    ),
    "en": re.compile(r"\b(?:and then|then|and also)\b", re.IGNORECASE),
}
"""What no free words hold but those of a message: another request."""


@dataclass(frozen=True)
class Said:
    """The words of one slot."""

    slot: str
    words: str
    is_guessed: bool = False
    """Nothing tells where the words begin."""


@dataclass(frozen=True)
class CompiledFrame:
    """A frame, ready to be read by."""

    compiled: CompiledIntent
    act: tuple[Piece, ...]
    about: tuple[Piece, ...]
    parts: tuple[Piece, ...]
    needs: tuple[str, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of them."""
        return (*self.act, *self.about, *self.parts)

    @cached_property
    def used(self) -> frozenset[str]:
        """The slots whose words come into the call; others are only heard, such as a reason."""
        templates = self.compiled.intent.arguments.values()
        return frozenset(name for it in templates for name, _ in placeholders(it))

    @cached_property
    def rivals(self) -> dict[str, str]:
        """The first of the slots of which an argument takes one, `[{spot}][{area}]`, by each."""
        texts = (it for it in self.compiled.intent.arguments.values() if isinstance(it, str))
        groups = (
            [name for name, _ in placeholders(found[0])]
            for text in texts
            for found in _EITHER.finditer(text)
        )
        return {name: group[0] for group in groups for name in group}


@dataclass(frozen=True)
class Way:
    """A way to cut what remains of an utterance."""

    cost: float
    said: tuple[Said, ...] = ()


_ACT, _ABOUT = 1, 2
"""Bits of what has been said: the act, and what it is done to; then one for each slot."""


class Cutting:
    """One utterance cut by one frame."""

    def __init__(
        self, frame: CompiledFrame, marked: Marked, language: Language, *, is_known: bool
    ) -> None:
        self._frame = frame
        self._slots = frame.compiled.slots
        self._marked = marked
        self._text = text = marked.text
        self._language: Language = language
        self._ends = [found.end() for found in _WORD.finditer(text)]
        slots = {it.slot: frame.rivals.get(it.slot, it.slot) for it in frame.pieces if it.slot}
        places = {first: 4 << number for number, first in enumerate(set(slots.values()))}
        self._bits = {name: places[first] for name, first in slots.items()}
        self._skips = is_known
        self._all = 0 if is_known else _ACT | _ABOUT if frame.about else _ACT
        names = {need.partition(":")[0] for need in frame.needs}
        self._needed = [self._bits.get(name, 0) for name in names]
        self._known: dict[tuple[int, int], Way | None] = {}
        times = (re.finditer(re.escape(it), text) for it in marked.unmarked)
        self._whole = [found.span() for each in times for found in each]

    def best(self) -> Way | None:
        """The cheapest way to cut the whole; None where some word is left over."""
        return self._from(0, 0)

    def _from(self, start: int, used: int) -> Way | None:
        begin = _BETWEEN.match(self._text, start)
        here = begin.end() if begin else start
        if here >= len(self._text):
            missing = sum(1 for bit in self._needed if not used & bit)
            return Way(_MISSING * missing) if used & self._all == self._all else None
        key = (here, used)
        if key not in self._known:
            ways = self._ways(here, used)
            self._known[key] = min(ways, key=lambda way: way.cost, default=None)
        return self._known[key]

    def _ways(self, here: int, used: int) -> Iterator[Way]:
        filler = FILLERS[self._language].match(self._text, here)
        if filler and (rest := self._from(filler.end(), used)):
            own = self._begins_sentence(rest, filler.end())
            # "I need" before a message is two words of it.
            cost = _OWN * len(filler[0].split()) if own else _FILLER
            yield Way(rest.cost + cost, rest.said)
        if self._may_skip(here) and (rest := self._from(self._next_end(here), used)):
            yield Way(rest.cost + _SKIPPED, rest.said)
        frame = self._frame
        for mark, pieces in ((_ACT, frame.act), (_ABOUT, frame.about), (0, frame.parts)):
            for piece in pieces:
                bit = self._bits[piece.slot] if piece.slot is not None else 0
                if not used & bit or piece.optional:
                    yield from self._with(piece, here, used | mark, bit)

    def _with(self, piece: Piece, here: int, used: int, bit: int) -> Iterator[Way]:
        """The ways that go on with one piece."""
        for finish, said, cost in self._taken(piece, here):
            if said and used & bit:
                continue
            rest = self._from(finish, used | bit if said else used) if finish > here else None
            if rest is None or self._cuts(piece, said, rest, finish):
                continue
            yield Way(cost + rest.cost, (said, *rest.said) if said else rest.said)

    def _cuts(self, piece: Piece, said: Said | None, rest: Way, stop: int) -> bool:
        """Whether free words would lose their last ones to a slot that takes anything.

        "I'll look after lunch" names no repository, and "Sumin and Minjae" no two kinds of thing.
        """
        if said is None or piece.behind is not None or piece.typed is not None or not rest.said:
            return False
        if not rest.said[0].is_guessed:
            return False
        if _is_sentence(self._slots[said.slot]):
            return self._text[stop - 1] not in _ENDS
        return _AND.match(self._text, stop) is not None

    def _begins_sentence(self, way: Way, here: int) -> bool:
        """Whether a message begins right here, so that the word before is its own."""
        said = way.said[0] if way.said else None
        if said is None or not _is_sentence(self._slots[said.slot]):
            return False
        return self._text[here:].lstrip().startswith(said.words)

    def _may_skip(self, here: int) -> bool:
        """Whether the word here may be left out: never a time, which would be lost."""
        text = self._text
        times = (text.startswith(time, here) for time in self._marked.unmarked)
        return self._skips and _ANY_MARKER.match(text, here) is None and not any(times)

    def _next_end(self, here: int) -> int:
        return next(end for end in self._ends if end > here)

    def _taken(self, piece: Piece, here: int) -> Iterator[tuple[int, Said | None, float]]:
        """Where the piece may end if it begins here, the words of its slot, and what they cost."""
        text, frame = self._text, self._frame
        if piece.typed is not None:
            found = piece.typed.match(text, here)
            if found and self._is_exact(piece.slot, found["words"]):
                moves_to = piece.takes_to and found[0].endswith("로")
                # What something is looked up by is not what it moves to, and "수업 세 시로" asks
                # for no new one.
                if not moves_to or (piece.slot in self._frame.used and piece not in frame.act):
                    yield found.end(), Said(piece.slot or "", found["words"]), _TO * moves_to
        if piece.slot is None or (piece.optional and piece.behind is None and piece.before):
            found = piece.before.match(text, here) if piece.before else None
            if found:
                yield found.end(), None, 0.0
        if piece.slot is not None and piece.typed is None:
            yield from self._free(piece, piece.slot, here)

    def _is_exact(self, name: str | None, words: str) -> bool:
        """Whether a time is named as exactly as its slot wants it."""
        slot = self._slots.get(name or "")
        if not isinstance(slot, TimeSlot) or not slot.grains:
            return True
        return self._marked.spans[MARKERS.index(words)].grain in slot.grains

    def _free(self, piece: Piece, slot: str, here: int) -> Iterator[tuple[int, Said | None, float]]:
        text = self._text
        begin = here
        if piece.before is not None:
            lead = piece.before.match(text, here)
            if lead is None:
                return
            begin = lead.end()
        if piece.optional and piece.behind is not None:
            alone = piece.behind.match(text, begin)
            if alone:
                yield alone.end(), None, 0.0
        each = (
            _SENTENCE if _is_sentence(self._slots[slot]) else _FREE if piece.is_free else _ANCHORED
        )
        for stop, finish in self._stops(piece, begin):
            words = self._words(
                slot, text[begin:stop], attached=text[stop:finish] if piece.attached else ""
            )
            if self._cuts_time(begin, stop) or self._goes_on(piece, slot, finish):
                continue
            if words and _may_stand(self._slots[slot], piece, words, self._language):
                guessed = piece.before is None
                yield finish, Said(slot, words, guessed), each * len(words.split())

    def _cuts_time(self, begin: int, stop: int) -> bool:
        """Whether a name begins or ends within a time: the "3시" of "3시에서 4시 사이"."""
        cuts = ((a, it) for a, b in self._whole for it in (begin, stop) if a < it < b)
        # "the | year in review" loses no more than its article.
        return any(without_articles(self._text[a:it].strip() + " ") for a, it in cuts)

    def _goes_on(self, piece: Piece, slot: str, stop: int) -> bool:
        """Whether a message without an end of its own has the next words in it, too."""
        if not _is_sentence(self._slots[slot]) or piece.behind is not None:
            return False
        if self._text[stop - 1] in _ENDS:
            return False
        begin = _BETWEEN.match(self._text, stop)
        here = begin.end() if begin else stop
        return FILLERS[self._language].match(self._text, here) is not None and not _COURTESY.match(
            self._text, here
        )

    def _stops(self, piece: Piece, begin: int) -> Iterator[tuple[int, int]]:
        """Where the slot's words may end, and where what stands behind them does."""
        if piece.behind is None:
            yield from ((end, end) for end in self._ends if end > begin)
            return
        for stop in range(begin + 1, len(self._text)):
            if not piece.attached and not self._text[stop - 1].isspace():
                continue
            found = piece.behind.match(self._text, stop)
            # The first of two like particles ends a name: 을지로로, 제주도도.
            twice = found and found[0] and piece.attached and found[0][:1] == found[0][1:2]
            if found and not twice and self._text[begin:stop].strip():
                yield stop, found.end()

    def _may_be(self, name: str, words: str) -> bool:
        slot = self._slots[name]
        times = (_has_time(slot, words, time) for time in self._marked.unmarked)
        return _may_be(slot, words, self._language) and not any(times)

    def _words(self, slot: str, words: str, attached: str) -> str:
        """The words as the slot takes them; nothing where it cannot be meant."""
        words = words.strip(" \t,.;:!?~…")
        if not bare(words) or not self._may_be(slot, words):
            return ""
        if _is_sentence(self._slots[slot]):
            return "" if is_no_message(words) else words
        if self._is_more(slot, words, attached):
            return ""
        if self._language == "ko":
            particle = attached.split()[0] if attached.split() else ""
            # 씨 is no noun of its own: the name and it are one.
            if particle and not may_follow(words.replace(" ", ""), particle):
                return ""
            return strip_particle(words)
        # "that place" points at one; "place" would be a name.
        if isinstance(self._slots[slot], TextSlot) and read_pointing(words, "en") is not None:
            return words
        return without_articles(words)

    def _is_more(self, slot: str, words: str, attached: str) -> bool:
        """Whether words are no name, or more than one."""
        # 하나 is one of something, and a name: 하나한테.
        somebody = words == "하나" and attached.startswith(_TO_SOMEBODY)
        if not somebody and _is_no_name(self._slots[slot], words, self._language):
            return True
        if _ANY_MARKER.search(words) or _REQUEST[self._language].search(words):
            return True
        if attached.startswith(_TO_SOMEBODY) and any(it in words for it in self._marked.unmarked):
            return True  # nobody is called after a time
        return slot in self._frame.used and is_no_thing(self._slots[slot], words, self._language)


def _may_be(slot: Slot, words: str, language: Language) -> bool:
    """Whether free words have what the slot wants in them, and nothing that it does not."""
    if not isinstance(slot, TextSlot | ReferenceSlot):
        return True
    if language == "en" and words.casefold() in _ARTICLES:
        return False
    if isinstance(slot, ReferenceSlot) and slot.shown and read_pointing(words, language) is None:
        return False
    holds, lacks = slot.holds.get(language, ()), slot.lacks.get(language, ())
    return (not holds or _has_any(words, holds, language)) and not _has_any(words, lacks, language)


def _may_stand(slot: Slot, piece: Piece, words: str, language: Language) -> bool:
    """Whether free words may begin where nothing tells it, and end where the next letters are."""
    if not isinstance(slot, TextSlot):
        return True
    begins, ends = slot.begins.get(language, ()), slot.ends.get(language, ())
    if begins and piece.is_free and words.casefold().split()[0] not in begins:
        return False
    return not (ends and piece.attached) or words.endswith(ends)


def _is_no_name(slot: Slot, words: str, language: Language) -> bool:
    """Whether free words name nothing: "all", "kickoff, I am away then"."""
    if isinstance(slot, ReferenceSlot) and (_PAUSE.search(words) or words.split()[-1] in _HOW_MANY):
        return True
    return is_empty(words, language)


def _has_any(words: str, wanted: tuple[str, ...], language: Language) -> bool:
    """Whether one of `wanted` is in `words`; an English one as a whole word."""
    if f"={words.casefold()}" in wanted:
        return True
    if language == "ko":
        return any(words.endswith(it[:-1]) if it[-1] == "$" else it in words for it in wanted)
    spaced = f" {_NO_WORD.sub(' ', words.casefold())} "
    return any(f" {word} " in spaced for word in wanted)


def _has_time(slot: Slot, words: str, time: str) -> bool:
    """Whether a time that was said lies in words that it is no part of.

    "어제 아침에 온 뉴스레터" is no name; "저녁 있는 삶" may be one.
    """
    if isinstance(slot, ReferenceSlot):
        # 점심 may be called so, 수요일 저녁 is when it is.
        when = re.sub(r" [거것]$", "", words) == time and (time.endswith(_CLOCK) or " " in time)
        dated = time not in _PARTS_OF_DAY
        behind = rf"{re.escape(time)}(?:에[는도만]?\s|으?로(?:\s|$)|까지|부터|\s?동안|\s[거것]\s)"
        return when or (dated and re.search(behind, words) is not None)
    if not isinstance(slot, TextSlot):
        return False
    if slot.sentence:
        return MARKERS[0] in slot.lacks.get("ko", ()) and time in words
    return re.search(rf"{re.escape(time)}으?로(?:\s|$)", words) is not None


def _is_sentence(slot: Slot) -> bool:
    return isinstance(slot, TextSlot) and slot.sentence
