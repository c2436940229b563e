"""What `docs/protocol.md` says is what the protocol does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from arion_voice.errors import VoiceErrorKind
from arion_voice.protocol import ClientEvent, ServerEvent
from arion_voice.realtime.incoming import ClientMessage
from arion_voice.turn_detection import TurnOptions

TEXT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")


def types_of(union: object) -> list[str]:
    events = get_args(get_args(union)[0])
    return [get_args(event.model_fields["type"].annotation)[0] for event in events]


@pytest.mark.parametrize("name", types_of(ClientEvent) + types_of(ServerEvent))
def test_every_event_is_explained(name: str) -> None:
    assert re.search(rf"^\|[^|]*`{name}`", TEXT, re.MULTILINE)


@pytest.mark.parametrize("kind", VoiceErrorKind)
def test_every_error_is_told_with_what_to_do(kind: VoiceErrorKind) -> None:
    assert re.search(rf"^\|[^|]*`{kind}`[^|]*\|[^|]+\w", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", types_of(ClientMessage))
def test_every_event_of_the_realtime_api_that_is_understood_is_named(name: str) -> None:
    group, _, deed = name.rpartition(".")
    assert f"`{name}`" in TEXT or (f"`{group}." in TEXT and f"`{deed}`" in TEXT)


def test_the_silences_are_those_of_the_options() -> None:
    options = TurnOptions()
    told = re.search(r"([\d.]+) s of silence.*?way ([\d.]+) s.*?yet ([\d.]+) s", TEXT, re.DOTALL)
    assert told is not None
    silences = (options.finished_s, options.silence_s, options.unfinished_s)
    assert tuple(map(float, told.groups())) == silences
