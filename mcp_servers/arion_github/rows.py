"""What GitHub sends, cut down to what the tools return."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from arion_github.api import Verdict
from arion_github.cleaning import prose, visible
from arion_github.listing import part_of
from arion_github.models import (
    CheckRow,
    CommentRow,
    FileRow,
    IssueDetail,
    IssueRow,
    PullDetail,
    PullRow,
    ReviewRow,
)
from arion_github.repo_models import CommitRow, NotificationRow, ReleaseRow, RepoRow, RunRow
from arion_github.wire import (
    ChangedFile,
    Check,
    Comment,
    Commit,
    Issue,
    Pull,
    Release,
    Repo,
    Review,
    Run,
    Thread,
    Written,
)
from arion_kit.paging import cut_text

LONGEST_TITLE = 160
LONGEST_COMMENT = 1_500
LONGEST_PATCH = 2_000
LONGEST_NOTES = 600
MOST_LABELS = 10

PASSED = frozenset({"success", "neutral", "skipped"})

_TRUSTED = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
"""Associations that mean push access, or that somebody with it has vouched for the author."""

_NUMBER = re.compile(r"/(?:issues|pulls)/(\d+)$")


@dataclass(frozen=True)
class Eyes:
    """For whom things are shown: their zone, and whose words they may see."""

    zone: ZoneInfo
    lockdown: bool = False
    login: str = ""

    def hides(self, written: Written) -> bool:
        """Whether what was written stays hidden, because its author may not push."""
        trusted = written.author_association in _TRUSTED or written.author == self.login
        return self.lockdown and not trusted

    def when(self, moment: datetime | None) -> str | None:
        """A moment in the person's zone, to the minute."""
        return moment and moment.astimezone(self.zone).isoformat(timespec="minutes")


def title(text: str) -> str:
    """A title on one line."""
    return visible(text).replace("\n", " ").strip()[:LONGEST_TITLE]


def pull_state(pull: Pull) -> str:
    """open, merged or closed."""
    return "merged" if pull.is_merged else pull.state


def issue_row(issue: Issue, eyes: Eyes) -> IssueRow:
    """An issue in short."""
    return IssueRow(
        number=issue.number,
        title=title(issue.title),
        state=issue.state,
        author=issue.author,
        labels=issue.label_names[:MOST_LABELS],
        assignees=issue.assigned,
        comments=issue.comments,
        updated_at=issue.updated_at.astimezone(eyes.zone).isoformat(timespec="minutes"),
    )


def issue_detail(issue: Issue, eyes: Eyes, offset: int, max_chars: int) -> IssueDetail:
    """An issue with its text, or a part of it."""
    hidden = eyes.hides(issue)
    cut = part_of(prose(issue.body), offset, max_chars)
    return IssueDetail(
        number=issue.number,
        title=title(issue.title),
        state=issue.state,
        state_reason=issue.state_reason,
        author=issue.author,
        labels=issue.label_names,
        assignees=issue.assigned,
        comments=issue.comments,
        created_at=eyes.when(issue.created_at) or "",
        updated_at=eyes.when(issue.updated_at) or "",
        closed_at=eyes.when(issue.closed_at),
        url=issue.html_url,
        body=None if hidden else cut.text,
        next_offset=None if hidden else cut.next_offset,
        hidden=hidden or None,
    )


def comment_row(comment: Comment, eyes: Eyes) -> CommentRow:
    """A comment, cut where it is long."""
    hidden = eyes.hides(comment)
    cut = cut_text(prose(comment.body), 0, LONGEST_COMMENT)
    return CommentRow(
        id=comment.id,
        author=comment.author,
        association=comment.author_association,
        created_at=eyes.when(comment.created_at) or "",
        body=None if hidden else cut.text,
        cut=None if hidden or cut.next_offset is None else True,
        hidden=hidden or None,
        path=comment.path,
        line=comment.line,
    )


def pull_row(pull: Pull, eyes: Eyes) -> PullRow:
    """A pull request in short."""
    return PullRow(
        number=pull.number,
        title=title(pull.title),
        state=pull_state(pull),
        draft=pull.draft or None,
        author=pull.author,
        head=_head(pull),
        base=pull.base.ref,
        labels=pull.label_names[:MOST_LABELS] or None,
        reviewers=[user.login for user in pull.requested_reviewers or ()] or None,
        updated_at=eyes.when(pull.updated_at) or "",
    )


def pull_detail(
    pull: Pull, verdict: Verdict, eyes: Eyes, offset: int, max_chars: int
) -> PullDetail:
    """A pull request with its text, or a part of it."""
    hidden = eyes.hides(pull)
    cut = part_of(prose(pull.body), offset, max_chars)
    states = verdict_states(verdict)
    return PullDetail(
        number=pull.number,
        title=title(pull.title),
        state=pull_state(pull),
        draft=pull.draft or None,
        author=pull.author,
        head=_head(pull),
        base=pull.base.ref,
        head_sha=pull.head.sha,
        labels=pull.label_names,
        assignees=pull.assigned,
        reviewers=[user.login for user in pull.requested_reviewers or ()],
        mergeable=pull.mergeable,
        mergeable_state=pull.mergeable_state,
        commits=pull.commits,
        additions=pull.additions,
        deletions=pull.deletions,
        changed_files=pull.changed_files,
        comments=pull.comments + pull.review_comments,
        created_at=eyes.when(pull.created_at) or "",
        updated_at=eyes.when(pull.updated_at) or "",
        merged_at=eyes.when(pull.merged_at),
        url=pull.html_url,
        checks=None if verdict.checks is None else counted_checks(verdict.checks),
        failed_checks=[it.name for it in failed_checks(verdict.checks or ())] or None,
        approved_by=[who for who, state in states.items() if state == "APPROVED"] or None,
        changes_requested_by=[who for who, state in states.items() if state == "CHANGES_REQUESTED"]
        or None,
        body=None if hidden else cut.text,
        next_offset=None if hidden else cut.next_offset,
        hidden=hidden or None,
    )


def verdict_states(verdict: Verdict) -> dict[str, str]:
    """What each reviewer says by now; a later remark takes nothing back."""
    states: dict[str, str] = {}
    for review in verdict.reviews or ():
        if review.state in ("APPROVED", "CHANGES_REQUESTED", "DISMISSED"):
            states[review.author] = review.state
    return states


def counted_checks(checks: Iterable[Check]) -> dict[str, int]:
    """How many checks have passed, failed, or still run."""
    counts = {"passed": 0, "failed": 0, "running": 0}
    for check in checks:
        running = check.status != "completed"
        counts["running" if running else "passed" if check.conclusion in PASSED else "failed"] += 1
    return counts


def failed_checks(checks: Iterable[Check]) -> list[Check]:
    """The checks that are over and have not passed."""
    return [it for it in checks if it.status == "completed" and it.conclusion not in PASSED]


def file_row(file: ChangedFile, *, hidden: bool, longest: int = LONGEST_PATCH) -> FileRow:
    """A file of a pull request, its patch cut where it is long."""
    cut = cut_text(visible(file.patch), 0, longest)
    return FileRow(
        path=file.filename,
        status=file.status,
        additions=file.additions,
        deletions=file.deletions,
        previous_path=file.previous_filename,
        patch=None if hidden or file.patch is None else cut.text,
        cut=None if hidden or cut.next_offset is None else True,
        hidden=hidden or None,
    )


def review_row(review: Review, eyes: Eyes) -> ReviewRow:
    """A review, cut where it is long."""
    hidden = eyes.hides(review)
    cut = cut_text(prose(review.body), 0, LONGEST_COMMENT)
    return ReviewRow(
        id=review.id,
        author=review.author,
        association=review.author_association,
        state=review.state,
        submitted_at=eyes.when(review.submitted_at),
        body=None if hidden else cut.text or None,
        cut=None if hidden or cut.next_offset is None else True,
        hidden=hidden or None,
    )


def check_row(check: Check) -> CheckRow:
    """A check."""
    return CheckRow(id=check.id, name=check.name, status=check.status, conclusion=check.conclusion)


def repo_row(repo: Repo, eyes: Eyes) -> RepoRow:
    """A repository in short."""
    return RepoRow(
        full_name=repo.full_name,
        owner=repo.owner,
        name=repo.name,
        description=visible(repo.description)[:LONGEST_TITLE] or None,
        private=repo.private,
        language=repo.language,
        stars=repo.stargazers_count,
        open_issues=repo.open_issues_count,
        default_branch=repo.default_branch,
        pushed_at=eyes.when(repo.pushed_at),
    )


def commit_row(commit: Commit, eyes: Eyes) -> CommitRow:
    """A commit; of its message the first line."""
    stamp = commit.commit.author
    name = (stamp.name if stamp else None) or ""
    return CommitRow(
        sha=commit.sha,
        message=title(commit.commit.message.partition("\n")[0]),
        author=commit.author.login if commit.author else name,
        date=eyes.when(stamp.date if stamp else None),
    )


def release_row(release: Release, eyes: Eyes) -> ReleaseRow:
    """A release with the beginning of its notes."""
    return ReleaseRow(
        tag=release.tag_name,
        name=release.name,
        published_at=eyes.when(release.published_at),
        prerelease=release.prerelease or None,
        draft=release.draft or None,
        notes=cut_text(prose(release.body), 0, LONGEST_NOTES).text or None,
        url=release.html_url,
    )


def notification_row(thread: Thread, eyes: Eyes) -> NotificationRow:
    """A notification."""
    number = _NUMBER.search(thread.subject.url or "")
    return NotificationRow(
        id=thread.id,
        owner=thread.repository.owner,
        repo=thread.repository.name,
        type=thread.subject.type,
        number=int(number[1]) if number else None,
        title=title(thread.subject.title),
        reason=thread.reason,
        unread=thread.unread,
        updated_at=eyes.when(thread.updated_at) or "",
    )


def run_row(run: Run, eyes: Eyes) -> RunRow:
    """A run of a workflow."""
    return RunRow(
        id=run.id,
        workflow=run.name or "",
        title=title(run.display_title),
        branch=run.head_branch,
        event=run.event,
        status=run.status or "unknown",
        conclusion=run.conclusion,
        attempt=run.run_attempt if run.run_attempt > 1 else None,
        created_at=eyes.when(run.created_at) or "",
    )


def _head(pull: Pull) -> str:
    """The branch the changes come from; with its owner where that is another one."""
    owner, _, _ = (pull.head.label or "").partition(":")
    home, _, _ = (pull.base.label or "").partition(":")
    return pull.head.label or pull.head.ref if owner != home else pull.head.ref
