"""The word that calls Arion: found at the beginning of what was recognised. Korean and English."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Protocol

from arion_voice.engines import AnswerPart, AnswerText, Language, Responder, Utterance
from arion_voice.sounds import faults_in, sound_of
from arion_voice.streams import closing

ATTENTION_S = 15.0
"""After an answer the next words need no call, in seconds."""

QUESTION_S = 60.0
"""After a question neither, in seconds."""

_REPLIES: dict[Language, str] = {"ko": "네?", "en": "Yes?"}
"""To the word alone."""

_GREETINGS = re.compile(
    r"(?:\s*\b(?:헤이|하이|저기|야|오케이|음|어|아|hey|hi|hello|ok|okay|uh|um|oh)\b[\s,.!?…~]*)+",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[가-힣]+|[A-Za-z]+")
_ATTACHED = re.compile(r"^(?:헤이|헤|희|하이|야)(?=..)|(?<=..)[아야님씨]$")
"""What is said with a name and may be written with it: "헤아리온", "아리온님"."""
_MOST_PIECES = 3
"""Words into which recognisers cut one that they don't know."""

_LETTERS_A_FAULT = 5
"""A word of so many sounds may be heard with one of them wrong."""


class WakeWord(Protocol):
    """Knows whether Arion is called."""

    def cut(self, text: str) -> str | None:
        """What is said after the call, empty where it is all; None where there is no call."""
        ...


class SpokenWakeWord:
    """A word that is looked for in recognised text, by its sound: 아리온, 아리언, Arion, Aryan."""

    def __init__(self, word: str) -> None:
        """Look for a word of two syllables or more, written in Korean or English."""
        self._sound = sound_of(word)

    def cut(self, text: str) -> str | None:
        """What is said after the call, empty where it is all; None where there is no call."""
        greeting = _GREETINGS.match(text)
        for start in (greeting.end() if greeting else 0, 0):
            end = self._find(text, start)
            if end is not None:
                return text[end:].lstrip(" ,.!?…~")
        return None

    def _find(self, text: str, start: int) -> int | None:
        """Where the word ends that begins at `start`, or None."""
        most = len(self._sound) // _LETTERS_A_FAULT
        best: tuple[int, int] | None = None
        heard = ""
        for piece in list(_PIECE.finditer(text[start:]))[:_MOST_PIECES]:
            heard += piece.group()
            whole = sound_of(heard)
            bare = sound_of(_ATTACHED.sub("", heard))
            faults = min(faults_in(whole, self._sound), faults_in(bare, self._sound))
            if faults <= most and (best is None or faults <= best[0]):
                best = (faults, start + piece.end())
        return None if best is None else best[1]


class CalledResponder:
    """Answers the word alone; everything else is for another responder."""

    def __init__(self, word: WakeWord, responder: Responder) -> None:
        self._word = word
        self._responder = responder

    async def respond(self, utterance: Utterance) -> AsyncIterator[AnswerPart]:
        """Yield the answer as it comes to be."""
        if self._word.cut(utterance.text) == "":
            yield AnswerText(_REPLIES[utterance.language], utterance.language)
            return
        async with closing(self._responder.respond(utterance)) as parts:
            async for part in parts:
                yield part

    def heard(self, utterance: Utterance, text: str) -> None:
        """Take note that the answer to an utterance was cut short: only `text` was heard of it."""
        if self._word.cut(utterance.text) != "":
            self._responder.heard(utterance, text)
