from __future__ import annotations

import pytest
from fastmcp import Client, FastMCP
from mcp_types import ToolAnnotations

from arion_host.tools.catalogue import Catalogue, ServerFacts, read_server
from arion_kit.words import LANGUAGE_URI, META_EFFECT, EffectClass, LanguagePack

PACK = LanguagePack().model_dump_json()


def a_server(pack: str | None = PACK, meta: dict[str, object] | None = None) -> FastMCP:
    server = FastMCP("s")

    def look() -> str:
        return ""

    def send() -> str:
        return ""

    def odd() -> str:
        return ""

    server.tool(look, title="Look", annotations=ToolAnnotations(read_only_hint=True))
    safe = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True)
    server.tool(send, annotations=safe, meta=meta)
    server.tool(odd)
    if pack is not None:
        server.resource(LANGUAGE_URI)(lambda: pack)
    return server


async def read(server: FastMCP, *, trusted: bool = True) -> ServerFacts:
    async with Client(server) as client:
        return await read_server(client, "s", trusted=trusted)


async def test_tools_are_read_with_what_they_say_of_themselves():
    facts = await read(a_server())
    tools = {tool.name: tool for tool in facts.tools}
    assert list(tools) == ["look", "odd", "send"]
    assert tools["look"].title == "Look"
    assert (tools["look"].read_only, tools["look"].destructive) == (True, False)
    assert (tools["send"].read_only, tools["send"].destructive) == (False, False)


async def test_a_tool_that_says_nothing_counts_as_one_that_destroys():
    facts = await read(a_server())
    [odd] = [tool for tool in facts.tools if tool.name == "odd"]
    assert (odd.read_only, odd.destructive, odd.effect) == (False, True, None)


async def test_the_effect_of_a_write_is_read():
    meta = {META_EFFECT: {"effect_class": "keyed", "key_parameter": "event_id"}}
    facts = await read(a_server(meta=meta))
    [send] = [tool for tool in facts.tools if tool.name == "send"]
    assert send.effect is not None
    assert send.effect.effect_class is EffectClass.KEYED
    assert send.effect.key_parameter == "event_id"


@pytest.mark.parametrize(
    ("declared", "carries_out"),
    [({}, True), ({"outward": False}, False), ({"previews": True}, False)],
)
async def test_a_write_carries_out_unless_its_server_asks_before(
    declared: dict[str, object], carries_out: bool
):
    facts = await read(a_server(meta={META_EFFECT: {"effect_class": "probe", **declared}}))
    [send] = [tool for tool in facts.tools if tool.name == "send"]
    assert send.facts.carries_out is carries_out


async def test_a_malformed_effect_counts_as_none():
    facts = await read(a_server(meta={META_EFFECT: {"effect_class": "magic"}}))
    assert {tool.effect for tool in facts.tools} == {None}


async def test_the_pack_of_a_trusted_server_is_read_and_of_another_is_not():
    assert (await read(a_server())).pack == LanguagePack()
    assert (await read(a_server(), trusted=False)).pack is None


@pytest.mark.parametrize("pack", [None, "no json", '{"version": 9}'])
async def test_a_server_without_a_usable_pack_keeps_its_tools(pack: str | None):
    facts = await read(a_server(pack))
    assert facts.pack is None
    assert len(facts.tools) == 3


async def test_a_catalogue_changes_only_when_a_server_does():
    facts = await read(a_server())
    catalogue = Catalogue().with_server(facts)
    assert catalogue.with_server(await read(a_server())) is catalogue
    assert catalogue.with_server(await read(a_server(None))) is not catalogue
    assert catalogue.packs == {"s": LanguagePack()}
    assert set(catalogue.facts["s"]) == {"look", "odd", "send"}
    assert catalogue.tool("s", "look") is not None
    assert catalogue.tool("s", "gone") is None
    assert catalogue.tool("gone", "look") is None


def test_a_server_is_called_what_its_pack_says_and_else_by_its_plain_name():
    facts = ServerFacts("calendar", (), LanguagePack(name={"ko": "구글 캘린더"}))
    catalogue = Catalogue().with_server(facts)
    assert catalogue.called("calendar", "ko") == "구글 캘린더"
    assert catalogue.called("calendar", "en") == "calendar"
    assert catalogue.called("notes", "ko") == "notes"
