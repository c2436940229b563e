"""What words mean that are heard while Arion speaks. Korean and English. Pure.

Listeners say "네" and "응" to show that they follow, cough, and leave the loudspeaker on: none of
that is meant to interrupt.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import Enum, auto

from arion_voice.sounds import faults_in, sound_of


class Interjection(Enum):
    """What was heard while Arion spoke."""

    NOTHING = auto()
    """No words, a sign of listening, or Arion itself: it goes on."""
    STOP = auto()
    """"그만": it falls silent, and that is all."""
    TALK = auto()
    """It falls silent and answers."""


_KOREAN_NODS = "네|예|응|어|음|아|오|흠|그래요?|맞아요?|아하|그렇구나|그렇군요?|그렇지|그쵸|그죠|와"
_ENGLISH_NODS = (
    "yes|yeah|yep|ok|okay|right|uh|huh|uhhuh|mm|mhm|mmhm|hm|hmm|oh|ah|i see|sure|got it|wow|aha"
)
_NODS = re.compile(rf"(?:\s*(?:{_KOREAN_NODS}|{_ENGLISH_NODS}))+")
_STOPS = re.compile(
    r"(?:이제|야|아리온|arion|please|ok|okay|네|아니)?\s*"
    r"(?:그만(?:해요?|하세요|해 ?줘|좀| 좀 해| 말해)?|멈춰(?:요|줘|봐)?|조용히?(?: ?해(?:요|줘)?)?"
    r"|잠깐(?:만|만요)?|됐어요?|스톱|시끄러워|hold on|hush|wait|stop(?: it| talking)?|(?:be )?quiet"
    r"|shut up|(?:that's )?enough)"
    r"\s*(?:이제|그만|please)?"
)
_STOP_SOUNDS = tuple(sound_of(word) for word in ("그만", "멈춰", "잠깐", "잠깐만", "조용히"))
"""A word that is heard wrong over a loudspeaker: "구만", "멈쳐"."""
_STOP_SYLLABLES = 3
"""Longer utterances are heard better."""
_ECHO = 0.75
"""Share of what was heard that Arion is saying itself from which on it is an echo."""
_ECHO_LETTERS = 4
"""Fewer letters are in any answer."""


def judge(heard: str, said: str) -> Interjection:
    """Tell what somebody means who is heard while Arion speaks.

    Args:
        heard: their words.
        said: what Arion has said in this turn.
    """
    words = " ".join(re.findall(r"[\w']+", heard.lower()))
    if not words or _is_echo(words, said):
        return Interjection.NOTHING
    if re.search(r"\?\s*$", said):
        # After a question "네" is its answer, and "그만" may be.
        return Interjection.TALK
    if _NODS.fullmatch(words):
        return Interjection.NOTHING
    is_stop = _STOPS.fullmatch(words) or _sounds_like_stop(words)
    return Interjection.STOP if is_stop else Interjection.TALK


def _sounds_like_stop(words: str) -> bool:
    if len(words) > _STOP_SYLLABLES:
        return False
    sound = sound_of(words)
    return any(faults_in(sound, stop) <= 1 for stop in _STOP_SOUNDS)


def _is_echo(words: str, said: str) -> bool:
    heard, own = _letters(words), _letters(said)
    if len(heard) < _ECHO_LETTERS:
        return False
    blocks = SequenceMatcher(None, heard, own, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= _ECHO * len(heard)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())
