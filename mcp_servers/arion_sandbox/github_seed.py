"""What the GitHub stand-in starts with: Kim Haneul's repositories and those she works in.

`data/github.toml` says it in days relative to the day of seeding. The same day gives the same
rows, so ids and commits stay the same for a day.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import cast
from zoneinfo import ZoneInfo

from arion_sandbox.github_world import (
    NOTIFICATIONS,
    REPOS,
    USERS,
    branches_of,
    comments_of,
    commits_of,
    issues_of,
    number,
    number_of,
    releases_of,
    reviews_of,
    runs_of,
    sha_of,
)
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts
from arion_sandbox.store import SeedRow

SEOUL = ZoneInfo("Asia/Seoul")

_LONG_BODY = """{first}

## 무엇을 바꿨나요

- 보내는 순서를 한곳에서 정합니다.
- 실패했을 때 무엇을 하는지 문서로 남겼습니다.

## 어떻게 확인했나요

{checks}

## 화면

| 전 | 후 |
| --- | --- |
| ![before](https://example.com/before.png) | ![after](https://example.com/after.png) |

<!-- 아래 확인 목록을 모두 채운 뒤 리뷰를 요청해 주세요. -->
- [x] 테스트
- [x] 문서
- [ ] 배포 담당자에게 알림
"""


@lru_cache(maxsize=4)
def github_rows(today: date) -> tuple[SeedRow, ...]:
    """Make all rows for a day."""
    text = (files("arion_sandbox") / "data" / "github.toml").read_text("utf-8")
    return tuple(_rows(cast("JsonObject", tomllib.loads(text)), today))


def _rows(data: JsonObject, today: date) -> Iterator[SeedRow]:
    for user in as_objects(data["user"]):
        yield SeedRow(USERS, as_text(user["login"]).lower(), user)
    heads: dict[tuple[str, str], str] = {}
    for repo in as_objects(data["repo"]):
        yield from _repo_rows(repo, data, today, heads)
    for release in as_objects(data["release"]):
        stamp = _stamp(release, today)
        yield SeedRow(releases_of(as_text(release["repo"])), stamp, release | {"date": stamp})
    for issue in as_objects(data["issue"]):
        name = as_text(issue["repo"])
        yield SeedRow(issues_of(name), f"{number(issue['number']):06}", _issue(issue, today))
    yield from _talk_rows(data, today)
    yield from _run_rows(data, today, heads)
    for count, item in enumerate(as_objects(data["notification"])):
        key = str(number_of("notification", today.isoformat(), str(count)))
        unread = not item.get("read")
        yield SeedRow(
            NOTIFICATIONS, key, item | {"id": key, "unread": unread, "updated": _stamp(item, today)}
        )


def _repo_rows(
    repo: JsonObject, data: JsonObject, today: date, heads: dict[tuple[str, str], str]
) -> Iterator[SeedRow]:
    name = as_text(repo["full_name"])
    contents = _files(repo)
    kept: JsonObject = {key: value for key, value in repo.items() if key != "files"}
    kept |= {"default_branch": "main", "pushed": _stamp(repo, today), "created": _EPOCH}
    yield SeedRow(REPOS, name.lower(), kept)
    history: list[str] = []
    for item in as_objects(data["commit"]):
        if item["repo"] == name:
            commit = _commit(item, today, history[:1])
            history.insert(0, as_text(commit["sha"]))
            yield SeedRow(commits_of(name), history[0], commit)
    heads[name, "main"] = history[0]
    main: JsonObject = {"name": "main", "history": [*history], "files": contents, "protected": 1}
    yield SeedRow(branches_of(name), "main", main)
    for item in as_objects(data["branch"]):
        if name == (item.get("from") or item["repo"]):
            commit = _commit(item, today, history[:1])
            sha, place = as_text(commit["sha"]), as_text(item["repo"])
            heads[place, as_text(item["name"])] = sha
            yield SeedRow(commits_of(place), sha, commit)
            branch: JsonObject = {
                "name": item["name"],
                "history": [sha, *history],
                "files": contents | _files(item),
                "root": contents,
            }
            yield SeedRow(branches_of(place), as_text(item["name"]), branch)


_EPOCH = "2025-01-10T02:00:00Z"


def _files(item: JsonObject) -> JsonObject:
    return {
        path: as_text(text).removeprefix("\n") for path, text in as_object(item["files"]).items()
    }


def _commit(item: JsonObject, today: date, parents: list[str]) -> JsonObject:
    stamp = _stamp(item, today)
    return {
        "sha": sha_of(as_text(item["repo"]), stamp, as_text(item["message"])),
        "message": item["message"],
        "author": item["author"],
        "date": stamp,
        "parents": [*parents],
    }


def _issue(item: JsonObject, today: date) -> JsonObject:
    stamp = _stamp(item, today)
    issue: JsonObject = {key: value for key, value in item.items() if key not in _TIMES}
    issue |= {"created": stamp, "updated": stamp}
    if "long" in issue:
        checks = "\n".join(
            f"{n}. 기기 {n}대로 {n * 10}분 동안 보내고 받은 알림의 수를 세었습니다."
            for n in range(1, 31)
        )
        issue["body"] = _LONG_BODY.format(first=issue.pop("long"), checks=checks)
    if issue["state"] == "closed":
        closed = _stamp(item | {"day": number(item["day"]) + 1}, today)
        issue |= {"closed": closed, "updated": closed}
    pull = as_object(issue.get("pull"))
    if pull:
        issue["pull"] = {"head_repo": item["repo"], **pull} | _merged(pull, issue)
        for count, comment in enumerate(as_objects(pull.get("inline"))):
            comment |= {"id": number_of("inline", as_text(issue["repo"])) + count}
            comment["created"] = _stamp(comment, today)
    elif issue["state"] == "closed":
        issue["state_reason"] = "completed"
    return issue


def _merged(pull: JsonObject, issue: JsonObject) -> JsonObject:
    if "merged_by" not in pull:
        return {}
    sha = sha_of("merged", as_text(issue["repo"]), str(issue["number"]))
    return {"merged_at": issue["closed"], "merge_sha": sha, "head_sha": sha, "frozen": []}


_TIMES = ("day", "at")


def _talk_rows(data: JsonObject, today: date) -> Iterator[SeedRow]:
    for count, item in enumerate(as_objects(data["comment"])):
        name, of = as_text(item["repo"]), number(item["number"])
        comment_id = number_of("comments", name, str(of)) + count
        comment = item | {"id": comment_id, "created": _stamp(item, today)}
        yield SeedRow(comments_of(name, of), f"{comment_id:012}", comment)
    for count, item in enumerate(as_objects(data["review"])):
        name, of = as_text(item["repo"]), number(item["number"])
        review_id = number_of("reviews", name, str(of)) + count
        review = item | {"id": review_id, "submitted": _stamp(item, today)}
        yield SeedRow(reviews_of(name, of), f"{review_id:012}", review)


def _run_rows(
    data: JsonObject, today: date, heads: dict[tuple[str, str], str]
) -> Iterator[SeedRow]:
    names = {
        (as_text(repo["full_name"]), as_text(it["file"])): it["name"]
        for repo in as_objects(data["repo"])
        for it in as_objects(repo.get("workflows"))
    }
    for count, item in enumerate(as_objects(data["run"]), 1):
        repo, stamp = as_text(item["repo"]), _stamp(item, today)
        status = as_text(item.get("status")) or "completed"
        run: JsonObject = {key: value for key, value in item.items() if key not in _TIMES}
        run |= {
            "id": number_of("run", repo, str(count)),
            "number": count,
            "name": names[repo, as_text(item["file"])],
            "sha": heads[repo, as_text(item["branch"])],
            "status": status,
            "attempt": 1,
            "created": stamp,
            "updated": stamp,
            "jobs": [_job(repo, count, it, status, stamp) for it in as_objects(item["jobs"])],
        }
        yield SeedRow(runs_of(repo), f"{count:06}", run)


def _job(repo: str, run: int, item: JsonObject, status: str, stamp: str) -> Json:
    lines = [f"{stamp} ok {n} - 알림 {n}번을 보낸다" for n in range(number(item.get("long_log")))]
    log = as_text(item.get("log")).removeprefix("\n")
    steps: list[Json] = [*as_texts(item.get("steps"))]
    job: JsonObject = {
        **item,
        "id": number_of("job", repo, str(run), as_text(item["name"])),
        "status": status,
        "steps": steps,
        "log": "\n".join([*lines, log]),
    }
    return job


def _stamp(item: JsonObject, today: date) -> str:
    day = today + timedelta(days=number(item["day"]))
    moment = datetime.combine(day, time.fromisoformat(as_text(item["at"])), SEOUL)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
