"""Speaking one turn's answer: sentences in, paced audio out."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable

from arion_voice.engines import Language, SpeechChunk, Synthesizer, VoiceName
from arion_voice.errors import VoiceError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.outbox import Outbox
from arion_voice.protocol import AudioEnded, AudioPaused, AudioResumed, AudioStarted, Interrupted
from arion_voice.streams import closing
from arion_voice.timing import Pacer, TurnTimer

logger = logging.getLogger(__name__)

_FRAME_S = 0.04
"""Audio in one frame, in seconds."""

_CHUNKS_AHEAD = 2
"""Chunks made before they can be sent: the next sentence is made while this one is heard."""


class Speaker:
    """The voice of one turn."""

    def __init__(
        self,
        turn: int,
        synthesizer: Synthesizer,
        voice: VoiceName,
        *,
        outbox: Outbox,
        timer: TurnTimer,
        pacer: Pacer,
        complain: Callable[[VoiceErrorKind], None],
    ) -> None:
        """Say nothing yet.

        Args:
            turn: number of the turn.
            synthesizer: makes the speech.
            voice: which one.
            outbox: where the audio goes.
            timer: told of the first audio.
            pacer: says when audio may go.
            complain: told once when the speech cannot be made.
        """
        self._turn = turn
        self._synthesizer = synthesizer
        self._voice: VoiceName = voice
        self._outbox = outbox
        self._timer = timer
        self._pacer = pacer
        self._complain = complain
        self._sentences: asyncio.Queue[tuple[str, Language, bool] | None] = asyncio.Queue()
        """Each with whether it belongs to the answer."""
        self._chunks: asyncio.Queue[tuple[int, str, SpeechChunk] | None] = asyncio.Queue(
            _CHUNKS_AHEAD
        )
        """Number of the sentence, the sentence, and a stretch of it."""
        self._sample_rate: int | None = None
        self._paused = False
        self._spoken: dict[int, tuple[str, float]] = {}
        """Sentences by number, and where each ends in the audio, in seconds."""
        self._position_s = 0.0
        self._sequence = 0

    @property
    def is_sounding(self) -> bool:
        """Whether audio is being sent."""
        return self._sample_rate is not None

    def say(self, sentence: str, language: Language) -> None:
        """Speak a sentence after those before it."""
        self._sentences.put_nowait((sentence, language, True))

    def murmur(self, sentence: str, language: Language) -> None:
        """Speak something that is no part of the answer."""
        self._sentences.put_nowait((sentence, language, False))

    def finish(self) -> None:
        """Nothing more will be said."""
        self._sentences.put_nowait(None)

    async def run(self) -> None:
        """Speak, and return when everything is sent. Cancelled, it falls silent at once."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._synthesize())
                tasks.create_task(self._play())
        except asyncio.CancelledError:
            self.cut()
            raise

    def heard(self, played_s: float | None = None) -> str:
        """The words that have been played.

        Args:
            played_s: so much of the audio; else what the player can have played by now.
        """
        if played_s is None:
            played_s = self._pacer.played_s
        begins_s, words = 0.0, list[str]()
        for sentence, ends_s in self._spoken.values():
            share = (played_s - begins_s) / max(ends_s - begins_s, 1e-6)
            all_words = sentence.split()
            words += all_words[: math.floor(max(0.0, min(1.0, share)) * len(all_words))]
            begins_s = ends_s
        return " ".join(words)

    def pause(self) -> None:
        """Stop where the player is, to go on or to be cut."""
        if self.is_sounding and not self._paused:
            self._paused = True
            self._pacer.pause()
            self._outbox.put(AudioPaused(turn=self._turn))

    def resume(self) -> None:
        """Go on where it was paused."""
        if self._paused:
            self._paused = False
            self._pacer.resume()
            self._outbox.put(AudioResumed(turn=self._turn))

    def cut(self) -> None:
        """Drop what is not sent yet and tell the client to drop what it has not played."""
        if self.is_sounding:
            self._sample_rate = None
            self._paused = False
            self._pacer.pause()
            self._outbox.drop_audio()
            self._outbox.put(Interrupted(turn=self._turn))

    async def _synthesize(self) -> None:
        number = 0
        try:
            while (item := await self._sentences.get()) is not None:
                sentence, language, is_answer = item
                number += 1
                stream = self._synthesizer.synthesize(
                    sentence, language=language, voice=self._voice
                )
                async with closing(stream) as chunks:
                    async for chunk in chunks:
                        await self._chunks.put((number, sentence if is_answer else "", chunk))
        except VoiceError as error:
            logger.warning("turn %d is not spoken: %s", self._turn, error)
            self._complain(error.kind)
        except Exception:
            # An engine is foreign code; whatever breaks in it, the answer can still be read.
            logger.exception("turn %d is not spoken", self._turn)
            self._complain(VoiceErrorKind.ENGINE_FAILED)
        await self._chunks.put(None)

    async def _play(self) -> None:
        while (item := await self._chunks.get()) is not None:
            number, sentence, chunk = item
            length_s = len(chunk.pcm) / 2 / chunk.sample_rate
            self._spoken[number] = (sentence, self._position_s + length_s)
            step = 2 * round(_FRAME_S * chunk.sample_rate)
            for start in range(0, len(chunk.pcm), step):
                await self._send(chunk.pcm[start : start + step], chunk.sample_rate)
        await self._pacer.wait(self._position_s)
        if self.is_sounding:
            self._sample_rate = None
            self._outbox.put(AudioEnded(turn=self._turn))

    async def _send(self, pcm: bytes, sample_rate: int) -> None:
        await self._pacer.wait(self._position_s)
        if sample_rate != self._sample_rate:
            self._sample_rate = sample_rate
            self._outbox.put(AudioStarted(turn=self._turn, sample_rate=sample_rate))
        await self._outbox.put_audio(AudioFrame(pcm, self._turn, self._sequence))
        self._timer.mark("first_audio")
        self._sequence += 1
        self._position_s += len(pcm) / 2 / sample_rate
