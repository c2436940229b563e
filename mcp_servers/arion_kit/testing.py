"""For tests: a server in memory, snapshots of what clients see, and rules for every server."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, get_args

from fastmcp import Client
from mcp_types import TextResourceContents, Tool
from pydantic_settings import BaseSettings

from arion_kit.serving import build
from arion_kit.spec import ServerSpec
from arion_kit.words import LANGUAGE_URI, META_EFFECT, Intent, Language, LanguagePack

LIST_BYTES = 8_192
"""Most that the tools of one server may take in a prompt, as compact JSON."""
OUTPUT_SCHEMA_BYTES = 1_536


class _SnapshotSettings(BaseSettings):
    update_snapshots: bool = False
    ci: bool = False


_HINTS = {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}

Mode = Literal["auto", "legacy", "2026-07-28"]


@asynccontextmanager
async def connected(
    spec: ServerSpec, *, mode: Mode = "auto", toolsets: frozenset[str] | None = None
) -> AsyncGenerator[Client[Any]]:
    """A client of `spec`'s server, both in this process; `toolsets` as for `build`."""
    async with Client(build(spec, toolsets=toolsets), mode=mode) as client:
        yield client


def listed(tools: Sequence[Tool]) -> list[dict[str, Any]]:
    """`tools` as they go over the wire."""
    return [
        tool.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
        for tool in tools
    ]


def assert_snapshot(path: Path, value: Any) -> None:
    """Holds `value` against the JSON file `path`; `UPDATE_SNAPSHOTS=1` accepts it instead.

    A missing file is written, except where `CI` is set, where it fails.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    settings = _SnapshotSettings()
    if settings.update_snapshots or (not path.exists() and not settings.ci):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return
    if not path.exists():
        raise AssertionError(f"{path} is missing; run with UPDATE_SNAPSHOTS=1 and commit it")
    if path.read_text("utf-8") != text:
        raise AssertionError(
            f"{path.name} differs from what clients see now; run with UPDATE_SNAPSHOTS=1, "
            "read the difference, and commit it"
        )


def assert_every_server_rules(tools: Sequence[Tool], core: Sequence[Tool] | None = None) -> None:
    """Holds a server's tools against what every server owes.

    `core` is what is listed where nobody asks for more, if that is not all of `tools`.
    """
    wire = listed(tools)
    names = [tool["name"] for tool in wire]
    complaints = [complaint for tool in wire for complaint in _tool_complaints(tool)]
    if names != sorted(names):
        complaints.append("the tools are not sorted by name")
    if (size := bytes_of(wire if core is None else listed(core))) > LIST_BYTES:
        complaints.append(f"the list takes {size} bytes of {LIST_BYTES}")
    if complaints:
        raise AssertionError("\n".join(complaints))


def assert_language_rules(pack: LanguagePack) -> None:
    """Holds a pack against what every server owes: its tools can be asked for in both languages.

    One intent may be said in one language only. Where it can be said, there is an example of it.
    """
    said = {(intent.tool, language) for intent in pack.intents for language in _said_in(intent)}
    complaints = [
        f"{tool}: no way to say it in {language}"
        for tool in sorted({intent.tool for intent in pack.intents})
        for language in get_args(Language)
        if (tool, language) not in said
    ]
    complaints += [
        f"{intent.name}: no examples in {language}"
        for intent in pack.intents
        for language in _said_in(intent)
        if not intent.examples.get(language)
    ]
    if complaints:
        raise AssertionError("\n".join(complaints))


def _said_in(intent: Intent) -> list[Language]:
    return [
        language
        for language in get_args(Language)
        if intent.sentences.get(language) or intent.frames.get(language)
    ]


async def language_pack(client: Client[Any]) -> LanguagePack:
    """The pack that `client`'s server serves."""
    [content] = await client.read_resource(LANGUAGE_URI)
    if not isinstance(content, TextResourceContents):
        raise TypeError(f"{LANGUAGE_URI} is not text")
    return LanguagePack.model_validate_json(content.text)


def _tool_complaints(tool: dict[str, Any]) -> Iterator[str]:
    name = tool["name"]
    yield from (f"{name}: does not state {hint}" for hint in _HINTS - tool["annotations"].keys())
    yield from (
        f"{name}: has no {field}" for field in ("title", "description") if not tool.get(field)
    )
    for parameter, schema in tool["inputSchema"].get("properties", {}).items():
        if "properties" in schema or schema.get("items", {}).get("type") == "object":
            yield f"{name}: parameter {parameter} is not flat"
    output = tool.get("outputSchema", {})
    if "say" not in output.get("properties", {}):
        yield f"{name}: has no output schema with say"
    if (size := bytes_of(output)) > OUTPUT_SCHEMA_BYTES:
        yield f"{name}: has an output schema of {size} bytes, over {OUTPUT_SCHEMA_BYTES}"
    yield from _effect_complaints(tool)


def _effect_complaints(tool: dict[str, Any]) -> Iterator[str]:
    reads = tool.get("annotations", {}).get("readOnlyHint") is True
    declared = META_EFFECT in tool.get("_meta", {})
    if reads and declared:
        yield f"{tool['name']}: only reads and declares an effect"
    if not reads and not declared:
        yield f"{tool['name']}: writes without declaring its effect"


def bytes_of(value: Any) -> int:
    """Bytes of `value` as compact JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
