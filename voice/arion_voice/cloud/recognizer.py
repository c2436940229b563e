"""What the recognisers in the cloud share: what is asked at all, and what is made of an answer."""

from __future__ import annotations

import abc
import asyncio
import contextlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from arion_voice.cloud.connection import Connection
from arion_voice.engines import Language, Samples, Stretch, Transcript, Urgency
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.stt.guards import clean_text, is_made_up

_SHORTEST_S = 0.1
"""Shorter audio is refused by the vendors, and holds no word, in seconds."""

_LONGEST_S = 600.0
"""Longest audio that is sent, in seconds: 19 MB of the 25 that OpenAI takes."""

_HOLD_S = 0.06
"""How long a guess is held back, in seconds. It is made after 0.06 s of silence, which half the
time is within a word; after 0.12 s nearly all is a pause (115 s of Korean: 42 times, and 23)."""

_LANGUAGES: dict[str, Language] = {
    "ko": "ko",
    "kor": "ko",
    "korean": "ko",
    "en": "en",
    "eng": "en",
    "english": "en",
}
"""How vendors call them: ISO 639-1, ISO 639-3, or in English."""

_HANGUL = re.compile("[ㄱ-ㅎㅏ-ㅣ가-힣]")


@dataclass(frozen=True)
class Piece:
    """A part of what a vendor heard."""

    text: str
    no_speech: float = 0.0
    """How sure it is that nobody spoke, 0..1; 0 where it doesn't say."""
    avg_logprob: float = 0.0
    """Mean log probability of the tokens; 0 where it doesn't say."""


@dataclass(frozen=True)
class Heard:
    """What a vendor made of a stretch."""

    pieces: Sequence[Piece]
    language: str = ""
    """As the vendor calls it; empty where it doesn't say."""


class CloudRecognizer(abc.ABC):
    """Hears Korean and English with somebody else's machines."""

    def __init__(self, connection: Connection, *, ahead: bool) -> None:
        """Connect to nothing yet.

        Args:
            connection: to the vendor; it is closed with this.
            ahead: ask already where the utterance may be over. Else each utterance is asked for
                once, when it is over, which is later.
        """
        self._connection = connection
        self._ahead = ahead

    @abc.abstractmethod
    async def _hear(self, stretch: Stretch) -> Heard:
        """Ask the vendor.

        Raises:
            SpeechError: the request failed.
        """

    async def transcribe(self, stretch: Stretch) -> Transcript:
        """What was said; the text is empty where no words were. What is partial is never asked.

        Raises:
            SpeechError: `busy`, `too_large`, `not_allowed`, `quota` or `engine_failed`; the next
                call may succeed.
        """
        if stretch.urgency is Urgency.PARTIAL:
            raise SpeechError(VoiceErrorKind.BUSY, "what is only shown is not worth a request")
        audio_s = stretch.audio_s
        if audio_s > _LONGEST_S:
            raise SpeechError(VoiceErrorKind.TOO_LARGE, f"{audio_s:.0f} s of audio")
        await self._until_worth_asking(stretch)
        # The request is paid for from here on: what it tells may as well be shown.
        stretch.has_begun = True
        began = time.perf_counter()
        heard = await self._hear(stretch) if audio_s >= _SHORTEST_S else Heard(())
        pieces = [_cleaned(piece) for piece in heard.pieces]
        spoken = [
            piece
            for piece in pieces
            if not is_made_up(piece.text, no_speech=piece.no_speech, avg_logprob=piece.avg_logprob)
        ]
        text = " ".join(piece.text for piece in spoken)
        return Transcript(
            text=text,
            language=stretch.language or _language(heard.language, text),
            no_speech=min((piece.no_speech for piece in pieces), default=1.0),
            avg_logprob=min((piece.avg_logprob for piece in spoken), default=0.0),
            audio_s=audio_s,
            decode_s=time.perf_counter() - began,
        )

    async def _until_worth_asking(self, stretch: Stretch) -> None:
        if not self._ahead:
            await stretch.promoted()
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_HOLD_S):
                await stretch.promoted()

    async def warm(self) -> None:
        """Open a connection and see whether the key is accepted.

        Raises:
            SpeechError: `not_allowed` or `engine_failed`.
        """
        await self._connection.warm()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connection.aclose()


def pcm16(samples: Samples) -> bytes:
    """The samples as little-endian signed 16-bit ones."""
    return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def _cleaned(piece: Piece) -> Piece:
    return Piece(clean_text(piece.text), piece.no_speech, piece.avg_logprob)


def _language(told: str, text: str) -> Language:
    if _HANGUL.search(text):
        return "ko"
    return _LANGUAGES.get(told.lower().partition("-")[0], "en")
