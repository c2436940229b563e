"""The GitHub stand-in's notifications."""

from __future__ import annotations

from dataclasses import dataclass

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Reply, Shape
from arion_sandbox.github_http import PAGE, paged
from arion_sandbox.github_shapes import API, minimal_repo
from arion_sandbox.github_world import NOTIFICATIONS, World, not_found, number_of
from arion_sandbox.json_types import Json, JsonObject, as_text

LIST = (
    *PAGE,
    Parameter("all", "boolean"),
    Parameter("participating", "boolean"),
    Parameter("since", "date-time"),
    Parameter("before", "date-time"),
)
READ: dict[str, Shape] = {"last_read_at": "date-time", "read": "boolean"}
PARTICIPATING = ("assign", "author", "comment", "mention", "review_requested")
DEFAULT_PER_PAGE = 50


@dataclass(frozen=True)
class Notifications:
    """The methods, over one world."""

    world: World

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""
        of_repo, thread = "/repos/{owner}/{repo}/notifications", "/notifications/threads/{id}"
        return (
            Endpoint("GET", "/notifications", self.list, LIST),
            Endpoint("PUT", "/notifications", self.read_all, (), READ),
            Endpoint("GET", of_repo, self.list, LIST),
            Endpoint("PUT", of_repo, self.read_all, (), READ),
            Endpoint("GET", thread, self.get),
            Endpoint("PATCH", thread, self.read),
        )

    def list(self, call: Call) -> Reply:
        """What is new, the newest first."""
        query = call.query
        since, before = query.text("since") or "", query.text("before") or "9999"
        found = [
            it
            for it in self._kept(call)
            if (query.flag("all") or it["unread"])
            and (not query.flag("participating") or it["reason"] in PARTICIPATING)
            and since <= as_text(it["updated"]) < before
        ]
        return paged(call, found, self._shape, default=DEFAULT_PER_PAGE)

    def get(self, call: Call) -> JsonObject:
        """One thread."""
        return self._shape(self._thread(call))

    def read(self, call: Call) -> Reply:
        """Mark a thread as read."""
        self._mark(self._thread(call))
        return Reply(None, 205)

    def read_all(self, call: Call) -> Reply:
        """Mark everything up to a moment as read."""
        until = as_text(call.body.get("last_read_at")) or self.world.stamp()
        for thread in self._kept(call):
            if as_text(thread["updated"]) <= until:
                self._mark(thread)
        return Reply(None, 205)

    def _kept(self, call: Call) -> list[JsonObject]:
        kept = self.world.store.all(NOTIFICATIONS)
        if "owner" in call.path:
            repo = self.world.repo(call.path["owner"], call.path["repo"])
            kept = [it for it in kept if it["repo"] == repo["full_name"]]
        return sorted(kept, key=lambda it: as_text(it["updated"]), reverse=True)

    def _thread(self, call: Call) -> JsonObject:
        thread = self.world.store.get(NOTIFICATIONS, call.path["id"])
        if thread is None:
            raise not_found()
        return thread

    def _mark(self, thread: JsonObject) -> None:
        thread |= {"unread": False, "last_read": self.world.stamp()}
        self.world.store.put(NOTIFICATIONS, as_text(thread["id"]), thread)

    def _shape(self, thread: JsonObject) -> JsonObject:
        owner, _, name = as_text(thread["repo"]).partition("/")
        kind = as_text(thread["type"])
        segment = {"PullRequest": "pulls", "Issue": "issues"}.get(kind, "releases")
        last = thread.get("number") or number_of("thread", as_text(thread["title"]))
        url: Json = f"{API}/repos/{thread['repo']}/{segment}/{last}"
        return {
            "id": thread["id"],
            "unread": thread["unread"],
            "reason": thread["reason"],
            "updated_at": thread["updated"],
            "last_read_at": thread.get("last_read"),
            "subject": {
                "title": thread["title"],
                "url": url,
                "latest_comment_url": url,
                "type": kind,
            },
            "repository": minimal_repo(self.world, self.world.repo(owner, name)),
            "url": f"{API}/notifications/threads/{thread['id']}",
            "subscription_url": f"{API}/notifications/threads/{thread['id']}/subscription",
        }
