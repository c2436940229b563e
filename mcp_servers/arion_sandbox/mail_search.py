"""Gmail's search language, the part of it that people use.

Words, "quoted phrases", -negation, OR, (groups), {one of these}, and the operators from: to: cc:
subject: label: in: is: has: filename: category: after: before: older_than: newer_than:
rfc822msgid:. Source: Gmail's help page on search operators.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

TOKEN = re.compile(r'"[^"]*"?|[(){}]|-(?=\S)|[A-Za-z0-9_]+:(?=["({\S])|[^\s(){}"]+')

API_ZONE = ZoneInfo("America/Los_Angeles")
"""Dates in an API query are midnight in Pacific time, whatever the account's own zone is.
Source: Gmail API guide, "Searching for messages"."""

UNITS = {"h": 1 / 24, "d": 1, "m": 30, "y": 365}
HIDDEN = frozenset({"spam", "trash", "anywhere"})


@dataclass(frozen=True)
class SearchedMail:
    """What a search looks at in a message."""

    at: datetime
    sender: str
    to: str
    cc: str
    subject: str
    text: str
    filenames: tuple[str, ...]
    labels: frozenset[str]
    """Ids and names, lower case, spaces as "-"."""
    message_id: str


Test: TypeAlias = Callable[[SearchedMail], bool]


@dataclass(frozen=True)
class Search:
    """A search that can be asked of any message."""

    matches: Test
    sees_hidden: bool
    """Whether it names spam or trash, which are left out otherwise."""


def parse_search(query: str, now: datetime) -> Search:
    """Read a query. Nothing is refused: what is no operator is a word, as in Gmail."""
    tokens: list[str] = TOKEN.findall(query)
    places = re.findall(r"(?i)\b(?:in|label):\"?([\w-]+)", query)
    parser = _Parser(tokens, now)
    return Search(parser.parse_all(), any(place.lower() in HIDDEN for place in places))


class _Parser:
    def __init__(self, tokens: list[str], now: datetime) -> None:
        self._tokens = tokens
        self._now = now

    def parse_all(self) -> Test:
        tests: list[Test] = []
        while self._tokens:
            tests.append(self._group(""))
            # A closing bracket too many is skipped.
            self._tokens[:1] = []
        return _all(tests)

    def _group(self, operator: str) -> Test:
        """Parse up to a closing bracket or the end; all of it must match."""
        tests: list[Test] = []
        while self._tokens and self._tokens[0] not in (")", "}"):
            test = self._unit(operator)
            while self._tokens[:1] == ["OR"] and len(self._tokens) > 1:
                self._tokens.pop(0)
                test = _any([test, self._unit(operator)])
            tests.append(test)
        return _all(tests)

    def _alternatives(self, operator: str) -> Test:
        tests: list[Test] = []
        while self._tokens and self._tokens[0] not in (")", "}"):
            tests.append(self._unit(operator))
        return _any(tests)

    def _unit(self, operator: str) -> Test:
        word = self._tokens.pop(0)
        if word == "-" and self._tokens:
            test = self._unit(operator)
            return lambda mail: not test(mail)
        if word in ("(", "{"):
            test = self._group(operator) if word == "(" else self._alternatives(operator)
            self._tokens[:1] = []
            return test
        if word.endswith(":") and self._tokens and word[:-1].lower() in OPERATORS:
            return self._unit(word[:-1].lower())
        if operator:
            return OPERATORS[operator](word.strip('"'), self._now)
        return _words(word.strip('"'), _everything)


def _all(tests: list[Test]) -> Test:
    return lambda mail: all(test(mail) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda mail: any(test(mail) for test in tests)


def _everything(mail: SearchedMail) -> str:
    parts = (mail.sender, mail.to, mail.cc, mail.subject, mail.text, *mail.filenames)
    return "\n".join(parts)


def _words(phrase: str, field: Callable[[SearchedMail], str]) -> Test:
    """Match whole words in Latin letters, and any stretch of Hangul, which is not cut in words."""
    spaced = r"\s+".join(re.escape(word) for word in phrase.split())
    pattern = re.compile(rf"(?i)(?<![A-Za-z0-9]){spaced}(?![A-Za-z0-9])")
    if re.search(r"[^\x00-\x7f]", phrase):
        pattern = re.compile(rf"(?i){spaced}")
    return lambda mail: pattern.search(field(mail)) is not None


def _in_field(field: Callable[[SearchedMail], str]) -> Callable[[str, datetime], Test]:
    return lambda value, _: _words(value, field)


def _labelled(value: str, _: datetime) -> Test:
    name = value.lower().replace(" ", "-").replace("/", "-")
    if name == "anywhere":
        return lambda _: True
    aliases = {"drafts": "draft", "archive": "", "chats": "chat"}
    name = aliases.get(name, name)
    return lambda mail: name in mail.labels if name else "inbox" not in mail.labels


def _category(value: str, _: datetime) -> Test:
    name = "personal" if value.lower() == "primary" else value.lower()
    return lambda mail: f"category_{name}" in mail.labels


def _is(value: str, _: datetime) -> Test:
    match value.lower():
        case "read":
            return lambda mail: "unread" not in mail.labels
        case "unread" | "starred" | "important" as label:
            return lambda mail: label in mail.labels
        case _:
            return lambda _: False


def _has(value: str, _: datetime) -> Test:
    return lambda mail: value.lower() == "attachment" and bool(mail.filenames)


def _filename(value: str, _: datetime) -> Test:
    return lambda mail: any(value.lower() in name.lower() for name in mail.filenames)


def _message_id(value: str, _: datetime) -> Test:
    return lambda mail: mail.message_id.strip("<>") == value.strip("<>")


def _after(value: str, _: datetime) -> Test:
    moment = _moment(value)
    return lambda mail: moment is not None and mail.at >= moment


def _before(value: str, _: datetime) -> Test:
    moment = _moment(value)
    return lambda mail: moment is not None and mail.at < moment


def _newer_than(value: str, now: datetime) -> Test:
    age = _age(value)
    return lambda mail: age is not None and mail.at >= now - age


def _older_than(value: str, now: datetime) -> Test:
    age = _age(value)
    return lambda mail: age is not None and mail.at < now - age


def _moment(value: str) -> datetime | None:
    """Read 2026/11/23, 2026-11-23 or seconds since 1970."""
    try:
        if re.fullmatch(r"\d{9,11}", value):
            return datetime.fromtimestamp(int(value), API_ZONE)
        year, month, day = re.split(r"[/.-]", value)
        return datetime(int(year), int(month), int(day), tzinfo=API_ZONE)
    except (ValueError, OverflowError):
        return None


def _age(value: str) -> timedelta | None:
    matched = re.fullmatch(r"(\d{1,4})([hdmy])", value.lower())
    return timedelta(days=int(matched[1]) * UNITS[matched[2]]) if matched else None


OPERATORS: dict[str, Callable[[str, datetime], Test]] = {
    "from": _in_field(lambda mail: mail.sender),
    "to": _in_field(lambda mail: f"{mail.to}\n{mail.cc}"),
    "cc": _in_field(lambda mail: mail.cc),
    "subject": _in_field(lambda mail: mail.subject),
    "label": _labelled,
    "in": _labelled,
    "category": _category,
    "is": _is,
    "has": _has,
    "filename": _filename,
    "rfc822msgid": _message_id,
    "after": _after,
    "newer": _after,
    "before": _before,
    "older": _before,
    "newer_than": _newer_than,
    "older_than": _older_than,
}
