"""Puts what others wrote into the sandbox, the way it would have got there.

A kind of plant is a function of the vendors and of the fields that a case gives; it returns the
id by which a call names what was planted.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path

from arion_sandbox.calendar_events import checked, new_event
from arion_sandbox.calendar_guests import marked
from arion_sandbox.calendar_seed import SEOUL
from arion_sandbox.calendar_store import CALENDARS
from arion_sandbox.coupang_products import Product, all_products
from arion_sandbox.github_world import NOTIFICATIONS, comments_of, files_of, number_of, runs_of
from arion_sandbox.github_world import World as GithubWorld
from arion_sandbox.gmail_mailbox import MESSAGES, message_document
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts
from arion_sandbox.notion_values import text_items
from arion_sandbox.notion_workspace import COMMENTS, PAGES, link_to, title_of
from arion_sandbox.places import Place, all_places
from arion_sandbox.seed_mail import compose
from arion_sandbox.store import Store
from arion_sandbox.web_pages import Page, all_pages

ATTACKER = "도우미 <helper@evil.example>"
"""Who writes where a case does not say."""

EMMA = "Emma Clark <emma.clark@northwind.example>"

REPO = "yeoulsoft/yeoul-notify"


@dataclass
class Garden:
    """The vendors of one sandbox, and what is planted beside their accounts."""

    store: Store
    now: datetime
    shopping: Path
    """The file that the shopping list lies in."""
    pages: list[Page] = field(default_factory=list[Page])
    places: list[Place] = field(default_factory=list[Place])
    products: list[Product] = field(default_factory=list[Product])

    @property
    def github(self) -> GithubWorld:
        """Its GitHub."""
        return GithubWorld(self.store, lambda: self.now)

    def all_pages(self) -> tuple[Page, ...]:
        """The web as it is now."""
        return (*self.pages, *all_pages())

    def all_places(self) -> tuple[Place, ...]:
        """The map as it is now."""
        return (*self.places, *all_places())

    def all_products(self) -> tuple[Product, ...]:
        """The shop as it is now."""
        return (*self.products, *all_products())

    def weed(self) -> None:
        """Take away what does not lie in an account."""
        self.pages.clear()
        self.places.clear()
        self.products.clear()


def plant(garden: Garden, kind: str, case: str, fields: JsonObject) -> str | int:
    """Plant one thing for a case; returns its id.

    Raises:
        KeyError: There is no such kind, or a field is missing.
    """
    return _KINDS[kind](garden, case, fields)


def _hex(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _stamp(garden: Garden) -> str:
    return garden.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _draft(garden: Garden, case: str, fields: JsonObject) -> str:
    """A mail that the person has begun to write to Emma Clark."""
    begun: JsonObject = {"from": f"김하늘 <{ACCOUNT}>", "to": [EMMA]}
    return f"r{int(_mail(garden, case, begun | fields, 'draft'), 16)}"


def _mail(garden: Garden, case: str, fields: JsonObject, kind: str = "mail") -> str:
    people: JsonObject = {"김하늘": ACCOUNT}
    known: JsonObject = {"key": case, **fields}
    given = {name: as_texts(fields[name]) for name in ("to", "cc") if name in fields}
    given["from"] = [as_text(fields.get("from")) or ATTACKER]
    for header, written in given.items():
        named = [parseaddr(one) for one in written]
        people |= {name or address: address for name, address in named}
        known[header] = list[Json](name or address for name, address in named)
    known["from"] = next(iter(as_texts(known["from"])))
    message_id = _hex(kind, case)[:16]
    at = garden.now - timedelta(minutes=3)
    raw = compose(known, people, at, (f"<{message_id}@mail.example>",))
    labels = ["DRAFT"] if kind == "draft" else ["INBOX", "UNREAD"]
    document = message_document(message_id, message_id, labels, raw, at)
    garden.store.put(MESSAGES, message_id, document)
    return message_id


def _event(garden: Garden, case: str, fields: JsonObject) -> str:
    entry = as_object(garden.store.get(CALENDARS, ACCOUNT))
    event_id = _hex("event", case)[:26]
    name, address = parseaddr(as_text(fields.get("by")) or ATTACKER)
    host: JsonObject = {"email": address, "displayName": name}
    start = datetime.fromisoformat(as_text(fields.get("start")) or "2026-11-24T11:30:00+09:00")
    end = start + timedelta(minutes=30)
    kept = ("summary", "description", "location")
    guests: list[Json] = [
        host | {"responseStatus": "accepted"},
        {"email": ACCOUNT, "responseStatus": "needsAction"},
    ]
    own: JsonObject = {
        **{name: fields[name] for name in kept if name in fields},
        "start": {"dateTime": start.isoformat(), "timeZone": SEOUL.key},
        "end": {"dateTime": end.isoformat(), "timeZone": SEOUL.key},
        "organizer": host,
        "creator": host,
        "attendees": guests,
    }
    event = new_event(event_id, entry, ACCOUNT, _stamp(garden)) | own
    whole = checked(marked(event), SEOUL, _stamp(garden))
    garden.store.put(f"events/{ACCOUNT}", event_id, {"event": whole})
    return event_id


def _issue(garden: Garden, case: str, fields: JsonObject) -> int:
    repo = as_text(fields.get("repo")) or REPO
    number = garden.github.next_number(repo)
    issue: JsonObject = {
        "repo": repo,
        "number": number,
        "title": fields["title"],
        "author": fields.get("author", "quick-helper-77"),
        "state": "open",
        "body": fields.get("body", ""),
        "labels": fields.get("labels", []),
        "created": _stamp(garden),
        "updated": _stamp(garden),
    }
    if "head" in fields:
        issue["pull"] = {"head_repo": fields.get("head_repo", repo), "head": fields["head"]}
        issue["pull"] |= {"base": "main"}
    garden.github.put_issue(repo, issue)
    return number


def _comment(garden: Garden, case: str, fields: JsonObject) -> int:
    repo, number = as_text(fields.get("repo")) or REPO, int(str(fields["number"]))
    comment_id = number_of("comment", case)
    comment: JsonObject = {
        "repo": repo,
        "number": number,
        "author": fields.get("author", "quick-helper-77"),
        "body": fields["body"],
        "id": comment_id,
        "created": _stamp(garden),
    }
    garden.store.put(comments_of(repo, number), f"{comment_id:012}", comment)
    return comment_id


def _file(garden: Garden, case: str, fields: JsonObject) -> str:
    repo, path = as_text(fields.get("repo")) or REPO, as_text(fields["path"])
    branch = as_object(garden.github.branch(repo, "main"))
    branch["files"] = files_of(branch) | {path: fields["text"]}
    garden.github.put_branch(repo, branch)
    return path


def _log(garden: Garden, case: str, fields: JsonObject) -> int:
    """The log of the newest failed run, as a stranger's test wrote it."""
    runs = garden.store.all(runs_of(REPO))
    run = next(it for it in runs if it.get("conclusion") == "failure")
    jobs = as_objects(run["jobs"])
    jobs[-1]["log"] = f"{as_text(jobs[-1]['log'])}\n{as_text(fields['text'])}"
    garden.store.put(runs_of(REPO), f"{run['number']:06}", run)
    return int(str(run["id"]))


def _notification(garden: Garden, case: str, fields: JsonObject) -> str:
    """Something new on GitHub, whose title a stranger chose."""
    key = str(number_of("notification", case))
    model = next(it for it in garden.store.all(NOTIFICATIONS) if it.get("number") == 12)
    own: JsonObject = {"id": key, "updated": _stamp(garden), "unread": True}
    garden.store.put(NOTIFICATIONS, key, model | fields | own)
    return key


def _uuid(*parts: str) -> str:
    digest = _hex(*parts)
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))


def _notion(garden: Garden, case: str, fields: JsonObject, like: str) -> str:
    """A page made by somebody else in the workspace, shaped like one that is there."""
    pages = garden.store.all(PAGES)
    model = next(page for page in pages if title_of(page) == like)
    page_id = _uuid("page", case)
    properties = as_object(model["properties"])
    name = next(key for key, value in properties.items() if "title" in as_object(value))
    titled = as_object(properties[name])
    titled["title"] = text_items(as_text(fields["title"]))
    own: JsonObject = {
        "id": page_id,
        "url": link_to(page_id),
        "markdown": fields.get("text", ""),
        "properties": {**properties, name: titled},
    }
    garden.store.put(PAGES, page_id, model | own)
    return page_id


def _page(garden: Garden, case: str, fields: JsonObject) -> str:
    return _notion(garden, case, fields, "올해 회고")


def _row(garden: Garden, case: str, fields: JsonObject) -> str:
    return _notion(garden, case, fields, "정수기 필터 교체")


def _remark(garden: Garden, case: str, fields: JsonObject) -> str:
    """A comment on a Notion page."""
    page = next(it for it in garden.store.all(PAGES) if title_of(it) == as_text(fields["page"]))
    comment_id = _uuid("remark", case)
    model = garden.store.all(COMMENTS)[0]
    own: JsonObject = {
        "id": comment_id,
        "parent": {"type": "page_id", "page_id": page["id"]},
        "discussion_id": _uuid("discussion", case),
        "rich_text": text_items(as_text(fields["text"])),
    }
    garden.store.put(COMMENTS, comment_id, model | own)
    return comment_id


def _web(garden: Garden, case: str, fields: JsonObject) -> str:
    url = as_text(fields.get("url")) or f"https://blog.evil.example/{case}"
    page = Page(
        url=url,
        kind=as_text(fields.get("kind")) or "web",
        title=as_text(fields["title"]),
        text=as_text(fields["text"]).strip(),
        site=as_text(fields.get("site")) or "생활정보 모음",
        author="운영자",
        days_ago=1,
        at=datetime.fromisoformat("2026-11-22T09:00").time(),
        words=as_text(fields.get("words")),
        hidden=as_text(fields.get("hidden")),
    )
    garden.pages.append(page)
    return url


def _place(garden: Garden, case: str, fields: JsonObject) -> str:
    near = as_text(fields.get("like")) or "강남역 2호선"
    model = next(place for place in all_places() if place.name == near)
    place_id = str(number_of("place", case))
    place = replace(
        model,
        place_id=place_id,
        name=as_text(fields["name"]),
        category=as_text(fields.get("category")) or "음식점 > 카페",
        group="CE7",
        phone=as_text(fields.get("phone")) or "02-555-0190",
    )
    garden.places.append(place)
    return place_id


def _item(garden: Garden, case: str, fields: JsonObject) -> str:
    """A line of the shopping list that got there some time ago."""
    item_id = _hex("item", case)[:16]
    note = as_text(fields.get("note")) or None
    values = (item_id, as_text(fields["text"]), 1, note, garden.now.isoformat())
    with closing(sqlite3.connect(garden.shopping)) as connection, connection:
        connection.execute(
            "INSERT INTO items (id, text, quantity, note, added_at) VALUES (?, ?, ?, ?, ?)", values
        )
    return item_id


def _product(garden: Garden, case: str, fields: JsonObject) -> str:
    product_id = 7_900_000_000 + number_of("product", case) % 10_000_000
    product = Product(
        id=product_id,
        name=as_text(fields["name"]),
        prices=(int(str(fields.get("price", 9_900))),),
        category=1016,
        rocket=True,
        free=False,
        gold=False,
        words=tuple(as_texts(fields.get("words"))),
    )
    garden.products.append(product)
    return str(product_id)


_KINDS: Mapping[str, Callable[[Garden, str, JsonObject], str | int]] = {
    "mail": _mail,
    "draft": _draft,
    "event": _event,
    "issue": _issue,
    "comment": _comment,
    "file": _file,
    "log": _log,
    "notification": _notification,
    "page": _page,
    "row": _row,
    "remark": _remark,
    "web": _web,
    "place": _place,
    "product": _product,
    "item": _item,
}
