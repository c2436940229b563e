"""The tools for issues and comments."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from arion_github.api import GithubApi
from arion_github.changes import Changes
from arion_github.cleaning import prose
from arion_github.listing import FRAME, gather
from arion_github.models import (
    Changed,
    CommentRow,
    Deleted,
    IssueList,
    IssueRead,
    Made,
    Placed,
    UpdatedIssue,
    WrittenComment,
    WrittenIssue,
)
from arion_github.parameters import (
    REPO,
    Body,
    Names,
    NewTitle,
    Number,
    Offset,
    PerPage,
    Since,
    State,
    Text,
    Title,
    as_utc,
    eyes_of,
)
from arion_github.rows import comment_row, issue_detail, issue_row
from arion_github.say import SPEAKERS, Speaker
from arion_github.spoken import SPOKEN_TEXT, Item, name_of, title_of
from arion_github.wire import Issue
from arion_kit.errors import BadInput
from arion_kit.spec import Call, Tool, reads, writes
from arion_kit.speech import speakable
from arion_kit.words import Effect, EffectClass, Inverse

_COMMENTS = 30

_TAKE_BACK: dict[str, JsonValue] = {"state": "closed", "state_reason": "not_planned"}
_RESTORABLE = frozenset({"title", "body", "state", "state_reason", "labels", "assignees"})

Reason = Literal["completed", "not_planned", "duplicate"]


async def github_list_issues(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    state: State = "open",
    labels: Names = None,
    assignee: str | None = None,
    since: Since = None,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> IssueList:
    """List issues, newest first."""
    params = {
        "state": state,
        "labels": ",".join(labels or ()) or None,
        "assignee": assignee,
        "since": as_utc(since, call.timezone),
    }
    eyes = await eyes_of(call)
    source = call.api.issues(owner, repo, params)
    found = await gather([source], cursor, per_page or 20, lambda it: it.pull_request is None)
    rows, after = found.shown(lambda it: issue_row(it, eyes), call.max_chars)
    spoken = [Item(row.number, title_of(row.title)) for row in rows]
    say = SPEAKERS[call.language].items(
        "issues", name_of(repo), state, spoken, more=after is not None
    )
    return IssueList(say=say, issues=rows, next_cursor=after)


async def github_issue_read(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    method: Literal["get", "comments"] | None = None,
    offset: Offset = None,
    cursor: str | None = None,
) -> IssueRead:
    """Read an issue or its comments."""
    eyes, speaker = await eyes_of(call), SPEAKERS[call.language]
    if method == "comments":
        found = await gather([call.api.comments(owner, repo, number)], cursor, _COMMENTS)
        rows, after = found.shown(lambda it: comment_row(it, eyes), call.max_chars)
        return IssueRead(
            say=comments_said(speaker, rows, more=after is not None),
            comments=rows,
            next_cursor=after,
        )
    issue = await call.api.issue(owner, repo, number)
    detail = issue_detail(issue, eyes, offset or 0, call.max_chars - 2 * FRAME)
    beginning = None if detail.hidden else speakable(prose(issue.body), SPOKEN_TEXT)
    say = speaker.issue(_item(issue), issue.state, name_of(issue.author), beginning)
    return IssueRead(say=say, issue=detail)


async def github_issue_create(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    title: Title,
    body: Body = None,
    labels: Names = None,
    assignees: Names = None,
) -> WrittenIssue:
    """Create an issue."""
    fields: dict[str, JsonValue] = {"title": title, "body": body or ""}
    fields |= {"labels": list(labels)} if labels else {}
    fields |= {"assignees": list(assignees)} if assignees else {}
    made = await Changes(call.api).create_issue(owner, repo, fields, call.key)
    say = SPEAKERS[call.language].issue_created(
        name_of(repo), _item(made.thing), existed=made.existed
    )
    issue = Made(
        number=made.thing.number,
        title=made.thing.title,
        url=made.thing.html_url,
        already_existed=made.existed,
        undo=_TAKE_BACK,
    )
    return WrittenIssue(say=say, issue=issue)


async def github_issue_update(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    title: NewTitle = None,
    body: Body = None,
    state: Literal["open", "closed"] | None = None,
    state_reason: Reason | None = None,
    labels: Names = None,
    assignees: Names = None,
) -> UpdatedIssue:
    """Change, close or reopen an issue or pull request."""
    wanted: dict[str, JsonValue] = {"title": title, "body": body, "state": state}
    wanted |= {"labels": None if labels is None else list(labels)}
    wanted |= {"assignees": None if assignees is None else await _logins(call.api, assignees)}
    given: dict[str, JsonValue] = {name: it for name, it in wanted.items() if it is not None}
    if not given:
        raise BadInput("title", "give at least one of title, body, state, labels, assignees")
    if state_reason and state is None:
        raise BadInput("state_reason", "needs a state beside it")
    return await _updated(call, owner, repo, number, given, state_reason)


async def github_issue_restore(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    values: Annotated[dict[str, JsonValue], Field(description="before or undo of a change")],
) -> UpdatedIssue:
    """Put back the values that an issue or pull request had before a change."""
    if unknown := sorted(values.keys() - _RESTORABLE):
        raise BadInput("values", f"{unknown[0]} is none of {', '.join(sorted(_RESTORABLE))}")
    given = {name: value for name, value in values.items() if name != "state_reason"}
    reason = values.get("state_reason")
    return await _updated(call, owner, repo, number, given, reason if "state" in given else None)


async def github_comment(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    body: Text,
) -> WrittenComment:
    """Comment on an issue or pull request."""
    made = await Changes(call.api).comment(owner, repo, number, body, call.key)
    say = SPEAKERS[call.language].commented(number, existed=made.existed)
    comment = Placed(id=made.thing.id, url=made.thing.html_url, already_existed=made.existed)
    return WrittenComment(say=say, comment=comment)


async def github_comment_delete(
    call: Call[GithubApi], owner: str, repo: str, comment_id: Number
) -> Deleted:
    """Delete a comment for good."""
    existed = await Changes(call.api).delete_comment(owner, repo, comment_id)
    say = SPEAKERS[call.language].comment_deleted(existed=existed)
    return Deleted(say=say, already_deleted=not existed)


def comments_said(speaker: Speaker, rows: list[CommentRow], *, more: bool) -> str:
    """How many comments there are, and the last."""
    if not rows:
        return speaker.comments(0, "", "", more=False)
    shown = [row for row in rows if not row.hidden]
    last = speakable(shown[-1].body or "", SPOKEN_TEXT) if shown else None
    author = name_of(shown[-1].author) if shown else ""
    return speaker.comments(len(rows), author, last, more=more)


async def _updated(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: int,
    wanted: dict[str, JsonValue],
    reason: JsonValue,
) -> UpdatedIssue:
    issue = await call.api.issue(owner, repo, number)
    now = _values(issue)
    changed = {name: it for name, it in wanted.items() if now.get(name) != it}
    before = {name: now[name] for name in changed}
    if "state" in changed:
        before |= {"state_reason": issue.state_reason} if issue.state_reason else {}
        changed |= {"state_reason": reason} if reason else {}
    if changed:
        issue = await Changes(call.api).update_issue(owner, repo, number, changed)
    moved = issue.state if "state" in wanted else None
    return UpdatedIssue(
        say=SPEAKERS[call.language].issue_updated(_item(issue), moved),
        issue=Changed(number=number, title=issue.title, state=issue.state),
        before=before if len(json.dumps(before)) < call.max_chars - FRAME else None,
    )


async def _logins(api: GithubApi, names: Iterable[str]) -> list[JsonValue]:
    """Logins as GitHub takes them; it knows @me in searches alone."""
    return [await api.login() if name == "@me" else name for name in names]


def _values(issue: Issue) -> dict[str, JsonValue]:
    return {
        "title": issue.title,
        "body": issue.body or "",
        "state": issue.state,
        "labels": list[JsonValue](issue.label_names),
        "assignees": list[JsonValue](issue.assigned),
    }


def _item(issue: Issue) -> Item:
    return Item(issue.number, title_of(issue.title))


_CREATE = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_issue_restore",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "number": "result.issue.number",
            "values": "result.issue.undo",
        },
    ),
)
_UPDATE = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_issue_restore",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "number": "arguments.number",
            "values": "result.before",
        },
    ),
)
_COMMENT = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_comment_delete",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "comment_id": "result.comment.id",
        },
    ),
)

TOOLS: tuple[Tool, ...] = (
    reads(
        github_list_issues,
        "List issues",
        open_world=False,
        scopes=(REPO,),
        untrusted=True,
        brief=True,
    ),
    reads(
        github_issue_read,
        "Read issue",
        open_world=False,
        scopes=(REPO,),
        untrusted=True,
        brief=True,
    ),
    writes(
        github_issue_create,
        "Create issue",
        effect=_CREATE,
        destructive=False,
        idempotent=False,
        scopes=(REPO,),
        brief=True,
    ),
    writes(
        github_issue_update,
        "Change issue",
        effect=_UPDATE,
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        brief=True,
    ),
    writes(
        github_issue_restore,
        "Restore issue",
        effect=_UPDATE,
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    writes(
        github_comment,
        "Comment",
        effect=_COMMENT,
        destructive=False,
        idempotent=False,
        scopes=(REPO,),
        brief=True,
    ),
    writes(
        github_comment_delete,
        "Delete comment",
        effect=Effect(effect_class=EffectClass.PROBE),
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
)
