"""Takes quoted mail and signatures out of plain text."""

from __future__ import annotations

import re

from arion_gmail.html_text import FOLD

_ATTRIBUTION = (
    r"(?:^(?:On |\d{4}[년.\-/]).{0,150}(?:\n.{0,80})?(?:wrote|작성|썼습니다):?[ \t]*\n\s*)?"
)
"""The line above a quote, which may be wrapped: Gmail's, Apple Mail's and Thunderbird's."""

_QUOTE = re.compile(rf"{_ATTRIBUTION}(?:^>.*\n?)+", re.MULTILINE)

_REPLIED_TO = re.compile(
    r"^-{3,} ?(?:Original Message|Original Mail|원본 메시지|원본 메일) ?-{3,}[ \t]*\n[\s\S]*",
    re.MULTILINE | re.IGNORECASE,
)
"""The mail that is answered, whole, as Outlook and Korean webmail put it below."""

_SENT_FROM = re.compile(r"^(?:Sent from my .{1,40}|나의 .{1,20}에서 보냄)$", re.MULTILINE)

_SIGNATURE = re.compile(r"^-- ?\n(?:.*\n){0,11}.*\Z", re.MULTILINE)
"""RFC 3676, section 4.3. Some mailers drop the blank, so that a long rest is no signature."""

_FOLDS = re.compile(rf"\n*{re.escape(FOLD)}(?:\s*{re.escape(FOLD)})*\n*")
_BLANK_LINES = re.compile(r"\n{3,}")


def fold(text: str) -> str:
    """`text` with each quote, and the signature, as one `FOLD` line.

    Mail of which nothing else would be left is returned whole.
    """
    whole = folded = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    for part in (_REPLIED_TO, _QUOTE, _SENT_FROM, _SIGNATURE):
        folded = part.sub(f"{FOLD}\n", folded)
    folded = _BLANK_LINES.sub("\n\n", _FOLDS.sub(f"\n{FOLD}\n", folded)).strip()
    return whole if folded == FOLD else folded
