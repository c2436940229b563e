"""The tools for files, branches, commits and releases."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from arion_github.api import GithubApi, decoded
from arion_github.changes import Changes, FileChange
from arion_github.cleaning import prose, text_of, visible
from arion_github.listing import FRAME, gather, part_of
from arion_github.models import DeletedBranch
from arion_github.parameters import REPO, Offset, PerPage, Since, as_utc, eyes_of
from arion_github.repo_models import (
    BranchList,
    BranchRow,
    CommitList,
    EntryRow,
    FileAbout,
    FileText,
    ReleaseList,
    WrittenBranch,
    WrittenFile,
)
from arion_github.rows import commit_row, release_row
from arion_github.say import SPEAKERS
from arion_github.spoken import SPOKEN_TEXT, name_of, title_of
from arion_github.wire import Entry, Saved
from arion_kit.errors import BadInput
from arion_kit.paging import rows_that_fit
from arion_kit.spec import Call, Tool, reads, writes
from arion_kit.speech import speakable
from arion_kit.words import Effect, EffectClass, Inverse

_PROSE = (".md", ".markdown", ".txt", ".rst", ".adoc")
_SHA = re.compile("[0-9a-f]{40}")
_BAD_BRANCH = re.compile(r"\.\.|[\s~^:?*\[\\\x00-\x1f\x7f]|^[/.-]|[/.]$|//|\.lock$|@\{")

FilePath = Annotated[str, Field(min_length=1, max_length=1_000)]
BranchName = Annotated[str, Field(min_length=1, max_length=200)]
Message = Annotated[str, Field(min_length=1, max_length=10_000)]


async def github_file_read(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    path: str | None = None,
    ref: str | None = None,
    offset: Offset = None,
) -> FileText:
    """Read a file, or list a folder."""
    found, start = await call.api.content(owner, repo, path or "", ref), offset or 0
    speaker = SPEAKERS[call.language]
    if isinstance(found, list):
        rows = [_entry_row(it) for it in found][start:]
        shown = rows[: rows_that_fit(rows, call.max_chars - FRAME)]
        after = start + len(shown) if len(shown) < len(rows) else None
        say = speaker.folder(_name(path or ""), len(found))
        return FileText(say=say, entries=shown, next_offset=after)
    content = decoded(found.content)
    if found.encoding != "base64" and found.type == "file":
        content = await call.api.raw(owner, repo, found.path, ref)
    text = text_of(content or b"")
    about = FileAbout(path=found.path, sha=found.sha, size=found.size)
    if text is None:
        say = speaker.file(_name(found.path), None, more=False)
        return FileText(say=say, file=about.model_copy(update={"binary": True}))
    clean = visible(text)
    cut = part_of(clean, start, call.max_chars - FRAME)
    lines, more = cut.text.rstrip("\n").count("\n") + 1, cut.next_offset is not None
    is_prose = found.path.lower().endswith(_PROSE) and not start
    beginning = speakable(prose(cut.text), SPOKEN_TEXT) if is_prose else ""
    exact = clean == text.replace("\r\n", "\n")
    return FileText(
        say=speaker.file(_name(found.path), lines, more=more, beginning=beginning),
        file=about if exact else about.model_copy(update={"cleaned": True}),
        text=cut.text,
        next_offset=cut.next_offset,
    )


async def github_file_write(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    path: FilePath,
    content: str,
    message: Message,
    branch: Annotated[str | None, Field(description="Default the default branch")] = None,
    sha: Annotated[str | None, Field(description="Of the version it replaces")] = None,
) -> WrittenFile:
    """Create or replace a text file, as one commit."""
    target = branch or (await call.api.repo(owner, repo)).default_branch
    change = FileChange(path, content.encode(), message, target, sha or None)
    saved, previous = await Changes(call.api).write_file(owner, repo, change)
    return _written(call, path, target, saved, previous)


async def github_file_restore(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    path: FilePath,
    branch: BranchName,
    sha: Annotated[str, Field(description="As the file is now")],
    previous_sha: Annotated[str, Field(description="As it was; empty removes it")],
    message: Message = "Restore the previous version",
) -> WrittenFile:
    """Put a file back to an earlier version, as one commit."""
    change = FileChange(path, b"", message, branch, sha or None)
    saved, previous = await Changes(call.api).restore_file(owner, repo, change, previous_sha)
    return _written(call, path, branch, saved, previous, removing=not previous_sha)


async def github_branch_create(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    branch: BranchName,
    from_ref: Annotated[
        str | None, Field(description="Branch or full commit sha; default the default branch")
    ] = None,
) -> WrittenBranch:
    """Create a branch."""
    if _BAD_BRANCH.search(branch):
        raise BadInput("branch", f"{branch[:60]!r} is no name for a branch")
    source = from_ref or (await call.api.repo(owner, repo)).default_branch
    is_sha = _SHA.fullmatch(source) is not None
    sha = source if is_sha else await call.api.head(owner, repo, source)
    made = await Changes(call.api).create_branch(owner, repo, branch, sha)
    return WrittenBranch(
        say=SPEAKERS[call.language].branch_created(name_of(branch), existed=made.existed),
        branch=branch,
        sha=sha,
        already_existed=made.existed,
        created_sha=None if made.existed else sha,
    )


async def github_branch_delete(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    branch: BranchName,
    sha: Annotated[str | None, Field(description="Only if it is still at this commit")] = None,
) -> DeletedBranch:
    """Delete a branch."""
    existed, head = await Changes(call.api).delete_branch(owner, repo, branch, sha)
    say = SPEAKERS[call.language].branch_deleted(name_of(branch), existed=existed)
    return DeletedBranch(say=say, already_deleted=not existed, sha=head)


async def github_list_branches(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> BranchList:
    """List branches."""
    found = await gather([call.api.branches(owner, repo)], cursor, per_page or 30)
    rows, after = found.shown(
        lambda it: BranchRow(name=it.name, sha=it.commit.sha, protected=it.protected or None),
        call.max_chars,
    )
    names = [name_of(row.name) for row in rows]
    say = SPEAKERS[call.language].branches(name_of(repo), names, more=after is not None)
    return BranchList(say=say, branches=rows, next_cursor=after)


async def github_list_commits(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    ref: str | None = None,
    path: str | None = None,
    author: str | None = None,
    since: Since = None,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> CommitList:
    """List commits, newest first."""
    eyes = await eyes_of(call)
    params = {"sha": ref, "path": path, "author": author, "since": as_utc(since, call.timezone)}
    found = await gather([call.api.commits(owner, repo, params)], cursor, per_page or 20)
    rows, after = found.shown(lambda it: commit_row(it, eyes), call.max_chars)
    messages = [title_of(row.message) for row in rows]
    say = SPEAKERS[call.language].commits(name_of(repo), messages, more=after is not None)
    return CommitList(say=say, commits=rows, next_cursor=after)


async def github_list_releases(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> ReleaseList:
    """List releases, newest first."""
    eyes = await eyes_of(call)
    found = await gather([call.api.releases(owner, repo)], cursor, per_page or 10)
    rows, after = found.shown(lambda it: release_row(it, eyes), call.max_chars)
    names = [name_of(row.name or row.tag) for row in rows]
    say = SPEAKERS[call.language].releases(name_of(repo), names)
    return ReleaseList(say=say, releases=rows, next_cursor=after)


def _written(
    call: Call[GithubApi],
    path: str,
    branch: str,
    saved: Saved,
    previous: str,
    *,
    removing: bool = False,
) -> WrittenFile:
    existed = not saved.commit.sha
    say = SPEAKERS[call.language].file_written(
        _name(path), name_of(branch), existed=existed and not removing, gone=removing
    )
    return WrittenFile(
        say=say,
        path=path,
        branch=branch,
        sha=saved.content.sha if saved.content else "",
        previous_sha=previous,
        commit=saved.commit.sha,
        already_existed=existed,
    )


def _entry_row(entry: Entry) -> EntryRow:
    return EntryRow(name=entry.name, type=entry.type, size=entry.size or None)


def _name(path: str) -> str:
    return name_of(path.rstrip("/").rpartition("/")[2])


_FILE = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_file_restore",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "path": "arguments.path",
            "branch": "result.branch",
            "sha": "result.sha",
            "previous_sha": "result.previous_sha",
        },
    ),
)
_BRANCH = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_branch_delete",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "branch": "arguments.branch",
            "sha": "result.created_sha",
        },
    ),
)
_NO_BRANCH = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_branch_create",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "branch": "arguments.branch",
            "from_ref": "result.sha",
        },
    ),
)

TOOLS: tuple[Tool, ...] = (
    reads(
        github_file_read, "Read file", open_world=False, scopes=(REPO,), untrusted=True, brief=True
    ),
    writes(
        github_file_write,
        "Write file",
        effect=_FILE,
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    writes(
        github_file_restore,
        "Restore file",
        effect=_FILE,
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    writes(
        github_branch_create,
        "Create branch",
        effect=_BRANCH,
        destructive=False,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    writes(
        github_branch_delete,
        "Delete branch",
        effect=_NO_BRANCH,
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    reads(
        github_list_branches,
        "List branches",
        open_world=False,
        untrusted=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    reads(
        github_list_commits,
        "List commits",
        open_world=False,
        scopes=(REPO,),
        toolset="extra",
        untrusted=True,
        brief=True,
    ),
    reads(
        github_list_releases,
        "List releases",
        open_world=False,
        scopes=(REPO,),
        toolset="extra",
        untrusted=True,
        brief=True,
    ),
)
