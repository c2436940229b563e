"""Utterances that point at what was shown or made: what they are with the thing named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from arion_host.agents.deixis import may_point, puts_there, read_pointing
from arion_host.agents.pointed import (
    SOMEBODY,
    answering,
    called,
    named,
    noun_said,
    with_object,
    with_somebody,
)
from arion_host.agents.understood import NoMatch, Provenance, Resolved
from arion_host.language.utterance import bare
from arion_host.turns.completing import Command, Completing
from arion_host.turns.recalling import Recalling, Seen
from arion_host.turns.running import RunningTurn
from arion_kit.words import Language

Read = Callable[[str], Awaitable[tuple[Command, ...] | NoMatch]]

_MOST = 20
"""Utterances that are tried, since reading one takes time."""


@dataclass(frozen=True)
class Pointed:
    """What an utterance is with the thing named that it points at."""

    utterance: str
    commands: tuple[Command, ...]
    rows: Mapping[str, Resolved] = field(default_factory=dict[str, Resolved])
    """What is known already, by the key of the slot."""


class PointingAt:
    """Finds what utterances point at. One serves every turn."""

    def __init__(self, recalling: Recalling, completing: Completing) -> None:
        self._recalling = recalling
        self._completing = completing

    async def read(
        self, turn: RunningTurn, utterance: str, read: Read, *, elided: bool
    ) -> Pointed | None:
        """What was said, with the word for what it points at; None where it points at nothing.

        `read` understands an utterance. With `elided`, the words that point may have been left
        out where nothing is understood without them.
        """
        own = await read(utterance)
        if not isinstance(own, NoMatch) and any(it.shares for it in own):
            return None  # what it points at was said right before
        somebody = with_somebody(utterance, turn.language)
        points = somebody is not None or may_point(utterance, turn.language)
        if not points and not (elided and isinstance(own, NoMatch)):
            return None
        seen = await self._recalling.seen(turn)
        if not seen.showings or (seen.showings[0].is_table and puts_there(utterance)):
            return None
        if somebody is not None and (
            found := await self._of_somebody(turn, utterance, somebody, seen, read)
        ):
            return found
        kinds = seen.nouns(turn.language)
        tried: Iterable[str] = named(utterance, kinds, turn.language)
        if elided and isinstance(own, NoMatch):
            tried = chain(tried, with_object(utterance, kinds[:1], turn.language))
        found = await self._first(turn, utterance, tried, read)
        missed = seen.missed() if found is None and points else None
        if missed is None:
            return found
        names = called(utterance, missed, turn.language)
        return await self._by_name(utterance, missed, names, read)

    async def _of_somebody(
        self, turn: RunningTurn, utterance: str, somebody: str, seen: Seen, read: Read
    ) -> Pointed | None:
        """What is for a person who was shown or asked about, or answers what they wrote."""
        answers = answering(utterance, seen.nouns(turn.language), turn.language)
        if found := await self._first(turn, utterance, answers, read):
            return found
        if found := await self._with_person(seen, somebody, turn.language, read):
            return found
        if missed := seen.missed():
            whole = somebody.replace(SOMEBODY[turn.language], missed)
            return await self._by_name(utterance, missed, [whole], read)
        return None

    async def _by_name(
        self, utterance: str, name: str, tried: Iterable[str], read: Read
    ) -> Pointed | None:
        """What was asked about before is meant by its name, where no list has shown it."""
        for text in islice(tried, _MOST):
            commands = await read(text)
            if isinstance(commands, NoMatch) or len(commands) != 1:
                continue
            match = commands[0].match
            named = any(bare(match.slots[it].text) == bare(name) for it in match.references)
            if named and _keeps_words(commands, utterance):
                return Pointed(text, commands)
        return None

    async def _first(
        self, turn: RunningTurn, utterance: str, tried: Iterable[str], read: Read
    ) -> Pointed | None:
        for text in islice(tried, _MOST):
            heard = await read(text)
            if isinstance(heard, NoMatch):
                continue
            commands = tuple(_with_that(it, text) for it in heard)
            if not _keeps_words(commands, utterance):
                continue
            if await self._completing.is_recalled(turn, commands):
                return Pointed(text, tuple(replace(it, pointed=True) for it in commands))
        return None

    async def _with_person(
        self, seen: Seen, text: str, language: Language, read: Read
    ) -> Pointed | None:
        commands = await read(text)
        if isinstance(commands, NoMatch):
            return None
        name = SOMEBODY[language]
        ways = (bare(name), bare(name.removesuffix(" 씨")))
        slots = [
            (command, slot, value.text)
            for command in commands
            for slot, value in command.match.slots.items()
            if ways[1] in bare(value.text)
        ]
        rows: dict[str, Resolved] = {}
        for command, slot, words in slots:
            reference = command.match.references.get(slot)
            person = seen.person(reference, name) if reference else None
            # "Alex's mail" is none of the person's own.
            if person is None or bare(words) not in ways:
                return None
            rows[command.key(slot)] = person
        return Pointed(text, commands, rows) if rows else None


def _with_that(command: Command, text: str) -> Command:
    """A command whose slots have "that place" where the frame took "that" for no word."""
    language = command.match.language
    that = "그" if language == "ko" else "that"
    pointing = {
        name: replace(value, text=f"{that} {value.text}", value=f"{that} {value.text}")
        for name, value in command.match.slots.items()
        if value.provenance is Provenance.SAID
        and noun_said(value.text, language)
        and f"{that} {value.text}" in text
    }
    match = replace(command.match, slots={**command.match.slots, **pointing})
    return replace(command, match=match) if pointing else command


def _keeps_words(commands: Iterable[Command], utterance: str) -> bool:
    """Whether what is not looked up is in words that were said: "that I got it" stays so."""
    said = bare(utterance)
    return all(
        name in command.match.references
        or value.provenance is not Provenance.SAID
        or not isinstance(value.value, str)
        or bare(value.text) in said
        or read_pointing(value.text, command.match.language) is not None
        for command in commands
        for name, value in command.match.slots.items()
    )
