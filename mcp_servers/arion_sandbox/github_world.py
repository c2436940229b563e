"""What the GitHub stand-in keeps: users, repositories, and everything inside them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject, as_list, as_object, as_text, as_texts
from arion_sandbox.store import Store

VIEWER = "haneul-kim"
"""Login of the one account."""

USERS = "github/users"
REPOS = "github/repos"
NOTIFICATIONS = "github/notifications"
DOCS = "https://docs.github.com/rest"


class GithubError(VendorError):
    """A refusal: `{"message", "errors", "documentation_url", "status"}`.

    Shape: docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: list[Json] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        body: JsonObject = {"message": message}
        if errors is not None:
            body["errors"] = errors
        body |= {"documentation_url": DOCS, "status": str(status)}
        super().__init__(status, message, message, body, headers or {})


def not_found() -> GithubError:
    """There is none, or the account may not know of it: GitHub does not tell which."""
    return GithubError(404, "Not Found")


def invalid(resource: str, field: str, code: str, message: str | None = None) -> GithubError:
    """A field with a wrong value."""
    error: JsonObject = {"resource": resource, "code": code, "field": field}
    if message is not None:
        error["message"] = message
    return GithubError(422, "Validation Failed", errors=[error])


def sha_of(*parts: str) -> str:
    """An object name that is the same for the same content."""
    return hashlib.sha1("\0".join(parts).encode(), usedforsecurity=False).hexdigest()


def blob_sha(text: str) -> str:
    """Git's own name for a file's content."""
    content = text.encode()
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def number_of(*parts: str) -> int:
    """An id that is the same for the same thing."""
    return int(sha_of(*parts)[:8], 16)


def number(value: Json) -> int:
    """Read an integer; absent is 0."""
    return int(cast("int", value or 0))


@dataclass(frozen=True)
class World:
    """The documents, over one store; `now` gives the time with its offset."""

    store: Store
    now: Callable[[], datetime]

    def stamp(self) -> str:
        """The present moment as GitHub writes it."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def user(self, login: str) -> JsonObject:
        """Somebody; whoever is not kept has nothing but a login."""
        return self.store.get(USERS, login.lower()) or {"login": login}

    def repo(self, owner: str, name: str) -> JsonObject:
        """A repository that the account may see."""
        repo = self.store.get(REPOS, f"{owner}/{name}".lower())
        if repo is None:
            raise not_found()
        return repo

    def writable(self, owner: str, name: str) -> JsonObject:
        """A repository that the account may change."""
        repo = self.repo(owner, name)
        if not repo.get("push"):
            raise GithubError(403, "Resource not accessible by personal access token")
        return repo

    def put_repo(self, repo: JsonObject) -> None:
        """Keep a repository."""
        self.store.put(REPOS, as_text(repo["full_name"]).lower(), repo)

    def issue(self, full_name: str, issue_number: int) -> JsonObject:
        """An issue or pull request."""
        issue = self.store.get(issues_of(full_name), f"{issue_number:06}")
        if issue is None:
            raise not_found()
        return issue

    def issues(self, full_name: str) -> list[JsonObject]:
        """All issues and pull requests, the newest first."""
        return self.store.all(issues_of(full_name))[::-1]

    def put_issue(self, full_name: str, issue: JsonObject) -> None:
        """Keep an issue or pull request."""
        self.store.put(issues_of(full_name), f"{number(issue['number']):06}", issue)

    def next_number(self, full_name: str) -> int:
        """The number of the next issue or pull request."""
        issues = self.issues(full_name)
        return number(issues[0]["number"]) + 1 if issues else 1

    def comments(self, full_name: str, issue_number: int) -> list[JsonObject]:
        """The comments of an issue, the oldest first."""
        return self.store.all(comments_of(full_name, issue_number))

    def branch(self, full_name: str, name: str) -> JsonObject | None:
        """A branch: its commits, the newest first, and its files."""
        return self.store.get(branches_of(full_name), name)

    def put_branch(self, full_name: str, branch: JsonObject) -> None:
        """Keep a branch."""
        self.store.put(branches_of(full_name), as_text(branch["name"]), branch)

    def commit(self, full_name: str, sha: str) -> JsonObject | None:
        """A commit."""
        return self.store.get(commits_of(full_name), sha)

    def add_commit(self, full_name: str, branch: JsonObject, message: str) -> str:
        """Put a commit of the account on a branch, whose files hold the new content; its sha."""
        history = as_texts(branch["history"])
        stamp = self.stamp()
        sha = sha_of(full_name, as_text(branch["name"]), message, stamp, *history[:1])
        commit: JsonObject = {
            "sha": sha,
            "message": message,
            "author": VIEWER,
            "date": stamp,
            "parents": list[Json](history[:1]),
        }
        self.store.put(commits_of(full_name), sha, commit)
        branch["history"] = list[Json]([sha, *history])
        self.put_branch(full_name, branch)
        return sha

    def resolve(self, repo: JsonObject, ref: str | None) -> tuple[str, JsonObject | None]:
        """The commit and the branch that a ref (branch, tag or sha) names."""
        full_name = as_text(repo["full_name"])
        name = (ref or as_text(repo["default_branch"])).removeprefix("refs/heads/")
        branch = self.branch(full_name, name)
        if branch is not None:
            return as_text(as_list(branch["history"])[0]), branch
        for other in self.store.all(branches_of(full_name)):
            history = as_texts(other["history"])
            found = [sha for sha in history if len(name) >= 7 and sha.startswith(name)]
            if found:
                return found[0], other
        raise not_found()


def issues_of(full_name: str) -> str:
    """The collection of a repository's issues and pull requests."""
    return f"github/issues/{full_name.lower()}"


def comments_of(full_name: str, issue_number: int) -> str:
    """The collection of an issue's comments."""
    return f"github/comments/{full_name.lower()}/{issue_number}"


def reviews_of(full_name: str, pull_number: int) -> str:
    """The collection of a pull request's reviews."""
    return f"github/reviews/{full_name.lower()}/{pull_number}"


def branches_of(full_name: str) -> str:
    """The collection of a repository's branches."""
    return f"github/branches/{full_name.lower()}"


def commits_of(full_name: str) -> str:
    """The collection of a repository's commits."""
    return f"github/commits/{full_name.lower()}"


def releases_of(full_name: str) -> str:
    """The collection of a repository's releases."""
    return f"github/releases/{full_name.lower()}"


def runs_of(full_name: str) -> str:
    """The collection of a repository's workflow runs."""
    return f"github/runs/{full_name.lower()}"


def head_of(branch: JsonObject) -> str:
    """The newest commit of a branch."""
    return as_texts(branch["history"])[0]


def files_of(branch: JsonObject) -> JsonObject:
    """The files of a branch: content by path."""
    return as_object(branch["files"])
