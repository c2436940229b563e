"""Telling words that were spoken from words that a recogniser makes up.

Whisper learned from subtitles: over silence and noise it writes what stands there when nobody
speaks, or one phrase again and again.
"""

from __future__ import annotations

import re
import zlib

_SILENCE = 0.6
"""Above this nobody spoke, says the model. Silence, noise and hum give 0.62 and more, however
sure it is of its text; whole words, short ones too, give 0.4 and less."""

_LIKELY_SILENCE = 0.4
"""Above this perhaps nobody spoke."""

_GUESS = -1.0
"""Mean log probability below which text over likely silence is made up."""

_WILD_GUESS = -1.9
"""Mean log probability below which any text is made up."""

_REPETITIVE = 2.4
"""Compression above which a text repeats itself; ordinary sentences stay below 2."""

_SOUNDS = re.compile(r"\([^)]*\)|\[[^\]]*\]|[♪♩♫♬*]")
"""Descriptions of sounds, as in "(음악)"."""

_SUBTITLES = re.compile(
    r"시청해\s?주셔서\s?감사합니다"
    r"|구독\s?(과|하고|,)?\s?좋아요"
    r"|(MBC|KBS|SBS|YTN|JTBC)\s?뉴스.*입니다"
    r"|한글\s?자막|자막\s?(제공|제작|by)"
    r"|다음\s?(영상|시간)에서?\s?(만나요|뵙겠습니다|봬요)"
    r"|thanks?( you)? for watching"
    r"|(subtitles|captions|transcribed) by"
    r"|(please|like and|don't forget to) subscribe"
    r"|^\W*(you|bye|so|the end)\W*$",
    re.IGNORECASE,
)
"""What subtitles hold where nobody speaks."""

_SUBTITLE_LENGTH = 60
"""Longer texts are not dropped for a phrase they contain, in characters."""


def clean_text(text: str) -> str:
    """The text without descriptions of sounds and without space around it."""
    return " ".join(_SOUNDS.sub(" ", text).replace("\ufffd", "").split())


def is_made_up(text: str, *, no_speech: float, avg_logprob: float) -> bool:
    """Whether a recognised text was never spoken.

    Args:
        text: cleaned text.
        no_speech: the model's probability that nobody spoke.
        avg_logprob: mean log probability of the text's tokens.
    """
    if not re.search(r"\w", text) or avg_logprob < _WILD_GUESS or no_speech > _SILENCE:
        return True
    if no_speech > _LIKELY_SILENCE and avg_logprob < _GUESS:
        return True
    data = text.encode()
    if len(data) / len(zlib.compress(data)) > _REPETITIVE:
        return True
    return len(text) <= _SUBTITLE_LENGTH and _SUBTITLES.search(text) is not None
