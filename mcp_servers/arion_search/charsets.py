"""The text of a page, in whatever character set it is."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_LOOKED_AT = 4_096
"""Bytes in which a page has to name its character set; browsers look at 1,024."""

_MEANT = {
    # What pages call EUC-KR holds all of Windows' Korean letters (WHATWG encoding standard).
    "euc-kr": "cp949", "euckr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949",
    "ks_c_5601": "cp949", "ms949": "cp949", "x-windows-949": "cp949", "windows-949": "cp949",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "x-sjis": "cp932", "utf8": "utf-8",
}  # fmt: skip


def decode(content: bytes, charset: str | None) -> str:
    """The text: by its byte-order mark, the header, what the page says, or what fits."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    said = [_known(name) for name in (charset, _declared(content)) if name]
    names = [name for name in said if name]
    for name in (*names, "utf-8", "cp949"):
        # What is said is wrong more often than a text fits a wrong set by chance.
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return content.decode(names[0] if names else "utf-8", "replace")


def _declared(content: bytes) -> str | None:
    found = _DECLARED.search(content[:_LOOKED_AT])
    name = found[1].decode("ascii", "replace").lower() if found else None
    # A page that says UTF-16 in ASCII is not in UTF-16.
    return "utf-8" if name and name.startswith("utf-16") else name


def _known(name: str) -> str | None:
    try:
        return codecs.lookup(_MEANT.get(name.lower(), name)).name
    except (LookupError, ValueError):
        return None
