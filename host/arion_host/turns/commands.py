"""Commands that need no language model.

They are routed by the servers' sentences, what they name is looked up, and the gate does the rest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from arion_host.agents import describer
from arion_host.agents.asking import (
    HOUR,
    fill,
    is_there,
    said_at_once,
)
from arion_host.agents.deixis import read_pointing
from arion_host.agents.replies import asks_undo, read_reply
from arion_host.agents.router import Router
from arion_host.agents.small_talk import small_talk
from arion_host.agents.together.later import at_time, starts
from arion_host.agents.together.several import Several
from arion_host.agents.understood import (
    CompletedCall,
    Match,
    NoMatch,
    Resolved,
)
from arion_host.background import run_aside
from arion_host.exchange import Step
from arion_host.language.detect import is_other_language
from arion_host.language.impossible import impossible_time
from arion_host.language.slips import without_slips
from arion_host.language.swearing import swears, without_swearing
from arion_host.language.utterance import says_something
from arion_host.tools.catalogue import Catalogue
from arion_host.tools.connections import Connections
from arion_host.turns.completing import Command, Completing, Work, resolved_of, rows_before
from arion_host.turns.gate import Gate
from arion_host.turns.guessing import Guessing
from arion_host.turns.pointing import Pointed, PointingAt
from arion_host.turns.questions import OpenChoice, OpenIntent, OpenSlot, Option
from arion_host.turns.recalling import Recalling
from arion_host.turns.running import RunningTurn
from arion_kit.words import Language, ReferenceSlot, Slot, TextSlot, TimeSlot

logger = logging.getLogger(__name__)


class Commands:
    """Understands commands and carries them out."""

    def __init__(
        self,
        connections: Connections,
        gate: Gate,
        guessing: Guessing,
        recalling: Recalling,
        completing: Completing,
    ) -> None:
        self._connections = connections
        self._guessing = guessing
        self._pointing = PointingAt(recalling, completing)
        self._completing = completing
        self._gate = gate
        self._routing: tuple[Catalogue, Router] | None = None
        self._building = asyncio.Lock()
        self._built = asyncio.Event()

    @property
    def is_warm(self) -> bool:
        """Whether commands can be understood at once."""
        return self._routing is not None

    async def warm(self) -> None:
        """Get ready for the first command."""
        await self._router(await self._connections.catalogue())

    async def keep_quick(self) -> None:
        """Get ready for every command, whenever there are new ones, until cancelled.

        Until that is done, the first of its kind takes up to 0.1 s longer.
        """
        while True:
            await self._built.wait()
            self._built.clear()
            if self._routing is not None:
                await run_aside(self._routing[1].get_ready)

    async def chosen(self, turn: RunningTurn, question: OpenChoice, option: Option) -> str:
        """Go on with an utterance, now that the person has said which row they mean."""
        turn.language, turn.now = question.language, question.now
        rows = {**question.resolved, question.slot: option}
        resolved = {name: resolved_of(row) for name, row in rows.items()}
        answer = await self.perform(
            turn, question.utterance, resolved, question.answers, intent=question.intent
        )
        return answer if isinstance(answer, str) else describer.not_understood((), turn.language)

    async def meant(self, turn: RunningTurn, question: OpenIntent, intent: str) -> str:
        """Go on with an utterance, now that the person has said what it asks for."""
        turn.language, turn.now = question.language, question.now
        answer = await self.perform(turn, question.utterance, intent=intent)
        return answer if isinstance(answer, str) else describer.not_understood((), turn.language)

    async def filled(self, turn: RunningTurn, question: OpenSlot) -> str | None:
        """Go on with an utterance, now that what it lacked was said; None where it was not."""
        language, now, said = question.language, question.now, question.slot.partition("/")[2]
        asked = await self._asked(question)
        if asked is None:
            return None
        slot, before = asked
        base = said.removesuffix(HOUR)
        if isinstance(slot, TimeSlot) and (wrong := impossible_time(turn.text, language)):
            return await self._completing.ask_again(turn, question, wrong)
        if fill(said, slot, turn.text, language, now, before.slots.get(base)) is None:
            return None
        if isinstance(slot, ReferenceSlot) and _names_nothing(turn.text, turn.language):
            return None
        if isinstance(slot, TextSlot | ReferenceSlot) and await self._is_command(turn):
            return None
        turn.language, turn.now = language, now
        resolved = {name: resolved_of(row) for name, row in question.resolved.items()}
        for whole in said_at_once(question.utterance, turn.text, slot, language, now):
            if await self._says(whole, before, said, language, now):
                answer = await self.perform(turn, whole, resolved, question.answers)
                break
        else:
            answers = {**question.answers, question.slot: turn.text}
            answer = await self.perform(
                turn, question.utterance, resolved, answers, intent=question.intent
            )
        return answer if isinstance(answer, str) else None

    async def _asked(self, question: OpenSlot) -> tuple[Slot, Match] | None:
        """What a question asks for, and the command that lacks it."""
        language, now = question.language, question.now
        commands = await self._read(question.utterance, language, now, intent=question.intent)
        number, _, said = question.slot.partition("/")
        if isinstance(commands, NoMatch) or int(number) >= len(commands):
            return None
        match = commands[int(number)].match
        slot = (await self._completing.slots(match)).get(said.removesuffix(HOUR))
        return None if slot is None else (slot, match)

    async def _is_command(self, turn: RunningTurn) -> bool:
        """Whether what was said stands on its own."""
        commands = await self._read(turn.text, turn.language, turn.now, spoken=turn.spoken)
        return not isinstance(commands, NoMatch) and all(
            it.match.sure and not it.match.missing for it in commands
        )

    async def _says(
        self, whole: str, before: Match, said: str, language: Language, now: datetime
    ) -> bool:
        """Whether `whole` is the command `before` with what was `said` in it, and no other."""
        commands = await self._read(whole, language, now)
        if isinstance(commands, NoMatch) or len(commands) != 1:
            return False
        match, base = commands[0].match, said.removesuffix(HOUR)
        return (
            (match.server, match.intent) == (before.server, before.intent)
            and is_there(said, match)
            and all(
                name in match.slots and match.slots[name].text == value.text
                for name, value in before.slots.items()
                if name != base
            )
        )

    async def words(self, utterance: str, language: Language, now: datetime) -> dict[str, str]:
        """Return the words that are understood in a command, by slot."""
        commands = await self._read(utterance, language, now)
        if isinstance(commands, NoMatch):
            return {}
        return {name: slot.text for it in commands for name, slot in it.match.slots.items()}

    async def same(self, one: str, other: str, language: Language, now: datetime) -> bool:
        """Say whether two utterances ask for the same of the same tools, whatever their words."""
        read = [await self._read(text, language, now) for text in (one, other)]
        kinds = [
            None if isinstance(it, NoMatch) else [(c.match.server, c.match.tool) for c in it]
            for it in read
        ]
        lacking = [
            {it for c in one for it in c.match.missing}
            if not isinstance(one, NoMatch)
            else set[str]()
            for one in read
        ]
        return kinds[0] is not None and kinds[0] == kinds[1] and lacking[1] <= lacking[0]

    async def understands(self, text: str, language: Language, now: datetime) -> bool:
        """Say whether an utterance asks for something by itself."""
        return not isinstance(await self._read(text, language, now), NoMatch)

    async def read(
        self, text: str, language: Language, now: datetime
    ) -> tuple[Command, ...] | NoMatch:
        """Return the commands of an utterance, before anything is looked up."""
        return await self._read(text, language, now)

    async def perform(
        self,
        turn: RunningTurn,
        utterance: str,
        resolved: Mapping[str, Resolved] | None = None,
        answers: Mapping[str, str] | None = None,
        *,
        intent: str = "",
    ) -> str | NoMatch:
        """Carry out what was said; give the answer, or what would have been understood instead.

        `resolved` has the rows that references are known to mean, `answers` what the person has
        said to questions for what was missing, `intent` what they said they want.
        """
        turn.utterance = utterance
        with turn.clock.step(Step.ROUTE):
            pointed = await self._pointed(turn, utterance, elided=not intent)
            if pointed is not None:
                utterance, commands = pointed.utterance, pointed.commands
            else:
                commands = await self._read(
                    utterance, turn.language, turn.now, spoken=turn.spoken, intent=intent
                )
            wrong = impossible_time(turn.text, turn.language)
            if wrong and (isinstance(commands, NoMatch) or await self._take_time(commands)):
                return turn.refuse(describer.impossible(wrong, turn.language))
            if isinstance(commands, NoMatch) and (
                commands.partly or not _may_be_meant(utterance, turn.language)
            ):
                return commands
            likely = await self._guess(turn) if isinstance(commands, NoMatch) else commands
        if isinstance(likely, NoMatch | str):
            return likely
        rows = {**(pointed.rows if pointed else {}), **(resolved or {})}
        work = Work(turn, utterance, rows, dict(answers or {}), intent)
        return await self._carry_out(work, likely)

    async def _guess(self, turn: RunningTurn) -> tuple[Command, ...] | NoMatch | str:
        """What is meant by what nothing fits, or the question for it."""
        catalogue = await self._connections.catalogue()
        router = await self._router(catalogue)
        text = turn.utterance
        likely = await self._guessing.guess(router, text, turn.language, turn.now)
        if isinstance(likely, NoMatch):
            return likely
        turn.route = "nearest"
        if len(likely) > 1:
            return await self._guessing.ask(turn, likely, catalogue)
        return tuple(Command(text, match, 0) for match in likely.values())

    async def _take_time(self, commands: tuple[Command, ...]) -> bool:
        return any([await self._completing.takes_time(it.match) for it in commands])

    async def perform_pointing(self, turn: RunningTurn) -> str | None:
        """Carry out what was said where it points at something shown or made; else None."""
        with turn.clock.step(Step.ROUTE):
            pointed = await self._pointed(turn, turn.text, elided=False)
        if pointed is None:
            return None
        turn.utterance = turn.text
        work = Work(turn, pointed.utterance, dict(pointed.rows), {})
        return await self._carry_out(work, pointed.commands)

    async def _carry_out(self, work: Work, commands: tuple[Command, ...]) -> str:
        turn = work.turn
        if any(it.match.meant for it in commands):
            turn.route = "nearest"
        elif turn.route == "none":
            turn.route = "template"
        calls: list[CompletedCall] = []
        for said in commands:
            work.rows.update(rows_before(work, said, commands))
            command = await self._timed(work, said) if said.later else said
            if command is None:
                return turn.refuse(describer.not_understood((), turn.language))
            call = await self._completing.complete(work, command)
            if isinstance(call, str):
                return call
            calls.append(call)
        return await self._gate.act(turn, calls)

    async def _timed(self, work: Work, command: Command) -> Command | None:
        """A command for the time of what was found for the one before it."""
        language, now = work.turn.language, work.turn.now
        before = f"{command.number - 1}/"
        for key, row in work.rows.items():
            begin = starts(row.row, now) if key.startswith(before) else None
            if begin is None:
                continue
            text = at_time(command.utterance, begin, language, now)
            read = await self._read(text, language, now)
            if not isinstance(read, NoMatch) and len(read) == 1:
                # The hour is not in the person's words.
                match = replace(read[0].match, sure=read[0].match.sure and not row.untrusted)
                return replace(command, utterance=text, match=match, later=False)
        return None

    async def _pointed(self, turn: RunningTurn, utterance: str, *, elided: bool) -> Pointed | None:
        read = partial(self._read, language=turn.language, now=turn.now)
        return await self._pointing.read(turn, utterance, read, elided=elided)

    async def _read(
        self,
        utterance: str,
        language: Language,
        now: datetime,
        *,
        spoken: bool = False,
        intent: str = "",
    ) -> tuple[Command, ...] | NoMatch:
        utterance = without_slips(without_swearing(utterance, language), language, now)
        router = await self._router(await self._connections.catalogue())
        if intent:
            known = router.route_as(utterance, [intent], language=language, now=now)
            return tuple(Command(utterance, it, 0) for it in known.values()) or NoMatch()
        route = partial(router.route, language=language, now=now)
        heard = partial(router.route_heard, language=language, now=now) if spoken else route
        parts = Several(language, now, route).read(utterance, heard)
        if isinstance(parts, NoMatch):
            return parts
        return tuple(
            Command(it.text, it.match, number, shares=it.shares, later=it.later)
            for number, it in enumerate(parts)
        )

    async def _router(self, catalogue: Catalogue) -> Router:
        async with self._building:
            if self._routing is None or self._routing[0] is not catalogue:
                # Takes long enough to be heard in the speech of others, so it has its own thread.
                router = await asyncio.to_thread(Router, catalogue.packs, catalogue.facts)
                for server, problem in router.refused.items():
                    logger.warning("The language pack of %s is not used: %s", server, problem)
                self._routing = catalogue, router
                self._built.set()
                self._guessing.use(catalogue.packs)
            return self._routing[1]


def _names_nothing(text: str, language: Language) -> bool:
    return asks_undo(text, language) or small_talk(text, language, ()) is not None


def _may_be_meant(text: str, language: Language) -> bool:
    """Whether a text that fits nothing says enough to guess what it asks for."""
    return (
        says_something(text)
        and not swears(text)
        and not is_other_language(text)
        and read_reply(text, language) is None
        and read_pointing(text, language) is None
    )
