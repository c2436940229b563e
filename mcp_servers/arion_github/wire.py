"""What GitHub sends, as far as this server reads it.

Source: GitHub's OpenAPI description of the REST API, version 2022-11-28.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True)


def _name_of(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


class User(_Wire):
    """A person, an organization or a bot."""

    login: str
    type: str = "User"
    name: str | None = None
    email: str | None = None
    company: str | None = None
    bio: str | None = None
    html_url: str = ""
    public_repos: int = 0
    followers: int = 0


class Label(_Wire):
    """A label; some answers give its name alone."""

    name: str | None = None


AnyLabel = Annotated[Label, BeforeValidator(_name_of)]


class PullLink(_Wire):
    """Says that an issue is a pull request."""

    merged_at: AwareDatetime | None = None


class Written(_Wire):
    """Something that somebody wrote; an account that is gone has left no user."""

    user: User | None = None
    author_association: str = "NONE"
    body: str | None = None

    @property
    def author(self) -> str:
        """The author's login; `ghost` is GitHub's name for one that is gone."""
        return self.user.login if self.user else "ghost"


class Issue(Written):
    """An issue, or a pull request seen as one."""

    number: int
    title: str = ""
    state: str = "open"
    state_reason: str | None = None
    labels: tuple[AnyLabel, ...] = ()
    assignees: tuple[User, ...] | None = ()
    comments: int = 0
    draft: bool | None = None
    html_url: str = ""
    repository_url: str = ""
    created_at: AwareDatetime
    updated_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    pull_request: PullLink | None = None

    @property
    def label_names(self) -> list[str]:
        """The labels by name."""
        return [label.name for label in self.labels if label.name]

    @property
    def assigned(self) -> list[str]:
        """The logins of those it is assigned to."""
        return [user.login for user in self.assignees or ()]


class Comment(Written):
    """A comment on an issue or pull request; `path` and `line` where it stands in a file."""

    id: int
    html_url: str = ""
    created_at: AwareDatetime
    path: str | None = None
    line: int | None = None


class End(_Wire):
    """One end of a pull request: a branch at a commit."""

    label: str | None = None
    ref: str
    sha: str


class Pull(Issue):
    """A pull request. What follows `merged` is sent for a single one only."""

    head: End
    base: End
    merged_at: AwareDatetime | None = None
    requested_reviewers: tuple[User, ...] | None = ()
    merged: bool | None = None
    mergeable: bool | None = None
    mergeable_state: str = "unknown"
    merge_commit_sha: str | None = None
    review_comments: int = 0
    commits: int | None = None
    additions: int | None = None
    deletions: int | None = None
    changed_files: int | None = None

    @property
    def is_merged(self) -> bool:
        """Whether its changes are in the base branch."""
        return bool(self.merged) or self.merged_at is not None


class Review(Written):
    """A review of a pull request."""

    id: int
    state: str
    html_url: str = ""
    submitted_at: AwareDatetime | None = None


class ChangedFile(_Wire):
    """A file of a pull request; a large or binary one has no patch."""

    filename: str
    status: str
    additions: int = 0
    deletions: int = 0
    patch: str | None = None
    previous_filename: str | None = None


class Check(_Wire):
    """A check of a commit."""

    id: int = 0
    name: str
    status: str
    conclusion: str | None = None


class Status(_Wire):
    """A check of the older kind."""

    context: str = "status"
    state: str


class Repo(_Wire):
    """A repository."""

    name: str
    full_name: str
    private: bool = False
    description: str | None = None
    language: str | None = None
    default_branch: str = "main"
    stargazers_count: int = 0
    open_issues_count: int = 0
    archived: bool = False
    pushed_at: AwareDatetime | None = None
    html_url: str = ""

    @property
    def owner(self) -> str:
        """The owner's login."""
        return self.full_name.partition("/")[0]


class Match(_Wire):
    """A piece of a file in which a search found something."""

    fragment: str = ""


class CodeHit(_Wire):
    """A file that a search found."""

    path: str
    repository: Repo
    text_matches: tuple[Match, ...] = ()


class Entry(_Wire):
    """A file or folder. Only a single file has its content."""

    name: str
    path: str
    type: str
    sha: str
    size: int = 0
    content: str | None = None
    encoding: str | None = None


class Blob(_Wire):
    """A file's content by its own name."""

    sha: str
    content: str
    encoding: str = "base64"


class Stamp(_Wire):
    """Who made a commit, and when."""

    name: str | None = None
    date: AwareDatetime | None = None


class CommitText(_Wire):
    """What a commit says."""

    message: str = ""
    author: Stamp | None = None


class Commit(_Wire):
    """A commit."""

    sha: str
    commit: CommitText = CommitText()
    author: User | None = None


class Pointer(_Wire):
    """What a ref points to."""

    sha: str


class Saved(_Wire):
    """What writing a file made: its new state (none after a removal) and the commit."""

    content: Entry | None = None
    commit: Pointer


class Ref(_Wire):
    """A branch as Git names it."""

    ref: str
    object: Pointer


class Branch(_Wire):
    """A branch."""

    name: str
    commit: Pointer
    protected: bool = False


class Release(_Wire):
    """A release."""

    tag_name: str
    name: str | None = None
    body: str | None = None
    draft: bool = False
    prerelease: bool = False
    published_at: AwareDatetime | None = None
    html_url: str = ""


class Subject(_Wire):
    """What a notification is about."""

    title: str
    type: str
    url: str | None = None


class Thread(_Wire):
    """A notification."""

    id: str
    unread: bool
    reason: str
    updated_at: AwareDatetime
    subject: Subject
    repository: Repo


class Run(_Wire):
    """A run of a workflow."""

    id: int
    name: str | None = None
    display_title: str = ""
    head_branch: str | None = None
    head_sha: str = ""
    event: str = ""
    status: str | None = None
    conclusion: str | None = None
    run_number: int = 0
    run_attempt: int = 1
    created_at: AwareDatetime
    html_url: str = ""


class Workflow(_Wire):
    """A workflow."""

    id: int
    name: str = ""
    path: str = ""
    state: str = "active"


class Step(_Wire):
    """A step of a job."""

    name: str
    conclusion: str | None = None


class Job(_Wire):
    """A job of a run."""

    id: int
    run_id: int
    name: str
    status: str
    conclusion: str | None = None
    steps: tuple[Step, ...] | None = ()


class Merged(_Wire):
    """What became of a merge."""

    sha: str | None = None
    merged: bool = False
    message: str = ""
