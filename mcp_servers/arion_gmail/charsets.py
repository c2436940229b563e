"""Bytes and header values of mail as text, with the character sets Korean mail is written in."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header as split_encoded_words
from email.message import Message

_KOREAN = frozenset(
    {"euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "uhc", "windows-949", "ms949"}
)
"""Names under which Korean mailers send CP949, which is EUC-KR and 8,822 syllables more."""

_FIRSTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_LASTS = "\u3164ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SPELLED = re.compile(f"\u3164([{_FIRSTS}])([ㅏ-ㅣ])([{_LASTS}])")
"""A syllable that EUC-KR lacks, spelled after a filler (KS X 1001:1998, annex 3)."""

_SWITCHED = ("iso-2022-", "iso2022_", "hz")
"""Seven-bit sets that switch alphabets with escapes, so that their bytes also pass as ASCII."""

_ESCAPES = re.compile(rb"[\x0e\x1b]|~\{")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bq]\?", re.IGNORECASE)
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u034f]+"
)
"""Controls, and marks that are not seen but can disguise a name ("exe.pdf") or pad a snippet."""


def decode_text(raw: bytes, charset: str | None) -> str:
    """`raw` as text, whatever is true of `charset`, the set its sender named.

    Gmail hands most bodies over as UTF-8 and leaves the header with the original charset, so
    bytes that are valid UTF-8 are taken for it; Korean text in another set never is. What names
    no set is tried as CP949. Never raises: what remains unreadable becomes U+FFFD.
    """
    named = _codec(charset)
    tries = ["utf-8-sig", named, "cp949"]
    if named.startswith(_SWITCHED) and _ESCAPES.search(raw):
        tries.insert(0, named)
    for codec in tries:
        try:
            return _SPELLED.sub(_syllable, raw.decode(codec))
        except (UnicodeError, LookupError):
            continue
    return raw.decode("utf-8", errors="replace")


def decode_header(value: str) -> str:
    """A header's value with its RFC 2047 encoded words read, on one line."""
    if _ENCODED_WORD.search(value):
        try:
            words = split_encoded_words(value)
        except HeaderParseError:
            words = [(value, None)]
        value = "".join(_word(text, charset) for text, charset in words)
    return tidy(value)


def header_parameter(value: str, name: str) -> str:
    """The parameter `name` of a structured header, by RFC 2231 or as mailers write it instead.

    `header_parameter("attachment; filename*=euc-kr''%BA%B8%B0%ED.pdf", "filename")` is
    "보고.pdf"; "" where there is none.
    """
    message = Message()
    message["Content-Type"] = tidy(value)
    found = message.get_param(name)
    if isinstance(found, tuple):
        charset, _, text = found
        return tidy(decode_text(text.encode("latin-1", errors="replace"), charset))
    return decode_header(found) if found else ""


def tidy(text: str) -> str:
    """`text` on one line, without characters that are not seen."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _syllable(spelled: re.Match[str]) -> str:
    first, vowel, last = spelled.groups()
    place = _FIRSTS.index(first) * 21 + (ord(vowel) - ord("ㅏ"))
    return chr(ord("가") + place * 28 + (_LASTS.index(last) if last in _LASTS else 0))


def _codec(charset: str | None) -> str:
    name = (charset or "").strip("\"' ").partition("*")[0].lower()
    return "cp949" if name in _KOREAN else name or "utf-8"


def _word(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    if charset is None:  # the library's own escape for what stands between encoded words
        return text.decode("raw-unicode-escape")
    return decode_text(text, charset)
