"""Which of the tools that may fit a request are needed for it: a small model, asked once.

It saves the executor the schemas of tools nobody needs, and whole runs on what no tool can do.
What it answers is a name or it is nothing: without a clear answer all tools are offered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from agents import TResponseInputItem
from pydantic import BaseModel, ValidationError

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.metered import ask
from arion_host.agents.model.prompt import instructions
from arion_host.agents.model.request import Request, text_of
from arion_host.agents.model.seam import Assignment, Chosen, Limits
from arion_host.agents.model.tool_words import description, function_names
from arion_host.tools.catalogue import CatalogueTool

LIMITS = Limits(deadline_s=4.0, requests=1, output_tokens=400)
"""Whoever waits longer for it does better without."""
_BEFORE = 2
"""Earlier turns it is told."""
_LONGEST = 200
"""Characters of what a tool does, and of one side of an earlier turn."""


class _Answer(BaseModel):
    tools: list[str] | Literal["any", "none"]


@dataclass(frozen=True)
class ModelRouter:
    """Picks tools with one model."""

    model: Connected
    limits: Limits = LIMITS

    async def choose(self, assignment: Assignment) -> Chosen:
        """Pick those of the assignment's tools that it needs. Never raises."""
        meter = Meter(self.limits, self.model.price)
        named = function_names(assignment.tools)
        told: list[TResponseInputItem] = [{"role": "user", "content": _told(assignment, named)}]
        settings = self.model.settings(self.limits.output_tokens)
        request = Request(instructions("router-1"), told, settings, [])
        try:
            response = await ask(self.model.model, request, meter)
        except Halt as halt:
            return Chosen(None, meter.usage, halt.reason)
        try:
            answer = _Answer.model_validate_json(_object(text_of(response))).tools
        except ValidationError:
            return Chosen(None, meter.usage, "The answer is not what was asked for.")
        if answer == "any":
            return Chosen(None, meter.usage)
        names = [] if answer == "none" else answer
        if any(name not in named for name in names) or (answer != "none" and not names):
            return Chosen(None, meter.usage, "It names a tool that does not exist, or no tool.")
        return Chosen(tuple(named[name] for name in dict.fromkeys(names)), meter.usage)


def _object(text: str) -> str:
    """The JSON object in the answer; models like to put a fence around it."""
    return text[text.find("{") : text.rfind("}") + 1]


def _told(assignment: Assignment, named: Mapping[str, CatalogueTool]) -> str:
    before = [
        {"person": turn.said[:_LONGEST], "assistant": turn.answered[:_LONGEST]}
        for turn in assignment.history[-_BEFORE:]
    ]
    tools = {name: description(tool)[:_LONGEST] for name, tool in named.items()}
    told = {"tools": tools, "before": before, "said": assignment.said}
    return json.dumps(told, ensure_ascii=False)
