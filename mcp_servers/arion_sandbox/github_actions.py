"""The GitHub stand-in's workflow runs, jobs, logs and checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Reply, Shape
from arion_sandbox.github_http import PAGE, missing, page_of
from arion_sandbox.github_run_shapes import (
    check_shape,
    job_shape,
    run_shape,
    workflow_id,
    workflow_shape,
)
from arion_sandbox.github_shapes import API, minimal_repo
from arion_sandbox.github_world import (
    VIEWER,
    GithubError,
    World,
    invalid,
    not_found,
    number,
    number_of,
    runs_of,
)
from arion_sandbox.json_types import Json, JsonObject, as_objects, as_text, as_texts

STATUSES = (
    "completed", "action_required", "cancelled", "failure", "neutral", "skipped", "stale",
    "success", "timed_out", "in_progress", "queued", "requested", "waiting", "pending",
)  # fmt: skip
RUNS = (
    *PAGE,
    Parameter("actor"),
    Parameter("branch"),
    Parameter("event"),
    Parameter("status", choices=STATUSES),
    Parameter("head_sha"),
    Parameter("exclude_pull_requests", "boolean"),
)
FILTER = Parameter("filter", choices=("latest", "all"))
CHECKS = (*PAGE, FILTER, Parameter("check_name"), Parameter("status", choices=STATUSES[:1]))
DISPATCH: dict[str, Shape] = {"ref": "string", "inputs": {"*": "string"}}
SIGNED = "sandbox-signature"


@dataclass(frozen=True)
class Actions:
    """The methods, over one world."""

    world: World

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""
        repo = "/repos/{owner}/{repo}"
        runs = f"{repo}/actions/runs"
        run, jobs = f"{runs}/{{id:int}}", f"{repo}/actions/jobs/{{id:int}}"
        workflows = f"{repo}/actions/workflows"
        return (
            Endpoint("GET", runs, self.runs, RUNS),
            Endpoint("GET", run, self.run),
            Endpoint("GET", f"{run}/jobs", self.jobs, (*PAGE, FILTER)),
            Endpoint("GET", jobs, self.job),
            Endpoint("GET", f"{jobs}/logs", self.logs),
            Endpoint("POST", f"{run}/rerun", self.rerun),
            Endpoint("POST", f"{run}/rerun-failed-jobs", self.rerun),
            Endpoint("POST", f"{run}/cancel", self.cancel),
            Endpoint("GET", workflows, self.workflows, PAGE),
            Endpoint("GET", f"{workflows}/{{workflow}}", self.workflow),
            Endpoint("POST", f"{workflows}/{{workflow}}/dispatches", self.dispatch, (), DISPATCH),
            Endpoint("GET", f"{repo}/commits/{{ref:path}}/check-runs", self.checks, CHECKS),
            Endpoint("GET", f"{repo}/commits/{{ref:path}}/status", self.status, PAGE),
        )

    def runs(self, call: Call) -> Reply:
        """The runs of a repository, the newest first."""
        repo, query = self._repo(call), call.query
        found = [
            it
            for it in self._runs(repo)
            if query.text("branch") in (None, it["branch"])
            and query.text("event") in (None, it["event"])
            and query.text("head_sha") in (None, it["sha"])
            and query.text("actor") in (None, it["actor"])
            and query.text("status") in (None, it["status"], it.get("conclusion"))
        ]
        _, rows, links = page_of(call, found)
        shown: list[Json] = [run_shape(self.world, repo, it) for it in rows]
        return Reply({"total_count": len(found), "workflow_runs": shown}, headers=links)

    def run(self, call: Call) -> JsonObject:
        """One run."""
        repo = self._repo(call)
        return run_shape(self.world, repo, self._run(repo, call))

    def jobs(self, call: Call) -> Reply:
        """The jobs of a run."""
        repo = self._repo(call)
        run = self._run(repo, call)
        _, rows, links = page_of(call, as_objects(run["jobs"]))
        shown: list[Json] = [job_shape(repo, run, it) for it in rows]
        return Reply({"total_count": len(as_objects(run["jobs"])), "jobs": shown}, headers=links)

    def job(self, call: Call) -> JsonObject:
        """One job."""
        repo = self._repo(call)
        run, job = self._job(repo, call)
        return job_shape(repo, run, job)

    def logs(self, call: Call) -> Reply:
        """Where a job's log can be fetched; the address is good for a minute and needs no token."""
        repo = self._repo(call)
        _, job = self._job(repo, call)
        if job["status"] != "completed":
            raise not_found()
        parts = urlsplit(call.url)
        mounted = parts.path.partition("/repos/")[0]
        place = f"{mounted}/logs/{job['id']}?sig={SIGNED}"
        return Reply(None, 302, {"Location": f"{parts.scheme}://{parts.netloc}{place}"})

    def rerun(self, call: Call) -> Reply:
        """Run a finished run again."""
        repo = self.world.writable(call.path["owner"], call.path["repo"])
        run = self._run(repo, call)
        if run["status"] != "completed":
            message = "The workflow run is already running"
            raise GithubError(403, message)
        self._restart(run)
        self._put(repo, run)
        return Reply({}, 201)

    def cancel(self, call: Call) -> Reply:
        """Stop a run."""
        repo = self.world.writable(call.path["owner"], call.path["repo"])
        run = self._run(repo, call)
        if run["status"] == "completed":
            raise GithubError(409, "Cannot cancel a workflow run that is completed.")
        run |= {"status": "completed", "conclusion": "cancelled", "updated": self.world.stamp()}
        for job in as_objects(run["jobs"]):
            job |= {"status": "completed", "conclusion": "cancelled"}
        self._put(repo, run)
        return Reply({}, 202)

    def workflows(self, call: Call) -> Reply:
        """The workflows of a repository."""
        repo = self._repo(call)
        found = as_objects(repo.get("workflows"))
        _, rows, links = page_of(call, found)
        shown: list[Json] = [workflow_shape(repo, it) for it in rows]
        return Reply({"total_count": len(found), "workflows": shown}, headers=links)

    def workflow(self, call: Call) -> JsonObject:
        """One workflow, by id or file name."""
        repo = self._repo(call)
        return workflow_shape(repo, self._workflow(repo, call))

    def dispatch(self, call: Call) -> None:
        """Start a workflow by hand."""
        repo = self.world.writable(call.path["owner"], call.path["repo"])
        if not call.body.get("ref"):
            raise missing("ref")
        found = self._workflow(repo, call)
        if not found.get("dispatch"):
            raise GithubError(422, "Workflow does not have 'workflow_dispatch' trigger")
        branch = self.world.branch(_name(repo), as_text(call.body["ref"]))
        if branch is None:
            raise GithubError(422, f"No ref found for: {call.body['ref']}")
        stamp, count = self.world.stamp(), len(self._runs(repo)) + 1
        run: JsonObject = {
            "id": number_of("run", _name(repo), str(count), stamp),
            "number": count,
            "name": found["name"],
            "file": found["file"],
            "title": found["name"],
            "branch": branch["name"],
            "sha": as_texts(branch["history"])[0],
            "event": "workflow_dispatch",
            "status": "queued",
            "conclusion": None,
            "actor": VIEWER,
            "attempt": 1,
            "created": stamp,
            "updated": stamp,
            "jobs": [],
        }
        self._put(repo, run)

    def checks(self, call: Call) -> Reply:
        """The checks of a commit: here, the jobs of its runs."""
        repo = self._repo(call)
        sha = self._sha(repo, call.path["ref"])
        found = [
            check_shape(repo, run, job)
            for run in self._runs(repo)
            if run["sha"] == sha
            for job in as_objects(run["jobs"])
        ]
        _, rows, links = page_of(call, found)
        shown: list[Json] = [*rows]
        return Reply({"total_count": len(found), "check_runs": shown}, headers=links)

    def status(self, call: Call) -> JsonObject:
        """The older kind of checks: none here."""
        repo = self._repo(call)
        sha = self._sha(repo, call.path["ref"])
        return {
            "state": "pending",
            "statuses": [],
            "sha": sha,
            "total_count": 0,
            "repository": minimal_repo(self.world, repo),
            "commit_url": f"{API}/repos/{_name(repo)}/commits/{sha}",
            "url": f"{API}/repos/{_name(repo)}/commits/{sha}/status",
        }

    def _repo(self, call: Call) -> JsonObject:
        return self.world.repo(call.path["owner"], call.path["repo"])

    def _workflow(self, repo: JsonObject, call: Call) -> JsonObject:
        for workflow in as_objects(repo.get("workflows")):
            if call.path["workflow"] in (workflow["file"], str(workflow_id(repo, workflow))):
                return workflow
        raise not_found()

    def _sha(self, repo: JsonObject, ref: str) -> str:
        # A pull request from a fork has its checks here, its commit there.
        return ref if re.fullmatch("[0-9a-f]{40}", ref) else self.world.resolve(repo, ref)[0]

    def _runs(self, repo: JsonObject) -> list[JsonObject]:
        return self.world.store.all(runs_of(_name(repo)))[::-1]

    def _run(self, repo: JsonObject, call: Call) -> JsonObject:
        wanted = cast("int", call.path["id"])
        for run in self._runs(repo):
            if number(run["id"]) == wanted:
                return run
        raise not_found()

    def _job(self, repo: JsonObject, call: Call) -> tuple[JsonObject, JsonObject]:
        wanted = cast("int", call.path["id"])
        for run, job in self._all_jobs(repo):
            if number(job["id"]) == wanted:
                return run, job
        raise not_found()

    def _all_jobs(self, repo: JsonObject) -> Iterator[tuple[JsonObject, JsonObject]]:
        return ((run, job) for run in self._runs(repo) for job in as_objects(run["jobs"]))

    def _put(self, repo: JsonObject, run: JsonObject) -> None:
        self.world.store.put(runs_of(_name(repo)), f"{number(run['number']):06}", run)

    def _restart(self, run: JsonObject) -> None:
        run |= {"status": "queued", "conclusion": None, "attempt": number(run["attempt"]) + 1}
        run["updated"] = self.world.stamp()
        for job in as_objects(run["jobs"]):
            job |= {"status": "queued", "conclusion": None}


def _name(repo: JsonObject) -> str:
    return as_text(repo["full_name"])


def stored_log(world: World, call: Call) -> Reply:
    """A job's log at its signed address, which must come without a token."""
    if call.query.text("sig") != SIGNED:
        raise invalid("Log", "sig", "invalid")
    if "authorization" in call.headers:
        # The real store refuses a request that carries credentials of another kind.
        raise GithubError(403, "The address is signed; a token must not be sent along")
    for repo in world.store.all("github/repos"):
        for run in world.store.all(runs_of(_name(repo))):
            for job in as_objects(run["jobs"]):
                if str(job["id"]) == call.path["id"]:
                    return Reply(as_text(job.get("log")), media_type="text/plain")
    raise not_found()
