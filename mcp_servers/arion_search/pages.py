"""Makes text of what was fetched: web pages, PDF, JSON and plain text."""

from __future__ import annotations

from importlib.util import find_spec

from arion_kit.engines.text import lines, one_line
from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind
from arion_search.charsets import decode
from arion_search.fetching import Fetched
from arion_search.html_pages import read_html
from arion_search.page import Page

_MOST_PDF_PAGES = 100


def read_page(fetched: Fetched) -> Page:
    """What a fetched page says. Slow: run it beside the event loop.

    Raises:
        ToolFailure: It cannot be read.
    """
    kind = fetched.media_type or _guessed(fetched.content)
    if kind == "application/pdf":
        return _pdf(fetched)
    text = decode(fetched.content, fetched.charset)
    if kind in ("text/html", "application/xhtml+xml"):
        return read_html(fetched.url, text)
    return Page(fetched.url, lines(text))


def can_read_pdf() -> bool:
    """Whether the library for it is installed."""
    return find_spec("pypdf") is not None


def _guessed(content: bytes) -> str:
    head = content[:512].lstrip().lower()
    if head.startswith(b"%pdf"):
        return "application/pdf"
    return "text/html" if head.startswith((b"<", b"\xef\xbb\xbf<")) else "text/plain"


def _pdf(fetched: Fetched) -> Page:
    try:
        from io import BytesIO

        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        return Page(fetched.url, "", lacks="files")
    try:
        reader = PdfReader(BytesIO(fetched.content))
        text = "\n\n".join(page.extract_text() for page in reader.pages[:_MOST_PDF_PAGES])
        about = reader.metadata
        title = one_line(str(about.title or "")) if about else ""
        author = one_line(str(about.author or "")) if about else ""
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise ToolFailure(
            ErrorKind.BAD_RESPONSE, f"url: is a PDF that cannot be read ({type(error).__name__})"
        ) from None
    return Page(fetched.url, lines(text), title, author or None)
