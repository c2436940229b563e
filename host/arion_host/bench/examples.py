"""Right calls: what the packs' own example utterances come to, and what items came to."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from datetime import datetime
from typing import cast, get_args

from pydantic import JsonValue

from arion_host.agents.executor import CallContext
from arion_host.agents.references import choose, complete, reference_query
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, Resolved
from arion_host.bench.faults import RightCall
from arion_host.bench.scoring import Outcome
from arion_host.host import Host
from arion_host.policy.tracing import SeenResult
from arion_host.tools.catalogue import Catalogue
from arion_kit.words import Language


async def example_calls(host: Host, now: datetime, for_each: int) -> AsyncGenerator[RightCall]:
    """Give the calls of the first `for_each` examples of every intent that can be looked up."""
    catalogue = await host.connections.catalogue()
    router = Router(catalogue.packs, catalogue.facts)
    for name, tool_name, language, text in _examples(catalogue, for_each):
        match = router.route(text, language=language, now=now)
        # What lacks something is a question, and no call yet.
        if not isinstance(match, Match) or match.tool != tool_name or match.missing:
            continue
        tool = catalogue.tool(match.server, match.tool)
        looked_up = await _look_up(host, catalogue, match, now)
        if tool is None or looked_up is None:
            continue
        resolved, reads = looked_up
        call = complete(match, resolved)
        yield RightCall(name, text, language, now, tool, call.arguments, reads=reads)


def _examples(catalogue: Catalogue, for_each: int) -> Iterator[tuple[str, str, Language, str]]:
    for server, pack in catalogue.packs.items():
        for intent in pack.intents:
            for language in cast("tuple[Language, ...]", get_args(Language)):
                for number, text in enumerate(intent.examples.get(language, ())[:for_each]):
                    yield f"{server}.{intent.name}.{language}.{number}", intent.tool, language, text


async def _look_up(
    host: Host, catalogue: Catalogue, match: Match, now: datetime
) -> tuple[dict[str, Resolved], tuple[SeenResult, ...]] | None:
    """The rows that the references of a match mean; None where one of them means no single one."""
    context = CallContext(match.language, host.principal.timezone, now)
    resolved: dict[str, Resolved] = {}
    reads: list[SeenResult] = []
    for name, slot in match.references.items():
        query = reference_query(match, name)
        outcome = await host.executor.read(match.server, query.tool, query.arguments, context)
        tool = catalogue.tool(match.server, query.tool)
        if outcome.failure is not None or tool is None:
            return None
        source = f"{match.server}/{query.tool}"
        rows = cast("list[dict[str, JsonValue]]", outcome.result.get(slot.items) or [])
        found = choose(
            rows, slot, match.slots[name].text, untrusted=outcome.untrusted, source=source
        )
        if not isinstance(found, Resolved):
            return None
        resolved[name] = found
        content = dict(outcome.result)
        reads.append(SeenResult(source, content, outcome.untrusted, catalogue.issued(tool)))
    return resolved, tuple(reads)


async def item_calls(host: Host, outcome: Outcome) -> AsyncGenerator[RightCall]:
    """Give the calls that an item was right by, with what was looked up for them."""
    item, catalogue = outcome.item, await host.connections.catalogue()
    context = CallContext(item.language, host.principal.timezone, item.now)
    reads: list[SeenResult] = []
    for number, call in enumerate(outcome.played.made):
        tool = call.tool
        if any(gold.tool == tool.name for one in item.gold.sets for gold in one):
            yield RightCall(
                f"{item.id}.{number}", item.utterance, item.language, item.now, tool,
                call.arguments, reads=tuple(reads),
            )  # fmt: skip
        elif tool.read_only:
            found = await host.executor.read(tool.server, tool.name, call.arguments, context)
            source, issued = f"{tool.server}/{tool.name}", catalogue.issued(tool)
            reads.append(SeenResult(source, dict(found.result), found.untrusted, issued))
