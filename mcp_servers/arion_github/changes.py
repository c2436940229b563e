"""What the tools change at GitHub, each looking first whether it is done already.

A repeated write (the same `key`) finds the mark of the first one. What has a state of its own
(a merge, a branch, a file) needs no mark.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pydantic import JsonValue

from arion_github.api import MOST_PER_PAGE, GithubApi, decoded, thread_path
from arion_github.markers import is_marked, marked
from arion_github.refusals import SERVICE
from arion_github.spoken import MergeMethod
from arion_github.transport import in_path, one_segment, repo_path
from arion_github.wire import Comment, Entry, Issue, Merged, Pull, Ref, Review, Saved
from arion_kit.errors import BadInput, ToolFailure, UpstreamFailure
from arion_kit.words import ErrorKind

Event = Literal["APPROVE", "REQUEST_CHANGES", "COMMENT"]

_MOST_REVIEW_PAGES = 5
_UNCHANGED = frozenset({304})
"""What GitHub answers where it was so already."""

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Made(Generic[Thing]):
    """Something that is there now."""

    thing: Thing
    existed: bool
    """An earlier attempt, or somebody else, had made it."""


@dataclass(frozen=True)
class FileChange:
    """A file as it is to be."""

    path: str
    content: bytes
    message: str
    branch: str | None
    sha: str | None
    """Which version it takes the place of; None for a new file."""


class Changes:
    """Writes over one API."""

    def __init__(self, api: GithubApi) -> None:
        self._api = api
        self._transport = api.transport

    async def create_issue(
        self, owner: str, repo: str, fields: Mapping[str, JsonValue], key: str | None
    ) -> Made[Issue]:
        """A new issue; with the same `key` only once."""
        path = f"{repo_path(owner, repo)}/issues"
        if key is not None:
            login = await self._api.login()
            recent = {"state": "all", "creator": login, "per_page": MOST_PER_PAGE}
            page = await self._api.issues(owner, repo, recent)({})
            for issue in page.rows:
                if is_marked(issue.body, key):
                    return Made(issue, existed=True)
        body = marked(str(fields.get("body") or ""), key)
        given = {**fields, "body": body}
        return Made(await self._transport.written(Issue, "POST", path, given), existed=False)

    async def update_issue(
        self, owner: str, repo: str, number: int, fields: Mapping[str, JsonValue]
    ) -> Issue:
        """An issue or pull request with other values."""
        path = f"{repo_path(owner, repo)}/issues/{number}"
        answer = await self._transport.write("PATCH", path, dict(fields), retry=True)
        return self._transport.parse(Issue, answer.json_or_none)

    async def comment(
        self, owner: str, repo: str, number: int, body: str, key: str | None
    ) -> Made[Comment]:
        """A new comment; with the same `key` only once."""
        path = f"{repo_path(owner, repo)}/issues/{number}/comments"
        if key is not None:
            issue = await self._api.issue(owner, repo, number)
            last = max(1, -(-issue.comments // MOST_PER_PAGE))
            for page in range(last, max(0, last - 2), -1):
                rows, _ = await self._transport.page(
                    Comment, path, {"per_page": MOST_PER_PAGE, "page": page}
                )
                for row in rows.rows:
                    if is_marked(row.body, key):
                        return Made(row, existed=True)
        given: JsonValue = {"body": marked(body, key)}
        return Made(await self._transport.written(Comment, "POST", path, given), existed=False)

    async def delete_comment(self, owner: str, repo: str, comment_id: int) -> bool:
        """Removes a comment; says whether it was there."""
        path = f"{repo_path(owner, repo)}/issues/comments/{comment_id}"
        return await self._gone(path, ErrorKind.NOT_FOUND)

    async def create_pull(
        self, owner: str, repo: str, fields: Mapping[str, JsonValue]
    ) -> Made[Pull]:
        """A new pull request; GitHub itself allows one for the same two branches."""
        path = f"{repo_path(owner, repo)}/pulls"
        try:
            return Made(await self._transport.written(Pull, "POST", path, dict(fields)), False)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.BAD_INPUT or "already exists" not in str(failure):
                raise
            head = str(fields["head"])
            label = head if ":" in head else f"{owner}:{head}"
            params = {"state": "open", "head": label, "base": str(fields["base"])}
            page = await self._api.pulls(owner, repo, params)({})
            if not page.rows:
                raise
            return Made(page.rows[0], existed=True)

    async def review(
        self, owner: str, repo: str, number: int, event: Event, body: str, key: str | None
    ) -> Made[Review]:
        """A new review; with the same `key` only once."""
        path = f"{repo_path(owner, repo)}/pulls/{number}/reviews"
        if key is not None:
            for page in range(1, _MOST_REVIEW_PAGES + 1):
                rows, _ = await self._transport.page(
                    Review, path, {"per_page": MOST_PER_PAGE, "page": page}
                )
                for row in rows.rows:
                    if is_marked(row.body, key):
                        return Made(row, existed=True)
                if rows.next is None:
                    break
        given: dict[str, JsonValue] = {"event": event}
        if text := marked(body, key):
            given["body"] = text
        return Made(await self._transport.written(Review, "POST", path, given), existed=False)

    async def dismiss_review(
        self, owner: str, repo: str, number: int, review_id: int, message: str
    ) -> Made[Review]:
        """Takes a review's verdict away; it stays to be read."""
        path = f"{repo_path(owner, repo)}/pulls/{number}/reviews/{review_id}"
        review = await self._transport.one(Review, path)
        if review.state == "DISMISSED":
            return Made(review, existed=True)
        given: JsonValue = {"message": message}
        done = await self._transport.written(Review, "PUT", f"{path}/dismissals", given)
        return Made(done, existed=False)

    async def ask_for_review(
        self, owner: str, repo: str, number: int, logins: list[str], *, adding: bool
    ) -> Pull:
        """Asks people for a review, or asks them no more."""
        path = f"{repo_path(owner, repo)}/pulls/{number}/requested_reviewers"
        given: JsonValue = {"reviewers": list[JsonValue](logins)}
        method = "POST" if adding else "DELETE"
        answer = await self._transport.write(method, path, given, retry=True)
        return self._transport.parse(Pull, answer.json_or_none)

    async def merge(self, owner: str, repo: str, pull: Pull, method: MergeMethod) -> Merged:
        """Merges just the commits that `pull` was read with."""
        path = f"{repo_path(owner, repo)}/pulls/{pull.number}/merge"
        given: JsonValue = {"merge_method": method, "sha": pull.head.sha}
        return await self._transport.written(Merged, "PUT", path, given)

    async def write_file(self, owner: str, repo: str, change: FileChange) -> tuple[Saved, str]:
        """A commit with one file's new content, and the name of the content it replaced.

        The name is empty for a new file. A file that holds the content already is left alone.

        Raises:
            BadInput: The file exists, and the change does not say which version it replaces.
            ToolFailure: Of kind `conflict` when the file has another version by now.
        """
        now = await self._file(owner, repo, change.path, change.branch)
        if now and now.encoding == "base64" and decoded(now.content) == change.content:
            same = Saved.model_validate({"content": now.model_dump(), "commit": {"sha": ""}})
            return same, change.sha or now.sha
        if now and change.sha is None:
            raise BadInput("sha", "the file exists: give the sha that github_file_read tells")
        if change.sha and change.sha != (now.sha if now else None):
            raise _changed(change.path)
        given: dict[str, JsonValue] = {
            "message": change.message,
            "content": base64.b64encode(change.content).decode(),
        }
        given |= {"branch": change.branch} if change.branch else {}
        given |= {"sha": now.sha} if now else {}
        path = f"{repo_path(owner, repo)}/contents/{in_path('path', change.path)}"
        return await self._transport.written(Saved, "PUT", path, given), now.sha if now else ""

    async def restore_file(
        self, owner: str, repo: str, change: FileChange, previous: str
    ) -> tuple[Saved, str]:
        """The file as `previous` names it; without a name there was none, and it goes."""
        if previous:
            blob = await self._api.blob(owner, repo, previous)
            content = decoded(blob.content) or b""
            again = FileChange(change.path, content, change.message, change.branch, change.sha)
            return await self.write_file(owner, repo, again)
        now = await self._file(owner, repo, change.path, change.branch)
        if now is None:
            return Saved.model_validate({"content": None, "commit": {"sha": ""}}), ""
        if now.sha != change.sha:
            raise _changed(change.path)
        given: dict[str, JsonValue] = {"message": change.message, "sha": now.sha}
        given |= {"branch": change.branch} if change.branch else {}
        path = f"{repo_path(owner, repo)}/contents/{in_path('path', change.path)}"
        return await self._transport.written(Saved, "DELETE", path, given), now.sha

    async def create_branch(self, owner: str, repo: str, branch: str, sha: str) -> Made[Ref]:
        """A new branch at a commit; one that is there already has to be at that commit.

        Raises:
            ToolFailure: Of kind `conflict` when it is at another one.
        """
        path = f"{repo_path(owner, repo)}/git/refs"
        given: JsonValue = {"ref": f"refs/heads/{branch}", "sha": sha}
        try:
            return Made(await self._transport.written(Ref, "POST", path, given), existed=False)
        except ToolFailure as failure:
            if "already exists" not in str(failure):
                raise
        place = f"{repo_path(owner, repo)}/git/ref/heads/{in_path('branch', branch)}"
        there = await self._transport.one(Ref, place)
        if there.object.sha != sha:
            raise UpstreamFailure(
                ErrorKind.CONFLICT,
                f"The branch exists at {there.object.sha[:7]}.",
                service=SERVICE,
                next_steps={
                    "ko": "같은 이름의 브랜치가 이미 있어요. 다른 이름을 말씀해 주세요.",
                    "en": "A branch of this name exists at another commit: choose another name.",
                },
            )
        return Made(there, existed=True)

    async def delete_branch(
        self, owner: str, repo: str, branch: str, sha: str | None
    ) -> tuple[bool, str | None]:
        """Removes a branch; says whether it was there, and at which commit.

        Raises:
            ToolFailure: Of kind `conflict` when it is no longer at `sha`.
        """
        head = await self._head(owner, repo, branch)
        if head is None:
            return False, None
        if sha is not None and head != sha:
            raise UpstreamFailure(
                ErrorKind.CONFLICT,
                f"The branch is at {head[:7]} by now.",
                service=SERVICE,
                next_steps={
                    "ko": "그사이 새 커밋이 올라와서 지우지 않았어요.",
                    "en": "It has new commits, so it was not deleted: look at them first.",
                },
            )
        path = f"{repo_path(owner, repo)}/git/refs/heads/{in_path('branch', branch)}"
        return await self._gone(path, ErrorKind.BAD_INPUT, "does not exist"), head

    async def mark_read(self, thread_id: str) -> None:
        """One notification is read."""
        await self._transport.write("PATCH", thread_path(thread_id), retry=True, expect=_UNCHANGED)

    async def mark_all_read(self, until: str, of: str | None) -> None:
        """All notifications until a moment are read; `of` is the path of one repository."""
        given: JsonValue = {"last_read_at": until}
        path = f"{of or ''}/notifications"
        await self._transport.write("PUT", path, given, retry=True, expect=_UNCHANGED)

    async def act_on_run(
        self,
        owner: str,
        repo: str,
        run_id: int,
        action: Literal["rerun", "cancel"],
        *,
        all_jobs: bool,
    ) -> None:
        """Runs a finished run again (`all_jobs`, or those that failed), or stops a running one."""
        name = action if action == "cancel" or all_jobs else "rerun-failed-jobs"
        await self._transport.write(
            "POST", f"{repo_path(owner, repo)}/actions/runs/{run_id}/{name}"
        )

    async def dispatch(
        self, owner: str, repo: str, workflow: str, ref: str, inputs: Mapping[str, JsonValue]
    ) -> None:
        """Starts a workflow by hand."""
        place = f"actions/workflows/{one_segment('workflow', workflow)}/dispatches"
        given: dict[str, JsonValue] = {"ref": ref}
        given |= {"inputs": dict(inputs)} if inputs else {}
        await self._transport.write("POST", f"{repo_path(owner, repo)}/{place}", given)

    async def _file(self, owner: str, repo: str, path: str, branch: str | None) -> Entry | None:
        try:
            found = await self._api.content(owner, repo, path, branch)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.NOT_FOUND:
                raise
            return None
        if isinstance(found, list) or found.type != "file":
            raise BadInput("path", "is no file")
        return found

    async def _head(self, owner: str, repo: str, branch: str) -> str | None:
        try:
            return await self._api.head(owner, repo, branch)
        except ToolFailure as failure:
            if failure.kind is not ErrorKind.NOT_FOUND:
                raise
            return None

    async def _gone(self, path: str, kind: ErrorKind, saying: str = "") -> bool:
        try:
            await self._transport.write("DELETE", path, retry=True)
        except ToolFailure as failure:
            if failure.kind is not kind or saying not in str(failure):
                raise
            return False
        return True


def _changed(path: str) -> UpstreamFailure:
    return UpstreamFailure(
        ErrorKind.CONFLICT,
        f"{path} is no longer the version of this sha.",
        service=SERVICE,
        next_steps={
            "ko": "파일이 그사이 바뀌었어요. 다시 읽은 다음에 고쳐 주세요.",
            "en": "The file has changed: read it again with github_file_read, then write.",
        },
    )
