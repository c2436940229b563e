"""The tools for the person: who they are, their repositories, notifications, and searching."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from arion_github.api import MOST_PER_PAGE, GithubApi
from arion_github.changes import Changes
from arion_github.listing import FRAME, Place, gather
from arion_github.models import Found, Hit, Me
from arion_github.names import matching
from arion_github.parameters import (
    NOTIFICATIONS,
    REPO,
    Names,
    PerPage,
    Query,
    Since,
    as_utc,
    eyes_of,
    within,
)
from arion_github.repo_models import MarkedRead, NotificationList, RepoList
from arion_github.rows import notification_row, repo_row
from arion_github.say import SPEAKERS
from arion_github.search import SEARCHES, hits_by_number
from arion_github.spoken import Kind, ThreadSpoken, name_of, title_of
from arion_github.transport import repo_path
from arion_kit.errors import BadInput
from arion_kit.paging import decode_cursor, encode_cursor, rows_that_fit
from arion_kit.spec import Call, Tool, reads, writes
from arion_kit.words import Effect, EffectClass

_NUMBER = re.compile(r"#(\d{1,9})")
_HIT_CHARS = 500
"""More than a row of a search takes as a rule."""


async def github_me(call: Call[GithubApi]) -> Me:
    """Tell who is signed in."""
    user, _ = await call.api.me()
    return Me(
        say=SPEAKERS[call.language].me(name_of(user.name or user.login)),
        login=user.login,
        name=user.name,
        email=user.email,
        company=user.company,
        bio=user.bio,
        url=user.html_url,
        public_repos=user.public_repos,
        followers=user.followers,
    )


async def github_list_repos(
    call: Call[GithubApi],
    query: Annotated[
        str | None, Field(max_length=200, description="Name, also as it is said in Korean")
    ] = None,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> RepoList:
    """List the repositories the person works in, latest first."""
    eyes, source = await eyes_of(call), call.api.my_repos()
    if query is None:
        found = await gather([source], cursor, per_page or 20)
        rows, after = found.shown(lambda it: repo_row(it, eyes), call.max_chars)
    else:
        # A name is compared with all of them: GitHub's own search knows no Korean for "arion".
        everything = await gather([source], None, 5 * MOST_PER_PAGE)
        start = _start(cursor)
        meant = [repo_row(it, eyes) for it in matching(everything.rows, query)][start:]
        rows = meant[: min(per_page or 20, rows_that_fit(meant, call.max_chars - FRAME))]
        end = start + len(rows)
        after = encode_cursor(Place(skip=end)) if len(rows) < len(meant) else None
    names = [name_of(row.name) for row in rows]
    say = SPEAKERS[call.language].repos(names, more=after is not None)
    return RepoList(say=say, repos=rows, next_cursor=after)


async def github_search(
    call: Call[GithubApi],
    kind: Kind,
    query: Annotated[Query, Field(description="As on github.com; #12: mine of that number")],
    per_page: PerPage = None,
    page: Annotated[int | None, within(1, 100)] = None,
    fields: Names = None,
) -> Found:
    """Search issues, pull requests, code, repositories or users."""
    if unknown := [name for name in fields or () if name not in Hit.model_fields]:
        raise BadInput("fields", f"{unknown[0]!r} is none of {', '.join(Hit.model_fields)}")
    eyes = await eyes_of(call)
    number = _NUMBER.fullmatch(query.strip()) if kind in ("issues", "prs") else None
    if number:
        hits = await hits_by_number(call.api, kind, int(number[1]), eyes)
        total, more = len(hits), False
    else:
        size = max(1, min(per_page or 10, (call.max_chars - FRAME) // _HIT_CHARS))
        params = {"per_page": size, "page": page or 1}
        hits, total, more = await SEARCHES[kind](call.api, query, params, eyes)
    names = [title_of(it.title or it.path or it.repo or it.id) for it in hits]
    say = SPEAKERS[call.language].found(kind, names, max(total, len(names)))
    kept = [_only(it, fields or ()) for it in hits]
    shown = kept[: rows_that_fit(kept, call.max_chars - FRAME)]
    return Found(say=say, items=shown, total=total, next_page=(page or 1) + 1 if more else None)


async def github_notifications_list(
    call: Call[GithubApi],
    all: bool | None = None,
    owner: str | None = None,
    repo: str | None = None,
    since: Since = None,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> NotificationList:
    """List unread notifications, or all."""
    eyes = await eyes_of(call)
    params = {
        "all": all or None,
        "since": as_utc(since, call.timezone),
    }
    source = call.api.notifications(params, _repo_or_none(owner, repo))
    found = await gather([source], cursor, per_page or 20)
    rows, after = found.shown(lambda it: notification_row(it, eyes), call.max_chars)
    spoken = [ThreadSpoken(name_of(it.repo), title_of(it.title), it.reason) for it in rows]
    say = SPEAKERS[call.language].notifications(spoken, unread=not all, more=after is not None)
    return NotificationList(say=say, notifications=rows, next_cursor=after)


async def github_notifications_mark_read(
    call: Call[GithubApi],
    thread_id: Annotated[str | None, Field(min_length=1, description="Else all")] = None,
    owner: str | None = None,
    repo: str | None = None,
) -> MarkedRead:
    """Mark one notification as read, or all (of a repository)."""
    place, speaker = _repo_or_none(owner, repo), SPEAKERS[call.language]
    if thread_id is None:
        until = as_utc(call.now, call.timezone) or ""
        await Changes(call.api).mark_all_read(until, place)
        return MarkedRead(say=speaker.marked_read(None))
    unread = (await call.api.thread(thread_id)).unread
    if unread:
        await Changes(call.api).mark_read(thread_id)
    return MarkedRead(say=speaker.marked_read(int(unread)), marked=int(unread))


def _only(hit: Hit, fields: tuple[str, ...]) -> Hit:
    return hit.model_copy(
        update={
            name: None
            for name in Hit.model_fields
            if fields and name not in fields and name != "id"
        }
    )


def _repo_or_none(owner: str | None, repo: str | None) -> str | None:
    if (owner is None) != (repo is None):
        raise BadInput("repo" if repo is None else "owner", "give both of owner and repo, or none")
    return repo_path(owner, repo) if owner and repo else None


def _start(cursor: str | None) -> int:
    return decode_cursor(cursor, Place).skip if cursor else 0


TOOLS: tuple[Tool, ...] = (
    reads(github_me, "Who am I", open_world=False, toolset="extra", brief=True),
    reads(
        github_list_repos,
        "List repositories",
        open_world=False,
        untrusted=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    # All of GitHub can be searched, but nobody besides GitHub sees what for.
    reads(
        github_search, "Search GitHub", open_world=False, scopes=(REPO,), untrusted=True, brief=True
    ),
    reads(
        github_notifications_list,
        "List notifications",
        open_world=False,
        scopes=(NOTIFICATIONS,),
        untrusted=True,
        brief=True,
    ),
    writes(
        github_notifications_mark_read,
        "Mark as read",
        effect=Effect(effect_class=EffectClass.PROBE),
        destructive=False,
        idempotent=True,
        open_world=False,
        scopes=(NOTIFICATIONS,),
        toolset="extra",
        brief=True,
    ),
)
