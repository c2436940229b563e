"""Opus at the edge of a connection: packets to the samples that sessions work with, and back.

Packets are raw (RFC 6716), without a container; the state of each direction lives as long as its
connection. libopus comes with PyAV.
"""

from __future__ import annotations

import functools
from typing import Literal, SupportsBytes, cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame as Samples
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.packet import Packet

from arion_voice.engines import SAMPLE_RATE
from arion_voice.errors import ProtocolError, VoiceErrorKind

OPUS_RATE = 24_000
"""Rate that answers are encoded at, in Hz: that of the best voices."""

PACKET_SAMPLES = OPUS_RATE // 50
"""20 ms, which is what a packet of an answer holds."""

_BITS_S = 28_000
"""Bits a second: speech is transparent from about 24,000 on."""

_DECODED_RATE = 48_000
"""Rate at which libopus decodes, in Hz."""

_LARGEST_PACKET = 1275 * 3
"""Bytes of 60 ms at the highest bit rate there is."""

_LOOKAHEAD_BYTES = 2 * OPUS_RATE * 13 // 2000
"""6.5 ms by which the encoder is behind; so much of silence brings the end of the sound out."""


@functools.cache
def has_opus() -> bool:
    """Whether this installation encodes and decodes it."""
    return "libopus" in av.codecs_available


class OpusDecoder:
    """The packets of one microphone, as 16 kHz PCM16."""

    def __init__(self) -> None:
        self._codec = _context("r", _DECODED_RATE)
        self._resampler = _resampler(SAMPLE_RATE)

    def decode(self, packet: bytes) -> bytes:
        """Decode one packet of 20 to 60 ms.

        Raises:
            ProtocolError: `bad_frame`, it is no packet of Opus. The next one may be.
        """
        if not 0 < len(packet) <= _LARGEST_PACKET:
            raise ProtocolError(
                VoiceErrorKind.BAD_FRAME,
                f"an Opus packet of {len(packet)} bytes; expected 1 to {_LARGEST_PACKET}",
            )
        try:
            frames = self._codec.decode(Packet(packet))  # pyright: ignore[reportUnknownMemberType]
        except FFmpegError as error:
            raise ProtocolError(VoiceErrorKind.BAD_FRAME, "no packet of Opus") from error
        return b"".join(_resampled(self._resampler, frame) for frame in frames)


class OpusEncoder:
    """One stretch of sound, as packets of 20 ms; the rest of one waits for the next sound."""

    def __init__(self, sample_rate: int) -> None:
        """Nothing is encoded yet.

        Args:
            sample_rate: of the sound that will come, in Hz.
        """
        self._codec = _context("w", OPUS_RATE)
        self._codec.bit_rate = _BITS_S
        self._codec.options = {"application": "audio", "frame_duration": "20"}
        self._rate = sample_rate
        self._resampler = None if sample_rate == OPUS_RATE else _resampler(OPUS_RATE)
        self._rest = bytearray()
        self._samples = 0

    def encode(self, pcm: bytes) -> list[bytes]:
        """The packets that PCM16 completes."""
        if self._resampler is not None and pcm:
            pcm = _resampled(self._resampler, _samples(pcm, self._rate))
        self._rest += pcm
        packets: list[bytes] = []
        while len(self._rest) >= 2 * PACKET_SAMPLES:
            frame = _samples(bytes(self._rest[: 2 * PACKET_SAMPLES]), OPUS_RATE)
            del self._rest[: 2 * PACKET_SAMPLES]
            frame.pts = self._samples
            self._samples += PACKET_SAMPLES
            coded = cast("list[SupportsBytes]", self._codec.encode(frame))  # pyright: ignore[reportUnknownMemberType]
            packets += [bytes(packet) for packet in coded]
        return packets

    def finish(self) -> list[bytes]:
        """The packets of what is left; the last one is filled up with silence."""
        if self._resampler is not None:
            for frame in self._resampler.resample(None):
                self._rest += _bytes(frame)
        if self._samples == 0 and not self._rest:
            return []
        self._rest += bytes(_LOOKAHEAD_BYTES)
        self._rest += bytes(-len(self._rest) % (2 * PACKET_SAMPLES))
        self._resampler = None
        return self.encode(b"")


def _context(mode: Literal["r", "w"], sample_rate: int) -> AudioCodecContext:
    context = av.CodecContext.create("libopus", mode)
    context.sample_rate = sample_rate
    context.layout = "mono"
    context.format = "s16"
    return context


def _resampler(rate: int) -> AudioResampler:
    return AudioResampler(format="s16", layout="mono", rate=rate)


def _resampled(resampler: AudioResampler, frame: Samples) -> bytes:
    # The encoder of another host may have begun anew: times in packets mean nothing here.
    frame.pts = None
    return b"".join(_bytes(it) for it in resampler.resample(frame))


def _samples(pcm: bytes, rate: int) -> Samples:
    frame = Samples(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.planes[0].update(pcm.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate = rate
    return frame


def _bytes(frame: Samples) -> bytes:
    return bytes(frame.planes[0])[: 2 * frame.samples]
