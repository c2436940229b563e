"""Text as chat models and mail write it → the bare words. Pure."""

from __future__ import annotations

import re
import unicodedata

URL = "\ue000"
"""Stands for a web address until the language says what to call it (private use area)."""
EMAIL = "\ue001"
"""Stands for an e-mail address."""

_RULES = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"```.*?(?:```|\Z)", " "),
        (r"!?\[([^\]\n]*)\]\([^)\n]*\)", r"\1"),
        (r"<?(?:https?://|www\.)[^\s<>\"')\]]*[^\s<>\"')\].,!?]>?", URL),
        (r"(?a:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", EMAIL),
        (r"</?[a-zA-Z][^<>\n]*>", " "),
        (r"^\s{0,3}(?:#{1,6}|>+|[-*+•‣▪])\s+", ""),
        (r"^\s*(?:[-*_=]\s*){3,}$", " "),
        (r"^\s*\|?[\s:|-]+\|[\s:|-]*$", " "),
        (r"\s*\|\s*", ", "),
        (r"[*_~]{2,}|[*`]|(?<![^\W_])_|_(?![^\W_])", ""),
        (r"[ㄱ-ㆎ]+", " "),
    )
)
_DROPPED = frozenset({"So", "Sk", "Cs", "Cf", "Co", "Cn", "Cc", "Mn"})
"""Unicode categories that are seen and not heard: emoji, joiners, controls."""
_KEPT = frozenset("\n" + URL + EMAIL)
_SPOKEN_SIGNS = str.maketrans(
    {"℃": "°C", "℉": "°F", "…": "...", "“": '"', "”": '"', "’": "'", "‘": "'"}
)


def plain(text: str) -> str:
    """Return `text` without Markdown, HTML, emoji and doubled white space.

    Web and e-mail addresses become `URL` and `EMAIL`; signs with a plain twin (㎞, １) become it.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = unicodedata.normalize("NFKC", text.translate(_SPOKEN_SIGNS))
    text = "".join(
        character
        for character in text
        if character in _KEPT or character == "°" or unicodedata.category(character) not in _DROPPED
    )
    text = re.sub(r"\s*\n\s*", "\n", text.strip())
    text = re.sub(r"(?<![.,!?:;\n])\n(?=.)", ", ", text).replace("\n", " ")
    return re.sub(r"[ \t\u00a0]+", " ", text).strip()
