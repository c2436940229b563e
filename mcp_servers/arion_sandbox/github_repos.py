"""The GitHub stand-in's users, repositories, branches, commits and releases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Reply, Shape
from arion_sandbox.github_http import PAGE, missing, paged
from arion_sandbox.github_shapes import (
    API,
    WEB,
    commit_shape,
    full_repo,
    full_user,
    simple_user,
)
from arion_sandbox.github_world import (
    REPOS,
    VIEWER,
    GithubError,
    World,
    branches_of,
    files_of,
    head_of,
    invalid,
    not_found,
    number,
    number_of,
    releases_of,
)
from arion_sandbox.json_types import JsonObject, as_text, as_texts

MINE = (
    *PAGE,
    Parameter("visibility", choices=("all", "public", "private")),
    Parameter("affiliation"),
    Parameter("type", choices=("all", "owner", "public", "private", "member")),
    Parameter("sort", choices=("created", "updated", "pushed", "full_name")),
    Parameter("direction", choices=("asc", "desc")),
)
COMMITS = (
    *PAGE,
    Parameter("sha"),
    Parameter("path"),
    Parameter("author"),
    Parameter("since", "date-time"),
    Parameter("until", "date-time"),
)
REF: dict[str, Shape] = {"ref": "string", "sha": "string"}
BAD_NAME = re.compile(r"\.\.|[\s~^:?*\[\\\x00-\x1f\x7f]|^/|/$|//|\.$|\.lock$|^$")


@dataclass(frozen=True)
class Repos:
    """The methods, over one world."""

    world: World

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""
        repo = "/repos/{owner}/{repo}"
        return (
            Endpoint("GET", "/user", self.me),
            Endpoint("GET", "/user/repos", self.mine, MINE),
            Endpoint("GET", repo, self.get),
            Endpoint("GET", f"{repo}/branches", self.branches, PAGE),
            Endpoint("GET", f"{repo}/branches/{{branch:path}}", self.branch),
            Endpoint("GET", f"{repo}/commits", self.commits, COMMITS),
            Endpoint("GET", f"{repo}/releases", self.releases, PAGE),
            Endpoint("GET", f"{repo}/git/ref/{{ref:path}}", self.ref),
            Endpoint("POST", f"{repo}/git/refs", self.create_ref, (), REF),
            Endpoint("DELETE", f"{repo}/git/refs/{{ref:path}}", self.delete_ref),
        )

    def me(self, _: Call) -> JsonObject:
        """The account."""
        return full_user(self.world, VIEWER)

    def mine(self, call: Call) -> Reply:
        """The repositories that the account works in."""
        repos = [it for it in self.world.store.all(REPOS) if it.get("push")]
        key = "full_name" if call.query.text("sort") in (None, "full_name") else "pushed"
        newest = key == "pushed" and call.query.text("direction") != "asc"
        repos.sort(key=lambda it: as_text(it[key]), reverse=newest)
        return paged(call, repos, lambda it: full_repo(self.world, it))

    def get(self, call: Call) -> JsonObject:
        """One repository."""
        return full_repo(self.world, self._repo(call))

    def branches(self, call: Call) -> Reply:
        """The branches, by name."""
        repo = self._repo(call)
        kept = self.world.store.all(branches_of(_name(repo)))
        return paged(call, kept, lambda it: _branch_shape(repo, it))

    def branch(self, call: Call) -> JsonObject:
        """One branch."""
        repo = self._repo(call)
        branch = self.world.branch(_name(repo), call.path["branch"])
        if branch is None:
            raise GithubError(404, "Branch not found")
        commit = self.world.commit(_name(repo), head_of(branch))
        shape = _branch_shape(repo, branch)
        return shape | {"commit": commit_shape(self.world, repo, commit)} if commit else shape

    def commits(self, call: Call) -> Reply:
        """The commits of a branch, the newest first."""
        repo, query = self._repo(call), call.query
        _, branch = self.world.resolve(repo, query.text("sha"))
        history = as_texts((branch or {}).get("history"))
        found = [it for sha in history if (it := self.world.commit(_name(repo), sha))]
        since, until = query.text("since") or "", query.text("until") or "9999"
        found = [
            it
            for it in found
            if query.text("author") in (None, it["author"]) and since <= as_text(it["date"]) < until
        ]
        return paged(call, found, lambda it: commit_shape(self.world, repo, it))

    def releases(self, call: Call) -> Reply:
        """The releases, the newest first."""
        repo = self._repo(call)
        kept = self.world.store.all(releases_of(_name(repo)))[::-1]
        return paged(call, kept, lambda it: self._release(repo, it))

    def ref(self, call: Call) -> JsonObject:
        """A branch as Git names it."""
        repo = self._repo(call)
        branch = self.world.branch(_name(repo), call.path["ref"].removeprefix("heads/"))
        if branch is None:
            raise not_found()
        return _ref_shape(repo, branch)

    def create_ref(self, call: Call) -> Reply:
        """A new branch."""
        repo = self.world.writable(call.path["owner"], call.path["repo"])
        for field in ("ref", "sha"):
            if not call.body.get(field):
                raise missing(field)
        ref = as_text(call.body["ref"])
        name = ref.removeprefix("refs/heads/")
        if name == ref or BAD_NAME.search(name):
            raise GithubError(422, f"{ref} is not a valid ref name.")
        if self.world.branch(_name(repo), name):
            raise GithubError(422, "Reference already exists")
        sha = as_text(call.body["sha"])
        if not re.fullmatch("[0-9a-f]{40}", sha) or self.world.commit(_name(repo), sha) is None:
            raise GithubError(422, "Object does not exist")
        _, source = self.world.resolve(repo, sha)
        files = files_of(source) if source else {}
        history = as_texts((source or {}).get("history"))
        branch: JsonObject = {"name": name, "files": files, "root": files}
        branch["history"] = [*history[history.index(sha) :]]
        self.world.put_branch(_name(repo), branch)
        return Reply(_ref_shape(repo, branch), 201)

    def delete_ref(self, call: Call) -> None:
        """Remove a branch."""
        repo = self.world.writable(call.path["owner"], call.path["repo"])
        name = call.path["ref"].removeprefix("heads/")
        if self.world.branch(_name(repo), name) is None:
            raise GithubError(422, "Reference does not exist")
        if name == repo["default_branch"]:
            raise GithubError(422, "Cannot delete the default branch")
        self.world.store.connection.execute(
            "DELETE FROM documents WHERE collection = ? AND key = ?",
            (branches_of(_name(repo)), name),
        )

    def _repo(self, call: Call) -> JsonObject:
        return self.world.repo(call.path["owner"], call.path["repo"])

    def _release(self, repo: JsonObject, release: JsonObject) -> JsonObject:
        full_name, tag = _name(repo), as_text(release["tag"])
        release_id = number_of("release", full_name, tag)
        return {
            "id": release_id,
            "url": f"{API}/repos/{full_name}/releases/{release_id}",
            "html_url": f"{WEB}/{full_name}/releases/tag/{tag}",
            "tag_name": tag,
            "target_commitish": repo["default_branch"],
            "name": release.get("name"),
            "body": release.get("body"),
            "draft": False,
            "prerelease": bool(release.get("prerelease")),
            "created_at": release["date"],
            "published_at": release["date"],
            "author": simple_user(self.world, as_text(release["author"])),
            "assets": [],
        }


def check_branch_name(resource: str, name: str) -> None:
    """Refuse a name that no branch can have."""
    if BAD_NAME.search(name):
        raise invalid(resource, "branch", "invalid")


def _name(repo: JsonObject) -> str:
    return as_text(repo["full_name"])


def _branch_shape(repo: JsonObject, branch: JsonObject) -> JsonObject:
    sha = head_of(branch)
    return {
        "name": branch["name"],
        "commit": {"sha": sha, "url": f"{API}/repos/{_name(repo)}/commits/{sha}"},
        "protected": bool(number(branch.get("protected"))),
    }


def _ref_shape(repo: JsonObject, branch: JsonObject) -> JsonObject:
    url = f"{API}/repos/{_name(repo)}/git"
    sha = head_of(branch)
    return {
        "ref": f"refs/heads/{branch['name']}",
        "node_id": sha[:20],
        "url": f"{url}/refs/heads/{branch['name']}",
        "object": {"type": "commit", "sha": sha, "url": f"{url}/commits/{sha}"},
    }
