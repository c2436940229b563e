"""What the tools return. Times are in the person's zone."""

from __future__ import annotations

from pydantic import BaseModel, JsonValue

from arion_kit.spec import Said


class Me(Said):
    """Who is signed in."""

    login: str
    name: str | None = None
    email: str | None = None
    company: str | None = None
    bio: str | None = None
    url: str | None = None
    public_repos: int
    followers: int


class Hit(BaseModel):
    """Something found; which fields it has depends on the kind."""

    id: str
    """Tells it from everything else that is found."""
    owner: str | None = None
    repo: str | None = None
    number: int | None = None
    title: str | None = None
    state: str | None = None
    author: str | None = None
    labels: list[str] | None = None
    comments: int | None = None
    updated_at: str | None = None
    description: str | None = None
    language: str | None = None
    stars: int | None = None
    private: bool | None = None
    path: str | None = None
    fragments: list[str] | None = None
    type: str | None = None


class Found(Said):
    """What a search found."""

    items: list[Hit]
    total: int
    next_page: int | None = None


class IssueRow(BaseModel):
    """An issue in short."""

    number: int
    title: str
    state: str
    author: str
    labels: list[str]
    assignees: list[str]
    comments: int
    updated_at: str


class IssueList(Said):
    """Issues of a repository."""

    issues: list[IssueRow]
    next_cursor: str | None = None


class IssueDetail(BaseModel):
    """An issue with its text."""

    number: int
    title: str
    state: str
    state_reason: str | None = None
    author: str
    labels: list[str]
    assignees: list[str]
    comments: int
    created_at: str
    updated_at: str
    closed_at: str | None = None
    url: str
    body: str | None = None
    next_offset: int | None = None
    hidden: bool | None = None


class CommentRow(BaseModel):
    """A comment; `path` and `line` where it stands in a file."""

    id: int
    author: str
    association: str
    created_at: str
    body: str | None = None
    cut: bool | None = None
    hidden: bool | None = None
    path: str | None = None
    line: int | None = None


class IssueRead(Said):
    """An issue, or its comments."""

    issue: IssueDetail | None = None
    comments: list[CommentRow] | None = None
    next_cursor: str | None = None


class Made(BaseModel):
    """An issue or pull request that is there now."""

    number: int
    title: str
    url: str
    already_existed: bool
    undo: dict[str, JsonValue] | None = None
    """The values that take it back; none for one that somebody else may have made."""


class WrittenIssue(Said):
    """An issue that is there now."""

    issue: Made


class WrittenPull(Said):
    """A pull request that is there now."""

    pull: Made


class Changed(BaseModel):
    """An issue or pull request after a change."""

    number: int
    title: str
    state: str


class UpdatedIssue(Said):
    """An issue with its new values, and those it had before."""

    issue: Changed
    before: dict[str, JsonValue] | None = None
    """None where it is too long to be handed over, so that it cannot be put back."""


class Placed(BaseModel):
    """A comment or review that is there now."""

    id: int
    url: str
    state: str | None = None
    already_existed: bool
    verdict_id: int | None = None
    """The id again, of a review whose verdict can be taken away."""


class WrittenComment(Said):
    """A comment that is there now."""

    comment: Placed


class Deleted(Said):
    """Something that is not there any more."""

    already_deleted: bool


class DeletedBranch(Deleted):
    """A branch that is not there any more."""

    sha: str | None = None
    """The commit it was at."""


class PullRow(BaseModel):
    """A pull request in short."""

    number: int
    title: str
    state: str
    draft: bool | None = None
    author: str
    head: str
    base: str
    labels: list[str] | None = None
    reviewers: list[str] | None = None
    updated_at: str


class PullList(Said):
    """Pull requests of a repository."""

    pulls: list[PullRow]
    next_cursor: str | None = None


class PullDetail(BaseModel):
    """A pull request with what checks and reviews say."""

    number: int
    title: str
    state: str
    draft: bool | None = None
    author: str
    head: str
    base: str
    head_sha: str
    labels: list[str]
    assignees: list[str]
    reviewers: list[str]
    mergeable: bool | None = None
    mergeable_state: str
    commits: int | None = None
    additions: int | None = None
    deletions: int | None = None
    changed_files: int | None = None
    comments: int
    created_at: str
    updated_at: str
    merged_at: str | None = None
    url: str
    checks: dict[str, int] | None = None
    failed_checks: list[str] | None = None
    approved_by: list[str] | None = None
    changes_requested_by: list[str] | None = None
    body: str | None = None
    next_offset: int | None = None
    hidden: bool | None = None


class FileRow(BaseModel):
    """A file of a pull request."""

    path: str
    status: str
    additions: int
    deletions: int
    previous_path: str | None = None
    patch: str | None = None
    cut: bool | None = None
    hidden: bool | None = None


class ReviewRow(BaseModel):
    """A review."""

    id: int
    author: str
    association: str
    state: str
    submitted_at: str | None = None
    body: str | None = None
    cut: bool | None = None
    hidden: bool | None = None


class CheckRow(BaseModel):
    """A check of a commit."""

    id: int
    name: str
    status: str
    conclusion: str | None = None


class PullRead(Said):
    """A pull request, or one side of it."""

    pull: PullDetail | None = None
    diff: str | None = None
    rows: list[FileRow] | list[ReviewRow] | list[CheckRow] | list[CommentRow] | None = None
    next_offset: int | None = None
    next_cursor: str | None = None
    hidden: bool | None = None


class WrittenReview(Said):
    """A review that is there now."""

    review: Placed


class DismissedReview(Said):
    """A review whose verdict does not count any more."""

    id: int
    state: str
    already_dismissed: bool


class Reviewers(Said):
    """Who is asked for a review now."""

    reviewers: list[str]
    added: list[str]
    removed: list[str]


class MergedPull(Said):
    """A pull request whose changes are in the base branch."""

    number: int
    merged: bool
    sha: str | None = None
    already_merged: bool
