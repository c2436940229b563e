"""The microphone's frames in order and once each, over one connection after the other."""

from __future__ import annotations

from arion_voice.engines import SAMPLE_RATE
from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.frames import AudioFrame

_TOLD_EVERY_BYTES = 2 * SAMPLE_RATE
"""Audio after which the client is told again how far it was heard: a second."""

_MOST_REPEATED = 250
"""Frames in a row that came before. More are no repetition: their numbers are wrong."""


class Uplink:
    """Which frames of a session have come.

    A frame that came before, or late, is dropped. One that is missing is not waited for, and
    nothing takes its place: a gap of silence could end an utterance that went on.
    """

    def __init__(self) -> None:
        self.heard: int | None = None
        """Number of the last frame that was taken."""
        self.missed = 0
        """Frames that never came."""
        self._repeated = 0
        self._untold_bytes = 0

    def takes(self, frame: AudioFrame) -> bool:
        """Whether a frame is new.

        Raises:
            ProtocolError: the numbers have gone back for good; from this one on they count anew.
        """
        after = -1 if self.heard is None else self.heard
        if frame.sequence <= after:
            self._repeated += 1
            if self._repeated < _MOST_REPEATED:
                return False
            self.heard = frame.sequence
            self._repeated = 0
            raise ProtocolError(
                VoiceErrorKind.BAD_FRAME,
                f"{_MOST_REPEATED} frames in a row were numbered {after} or lower;"
                f" expected {after + 1} and up",
            )
        self._repeated = 0
        self.missed += frame.sequence - after - 1
        self.heard = frame.sequence
        self._untold_bytes += len(frame.pcm)
        return True

    def news(self) -> int | None:
        """Number of the last frame, where a second was heard since the client was last told."""
        if self._untold_bytes < _TOLD_EVERY_BYTES:
            return None
        self._untold_bytes = 0
        return self.heard
