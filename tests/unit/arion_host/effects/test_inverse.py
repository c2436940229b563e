from __future__ import annotations

import pytest

from arion_host.effects.inverse import inverse_call
from arion_kit.words import Effect, EffectClass, Inverse

CREATE = Effect(
    effect_class=EffectClass.KEYED,
    inverse=Inverse(
        tool="calendar_delete_event",
        arguments={"event_id": "result.event.id", "calendar_id": "arguments.calendar_id"},
    ),
)


def test_the_inverse_is_filled_from_arguments_and_result():
    inverse = inverse_call(CREATE, {"calendar_id": "primary"}, {"event": {"id": "e1"}})
    assert inverse is not None
    assert inverse.tool == "calendar_delete_event"
    assert inverse.arguments == {"event_id": "e1", "calendar_id": "primary"}


@pytest.mark.parametrize("result", [{}, {"event": "e1"}, {"event": {"id": None}}])
def test_a_write_whose_result_lacks_what_the_inverse_needs_has_none(result: dict[str, object]):
    assert inverse_call(CREATE, {"calendar_id": "primary"}, result) is None


def test_a_write_that_declares_no_inverse_has_none():
    assert inverse_call(Effect(effect_class=EffectClass.ASK), {}, {}) is None
    assert inverse_call(None, {}, {}) is None
