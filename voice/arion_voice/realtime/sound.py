"""Sound between a Realtime client, 24 kHz in base64, and a session."""

from __future__ import annotations

import base64

import numpy as np
import soxr  # pyright: ignore[reportMissingTypeStubs]

from arion_voice.engines import SAMPLE_RATE
from arion_voice.errors import ProtocolError, VoiceErrorKind

RATE = 24_000
"""Of the clients' sound in both directions, in Hz."""


class Microphone:
    """Turns a client's sound into a session's."""

    def __init__(self) -> None:
        self._resampler = _Resampler(RATE, SAMPLE_RATE)
        self._samples = 0

    @property
    def heard_ms(self) -> int:
        """Sound so far, in milliseconds."""
        return self._samples * 1000 // RATE

    def read(self, audio: str) -> bytes:
        """PCM16 at 16 kHz of a stretch of sound.

        Raises:
            ProtocolError: `bad_frame`, it is no base64 of 16-bit samples.
        """
        try:
            pcm = base64.b64decode(audio, validate=True)
        except ValueError as error:
            # Not only its subclass of binascii: letters that are not ASCII raise it bare.
            raise ProtocolError(VoiceErrorKind.BAD_FRAME, f"audio: {error}") from error
        if len(pcm) % 2:
            raise ProtocolError(
                VoiceErrorKind.BAD_FRAME, f"audio: {len(pcm)} bytes of PCM16; it has to be even"
            )
        self._samples += len(pcm) // 2
        return self._resampler.resample(pcm)


class Loudspeaker:
    """Turns a session's sound into a client's."""

    def __init__(self, sample_rate: int) -> None:
        self._resampler = None if sample_rate == RATE else _Resampler(sample_rate, RATE)

    def write(self, pcm: bytes, *, last: bool = False) -> str:
        """Base64 of a stretch of sound; may be empty. `last`: with what was held back of it."""
        if self._resampler is not None:
            pcm = self._resampler.resample(pcm, last=last)
        return base64.b64encode(pcm).decode("ascii")


class _Resampler:
    """PCM16 of one rate to PCM16 of another, stretch by stretch."""

    def __init__(self, before: int, after: int) -> None:
        # As integers it would add dither, and silence would not be silent any more.
        self._stream = soxr.ResampleStream(before, after, 1, dtype="float32")

    def resample(self, pcm: bytes, *, last: bool = False) -> bytes:
        samples = np.frombuffer(pcm, "<i2").astype(np.float32)
        changed = self._stream.resample_chunk(samples, last=last)
        return np.clip(np.rint(changed), -32768, 32767).astype("<i2").tobytes()
