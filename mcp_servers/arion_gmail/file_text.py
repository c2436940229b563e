"""The text of an attachment.

Texts are read here. Documents (PDF, Word, Excel, PowerPoint, Hangul) are read by a process of
their own (`file_worker`), with a limit of time and memory: they come from strangers, and the
libraries that read them are large.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Literal, cast

from arion_gmail.charsets import decode_text
from arion_gmail.html_text import html_to_text
from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind, Language

logger = logging.getLogger(__name__)

Problem = Literal["encrypted", "too_large", "too_slow", "damaged", "missing", "unknown"]

_LONGEST_TEXT = 400_000
"""Characters of a text that are given."""
_LARGEST_BYTES = 25_000_000
_TIMEOUT_S = 20.0

_WORKER = str(Path(__file__).with_name("file_worker.py"))
"""Started as a script: as a module it would load the whole server first."""

_DOCUMENTS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".pptx": "pptx",
    ".hwpx": "hwpx",
}
_DOCUMENT_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/hwp+zip": "hwpx",
    "application/vnd.hancom.hwpx": "hwpx",
}
_TEXTS = frozenset(
    [
        ".txt",
        ".csv",
        ".tsv",
        ".md",
        ".log",
        ".json",
        ".xml",
        ".yaml",
        ".yml",
        ".ics",
        ".vcf",
        ".srt",
        ".rtf",
        ".py",
        ".js",
        ".sql",
        ".toml",
    ]
)
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/ics")

_SAYS: dict[Problem, dict[Language, tuple[str, str]]] = {
    "encrypted": {
        "ko": ("암호가 걸린 파일이에요.", "암호를 푼 파일을 받아 주세요."),
        "en": ("The file is locked with a password.", "Ask for one without a password."),
    },
    "too_large": {
        "ko": ("파일이 너무 커서 읽지 못했어요.", 'mode를 "base64"로 해서 나눠 받아 주세요.'),
        "en": ("The file is too large to be read here.", 'Take it in parts with mode "base64".'),
    },
    "too_slow": {
        "ko": ("파일을 읽는 데 너무 오래 걸려서 멈췄어요.", 'mode "base64"로 받아서 열어 주세요.'),
        "en": ("Reading the file took too long.", 'Take it with mode "base64" and open it.'),
    },
    "damaged": {
        "ko": ("파일이 깨져 있어서 읽지 못했어요.", "보낸 사람에게 다시 받아 주세요."),
        "en": ("The file is damaged.", "Ask the sender for it again."),
    },
    "missing": {
        "ko": (
            "이 종류의 파일을 읽는 기능이 설치되어 있지 않아요.",
            "arion-hub[files]를 설치해 주세요.",
        ),
        "en": ("Reading files of this kind is not installed.", "Install arion-hub[files]."),
    },
    "unknown": {
        "ko": (
            "글자로 읽을 수 없는 종류의 파일이에요.",
            'mode를 "base64"로 하면 파일 그대로 받을 수 있어요.',
        ),
        "en": (
            "This kind of file has no text that can be read.",
            'Mode "base64" gives the file as it is.',
        ),
    },
}
_KINDS: dict[Problem, ErrorKind] = {
    "encrypted": ErrorKind.FORBIDDEN,
    "too_large": ErrorKind.TOO_LARGE,
    "too_slow": ErrorKind.TIMEOUT,
    "damaged": ErrorKind.BAD_INPUT,
    "missing": ErrorKind.BAD_INPUT,
    "unknown": ErrorKind.BAD_INPUT,
}


@dataclass(frozen=True)
class FileKind:
    """What a file is."""

    suffix: str
    """Of its name, lower case, with the dot."""
    type: str
    charset: str = ""


async def text_of_file(content: bytes, kind: FileKind, language: Language) -> str:
    """What a file says, at most 400,000 characters of it.

    Raises:
        ToolFailure: It has no text, or cannot be read within the limits.
    """
    if len(content) > _LARGEST_BYTES:
        raise problem("too_large", language)
    document = _DOCUMENTS.get(kind.suffix) or _DOCUMENT_TYPES.get(kind.type)
    if document:
        return (await _document(document, content, language))[:_LONGEST_TEXT]
    text = _plain(content, kind)
    if text is None:
        raise problem("unknown", language)
    return text[:_LONGEST_TEXT]


def problem(what: Problem, language: Language) -> ToolFailure:
    """The failure that tells a person why a file cannot be read."""
    message, next_step = _SAYS[what][language]
    return ToolFailure(_KINDS[what], message, next_step=next_step)


def _plain(content: bytes, kind: FileKind) -> str | None:
    if kind.suffix in {".html", ".htm"} or kind.type == "text/html":
        return html_to_text(decode_text(content, kind.charset), fold=False)
    if kind.suffix == ".eml" or kind.type == "message/rfc822":
        return _mail(content)
    if kind.suffix in _TEXTS or kind.type.startswith(_TEXT_TYPES):
        return decode_text(content, kind.charset)
    return None


def _mail(content: bytes) -> str:
    message = message_from_bytes(content, policy=policy.default)
    heads = [f"{name}: {message.get(name, '')}" for name in ("From", "To", "Date", "Subject")]
    body = message.get_body(("plain", "html"))
    raw = body.get_payload(decode=True) if body else b""
    text = decode_text(raw, body.get_content_charset()) if body and isinstance(raw, bytes) else ""
    if body and body.get_content_type() == "text/html":
        text = html_to_text(text, fold=False)
    return "\n".join(heads) + f"\n\n{text}"


async def _document(kind: str, content: bytes, language: Language) -> str:
    # -P keeps modules of the current folder out of a process that opens strangers' files.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", _WORKER, kind),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            output, _ = await process.communicate(content)
    except TimeoutError:
        raise problem("too_slow", language) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _told(output, process.returncode, language)


def _told(output: bytes, status: int | None, language: Language) -> str:
    try:
        told = cast("dict[str, str]", json.loads(output))
    except ValueError:
        # It was ended by its own limit of memory or processor time.
        logger.info("The reading of a file ended with status %s.", status)
        raise problem("too_large", language) from None
    if what := told.get("problem"):
        raise problem(cast("Problem", what), language)
    return told["text"]
