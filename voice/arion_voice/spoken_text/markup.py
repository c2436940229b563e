"""Text as chat models and mail write it → the bare words. Pure."""

from __future__ import annotations

import html
import re
import unicodedata

URL = "\ue000"
"""Stands before and after the host of a web address, until the language says what to call it; a
slash after the host tells a link from a bare domain (private use area)."""
EMAIL = "\ue001"
"""Stands before and after an e-mail address."""

_TOP_DOMAINS = "com|net|org|kr|io|dev|app"
_INLINE = "b|i|u|s|em|strong|mark|span|a|code|sub|sup|emphasis|prosody|say-as|phoneme|voice|lang|w"
"""Tags that end within a word: <b>중요</b>해요."""
_STAGE_DIRECTIONS = (
    "break|pause|long pause|short pause|laughs?|laughing|sighs?|whispers?|whispering|silence|music|"
    "applause|excited|sad|angry|breathes?|clears throat"
)
"""What voices with a script of their own take in brackets."""


def _hide_link(match: re.Match[str]) -> str:
    return f"{URL}{match['host'].lower()}/{URL}"


def _hide_domain(match: re.Match[str]) -> str:
    return f"{URL}{match['host'].lower()}{'/' if match['path'] else ''}{URL}"


_RULES = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"```.*?(?:```|\Z)", " "),
        (r"!?\[([^\]\n]*)\]\([^)\n]*\)", r"\1"),
        (
            r"(?a:<?(?:https?://(?:www\.)?|www\.)(?P<host>[\w.-]*\w)(?::\d+)?"
            r"(?:[/?#](?:[^\s<>\"')\]\u0080-\uffff]|(?<=[/_=-])[가-힣]+)*(?<![.,!?]))?>?)",
            _hide_link,
        ),
        (r"(?a:(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+)", rf"{EMAIL}\g<0>{EMAIL}"),
        (
            rf"(?a:(?<![\w@./{URL}-])(?P<host>(?:[\w-]+\.)+(?:{_TOP_DOMAINS}))"
            r"(?P<path>/[!-~]*)?(?![\w.-]*\w))",
            _hide_domain,
        ),
        (rf"</?(?:{_INLINE})(?:\s[^<>\n]*)?/?>", ""),
        (r"</?[a-zA-Z|!?][^<>\n]*>", " "),
        (r"<[a-zA-Z][\w:-]*\s+[\w:-]+\s*=[^<>]*\Z|\A[^<>\n\"']*[\"']\s*/>", " "),
        (rf"\[(?:{_STAGE_DIRECTIONS})\]", " "),
        (r"^\s{0,3}(?:#{1,6}|>+|[-*+•‣▪])\s+", ""),
        (r"^\s*(?:[-*_=]\s*){3,}$", " "),
        (r"^\s*\|?[\s:|-]+\|[\s:|-]*$", " "),
        (r"\s*\|\s*", ", "),
        (r"[*_~]{2,}|[*`]|(?<![^\W_])_|_(?![^\W_])", ""),
        (r"[ㄱ-ㆎ]+", " "),
    )
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_DROPPED = frozenset({"So", "Sk", "Cs", "Cf", "Co", "Cn", "Cc", "Mn"})
"""Unicode categories that are seen and not heard: emoji, joiners, controls."""
_KEPT = frozenset("\n" + URL + EMAIL)
_SPOKEN_SIGNS = str.maketrans(
    {"℃": "°C", "℉": "°F", "…": "...", "“": '"', "”": '"', "’": "'", "‘": "'"}
)


def plain(text: str) -> str:
    """Return `text` without Markdown, HTML, emoji and doubled white space.

    Web and e-mail addresses are put between `URL` and `EMAIL`; signs with a plain twin (㎞, １)
    become it.
    """
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
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
