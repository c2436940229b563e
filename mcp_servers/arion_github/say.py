"""The spoken sentences of the tools, by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from arion_github import say_en, say_ko
from arion_github.spoken import (
    Item,
    Kind,
    MergeMethod,
    Obstacle,
    PullSpoken,
    RunAct,
    RunSpoken,
    ThreadSpoken,
)
from arion_kit.words import Language


class Speaker(Protocol):
    """One language's sentences. Names and titles come fit to be said."""

    def me(self, name: str) -> str:
        """Who is signed in."""
        ...

    def repos(self, names: Sequence[str], *, more: bool) -> str:
        """The person's repositories."""
        ...

    def found(self, kind: Kind, names: Sequence[str], total: int) -> str:
        """What a search found."""
        ...

    def items(self, kind: Kind, repo: str, state: str, rows: Sequence[Item], *, more: bool) -> str:
        """Issues or pull requests of a repository."""
        ...

    def issue(self, item: Item, state: str, author: str, beginning: str | None) -> str:
        """An issue; `beginning` is None where its text is hidden."""
        ...

    def comments(self, count: int, author: str, last: str | None, *, more: bool) -> str:
        """Comments; the last one's author and text."""
        ...

    def pull(self, pull: PullSpoken) -> str:
        """How a pull request stands."""
        ...

    def files(self, count: int, additions: int, deletions: int, *, more: bool) -> str:
        """What a pull request changes."""
        ...

    def diff(self, number: int, *, hidden: bool, more: bool) -> str:
        """A pull request's changes are shown."""
        ...

    def reviews(self, approvals: int, changes_requested: int, total: int) -> str:
        """What the reviews say."""
        ...

    def checks(self, passed: int, failed: Sequence[str], running: int) -> str:
        """What the checks say."""
        ...

    def file(self, name: str, lines: int | None, *, more: bool, beginning: str = "") -> str:
        """A file; `lines` is None where it holds no text, `beginning` is for what is prose."""
        ...

    def folder(self, name: str, count: int) -> str:
        """A folder; without a name the repository's own."""
        ...

    def commits(self, repo: str, messages: Sequence[str], *, more: bool) -> str:
        """The latest commits."""
        ...

    def releases(self, repo: str, names: Sequence[str]) -> str:
        """The latest release."""
        ...

    def branches(self, repo: str, names: Sequence[str], *, more: bool) -> str:
        """The branches."""
        ...

    def notifications(self, rows: Sequence[ThreadSpoken], *, unread: bool, more: bool) -> str:
        """The notifications, all or those not read."""
        ...

    def runs(self, repo: str, rows: Sequence[RunSpoken], *, more: bool) -> str:
        """The latest workflow runs."""
        ...

    def log(self, job: str, step: str, result: str, line: str) -> str:
        """How a job ended; `line` tells the error, if one was found."""
        ...

    def no_failure(self, repo: str) -> tuple[str, str]:
        """There is no failed run to show, and what to do."""
        ...

    def nothing_runs(self, repo: str) -> tuple[str, str]:
        """There is no run to stop, and what to do."""
        ...

    def no_jobs(self) -> tuple[str, str]:
        """A run has not started, and what to do."""
        ...

    def why_not_mergeable(self, reason: Obstacle) -> tuple[str, str]:
        """Why a pull request cannot be merged, and what to do."""
        ...

    def run_is_over(self, *, over: bool) -> tuple[str, str]:
        """Why a run cannot be stopped, or run again, and what to do."""
        ...

    def issue_created(self, repo: str, item: Item, *, existed: bool) -> str:
        """An issue is there now."""
        ...

    def issue_updated(self, item: Item, state: str | None) -> str:
        """An issue has other values; `state` is its new one, if that has changed."""
        ...

    def commented(self, number: int, *, existed: bool) -> str:
        """A comment is there now."""
        ...

    def comment_deleted(self, *, existed: bool) -> str:
        """A comment is gone."""
        ...

    def pull_created(self, item: Item, *, existed: bool) -> str:
        """A pull request is there now."""
        ...

    def reviewed(self, number: int, event: str, *, existed: bool) -> str:
        """A review is there now."""
        ...

    def review_dismissed(self, number: int, *, existed: bool) -> str:
        """A review does not count any more."""
        ...

    def reviewers(self, number: int, names: Sequence[str]) -> str:
        """Who is asked for a review now."""
        ...

    def merge_question(self, pull: PullSpoken, repo: str, base: str, method: MergeMethod) -> str:
        """Whether to merge, into what and how."""
        ...

    def merged(self, item: Item, base: str, *, existed: bool) -> str:
        """A pull request is merged."""
        ...

    def file_written(self, name: str, branch: str, *, existed: bool, gone: bool) -> str:
        """A file has its new content, or is gone."""
        ...

    def branch_created(self, name: str, *, existed: bool) -> str:
        """A branch is there now."""
        ...

    def branch_deleted(self, name: str, *, existed: bool) -> str:
        """A branch is gone."""
        ...

    def marked_read(self, count: int | None) -> str:
        """Notifications are read; None where nobody counts them."""
        ...

    def run_question(self, action: RunAct, name: str, repo: str, ref: str) -> str:
        """Whether to run, run again or stop; on which branch or tag."""
        ...

    def run_done(self, action: RunAct, name: str) -> str:
        """It was asked for."""
        ...


SPEAKERS: Mapping[Language, Speaker] = {"ko": say_ko, "en": say_en}
