"""Reads one document of a stranger: bytes on stdin, JSON on stdout.

    python file_worker.py pdf|docx|xlsx|pptx|hwpx

Gives `{"text": …}` or `{"problem": …}`. The libraries are those of the extra `files`.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from xml.etree import ElementTree

LONGEST_TEXT = 400_000
"""Characters after which reading stops."""

_PAGES = 300
_ROWS = 20_000
"""Of all sheets together."""
_UNPACKED_BYTES = 100_000_000
"""Of a zip, as it says of itself and as it turns out to be."""
_ENTRIES = 5_000
_MEMORY_BYTES = 1_500_000_000
_CPU_S = 20

_ENCRYPTED_OFFICE = b"\xd0\xcf\x11\xe0"
"""An OLE file: what Office makes of a document with a password."""


class Refused(Exception):
    """The document is not read; the message is the problem's name."""


def main() -> None:
    """Reads the document on stdin."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        told = {"text": read(sys.argv[1], content)}
    except Refused as refused:
        told = {"problem": str(refused)}
    except ImportError:
        told = {"problem": "missing"}
    except MemoryError:
        told = {"problem": "too_large"}
    except Exception:  # noqa: BLE001 - whatever a stranger's file does to a library
        told = {"problem": "damaged"}
    sys.stdout.write(json.dumps(told))


def read(kind: str, content: bytes) -> str:
    """The text of a document.

    Raises:
        Refused: It is locked or too large.
        ImportError: The library for it is not installed.
        Exception: It is damaged; each library has errors of its own.
    """
    if kind != "pdf":
        _check_zip(content)
    pieces: list[str] = []
    length = 0
    for piece in READERS[kind](content):
        pieces.append(piece)
        length += len(piece) + 1
        if length > LONGEST_TEXT:
            break
    return "\n".join(pieces).strip()[:LONGEST_TEXT]


def _check_zip(content: bytes) -> None:
    if content.startswith(_ENCRYPTED_OFFICE):
        raise Refused("encrypted")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    if len(entries) > _ENTRIES or sum(it.file_size for it in entries) > _UNPACKED_BYTES:
        raise Refused("too_large")


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    # Many are locked against changes only, and open with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("encrypted")
    for page in islice(reader.pages, _PAGES):
        yield page.extract_text().strip()


def _docx(content: bytes) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    for block in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # A field of several columns comes once for each; equal XML is the same field.
                cells = {cell._tc: cell for cell in row.cells}  # pyright: ignore[reportPrivateUsage]
                yield "\t".join(cell.text.strip() for cell in cells.values())
        else:
            yield block.text


def _xlsx(content: bytes) -> Iterator[str]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    left = _ROWS
    for sheet in book.worksheets:
        yield f"[{sheet.title}]"
        for row in islice(sheet.iter_rows(values_only=True), left):
            left -= 1
            cells = ["" if cell is None else str(cell) for cell in row]
            if any(cells):
                yield "\t".join(cells).rstrip()


def _pptx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [it for it in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", it)]
        for name in sorted(names, key=lambda it: int(re.sub(r"\D", "", it)))[:_PAGES]:
            yield _paragraphs(archive, name, "p", "t")


def _hwpx(content: bytes) -> Iterator[str]:
    from hwpx import TextExtractor

    with zipfile.ZipFile(io.BytesIO(content)) as archive, TextExtractor(archive) as extractor:
        yield extractor.extract_text()


def _paragraphs(archive: zipfile.ZipFile, name: str, paragraph: str, run: str) -> str:
    """The text of an XML part, a line for each paragraph."""
    # Expat itself refuses entities that grow, and this process has little memory and time.
    root = ElementTree.fromstring(archive.read(name))  # noqa: S314
    lines = (
        "".join(it.text or "" for it in _elements(block, run))
        for block in _elements(root, paragraph)
    )
    return "\n".join(line for line in lines if line.strip())


def _elements(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Elements of that name in any namespace."""
    return (it for it in root.iter() if it.tag.rpartition("}")[2] == name)


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "hwpx": _hwpx,
}


def _limit() -> None:
    """Keeps a document from taking the machine's memory and time; Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_CPU, _CPU_S)):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, hard))


if __name__ == "__main__":
    main()
