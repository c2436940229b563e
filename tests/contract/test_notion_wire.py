"""The Notion server over what the sandbox does not answer: long pages, limits, partial objects."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastmcp import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tests.sandbox import serving
from tests.servers.notion import client_of

pytestmark = pytest.mark.thorough

PAGE = "59833787-2cf9-4fdf-8782-e53db20768a5"
PART, CLOSED = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"
SOURCE = "bbbbbbbb-0000-4000-8000-000000000001"

Answers = Mapping[tuple[str, str], Any]
"""Bodies, lists of bodies one after the other, or (status, body, headers), by method and path."""


@asynccontextmanager
async def answering(answers: Answers) -> AsyncGenerator[tuple[Client[Any], list[Request]]]:
    """A client of the server, whose Notion answers just so."""
    asked: list[Request] = []

    async def answer(request: Request) -> JSONResponse:
        asked.append(request)
        found = answers.get((request.method, request.url.path))
        if found is None:
            body = {"object": "error", "status": 404, "code": "object_not_found", "message": "?"}
            return JSONResponse(body, 404)
        if isinstance(found, list):
            found = found.pop(0)
        status, body, headers = found if isinstance(found, tuple) else (200, found, {})
        return JSONResponse(body, status, headers)

    routes = [Route("/{path:path}", answer, methods=["GET", "POST", "PATCH"])]
    async with serving(Starlette(routes=routes)) as url, client_of(url) as client:
        yield client, asked


async def call(client: Client[Any], tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(f"notion_{tool}", arguments, raise_on_error=False)
    return result.structured_content or {}


def page_of(**properties: Any) -> dict[str, Any]:
    title = {"id": "title", "type": "title", "title": [{"plain_text": "긴 글"}]}
    return {
        "object": "page",
        "id": PAGE,
        "parent": {"type": "data_source_id", "data_source_id": SOURCE},
        "properties": {"이름": title, **properties},
    }


async def test_parts_that_were_left_out_are_put_where_they_belong():
    answers = {
        ("GET", f"/v1/pages/{PAGE}"): page_of(),
        ("GET", f"/v1/pages/{PAGE}/markdown"): {
            "markdown": (
                f'머리\n<unknown url="https://app.notion.com/{PART.replace("-", "")}" alt="x"/>\n'
                f'<unknown url="https://app.notion.com/{CLOSED.replace("-", "")}"/>\n꼬리'
            ),
            "truncated": True,
            "unknown_block_ids": [PART, CLOSED],
        },
        ("GET", f"/v1/pages/{PART}/markdown"): {"markdown": "가운데", "truncated": False},
    }
    async with answering(answers) as (client, _):
        page = await call(client, "read_page", page_id_or_url=PAGE)
    assert page["markdown"].startswith("머리\n가운데\n<unknown")
    assert page["truncated"] is True


async def test_a_change_of_a_long_page_is_told_without_the_parts_left_out():
    short = {
        "markdown": f'머리\n<unknown url="https://app.notion.com/{PART}"/>',
        "unknown_block_ids": [PART],
    }
    answers = {
        ("GET", f"/v1/pages/{PAGE}"): page_of(),
        ("GET", f"/v1/pages/{PAGE}/markdown"): [
            short,
            short | {"markdown": "앞\n" + short["markdown"]},
        ],
        ("GET", f"/v1/pages/{PART}/markdown"): {"markdown": "가운데"},
        ("PATCH", f"/v1/pages/{PAGE}/markdown"): short,
    }
    async with answering(answers) as (client, _):
        told = await call(client, "append", page_id=PAGE, markdown="앞", position="start")
    assert told["diff"] == "@@ -1,2 +1,3 @@\n+앞\n 머리\n 가운데"
    assert (told["now"], told["before"]) == ("앞\n머리", "머리")


async def test_a_page_that_is_not_wholly_known_cannot_lose_what_is_not_seen():
    answers = {
        ("GET", f"/v1/pages/{PAGE}"): page_of(),
        ("GET", f"/v1/pages/{PAGE}/markdown"): {
            "markdown": "머리",
            "truncated": True,
            "unknown_block_ids": [CLOSED],
        },
        ("PATCH", f"/v1/pages/{PAGE}/markdown"): {"markdown": "새 글"},
    }
    async with answering(answers) as (client, _):
        asked = await call(client, "replace_page", page_id=PAGE, markdown="새 글")
        token = asked["confirm_token"]
        done = await call(
            client, "replace_page", page_id=PAGE, markdown="새 글", confirm_token=token
        )
    assert done["changed"] is True
    assert "previous" not in done


async def test_a_long_relation_is_read_whole_before_it_is_changed():
    ids = [f"cccccccc-0000-4000-8000-{number:012}" for number in range(30)]
    related = {"id": "rel", "type": "relation", "relation": [{"id": ids[0]}], "has_more": True}
    schema = {"id": "rel", "type": "relation", "relation": {"data_source_id": SOURCE}}
    answers = {
        ("GET", f"/v1/pages/{PAGE}"): page_of(프로젝트=related),
        ("PATCH", f"/v1/pages/{PAGE}"): page_of(프로젝트=related | {"relation": []}),
        ("GET", f"/v1/pages/{PAGE}/properties/rel"): {
            "results": [{"type": "relation", "relation": {"id": page_id}} for page_id in ids]
        },
        ("GET", f"/v1/data_sources/{SOURCE}"): {
            "object": "data_source",
            "id": SOURCE,
            "properties": {"프로젝트": schema},
        },
    }
    async with answering(answers) as (client, _):
        told = await call(client, "update_properties", page_id=PAGE, properties={"프로젝트": None})
    assert told["before"]["프로젝트"] == {"relation": [{"id": page_id} for page_id in ids]}


async def test_formatting_and_mentions_of_text_are_kept_for_the_way_back():
    bold = {"bold": True}
    texts = [
        {"type": "text", "plain_text": "굵게", "text": {"content": "굵게"}, "annotations": bold},
        {
            "type": "mention",
            "plain_text": "@김하늘",
            "mention": {"type": "user", "user": {"object": "user", "id": PART, "name": "김하늘"}},
        },
    ]
    memo = {"id": "memo", "type": "rich_text", "rich_text": texts}
    answers = {
        ("GET", f"/v1/pages/{PAGE}"): page_of(메모=memo),
        ("PATCH", f"/v1/pages/{PAGE}"): page_of(메모=memo),
        ("GET", f"/v1/data_sources/{SOURCE}"): {
            "object": "data_source",
            "id": SOURCE,
            "properties": {"메모": {"id": "memo", "type": "rich_text", "rich_text": {}}},
        },
    }
    async with answering(answers) as (client, _):
        told = await call(client, "update_properties", page_id=PAGE, properties={"메모": "새로"})
    assert told["before"]["메모"]["rich_text"] == [
        {"type": "text", "annotations": bold, "text": {"content": "굵게"}},
        {"type": "mention", "mention": {"type": "user", "user": {"id": PART}}},
    ]


REFUSALS = [
    ((429, {"code": "rate_limited"}, {"Retry-After": "90"}), "rate_limited", 90.0),
    (
        (
            529,
            {
                "code": "service_overload",
                "additional_data": {"rate_limit_reason": "workspace_limit"},
            },
            {"Retry-After": "120"},
        ),
        "rate_limited",
        120.0,
    ),
    ((403, {"code": "restricted_resource"}, {}), "forbidden", None),
    ((409, {"code": "conflict_error"}, {}), "conflict", None),
    ((400, {"code": "validation_error"}, {}), "bad_input", None),
    ((401, {"code": "unauthorized"}, {}), "not_signed_in", None),
]


@pytest.mark.parametrize(("answer", "kind", "retry_after_s"), REFUSALS)
async def test_what_notion_says_is_told_by_kind_and_next_step(
    answer: Any, kind: str, retry_after_s: float | None
):
    async with answering({("POST", "/v1/search"): answer}) as (client, asked):
        error = (await call(client, "search", query="x"))["error"]
    assert error["kind"] == kind
    assert error.get("retry_after_s") == retry_after_s
    assert error["next_step"]
    assert len(asked) == 1


async def test_an_id_of_another_kind_says_what_to_use():
    message = f"Provided ID {SOURCE} is a database, not a page. Use the retrieve database API."
    source = {
        "object": "data_source",
        "id": SOURCE,
        "title": [{"plain_text": "할 일"}],
        "properties": {},
    }
    database = {
        "object": "database",
        "id": PAGE,
        "title": [{"plain_text": "일"}],
        "data_sources": [{"id": SOURCE, "name": "할 일"}, {"id": PART, "name": "지난 일"}],
    }
    answers = {
        ("GET", f"/v1/pages/{PAGE}"): (
            400,
            {"code": "validation_error", "message": message},
            {},
        ),
        ("GET", f"/v1/databases/{PAGE}"): database,
        ("GET", f"/v1/data_sources/{SOURCE}"): source,
    }
    async with answering(answers) as (client, _):
        read = (await call(client, "read_page", page_id_or_url=PAGE))["error"]
        asked = (await call(client, "query", data_source_id=PAGE))["error"]
        made = (await call(client, "create_page", parent_id=PAGE, title="x"))["error"]
    assert "notion_query" in read["message"]
    assert f"할 일 ({SOURCE}), 지난 일 ({PART})" in asked["message"]
    assert "choose a data source" in made["message"]


async def test_every_request_carries_the_version_and_the_token():
    async with answering({("POST", "/v1/search"): {"results": []}}) as (client, asked):
        await call(client, "search")
    assert asked[0].headers["notion-version"] == "2026-03-11"
    assert asked[0].headers["authorization"] == "Bearer sandbox"


async def test_what_is_only_partly_seen_is_listed_all_the_same():
    partial = {"results": [{"object": "page", "id": PAGE}], "has_more": False}
    async with answering({("POST", "/v1/search"): partial}) as (client, _):
        found = await call(client, "search", query="x")
    assert found["results"] == [{"id": PAGE, "type": "page", "title": "", "url": "", "edited": ""}]
    assert found["say"] == "노션에서 '제목 없음'을 찾았어요."
