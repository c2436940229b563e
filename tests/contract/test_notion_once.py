"""A write under one id happens once, through lost answers and restarts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.sandbox import Sandbox, running_sandbox, serving
from tests.servers.notion import Notion, client_of

pytestmark = pytest.mark.thorough

TASKS = "할 일"
KEY = "action-7"
MILK = {"parent_id": TASKS, "title": "우유 사기"}


@dataclass
class Line:
    """A way to Notion on which answers get lost after the request was carried out."""

    url: str
    lost: list[Callable[[Request], bool]] = field(default_factory=list)
    """Which answers are lost, each once."""

    async def pass_on(self, request: Request) -> Response:
        kept = {"authorization", "content-type", "notion-version"}
        headers = {name: value for name, value in request.headers.items() if name in kept}
        async with httpx2.AsyncClient(verify=False) as client:
            answer = await client.request(
                request.method,
                f"{self.url}{request.url.path}",
                params=request.query_params.multi_items(),
                content=await request.body(),
                headers=headers,
            )
        for wanted in self.lost:
            if wanted(request):
                self.lost.remove(wanted)
                return JSONResponse({"object": "error", "status": 503}, 503)
        return Response(answer.content, answer.status_code, media_type="application/json")


@dataclass
class Lossy(Notion):
    """A client behind such a line; `again()` is the server started anew."""

    line: Line
    url: str
    file: Path

    def lose(self, method: str, ending: str) -> None:
        """The answer to the next such request gets lost."""
        self.line.lost.append(
            lambda request: request.method == method and request.url.path.endswith(ending)
        )

    @asynccontextmanager
    async def again(self) -> AsyncGenerator[Notion]:
        async with client_of(self.url, self.file, number=1) as client:
            yield Notion(client, self.sandbox)


@pytest.fixture
async def lossy(tmp_path: Path) -> AsyncIterator[Lossy]:
    # What was made since a write began is found by Notion's clock, which goes with ours.
    present = datetime.now(UTC)
    async with running_sandbox(now=present) as sandbox, behind_a_line(sandbox, tmp_path) as notion:
        yield notion
        assert sandbox.violations() == []


@asynccontextmanager
async def behind_a_line(sandbox: Sandbox, folder: Path) -> AsyncGenerator[Lossy]:
    line = Line(f"{sandbox.url}/notion")
    methods = ["GET", "POST", "PATCH", "DELETE"]
    app = Starlette(routes=[Route("/{path:path}", line.pass_on, methods=methods)])
    file = folder / "notion.sqlite3"
    async with serving(app) as url, client_of(url, file) as client:
        yield Lossy(client, sandbox, line=line, url=url, file=file)


async def rows_called(notion: Notion, title: str) -> int:
    titles = await notion.titles(data_source_id=TASKS, filter={"이름": title})
    return titles.count(title)


async def test_the_same_id_twice_makes_one_page(lossy: Lossy):
    first = await lossy.call("create_page", **MILK, key=KEY)
    second = await lossy.call("create_page", **MILK, key=KEY)
    assert (first["already_existed"], second["already_existed"]) == (False, True)
    assert second["id"] == first["id"]
    assert second["say"] == "'우유 사기'는 '할 일'에 이미 들어 있어요."
    assert len(lossy.sent("POST", "/pages")) == 1


async def test_another_id_makes_another_page(lossy: Lossy):
    await lossy.call("create_page", **MILK, key=KEY)
    await lossy.call("create_page", **MILK, key="action-8")
    await lossy.call("create_page", **MILK)
    assert await rows_called(lossy, "우유 사기") == 3


async def test_an_id_is_for_one_thing_only(lossy: Lossy):
    await lossy.call("create_page", **MILK, key=KEY)
    refused = await lossy.call("create_page", parent_id=TASKS, title="빵 사기", key=KEY)
    assert refused["error"]["kind"] == "bad_input"
    assert await rows_called(lossy, "빵 사기") == 0


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("parent", [TASKS, "회의록"])
async def test_a_page_whose_answer_was_lost_is_found_again(
    restarted: bool, parent: str, lossy: Lossy
):
    parent_id = parent if parent == TASKS else await lossy.id_of(parent)
    given: dict[str, Any] = {"parent_id": parent_id, "title": "우유 사기", "key": KEY}
    lossy.lose("POST", "/pages")
    failed = await lossy.call("create_page", **given)
    assert failed["error"]["may_have_happened"] is True
    async with lossy.again() as anew:
        second = await (anew if restarted else lossy).call("create_page", **given)
    assert second["already_existed"] is True
    assert second["id"] == await lossy.id_of("우유 사기")
    assert len(lossy.sent("POST", "/pages")) == 1


async def test_a_page_of_another_call_is_not_taken_for_the_lost_one(lossy: Lossy):
    other = await lossy.call("create_page", **MILK, key="action-8")
    lossy.lose("POST", "/pages")
    await lossy.call("create_page", **MILK, key=KEY)
    found = await lossy.call("create_page", **MILK, key=KEY)
    assert found["id"] != other["id"]
    assert await rows_called(lossy, "우유 사기") == 2


async def test_a_write_that_was_refused_may_be_tried_anew(lossy: Lossy):
    page_id = await lossy.id_of("장보기")
    await lossy.call("trash_page", page_id=page_id)
    refused = await lossy.call("append", page_id=page_id, markdown="- 귤", key=KEY)
    assert "may_have_happened" not in refused["error"]
    await lossy.call("restore_page", page_id=page_id)
    told = await lossy.call("append", page_id=page_id, markdown="- 귤", key=KEY)
    assert told["changed"] is True
    assert (await lossy.markdown(page_id)).count("- 귤") == 1


async def test_a_page_that_was_trashed_since_is_not_claimed_to_be_there(lossy: Lossy):
    page = await lossy.call("create_page", **MILK, key=KEY)
    await lossy.call("trash_page", page_id=page["id"])
    assert (await lossy.call("create_page", **MILK, key=KEY))["error"]["kind"] == "gone"


@pytest.mark.parametrize("position", ["start", "end"])
async def test_a_line_whose_answer_was_lost_is_written_once(position: str, lossy: Lossy):
    page_id = await lossy.id_of("장보기")
    given = {"page_id": page_id, "markdown": "- [ ] 귤", "position": position, "key": KEY}
    lossy.lose("PATCH", "/markdown")
    await lossy.call("append", **given)
    second = await lossy.call("append", **given)
    assert (second["changed"], second["say"]) == (False, "'장보기' 페이지에 이미 적혀 있어요.")
    assert (await lossy.markdown(page_id)).count("귤") == 1
    await lossy.undo("append", {}, second)
    assert "귤" not in await lossy.markdown(page_id)


async def test_nobody_guesses_when_the_page_changed_in_between(lossy: Lossy):
    page_id = await lossy.id_of("장보기")
    given = {"page_id": page_id, "markdown": "- [ ] 귤", "key": KEY}
    lossy.lose("PATCH", "/markdown")
    await lossy.call("append", **given)
    await lossy.call("edit_page", page_id=page_id, old="우유", new="두유")
    told = await lossy.call("append", **given)
    assert told["error"]["kind"] == "conflict"
    assert (await lossy.markdown(page_id)).count("귤") == 1


async def test_an_edit_that_would_match_again_is_made_once(lossy: Lossy):
    page_id = await lossy.id_of("장보기")
    given = {"page_id": page_id, "old": "우유", "new": "우유와 우유 거품기", "key": KEY}
    lossy.lose("PATCH", "/markdown")
    await lossy.call("edit_page", **given)
    assert "error" not in await lossy.call("edit_page", **given)
    assert (await lossy.markdown(page_id)).count("거품기") == 1


async def test_a_comment_whose_answer_was_lost_is_left_once(lossy: Lossy):
    page_id = await lossy.id_of("디자인 리뷰")
    given = {"page_id": page_id, "text": "확인했습니다", "key": KEY}
    lossy.lose("POST", "/comments")
    await lossy.call("comment", **given)
    second = await lossy.call("comment", **given)
    assert second["already_existed"] is True
    [comment] = (await lossy.call("list_comments", page_id=page_id))["comments"]
    assert second["id"] == comment["id"]


async def test_a_database_whose_answer_was_lost_is_found_again(lossy: Lossy):
    page_id = await lossy.id_of("장보기")
    given: dict[str, Any] = {"parent_id": page_id, "title": "가계부", "properties": {}, "key": KEY}
    lossy.lose("POST", "/databases")
    await lossy.call("create_database", **given)
    second = await lossy.call("create_database", **given)
    assert second["already_existed"] is True
    assert second["id"] == await lossy.id_of("가계부", "data_source")
    lossy.lose("PATCH", second["database_id"])
    assert (await lossy.call("trash_page", page_id=second["id"]))["changed"] is True
    assert len(lossy.sent("POST", "/databases")) == 1


async def test_properties_and_the_trash_are_set_through_lost_answers(lossy: Lossy):
    page_id = await lossy.id_of("올해 회고")
    lossy.lose("PATCH", page_id)
    renamed = await lossy.call("update_properties", page_id=page_id, properties={"제목": "회고"})
    lossy.lose("PATCH", page_id)
    trashed = await lossy.call("trash_page", page_id=page_id)
    assert (renamed["title"], trashed["in_trash"]) == ("회고", True)
    assert (await lossy.call("search", query="회고"))["results"] == []
