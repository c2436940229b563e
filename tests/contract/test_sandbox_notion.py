"""Notion's stand-in: it answers in Notion's shapes and refuses what Notion refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from tests.descriptions.notion import check, check_response
from tests.sandbox import TOKEN, running_sandbox

pytestmark = pytest.mark.thorough

HEADERS = {"Authorization": f"Bearer {TOKEN}", "Notion-Version": "2026-03-11"}
NOBODY = "12345678-1234-4123-8123-123456789abc"


@dataclass
class Workspace:
    """A client of the stand-in."""

    client: httpx2.AsyncClient

    async def ask(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """A response that has to fit Notion's own types."""
        answer = await self.client.request(method, path, json=body, params=query)
        assert answer.status_code == 200, answer.text
        assert check(method, path, list(query.items()), body) == []
        assert check_response(method, path, answer.json()) == []
        return answer.json()

    async def refusal(
        self, method: str, path: str, body: Any = None, **query: str
    ) -> tuple[int, str, str]:
        """Status, code and message of a refusal."""
        answer = await self.client.request(method, path, json=body, params=query)
        told = answer.json()
        assert told["object"] == "error"
        assert told["status"] == answer.status_code
        return answer.status_code, told["code"], told["message"]

    async def find(self, title: str, kind: str = "page") -> Any:
        body = {"query": title, "filter": {"property": "object", "value": kind}}
        return (await self.ask("POST", "/v1/search", body))["results"][0]


@pytest.fixture
async def notion() -> AsyncIterator[Workspace]:
    async with (
        running_sandbox() as sandbox,
        httpx2.AsyncClient(
            base_url=f"{sandbox.url}/notion", headers=HEADERS, verify=False
        ) as client,
    ):
        yield Workspace(client)


def text(content: str) -> list[dict[str, Any]]:
    return [{"text": {"content": content}}]


async def test_every_answer_has_the_shape_of_notions_types(notion: Workspace):
    source = await notion.find("할 일", "data_source")
    page = await notion.find("디자인 리뷰")
    await notion.ask("GET", "/v1/users/me")
    await notion.ask("GET", "/v1/users", page_size="2")
    await notion.ask("GET", f"/v1/data_sources/{source['id']}")
    await notion.ask("GET", f"/v1/databases/{source['parent']['database_id']}")
    types: dict[str, Any] = {"이름": {"title": {}}, "상태": {"status": {}}, "값": {"number": {}}}
    database = await notion.ask(
        "POST",
        "/v1/databases",
        {
            "parent": {"type": "page_id", "page_id": page["id"]},
            "title": text("가계부"),
            "initial_data_source": {"properties": types},
        },
    )
    await notion.ask("GET", f"/v1/data_sources/{database['data_sources'][0]['id']}")
    await notion.ask("PATCH", f"/v1/databases/{database['id']}", {"in_trash": True})
    rows = await notion.ask("POST", f"/v1/data_sources/{source['id']}/query", {"page_size": 100})
    project = source["properties"]["프로젝트"]["id"]
    row = rows["results"][0]
    await notion.ask("GET", f"/v1/pages/{row['id']}")
    await notion.ask("GET", f"/v1/pages/{row['id']}/properties/{project}")
    await notion.ask("GET", f"/v1/pages/{page['id']}/markdown")
    made = await notion.ask(
        "POST",
        "/v1/pages",
        {"parent": {"page_id": page["id"]}, "properties": {"title": {"title": text("새 페이지")}}},
    )
    await notion.ask("PATCH", f"/v1/pages/{made['id']}", {"in_trash": True})
    await notion.ask(
        "PATCH",
        f"/v1/pages/{page['id']}/markdown",
        {"type": "replace_content", "replace_content": {"new_str": "처음부터 다시"}},
    )
    comment = await notion.ask(
        "POST", "/v1/comments", {"parent": {"page_id": page["id"]}, "rich_text": text("네")}
    )
    await notion.ask("GET", "/v1/comments", block_id=page["id"])
    await notion.ask("DELETE", f"/v1/comments/{comment['id']}")
    busan = await notion.find("부산 워크숍 준비")
    await notion.ask("POST", f"/v1/pages/{page['id']}/move", {"parent": {"page_id": busan["id"]}})


async def test_lists_come_in_pages(notion: Workspace):
    found: list[str] = []
    body: dict[str, Any] = {"page_size": 7}
    while True:
        page = await notion.ask("POST", "/v1/search", body)
        found += [item["id"] for item in page["results"]]
        if not page["has_more"]:
            break
        body["start_cursor"] = page["next_cursor"]
    assert len(found) == len(set(found)) > 20
    assert page["next_cursor"] is None


async def test_a_row_holds_what_was_written_into_it(notion: Workspace):
    source = await notion.find("할 일", "data_source")
    [person, *_] = (await notion.ask("GET", "/v1/users"))["results"]
    given: dict[str, Any] = {
        "이름": {"title": text("우유 사기")},
        "상태": {"status": {"name": "진행 중"}},
        "마감": {"date": {"start": "2026-11-24"}},
        "담당": {"people": [{"id": person["id"]}]},
        "구분": {"select": {"name": "동네"}},
    }
    body = {"parent": {"data_source_id": source["id"]}, "properties": given}
    made = await notion.ask("POST", "/v1/pages", body)
    values = (await notion.ask("GET", f"/v1/pages/{made['id']}"))["properties"]
    assert values["이름"]["title"][0]["plain_text"] == "우유 사기"
    assert values["마감"]["date"]["start"] == "2026-11-24"
    assert values["담당"]["people"][0]["name"] == person["name"]
    assert values["남은 날"]["formula"]["number"] == 1
    schema = (await notion.ask("GET", f"/v1/data_sources/{source['id']}"))["properties"]
    assert "동네" in [option["name"] for option in schema["구분"]["select"]["options"]]


async def test_nobody_is_let_in_without_token_and_version(notion: Workspace):
    notion.client.headers["Notion-Version"] = "2022-06-28"
    assert (await notion.refusal("GET", "/v1/users/me"))[:2] == (400, "validation_error")
    del notion.client.headers["Notion-Version"]
    assert (await notion.refusal("GET", "/v1/users/me"))[:2] == (400, "missing_version")
    notion.client.headers["Authorization"] = "Bearer wrong"
    assert await notion.refusal("GET", "/v1/users/me") == (
        401,
        "unauthorized",
        "API token is invalid.",
    )


REFUSED: list[tuple[str, str, Any, str]] = [
    ("POST", "/v1/search", {"page_size": 101}, "body.page_size should be ≤ `100`"),
    ("POST", "/v1/search", {"filter": {"property": "object", "value": "database"}}, "filter.value"),
    ("POST", "/v1/search", {"start_cursor": "x"}, "start_cursor provided is invalid"),
    ("POST", "/v1/search", {"sorts": []}, "body.sorts should be not present"),
    ("POST", "/v1/pages", {"properties": {}}, "body.parent should be defined"),
    ("GET", "/v1/pages/장보기", None, "should be a valid uuid"),
    ("PATCH", "{page}", {"archived": True}, "body.archived should be not present"),
    ("PATCH", "{page}", {"in_trash": "yes"}, "body.in_trash should be a boolean"),
    ("PATCH", "{page}", {"properties": {"색": {"number": 1}}}, "색 is not a property that exists"),
    (
        "PATCH",
        "{row}",
        {"properties": {"상태": {"select": {"name": "완료"}}}},
        "expected to be status",
    ),
    ("PATCH", "{row}", {"properties": {"상태": {"status": {"name": "안 함"}}}}, "does not exist"),
    ("PATCH", "{row}", {"properties": {"마감": {"date": {"start": "내일"}}}}, "ISO 8601"),
    ("PATCH", "{row}", {"properties": {"우선순위": {"number": "2"}}}, "a number or `null`"),
    ("PATCH", "{row}", {"properties": {"남은 날": {"formula": {}}}}, "computed"),
    ("PATCH", "{row}", {"properties": {"이름": {"title": text("가" * 2_001)}}}, "≤ `2000`"),
    ("PATCH", "{row}", {"properties": {"이름": {"title": text("가") * 101}}}, "≤ `100`"),
    ("POST", "{source}/query", {"filter": {"property": "색", "number": {"equals": 1}}}, "색"),
    (
        "POST",
        "{source}/query",
        {"filter": {"property": "상태", "select": {"equals": "완료"}}},
        "does not match filter",
    ),
    (
        "POST",
        "{source}/query",
        {"filter": {"property": "상태", "status": {"equals": "안 함"}}},
        "not found for property",
    ),
    (
        "PATCH",
        "{page}/markdown",
        {"type": "insert_content", "insert_content": {"content": "x", "after": "우유...대파"}},
        "after should be not present",
    ),
    (
        "PATCH",
        "{page}/markdown",
        {
            "type": "update_content",
            "update_content": {"content_updates": [{"old_str": "우주선", "new_str": ""}]},
        },
        "String not found",
    ),
    (
        "PATCH",
        "{page}/markdown",
        {
            "type": "update_content",
            "update_content": {"content_updates": [{"old_str": "- [ ]", "new_str": ""}]},
        },
        "Multiple matches",
    ),
    ("POST", "/v1/comments", {"rich_text": text("x")}, "body.parent should be defined"),
]


async def test_what_notion_refuses_is_refused_in_its_words(notion: Workspace):
    source = await notion.find("할 일", "data_source")
    places = {
        "{page}": f"/v1/pages/{(await notion.find('장보기'))['id']}",
        "{row}": f"/v1/pages/{(await notion.find('정수기 필터 교체'))['id']}",
        "{source}": f"/v1/data_sources/{source['id']}",
    }
    for method, template, body, words in REFUSED:
        path = template
        for name, place in places.items():
            path = path.replace(name, place)
        status, code, message = await notion.refusal(method, path, body)
        assert (status, code) == (400, "validation_error")
        assert words in message


async def test_what_is_not_there_or_of_another_kind_is_not_found(notion: Workspace):
    source = await notion.find("할 일", "data_source")
    for path in (
        f"/v1/pages/{NOBODY}",
        f"/v1/pages/{source['id']}",
        f"/v1/data_sources/{source['parent']['database_id']}",
        f"/v1/users/{NOBODY}",
    ):
        assert (await notion.refusal("GET", path))[:2] == (404, "object_not_found")


async def test_a_body_that_is_no_json_is_refused(notion: Workspace):
    answer = await notion.client.post("/v1/search", content=b"{")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_json")


def test_the_description_refuses_what_the_version_took_away():
    page = f"/v1/pages/{NOBODY}"
    assert check("PATCH", page, [], {"archived": True}) == [f"PATCH {page}: 'archived' was removed"]
    assert check("PATCH", page, [], {"in_trash": True}) == []
    insert = {"content": "x", "after": "가...나"}
    assert check(
        "PATCH", f"{page}/markdown", [], {"type": "insert_content", "insert_content": insert}
    ) == [f"PATCH {page}/markdown: 'after' was removed"]
    assert check("GET", "/v1/blocks", [], None) == ["GET /v1/blocks: no such method"]
    bad: dict[str, Any] = {"filter": {"property": "상태", "status": {"is": "완료"}}}
    assert check("POST", f"/v1/data_sources/{NOBODY}/query", [], bad)
