"""The writes that are cut off: what each is called with, and how often it really happened."""

from __future__ import annotations

import json
import sqlite3
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import JsonValue

SERVERS = ("calendar", "github", "gmail", "notion", "shopping")


@dataclass(frozen=True)
class Case:
    """One tool. `title` marks one trial's write and no other."""

    server: str
    tool: str
    arguments: Callable[[str], dict[str, JsonValue]]
    count: Callable[[str, Path, str], int]
    """`(vendors' address, the trial's folder, title) → how often it is there now`."""


def _asked(url: str, body: object = None, **headers: str) -> Any:
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer sandbox", "Content-Type": "application/json", **headers},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def _events(url: str, _folder: Path, title: str) -> int:
    found = _asked(f"{url}/google/calendar/v3/calendars/primary/events?q={title}&maxResults=50")
    return len(found["items"])


def _mails(url: str, _folder: Path, title: str) -> int:
    query = urllib.parse.quote(f"in:sent subject:{title}")
    found = _asked(f"{url}/google/gmail/v1/users/me/messages?q={query}")
    return len(found.get("messages", ()))


def _drafts(url: str, _folder: Path, title: str) -> int:
    query = urllib.parse.quote(f"subject:{title}")
    found = _asked(f"{url}/google/gmail/v1/users/me/drafts?q={query}")
    return len(found.get("drafts", ()))


def _pages(url: str, _folder: Path, title: str) -> int:
    version = {"Notion-Version": "2026-03-11"}
    found = _asked(f"{url}/notion/v1/search", {"query": title, "page_size": 100}, **version)
    return len(found["results"])


def _issues(url: str, _folder: Path, title: str) -> int:
    return len(_rows(f"{url}/github/repos/{REPO}/issues?state=all", "title", title))


def _comments(url: str, _folder: Path, title: str) -> int:
    return len(_rows(f"{url}/github/repos/{REPO}/issues/{ISSUE}/comments?", "body", title))


def _rows(url: str, field: str, title: str) -> list[Any]:
    found: list[Any] = []
    for page in range(1, 20):
        rows = _asked(f"{url}&per_page=100&page={page}")
        found += [row for row in rows if title in row[field]]
        if len(rows) < 100:
            break
    return found


def _items(_url: str, folder: Path, title: str) -> int:
    path = folder / "shopping.sqlite3"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if ("items",) not in tables.fetchall():
            return 0
        count = "SELECT count(*) FROM items WHERE text = ? AND removed = 0"
        return connection.execute(count, (title,)).fetchone()[0]


REPO = "haneul-kim/arion"
ISSUE = 1
OWNER = dict(zip(("owner", "repo"), REPO.split("/"), strict=True))

CASES = (
    Case(
        "calendar",
        "calendar_create_event",
        lambda title: {"summary": title, "start": "2030-11-24T15:00:00+09:00"},
        _events,
    ),
    Case(
        "gmail",
        "gmail_create_draft",
        lambda title: {"to": ["hana@example.com"], "subject": title, "body": "초안이에요."},
        _drafts,
    ),
    Case(
        "gmail",
        "gmail_send",
        lambda title: {"to": ["hana@example.com"], "subject": title, "body": "보내요."},
        _mails,
    ),
    Case(
        "notion",
        "notion_create_page",
        lambda title: {"parent_id": "할 일", "title": title},
        _pages,
    ),
    Case("github", "github_issue_create", lambda title: {**OWNER, "title": title}, _issues),
    Case(
        "github",
        "github_comment",
        lambda title: {**OWNER, "number": ISSUE, "body": title},
        _comments,
    ),
    Case("shopping", "list_add", lambda title: {"text": title}, _items),
)


def settings(
    url: str, fault: str, folder: Path, servers: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Environment for servers over the vendors at `url`, as the sandbox's `/health` tells."""
    base = f"{url}/{fault}" if fault else url
    chosen = {"ARION_DATA_DIR": str(folder)}
    for name, its in servers.items():
        for setting, value in its.items():
            full = f"{base}{value}" if value.startswith("/") else value
            chosen[f"ARION_{name.upper()}_{setting}"] = full
    return chosen
