"""The binary frames of `arion.voice.v1`: an 8-byte header, big-endian, and the sound.

    kind u8 (1 audio) | codec u8 (1 PCM16) | turn u16 | sequence u32

PCM16 is little-endian mono: 16 kHz upwards, where 20 ms a frame suit best and `turn` is 0; the
announced rate downwards. `sequence` counts the frames of a turn (upwards: of the connection).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from arion_voice.errors import ProtocolError, VoiceErrorKind

MAX_AUDIO_BYTES = 65_536
"""Largest binary frame that is read, with its header: two seconds of microphone."""

_HEADER = struct.Struct(">BBHI")


class FrameKind(IntEnum):
    """What a binary frame carries."""

    AUDIO = 1


class AudioCodec(IntEnum):
    """How the samples in a binary frame are written."""

    PCM16 = 1


@dataclass(frozen=True)
class AudioFrame:
    """A stretch of PCM16 audio."""

    pcm: bytes
    """Little-endian signed 16-bit samples, mono."""
    turn: int = 0
    sequence: int = 0


def encode_audio(frame: AudioFrame) -> bytes:
    """The binary frame of a stretch of audio. Turns are counted modulo 65,536."""
    header = _HEADER.pack(
        FrameKind.AUDIO, AudioCodec.PCM16, frame.turn & 0xFFFF, frame.sequence & 0xFFFF_FFFF
    )
    return header + frame.pcm


def decode_audio(data: bytes) -> AudioFrame:
    """Read a binary frame.

    Raises:
        ProtocolError: `too_large`, or `bad_frame` for a header or a payload of another kind.
    """
    if len(data) > MAX_AUDIO_BYTES:
        raise ProtocolError(
            VoiceErrorKind.TOO_LARGE,
            f"a binary frame of {len(data)} bytes; at most {MAX_AUDIO_BYTES} are read",
        )
    if len(data) < _HEADER.size:
        raise ProtocolError(
            VoiceErrorKind.BAD_FRAME,
            f"a binary frame of {len(data)} bytes; the header alone has {_HEADER.size}",
        )
    kind, codec, turn, sequence = _HEADER.unpack_from(data)
    if (kind, codec) != (FrameKind.AUDIO, AudioCodec.PCM16):
        raise ProtocolError(
            VoiceErrorKind.BAD_FRAME,
            f"a binary frame of kind {kind} and codec {codec}; expected 1 (audio) and 1 (PCM16)",
        )
    pcm = data[_HEADER.size :]
    if len(pcm) % 2:
        raise ProtocolError(
            VoiceErrorKind.BAD_FRAME, f"{len(pcm)} bytes of PCM16; the number has to be even"
        )
    return AudioFrame(pcm, turn, sequence)
