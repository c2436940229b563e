"""One turn: what the person says is handed to whoever understands it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from arion_auth import Principal
from arion_host.agents import describer
from arion_host.agents.known_names import KnownNames
from arion_host.agents.likely import first_commands, likely_commands
from arion_host.agents.phrases import PHRASES
from arion_host.agents.replies import read_reply
from arion_host.agents.small_talk import small_talk
from arion_host.effects.aftermath import untold_outcome
from arion_host.effects.ledger import Ledger
from arion_host.errors import EffectConflict, StorageFailed
from arion_host.exchange import TurnRequest, TurnResult
from arion_host.language.detect import detect_language, is_other_language, is_written_so
from arion_host.language.swearing import softened, swears
from arion_host.language.utterance import legible, unfit
from arion_host.tools.connections import Connections
from arion_host.turns.answering import Answering
from arion_host.turns.commands import Commands
from arion_host.turns.correcting import Correcting
from arion_host.turns.history import TurnHistory, turn_id
from arion_host.turns.model_route import ModelRoute
from arion_host.turns.questions import AnyQuestion, Conversations, OpenSlot
from arion_host.turns.ruling import Ruling
from arion_host.turns.running import RunningTurn
from arion_host.turns.undoing import Undoing
from arion_kit.words import Language

logger = logging.getLogger(__name__)

_EXAMPLES = 3
"""Commands that are offered where nothing is like what was said."""

Speak = Callable[[str, Language], None]
"""Gets the beginning of an answer, piece by piece, while the rest is still being written."""


class TurnEngine:
    """Runs turns. One engine serves every session of every person."""

    def __init__(
        self,
        connections: Connections,
        conversations: Conversations,
        ledger: Ledger,
        turns: TurnHistory,
        answering: Answering,
        ruling: Ruling,
        undoing: Undoing,
        correcting: Correcting,
        commands: Commands,
        *,
        names: KnownNames | None = None,
        model: ModelRoute | None = None,
        language: Language = "ko",
    ) -> None:
        """Use these parts; `model` works on what no command fits, where one is set.

        `names` are what the recogniser may hear.
        """
        self._connections = connections
        self._conversations = conversations
        self._ledger = ledger
        self._turns = turns
        self._answering = answering
        self._ruling = ruling
        self._undoing = undoing
        self._correcting = correcting
        self._commands = commands
        self._names = names
        self._model = model
        self._language: Language = language

    @property
    def is_warm(self) -> bool:
        """Whether commands can be understood at once."""
        return self._commands.is_warm

    async def warm(self) -> None:
        """Get ready for the first turn, so that it is as quick as the next."""
        small_talk("안녕", "ko", ())
        try:
            await self._commands.warm()
            if self._names is not None:
                self._names.now()
        except Exception:
            # The turn that meets it again tells the person.
            logger.exception("Routing is not ready")

    async def keep_quick(self) -> None:
        """Get ready in the background for whatever may be said, until cancelled."""
        await self._commands.keep_quick()

    async def hints(self) -> dict[Language, str]:
        """Return commands that are likely to be said, by language, for a recogniser."""
        packs = (await self._connections.catalogue()).packs.values()
        return likely_commands(packs, self._names.now().all if self._names else ())

    async def run(
        self, principal: Principal, request: TurnRequest, *, speak: Speak | None = None
    ) -> TurnResult:
        """Run one turn. Whatever goes wrong is told in the answer; nothing is raised.

        A request that has been sent before under its id gets the result it had. What `speak` gets
        on the way is the beginning of the answer.
        """
        turn = self._begun(principal, request)
        if speak is not None:
            turn.speak = lambda piece: speak(piece, turn.language)
        try:
            if request.id is not None and (before := await self._turns.begin(turn.row())):
                return before.outcome or turn.result(describer.already(turn.language))
            answer = await self._answer(turn, request.question)
            answer += await self._reminder(turn)
        except StorageFailed as error:
            logger.error("turn %s: %s", turn.id, error)  # noqa: TRY400 - the cause is in the text
            answer = describer.not_recorded(turn.language)
        except EffectConflict as error:
            logger.warning("turn %s: %s", turn.id, error)
            answer = describer.already(turn.language)
        # The last line of defence: a person who spoke gets a sentence back.
        except Exception:
            logger.exception("turn %s failed", turn.id)
            answer = describer.internal(turn.language)
        if swears(turn.text):
            expletive = PHRASES[turn.language].expletive
            answer = softened(answer, expletive)
            turn.question = turn.question and softened(turn.question, expletive)
        result = turn.result(answer)
        await self._remember(turn, request, result)
        return result

    async def note_heard(self, principal: Principal, turn: str, heard: str) -> None:
        """Take note that a spoken answer was cut short: a model is told what was heard of it."""
        try:
            await self._turns.cut(principal.id, turn, heard)
        except StorageFailed:
            logger.exception("what was heard of turn %s is not remembered", turn)

    def _begun(self, principal: Principal, request: TurnRequest) -> RunningTurn:
        text = legible(request.text)
        told = detect_language(text) if is_written_so(text) else self._language
        language = request.language or told
        zone = ZoneInfo(principal.timezone)
        now = request.now.astimezone(zone) if request.now else datetime.now(zone)
        named = request.id and turn_id(principal.id, request.session, request.id)
        return RunningTurn(
            principal, text, request.session, now, language, request.confirm, request.spoken,
            id=named or uuid4().hex,
        )  # fmt: skip

    async def _remember(self, turn: RunningTurn, request: TurnRequest, result: TurnResult) -> None:
        """Keep what a client may ask for again, a correction may mean, or a model has to know."""
        nothing = turn.route == "none" and not result.calls
        if request.id is None and nothing and self._model is None:
            return
        try:
            await self._turns.keep(turn.row(result))
        except StorageFailed:
            logger.exception("turn %s is not remembered", turn.id)

    async def _answer(self, turn: RunningTurn, only: str | None) -> str:
        tapped = turn.confirm is not None and not turn.text
        if not tapped and (reason := unfit(turn.text)):
            return describer.refused(reason, turn.language)
        question = await self._conversations.take(turn.principal.id, turn.session, only)
        reply = turn.confirm if tapped else read_reply(turn.text, turn.language)
        if question is not None:
            answer = await self._answering.answered(turn, question, reply=reply)
            if answer is not None:
                return answer
        if tapped:
            return describer.nothing_to_confirm(turn.language)
        return await self._understood(turn, reply, question)

    async def _understood(
        self, turn: RunningTurn, reply: bool | None, question: AnyQuestion | None
    ) -> str:
        readings = (
            self._ruling.heard,
            self._correcting.pointed_at,
            self._undoing.asked,
            self._correcting.just_done,
            self._correcting.followed_up,
        )
        for read in readings:
            answer = await read(turn)
            if answer is not None:
                return answer
        if (answer := await self._small_talk(turn, question)) is not None:
            return answer
        done = await self._commands.perform(turn, turn.text)
        if isinstance(done, str):
            return done
        if reply is not None:
            return describer.nothing_to_confirm(turn.language)
        packs = (await self._connections.catalogue()).packs.values()
        examples = done.closest or first_commands(packs, turn.language)[:_EXAMPLES]
        if self._model is not None:
            return await self._modelled(turn, self._model, examples)
        if is_other_language(turn.text):
            return describer.other_language(turn.language)
        return describer.not_understood(examples, turn.language)

    async def _small_talk(self, turn: RunningTurn, question: AnyQuestion | None) -> str | None:
        packs = (await self._connections.catalogue()).packs.values()
        answer = small_talk(turn.text, turn.language, first_commands(packs, turn.language))
        if answer is not None and isinstance(question, OpenSlot):
            # It was no answer, and no wish for something else either.
            await self._conversations.ask(turn.principal.id, turn.session, question)
            turn.wait_for(question)
        return answer

    async def _modelled(self, turn: RunningTurn, model: ModelRoute, closest: Sequence[str]) -> str:
        before = await self._turns.latest(turn.principal.id, turn.session)
        answer = await model.run(turn, before, closest)
        if not turn.confirm or turn.confirmation is None:
            return answer
        # The yes that came in advance is good for this one question.
        asked = turn.confirmation.id
        turn.confirm = turn.question = turn.confirmation = None
        question = await self._conversations.take(turn.principal.id, turn.session, asked)
        done = question and await self._answering.answered(turn, question, reply=True)
        return done or answer

    async def _reminder(self, turn: RunningTurn) -> str:
        """Tell what came of an earlier write, or ask, where nothing else is asked in this turn."""
        if turn.question is not None:
            return ""
        catalogue = await self._connections.catalogue()
        question = await untold_outcome(self._ledger, catalogue, turn.principal.id, turn.language)
        if question is None:
            return ""
        if isinstance(question, str):
            return f" {question}"
        await self._conversations.ask(turn.principal.id, turn.session, question)
        return f" {turn.wait_for(question)}"
