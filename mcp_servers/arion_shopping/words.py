"""What parameters may be, where saying so in a schema would cost every client's prompt."""

from __future__ import annotations

from urllib.parse import urlsplit

MOST_OF_A_LIST = 10
LONGEST_ADDRESS = 2_000


def some_text(text: str, *, most: int) -> str:
    """Text that says something.

    Raises:
        ValueError: It is empty or too long.
    """
    if not text.strip():
        raise ValueError("must not be empty")
    if len(text) > most:
        raise ValueError(f"may have at most {most} characters")
    return text


def any_text(text: str | None, *, most: int) -> str | None:
    """Text, or None where it says nothing: models fill what they leave out with "".

    Raises:
        ValueError: It is too long.
    """
    return some_text(text, most=most) if text and text.strip() else None


def a_number(number: int | None, *, least: int, most: int) -> int | None:
    """A number between two others.

    Raises:
        ValueError: It is not.
    """
    if number is not None and not least <= number <= most:
        raise ValueError(f"must be between {least} and {most}")
    return number


def few(texts: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """A short list of short texts, without empty ones.

    Raises:
        ValueError: It is too long, or has a long text.
    """
    said = tuple(text for text in texts or () if any_text(text, most=100))
    if len(said) > MOST_OF_A_LIST:
        raise ValueError(f"may have at most {MOST_OF_A_LIST} entries")
    return said


def any_address(url: str | None) -> str | None:
    """An http(s) address, or None where there is nothing.

    Raises:
        ValueError: It is something else.
    """
    return web_address(url) if url and url.strip() else None


def web_address(url: str) -> str:
    """An http(s) address.

    Raises:
        ValueError: It is none.
    """
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or len(url) > LONGEST_ADDRESS or any(letter.isspace() for letter in url):
        raise ValueError("must be an address such as https://www.coupang.com/vp/products/1")
    return url
