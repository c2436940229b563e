"""Puts what tools have returned into words: a model that can call nothing.

It reads what others wrote, so what it says is theirs in part; a turn that it words is marked so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from agents import TResponseInputItem

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.metered import ask
from arion_host.agents.model.plain import Aloud, OnText, plain
from arion_host.agents.model.prompt import LANGUAGES, instructions
from arion_host.agents.model.request import Request, text_of
from arion_host.agents.model.seam import Described, DoneCall, Findings, Limits
from arion_host.agents.model.tool_words import result_text

LIMITS = Limits(deadline_s=10.0, requests=1, output_tokens=600)
"""A reasoning model thinks within the same tokens."""


@dataclass(frozen=True)
class ModelDescriber:
    """Puts results into words with one model."""

    model: Connected
    limits: Limits = LIMITS

    async def describe(self, findings: Findings, *, on_text: OnText | None = None) -> Described:
        """Answer the person from the results; `on_text` gets it word by word. Never raises.

        What was passed on stays the beginning of the answer, even of one that breaks off.
        """
        meter = Meter(self.limits, self.model.price)
        told: list[TResponseInputItem] = [{"role": "user", "content": _told(findings)}]
        settings = self.model.settings(self.limits.output_tokens)
        request = Request(instructions("describer-1"), told, settings, [])
        aloud = Aloud(on_text) if on_text else None
        try:
            response = await ask(self.model.model, request, meter, aloud.feed if aloud else None)
            text = aloud.finish() if aloud else plain(text_of(response))
        except Halt as halt:
            return Described(aloud.said if aloud else "", meter.usage, halt.kind, halt.reason)
        return Described(text, meter.usage)


def _told(findings: Findings) -> str:
    told = {
        "said": findings.said,
        "answer_in": LANGUAGES[findings.language],
        "now": f"{findings.now:%A} {findings.now.isoformat(timespec='minutes')}",
        "results": [_result(call) for call in findings.done],
    }
    return json.dumps(told, ensure_ascii=False)


def _result(call: DoneCall) -> dict[str, str]:
    return {"tool": call.tool.title, "returned": result_text(call.tool, call.outcome)}
