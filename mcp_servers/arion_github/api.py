"""GitHub's REST API, as far as the tools read it.

Source of paths and parameters: GitHub's OpenAPI description, version 2022-11-28.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pydantic import JsonValue

from arion_github.listing import Fetch
from arion_github.refusals import SERVICE, translate
from arion_github.settings import GITHUB, GithubSettings
from arion_github.transport import (
    DIFF,
    MATCHES,
    RAW,
    Model,
    Page,
    Transport,
    in_path,
    one_segment,
    repo_path,
)
from arion_github.wire import (
    Blob,
    Branch,
    ChangedFile,
    Check,
    CodeHit,
    Comment,
    Commit,
    Entry,
    Issue,
    Job,
    Pull,
    Ref,
    Release,
    Repo,
    Review,
    Run,
    Status,
    Thread,
    User,
    Workflow,
)
from arion_kit.credentials import Bearer
from arion_kit.errors import ToolFailure, UpstreamFailure
from arion_kit.http import UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.messages import Params
from arion_kit.words import ErrorKind

VERSION = "2022-11-28"

MOST_PER_PAGE = 100
_QUOTA = Quota(units_per_s=15, burst=60)
"""GitHub's secondary limit is 900 points a minute, one for a read (docs, "Rate limits")."""

_UNREADABLE = frozenset({ErrorKind.FORBIDDEN, ErrorKind.NOT_FOUND, ErrorKind.GONE})

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Verdict:
    """What checks and reviews say of a pull request; None where they could not be read."""

    checks: Sequence[Check] | None
    reviews: Sequence[Review] | None


class GithubApi:
    """Typed reads; failures leave as the kit's errors."""

    def __init__(self, transport: Transport, *, lockdown: bool = False) -> None:
        self.transport = transport
        self.lockdown = lockdown
        self._login: str | None = None

    async def me(self) -> tuple[User, frozenset[str] | None]:
        """Who is signed in, and what the token allows where GitHub tells (classic tokens)."""
        answer = await self.transport.answer("/user")
        user = self.transport.parse(User, answer.json_or_none)
        self._login = user.login
        scopes = answer.headers.get("x-oauth-scopes")
        if scopes is None:
            return user, None
        return user, frozenset(it.strip() for it in scopes.split(",") if it.strip())

    async def login(self) -> str:
        """The login of who is signed in."""
        if self._login is None:
            await self.me()
        return self._login or ""

    async def repo(self, owner: str, repo: str) -> Repo:
        """One repository."""
        return await self.transport.one(Repo, repo_path(owner, repo))

    def my_repos(self) -> Fetch[Repo]:
        """The repositories that the person works in, the latest first."""
        newest = {"sort": "pushed", "direction": "desc", "per_page": MOST_PER_PAGE}
        return self._list(Repo, "/user/repos", newest)

    def issues(self, owner: str, repo: str, params: Params) -> Fetch[Issue]:
        """Issues and pull requests of a repository."""
        return self._list(Issue, f"{repo_path(owner, repo)}/issues", params)

    async def issue(self, owner: str, repo: str, number: int) -> Issue:
        """One issue or pull request."""
        return await self.transport.one(Issue, f"{repo_path(owner, repo)}/issues/{number}")

    async def issue_or_none(self, owner: str, repo: str, number: int) -> Issue | None:
        """The same, None where there is none."""
        return await _optional(self.issue(owner, repo, number))

    def comments(self, owner: str, repo: str, number: int) -> Fetch[Comment]:
        """The comments of an issue or pull request, the oldest first."""
        return self._list(Comment, f"{repo_path(owner, repo)}/issues/{number}/comments", {})

    def inline_comments(self, owner: str, repo: str, number: int) -> Fetch[Comment]:
        """The comments in the files of a pull request."""
        return self._list(Comment, f"{repo_path(owner, repo)}/pulls/{number}/comments", {})

    def pulls(self, owner: str, repo: str, params: Params) -> Fetch[Pull]:
        """Pull requests of a repository."""
        return self._list(Pull, f"{repo_path(owner, repo)}/pulls", params)

    async def pull(self, owner: str, repo: str, number: int) -> Pull:
        """One pull request."""
        return await self.transport.one(Pull, f"{repo_path(owner, repo)}/pulls/{number}")

    async def diff(self, owner: str, repo: str, number: int) -> str:
        """A pull request's changes as one text."""
        path = f"{repo_path(owner, repo)}/pulls/{number}"
        return (await self.transport.answer(path, accept=DIFF)).text

    def files(self, owner: str, repo: str, number: int) -> Fetch[ChangedFile]:
        """The files that a pull request changes."""
        return self._list(ChangedFile, f"{repo_path(owner, repo)}/pulls/{number}/files", {})

    def reviews(self, owner: str, repo: str, number: int) -> Fetch[Review]:
        """The reviews of a pull request, the oldest first."""
        return self._list(Review, f"{repo_path(owner, repo)}/pulls/{number}/reviews", {})

    async def checks(self, owner: str, repo: str, sha: str) -> list[Check]:
        """The checks of a commit, those of the older kind among them."""
        commit = f"{repo_path(owner, repo)}/commits/{sha}"
        params = {"per_page": MOST_PER_PAGE}
        (runs, _), body = await both(
            self.transport.page(Check, f"{commit}/check-runs", params, within="check_runs"),
            self.transport.read(f"{commit}/status", params),
        )
        statuses = body.get("statuses") if isinstance(body, dict) else None
        older = [self.transport.parse(Status, it) for it in _rows(statuses)]
        return [*runs.rows, *(_as_check(it) for it in older)]

    async def verdict(self, owner: str, repo: str, pull: Pull) -> Verdict:
        """What checks and reviews say, as far as the token may see it."""
        checks, reviews = await both(
            _optional(self.checks(owner, repo, pull.head.sha)),
            _optional(self.reviews(owner, repo, pull.number)({})),
        )
        return Verdict(checks, reviews.rows if reviews else None)

    async def content(
        self, owner: str, repo: str, path: str, ref: str | None
    ) -> Entry | list[Entry]:
        """A file, or what is in a folder."""
        place = f"{repo_path(owner, repo)}/contents/{in_path('path', path) if path else ''}"
        body = await self.transport.read(place, {"ref": ref})
        if isinstance(body, list):
            return [self.transport.parse(Entry, it) for it in body]
        return self.transport.parse(Entry, body)

    async def raw(self, owner: str, repo: str, path: str, ref: str | None) -> bytes:
        """A file's bytes, also of one that is too large for `content`."""
        place = f"{repo_path(owner, repo)}/contents/{in_path('path', path)}"
        return (await self.transport.answer(place, {"ref": ref}, accept=RAW)).content

    async def blob(self, owner: str, repo: str, sha: str) -> Blob:
        """A file's content by its own name, also of an earlier commit."""
        place = f"{repo_path(owner, repo)}/git/blobs/{one_segment('previous_sha', sha)}"
        return await self.transport.one(Blob, place)

    def branches(self, owner: str, repo: str) -> Fetch[Branch]:
        """The branches."""
        return self._list(Branch, f"{repo_path(owner, repo)}/branches", {})

    async def head(self, owner: str, repo: str, branch: str) -> str:
        """The newest commit of a branch."""
        place = f"{repo_path(owner, repo)}/git/ref/heads/{in_path('branch', branch)}"
        return (await self.transport.one(Ref, place)).object.sha

    def commits(self, owner: str, repo: str, params: Params) -> Fetch[Commit]:
        """Commits, the newest first."""
        return self._list(Commit, f"{repo_path(owner, repo)}/commits", params)

    def releases(self, owner: str, repo: str) -> Fetch[Release]:
        """Releases, the newest first."""
        return self._list(Release, f"{repo_path(owner, repo)}/releases", {})

    def notifications(self, params: Params, of: str | None = None) -> Fetch[Thread]:
        """Notifications, the newest first; `of` is the path of one repository."""
        return self._list(Thread, f"{of or ''}/notifications", params)

    async def thread(self, thread_id: str) -> Thread:
        """One notification."""
        return await self.transport.one(Thread, thread_path(thread_id))

    def runs(self, owner: str, repo: str, params: Params) -> Fetch[Run]:
        """Workflow runs, the newest first."""
        path = f"{repo_path(owner, repo)}/actions/runs"
        return self._list(Run, path, params, within="workflow_runs")

    async def run(self, owner: str, repo: str, run_id: int) -> Run:
        """One run."""
        return await self.transport.one(Run, f"{repo_path(owner, repo)}/actions/runs/{run_id}")

    async def workflow(self, owner: str, repo: str, workflow: str) -> Workflow:
        """One workflow, by id or file name."""
        place = f"actions/workflows/{one_segment('workflow', workflow)}"
        return await self.transport.one(Workflow, f"{repo_path(owner, repo)}/{place}")

    async def jobs(self, owner: str, repo: str, run_id: int) -> Sequence[Job]:
        """The jobs of a run's latest attempt."""
        path = f"{repo_path(owner, repo)}/actions/runs/{run_id}/jobs"
        params = {"filter": "latest", "per_page": MOST_PER_PAGE}
        page, _ = await self.transport.page(Job, path, params, within="jobs")
        return page.rows

    async def job(self, owner: str, repo: str, job_id: int) -> Job:
        """One job."""
        return await self.transport.one(Job, f"{repo_path(owner, repo)}/actions/jobs/{job_id}")

    async def log(self, owner: str, repo: str, job_id: int) -> str:
        """A job's whole log."""
        path = f"{repo_path(owner, repo)}/actions/jobs/{job_id}/logs"
        return (await self.transport.signed(path)).text

    async def search_issues(self, params: Params) -> tuple[Page[Issue], int]:
        """Issues or pull requests anywhere, and how many there are."""
        page, body = await self.transport.page(Issue, "/search/issues", params, within="items")
        return page, _total(body)

    async def search_repos(self, params: Params) -> tuple[Page[Repo], int]:
        """Repositories anywhere."""
        page, body = await self.transport.page(Repo, "/search/repositories", params, within="items")
        return page, _total(body)

    async def search_users(self, params: Params) -> tuple[Page[User], int]:
        """People and organizations."""
        page, body = await self.transport.page(User, "/search/users", params, within="items")
        return page, _total(body)

    async def search_code(self, params: Params) -> tuple[Page[CodeHit], int]:
        """Files, with the pieces in which the words are."""
        page, body = await self.transport.page(
            CodeHit, "/search/code", params, within="items", accept=MATCHES
        )
        return page, _total(body)

    def _list(
        self, model: type[Model], path: str, params: Params, *, within: str | None = None
    ) -> Fetch[Model]:
        return partial(self._page, model, path, {"per_page": 50, **params}, within)

    async def _page(
        self,
        model: type[Model],
        path: str,
        params: Params,
        within: str | None,
        at: Mapping[str, str],
    ) -> Page[Model]:
        page, _ = await self.transport.page(model, path, {**params, **at}, within=within)
        return page


def upstream_options(settings: GithubSettings) -> UpstreamOptions:
    """How to reach GitHub with these settings."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.base_url,
        credentials=Bearer(settings.token, "ARION_GITHUB_TOKEN"),
        headers={"X-GitHub-Api-Version": VERSION},
        translate=translate,
        quota=_QUOTA if settings.base_url == GITHUB else None,  # a stand-in has none
    )


def decoded(content: str | None) -> bytes | None:
    """The bytes of a file that came as Base64; None where it did not."""
    try:
        return None if content is None else base64.b64decode(content)
    except (binascii.Error, ValueError):
        raise UpstreamFailure(
            ErrorKind.BAD_RESPONSE, "A file's content is not Base64.", service=SERVICE
        ) from None


def thread_path(thread_id: str) -> str:
    """The path of a notification."""
    return f"/notifications/threads/{one_segment('thread_id', thread_id)}"


async def both(first: Awaitable[T], second: Awaitable[U]) -> tuple[T, U]:
    """Two things at once; the first failure is raised when both are over."""
    one, other = await asyncio.gather(first, second, return_exceptions=True)
    if isinstance(one, BaseException):
        raise one
    if isinstance(other, BaseException):
        raise other
    return one, other


async def together(these: Sequence[Awaitable[T]]) -> list[T]:
    """All of these at once; the first failure is raised when all are over."""
    done = await asyncio.gather(*these, return_exceptions=True)
    results: list[T] = []
    for it in done:
        if isinstance(it, BaseException):
            raise it
        results.append(it)
    return results


async def _optional(read: Awaitable[T]) -> T | None:
    try:
        return await read
    except ToolFailure as failure:
        # Fine-grained tokens allow pull requests without allowing checks.
        if failure.kind not in _UNREADABLE:
            raise
        return None


def _as_check(status: Status) -> Check:
    done = status.state != "pending"
    conclusion = {"success": "success", "pending": None}.get(status.state, "failure")
    state = "completed" if done else "in_progress"
    return Check(name=status.context, status=state, conclusion=conclusion)


def _rows(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _total(body: JsonValue) -> int:
    total = body.get("total_count") if isinstance(body, dict) else None
    return total if isinstance(total, int) else 0
