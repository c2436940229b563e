"""The tools for pull requests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from arion_github.api import GithubApi, Verdict
from arion_github.changes import Changes
from arion_github.cleaning import visible
from arion_github.issue_tools import comments_said
from arion_github.listing import FRAME, gather, part_of
from arion_github.models import (
    Made,
    MergedPull,
    PullList,
    PullRead,
    WrittenPull,
)
from arion_github.parameters import (
    REPO,
    Body,
    MaxChars,
    Number,
    Offset,
    PerPage,
    State,
    Title,
    eyes_of,
)
from arion_github.rows import (
    check_row,
    comment_row,
    counted_checks,
    failed_checks,
    file_row,
    pull_detail,
    pull_row,
    pull_state,
    review_row,
    verdict_states,
)
from arion_github.say import SPEAKERS, Speaker
from arion_github.spoken import Item, MergeMethod, Obstacle, PullSpoken, name_of, title_of
from arion_github.wire import Pull
from arion_kit.confirm import Preview
from arion_kit.errors import ToolFailure
from arion_kit.spec import Call, Tool, reads, writes
from arion_kit.words import Effect, EffectClass, ErrorKind, Inverse

_ROWS = 30
_FRAME_OF_DETAIL = 3 * FRAME
_TAKE_BACK: dict[str, JsonValue] = {"state": "closed"}

Method = Literal["get", "files", "diff", "reviews", "checks", "comments"]


async def github_list_prs(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    state: State = "open",
    head: str | None = None,
    base: str | None = None,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> PullList:
    """List pull requests, newest first."""
    eyes = await eyes_of(call)
    label = f"{owner}:{head}" if head and ":" not in head else head
    source = call.api.pulls(owner, repo, {"state": state, "head": label, "base": base})
    found = await gather([source], cursor, per_page or 20)
    rows, after = found.shown(lambda it: pull_row(it, eyes), call.max_chars)
    spoken = [Item(row.number, title_of(row.title)) for row in rows]
    say = SPEAKERS[call.language].items("prs", name_of(repo), state, spoken, more=after is not None)
    return PullList(say=say, pulls=rows, next_cursor=after)


async def github_pr_read(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    method: Method | None = None,
    offset: Offset = None,
    cursor: str | None = None,
    max_chars: MaxChars = None,
) -> PullRead:
    """Read a pull request; get has reviews and checks too."""
    room = min(call.max_chars, max_chars or call.max_chars)
    if method in (None, "get"):
        return await _stand(call, owner, repo, number, offset or 0, room)
    if method == "diff":
        return await _diff(call, owner, repo, number, offset or 0, room)
    if method == "checks":
        return await _checks(call, owner, repo, number, room)
    lists = {"files": _files, "reviews": _reviews, "comments": _comments}
    return await lists[method](call, owner, repo, number, cursor, room)


async def github_pr_create(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    title: Title,
    head: Annotated[str, Field(description="Branch, or owner:branch of a fork")],
    base: Annotated[str | None, Field(description="Default the default branch")] = None,
    body: Body = None,
    draft: bool = False,
) -> WrittenPull:
    """Open a pull request."""
    into = base or (await call.api.repo(owner, repo)).default_branch
    fields: dict[str, JsonValue] = {"title": title, "head": head, "base": into, "body": body or ""}
    fields |= {"draft": True} if draft else {}
    made = await Changes(call.api).create_pull(owner, repo, fields)
    say = SPEAKERS[call.language].pull_created(_item(made.thing), existed=made.existed)
    pull = Made(
        number=made.thing.number,
        title=made.thing.title,
        url=made.thing.html_url,
        already_existed=made.existed,
        undo=None if made.existed else _TAKE_BACK,
    )
    return WrittenPull(say=say, pull=pull)


async def github_pr_merge(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    merge_method: MergeMethod = "merge",
) -> MergedPull:
    """Merge a pull request, after asking."""
    speaker, pull = SPEAKERS[call.language], await call.api.pull(owner, repo, number)
    if pull.is_merged:
        return MergedPull(
            say=speaker.merged(_item(pull), pull.base.ref, existed=True),
            number=number,
            merged=True,
            sha=pull.merge_commit_sha,
            already_merged=True,
        )
    _check_mergeable(pull, speaker)
    verdict = await call.api.verdict(owner, repo, pull)
    spoken = _spoken(pull, verdict)
    question = speaker.merge_question(spoken, name_of(repo), name_of(pull.base.ref), merge_method)
    await call.confirm(Preview(question, _preview(owner, repo, pull, verdict, merge_method)))
    done = await Changes(call.api).merge(owner, repo, pull, merge_method)
    return MergedPull(
        say=speaker.merged(_item(pull), name_of(pull.base.ref), existed=False),
        number=number,
        merged=done.merged,
        sha=done.sha,
        already_merged=False,
    )


async def _stand(
    call: Call[GithubApi], owner: str, repo: str, number: int, offset: int, room: int
) -> PullRead:
    eyes, pull = await eyes_of(call), await call.api.pull(owner, repo, number)
    verdict = await call.api.verdict(owner, repo, pull)
    detail = pull_detail(pull, verdict, eyes, offset, max(1, room - _FRAME_OF_DETAIL))
    return PullRead(say=SPEAKERS[call.language].pull(_spoken(pull, verdict)), pull=detail)


async def _diff(
    call: Call[GithubApi], owner: str, repo: str, number: int, offset: int, room: int
) -> PullRead:
    speaker = SPEAKERS[call.language]
    if await _hidden(call, owner, repo, number):
        return PullRead(say=speaker.diff(number, hidden=True, more=False), hidden=True)
    text = visible(await call.api.diff(owner, repo, number))
    cut = part_of(text, offset, max(1, room - FRAME))
    say = speaker.diff(number, hidden=False, more=cut.next_offset is not None)
    return PullRead(say=say, diff=cut.text, next_offset=cut.next_offset)


async def _checks(call: Call[GithubApi], owner: str, repo: str, number: int, room: int) -> PullRead:
    pull = await call.api.pull(owner, repo, number)
    checks = await call.api.checks(owner, repo, pull.head.sha)
    # What has failed is what one wants to see, if not all of it fits.
    failed = failed_checks(checks)
    ordered = [*failed, *(it for it in checks if it not in failed)]
    counts = counted_checks(checks)
    names = [name_of(check.name) for check in failed]
    say = SPEAKERS[call.language].checks(counts["passed"], names, counts["running"])
    return PullRead(say=say, rows=[check_row(it) for it in ordered][: max(1, room // 150)])


async def _files(
    call: Call[GithubApi], owner: str, repo: str, number: int, cursor: str | None, room: int
) -> PullRead:
    hidden = await _hidden(call, owner, repo, number)
    found = await gather([call.api.files(owner, repo, number)], cursor, _ROWS)
    longest = min(2_000, max(200, room // 3))
    rows, after = found.shown(lambda it: file_row(it, hidden=hidden, longest=longest), room)
    added, removed = sum(row.additions for row in rows), sum(row.deletions for row in rows)
    say = SPEAKERS[call.language].files(len(rows), added, removed, more=after is not None)
    return PullRead(say=say, rows=rows, next_cursor=after)


async def _reviews(
    call: Call[GithubApi], owner: str, repo: str, number: int, cursor: str | None, room: int
) -> PullRead:
    eyes = await eyes_of(call)
    found = await gather([call.api.reviews(owner, repo, number)], cursor, _ROWS)
    rows, after = found.shown(lambda it: review_row(it, eyes), room)
    states = list(verdict_states(Verdict(None, found.rows)).values())
    approvals, wanting = states.count("APPROVED"), states.count("CHANGES_REQUESTED")
    say = SPEAKERS[call.language].reviews(approvals, wanting, len(rows))
    return PullRead(say=say, rows=rows, next_cursor=after)


async def _comments(
    call: Call[GithubApi], owner: str, repo: str, number: int, cursor: str | None, room: int
) -> PullRead:
    """The comments below the pull request, then those in its files."""
    eyes = await eyes_of(call)
    lists = [
        call.api.comments(owner, repo, number),
        call.api.inline_comments(owner, repo, number),
    ]
    found = await gather(lists, cursor, _ROWS)
    rows, after = found.shown(lambda it: comment_row(it, eyes), room)
    say = comments_said(SPEAKERS[call.language], rows, more=after is not None)
    return PullRead(say=say, rows=rows, next_cursor=after)


async def _hidden(call: Call[GithubApi], owner: str, repo: str, number: int) -> bool:
    """Whether a pull request's changes stay hidden."""
    if not call.api.lockdown:
        return False
    return (await eyes_of(call)).hides(await call.api.pull(owner, repo, number))


def _check_mergeable(pull: Pull, speaker: Speaker) -> None:
    obstacles: dict[Obstacle, bool] = {
        "closed": pull.state != "open",
        "draft": bool(pull.draft),
        "conflicts": pull.mergeable is False,
    }
    for obstacle, holds in obstacles.items():
        if holds:
            message, next_step = speaker.why_not_mergeable(obstacle)
            raise ToolFailure(ErrorKind.CONFLICT, message, next_step=next_step)


def _preview(
    owner: str, repo: str, pull: Pull, verdict: Verdict, method: MergeMethod
) -> dict[str, JsonValue]:
    return {
        "repository": f"{owner}/{repo}",
        "number": pull.number,
        "title": pull.title[:200],
        "author": pull.author,
        "from": pull.head.label or pull.head.ref,
        "into": pull.base.ref,
        "merge_method": merge_method_name(method),
        "commit": pull.head.sha,
        "changed_files": pull.changed_files,
        "failed_checks": [it.name for it in failed_checks(verdict.checks or ())],
    }


def merge_method_name(method: MergeMethod) -> str:
    """The method as GitHub's own button says it."""
    return {"merge": "merge commit", "squash": "squash and merge", "rebase": "rebase and merge"}[
        method
    ]


def _spoken(pull: Pull, verdict: Verdict) -> PullSpoken:
    states = list(verdict_states(verdict).values())
    counts = counted_checks(verdict.checks or ())
    return PullSpoken(
        item=_item(pull),
        state=pull_state(pull),
        draft=bool(pull.draft),
        conflicts=pull.mergeable is False,
        checks=(counts["passed"], counts["failed"], counts["running"]) if verdict.checks else None,
        approvals=states.count("APPROVED"),
        changes_requested=states.count("CHANGES_REQUESTED"),
    )


def _item(pull: Pull) -> Item:
    return Item(pull.number, title_of(pull.title))


_CREATE = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_issue_restore",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "number": "result.pull.number",
            "values": "result.pull.undo",
        },
    ),
)
_MERGE = Effect(effect_class=EffectClass.PROBE, previews=True)

TOOLS: tuple[Tool, ...] = (
    reads(
        github_list_prs,
        "List pull requests",
        open_world=False,
        scopes=(REPO,),
        untrusted=True,
        brief=True,
    ),
    reads(
        github_pr_read,
        "Read pull request",
        open_world=False,
        scopes=(REPO,),
        untrusted=True,
        brief=True,
    ),
    writes(
        github_pr_create,
        "Open pull request",
        effect=_CREATE,
        destructive=False,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    writes(
        github_pr_merge,
        "Merge pull request",
        effect=_MERGE,
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        asks=True,
        brief=True,
    ),
)
