"""The loop of one turn: understand, look up, validate, ask, write down, call, answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from arion_auth import Principal
from arion_host.agents import describer
from arion_host.agents.executor import Executor, read_status
from arion_host.agents.likely import likely_commands
from arion_host.agents.references import choose, complete, reference_query
from arion_host.agents.replies import asks_undo, pick_option, read_reply
from arion_host.agents.router import Router
from arion_host.agents.understood import CompletedCall, Match, NoMatch, NoneFound, Resolved, Several
from arion_host.conversation import (
    AnyQuestion,
    Conversations,
    OpenChoice,
    OpenConfirmation,
    OpenOutcome,
    Option,
)
from arion_host.effects.aftermath import settle_outcome, unknown_outcome
from arion_host.effects.inverse import Inverted
from arion_host.effects.ledger import Action, Ledger
from arion_host.errors import EffectConflict, HostError, StorageFailed
from arion_host.exchange import (
    CallStatus,
    Step,
    TurnRequest,
    TurnResult,
)
from arion_host.language.detect import detect_language
from arion_host.language.utterance import unfit
from arion_host.policy.decision import Asked, decide
from arion_host.policy.rules import Rule
from arion_host.tools.catalogue import Catalogue, CatalogueTool
from arion_host.tools.connections import Connections
from arion_host.tools.outcome import ToolOutcome
from arion_host.turn_record import RunningTurn
from arion_host.validation.stage1 import check_call
from arion_kit.words import Language

logger = logging.getLogger(__name__)


class TurnEngine:
    """Runs turns. One engine serves every session of every person."""

    def __init__(
        self,
        connections: Connections,
        executor: Executor,
        conversations: Conversations,
        ledger: Ledger,
        *,
        language: Language = "ko",
        rules: Sequence[Rule] = (),
    ) -> None:
        self._rules = rules
        self._connections = connections
        self._executor = executor
        self._conversations = conversations
        self._ledger = ledger
        self._language: Language = language
        self._routing: tuple[Catalogue, Router] | None = None
        self._building = asyncio.Lock()

    @property
    def is_warm(self) -> bool:
        """Whether commands can be understood at once."""
        return self._routing is not None

    async def warm(self) -> None:
        """Get ready for the first turn, so that it is as quick as the next."""
        try:
            await self._router(await self._connections.catalogue())
        except Exception:
            # The turn that meets it again tells the person.
            logger.exception("Routing is not ready")

    async def hints(self) -> dict[Language, str]:
        """Return commands that are likely to be said, by language, for a recogniser."""
        return likely_commands((await self._connections.catalogue()).packs.values())

    async def run(self, principal: Principal, request: TurnRequest) -> TurnResult:
        """Run one turn. Whatever goes wrong is told in the answer; nothing is raised."""
        text = request.text
        language = request.language or (detect_language(text) if text.strip() else self._language)
        zone = ZoneInfo(principal.timezone)
        now = request.now.astimezone(zone) if request.now else datetime.now(zone)
        turn = RunningTurn(
            principal, text, request.session, now, language, request.confirm, request.spoken
        )
        try:
            answer = await self._answer(turn)
            answer += await self._reminder(turn)
        except StorageFailed as error:
            logger.error("turn %s: %s", turn.id, error)  # noqa: TRY400 - the cause is in the text
            answer = describer.not_recorded(turn.language)
        except EffectConflict as error:
            logger.warning("turn %s: %s", turn.id, error)
            answer = describer.nothing_to_confirm(turn.language)
        # The last line of defence: a person who spoke gets a sentence back.
        except Exception:
            logger.exception("turn %s failed", turn.id)
            answer = describer.internal(turn.language)
        return turn.result(answer)

    async def _answer(self, turn: RunningTurn) -> str:
        tapped = turn.confirm is not None and not turn.text
        if not tapped and (reason := unfit(turn.text)):
            return describer.refused(reason, turn.language)
        question = await self._conversations.take(turn.principal.id, turn.session)
        reply = turn.confirm if tapped else read_reply(turn.text, turn.language)
        if question is not None:
            answer = await self._replied(turn, question, reply)
            if answer is not None:
                return answer
        if tapped:
            return describer.nothing_to_confirm(turn.language)
        if asks_undo(turn.text, turn.language):
            return await self._undo(turn)
        return await self._perform(turn, turn.text, {})

    async def _replied(
        self, turn: RunningTurn, question: AnyQuestion, reply: bool | None
    ) -> str | None:
        """Answer what the person said to an open question; None where it is a new command."""
        if isinstance(question, OpenChoice):
            labels = [option.label for option in question.options]
            picked = pick_option(turn.text, labels, question.language)
            if picked is not None:
                return await self._chosen(turn, question, question.options[picked])
        if isinstance(question, OpenOutcome) and reply is not None:
            return await settle_outcome(self._ledger, question, happened=reply)
        if reply is False:
            return describer.cancelled(question.language)
        if isinstance(question, OpenConfirmation) and reply:
            return await self._confirmed(turn, question)
        return None

    async def _reminder(self, turn: RunningTurn) -> str:
        """Ask about a write of unknown outcome, where nothing else is asked in this turn."""
        if turn.question is not None:
            return ""
        catalogue = await self._connections.catalogue()
        question = await unknown_outcome(self._ledger, catalogue, turn.principal.id, turn.language)
        if question is None:
            return ""
        await self._conversations.ask(turn.principal.id, turn.session, question)
        turn.question = question.question
        return f" {question.question}"

    async def _undo(self, turn: RunningTurn) -> str:
        """Take back the last write of the session, with a write of its own."""
        turn.route = "template"
        last = await self._ledger.last_done(turn.principal.id, turn.session)
        if last is None:
            return describer.nothing_to_undo(turn.language)
        catalogue = await self._connections.catalogue()
        inverse = Inverted.model_validate(last.inverse) if last.inverse else None
        tool = catalogue.tool(last.server, inverse.tool) if inverse else None
        if inverse is None or tool is None:
            called = catalogue.called(last.server, turn.language)
            return describer.cannot_undo(called, turn.language)
        action = turn.action(tool, inverse.arguments)
        await self._executor.plan(action)
        await self._executor.confirm(action)
        answer = await self._write(turn, action, tool, planned=True)
        if turn.calls[-1].status is not CallStatus.OK:
            return answer
        await self._ledger.mark_undone(last.action_id, action.id)
        return describer.undone(answer, turn.language)

    async def _confirmed(self, turn: RunningTurn, question: OpenConfirmation) -> str:
        turn.language, turn.route = question.language, "template"
        action = Action(
            principal=turn.principal.id,
            session=turn.session,
            turn=question.turn,
            step=question.step,
            server=question.server,
            tool=question.tool,
            arguments=question.arguments,
            effect_class=question.effect_class,
        )
        if action.id != question.action_id:
            raise EffectConflict(f"The call behind action {question.action_id} has changed.")
        tool = (await self._connections.catalogue()).tool(question.server, question.tool)
        if tool is None:
            return describer.no_such_tool(turn.language)
        await self._executor.confirm(action)
        return await self._write(turn, action, tool, planned=True)

    async def _chosen(self, turn: RunningTurn, question: OpenChoice, option: Option) -> str:
        turn.language, turn.now = question.language, question.now
        chosen = {**question.resolved, question.slot: option}
        resolved = {
            name: Resolved(o.value, o.label, o.row, o.untrusted) for name, o in chosen.items()
        }
        return await self._perform(turn, question.utterance, resolved)

    async def _perform(
        self, turn: RunningTurn, utterance: str, resolved: dict[str, Resolved]
    ) -> str:
        with turn.clock.step(Step.ROUTE):
            catalogue = await self._connections.catalogue()
            router = await self._router(catalogue)
            route = router.route_heard if turn.spoken else router.route
            match = route(utterance, language=turn.language, now=turn.now)
        if isinstance(match, NoMatch) and read_reply(utterance, turn.language) is not None:
            return describer.nothing_to_confirm(turn.language)
        if isinstance(match, NoMatch):
            return describer.not_understood(match.closest, turn.language)
        turn.route = "nearest" if match.meant else "template"
        utterance = match.meant or utterance
        tool = catalogue.tool(match.server, match.tool)
        if tool is None:
            return describer.no_such_tool(turn.language)
        for name in match.references.keys() - resolved.keys():
            found = await self._look_up(turn, utterance, match, name, resolved)
            if isinstance(found, str):
                return found
            resolved[name] = found
        return await self._decide(turn, utterance, complete(match, resolved), tool)

    async def _router(self, catalogue: Catalogue) -> Router:
        async with self._building:
            if self._routing is None or self._routing[0] is not catalogue:
                # Takes long enough to be heard in the speech of others, so it has its own thread.
                router = await asyncio.to_thread(Router, catalogue.packs, catalogue.facts)
                for server, problem in router.refused.items():
                    logger.warning("The language pack of %s is not used: %s", server, problem)
                self._routing = catalogue, router
            return self._routing[1]

    async def _look_up(
        self,
        turn: RunningTurn,
        utterance: str,
        match: Match,
        name: str,
        resolved: Mapping[str, Resolved],
    ) -> Resolved | str:
        """Find the row a reference means, or return the answer that ends the turn."""
        slot, said = match.references[name], match.slots[name].text
        query = reference_query(match, name)
        outcome = await self._read(turn, match.server, query.tool, query.arguments)
        if outcome.failure is not None:
            return await self._describe(turn, match.server, outcome)
        rows = cast("list[dict[str, JsonValue]]", outcome.result.get(slot.items) or [])
        found = choose(rows, slot, said, untrusted=outcome.untrusted)
        if isinstance(found, NoneFound):
            return describer.nothing_found(found.text, turn.language)
        if isinstance(found, Several):
            return await self._ask_which(turn, utterance, name, found, resolved)
        return found

    async def _ask_which(
        self,
        turn: RunningTurn,
        utterance: str,
        slot: str,
        several: Several,
        resolved: Mapping[str, Resolved],
    ) -> str:
        labels = [option.label for option in several.options]
        question = describer.which_one(several.text, labels, turn.language)
        await self._conversations.ask(
            turn.principal.id,
            turn.session,
            OpenChoice(
                question=question,
                language=turn.language,
                utterance=utterance,
                now=turn.now,
                resolved={name: _option(row) for name, row in resolved.items()},
                slot=slot,
                options=tuple(_option(row) for row in several.options),
            ),
        )
        turn.question = question
        return question

    async def _decide(
        self, turn: RunningTurn, utterance: str, call: CompletedCall, tool: CatalogueTool
    ) -> str:
        with turn.clock.step(Step.VALIDATE):
            verdict = check_call(
                call, tool.input_schema, tool.facts, utterance, language=turn.language, now=turn.now
            )
        asked = Asked(call.server, call.tool, tool.facts, call.arguments, call.evidence)
        decision = decide(asked, self._rules, turn.language)
        turn.validate(verdict, decision)
        if verdict.verdict == "reject" or decision.verdict == "refuse":
            turn.report(call.server, call.tool, call.arguments, CallStatus.NOT_RUN)
            return verdict.reason if verdict.verdict == "reject" else decision.reason
        if tool.read_only:
            outcome = await self._read(turn, call.server, call.tool, call.arguments)
            return await self._describe(turn, call.server, outcome)
        action = turn.action(tool, call.arguments)
        if decision.verdict == "allow" and not turn.confirm:
            answer = await self._write(turn, action, tool, planned=False)
            undoable = tool.destructive and turn.calls[-1].status is CallStatus.OK
            return describer.with_undo(answer, turn.language) if undoable else answer
        await self._executor.plan(action)
        if turn.confirm:
            await self._executor.confirm(action)
            return await self._write(turn, action, tool, planned=True)
        return await self._ask_yes(turn, action, call.readback, tool)

    async def _ask_yes(
        self, turn: RunningTurn, action: Action, readback: str | None, tool: CatalogueTool
    ) -> str:
        question = describer.needs_yes(readback, tool.title, turn.language)
        await self._conversations.ask(
            turn.principal.id,
            turn.session,
            OpenConfirmation(
                question=question,
                language=turn.language,
                action_id=action.id,
                turn=action.turn,
                step=action.step,
                server=action.server,
                tool=action.tool,
                arguments=dict(action.arguments),
                effect_class=action.effect_class,
            ),
        )
        turn.report(
            action.server, action.tool, action.arguments, CallStatus.NOT_RUN, effect_id=action.id
        )
        turn.question = question
        return question

    async def _read(
        self, turn: RunningTurn, server: str, tool: str, arguments: Mapping[str, JsonValue]
    ) -> ToolOutcome:
        with turn.clock.step(Step.TOOLS):
            outcome = await self._executor.read(server, tool, arguments, turn.context)
        turn.report(server, tool, arguments, read_status(outcome), outcome)
        return outcome

    async def _write(
        self, turn: RunningTurn, action: Action, tool: CatalogueTool, *, planned: bool
    ) -> str:
        where = (action.server, action.tool, action.arguments)
        try:
            with turn.clock.step(Step.TOOLS):
                status, outcome = await self._executor.write(
                    action, tool, turn.context, planned=planned
                )
        except HostError:
            turn.report(*where, CallStatus.NOT_RUN, effect_id=action.id)
            raise
        turn.report(*where, status, outcome, action.id)
        if outcome.confirm_token is not None:
            anew = replace(action, turn=turn.id, step=len(turn.calls))
            await self._executor.plan(anew)
            return await self._ask_yes(turn, anew, outcome.say, tool)
        unknown = status is CallStatus.UNKNOWN
        if unknown:
            await self._ledger.mark_told(action.id)
        return await self._describe(turn, action.server, outcome, unknown=unknown)

    async def _describe(
        self, turn: RunningTurn, server: str, outcome: ToolOutcome, *, unknown: bool = False
    ) -> str:
        with turn.clock.step(Step.DESCRIBE):
            called = (await self._connections.catalogue()).called(server, turn.language)
            if unknown:
                return describer.may_have_happened(called, turn.language)
            if outcome.failure is not None:
                return describer.failed(outcome.failure, called, turn.language)
            return outcome.say or describer.done(turn.language)


def _option(row: Resolved) -> Option:
    return Option(value=row.value, label=row.label, row=dict(row.row), untrusted=row.untrusted)
