"""Which tools are offered to a model for an utterance: the few that fit it best."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from arion_host.agents.letters import Letters
from arion_host.agents.model.tool_words import description
from arion_host.tools.catalogue import Catalogue, CatalogueTool
from arion_kit.words import LanguagePack, ReferenceSlot

OFFERED = 8
"""Tools in one request. The right one was among the first eight of 25 for 93 % of a hundred
Korean requests, among the first five for 89 % (FunctionChat-Bench, names and descriptions)."""

_JOINTS = re.compile(r"(?<=고)\s+|(?<=서)\s+|그리고|다음에|[,.;?!]\s+|\b(?:and|then)\b")
"""Where one wish may end and the next begin. A cut too many only ranks a part of a wish."""
_SHORTEST_WISH = 4
"""In characters."""

Likeness = Callable[[str], Sequence[float]]
"""How like an utterance is to each of the texts it was made for; larger is more alike."""

Key = tuple[str, str]
"""Server and tool."""


class ToolIndex:
    """The tools of a catalogue, with everything people say when they want them."""

    def __init__(
        self, catalogue: Catalogue, likeness: Callable[[Sequence[str]], Likeness] | None = None
    ) -> None:
        """Index the catalogue; `likeness` compares, else letters are compared."""
        self._tools = {(tool.server, tool.name): tool for tool in catalogue.tools}
        said = [
            (key, text)
            for key, tool in self._tools.items()
            for text in _texts(tool, catalogue.packs.get(tool.server))
        ]
        self._owners = [key for key, _ in said]
        self._likeness = (likeness or Letters)([text for _, text in said])
        self._lookups = _lookups(catalogue.packs)
        self._order = _in_turns(catalogue)

    def best(self, said: str, count: int = OFFERED) -> tuple[CatalogueTool, ...]:
        """The `count` tools that fit best, each with those that look up what it needs.

        They come sorted by server and name, so that the same tools make the same request.
        """
        rankings = [self._ranked(part) for part in _parts(said)]
        chosen: dict[Key, None] = {}
        for key in chain.from_iterable(zip(*rankings, strict=True)):
            wanted = [key, *self._lookups.get(key, ())]
            chosen.update(dict.fromkeys(it for it in wanted if it in self._tools))
        return tuple(self._tools[key] for key in sorted(list(chosen)[:count]))

    def with_lookups(self, tools: Sequence[CatalogueTool]) -> tuple[CatalogueTool, ...]:
        """The tools, with those that look up what they need; sorted like `best`."""
        keys = {(tool.server, tool.name) for tool in tools}
        keys |= {found for key in keys for found in self._lookups.get(key, ())}
        return tuple(self._tools[key] for key in sorted(keys & self._tools.keys()))

    def _ranked(self, said: str) -> list[Key]:
        scores = dict.fromkeys(self._tools, 0.0)
        for key, score in zip(self._owners, self._likeness(said), strict=True):
            scores[key] = max(scores[key], score)
        return sorted(self._order, key=lambda key: -scores[key])


def _parts(said: str) -> list[str]:
    """What was said as a whole, and each of the wishes it may consist of."""
    parts = [part for part in _JOINTS.split(said) if len(part) >= _SHORTEST_WISH]
    return [said, *parts] if len(parts) > 1 else [said]


def _texts(tool: CatalogueTool, pack: LanguagePack | None) -> Iterator[str]:
    yield f"{tool.name.replace('_', ' ')} {description(tool)}"
    for intent in pack.intents if pack else ():
        if intent.tool == tool.name:
            for examples in intent.examples.values():
                yield from examples


def _lookups(packs: Mapping[str, LanguagePack]) -> dict[Key, list[Key]]:
    """The tools that find what another tool's arguments refer to."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for server, pack in packs.items():
        lookups = {
            name: slot.tool for name, slot in pack.slots.items() if isinstance(slot, ReferenceSlot)
        }
        for intent in pack.intents:
            templates = str(intent.arguments)
            found[server, intent.tool] += [
                (server, tool)
                for name, tool in lookups.items()
                if f"{{{name}}}" in templates or f"{{{name}." in templates
            ]
    return found


def _in_turns(catalogue: Catalogue) -> list[Key]:
    """Every tool: the first of each server, the second, …; reads first. Breaks ties."""
    ranked = [
        (not tool.read_only, place, server, tool.name)
        for server, facts in catalogue.servers.items()
        for place, tool in enumerate(sorted(facts.tools, key=lambda tool: not tool.read_only))
    ]
    return [(server, name) for _, _, server, name in sorted(ranked)]
