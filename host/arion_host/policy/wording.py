"""Whether words stand in what a person said: as whole words, however they were spaced or spelled.

A Korean word may carry particles and be spaced freely. Anything else has to stand by itself: a
piece of a longer word, address or link is something the person has not said.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from arion_host.language.particles import may_follow

_BESIDE_HANGUL = re.compile(r"(?<=[가-힣]) | (?=[가-힣])")
_JOINS = r"[@./+\-_&=%#~:?]"
"""What holds the parts of an address, a link, a number or a compound word together."""
_INSIDE = re.compile(rf"\w$|[a-z0-9]{_JOINS}$|://$")
_GOES_ON = re.compile(rf"[a-z0-9_]|{_JOINS}+[a-z0-9]")
_PARTICLES = re.compile(
    r"(?:님|씨|들)?"
    r"(이?라(?:는|고)|이?랑|이나|이에요|예요|입니다|인데|에(?:게서?|서)?|한테서?|께서?|으?로|"
    r"하고|까지|부터|보다|처럼|마다|밖에|만큼|[은는이가을를의와과도만])?"
    r"(?:[은는도만의]|부터|까지)?(?!\w)"
)
"""What may follow a Korean word, up to the end of the written word."""


@dataclass(frozen=True)
class Wording:
    """What somebody said, ready to be searched."""

    said: str

    @cached_property
    def _text(self) -> str:
        return " ".join(unicodedata.normalize("NFC", self.said).lower().split())

    @cached_property
    def _packed(self) -> tuple[str, list[int]]:
        """The text without spaces, and where each of its characters stands in the text."""
        places = [at for at, c in enumerate(self._text) if c != " "]
        return self._text.replace(" ", ""), places

    def has(self, words: str) -> bool:
        """Whether `words` were said, as one or more whole words in this order."""
        packed, places = self._packed
        parts = words.lower().split()
        sought = "".join(parts)
        if not sought or sought not in packed or not _is_plain(words):
            return False
        plain = " ".join(parts)
        at = packed.find(sought)
        while at >= 0:
            begin, end = places[at], places[at + len(sought) - 1] + 1
            if self._stands_alone(begin, end) and _same_spacing(plain, self._text[begin:end]):
                return True
            at = packed.find(sought, at + 1)
        return False

    def _stands_alone(self, begin: int, end: int) -> bool:
        text = self._text
        if text[begin].isalnum() and _INSIDE.search(text[max(0, begin - 3) : begin]):
            return False
        last, behind = text[end - 1], text[end : end + 8]
        if "가" <= last <= "힣":
            found = _PARTICLES.match(behind)
            return found is not None and may_follow(text[begin:end], found[1] or "")
        return not (last.isalnum() and _GOES_ON.match(behind))


def _is_plain(words: str) -> bool:
    """Whether a reader sees every character, each in its one spelling."""
    return words.isprintable() and unicodedata.is_normalized("NFC", words)


def _same_spacing(words: str, said: str) -> bool:
    return words == said or _BESIDE_HANGUL.sub("", words) == _BESIDE_HANGUL.sub("", said)
