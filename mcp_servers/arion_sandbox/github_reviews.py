"""The GitHub stand-in's reviews of pull requests, and who is asked for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from arion_sandbox.endpoints import Call, Endpoint, Reply, Shape
from arion_sandbox.github_http import PAGE, missing, paged
from arion_sandbox.github_issues import number_in
from arion_sandbox.github_pulls import Pulls
from arion_sandbox.github_shapes import API, WEB, association, comment_shape, simple_user
from arion_sandbox.github_world import (
    VIEWER,
    GithubError,
    World,
    invalid,
    not_found,
    number,
    number_of,
    reviews_of,
    sha_of,
)
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts

REVIEW: dict[str, Shape] = {"body": "string", "event": "string", "commit_id": "string"}
DISMISS: dict[str, Shape] = {"message": "string", "event": "string"}
REVIEWERS: dict[str, Shape] = {"reviewers": ["string"], "team_reviewers": ["string"]}
EVENTS = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


@dataclass(frozen=True)
class Reviews:
    """The methods, over one world."""

    world: World

    @property
    def pulls(self) -> Pulls:
        """The pull requests they are of."""
        return Pulls(self.world)

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""
        pull = "/repos/{owner}/{repo}/pulls/{number:int}"
        review = f"{pull}/reviews/{{id:int}}"
        asked = f"{pull}/requested_reviewers"
        return (
            Endpoint("GET", f"{pull}/reviews", self.reviews, PAGE),
            Endpoint("POST", f"{pull}/reviews", self.review, (), REVIEW),
            Endpoint("GET", review, self.get_review),
            Endpoint("PUT", f"{review}/dismissals", self.dismiss, (), DISMISS),
            Endpoint("POST", asked, self.ask_for_review, (), REVIEWERS),
            Endpoint("DELETE", asked, self.ask_no_more, (), REVIEWERS),
            Endpoint("GET", f"{pull}/comments", self.inline_comments, PAGE),
        )

    def reviews(self, call: Call) -> Reply:
        """The reviews of a pull request, the oldest first."""
        repo, issue = self._repo(call), self.pulls.pull(call)
        kept = self.world.store.all(reviews_of(_name(repo), number(issue["number"])))
        return paged(call, kept, lambda it: self._review(repo, number(issue["number"]), it))

    def review(self, call: Call) -> JsonObject:
        """A new review."""
        repo, issue = self._repo(call), self.pulls.pull(call)
        event, body = as_text(call.body.get("event")), as_text(call.body.get("body"))
        if event not in EVENTS:
            raise invalid("PullRequestReview", "event", "invalid")
        if event != "COMMENT" and issue["author"] == VIEWER:
            verb = "approve" if event == "APPROVE" else "request changes on"
            raise GithubError(
                422, "Unprocessable Entity", errors=[f"Can not {verb} your own pull request"]
            )
        if event != "APPROVE" and not body.strip():
            raise GithubError(422, "Unprocessable Entity", errors=["Body cannot be blank"])
        count = number(issue["number"])
        key = reviews_of(_name(repo), count)
        kept = self.world.store.all(key)
        review_id = (number(kept[-1]["id"]) if kept else number_of(key)) + 1
        review: JsonObject = {
            "id": review_id,
            "author": VIEWER,
            "state": EVENTS[event],
            "body": body,
            "submitted": self.world.stamp(),
        }
        self.world.store.put(key, f"{review_id:012}", review)
        pull = as_object(issue["pull"])
        pull["reviewers"] = [it for it in as_texts(pull.get("reviewers")) if it != VIEWER]
        self.world.put_issue(_name(repo), issue)
        return self._review(repo, count, review)

    def get_review(self, call: Call) -> JsonObject:
        """One review."""
        return self._review(self._repo(call), number_in(call), self._kept_review(call))

    def dismiss(self, call: Call) -> JsonObject:
        """Take a review's verdict away; it stays to be read."""
        repo = self.world.writable(call.path["owner"], call.path["repo"])
        if not call.body.get("message"):
            raise missing("message")
        review = self._kept_review(call)
        if review["state"] not in ("APPROVED", "CHANGES_REQUESTED"):
            raise GithubError(422, "Can not dismiss a commented pull request review")
        review["state"] = "DISMISSED"
        key = reviews_of(_name(repo), number_in(call))
        self.world.store.put(key, f"{number(review['id']):012}", review)
        return self._review(repo, number_in(call), review)

    def ask_for_review(self, call: Call) -> Reply:
        """Ask people for a review."""
        return Reply(self._reviewers(call, adding=True), 201)

    def ask_no_more(self, call: Call) -> JsonObject:
        """Ask people for a review no more."""
        return self._reviewers(call, adding=False)

    def _reviewers(self, call: Call, *, adding: bool) -> JsonObject:
        repo, issue = (
            self.world.writable(call.path["owner"], call.path["repo"]),
            self.pulls.pull(call),
        )
        if call.body.get("reviewers") is None:
            raise missing("reviewers")
        pull, named = as_object(issue["pull"]), as_texts(call.body["reviewers"])
        members = {*as_texts(repo.get("member")), *as_texts(repo.get("collaborator"))}
        if adding and issue["author"] in named:
            message = "Review cannot be requested from pull request author."
            raise GithubError(422, message)
        if adding and not members.issuperset(named):
            message = "Reviews may only be requested from collaborators."
            raise GithubError(422, f"{message} One or more of the users is not a collaborator.")
        others = [it for it in as_texts(pull.get("reviewers")) if it not in named]
        pull["reviewers"] = list[Json]([*others, *named] if adding else others)
        self.world.put_issue(_name(repo), issue)
        return self.pulls.shape(repo, issue)

    def _kept_review(self, call: Call) -> JsonObject:
        wanted = cast("int", call.path["id"])
        key = reviews_of(f"{call.path['owner']}/{call.path['repo']}", number_in(call))
        review = self.world.store.get(key, f"{wanted:012}")
        if review is None:
            raise not_found()
        return review

    def inline_comments(self, call: Call) -> Reply:
        """The comments in the files of a pull request."""
        repo, issue = self._repo(call), self.pulls.pull(call)
        count = number(issue["number"])

        def show(comment: JsonObject) -> Json:
            shape = comment_shape(self.world, repo, count, comment)
            shape.pop("issue_url")
            place = {name: comment[name] for name in ("path", "line")}
            return shape | place | {"pull_request_review_id": None, "diff_hunk": "@@"}

        return paged(call, as_objects(as_object(issue["pull"]).get("inline")), show)

    def _review(self, repo: JsonObject, count: int, review: JsonObject) -> JsonObject:
        author, full_name = as_text(review["author"]), _name(repo)
        url = f"{API}/repos/{full_name}/pulls/{count}"
        return {
            "id": review["id"],
            "node_id": sha_of("review", str(review["id"]))[:20],
            "user": simple_user(self.world, author),
            "body": as_text(review.get("body")),
            "state": review["state"],
            "html_url": f"{WEB}/{full_name}/pull/{count}#pullrequestreview-{review['id']}",
            "pull_request_url": url,
            "_links": {"pull_request": {"href": url}},
            "submitted_at": review["submitted"],
            "commit_id": sha_of("review", full_name, str(count)),
            "author_association": association(repo, author),
        }

    def _repo(self, call: Call) -> JsonObject:
        return self.world.repo(call.path["owner"], call.path["repo"])


def _name(repo: JsonObject) -> str:
    return as_text(repo["full_name"])
