"""How the API shows workflow runs, jobs and checks. Fields: GitHub's OpenAPI description."""

from __future__ import annotations

from arion_sandbox.github_shapes import API, WEB, minimal_repo, simple_user
from arion_sandbox.github_world import World, number_of, sha_of
from arion_sandbox.json_types import Json, JsonObject, as_text, as_texts


def run_shape(world: World, repo: JsonObject, run: JsonObject) -> JsonObject:
    """A run of a workflow."""
    full_name = _name(repo)
    url = f"{API}/repos/{full_name}/actions/runs/{run['id']}"
    return {
        "id": run["id"],
        "node_id": sha_of("run", str(run["id"]))[:20],
        "name": run["name"],
        "path": f".github/workflows/{run['file']}",
        "workflow_id": number_of("workflow", full_name, as_text(run["file"])),
        "head_branch": run["branch"],
        "head_sha": run["sha"],
        "display_title": run["title"],
        "run_number": run["number"],
        "run_attempt": run["attempt"],
        "event": run["event"],
        "status": run["status"],
        "conclusion": run.get("conclusion"),
        "url": url,
        "html_url": f"{WEB}/{full_name}/actions/runs/{run['id']}",
        "pull_requests": [],
        "created_at": run["created"],
        "updated_at": run["updated"],
        "run_started_at": run["created"],
        "actor": simple_user(world, as_text(run["actor"])),
        "triggering_actor": simple_user(world, as_text(run["actor"])),
        "jobs_url": f"{url}/jobs",
        "logs_url": f"{url}/logs",
        "repository": minimal_repo(world, repo),
    }


def workflow_id(repo: JsonObject, workflow: JsonObject) -> int:
    """The id of a workflow."""
    return number_of("workflow", _name(repo), as_text(workflow["file"]))


def workflow_shape(repo: JsonObject, workflow: JsonObject) -> JsonObject:
    """A workflow."""
    return {
        "id": workflow_id(repo, workflow),
        "name": workflow["name"],
        "path": f".github/workflows/{workflow['file']}",
        "state": "active",
        "html_url": f"{WEB}/{_name(repo)}/actions/workflows/{workflow['file']}",
    }


def job_shape(repo: JsonObject, run: JsonObject, job: JsonObject) -> JsonObject:
    """A job of a run."""
    full_name = _name(repo)
    return {
        "id": job["id"],
        "run_id": run["id"],
        "run_url": f"{API}/repos/{full_name}/actions/runs/{run['id']}",
        "head_sha": run["sha"],
        "head_branch": run["branch"],
        "url": f"{API}/repos/{full_name}/actions/jobs/{job['id']}",
        "html_url": f"{WEB}/{full_name}/actions/runs/{run['id']}/job/{job['id']}",
        "status": job["status"],
        "conclusion": job.get("conclusion"),
        "created_at": run["created"],
        "started_at": run["created"],
        "completed_at": run["updated"] if job["status"] == "completed" else None,
        "name": job["name"],
        "workflow_name": run["name"],
        "steps": _steps(run, job),
        "labels": ["ubuntu-latest"],
        "runner_id": None,
        "runner_name": None,
        "check_run_url": f"{API}/repos/{full_name}/check-runs/{job['id']}",
    }


def _steps(run: JsonObject, job: JsonObject) -> list[Json]:
    names = as_texts(job.get("steps")) or ["Set up job", as_text(job["name"])]
    failed = as_text(job.get("failed_step"))
    done = names.index(failed) if failed in names else len(names)
    steps: list[Json] = []
    for index, name in enumerate(names):
        result = "success" if index < done else "failure" if index == done else "skipped"
        steps.append(
            {
                "name": name,
                "number": index + 1,
                "status": job["status"],
                "conclusion": result if job["status"] == "completed" else None,
                "started_at": run["created"],
                "completed_at": run["updated"],
            }
        )
    return steps


def check_shape(repo: JsonObject, run: JsonObject, job: JsonObject) -> JsonObject:
    """A job as a check of its commit."""
    page = f"{WEB}/{_name(repo)}/actions/runs/{run['id']}/job/{job['id']}"
    return {
        "id": job["id"],
        "head_sha": run["sha"],
        "node_id": sha_of("check", str(job["id"]))[:20],
        "external_id": str(job["id"]),
        "url": f"{API}/repos/{_name(repo)}/check-runs/{job['id']}",
        "html_url": page,
        "details_url": page,
        "status": job["status"],
        "conclusion": job.get("conclusion"),
        "started_at": run["created"],
        "completed_at": run["updated"] if job["status"] == "completed" else None,
        "name": job["name"],
        "output": {"title": None, "summary": None, "text": None, "annotations_count": 0},
        "app": {"slug": "github-actions", "name": "GitHub Actions"},
        "check_suite": {"id": number_of("suite", str(run["id"]))},
        "pull_requests": [],
    }


def _name(repo: JsonObject) -> str:
    return as_text(repo["full_name"])
