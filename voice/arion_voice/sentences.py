"""Text that is still being written → pieces that can already be spoken.

The first piece leaves at the first end of a clause, or where one may breathe in a longer one, so
that speech starts soon; later pieces are sentences, which sound better. Korean and English. Pure.
"""

from __future__ import annotations

import re

from arion_voice.breaths import breath

MIN_CHARS = 5
"""A shorter piece waits for the next one: "네," alone would be a stutter."""
LONG_CHARS = 60
"""A sentence of this length is cut at its next comma as well."""
MAX_CHARS = 200
"""No piece is longer; text without any punctuation is cut at a space."""

FIRST_CHARS = 15
"""Characters that the first piece has at most, where a natural pause comes so soon."""
_FIRST_LATIN_CHARS = 2 * FIRST_CHARS
"""The same in Latin letters: about as long to say."""
_HANGUL = re.compile(r"[가-힣]")
_SEEN_AHEAD = 10
"""Text after them that is waited for: what comes next tells whether a pause sounds right."""

_END = re.compile(r"""[.!?。！？…]+["'”’」』)\]]*|[,;:、](?=\s)|\n""")
"""Where a sentence, a clause or a line may end."""
_CLAUSE = frozenset(",;:、")
_KOREAN_END = re.compile(r"[다요까죠][.!?。！？]+$")
"""A full stop that cannot be a decimal point or an abbreviation, whatever comes next."""
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:mr|mrs|ms|dr|prof|sr|jr|st|vs|inc|ltd|co|approx|dept|fig|[a-z])\.$",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"""(?:\d\.|\b[a-z]\.[a-z]\.|\.\.|…|[.!?]["'”’)\]])$""", re.IGNORECASE)
"""Ends that are ends only if a new sentence begins: 24., a.m., well..., "Stop.\""""


class SentenceSplitter:
    """Cuts one answer while it streams in."""

    def __init__(self) -> None:
        self._rest = ""
        self._first = True

    def feed(self, text: str) -> list[str]:
        """Take more text; return the pieces that are complete now, without outer white space."""
        self._rest += text
        return self._take(final=False)

    def flush(self) -> list[str]:
        """Return what is left. The next `feed` begins a new answer."""
        pieces = self._take(final=True)
        self._rest, self._first = "", True
        return pieces

    def _take(self, *, final: bool) -> list[str]:
        pieces: list[str] = []
        while cut := _cut(self._rest, first=self._first, final=final):
            piece, self._rest = self._rest[:cut].strip(), self._rest[cut:].lstrip(" \t\r")
            if piece:
                pieces.append(piece)
                self._first = False
        return pieces


def split_sentences(text: str) -> list[str]:
    """Return the pieces of a whole answer."""
    splitter = SentenceSplitter()
    return splitter.feed(text) + splitter.flush()


def _cut(text: str, *, first: bool, final: bool) -> int:
    """Return how many characters of `text` make the next piece, 0 while that is not known."""
    cut = _clause(text, first=first, final=final)
    if not first:
        return cut
    limit = FIRST_CHARS if _HANGUL.search(text[:FIRST_CHARS]) else _FIRST_LATIN_CHARS
    if len(text) < limit + _SEEN_AHEAD and not final and not cut:
        return 0
    if 0 < len(text[:cut].strip()) <= limit:
        return cut
    return breath(text[:cut] if cut else text, limit) or cut


def _clause(text: str, *, first: bool, final: bool) -> int:
    """The same for what ends in punctuation."""
    for end in _END.finditer(text, 0, MAX_CHARS):
        cut = end.end()
        if end[0] == "\n":
            return cut
        enough = LONG_CHARS if end[0] in _CLAUSE and not first else MIN_CHARS
        if len(text[:cut].strip()) >= enough and _ends(text, cut, final=final):
            return cut
    if len(text) > MAX_CHARS:
        return text.rfind(" ", 1, MAX_CHARS) + 1 or MAX_CHARS
    return len(text) if final else 0


def _ends(text: str, cut: int, *, final: bool) -> bool:
    """Say whether the clause or sentence that seems to end at `cut` really does."""
    before, after = text[:cut], text[cut:]
    if _KOREAN_END.search(before):
        return after[:1].isspace() or not _in_quotes(before)
    if not after:
        return final
    if not after[0].isspace() or _ABBREVIATION.search(before):
        return False
    if _UNSURE.search(before):
        return after.lstrip()[:1].isupper()
    return True


def _in_quotes(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”")
