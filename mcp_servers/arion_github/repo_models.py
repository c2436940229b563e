"""What the tools for files, branches, notifications and Actions return."""

from __future__ import annotations

from pydantic import BaseModel

from arion_kit.spec import Said


class RepoRow(BaseModel):
    """A repository in short."""

    full_name: str
    owner: str
    name: str
    description: str | None = None
    private: bool
    language: str | None = None
    stars: int
    open_issues: int
    default_branch: str
    pushed_at: str | None = None


class RepoList(Said):
    """Repositories of the person's."""

    repos: list[RepoRow]
    next_cursor: str | None = None


class EntryRow(BaseModel):
    """A file or folder."""

    name: str
    type: str
    size: int | None = None


class FileAbout(BaseModel):
    """A file, without its text."""

    path: str
    sha: str
    size: int
    binary: bool | None = None
    """It holds no text."""
    cleaned: bool | None = None
    """Invisible characters were taken out of the text, so it is not the exact content."""


class FileText(Said):
    """A file's text, or what is in a folder."""

    file: FileAbout | None = None
    text: str | None = None
    entries: list[EntryRow] | None = None
    next_offset: int | None = None


class WrittenFile(Said):
    """A file as it is now."""

    path: str
    branch: str
    sha: str
    """The name of its content; empty after it was removed."""
    previous_sha: str
    """The name of the content before; empty for a new file."""
    commit: str
    already_existed: bool


class WrittenBranch(Said):
    """A branch that is there now."""

    branch: str
    sha: str
    already_existed: bool
    created_sha: str | None = None
    """The commit it was made at; none if it was there before."""


class CommitRow(BaseModel):
    """A commit in short."""

    sha: str
    message: str
    author: str
    date: str | None = None


class CommitList(Said):
    """Commits, the newest first."""

    commits: list[CommitRow]
    next_cursor: str | None = None


class ReleaseRow(BaseModel):
    """A release."""

    tag: str
    name: str | None = None
    published_at: str | None = None
    prerelease: bool | None = None
    draft: bool | None = None
    notes: str | None = None
    url: str


class ReleaseList(Said):
    """Releases, the newest first."""

    releases: list[ReleaseRow]
    next_cursor: str | None = None


class BranchRow(BaseModel):
    """A branch."""

    name: str
    sha: str
    protected: bool | None = None


class BranchList(Said):
    """Branches."""

    branches: list[BranchRow]
    next_cursor: str | None = None


class NotificationRow(BaseModel):
    """A notification."""

    id: str
    owner: str
    repo: str
    type: str
    number: int | None = None
    title: str
    reason: str
    unread: bool
    updated_at: str


class NotificationList(Said):
    """Notifications, the newest first."""

    notifications: list[NotificationRow]
    next_cursor: str | None = None


class MarkedRead(Said):
    """Notifications that are read now."""

    marked: int | None = None
    """How many, where it is known."""


class RunRow(BaseModel):
    """A run of a workflow."""

    id: int
    workflow: str
    title: str
    branch: str | None = None
    event: str
    status: str
    conclusion: str | None = None
    attempt: int | None = None
    created_at: str


class RunList(Said):
    """Workflow runs, the newest first."""

    runs: list[RunRow]
    next_cursor: str | None = None


class JobLog(Said):
    """The end of a job's log."""

    run_id: int | None = None
    job_id: int
    job: str
    conclusion: str | None = None
    failed_step: str | None = None
    log: str
    lines: int
    """Of the whole log."""
    shown_from: int
    """Line with which `log` begins."""


class RunAction(Said):
    """What was done with workflow runs."""

    action: str
    run_id: int | None = None
    workflow: str | None = None
