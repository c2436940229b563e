"""From the microphone's bytes to utterances."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from arion_voice.endings import Ending
from arion_voice.engines import Samples
from arion_voice.turn_detection import TurnChange, TurnDetector, TurnOptions, TurnState
from arion_voice.vad import FRAME, FRAME_S, VoiceActivity

_FRAME_BYTES = 2 * FRAME

_SCALE = np.float32(1 / 32768)

_PRE_ROLL_S = 0.3
"""Audio kept from before the speech was noticed: soft first consonants, in seconds."""


def _nothing() -> Samples:
    return np.zeros(0, np.float32)


@dataclass(frozen=True)
class Heard:
    """A change at the microphone."""

    change: TurnChange
    samples: Samples = field(default_factory=_nothing)
    """The utterance so far, where it is or may be over."""
    silence_s: float = 0.0
    """Silence at the end of it, or the silence that is over where it goes on, in seconds."""


class Ear:
    """Finds the utterances of one microphone. Never holds more than the longest one."""

    def __init__(self, activity: VoiceActivity, options: TurnOptions) -> None:
        self._activity = activity
        self._detector = TurnDetector(options)
        self._rest = b""
        self._before_frames = round((_PRE_ROLL_S + options.start_s) / FRAME_S) + 1
        self._before: deque[Samples] = deque(maxlen=self._before_frames)
        self._utterance: list[Samples] = []
        self._paused = 0
        """Frames of the utterance up to its last pause."""

    @property
    def is_open(self) -> bool:
        """Whether an utterance is going on."""
        # A tuple: it is asked with every frame, and enums hash slowly.
        return self._detector.state in (TurnState.SPEAKING, TurnState.PAUSED)

    @property
    def is_speaking(self) -> bool:
        """Whether an utterance is going on and does not pause."""
        return self._detector.state is TurnState.SPEAKING

    @property
    def speech_s(self) -> float:
        """Speech in the utterance that is going on, in seconds; 0 when none is."""
        return self._detector.speech_s if self.is_open else 0.0

    @property
    def length_s(self) -> float:
        """Audio of the utterance that is not kept, in seconds."""
        return len(self._utterance) * FRAME_S

    def samples(self) -> Samples:
        """The audio of the utterance that is not kept."""
        return np.concatenate(self._utterance)

    @property
    def paused_at_s(self) -> float:
        """Audio of the utterance up to its last pause, in seconds."""
        return self._paused * FRAME_S

    def hear(self, pcm: bytes) -> Iterator[Heard]:
        """Take a stretch of PCM16, 16 kHz mono, of any even length."""
        data = self._rest + pcm
        whole = len(data) - len(data) % _FRAME_BYTES
        self._rest = data[whole:]
        for start in range(0, whole, _FRAME_BYTES):
            frame = np.frombuffer(data, "<i2", FRAME, start).astype(np.float32) * _SCALE
            heard = self._take(frame)
            if heard is not None:
                yield heard

    def expect(self, ending: Ending) -> None:
        """Take what the words before the pause that is going on tell about its end."""
        self._detector.expect(ending)

    def keep(self) -> None:
        """Forget the audio up to the last pause: its words are known, and don't come again."""
        del self._utterance[: max(self._paused, len(self._utterance) - self._before_frames)]
        self._paused = 0

    def hold(self) -> None:
        """Begin an utterance now, which ends with `release` alone."""
        self._before.clear()
        self._utterance = []
        self._detector.hold()

    def release(self) -> Heard | None:
        """End the utterance now. None when there is none, or nobody spoke in it."""
        heard = self._end() if self.speech_s > 0 else None
        self._utterance = []
        self._detector.reset()
        return heard

    def _take(self, frame: Samples) -> Heard | None:
        (self._utterance if self.is_open else self._before).append(frame)
        change = self._detector.feed(self._activity.probability(frame), FRAME_S)
        if change is None:
            return None
        if change is TurnChange.STARTED:
            self._utterance = list(self._before)
            self._before.clear()
        if change is TurnChange.PAUSED:
            self._paused = len(self._utterance)
            return Heard(change, np.concatenate(self._utterance), self._detector.silence_s)
        if change is TurnChange.ENDED:
            return self._end()
        if change is TurnChange.TOO_LONG:
            self._utterance = []
        return Heard(change, silence_s=self._detector.resumed_after_s)

    def _end(self) -> Heard:
        samples, self._utterance = np.concatenate(self._utterance), []
        return Heard(TurnChange.ENDED, samples, self._detector.silence_s)
