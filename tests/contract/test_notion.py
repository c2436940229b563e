"""The Notion server's reading tools, as a client calls them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import running_sandbox
from tests.servers.notion import Notion, notion_at, notion_running

from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    bytes_of,
    connected,
    language_pack,
    listed,
)

SNAPSHOT = Path(__file__).parent / "snapshots" / "notion.json"
CORE_BYTES = 7_000
TASKS = "할 일"
NOBODY = "12345678-1234-4123-8123-123456789abc"


@pytest.fixture
async def notion() -> AsyncIterator[Notion]:
    async with notion_running() as running:
        yield running


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules(notion: Notion):
    tools = await notion.client.list_tools()
    async with connected(notion_at(f"{notion.sandbox.url}/notion")) as client:
        core = await client.list_tools()
    assert_every_server_rules(tools, core)
    assert bytes_of(listed(core)) <= CORE_BYTES
    assert_snapshot(SNAPSHOT, listed(tools))


async def test_the_language_pack_is_served_in_both_languages(notion: Notion):
    assert_language_rules(await language_pack(notion.client))


async def test_a_search_finds_pages_and_data_sources_by_title(notion: Notion):
    found = await notion.call("search", query="회의")
    assert {row["title"] for row in found["results"]} == {
        "회의록",
        "11월 16일 주간 회의",
        "11월 9일 주간 회의",
        "해운대 회의장",
    }
    sources = await notion.call("search", query="할 일", type="data_source")
    assert [(row["type"], row["title"]) for row in sources["results"]] == [("data_source", TASKS)]
    assert sources["say"] == "노션에서 '할 일'을 찾았어요."


async def test_a_search_without_words_lists_what_was_edited_last(notion: Notion):
    found = await notion.call("search", page_size=3)
    edited = [row["edited"] for row in found["results"]]
    assert edited == sorted(edited, reverse=True)
    assert found["say"].startswith("최근에 고친 건 워크숍 발표 자료,")


async def test_what_is_not_there_is_said_so(notion: Notion):
    assert (await notion.call("search", query="우주선"))["say"] == (
        "노션에서 '우주선'에 맞는 걸 찾지 못했어요."
    )
    there = await notion.call("search", query="우주선", language="en")
    assert there["say"] == "I found nothing about '우주선' in Notion."


async def test_pages_of_a_search_give_everything_once(notion: Notion):
    whole = [row["id"] for row in (await notion.call("search", page_size=100))["results"]]
    found: list[str] = []
    page = await notion.call("search", page_size=4)
    while True:
        found += [row["id"] for row in page["results"]]
        if "next_cursor" not in page:
            break
        page = await notion.call("search", page_size=4, cursor=page["next_cursor"])
    assert found == whole
    assert len(whole) > 20


async def test_a_result_without_room_for_its_rows_goes_on_where_it_stopped(notion: Notion):
    whole = await notion.titles(data_source_id=TASKS)
    found: list[str] = []
    page = await notion.call("query", data_source_id=TASKS, max_chars=2_000)
    while True:
        found += [row["title"] for row in page["rows"]]
        if "next_cursor" not in page:
            break
        page = await notion.call(
            "query", data_source_id=TASKS, max_chars=2_000, cursor=page["next_cursor"]
        )
    assert found == whole
    assert len(notion.sent("POST", "/query")) > 3


ADDRESSES = (
    "{id}",
    "{bare}",
    "https://www.notion.so/yeoul/{bare}?pvs=4",
    "https://app.notion.com/p/{bare}",
    "notion.so/Jang-bogi-{bare}#block",
    "https://yeoul.notion.site/{bare}",
    "https://www.notion.so/yeoul/0123456789abcdef0123456789abcdef?v=1&p={bare}&pm=s",
)


async def test_a_page_is_read_by_any_address_of_it(notion: Notion):
    page_id = await notion.id_of("장보기")
    for address in ADDRESSES:
        wanted = address.format(id=page_id, bare=page_id.replace("-", ""))
        page = await notion.call("read_page", page_id_or_url=wanted)
        assert page["title"] == "장보기"
    assert page["markdown"] == "- [ ] 우유\n- [ ] 달걀 한 판\n- [x] 두부\n- [ ] 대파"
    assert page["say"] == "'장보기' 페이지예요. 우유, 달걀 한 판, 대파."


async def test_a_page_is_read_without_markup_too(notion: Notion):
    page = await notion.call(
        "read_page", page_id_or_url=await notion.id_of("디자인 리뷰"), format="text"
    )
    assert page["markdown"].startswith("온보딩 첫 화면\n이수민: 그림이 너무 크다는")
    assert "결정: 그림을 줄이고" in page["markdown"]
    assert "**" not in page["say"]
    assert "|" not in page["say"]


async def test_a_long_page_is_read_part_by_part(notion: Notion):
    page_id = await notion.id_of("올해 회고")
    text = "\n".join(f"{number}번째 줄입니다." for number in range(1_000))
    await notion.call("append", page_id=page_id, markdown=text)
    first = await notion.call("read_page", page_id_or_url=page_id, max_chars=6_000)
    parts, offset = [first["markdown"]], first["next_offset"]
    while offset is not None:
        part = await notion.call("read_page", page_id_or_url=page_id, offset=offset)
        parts.append(part["markdown"])
        offset = part.get("next_offset")
    assert "".join(parts).endswith(text)
    assert first["say"].endswith("나머지는 화면에서 볼 수 있어요.")


async def test_a_row_without_text_is_told_by_its_properties(notion: Notion):
    page = await notion.call("read_page", page_id_or_url=await notion.id_of("워크숍 숙소 예약"))
    assert (
        page["say"]
        == "'워크숍 숙소 예약': 상태는 진행 중, 마감은 11월 27일 금요일, 담당은 이수민이에요."
    )
    assert page["properties"]["프로젝트"] == ["부산 워크숍"]
    assert page["properties"]["남은 날"] == 4
    assert page["properties"]["번호"] == "TASK-5"


async def test_a_schema_names_types_and_choices(notion: Notion):
    source = await notion.call("get_data_source", id=TASKS)
    rows = {row["name"]: row for row in source["properties"]}
    assert rows["상태"] == {
        "name": "상태",
        "type": "status",
        "options": ["할 일", "진행 중", "완료"],
    }
    assert rows["마감"] == {"name": "마감", "type": "date"}
    assert source["say"] == "'할 일'에는 이름, 상태, 마감을 비롯해 속성이 열네 개 있어요."
    database = f"https://www.notion.so/{source['url'].rpartition('/')[2]}?v=1"
    assert (await notion.call("get_data_source", id=database))["id"] == source["id"]


async def test_tasks_that_are_due_today_are_found(notion: Notion):
    due = await notion.call(
        "query", data_source_id=TASKS, filter={"마감": "오늘"}, sorts=["우선순위"]
    )
    assert [row["title"] for row in due["rows"]] == [
        "아버지 생신 선물 고르기",
        "온보딩 문구 다듬기",
    ]
    assert due["say"] == "'할 일'에 두 개 있어요. 아버지 생신 선물 고르기, 온보딩 문구 다듬기예요."
    assert due["rows"][1]["properties"] == {
        "상태": "진행 중",
        "마감": "2026-11-23",
        "담당": ["김하늘", "이수민"],
        "우선순위": 2,
        "구분": "회사",
        "태그": ["디자인"],
        "완료": False,
        "프로젝트": ["온보딩 개편"],
        "메모": "버튼 이름은 두 낱말을 넘기지 않기",
        "링크": "https://docs.yeoul.example/onboarding",
        "남은 날": 0,
        "번호": "TASK-2",
        "만든 때": "2026-11-19T01:00:00.000Z",
    }


FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({"이름": "온보딩"}, {"온보딩 화면 흐름 정리", "온보딩 문구 다듬기"}),
    ({"상태": "완료"}, {"온보딩 화면 흐름 정리"}),
    ({"status": "done"}, {"온보딩 화면 흐름 정리"}),
    ({"상태": ["완료", "진행 중"], "구분": "회사", "우선순위": 3}, {"워크숍 숙소 예약"}),
    ({"완료": True}, {"온보딩 화면 흐름 정리"}),
    ({"담당": "수민"}, {"온보딩 문구 다듬기", "워크숍 숙소 예약"}),
    ({"담당": None}, {"정수기 필터 교체"}),
    ({"프로젝트": "부산"}, {"워크숍 숙소 예약", "워크숍 발표 자료"}),
    ({"태그": ["가족", "여행"]}, {"아버지 생신 선물 고르기", "워크숍 숙소 예약"}),
    ({"마감": {"before": "오늘"}}, {"온보딩 화면 흐름 정리", "건강검진 예약"}),
    (
        {"마감": {"from": "2026-11-24", "to": "2026-11-26"}},
        {"알림 설정 범위 정하기", "사용자 인터뷰 정리"},
    ),
    ({"마감": "2026-11-24/2026-11-26"}, {"알림 설정 범위 정하기", "사용자 인터뷰 정리"}),
    ({"마감": "다음 주"}, set()),
    ({"마감": {"empty": True}}, {"정수기 필터 교체"}),
    ({"우선순위": {">=": 3}}, {"워크숍 숙소 예약"}),
    ({"번호": "TASK-5"}, {"워크숍 숙소 예약"}),
    ({"남은 날": 14}, {"워크숍 발표 자료"}),
    (
        {"or": [{"이름": "필터"}, {"이름": {"starts_with": "건강"}}]},
        {"정수기 필터 교체", "건강검진 예약"},
    ),
    ({"created_time": {">": "2026-11-21"}}, {"워크숍 발표 자료"}),
    ({"property": "이름", "title": {"ends_with": "교체"}}, {"정수기 필터 교체"}),
]


async def test_a_simple_filter_finds_by_name_and_value(notion: Notion):
    found = [set(await notion.titles(data_source_id=TASKS, filter=it)) for it, _ in FILTERS]
    assert found == [expected for _, expected in FILTERS]


async def test_rows_come_sorted_and_with_the_properties_asked_for(notion: Notion):
    told = await notion.call(
        "query",
        data_source_id="독서 목록",
        sorts=["-쪽수"],
        properties=["지은이", "쪽수"],
        language="en",
    )
    assert [row["properties"]["쪽수"] for row in told["rows"]] == [401, 312, 268, 224]
    assert told["rows"][0]["properties"] == {"지은이": "백이현", "쪽수": 401}
    assert told["say"].startswith("'독서 목록' has four items.")


async def test_rollups_and_ranges_are_plain_values(notion: Notion):
    rows = (await notion.call("query", data_source_id="프로젝트", sorts=["이름"]))["rows"]
    values = {row["title"]: row["properties"] for row in rows}
    assert values["온보딩 개편"]["진행률"] == 0.333333
    assert values["온보딩 개편"]["기간"] == "2026-11-03/2026-12-11"
    assert values["부산 워크숍"]["할 일"] == ["워크숍 숙소 예약", "워크숍 발표 자료"]


async def test_comments_and_people_are_listed_by_name(notion: Notion):
    told = await notion.call("list_comments", page_id=await notion.id_of("부산 워크숍 준비"))
    assert [row["author"] for row in told["comments"]] == ["박서준", "이수민"]
    assert told["say"].endswith(
        "박서준 님: 예산은 350만 원까지 괜찮아요. 이수민 님: 그럼 숙소를 해운대 쪽으로 볼게요!"
    )
    users = await notion.call("list_users")
    assert {row["name"] for row in users["users"]} >= {"김하늘", "박서준", "아리온"}
    assert "@" not in users["say"]


BAD_INPUT: list[tuple[str, dict[str, Any], str, str]] = [
    ("read_page", {"page_id_or_url": "장보기"}, "page_id_or_url", "notion_search"),
    ("read_page", {"page_id_or_url": ""}, "page_id_or_url", "notion_search"),
    ("read_page", {"page_id_or_url": "{tasks}"}, "page_id_or_url", "notion_query"),
    ("read_page", {"page_id_or_url": "{page}", "offset": 9_999}, "offset", "between 0 and"),
    ("query", {"data_source_id": "{page}"}, "data_source_id", "notion_read_page"),
    ("query", {"data_source_id": "할일목록표"}, "data_source_id", "독서 목록"),
    ("query", {"data_source_id": TASKS, "filter": {"상태": "안 함"}}, "filter.상태", "진행 중"),
    ("query", {"data_source_id": TASKS, "filter": {"색": "빨강"}}, "filter", "우선순위"),
    ("query", {"data_source_id": TASKS, "filter": {"마감": "언젠가"}}, "filter.마감", "2026-11-27"),
    (
        "query",
        {"data_source_id": TASKS, "filter": {"상태": {"before": 1}}},
        "filter.상태",
        "equals",
    ),
    ("query", {"data_source_id": TASKS, "sorts": ["색"]}, "sorts", "마감"),
    ("query", {"data_source_id": TASKS, "properties": ["색"]}, "properties", "마감"),
    ("query", {"data_source_id": TASKS, "cursor": "zzz"}, "cursor", "leave it out"),
    ("query", {"data_source_id": TASKS, "page_size": 101}, "page_size", "100"),
    ("update_properties", {"page_id": "{page}", "properties": {}}, "properties", "at least one"),
    ("trash_page", {"page_id": "x", "reason": "y"}, "reason", "page_id"),
]


async def test_bad_input_names_the_field_and_what_it_may_be(notion: Notion):
    names = {
        "{tasks}": await notion.id_of(TASKS, "data_source"),
        "{page}": await notion.id_of("장보기"),
    }
    for tool, arguments, parameter, hint in BAD_INPUT:
        given = {
            name: names.get(value, value) if isinstance(value, str) else value
            for name, value in arguments.items()
        }
        error = (await notion.call(tool, **given))["error"]
        assert error["kind"] == "bad_input", (tool, given, error)
        assert re.split(r": ", error["message"])[0] == parameter, (tool, given, error)
        assert hint in error["message"], (tool, given, error)


async def test_what_is_not_shared_is_not_found_and_says_what_to_do(notion: Notion):
    errors = [
        (await notion.call("read_page", page_id_or_url=NOBODY))["error"],
        (await notion.call("query", data_source_id=NOBODY))["error"],
        (await notion.call("create_page", parent_id=NOBODY, title="x"))["error"],
        (await notion.call("delete_comment", comment_id=NOBODY))["error"],
    ]
    assert [error["kind"] for error in errors] == ["not_found"] * 4
    assert all("공유" in error["next_step"] for error in errors)


@pytest.mark.parametrize("token", [None, "wrong"])
async def test_without_a_valid_token_the_person_is_told_to_sign_in(token: str | None):
    async with running_sandbox() as sandbox:
        spec = notion_at(f"{sandbox.url}/notion", token)
        async with connected(spec) as client:
            refused = await Notion(client, sandbox).call("search")
    assert refused["error"]["kind"] == "not_signed_in"
    assert refused["error"]["next_step"]
