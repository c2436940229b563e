"""The GitHub stand-in's issues and their comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Reply, Shape
from arion_sandbox.github_http import PAGE, missing, paged
from arion_sandbox.github_shapes import comment_shape, issue_shape
from arion_sandbox.github_world import (
    VIEWER,
    GithubError,
    World,
    comments_of,
    invalid,
    not_found,
    number,
    number_of,
)
from arion_sandbox.json_types import Json, JsonObject, as_objects, as_text, as_texts

LIST = (
    *PAGE,
    Parameter("state", choices=("open", "closed", "all")),
    Parameter("labels"),
    Parameter("assignee"),
    Parameter("creator"),
    Parameter("mentioned"),
    Parameter("since", "date-time"),
    Parameter("sort", choices=("created", "updated", "comments")),
    Parameter("direction", choices=("asc", "desc")),
)
ISSUE: dict[str, Shape] = {
    "title": "string",
    "body": "string",
    "labels": ["string"],
    "assignees": ["string"],
    "state": "string",
    "state_reason": "string",
}
LONGEST_BODY = 65_536
REASONS = (None, "completed", "not_planned", "duplicate", "reopened")


@dataclass(frozen=True)
class Issues:
    """The methods, over one world."""

    world: World

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""
        issues = "/repos/{owner}/{repo}/issues"
        issue, comment = f"{issues}/{{number:int}}", f"{issues}/comments/{{id:int}}"
        body: dict[str, Shape] = {"body": "string"}
        return (
            Endpoint("GET", issues, self.list, LIST),
            Endpoint("POST", issues, self.create, (), ISSUE),
            Endpoint("GET", issue, self.get),
            Endpoint("PATCH", issue, self.update, (), ISSUE),
            Endpoint(
                "GET",
                f"{issue}/comments",
                self.list_comments,
                (*PAGE, Parameter("since", "date-time")),
            ),
            Endpoint("POST", f"{issue}/comments", self.comment, (), body),
            Endpoint("GET", comment, self.get_comment),
            Endpoint("DELETE", comment, self.delete_comment),
        )

    def list(self, call: Call) -> Reply:
        """Issues and pull requests of a repository, the newest first."""
        repo = self._repo(call)
        found = [it for it in self.world.issues(_name(repo)) if _wanted(it, call)]
        key = {"updated": "updated"}.get(call.query.text("sort") or "", "created")
        found.sort(
            key=lambda it: (as_text(it[key]), number(it["number"])),
            reverse=call.query.text("direction") != "asc",
        )
        return paged(call, found, lambda it: issue_shape(self.world, repo, it))

    def get(self, call: Call) -> JsonObject:
        """One issue or pull request."""
        repo = self._repo(call)
        return issue_shape(self.world, repo, self.world.issue(_name(repo), number_in(call)))

    def create(self, call: Call) -> Reply:
        """A new issue. Somebody without push access sets neither labels nor assignees."""
        repo = self._repo(call)
        if call.body.get("title") is None:
            raise missing("title")
        stamp = self.world.stamp()
        issue: JsonObject = {
            "number": self.world.next_number(_name(repo)),
            "author": VIEWER,
            "state": "open",
            "created": stamp,
            "updated": stamp,
        }
        fields = call.body if repo.get("push") else _without_rights(call.body)
        issue |= self._fields(repo, fields)
        self.world.put_issue(_name(repo), issue)
        shape = issue_shape(self.world, repo, issue)
        return Reply(shape, 201, {"Location": as_text(shape["url"])})

    def update(self, call: Call) -> JsonObject:
        """Change an issue or pull request."""
        repo = self._repo(call)
        issue = self.world.issue(_name(repo), number_in(call))
        if not repo.get("push") and issue["author"] != VIEWER:
            raise GithubError(403, "Must have admin rights to Repository.")
        issue |= self._fields(repo, call.body)
        state = call.body.get("state")
        if state is not None:
            issue |= self._moved(as_text(state), call.body.get("state_reason"))
        issue["updated"] = self.world.stamp()
        self.world.put_issue(_name(repo), issue)
        return issue_shape(self.world, repo, issue)

    def list_comments(self, call: Call) -> Reply:
        """The comments of an issue or pull request, the oldest first."""
        repo, count = self._repo(call), number_in(call)
        self.world.issue(_name(repo), count)
        since = call.query.text("since") or ""
        found = [it for it in self.world.comments(_name(repo), count) if _since(it, since)]
        return paged(call, found, lambda it: comment_shape(self.world, repo, count, it))

    def comment(self, call: Call) -> Reply:
        """A new comment."""
        repo, count = self._repo(call), number_in(call)
        issue = self.world.issue(_name(repo), count)
        body = call.body.get("body")
        if body is None:
            raise missing("body")
        if not as_text(body).strip():
            raise invalid("IssueComment", "data", "unprocessable", "Body cannot be blank")
        comments, stamp = self.world.comments(_name(repo), count), self.world.stamp()
        # Ids grow with time: the order of comments is the order of their ids.
        last = number(comments[-1]["id"]) if comments else number_of("c", _name(repo), str(count))
        comment: JsonObject = {"id": last + 1, "author": VIEWER, "body": body, "created": stamp}
        self.world.store.put(comments_of(_name(repo), count), f"{last + 1:012}", comment)
        issue["updated"] = stamp
        self.world.put_issue(_name(repo), issue)
        return Reply(comment_shape(self.world, repo, count, comment), 201)

    def get_comment(self, call: Call) -> JsonObject:
        """One comment."""
        repo = self._repo(call)
        count, comment = self._comment(repo, call)
        return comment_shape(self.world, repo, count, comment)

    def delete_comment(self, call: Call) -> None:
        """Remove a comment for good."""
        repo = self._repo(call)
        count, comment = self._comment(repo, call)
        if not repo.get("push") and comment["author"] != VIEWER:
            raise GithubError(403, "Must have admin rights to Repository.")
        self.world.store.connection.execute(
            "DELETE FROM documents WHERE collection = ? AND key = ?",
            (comments_of(_name(repo), count), f"{number(comment['id']):012}"),
        )

    def _comment(self, repo: JsonObject, call: Call) -> tuple[int, JsonObject]:
        wanted = cast("int", call.path["id"])
        for issue in self.world.issues(_name(repo)):
            count = number(issue["number"])
            for comment in self.world.comments(_name(repo), count):
                if number(comment["id"]) == wanted:
                    return count, comment
        raise not_found()

    def _repo(self, call: Call) -> JsonObject:
        repo = self.world.repo(call.path["owner"], call.path["repo"])
        if repo.get("no_issues"):
            raise GithubError(410, "Issues are disabled for this repo")
        return repo

    def _fields(self, repo: JsonObject, body: JsonObject) -> JsonObject:
        fields: JsonObject = {}
        if "title" in body:
            if not as_text(body["title"]).strip():
                raise invalid("Issue", "title", "missing_field")
            fields["title"] = as_text(body["title"])[:256]
        if "body" in body:
            if len(as_text(body["body"])) > LONGEST_BODY:
                message = f"body is too long (maximum is {LONGEST_BODY} characters)"
                raise invalid("Issue", "body", "custom", message)
            fields["body"] = body["body"]
        if "labels" in body:
            fields["labels"] = list[Json](as_texts(body["labels"]))
            self._make_labels(repo, as_texts(body["labels"]))
        if "assignees" in body:
            logins = as_texts(body["assignees"])
            strangers = [login for login in logins if not self.world.user(login).get("id")]
            if strangers:
                raise invalid("Issue", "assignees", "invalid")
            fields["assignees"] = list[Json](logins)
        return fields

    def _make_labels(self, repo: JsonObject, names: list[str]) -> None:
        known = {as_text(it["name"]) for it in as_objects(repo.get("labels"))}
        new: list[Json] = [{"name": name, "color": "ededed"} for name in names if name not in known]
        if new:
            repo["labels"] = [*as_objects(repo.get("labels")), *new]
            self.world.put_repo(repo)

    def _moved(self, state: str, reason: Json) -> JsonObject:
        if state not in ("open", "closed"):
            raise invalid("Issue", "state", "invalid")
        if reason not in REASONS:
            raise invalid("Issue", "state_reason", "invalid")
        if state == "open":
            return {"state": "open", "state_reason": reason and "reopened", "closed": None}
        stamp = self.world.stamp()
        return {"state": "closed", "state_reason": reason or "completed", "closed": stamp}


def number_in(call: Call) -> int:
    """The number in the path."""
    return cast("int", call.path["number"])


def _name(repo: JsonObject) -> str:
    return as_text(repo["full_name"])


def _without_rights(body: JsonObject) -> JsonObject:
    return {name: value for name, value in body.items() if name in ("title", "body")}


def _since(item: JsonObject, since: str) -> bool:
    return as_text(item.get("updated") or item["created"]) >= since


def _wanted(issue: JsonObject, call: Call) -> bool:
    query = call.query
    assignee, assignees = query.text("assignee"), as_texts(issue.get("assignees"))
    assigned = (assignee in (None, "*") and (assignee is None or bool(assignees))) or (
        not assignees if assignee == "none" else assignee in assignees
    )
    labels = [name.strip() for name in (query.text("labels") or "").split(",") if name.strip()]
    return (
        (query.text("state") or "open") in ("all", issue["state"])
        and assigned
        and query.text("creator") in (None, issue["author"])
        and {name.lower() for name in labels}
        <= {name.lower() for name in as_texts(issue.get("labels"))}
        and _since(issue, query.text("since") or "")
    )
