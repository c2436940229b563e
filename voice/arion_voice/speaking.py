"""Speaking one turn's answer: sentences in, paced audio out.

Where the listener's connection drops, speaking stops; once they are back it goes on from the
beginning of the sentence that they were hearing.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

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

_HEARD_WITHIN_S = 0.005
"""Of a sentence's end, the client counts in milliseconds."""

_CHUNKS_AHEAD = 2
"""Chunks made before they can be sent: the next sentence is made while this one is heard."""


@dataclass
class _Sentence:
    text: str
    language: Language
    is_answer: bool
    """False: it fills a silence."""
    begins_s: float | None = None
    """Where it begins in the turn's audio, in seconds; None while nothing of it was sent."""
    ends_s: float = 0.0
    """Where what was sent of it ends."""
    is_whole: bool = False
    """Whether that is all of it."""


_Chunks = asyncio.Queue[tuple[_Sentence, SpeechChunk | None] | None]
"""Stretches of sentences; after the last one of a sentence None with it, after all None."""


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
        speed: float = 1.0,
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
            speed: its pace, times the usual.
        """
        self._speed = speed
        self._turn = turn
        self._synthesizer = synthesizer
        self._voice: VoiceName = voice
        self._outbox = outbox
        self._timer = timer
        self._pacer = pacer
        self._complain = complain
        self._sentences: list[_Sentence] = []
        self._is_complete = False
        """Whether nothing more will be said."""
        self._said = asyncio.Event()
        """Set when either changes."""
        self._first = 0
        """The sentence to speak on from."""
        self.is_spoken = False
        """Whether everything was sent."""
        self._listened = asyncio.Event()
        self._listened.set()
        self._pass: asyncio.Task[None] | None = None
        """Speaks for as long as somebody listens."""
        self._is_sounding = False
        self._sample_rate: int | None = None
        """The one that was announced."""
        self._paused = False
        self._position_s = 0.0
        self._sequence = 0

    @property
    def is_sounding(self) -> bool:
        """Whether audio is being sent, or would be if somebody listened."""
        return self._is_sounding

    def say(self, sentence: str, language: Language) -> None:
        """Speak a sentence after those before it."""
        self._add(_Sentence(sentence, language, is_answer=True))

    def murmur(self, sentence: str, language: Language) -> None:
        """Speak something that is no part of the answer."""
        self._add(_Sentence(sentence, language, is_answer=False))

    def finish(self) -> None:
        """Nothing more will be said."""
        self._is_complete = True
        self._said.set()

    async def run(self) -> None:
        """Speak, and return when everything is sent. Cancelled, it falls silent at once."""
        try:
            async with asyncio.TaskGroup() as tasks:
                while not self.is_spoken:
                    while not self._listened.is_set():
                        # Who comes back may be gone again before this task goes on.
                        await self._listened.wait()
                    self._pass = tasks.create_task(self._speak_on())
                    await asyncio.wait([self._pass])
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
        words = list[str]()
        for sentence in self._sentences:
            if sentence.begins_s is None or not sentence.is_answer:
                continue
            length_s = max(sentence.ends_s - sentence.begins_s, 1e-6)
            share = max(0.0, min(1.0, (played_s - sentence.begins_s) / length_s))
            all_words = sentence.text.split()
            words += all_words[: math.floor(share * len(all_words) + 1e-6)]
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
            if self._listened.is_set():
                self._pacer.resume()
            self._outbox.put(AudioResumed(turn=self._turn))

    def park(self) -> None:
        """Nobody listens: stand still until `go_on`."""
        self._listened.clear()
        self._pacer.pause()
        if self._pass is not None:
            self._pass.cancel()

    def go_on(self, played_s: float | None) -> None:
        """Somebody listens again: go on with the first sentence that they have not heard whole.

        Where everything was spoken and is not heard, `run` has to be called again.

        Args:
            played_s: how much they have heard; else what the player can have played.
        """
        self._first = self._first_unheard(self._pacer.played_s if played_s is None else played_s)
        # What fills a silence is not said again.
        unheard = [it for it in self._sentences[self._first :] if it.is_answer]
        self._sentences[self._first :] = unheard
        if unheard:
            self.is_spoken = False
            if unheard[0].begins_s is not None:
                self._position_s = unheard[0].begins_s
        for sentence in unheard:
            sentence.begins_s, sentence.is_whole = None, False
        self._sample_rate = None
        self._pacer.restart(self._position_s)
        if not self._paused:
            self._pacer.resume()
        self._listened.set()

    def has_unheard(self, played_s: float) -> bool:
        """Whether not everything that was said is heard where so much was played."""
        return self._first_unheard(played_s) < len(self._sentences)

    def cut(self) -> None:
        """Drop what is not sent yet and tell the client to drop what it has not played."""
        if self.is_sounding:
            self._is_sounding = False
            self._sample_rate = None
            self._paused = False
            self._pacer.pause()
            self._outbox.drop_audio()
            self._outbox.put(Interrupted(turn=self._turn))

    def _add(self, sentence: _Sentence) -> None:
        self._sentences.append(sentence)
        self._said.set()

    def _first_unheard(self, played_s: float) -> int:
        for number, sentence in enumerate(self._sentences):
            is_sent = sentence.begins_s is not None and sentence.is_whole
            if not is_sent or sentence.ends_s > played_s + _HEARD_WITHIN_S:
                return number
        return len(self._sentences)

    async def _speak_on(self) -> None:
        # What is sent is sent by this task alone: once it is cancelled, nothing follows.
        chunks: _Chunks = asyncio.Queue(_CHUNKS_AHEAD)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._synthesize(self._first, chunks))
            await self._play(chunks)
        self.is_spoken = True

    async def _get(self, number: int) -> _Sentence | None:
        """A sentence, once it is said; None when there are no more."""
        while number >= len(self._sentences) and not self._is_complete:
            self._said.clear()
            await self._said.wait()
        return self._sentences[number] if number < len(self._sentences) else None

    async def _synthesize(self, number: int, chunks: _Chunks) -> None:
        try:
            while (sentence := await self._get(number)) is not None:
                number += 1
                stream = self._synthesizer.synthesize(
                    sentence.text,
                    language=sentence.language,
                    voice=self._voice,
                    speed=self._speed,
                    answer=self,
                )
                async with closing(stream) as parts:
                    async for chunk in parts:
                        await chunks.put((sentence, chunk))
                await chunks.put((sentence, None))
        except VoiceError as error:
            logger.warning("turn %d is not spoken: %s", self._turn, error)
            self._complain(error.kind)
        except Exception:
            # An engine is foreign code; whatever breaks in it, the answer can still be read.
            logger.exception("turn %d is not spoken", self._turn)
            self._complain(VoiceErrorKind.ENGINE_FAILED)
        await chunks.put(None)

    async def _play(self, chunks: _Chunks) -> None:
        while (item := await chunks.get()) is not None:
            sentence, chunk = item
            if chunk is None:
                sentence.is_whole = True
                continue
            length_s = len(chunk.pcm) / 2 / chunk.sample_rate
            if sentence.begins_s is None:
                sentence.begins_s = self._position_s
            sentence.ends_s = self._position_s + length_s
            step = 2 * round(_FRAME_S * chunk.sample_rate)
            for start in range(0, len(chunk.pcm), step):
                await self._send(chunk.pcm[start : start + step], chunk.sample_rate)
        await self._pacer.wait(self._position_s)
        if self.is_sounding:
            self._is_sounding = False
            self._sample_rate = None
            self._outbox.put(AudioEnded(turn=self._turn))

    async def _send(self, pcm: bytes, sample_rate: int) -> None:
        await self._pacer.wait(self._position_s)
        if sample_rate != self._sample_rate:
            self._is_sounding = True
            self._sample_rate = sample_rate
            self._outbox.put(
                AudioStarted(
                    turn=self._turn,
                    sample_rate=sample_rate,
                    from_ms=round(self._position_s * 1000),
                )
            )
        await self._outbox.put_audio(AudioFrame(pcm, self._turn, self._sequence))
        self._timer.mark("first_audio")
        self._sequence += 1
        self._position_s += len(pcm) / 2 / sample_rate
