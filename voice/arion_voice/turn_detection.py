"""Where utterances begin and end, from the likelihood of speech and what its words promise.

QUIET ──speech──▶ STARTING ──enough of it──▶ SPEAKING ◀──speech── PAUSED
  ▲                  │                          │  └──silence──────▶│
  ├──────silence─────┘                          │too long           │long silence
  └─────────silence──────── EXHAUSTED ◀─────────┘                   │
  └─────────────────────────────────────────────────────────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from arion_voice.endings import Ending


@dataclass(frozen=True)
class TurnOptions:
    """When an utterance begins and ends. Times are in seconds."""

    start_s: float = 0.1
    """Speech in a row that begins an utterance."""
    pause_s: float = 0.09
    """Silence after which the utterance may be over, so that recognition can begin. Consonants take
    up to as long: a third of the recognitions are of an utterance that goes on."""
    finished_s: float = 0.3
    """Silence that ends an utterance whose words are complete."""
    silence_s: float = 0.6
    """Silence that ends an utterance whose words don't tell."""
    unfinished_s: float = 1.2
    """Silence that ends an utterance whose words promise more, or are not known yet."""
    max_s: float = 60.0
    """Longest utterance."""
    speech_above: float = 0.5
    """Likelihood from which a frame begins speech, 0..1."""
    silence_below: float = 0.35
    """Likelihood under which a frame of an utterance is silence, 0..1."""


class TurnState(Enum):
    """What is going on at the microphone."""

    QUIET = auto()
    STARTING = auto()
    SPEAKING = auto()
    PAUSED = auto()
    EXHAUSTED = auto()
    """The longest utterance is over; nothing is heard until there is silence."""


class TurnChange(Enum):
    """What a frame of audio changed."""

    STARTED = auto()
    """An utterance began. It includes the frames since STARTING."""
    PAUSED = auto()
    """The utterance may be over."""
    RESUMED = auto()
    """It was not over."""
    ENDED = auto()
    """The utterance is over."""
    TOO_LONG = auto()
    """The utterance was cut off at its longest."""


class TurnDetector:
    """The state of one microphone."""

    def __init__(self, options: TurnOptions) -> None:
        self._options = options
        self.state = TurnState.QUIET
        self.speech_s = 0.0
        """Speech in the utterance so far, without its silences, in seconds."""
        self.silence_s = 0.0
        """Silence since the last speech of the utterance, in seconds."""
        self.resumed_after_s = 0.0
        """The silence that the frame fed last has ended, in seconds; 0 where it ended none."""
        self._patience_s = options.unfinished_s
        self._length_s = 0.0
        self._held = False

    def feed(self, probability: float, frame_s: float) -> TurnChange | None:
        """Take one frame.

        Args:
            probability: how likely it holds speech, 0..1.
            frame_s: its length in seconds.
        """
        if self.state in (TurnState.SPEAKING, TurnState.PAUSED):
            return self._go_on(probability >= self._options.silence_below, frame_s)
        if self.state is TurnState.EXHAUSTED:
            return self._recover(probability < self._options.silence_below, frame_s)
        return self._begin(probability >= self._options.speech_above, frame_s)

    def expect(self, ending: Ending) -> None:
        """Take what the words before the pause that is going on tell about its end."""
        self._patience_s = {
            Ending.FINISHED: self._options.finished_s,
            Ending.UNSURE: self._options.silence_s,
            Ending.UNFINISHED: self._options.unfinished_s,
        }[ending]

    def hold(self) -> None:
        """Begin an utterance by hand. Silence does not end it; `reset` does."""
        self.reset()
        self.state = TurnState.SPEAKING
        self._held = True

    def reset(self) -> None:
        """Forget the utterance."""
        self.state = TurnState.QUIET
        self.speech_s = self.silence_s = self.resumed_after_s = self._length_s = 0.0
        self._patience_s = self._options.unfinished_s
        self._held = False

    def _begin(self, is_speech: bool, frame_s: float) -> TurnChange | None:
        if not is_speech or self.state is TurnState.QUIET:
            self.reset()
        if not is_speech:
            return None
        self.state = TurnState.STARTING
        self.speech_s += frame_s
        self._length_s += frame_s
        if self.speech_s < self._options.start_s:
            return None
        self.state = TurnState.SPEAKING
        return TurnChange.STARTED

    def _go_on(self, is_speech: bool, frame_s: float) -> TurnChange | None:
        self._length_s += frame_s
        if is_speech:
            self.speech_s += frame_s
            self.resumed_after_s, self.silence_s = self.silence_s, 0.0
        else:
            self.silence_s += frame_s
        if self.silence_s >= self._patience_s and not self._held:
            self.state = TurnState.QUIET
            return TurnChange.ENDED
        if self._length_s >= self._options.max_s:
            self.reset()
            self.state = TurnState.EXHAUSTED
            return TurnChange.TOO_LONG
        return self._pause_or_resume(is_speech)

    def _pause_or_resume(self, is_speech: bool) -> TurnChange | None:
        if self.state is TurnState.PAUSED and is_speech:
            self.state = TurnState.SPEAKING
            self._patience_s = self._options.unfinished_s
            return TurnChange.RESUMED
        spoke = self.state is TurnState.SPEAKING and self.speech_s > 0
        if spoke and self.silence_s >= self._options.pause_s:
            self.state = TurnState.PAUSED
            return TurnChange.PAUSED
        return None

    def _recover(self, is_silence: bool, frame_s: float) -> None:
        self.silence_s = self.silence_s + frame_s if is_silence else 0.0
        if self.silence_s >= self._options.silence_s:
            self.reset()
