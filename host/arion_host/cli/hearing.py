"""What a client hears while it talks to a host, and when."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import JsonValue

from arion_host.errors import HostError, PartFailed
from arion_kit.words import ErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    Answer,
    AudioStarted,
    Error,
    NothingHeard,
    ServerEvent,
    SpeechEnded,
    SpeechStarted,
    TranscriptEvent,
    TurnEnded,
)

GRACE_S = 1.0
"""After the recording, time for words at its very end to be noticed, in seconds."""

SILENCE_S = 4.0
"""After the recording, time without any words after which there are none."""


@dataclass
class HeardTurn:
    """One turn, from the client's side. Moments are of the monotonic clock."""

    transcript: str
    endpoint_at: float | None
    stt_final_at: float
    first_audio_at: float | None = None
    done_at: float | None = None
    sample_rate: int = 0
    pcm: bytearray = field(default_factory=bytearray)
    detail: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])


class Hearing:
    """Everything that has come from the host, over however many connections."""

    def __init__(self) -> None:
        self.began = 0.0
        """When the recording began."""
        self.problem: HostError | None = None
        """The last error the host told."""
        self._turns: dict[int, HeardTurn] = {}
        self._pending = 0
        """Utterances that are being spoken or recognised."""
        self._endpoint_at: float | None = None

    @property
    def last_turn(self) -> HeardTurn | None:
        """The turn that began last."""
        return self._turns[max(self._turns)] if self._turns else None

    def is_over(self, silent_s: float) -> bool:
        """Whether nothing is to be expected any more, so long after the recording's end."""
        if self._pending or any(turn.done_at is None for turn in self._turns.values()):
            return False
        return silent_s > (GRACE_S if self._turns or self.problem else SILENCE_S)

    def take_event(self, event: ServerEvent, now: float) -> None:
        """Note what the host told."""
        match event:
            case SpeechStarted():
                self._pending += 1
            case SpeechEnded():
                self._endpoint_at = now
            case NothingHeard():
                self._pending = max(0, self._pending - 1)
            case TranscriptEvent(final=True, turn=turn, text=text):
                self._pending = max(0, self._pending - 1)
                self._turns[turn] = HeardTurn(text, self._endpoint_at, now)
            case Error(kind=kind, message=message, next_step=next_step):
                told = f"{message} ({kind})"
                self.problem = PartFailed(ErrorKind.UNAVAILABLE, told, next_step=next_step)
            case _:
                self._take_answer(event, now)

    def take_audio(self, frame: AudioFrame, now: float) -> None:
        """Note the sound of an answer."""
        turn = self._turns.get(frame.turn)
        if turn is not None:
            turn.first_audio_at = turn.first_audio_at or now
            turn.pcm += frame.pcm

    def result(self, turn: HeardTurn, end_of_speech_s: float) -> dict[str, JsonValue]:
        """Return the turn's own result, with all that was heard and the client's timings.

        Timings are in ms since the end of the speech in the recording.
        """
        moments = {
            "endpoint": turn.endpoint_at,
            "stt_final": turn.stt_final_at,
            "first_audio": turn.first_audio_at,
            "answer_done": turn.done_at,
        }
        spoken_until = self.began + end_of_speech_s
        timings: dict[str, JsonValue] = {
            step: None if at is None else round((at - spoken_until) * 1000, 1)
            for step, at in moments.items()
        }
        own = turn.detail.get("timings_ms")
        transcript = " ".join(heard.transcript for heard in self._turns.values())
        return {
            **turn.detail,
            "transcript": transcript,
            "timings_ms": {**(own if isinstance(own, dict) else {}), **timings},
        }

    def _take_answer(self, event: ServerEvent, now: float) -> None:
        match event:
            case Answer(turn=turn, detail=dict() as detail):
                self._turns[turn].detail = detail
            case AudioStarted(turn=turn, sample_rate=rate, from_ms=from_ms):
                heard = self._turns[turn]
                heard.sample_rate = rate
                # A sentence that a drop cut off is said again.
                del heard.pcm[from_ms * rate // 1000 * 2 :]
            case TurnEnded(turn=turn):
                self._turns[turn].done_at = now
            case _:
                pass
