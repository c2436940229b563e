"""Every server's own examples, held against what stage 1 takes other people to mean by them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from types import MappingProxyType

import pytest
from tests.unit.arion_host.validation.proposals import proposed

from arion_host.bench.judging import without_examples
from arion_host.tools.catalogue import Catalogue, CatalogueTool, ServerFacts
from arion_host.validation.known_tools import Key, KnownTools
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature
from arion_kit.spec import ServerSpec
from arion_kit.words import Language

pytestmark = pytest.mark.thorough

MOST_DOUBTED = 0.03
"""Share of right calls that may be sent back."""
SPECS: dict[str, ServerSpec] = {
    entry.name: entry.load() for entry in entry_points(group="arion.servers")
}


def _facts(server: str, spec: ServerSpec) -> ServerFacts:
    signatures = {tool.name: read_signature(tool) for tool in spec.tools}
    reading = frozenset(tool.name for tool in spec.tools if tool.read_only)
    tools = tuple(
        CatalogueTool(
            server, tool.name, tool.name, {},
            read_only=tool.read_only, destructive=tool.destructive, effect=None,
        )
        for tool in spec.tools
    )  # fmt: skip
    return ServerFacts(server, tools, load_pack(spec.language, signatures, reading))


@cache
def catalogue() -> Catalogue:
    return Catalogue(MappingProxyType({name: _facts(name, spec) for name, spec in SPECS.items()}))


def examples(language: Language) -> list[tuple[Key, str]]:
    """The first of each intent."""
    return [
        ((server, intent.tool), texts[0])
        for server, pack in catalogue().packs.items()
        for intent in pack.intents
        if (texts := intent.examples.get(language))
    ]


def _doubted(known: KnownTools, language: Language) -> list[str]:
    return [
        f"{tool}: {text}"
        for tool, text in examples(language)
        if known.rather(tool, proposed(text, "page_open").wishes) is not None
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_example_is_taken_for_its_own_tool(language: Language):
    assert _doubted(KnownTools(catalogue()), language) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_example_nobody_knows_is_seldom_taken_for_another_tool(language: Language):
    said = examples(language)
    known = KnownTools(without_examples(catalogue(), {text for _, text in said}))
    doubted = _doubted(known, language)
    assert len(doubted) <= MOST_DOUBTED * len(said), doubted


@pytest.mark.parametrize(
    ("tool", "given", "half"),
    [
        ("calendar_update_event", {"event_id", "calendar_id"}, True),
        ("calendar_update_event", {"event_id", "calendar_id", "start"}, False),
        ("calendar_delete_event", {"event_id", "calendar_id"}, False),
    ],
)
def test_a_call_that_only_says_what_it_is_about_is_half_a_call(
    tool: str, given: set[str], half: bool
):
    assert KnownTools(catalogue()).is_half(("calendar", tool), given) is half


def test_a_look_up_is_a_step_towards_what_is_done_with_it():
    known = KnownTools(catalogue())
    search, trash = ("gmail", "gmail_search"), ("gmail", "gmail_trash")
    assert (known.is_step(search, trash), known.is_step(trash, search)) == (True, False)
