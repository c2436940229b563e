"""What a connection agreed to send sound in: sessions see samples, whatever is on the wire."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arion_voice.frames import (
    AudioCodec,
    AudioFrame,
    CodedFrame,
    decode_frame,
    encode_audio,
    encode_frame,
    samples_of,
)
from arion_voice.protocol import (
    AudioEnded,
    AudioStarted,
    Hello,
    Interrupted,
    Ready,
    ServerEvent,
)

if TYPE_CHECKING:
    from arion_voice.opus import OpusDecoder, OpusEncoder


class Coding:
    """The codecs of one connection, chosen by its hello."""

    def __init__(self) -> None:
        self._decoder: OpusDecoder | None = None
        self._encoder: OpusEncoder | None = None
        self._turn = 0
        """The turn that is being encoded."""
        self._sequence = 0

    def agree(self, hello: Hello) -> None:
        """Choose what both sides have: Opus, else PCM16."""
        if "opus" in hello.codecs:
            # An installation without PyAV talks in PCM16.
            with contextlib.suppress(ImportError):
                from arion_voice.opus import OpusDecoder, has_opus

                self._decoder = OpusDecoder() if has_opus() else None

    def decode(self, data: bytes) -> AudioFrame:
        """Read a binary frame of the microphone; PCM16 is always one.

        Raises:
            ProtocolError: `too_large`, or `bad_frame`. The next may be sound.
        """
        frame = decode_frame(data)
        if self._decoder is None or frame.codec is not AudioCodec.OPUS:
            return samples_of(frame)
        return AudioFrame(self._decoder.decode(frame.payload), frame.turn, frame.sequence)

    def encode(self, frame: AudioFrame) -> Sequence[bytes]:
        """The binary frames that sound of an answer completes."""
        if self._encoder is None:
            return [encode_audio(frame)]
        return self._frames(self._encoder.encode(frame.pcm))

    def tell(self, event: ServerEvent) -> tuple[Sequence[bytes], ServerEvent]:
        """The binary frames that go before an event, and the event as this client reads it."""
        if self._decoder is None:
            return (), event
        match event:
            case Ready():
                return (), event.model_copy(update={"codec": "opus", "answer_codec": "opus"})
            case AudioStarted(turn=turn, sample_rate=rate):
                return self._end(), self._begin(event, turn, rate)
            case AudioEnded():
                return self._end(), event
            case Interrupted():
                # What is not played yet is dropped.
                self._encoder = None
                return (), event
            case _:
                return (), event

    def _begin(self, event: AudioStarted, turn: int, rate: int) -> AudioStarted:
        from arion_voice.opus import OPUS_RATE, OpusEncoder

        self._encoder = OpusEncoder(rate)
        if turn != self._turn:
            self._turn, self._sequence = turn, 0
        return event.model_copy(update={"codec": "opus", "sample_rate": OPUS_RATE})

    def _end(self) -> Sequence[bytes]:
        encoder, self._encoder = self._encoder, None
        return () if encoder is None else self._frames(encoder.finish())

    def _frames(self, packets: Sequence[bytes]) -> Sequence[bytes]:
        first = self._sequence
        self._sequence += len(packets)
        return [
            encode_frame(CodedFrame(AudioCodec.OPUS, packet, self._turn, number))
            for number, packet in enumerate(packets, first)
        ]
