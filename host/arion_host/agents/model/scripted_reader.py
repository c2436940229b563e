"""Readers whose answers are known beforehand, to see what the host makes of them.

They prove how the second looks are wired, and nothing of how well a model reads.
"""

from __future__ import annotations

import json

from agents.testing import ScriptedModel, assistant_message

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.validator import Validator, Verdict


def scripted_validator(first: Verdict, second: Verdict) -> Validator:
    """Two readers who give these answers, once each."""
    return Validator(_reader(first), _reader(second))


def _reader(verdict: Verdict) -> Connected:
    slot = {"slot": "it"} if verdict == "mismatch" else {}
    answer = json.dumps({"verdict": verdict, **slot})
    return Connected(ScriptedModel([[assistant_message(answer)]]))
