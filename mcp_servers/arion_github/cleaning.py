"""Foreign text without what a reader on github.com would not see."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
"""Zero-width, direction and tag characters. A joiner stays where it joins emoji."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r+\n")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_STAMP = re.compile(r"^\ufeff?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z ?", re.MULTILINE)


def visible(text: str | None) -> str:
    """`text` without characters that hide or turn what stands there; absent is empty."""
    # What is taken out may bring the signs of a line's end together.
    return _LINE_END.sub("\n", _CONTROL.sub("", _INVISIBLE.sub("", text or "")))


def prose(text: str | None) -> str:
    """A body or comment as it is seen: also without HTML comments and rows of empty lines."""
    return _EMPTY_LINES.sub("\n\n", _COMMENT.sub("", visible(text))).strip()


def log_lines(text: str) -> list[str]:
    """A job's log without colours and without the time before each line."""
    return visible(_STAMP.sub("", _ANSI.sub("", text))).rstrip("\n").split("\n")


def text_of(content: bytes) -> str | None:
    """A file's text; None for one that holds something else. Korean may be in the older code."""
    if b"\0" in content[:8_000]:
        return None
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
