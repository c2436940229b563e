"""Tool definitions that change behind the person's back, one value at a time."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

from mcp_types import Tool
from pydantic import JsonValue

from arion_host.database import open_database
from arion_host.policy.pins import Pins

SNAPSHOTS = sorted((Path(__file__).parents[1] / "contract/snapshots").glob("*.json"))
"""The tools of the seven servers, as models see them."""
MUTATIONS = 100
"""For each server."""


def tools_of(path: Path) -> list[Tool]:
    return [Tool.model_validate(tool) for tool in json.loads(path.read_text("utf-8"))]


def leaves(node: JsonValue, where: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Paths to every value in a definition."""
    if isinstance(node, dict):
        return [path for key, item in node.items() for path in leaves(item, (*where, key))]
    if isinstance(node, list):
        return [path for at, item in enumerate(node) for path in leaves(item, (*where, at))]
    return [where]


def mutated(tool: Tool, chance: random.Random) -> Tool:
    """The tool with one value changed: a word added, a flag turned, a number moved."""
    wire = tool.model_dump(mode="json", by_alias=True, exclude_none=True)
    changed: Any = copy.deepcopy(wire)
    *path, last = chance.choice(leaves(wire))
    holder = changed
    for step in path:
        holder = holder[step]
    value = holder[last]
    if isinstance(value, bool):
        holder[last] = not value
    elif isinstance(value, int):
        holder[last] = value + 1
    else:
        holder[last] = chance.choice([f"{value}\u200b", f"{value} ", f"{value}x", f"x{value}"])
    return Tool.model_validate(changed)


async def missed_mutations(pins: Pins, server: str, tools: list[Tool]) -> list[str]:
    """Pin a server's tools, change one value at a time; return what was let through."""
    chance = random.Random(server)
    missed: list[str] = []
    await pins.admit(server, tools)
    for _ in range(MUTATIONS):
        at = chance.randrange(len(tools))
        changed = mutated(tools[at], chance)
        if changed.name in await pins.admit(server, [*tools[:at], changed, *tools[at + 1 :]]):
            missed.append(changed.model_dump_json())
    return missed


async def false_alarms(database_file: Path, restarts: int) -> int:
    """Open the same pins again and again; count tools that had not changed and were off."""
    servers = {path.stem: tools_of(path) for path in SNAPSHOTS}
    alarms = 0
    for _ in range(restarts):
        async with open_database(database_file) as database:
            for server, tools in servers.items():
                admitted = await Pins(database).admit(server, tools)
                alarms += len(tools) - len(admitted)
    return alarms
