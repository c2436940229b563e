"""The tools for GitHub Actions: runs, logs, and starting or stopping them."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from arion_github.api import GithubApi
from arion_github.changes import Changes
from arion_github.cleaning import log_lines
from arion_github.listing import FRAME, as_json, gather
from arion_github.parameters import REPO, PerPage, eyes_of
from arion_github.repo_models import JobLog, RunAction, RunList
from arion_github.rows import PASSED, run_row
from arion_github.say import SPEAKERS
from arion_github.spoken import RunSpoken, name_of, title_of
from arion_github.wire import Job, Run
from arion_kit.confirm import Preview
from arion_kit.errors import BadInput, ToolFailure
from arion_kit.spec import Call, Tool, reads, writes
from arion_kit.speech import speakable
from arion_kit.words import Effect, EffectClass, ErrorKind

_ERROR_LINE = re.compile(
    r"^(?:##\[error\]|.*\b(?:Error|Exception|FAILED|FAIL|failed|error)\b[:: ])", re.MULTILINE
)
_SPOKEN_LINE = 100
_LONGEST_LINE = 1_000

RunStatus = Literal[
    "success", "failure", "cancelled", "in_progress", "queued", "completed", "waiting"
]


async def github_actions_list_runs(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    branch: str | None = None,
    status: RunStatus | None = None,
    per_page: PerPage = None,
    cursor: str | None = None,
) -> RunList:
    """List workflow runs (CI), newest first."""
    eyes = await eyes_of(call)
    source = call.api.runs(owner, repo, {"branch": branch, "status": status})
    found = await gather([source], cursor, per_page or 10)
    rows, after = found.shown(lambda it: run_row(it, eyes), call.max_chars)
    spoken = [_spoken(it) for it in found.rows[: len(rows)]]
    say = SPEAKERS[call.language].runs(name_of(repo), spoken, more=after is not None)
    return RunList(say=say, runs=rows, next_cursor=after)


async def github_actions_job_logs(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    run_id: Annotated[int | None, Field(description="Default the latest failed run")] = None,
    job_id: Annotated[int | None, Field(description="Default the run's first failed job")] = None,
    tail: Annotated[int, Field(ge=1, le=2_000, description="Lines from the end")] = 100,
) -> JobLog:
    """Read the end of a CI job's log."""
    job = await _job(call, owner, repo, run_id, job_id)
    lines = log_lines(await call.api.log(owner, repo, job.id))
    shown = _last(lines, tail, call.max_chars - FRAME)
    step = next((it.name for it in job.steps or () if it.conclusion == "failure"), None)
    result = _result(job.status, job.conclusion)
    line = _error_line(lines) if result == "failure" else ""
    return JobLog(
        say=SPEAKERS[call.language].log(name_of(job.name), name_of(step or ""), result, line),
        run_id=job.run_id,
        job_id=job.id,
        job=job.name,
        conclusion=job.conclusion,
        failed_step=step,
        log="\n".join(shown),
        lines=len(lines),
        shown_from=len(lines) - len(shown) + 1,
    )


async def github_actions_run(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    action: Literal["rerun", "cancel", "dispatch"],
    run_id: Annotated[
        int | None, Field(description="Default the latest failed (rerun) or running (cancel) one")
    ] = None,
    failed_only: bool = False,
    workflow: Annotated[
        str | None, Field(description="For dispatch: file name, e.g. ci.yml")
    ] = None,
    ref: Annotated[str | None, Field(description="Default the default branch")] = None,
    inputs: dict[str, JsonValue] | None = None,
) -> RunAction:
    """Run CI again, cancel it, or start a workflow, after asking."""
    if action == "dispatch":
        return await _dispatch(call, owner, repo, workflow, ref, inputs or {})
    run = await _run(call, owner, repo, action, run_id)
    speaker, name = SPEAKERS[call.language], title_of(run.display_title or run.name or "")
    over = run.status == "completed"
    if over != (action == "rerun"):
        raise _refusal(ErrorKind.CONFLICT, speaker.run_is_over(over=over))
    details: dict[str, JsonValue] = {
        "repository": f"{owner}/{repo}",
        "action": action,
        "workflow": run.name,
        "run": run.display_title,
        "branch": run.head_branch,
        "attempt": run.run_attempt,
        "failed_only": failed_only,
    }
    question = speaker.run_question(action, name, name_of(repo), name_of(run.head_branch or ""))
    await call.confirm(Preview(question, details))
    await Changes(call.api).act_on_run(owner, repo, run.id, action, all_jobs=not failed_only)
    return RunAction(
        say=speaker.run_done(action, name), action=action, run_id=run.id, workflow=run.name
    )


async def _dispatch(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    workflow: str | None,
    ref: str | None,
    inputs: dict[str, JsonValue],
) -> RunAction:
    if not workflow:
        raise BadInput("workflow", "is needed to dispatch: the file's name, such as ci.yml")
    found = await call.api.workflow(owner, repo, workflow)
    target = ref or (await call.api.repo(owner, repo)).default_branch
    speaker, name = SPEAKERS[call.language], name_of(found.name or workflow)
    details: dict[str, JsonValue] = {
        "repository": f"{owner}/{repo}",
        "action": "dispatch",
        "workflow": workflow,
        "ref": target,
        "inputs": inputs,
    }
    question = speaker.run_question("dispatch", name, name_of(repo), name_of(target))
    await call.confirm(Preview(question, details))
    await Changes(call.api).dispatch(owner, repo, workflow, target, inputs)
    return RunAction(say=speaker.run_done("dispatch", name), action="dispatch", workflow=workflow)


async def _run(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    action: Literal["rerun", "cancel"],
    run_id: int | None,
) -> Run:
    if run_id is not None:
        return await call.api.run(owner, repo, run_id)
    status = "failure" if action == "rerun" else "in_progress"
    found = await call.api.runs(owner, repo, {"status": status, "per_page": 1})({})
    if not found.rows:
        speaker, name = SPEAKERS[call.language], name_of(repo)
        none = speaker.no_failure(name) if action == "rerun" else speaker.nothing_runs(name)
        raise _refusal(ErrorKind.NOT_FOUND, none)
    return found.rows[0]


async def _job(
    call: Call[GithubApi], owner: str, repo: str, run_id: int | None, job_id: int | None
) -> Job:
    api, speaker = call.api, SPEAKERS[call.language]
    if job_id is not None:
        return await api.job(owner, repo, job_id)
    if run_id is None:
        failed = await api.runs(owner, repo, {"status": "failure", "per_page": 1})({})
        if not failed.rows:
            raise _refusal(ErrorKind.NOT_FOUND, speaker.no_failure(name_of(repo)))
        run_id = failed.rows[0].id
    jobs = await api.jobs(owner, repo, run_id)
    if not jobs:
        raise _refusal(ErrorKind.NOT_FOUND, speaker.no_jobs())
    bad = [it for it in jobs if it.status == "completed" and it.conclusion not in PASSED]
    return (bad or list(jobs))[0]


def _refusal(kind: ErrorKind, told: tuple[str, str]) -> ToolFailure:
    message, next_step = told
    return ToolFailure(kind, message, next_step=next_step)


def _last(lines: list[str], tail: int, max_chars: int) -> list[str]:
    """The last lines, as many as fit; very long ones are cut."""
    shown: list[str] = []
    used = 0
    for line in reversed(lines[-tail:]):
        cut = line[:_LONGEST_LINE]
        used += as_json(cut)
        if shown and used > max_chars:
            break
        shown.append(cut)
    return shown[::-1]


def _error_line(lines: list[str]) -> str:
    """The last line that tells an error, fit to be said; the process's own exit says nothing."""
    told = [line for line in lines[-200:] if _ERROR_LINE.match(line) and "exit code" not in line]
    return speakable(told[-1].removeprefix("##[error]"), _SPOKEN_LINE) if told else ""


def _result(status: str | None, conclusion: str | None) -> str:
    if status != "completed":
        return "running"
    if conclusion in PASSED:
        return "success"
    return "cancelled" if conclusion == "cancelled" else "failure"


def _spoken(run: Run) -> RunSpoken:
    return RunSpoken(
        name_of(run.name or ""),
        title_of(run.display_title),
        _result(run.status, run.conclusion),
    )


TOOLS: tuple[Tool, ...] = (
    reads(
        github_actions_list_runs,
        "List workflow runs",
        open_world=False,
        scopes=(REPO,),
        toolset="extra",
        untrusted=True,
        brief=True,
    ),
    reads(
        github_actions_job_logs,
        "Read job log",
        open_world=False,
        scopes=(REPO,),
        toolset="extra",
        untrusted=True,
        brief=True,
    ),
    writes(
        github_actions_run,
        "Run workflow",
        effect=Effect(effect_class=EffectClass.ASK, previews=True),
        destructive=True,
        idempotent=False,
        scopes=(REPO,),
        toolset="extra",
        asks=True,
        brief=True,
    ),
)
