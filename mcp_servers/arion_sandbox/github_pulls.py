"""The GitHub stand-in's pull requests: files, diffs, reviews, merging."""

from __future__ import annotations

from dataclasses import dataclass

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Reply, Shape
from arion_sandbox.github_diffs import changed_files, unified
from arion_sandbox.github_http import PAGE, missing, paged
from arion_sandbox.github_issues import number_in
from arion_sandbox.github_shapes import (
    API,
    WEB,
    issue_shape,
    minimal_repo,
    simple_user,
)
from arion_sandbox.github_world import (
    REPOS,
    VIEWER,
    GithubError,
    World,
    files_of,
    head_of,
    invalid,
    not_found,
    number,
    runs_of,
    sha_of,
)
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts

LIST = (
    *PAGE,
    Parameter("state", choices=("open", "closed", "all")),
    Parameter("head"),
    Parameter("base"),
    Parameter("sort", choices=("created", "updated", "popularity", "long-running")),
    Parameter("direction", choices=("asc", "desc")),
)
CREATE: dict[str, Shape] = {
    "title": "string",
    "head": "string",
    "base": "string",
    "body": "string",
    "draft": "boolean",
}
MERGE: dict[str, Shape] = {
    "commit_title": "string",
    "commit_message": "string",
    "sha": "string",
    "merge_method": "string",
}
DIFF = "application/vnd.github.diff"


@dataclass(frozen=True)
class Pulls:
    """The methods, over one world."""

    world: World

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""
        pulls = "/repos/{owner}/{repo}/pulls"
        pull = f"{pulls}/{{number:int}}"
        return (
            Endpoint("GET", pulls, self.list, LIST),
            Endpoint("POST", pulls, self.create, (), CREATE),
            Endpoint("GET", pull, self.get),
            Endpoint("GET", f"{pull}/files", self.files, PAGE),
            Endpoint("PUT", f"{pull}/merge", self.merge, (), MERGE),
        )

    def list(self, call: Call) -> Reply:
        """Pull requests of a repository, the newest first."""
        repo, query = self._repo(call), call.query
        found = [
            it
            for it in self.world.issues(_name(repo))
            if (pull := as_object(it.get("pull")))
            and (query.text("state") or "open") in ("all", it["state"])
            and query.text("base") in (None, pull["base"])
            and query.text("head") in (None, _label(pull))
        ]
        key = "updated" if query.text("sort") == "updated" else "created"
        found.sort(
            key=lambda it: (as_text(it[key]), number(it["number"])),
            reverse=query.text("direction") != "asc",
        )
        return paged(call, found, lambda it: self.shape(repo, it))

    def get(self, call: Call) -> JsonObject | Reply:
        """One pull request; as a diff where that is asked for."""
        repo, issue = self._repo(call), self.pull(call)
        if DIFF in call.headers.get("accept", ""):
            text = "".join(unified(it) for it in self._files(repo, issue))
            return Reply(text, media_type=f"{DIFF}; charset=utf-8")
        return self.shape(repo, issue) | self._figures(repo, issue)

    def files(self, call: Call) -> Reply:
        """The files that a pull request changes."""
        repo, issue = self._repo(call), self.pull(call)
        return paged(call, self._files(repo, issue), lambda it: it)

    def create(self, call: Call) -> Reply:
        """A new pull request."""
        repo, body = self._repo(call), call.body
        for field in ("head", "base"):
            if not body.get(field):
                raise missing(field)
        owner, _, head = as_text(body["head"]).rpartition(":")
        head_repo = f"{owner}/{call.path['repo']}" if owner else _name(repo)
        pull: JsonObject = {"head_repo": head_repo, "head": head, "base": body["base"]}
        pull |= {"draft": bool(body.get("draft")), "reviewers": []}
        stamp = self.world.stamp()
        issue: JsonObject = {
            "number": self.world.next_number(_name(repo)),
            "title": as_text(body.get("title")),
            "body": body.get("body"),
            "author": VIEWER,
            "state": "open",
            "created": stamp,
            "updated": stamp,
            "pull": pull,
        }
        self._check_new(repo, issue, pull)
        self.world.put_issue(_name(repo), issue)
        return Reply(self.shape(repo, issue) | self._figures(repo, issue), 201)

    def merge(self, call: Call) -> JsonObject:
        """Merge a pull request."""
        repo, issue = self.world.writable(call.path["owner"], call.path["repo"]), self.pull(call)
        pull = as_object(issue["pull"])
        source, base = self._branches(repo, pull)
        method = call.body.get("merge_method") or "merge"
        if method not in ("merge", "squash", "rebase"):
            raise invalid("PullRequest", "merge_method", "invalid")
        if issue["state"] != "open" or pull.get("draft") or pull.get("dirty"):
            raise GithubError(405, "Pull Request is not mergeable")
        if source is None or base is None:
            raise not_found()
        if call.body.get("sha") not in (None, head_of(source)):
            raise GithubError(409, "Head branch was modified. Review and try the merge again.")
        files = self._files(repo, issue)
        pull["frozen"] = list[Json](files)
        paths = {as_text(it["filename"]) for it in files}
        changes = {path: text for path, text in files_of(source).items() if path in paths}
        base["files"] = {**files_of(base), **changes}
        title = f"Merge pull request #{issue['number']} from {_label(pull).replace(':', '/')}"
        if method == "squash":
            title = f"{as_text(issue['title'])} (#{issue['number']})"
        sha = self.world.add_commit(
            _name(repo), base, as_text(call.body.get("commit_title")) or title
        )
        stamp = self.world.stamp()
        pull |= {"merged_at": stamp, "merged_by": VIEWER, "merge_sha": sha, "method": method}
        pull["head_sha"] = head_of(source)
        issue |= {"state": "closed", "closed": stamp, "updated": stamp}
        self.world.put_issue(_name(repo), issue)
        return {"sha": sha, "merged": True, "message": "Pull Request successfully merged"}

    def _repo(self, call: Call) -> JsonObject:
        return self.world.repo(call.path["owner"], call.path["repo"])

    def pull(self, call: Call) -> JsonObject:
        """The pull request that a request names."""
        issue = self.world.issue(f"{call.path['owner']}/{call.path['repo']}", number_in(call))
        if not issue.get("pull"):
            raise not_found()
        return issue

    def _check_new(self, repo: JsonObject, issue: JsonObject, pull: JsonObject) -> None:
        source, base = self._branches(repo, pull)
        for field, branch in (("head", source), ("base", base)):
            if branch is None:
                raise invalid("PullRequest", field, "invalid")
        if not issue["title"]:
            raise invalid("PullRequest", "title", "missing_field")
        for other in self.world.issues(_name(repo)):
            theirs = as_object(other.get("pull"))
            same = theirs and (_label(theirs), theirs["base"]) == (_label(pull), pull["base"])
            if same and other["state"] == "open":
                message = f"A pull request already exists for {_label(pull)}."
                raise _refused(message)
        if not self._files(repo, issue):
            raise _refused(f"No commits between {pull['base']} and {pull['head']}")

    def _branches(
        self, repo: JsonObject, pull: JsonObject
    ) -> tuple[JsonObject | None, JsonObject | None]:
        head = self.world.branch(as_text(pull["head_repo"]), as_text(pull["head"]))
        return head, self.world.branch(_name(repo), as_text(pull["base"]))

    def _files(self, repo: JsonObject, issue: JsonObject) -> list[JsonObject]:
        pull = as_object(issue["pull"])
        if pull.get("frozen") is not None:
            return as_objects(pull["frozen"])
        source, base = self._branches(repo, pull)
        if source is None or base is None:
            return []
        # What the branch began with, so that later changes of the base are none of its own.
        return changed_files(as_object(source.get("root")) or files_of(base), files_of(source))

    def _end(self, repo: str, name: str, sha: str) -> JsonObject:
        owner = repo.partition("/")[0]
        kept = self.world.store.get(REPOS, repo.lower())
        fork: JsonObject = {"full_name": repo, "fork": True}
        return {
            "label": f"{owner}:{name}",
            "ref": name,
            "sha": sha,
            "user": simple_user(self.world, owner),
            "repo": minimal_repo(self.world, kept or fork),
        }

    def shape(self, repo: JsonObject, issue: JsonObject) -> JsonObject:
        """A pull request as lists show it."""
        full_name, count = _name(repo), number(issue["number"])
        pull = as_object(issue["pull"])
        source, base = self._branches(repo, pull)
        head_sha = as_text(pull.get("head_sha")) or (head_of(source) if source else sha_of("gone"))
        base_sha = head_of(base) if base else sha_of("gone")
        reviewers: list[Json] = [
            simple_user(self.world, login) for login in as_texts(pull.get("reviewers"))
        ]
        shape = issue_shape(self.world, repo, issue)
        for name in ("pull_request", "state_reason", "repository_url", "reactions", "events_url"):
            shape.pop(name, None)
        for name in ("comments", "labels_url"):
            shape.pop(name, None)
        url = f"{API}/repos/{full_name}/pulls/{count}"
        details: JsonObject = {
            "url": url,
            "html_url": f"{WEB}/{full_name}/pull/{count}",
            "diff_url": f"{WEB}/{full_name}/pull/{count}.diff",
            "patch_url": f"{WEB}/{full_name}/pull/{count}.patch",
            "issue_url": f"{API}/repos/{full_name}/issues/{count}",
            "commits_url": f"{url}/commits",
            "statuses_url": f"{API}/repos/{full_name}/statuses/{head_sha}",
            "merged_at": pull.get("merged_at"),
            "merge_commit_sha": pull.get("merge_sha"),
            "requested_reviewers": reviewers,
            "requested_teams": [],
            "draft": bool(pull.get("draft")),
            "head": self._end(as_text(pull["head_repo"]), as_text(pull["head"]), head_sha),
            "base": self._end(full_name, as_text(pull["base"]), base_sha),
            "auto_merge": None,
        }
        return shape | details

    def _figures(self, repo: JsonObject, issue: JsonObject) -> JsonObject:
        """What only a single pull request shows."""
        pull, files = as_object(issue["pull"]), self._files(repo, issue)
        merged = bool(pull.get("merged_at"))
        able = None if merged else not pull.get("dirty")
        state = "draft" if pull.get("draft") else "dirty" if pull.get("dirty") else "clean"
        if state == "clean" and self._failing(repo, pull):
            state = "unstable"
        by = as_text(pull.get("merged_by"))
        comments = self.world.comments(_name(repo), number(issue["number"]))
        return {
            "merged": merged,
            "mergeable": able,
            "rebaseable": able,
            "mergeable_state": "unknown" if merged else state,
            "merged_by": simple_user(self.world, by) if by else None,
            "comments": len(comments),
            "review_comments": len(as_objects(pull.get("inline"))),
            "maintainer_can_modify": False,
            "commits": 1,
            "additions": sum(number(it["additions"]) for it in files),
            "deletions": sum(number(it["deletions"]) for it in files),
            "changed_files": len(files),
        }

    def _failing(self, repo: JsonObject, pull: JsonObject) -> bool:
        source = self.world.branch(as_text(pull["head_repo"]), as_text(pull["head"]))
        runs = self.world.store.all(runs_of(_name(repo)))
        return any(
            source and run["sha"] == head_of(source) and run.get("conclusion") == "failure"
            for run in runs
        )


def _name(repo: JsonObject) -> str:
    return as_text(repo["full_name"])


def _label(pull: JsonObject) -> str:
    return f"{as_text(pull['head_repo']).partition('/')[0]}:{pull['head']}"


def _refused(message: str) -> GithubError:
    error: JsonObject = {"resource": "PullRequest", "code": "custom", "message": message}
    return GithubError(422, "Validation Failed", errors=[error])
