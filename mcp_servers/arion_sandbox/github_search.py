"""The GitHub stand-in's search: qualifiers as GitHub documents them, words in any order.

Source: docs.github.com/search-github/searching-on-github. A qualifier that is not known here is
searched for as a word, as GitHub does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Reply
from arion_sandbox.github_http import PAGE, page_of
from arion_sandbox.github_shapes import API, WEB, full_repo, issue_shape, minimal_repo, simple_user
from arion_sandbox.github_world import (
    REPOS,
    USERS,
    VIEWER,
    GithubError,
    World,
    blob_sha,
    files_of,
    invalid,
    number,
    reviews_of,
)
from arion_sandbox.json_types import Json, JsonObject, as_object, as_text, as_texts

ORDER = Parameter("order", choices=("desc", "asc"))
Q = Parameter("q", required=True)
LONGEST_QUERY = 256
REACHABLE = 1_000

Item = TypeVar("Item")

_TERM = re.compile(r'(-?)(?:(\w[\w-]*):)?("[^"]*"|\S+)')


@dataclass(frozen=True)
class Term:
    """One qualifier or word of a query."""

    name: str
    value: str
    negated: bool


@dataclass(frozen=True)
class Search:
    """The methods, over one world."""

    world: World

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""

        def sort(*choices: str) -> Parameter:
            return Parameter("sort", choices=choices)

        common = (Q, *PAGE, ORDER)
        return (
            Endpoint(
                "GET",
                "/search/issues",
                self.issues,
                (
                    *common,
                    sort("comments", "created", "updated"),
                    Parameter("advanced_search"),
                ),
            ),
            Endpoint("GET", "/search/code", self.code, (*common, sort("indexed"))),
            Endpoint(
                "GET",
                "/search/repositories",
                self.repos,
                (*common, sort("stars", "forks", "updated")),
            ),
            Endpoint(
                "GET",
                "/search/users",
                self.users,
                (*common, sort("followers", "repositories", "joined")),
            ),
        )

    def issues(self, call: Call) -> Reply:
        """Issues and pull requests; one of the two has to be named."""
        terms = self._terms(call)
        kinds = {it.value for it in terms if it.name in ("is", "type")}
        if not kinds & {"issue", "pr", "pull-request"}:
            message = "Query must include 'is:issue' or 'is:pull-request'"
            raise invalid("Search", "q", "invalid", message)
        found = [
            (repo, issue)
            for repo in self._repos(terms)
            for issue in self.world.issues(as_text(repo["full_name"]))
            if all(self._fits(it, repo, issue) != it.negated for it in terms)
        ]
        key = {"updated": "updated"}.get(call.query.text("sort") or "", "created")
        found.sort(key=lambda it: as_text(it[1][key]), reverse=call.query.text("order") != "asc")
        return _answer(call, found, lambda it: issue_shape(self.world, *it) | {"score": 1.0})

    def code(self, call: Call) -> Reply:
        """Files of default branches that hold all the words."""
        terms = self._terms(call)
        words = [it.value.lower() for it in terms if not it.name and not it.negated]
        if not words:
            raise invalid("Search", "q", "missing", "Must include at least one search term")
        found: list[tuple[JsonObject, str, str]] = []
        for repo in self._repos(terms):
            branch = self.world.branch(as_text(repo["full_name"]), as_text(repo["default_branch"]))
            for path, content in files_of(branch or {}).items() if branch else ():
                text = as_text(content)
                inside = all(word in text.lower() or word in path.lower() for word in words)
                if inside and all(_in_file(it, path) for it in terms):
                    found.append((repo, path, text))
        matches = "text-match" in call.headers.get("accept", "")
        return _answer(call, found, lambda it: self._hit(*it, words if matches else []))

    def repos(self, call: Call) -> Reply:
        """Repositories whose name or description hold all the words."""
        terms = self._terms(call)
        words = [it.value.lower() for it in terms if not it.name]
        found = [
            repo
            for repo in self._repos(terms)
            if all(w in f"{repo['full_name']} {repo.get('description')}".lower() for w in words)
            and all(_in_repo(it, repo) for it in terms)
        ]
        return _answer(call, found, lambda it: full_repo(self.world, it) | {"score": 1.0})

    def users(self, call: Call) -> Reply:
        """People and organizations whose login or name hold all the words."""
        words = [it.value.lower() for it in self._terms(call) if not it.name]
        found = [
            user
            for user in self.world.store.all(USERS)
            if all(word in f"{user['login']} {user.get('name')}".lower() for word in words)
        ]
        return _answer(
            call, found, lambda it: simple_user(self.world, as_text(it["login"])) | {"score": 1.0}
        )

    def _terms(self, call: Call) -> list[Term]:
        text = call.query.text("q") or ""
        if len(text) > LONGEST_QUERY:
            message = "The search is longer than 256 characters."
            raise invalid("Search", "q", "invalid", message)
        terms: list[Term] = []
        for negated, name, quoted in _TERM.findall(text):
            value = quoted.strip('"')
            known = not name or name in _QUALIFIERS
            meant = VIEWER if value == "@me" else value
            term = (name, meant) if known else ("", f"{name}:{value}")
            terms.append(Term(*term, negated=bool(negated)))
        return terms

    def _repos(self, terms: list[Term]) -> list[JsonObject]:
        """The repositories that a query is limited to; those of others are seen if public."""
        repos = self.world.store.all(REPOS)
        names = {it.value.lower() for it in terms if it.name == "repo"}
        owners = {it.value.lower() for it in terms if it.name in ("org", "user")}
        known = {as_text(repo["full_name"]).lower() for repo in repos}
        if names - known or owners - {name.partition("/")[0] for name in known}:
            message = (
                "The listed users and repositories cannot be searched either because the"
                " resources do not exist or you do not have permission to view them."
            )
            raise invalid("Search", "q", "invalid", message)
        if not names and not owners:
            return repos
        return [
            repo
            for repo in repos
            if (full := as_text(repo["full_name"]).lower()) in names
            or full.partition("/")[0] in owners
        ]

    def _fits(self, term: Term, repo: JsonObject, issue: JsonObject) -> bool:
        if term.name == "involves":
            return any(_person(name)(term.value, issue) for name in ("author", "assignee")) or (
                f"@{term.value}" in self._text(repo, issue)
                or any(
                    it["author"] == term.value
                    for it in self.world.comments(
                        as_text(repo["full_name"]), number(issue["number"])
                    )
                )
            )
        if term.name == "mentions":
            return f"@{term.value}" in self._text(repo, issue)
        if term.name == "reviewed-by":
            kept = self.world.store.all(
                reviews_of(as_text(repo["full_name"]), number(issue["number"]))
            )
            return any(it["author"] == term.value for it in kept)
        if term.name:
            return _QUALIFIERS[term.name](term.value, issue)
        return term.value.lower() in f"{issue['title']} {self._text(repo, issue)}".lower()

    def _text(self, repo: JsonObject, issue: JsonObject) -> str:
        comments = self.world.comments(as_text(repo["full_name"]), number(issue["number"]))
        return "\n".join([as_text(issue.get("body")), *(as_text(it["body"]) for it in comments)])

    def _hit(self, repo: JsonObject, path: str, text: str, words: list[str]) -> JsonObject:
        full_name, branch = as_text(repo["full_name"]), as_text(repo["default_branch"])
        hit: JsonObject = {
            "name": path.rpartition("/")[2],
            "path": path,
            "sha": blob_sha(text),
            "url": f"{API}/repos/{full_name}/contents/{path}?ref={branch}",
            "git_url": f"{API}/repos/{full_name}/git/blobs/{blob_sha(text)}",
            "html_url": f"{WEB}/{full_name}/blob/{branch}/{path}",
            "repository": minimal_repo(self.world, repo),
            "score": 1.0,
        }
        lines = [line for line in text.splitlines() if any(w in line.lower() for w in words)]
        if words:
            hit["text_matches"] = [{"fragment": line, "matches": []} for line in lines[:2]]
        return hit


def _answer(call: Call, found: list[Item], show: Callable[[Item], Json]) -> Reply:
    # Nothing past the first thousand can be reached, and no page is refused before that.
    if (call.query.number("page", 1) - 1) * call.query.number("per_page", 30) >= REACHABLE:
        raise GithubError(422, "Only the first 1000 search results are available")
    _, rows, links = page_of(call, found)
    items: list[Json] = [show(it) for it in rows]
    answer: JsonObject = {
        "total_count": len(found),
        "incomplete_results": False,
        "items": items,
    }
    return Reply(answer, headers=links)


def _person(name: str) -> Callable[[str, JsonObject], bool]:
    def fits(value: str, issue: JsonObject) -> bool:
        if name == "author":
            return as_text(issue["author"]).lower() == value.lower()
        if name == "assignee":
            return value.lower() in {it.lower() for it in as_texts(issue.get("assignees"))}
        return value in as_texts(as_object(issue.get("pull")).get("reviewers"))

    return fits


def _is(value: str, issue: JsonObject) -> bool:
    pull = as_object(issue.get("pull"))
    return {
        "open": issue["state"] == "open",
        "closed": issue["state"] == "closed",
        "issue": not pull,
        "pr": bool(pull),
        "pull-request": bool(pull),
        "merged": bool(pull.get("merged_at")),
        "draft": bool(pull.get("draft")),
    }.get(value, True)


def _label(value: str, issue: JsonObject) -> bool:
    wanted = {name.strip().lower() for name in value.split(",")}
    return bool(wanted & {name.lower() for name in as_texts(issue.get("labels"))})


def _no(value: str, issue: JsonObject) -> bool:
    return not as_texts(issue.get({"assignee": "assignees", "label": "labels"}.get(value, "")))


def _moment(field: str) -> Callable[[str, JsonObject], bool]:
    def fits(value: str, issue: JsonObject) -> bool:
        day = value.lstrip("<>=")
        sign = value.removesuffix(day)
        moment = as_text(issue.get(field))[: len(day)]
        return {
            ">": moment > day,
            ">=": moment >= day,
            "<": moment < day,
            "<=": moment <= day,
        }.get(sign, moment == day)

    return fits


def _any(_value: str, _issue: JsonObject) -> bool:
    return True


_QUALIFIERS: Mapping[str, Callable[[str, JsonObject], bool]] = {
    "is": _is,
    "type": _is,
    "state": _is,
    "author": _person("author"),
    "assignee": _person("assignee"),
    "review-requested": _person("reviewers"),
    "label": _label,
    "no": _no,
    "created": _moment("created"),
    "updated": _moment("updated"),
    "closed": _moment("closed"),
    "involves": _any,
    "mentions": _any,
    "reviewed-by": _any,
    "repo": _any,
    "org": _any,
    "user": _any,
    "in": _any,
    "sort": _any,
    "language": _any,
    "path": _any,
    "extension": _any,
    "filename": _any,
    "archived": _any,
}


def _in_repo(term: Term, repo: JsonObject) -> bool:
    if term.name == "language":
        return as_text(repo.get("language")).lower() == term.value.lower()
    if term.name == "is":
        return {"private": bool(repo.get("private")), "public": not repo.get("private")}.get(
            term.value, True
        )
    return True


def _in_file(term: Term, path: str) -> bool:
    if term.name == "path":
        return path.startswith(term.value.strip("/"))
    if term.name == "extension":
        return path.endswith(f".{term.value}")
    if term.name == "filename":
        return path.rpartition("/")[2] == term.value
    return True
