"""What is wrong with a call that a language model proposes, found by code alone.

A model can be asked to think again, so it is judged more strictly than what code has understood:
the tool has to be the one the words speak for, the thing the one they name, every value has to come
from somewhere, and what was said has to be in it.
"""

from __future__ import annotations

from collections.abc import Callable

from arion_host.validation.left_out import (
    all_left_out,
    choice_left_out,
    half_a_call,
    place_left_out,
    quantity_left_out,
    time_left_out,
)
from arion_host.validation.made_up import (
    end_as_start,
    made_up_address,
    made_up_person,
    made_up_text,
    made_up_time,
)
from arion_host.validation.proposal import Proposal
from arion_host.validation.reasons import REASONS, Flaw
from arion_host.validation.targets import mixed_things, other_thing

_LONGEST_VALUE = 60
"""Characters of a value that are quoted."""
_VALUES: tuple[tuple[Flaw, Callable[[Proposal], str | None]], ...] = (
    ("time", made_up_time),
    ("time", end_as_start),
    ("person", made_up_person),
    ("address", made_up_address),
    ("text", made_up_text),
    ("mixed", mixed_things),
    ("other_thing", other_thing),
    ("left_out", time_left_out),
    ("left_out", place_left_out),
    ("left_out", quantity_left_out),
    ("left_out", choice_left_out),
)
_OF_WRITES: tuple[tuple[Flaw, Callable[[Proposal], str | None]], ...] = (
    ("left_out", all_left_out),
    ("half", half_a_call),
)


def flaw_of(proposal: Proposal, *, reads: bool) -> tuple[Flaw, str] | None:
    """What is wrong, and why as a sentence; None where code sees nothing.

    A call that only `reads` may ask for more than was said and look through it.
    """
    reasons = REASONS[proposal.seen.language]
    wanted = proposal.known.rather(proposal.key, proposal.wishes)
    if wanted is not None and not proposal.insists:
        called = proposal.call.tool
        return "other_tool", reasons["other_tool"].format(called=called, wanted=wanted[1])
    for flaw, found in _VALUES if reads else (*_VALUES, *_OF_WRITES):
        value = found(proposal)
        if value is not None:
            return flaw, reasons[flaw].format(value=value[:_LONGEST_VALUE])
    return None
