"""What the tools say in English. Pure; ids and addresses are never said."""

from __future__ import annotations

from collections.abc import Sequence

from arion_github.spoken import (
    Item,
    Kind,
    MergeMethod,
    Obstacle,
    PullSpoken,
    RunAct,
    RunSpoken,
    ThreadSpoken,
    spoken_part,
)
from arion_kit.speech import join_spoken, number_word

_KINDS: dict[Kind, tuple[str, str]] = {
    "issues": ("issue", "issues"),
    "prs": ("pull request", "pull requests"),
    "code": ("file", "files"),
    "repos": ("repository", "repositories"),
    "users": ("user", "users"),
}
_METHODS = {"merge": "", "squash": " as one commit", "rebase": " by rebasing"}
_STATES = {"open": "open ", "closed": "closed ", "all": ""}
_REASONS = {
    "assign": "you were assigned",
    "author": "news on your thread",
    "comment": "a comment",
    "ci_activity": "a workflow result",
    "mention": "a mention",
    "team_mention": "a team mention",
    "review_requested": "a review request",
    "state_change": "a state change",
    "subscribed": "an update",
    "security_alert": "a security alert",
}
_RESULTS = {
    "success": "succeeded",
    "failure": "failed",
    "cancelled": "was cancelled",
    "running": "is still running",
}


def me(name: str) -> str:
    """Who is signed in."""
    return f"You're signed in to GitHub as {name}."


def repos(names: Sequence[str], *, more: bool) -> str:
    """The person's repositories."""
    if not names:
        return "I found no such repository."
    count = _count(len(names), "repository", "repositories", more=more)
    return _listed(f"You have {count}", names, more=more)


def found(kind: Kind, names: Sequence[str], total: int) -> str:
    """What a search found."""
    if not names:
        return f"I found no such {_KINDS[kind][0]}."
    count = _count(total, *_KINDS[kind])
    return _listed(f"I found {count}", names, more=total > len(names))


def items(kind: Kind, repo: str, state: str, rows: Sequence[Item], *, more: bool) -> str:
    """Issues or pull requests of a repository."""
    one, several = (f"{_STATES.get(state, '')}{noun}" for noun in _KINDS[kind])
    if not rows:
        return f"{repo} has no {several}."
    count = _count(len(rows), one, several, more=more)
    return _listed(f"{repo} has {count}", [_item(row) for row in rows], more=more)


def issue(item: Item, state: str, author: str, beginning: str | None) -> str:
    """An issue; `beginning` is None where its text is hidden."""
    told = f"Issue {item.number}, '{item.title}', by {author}, is {state}."
    if beginning is None:
        return f"{told} Its text is hidden, because its author has no push access."
    return f"{told} {beginning or 'It has no text.'}"


def comments(count: int, author: str, last: str | None, *, more: bool) -> str:
    """Comments; the last one's author and text."""
    if not count:
        return "There are no comments."
    told = f"There {_are(count)} {_count(count, 'comment', 'comments', more=more)}."
    if last is None:
        return f"{told} Those of people without push access are hidden."
    which = "The last of these" if more else "The last"
    return f"{told} {which}, by {author}: '{last}'." if last else told


def pull(pull: PullSpoken) -> str:
    """How a pull request stands."""
    head = f"Pull request {pull.item.number}, '{pull.item.title}',"
    if pull.state == "merged":
        return f"{head} is already merged."
    if pull.state == "closed":
        return f"{head} was closed without merging."
    parts = [f"{head} is {'still a draft' if pull.draft else 'open'}."]
    if pull.conflicts:
        parts.append("It has conflicts, so it can't be merged now.")
    if pull.changes_requested:
        parts.append("A review asks for changes.")
    elif pull.approvals:
        parts.append(f"It has {_count(pull.approvals, 'approval', 'approvals')}.")
    if pull.checks:
        parts.append(_check_words(*pull.checks))
    return " ".join(part for part in parts if part)


def files(count: int, additions: int, deletions: int, *, more: bool) -> str:
    """What a pull request changes."""
    if not count:
        return "No files are changed."
    told = _count(count, "file", "files", more=more)
    lines = f"{additions} lines added and {deletions} removed"
    verb = "is" if count == 1 and not more else "are"
    return f"{told[:1].upper()}{told[1:]} {verb} changed, with {lines}."


def diff(number: int, *, hidden: bool, more: bool) -> str:
    """A pull request's changes are shown."""
    if hidden:
        return f"The changes of pull request {number} are hidden: its author has no push access."
    told = f"These are the changes of pull request {number}."
    return f"{told} There is more." if more else told


def reviews(approvals: int, changes_requested: int, total: int) -> str:
    """What the reviews say."""
    if not total:
        return "There are no reviews yet."
    parts: list[str] = []
    if approvals:
        parts.append(f"{_people(approvals)} approved it.")
    if changes_requested:
        parts.append(f"{_people(changes_requested)} asked for changes.")
    count = _count(total, "review", "reviews")
    return " ".join(parts) or f"There {_are(total)} {count}, but no approval yet."


def checks(passed: int, failed: Sequence[str], running: int) -> str:
    """What the checks say."""
    told = _check_words(passed, len(failed), running) or "There are no checks."
    if failed:
        told = f"{told[:-1]}: {join_spoken(spoken_part(failed, more=False), 'en')}."
    return told


def file(name: str, lines: int | None, *, more: bool, beginning: str = "") -> str:
    """A file; `lines` is None where it holds no text, `beginning` is for what is prose."""
    if lines is None:
        return f"{name} holds no text, so I can't show it."
    if beginning:
        return f"{name} begins like this. {beginning}"
    told = f"This is {name}"
    return f"{told}, its first {lines} lines. There is more." if more else f"{told}, {lines} lines."


def folder(name: str, count: int) -> str:
    """A folder; without a name the repository's own."""
    place = name or "the repository"
    return f"There {_are(count)} {_count(count, 'entry', 'entries')} in {place}."


def commits(repo: str, messages: Sequence[str], *, more: bool) -> str:
    """The latest commits."""
    if not messages:
        return f"{repo} has no such commits."
    return _listed(f"The latest commits of {repo}", [f"'{it}'" for it in messages], more=more)


def releases(repo: str, names: Sequence[str]) -> str:
    """The latest release."""
    if not names:
        return f"{repo} has no releases yet."
    return f"The latest release of {repo} is {names[0]}."


def branches(repo: str, names: Sequence[str], *, more: bool) -> str:
    """The branches."""
    if not names:
        return f"{repo} has no branches."
    count = _count(len(names), "branch", "branches", more=more)
    return _listed(f"{repo} has {count}", names, more=more)


def notifications(rows: Sequence[ThreadSpoken], *, unread: bool, more: bool) -> str:
    """The notifications, all or those not read."""
    kind = "unread notification" if unread else "notification"
    if not rows:
        return f"You have no {kind}s on GitHub."
    named = [f"{_REASONS.get(row.reason, 'news')} in {row.repo}, '{row.title}'" for row in rows]
    count = _count(len(rows), kind, f"{kind}s", more=more)
    return _listed(f"You have {count} on GitHub", named, more=more)


def runs(repo: str, rows: Sequence[RunSpoken], *, more: bool) -> str:
    """The latest workflow runs."""
    if not rows:
        return f"{repo} has no such workflow runs."
    latest = rows[0]
    title = "" if latest.title == latest.workflow else f", '{latest.title}',"
    told = f"The latest {latest.workflow} run of {repo}{title}"
    said = f"{told} {_RESULTS.get(latest.result, 'is over')}."
    failed = sum(row.result == "failure" for row in rows[1:])
    if not failed:
        return said
    verb = "run" if failed == 1 else "runs"
    return f"{said} Before it, {number_word(failed)} {verb} failed."


def log(job: str, step: str, result: str, line: str) -> str:
    """How a job ended; `line` tells the error, if one was found."""
    where = f" at the step '{step}'" if step else ""
    told = f"The job {job} {_RESULTS.get(result, 'is over')}{where}."
    return f"{told} The log says: '{line}'." if line else told


def no_failure(repo: str) -> tuple[str, str]:
    """There is no failed run to show, and what to do."""
    return f"{repo} has no failed workflow runs.", "For another run, ask for the list of runs."


def nothing_runs(repo: str) -> tuple[str, str]:
    """There is no run to stop, and what to do."""
    return f"Nothing is running in {repo}.", "There is nothing left to do."


def no_jobs() -> tuple[str, str]:
    """A run has not started, and what to do."""
    return "The run has not started, so it has no log yet.", "Please try again in a moment."


def why_not_mergeable(reason: Obstacle) -> tuple[str, str]:
    """Why a pull request cannot be merged, and what to do."""
    return {
        "closed": ("It is closed, so it can't be merged.", "Reopen it first."),
        "draft": ("It is still a draft.", "Mark it as ready for review on GitHub first."),
        "conflicts": ("It has conflicts, so it can't be merged.", "Resolve them first."),
    }[reason]


def run_is_over(*, over: bool) -> tuple[str, str]:
    """Why a run cannot be stopped, or run again, and what to do."""
    if over:
        return "The run is already over.", "To run it again, ask for a rerun."
    return "The run is still going.", "Wait until it is over, or cancel it first."


def issue_created(repo: str, item: Item, *, existed: bool) -> str:
    """An issue is there now."""
    if existed:
        return f"Issue {item.number}, '{item.title}', was already created in {repo}."
    return f"Created issue {item.number}, '{item.title}', in {repo}."


def issue_updated(item: Item, state: str | None) -> str:
    """An issue has other values; `state` is its new one, if that has changed."""
    verb = {"closed": "Closed", "open": "Reopened"}.get(state or "", "Updated")
    return f"{verb} number {item.number}, '{item.title}'."


def commented(number: int, *, existed: bool) -> str:
    """A comment is there now."""
    return f"The comment on number {number} is {'already ' if existed else ''}there."


def comment_deleted(*, existed: bool) -> str:
    """A comment is gone."""
    return "Deleted the comment." if existed else "The comment was already deleted."


def pull_created(item: Item, *, existed: bool) -> str:
    """A pull request is there now."""
    if existed:
        return f"There is one for these branches already: {_item(item)}."
    return f"Created pull request {item.number}, '{item.title}'."


def reviewed(number: int, event: str, *, existed: bool) -> str:
    """A review is there now."""
    verb = {"APPROVE": "approved", "REQUEST_CHANGES": "asked for changes on"}.get(event, "reviewed")
    return f"You have {'already ' if existed else ''}{verb} pull request {number}."


def review_dismissed(number: int, *, existed: bool) -> str:
    """A review does not count any more."""
    return f"The review of pull request {number} is {'already ' if existed else ''}dismissed."


def reviewers(number: int, names: Sequence[str]) -> str:
    """Who is asked for a review now."""
    if not names:
        return f"Nobody is asked to review pull request {number} any more."
    people = join_spoken(spoken_part(names, more=False), "en")
    verb = "is" if len(names) == 1 else "are"
    return f"{people} {verb} asked to review pull request {number}."


def merge_question(pull: PullSpoken, repo: str, base: str, method: MergeMethod) -> str:
    """Whether to merge, into what and how."""
    what = f"pull request {pull.item.number} of {repo}, '{pull.item.title}',"
    question = f"merge {what} into {base}{_METHODS[method]}?"
    if pull.checks and pull.checks[1]:
        return f"{_check_words(*pull.checks)} Still {question}"
    if pull.changes_requested:
        return f"A review asks for changes. Still {question}"
    return f"Shall I {question}"


def merged(item: Item, base: str, *, existed: bool) -> str:
    """A pull request is merged."""
    if existed:
        return f"Pull request {item.number} is already merged."
    return f"Merged pull request {item.number}, '{item.title}', into {base}."


def file_written(name: str, branch: str, *, existed: bool, gone: bool) -> str:
    """A file has its new content, or is gone."""
    if gone:
        return f"Removed {name} from the branch {branch}."
    return f"{name} already has this content." if existed else f"Saved {name} on {branch}."


def branch_created(name: str, *, existed: bool) -> str:
    """A branch is there now."""
    return f"The branch {name} already exists." if existed else f"Created the branch {name}."


def branch_deleted(name: str, *, existed: bool) -> str:
    """A branch is gone."""
    return f"Deleted the branch {name}." if existed else f"There is no branch {name} any more."


def marked_read(count: int | None) -> str:
    """Notifications are read; None where nobody counts them."""
    if count == 0:
        return "It was read already."
    return "Marked all as read." if count is None else "Marked it as read."


def run_question(action: RunAct, name: str, repo: str, ref: str) -> str:
    """Whether to run, run again or stop; on which branch or tag."""
    verb = {"rerun": "run", "cancel": "cancel", "dispatch": "start"}[action]
    again, where = " again" if action == "rerun" else "", f" on {ref}" if ref else ""
    return f"Shall I {verb} the workflow {name} of {repo}{where}{again}?"


def run_done(action: RunAct, name: str) -> str:
    """It was asked for."""
    if action == "cancel":
        return f"Asked GitHub to cancel {name}."
    return f"Started {name}{' again' if action == 'rerun' else ''}."


def _item(row: Item) -> str:
    return f"number {row.number}, '{row.title}'"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _people(number: int) -> str:
    word = number_word(number)
    return f"{word[:1].upper()}{word[1:]} {'person' if number == 1 else 'people'}"


def _count(number: int, one: str, several: str, *, more: bool = False) -> str:
    if more:
        return f"more than {number} {several}"
    return f"{number_word(number)} {one if number == 1 else several}"


def _listed(head: str, names: Sequence[str], *, more: bool) -> str:
    spoken = spoken_part(names, more=more)
    told = join_spoken(spoken, "en")
    if len(spoken) == len(names) and not more:
        return f"{head}: {told}."
    return f"{head}. The first {_are(len(spoken))} {told}. The rest is on the screen."


def _check_words(passed: int, failed: int, running: int) -> str:
    if failed:
        count = number_word(failed)
        return f"{count[:1].upper()}{count[1:]} {'check' if failed == 1 else 'checks'} failed."
    if running:
        count = number_word(running)
        verb = "check is" if running == 1 else "checks are"
        return f"{count[:1].upper()}{count[1:]} {verb} still running."
    return "All checks passed." if passed else ""
