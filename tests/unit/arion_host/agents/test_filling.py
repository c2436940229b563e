"""Templates that are filled from what was said."""

from __future__ import annotations

from arion_host.agents.filling import Filler
from arion_host.agents.understood import Provenance, SlotValue


def _filled(template: str, **said: str) -> object:
    slots = {name: SlotValue(name, it, it, Provenance.SAID) for name, it in said.items()}
    filled = Filler(slots, {}).fill(template)
    return filled and filled.value


def test_what_is_left_out_keeps_the_words_around_it_apart() -> None:
    template = "[{matter}][{clause}] [{state}] [after:{start} before:{end}]"
    assert _filled(template, matter="가스", start="1", end="2") == "가스 after:1 before:2"
    assert _filled(template, clause="가스") == "가스"
    assert _filled(template, start="1", end="2") == "after:1 before:2"


def test_what_is_left_out_at_the_beginning_leaves_no_space() -> None:
    assert _filled("[is:{state}] from:{who}", who="a") == "from:a"
