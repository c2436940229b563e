"""What a letter carries along: files of other mails, and small texts given with the call.

No paths: a mail's text may ask a model to attach a file of this machine.
"""

from __future__ import annotations

import base64
import binascii
import mimetypes
import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, ValidationError

from arion_gmail import mail
from arion_gmail.addresses import check_line
from arion_gmail.api import LARGEST_MAIL, GmailApi
from arion_gmail.compose import File
from arion_gmail.wire import Message
from arion_kit.errors import BadInput

_TYPE = re.compile(r"(?!message/|multipart/)[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_CHARSET = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
_UNKNOWN_TYPE = "application/octet-stream"
_LONGEST_NAME = 200
_PARAMETER = "attachments"


class _Given(BaseModel):
    """A file that comes with the call."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str
    text: str | None = None
    base64: str | None = None


async def read_files(api: GmailApi, entries: Sequence[str]) -> tuple[File, ...]:
    """The files that `entries` name.

    Raises:
        BadInput: An entry is neither a file of a mail nor a file, or all are too large.
    """
    files = [
        _given(entry) if entry.lstrip().startswith("{") else await _of_mail(api, entry)
        for entry in entries
    ]
    return checked(files)


async def files_of(api: GmailApi, message: Message) -> tuple[File, ...]:
    """All files of a mail, for passing it on."""
    return checked([await _file(api, message, it) for it in mail.attachments(message)])


def checked(files: Sequence[File]) -> tuple[File, ...]:
    """The files, when a mail can carry them.

    Raises:
        BadInput: They are too large.
    """
    if sum(len(it.content) for it in files) > LARGEST_MAIL:
        raise BadInput(_PARAMETER, f"a mail may carry up to {LARGEST_MAIL // 1_000_000} MB")
    return tuple(files)


def find_attachment(message: Message, attachment_id: str | None) -> mail.Attached:
    """The file of a mail by our id (its part's) or by Gmail's, or the first.

    Raises:
        BadInput: The mail has no such file.
    """
    files = mail.attachments(message)
    for it in files:
        if attachment_id in (None, it.part_id, it.gmail_id):
            return it
    known = ", ".join(f"{it.part_id} ({it.name})" for it in files[:10]) or "no attachment"
    raise BadInput("attachment_id", f"this mail has {known}")


async def _of_mail(api: GmailApi, entry: str) -> File:
    message_id, slash, attachment_id = entry.strip().partition("/")
    if not (message_id and slash and attachment_id):
        raise BadInput(
            _PARAMETER,
            f'{entry[:60]!r} is no attachment; write "message_id/attachment_id", or JSON with '
            '"name" and "text" or "base64"',
        )
    message = await api.message(message_id)
    return await _file(api, message, find_attachment(message, attachment_id))


async def _file(api: GmailApi, message: Message, attached: mail.Attached) -> File:
    kind = attached.mime_type if _TYPE.fullmatch(attached.mime_type) else _UNKNOWN_TYPE
    if _CHARSET.fullmatch(attached.charset):
        kind += f"; charset={attached.charset}"
    name = _name(attached.name[:_LONGEST_NAME])
    return File(name, await api.content(message.id, attached), kind)


def _given(entry: str) -> File:
    try:
        given = _Given.model_validate_json(entry)
    except ValidationError:
        raise BadInput(
            _PARAMETER, 'a file is {"name": …, "text": …} or {"name": …, "base64": …}'
        ) from None
    if (given.text is None) == (given.base64 is None):
        raise BadInput(_PARAMETER, 'give exactly one of "text" and "base64"')
    guessed = mimetypes.guess_type(given.name)[0] or ""
    name, kind = _name(given.name), guessed if _TYPE.fullmatch(guessed) else _UNKNOWN_TYPE
    if given.text is not None:
        kind = kind if kind.startswith("text/") else "text/plain"
        return File(name, given.text.encode(), f"{kind}; charset=utf-8")
    try:
        content = base64.b64decode(given.base64 or "", validate=True)
    except binascii.Error:
        raise BadInput(_PARAMETER, f"the base64 of {name!r} is none") from None
    return File(name, content, kind)


def _name(name: str) -> str:
    """The file's name without the folders before it, which some programs would follow."""
    last = re.split(r"[/\\]", name)[-1].strip(". ")
    return check_line(last or "file", _PARAMETER, _LONGEST_NAME)
