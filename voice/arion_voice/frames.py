"""The binary frames of `arion.voice.v1`: an 8-byte header, big-endian, and the sound.

    kind u8 (1 audio) | codec u8 (1 PCM16, 2 Opus) | turn u16 | sequence u32

PCM16 is little-endian mono: 16 kHz upwards, where 20 ms a frame suit best and `turn` is 0; the
announced rate downwards. Opus is one packet a frame. `sequence` counts the frames of a turn
(upwards: of the session).
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
    OPUS = 2


_CODECS = {codec.value: codec for codec in AudioCodec}


@dataclass(frozen=True)
class AudioFrame:
    """A stretch of PCM16 audio."""

    pcm: bytes
    """Little-endian signed 16-bit samples, mono."""
    turn: int = 0
    sequence: int = 0


@dataclass(frozen=True)
class CodedFrame:
    """A binary frame as it is on the wire."""

    codec: AudioCodec
    payload: bytes
    turn: int = 0
    sequence: int = 0


def encode_frame(frame: CodedFrame) -> bytes:
    """The binary frame. Turns are counted modulo 65,536."""
    header = _HEADER.pack(
        FrameKind.AUDIO, frame.codec, frame.turn & 0xFFFF, frame.sequence & 0xFFFF_FFFF
    )
    return header + frame.payload


def encode_audio(frame: AudioFrame) -> bytes:
    """The binary frame of a stretch of PCM16."""
    return encode_frame(CodedFrame(AudioCodec.PCM16, frame.pcm, frame.turn, frame.sequence))


def decode_frame(data: bytes) -> CodedFrame:
    """Read a binary frame; its payload may still be damaged.

    Raises:
        ProtocolError: `too_large`, or `bad_frame` for a header of another kind.
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
    if kind != FrameKind.AUDIO or codec not in _CODECS:
        raise ProtocolError(
            VoiceErrorKind.BAD_FRAME,
            f"a binary frame of kind {kind} and codec {codec}; expected 1 (audio) and one of"
            f" {', '.join(f'{it.value} ({it.name})' for it in AudioCodec)}",
        )
    return CodedFrame(_CODECS[codec], data[_HEADER.size :], turn, sequence)


def decode_audio(data: bytes) -> AudioFrame:
    """Read a binary frame of PCM16.

    Raises:
        ProtocolError: `too_large`, or `bad_frame` for a header or a payload of another kind.
    """
    return samples_of(decode_frame(data))


def samples_of(frame: CodedFrame) -> AudioFrame:
    """The samples of a frame of PCM16.

    Raises:
        ProtocolError: `bad_frame`, it holds something else.
    """
    if frame.codec is not AudioCodec.PCM16:
        raise ProtocolError(
            VoiceErrorKind.BAD_FRAME,
            f"a binary frame of codec {frame.codec.value}; expected 1 (PCM16)",
        )
    if len(frame.payload) % 2:
        raise ProtocolError(
            VoiceErrorKind.BAD_FRAME,
            f"{len(frame.payload)} bytes of PCM16; the number has to be even",
        )
    return AudioFrame(frame.payload, frame.turn, frame.sequence)
