"""Second looks before a write: does the sentence that says what will be done fit what was said?

The models see no tool, no result and no conversation, so nothing but the person's words and the
host's own sentence can sway them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from agents import TResponseInputItem
from pydantic import BaseModel, ValidationError

from arion_host.agents.model import metered
from arion_host.agents.model.connected import Connected
from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.prompt import instructions
from arion_host.agents.model.request import Request, text_of
from arion_host.agents.model.seam import Limits, Usage
from arion_host.policy.pins import visible

LIMITS = Limits(deadline_s=8.0, requests=1, output_tokens=400)
"""A reasoning model thinks within the same tokens."""
_LONGEST_SLOT = 60

Verdict = Literal["match", "mismatch", "unsure"]


class _Answer(BaseModel):
    verdict: Verdict
    slot: str = ""


@dataclass(frozen=True)
class Opinion:
    """What one model says of a call."""

    verdict: Verdict
    slot: str
    """Of a mismatch: what differs, in the model's words."""
    reason: str
    """Why it is unsure, as a sentence for logs; empty where the model itself is."""
    usage: Usage


@dataclass(frozen=True)
class Checked:
    """What all models that were asked say together."""

    verdict: Verdict
    """`unsure` too when they disagree."""
    slot: str = ""
    """What differs, where one of them said so."""
    opinions: tuple[Opinion, ...] = ()

    @property
    def cost_usd(self) -> float | None:
        """What the models cost; None where nobody knows."""
        costs = [it.usage.cost_usd for it in self.opinions]
        return None if None in costs else sum(it for it in costs if it is not None)


class Validator:
    """One or two models, of different families where it can be."""

    def __init__(
        self, first: Connected | None, second: Connected | None = None, limits: Limits = LIMITS
    ) -> None:
        """Use `first` for every call, `second` for what is grave or in doubt."""
        self._first = first
        self._second = second
        self._limits = limits

    async def check(self, said: str, sentence: str, *, grave: bool) -> Checked:
        """Compare what was said with the sentence that says what will be done.

        `grave`: it cannot be taken back, or others may have had a hand in it. Then the second
        model is asked too; without one the answer is `unsure`, as it is without any. Never raises.
        """
        if self._first is None:
            return Checked("unsure")
        first = await ask(self._first, said, sentence, self._limits)
        if first.verdict == "mismatch" or (first.verdict == "match" and not grave):
            return Checked(first.verdict, first.slot, (first,))
        if self._second is None:
            return Checked("unsure", opinions=(first,))
        second = await ask(self._second, said, sentence, self._limits)
        agreed = first.verdict if first.verdict == second.verdict else "unsure"
        return Checked(agreed, second.slot, (first, second))


async def ask(model: Connected, said: str, sentence: str, limits: Limits = LIMITS) -> Opinion:
    """Ask one model; whatever is no clear answer is `unsure`. Never raises."""
    meter = Meter(limits, model.price)
    texts = json.dumps({"said": said, "about_to": sentence}, ensure_ascii=False)
    question: list[TResponseInputItem] = [{"role": "user", "content": texts}]
    try:
        request = Request(
            instructions("validator-1"), question, model.settings(limits.output_tokens), []
        )
        response = await metered.ask(model.model, request, meter)
    except Halt as halt:
        return Opinion("unsure", "", halt.reason, meter.usage)
    text = text_of(response)
    try:
        answer = _Answer.model_validate_json(text)
    except ValidationError:
        return Opinion("unsure", "", "The answer is not what was asked for.", meter.usage)
    return Opinion(answer.verdict, visible(answer.slot)[:_LONGEST_SLOT], "", meter.usage)
