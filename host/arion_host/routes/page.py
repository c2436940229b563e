"""The page at `/`, and the files beside it."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_PACKAGE = Path(__file__).resolve().parents[1]
PLACES = (_PACKAGE / "page", _PACKAGE.parents[1] / "clients" / "pwa")
"""Where the page is: in an installed wheel, else in a source tree."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; connect-src 'self' ws: wss:; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Asked again each time, answered with 304 while the file is the same.
    "Cache-Control": "no-cache",
}


class Page(StaticFiles):
    """Static files that may load nothing from elsewhere and be framed by nobody."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file at a path."""
        response = await super().get_response(path, scope)
        response.headers.update(_HEADERS)
        return response


def find_page() -> Path | None:
    """Return the folder of the page, or None when it was not shipped."""
    return next((place for place in PLACES if (place / "index.html").is_file()), None)
