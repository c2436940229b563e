"""What a microphone is to do, and what it saw: the JSON that goes in and comes out of its process.

In: one object, a `Job`. Out: one object a line, each with the `scene` it belongs to, its `kind`
and `at`, seconds of CLOCK_MONOTONIC. `cue` is the moment at which a sound begins, `parting` the end
of a scene, whose turn is broken off then, and `closed` its last line; the other kinds are what the
server told, in words that no protocol owns:

    ready, speech_started, speech_ended, nothing_heard, partial, final, answer, audio,
    audio_paused, audio_resumed, interrupted, audio_ended, turn_ended, error
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

DISTURBED_MS = 40.0
"""A microphone whose frames come later than this was starved: what it saw does not count."""


@dataclass(frozen=True)
class Cue:
    """Something the person does. They follow each other."""

    sound: str | None = None
    """WAV file with its labels beside it, see `recordings`."""
    text: str | None = None
    """Typed."""
    after_audio_s: float | None = None
    """Begins once so much of an answer was heard since the cue before; None: at once."""


@dataclass(frozen=True)
class Scene:
    """One connection: what happens on it, and when it is over."""

    name: str
    cues: tuple[Cue, ...]
    until: tuple[str, ...]
    """Kinds of observations that have to come in this order."""
    since: Literal["onset", "end"] = "end"
    """From where on they count: the labels of the last cue's sound."""
    linger_s: float = 0.5
    """The connection goes on for so long after them."""
    limit_s: float = 8.0
    """Longest wait for them, after the last cue's sound."""


@dataclass(frozen=True)
class Job:
    """Scenes against one server."""

    driver: str
    """A name in `drivers.DRIVERS`."""
    url: str
    scenes: tuple[Scene, ...]
    together: bool = False
    """All at once, in place of one after the other."""

    def as_json(self) -> str:
        """For the microphone's standard input."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """Reads what `as_json` wrote."""
        data = json.loads(text)
        scenes = tuple(
            Scene(
                **{
                    **scene,
                    "cues": tuple(Cue(**cue) for cue in scene["cues"]),
                    "until": tuple(scene["until"]),
                }
            )
            for scene in data.pop("scenes")
        )
        return cls(scenes=scenes, **data)


@dataclass(frozen=True)
class Seen:
    """One observation."""

    kind: str
    at: float
    """Seconds of CLOCK_MONOTONIC."""
    turn: int | None = None
    text: str = ""
    rate: int = 0
    """Of audio, in Hz."""
    pcm: str = ""
    """Of audio: PCM16 in base64."""
    more: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def samples(self) -> NDArray[np.int16]:
        """Of audio."""
        return np.frombuffer(base64.b64decode(self.pcm), "<i2")

    def as_json(self, scene: str) -> str:
        """One line of output."""
        return json.dumps({"scene": scene, **asdict(self)}, ensure_ascii=False)


@dataclass(frozen=True)
class Take:
    """Everything one run of a scene gave."""

    scene: Scene
    seen: tuple[Seen, ...]

    @property
    def late_ms(self) -> float:
        """The largest delay of a microphone frame behind its schedule."""
        return self.seen[-1].more["late_ms"]

    @property
    def is_disturbed(self) -> bool:
        """Whether the microphone was starved."""
        return self.late_ms > DISTURBED_MS

    def of(self, *kinds: str) -> list[Seen]:
        """The observations of some kinds, in order."""
        return [seen for seen in self.seen if seen.kind in kinds]

    def began(self, cue: int = -1) -> float:
        """When a cue began."""
        return self.of("cue")[cue].at
