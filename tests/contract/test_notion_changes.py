"""Pages of Notion made, changed, moved, trashed, commented, and each of these taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.servers.notion import Notion, notion_running

pytestmark = pytest.mark.thorough

TASKS = "할 일"
FILTER = "정수기 필터 교체"


@pytest.fixture
async def notion() -> AsyncIterator[Notion]:
    async with notion_running() as running:
        yield running


async def test_a_task_is_made_from_plain_names_and_values(notion: Notion):
    page = await notion.call(
        "create_page",
        parent_id=TASKS,
        title="발표 연습",
        markdown="## 순서\n- 인사\n- 시연",
        properties={
            "상태": "진행 중",
            "마감": "2026-11-27",
            "담당": "김하늘",
            "우선순위": 2,
            "완료": True,
            "태그": ["회의", "여행"],
            "프로젝트": "부산 워크숍",
            "링크": "https://docs.yeoul.example/talk",
            "메모": "떨지 않기",
        },
    )
    assert page["say"] == "'할 일'에 '발표 연습'을 추가했어요."
    assert await notion.markdown(page["id"]) == "## 순서\n- 인사\n- 시연"
    values = await notion.values(page["id"])
    assert values == values | {
        "상태": "진행 중",
        "마감": "2026-11-27",
        "담당": ["김하늘"],
        "우선순위": 2,
        "완료": True,
        "태그": ["회의", "여행"],
        "프로젝트": ["부산 워크숍"],
        "링크": "https://docs.yeoul.example/talk",
        "메모": "떨지 않기",
    }


VALUES: list[tuple[dict[str, Any], str, Any]] = [
    ({"status": "in progress"}, "상태", "진행 중"),
    ({"상태": True}, "상태", "완료"),
    ({"due date": "내일"}, "마감", "2026-11-24"),
    ({"마감일": "2026-11-24T15:00"}, "마감", "2026-11-24T15:00+09:00"),
    ({"마감": "2026-11-24/2026-11-26"}, "마감", "2026-11-24/2026-11-26"),
    ({"마감": {"start": "2026-11-24", "end": "2026-11-26"}}, "마감", "2026-11-24/2026-11-26"),
    ({"담당": ["수민", "seojun.park@yeoul.example"]}, "담당", ["이수민", "박서준"]),
    ({"우선순위": "1,000원"}, "우선순위", 1_000),
    ({"완료": "예"}, "완료", True),
    ({"태그": "디자인, 회의"}, "태그", ["디자인", "회의"]),
    ({"구분": {"select": {"name": "동네"}}}, "구분", "동네"),
    ({"메모": "가" * 4_500}, "메모", "가" * 2_000 + "…"),
    ({"담당": "이"}, "담당", ["이수민"]),
]


MISFITS: list[tuple[dict[str, Any], str]] = [
    ({"담당자": ["수민", "jihoon"]}, "nobody is called 'jihoon'"),
    ({"구분": "회사원"}, "there are 회사, 집, 건강"),
    ({"색": "빨강"}, "there are 이름, 상태"),
    ({"남은 날": 3}, "is filled in by Notion"),
    ({"프로젝트": "개편"}, "could be one of"),
    ({"프로젝트": "없는 것"}, "has no page called"),
    ({"우선순위": "많이"}, "is no number"),
    ({"마감": "언젠가"}, "is no date"),
]


async def test_a_value_is_understood(notion: Notion):
    for given, name, expected in VALUES:
        page = await notion.call("create_page", parent_id=TASKS, title="x", properties=given)
        assert (await notion.values(page["id"]))[name] == expected


async def test_a_value_that_does_not_fit_says_what_there_is(notion: Notion):
    for given, hint in MISFITS:
        refused = await notion.call("create_page", parent_id=TASKS, title="x", properties=given)
        assert refused["error"]["kind"] == "bad_input"
        assert hint in refused["error"]["message"]
    assert notion.sent("POST", "/pages") == []


async def test_a_page_is_made_under_a_page(notion: Notion):
    minutes = await notion.id_of("회의록")
    page = await notion.call(
        "create_page", parent_id=minutes, title="송년회 준비", markdown="12월 넷째 주"
    )
    assert page["say"] == "'회의록' 아래에 '송년회 준비' 페이지를 만들었어요."
    assert f'<page url="{page["url"]}">송년회 준비</page>' in await notion.markdown(minutes)
    assert await notion.markdown(page["id"]) == "12월 넷째 주"


async def test_what_was_made_is_taken_back(notion: Notion):
    page = await notion.call("create_page", parent_id=TASKS, title="잘못 넣은 일")
    await notion.undo("create_page", {}, page)
    assert "잘못 넣은 일" not in await notion.titles(data_source_id=TASKS)


async def test_properties_are_set_and_put_back_exactly(notion: Notion):
    page_id = await notion.id_of("온보딩 문구 다듬기")
    before = await notion.values(page_id)
    given: dict[str, Any] = {
        "상태": "완료",
        "마감": None,
        "담당": "박서준",
        "우선순위": 5,
        "구분": "집",
        "태그": ["가족", "여행"],
        "완료": True,
        "프로젝트": [],
        "메모": "끝!",
        "링크": None,
        "이름": "온보딩 문구",
    }
    changed = await notion.call("update_properties", page_id=page_id, properties=given)
    after = await notion.values(page_id)
    assert (after["상태"], after["담당"], after["완료"]) == ("완료", ["박서준"], True)
    assert after.keys() & {"마감", "프로젝트", "링크"} == set()
    assert await notion.id_of("온보딩 문구") == page_id
    await notion.undo("update_properties", {}, changed)
    assert await notion.values(page_id) == before
    assert await notion.id_of("온보딩 문구 다듬기") == page_id


async def test_one_changed_property_is_said_with_its_value(notion: Notion):
    page_id = await notion.id_of(FILTER)

    async def said(language: str = "ko", **given: Any) -> str:
        changed = await notion.call(
            "update_properties", page_id=page_id, properties=given, language=language
        )
        return changed["say"]

    assert await said(상태="끝") == "'정수기 필터 교체'의 상태를 '완료'로 바꿨어요."
    assert await said(마감="내일") == "'정수기 필터 교체'의 마감을 내일로 바꿨어요."
    assert await said(완료=True) == "'정수기 필터 교체'의 완료에 체크했어요."
    assert await said(마감=None) == "'정수기 필터 교체'의 마감을 비웠어요."
    assert await said("en", 마감="내일") == "I set 마감 of '정수기 필터 교체' to tomorrow."


async def test_the_title_of_a_plain_page_can_be_set_and_nothing_else(notion: Notion):
    page_id = await notion.id_of("올해 회고")
    await notion.call("update_properties", page_id=page_id, properties={"제목": "2026년 회고"})
    assert await notion.id_of("2026년 회고") == page_id
    refused = await notion.call("update_properties", page_id=page_id, properties={"상태": "완료"})
    assert refused["error"]["kind"] == "bad_input"


async def test_a_trashed_page_is_restored_and_repeating_either_is_harmless(notion: Notion):
    page_id = await notion.id_of("올해 회고")
    first = await notion.call("trash_page", page_id=page_id)
    again = await notion.call("trash_page", page_id=page_id)
    assert (first["changed"], again["changed"]) == (True, False)
    assert again["say"] == "'올해 회고'는 이미 휴지통에 있어요."
    assert (await notion.call("search", query="올해 회고"))["results"] == []
    back = await notion.undo("trash_page", {}, first)
    assert back["say"] == "'올해 회고'를 휴지통에서 되살렸어요."
    assert await notion.id_of("올해 회고") == page_id
    assert len(notion.sent("PATCH")) == 2


async def test_a_page_in_the_trash_is_not_edited(notion: Notion):
    page_id = await notion.id_of("장보기")
    await notion.call("trash_page", page_id=page_id)
    refused = await notion.call("append", page_id=page_id, markdown="- 귤")
    assert refused["error"]["kind"] == "bad_input"


async def test_a_database_is_made_from_names_and_types_and_taken_back(notion: Notion):
    page_id = await notion.id_of("부산 워크숍 준비")
    made = await notion.call(
        "create_database",
        parent_id=page_id,
        title="경비",
        properties={"항목": "title", "금액": "number", "날짜": "date", "구분": ["교통", "식비"]},
    )
    assert made["say"] == "'부산 워크숍 준비' 페이지에 '경비' 데이터베이스를 만들었어요."
    schema = await notion.call("get_data_source", id="경비")
    assert {row["name"]: row["type"] for row in schema["properties"]} == {
        "항목": "title",
        "금액": "number",
        "날짜": "date",
        "구분": "select",
    }
    row = {"금액": "59,800원", "구분": "교통", "날짜": "오늘"}
    await notion.call("create_page", parent_id=made["id"], title="기차표", properties=row)
    assert await notion.titles(data_source_id="경비", filter={"금액": 59_800}) == ["기차표"]
    await notion.undo("create_database", {}, made)
    assert (await notion.call("search", query="경비", type="data_source"))["results"] == []
    back = await notion.call("restore_page", page_id=made["url"])
    assert back["say"] == "'경비'를 휴지통에서 되살렸어요."
    assert await notion.id_of("경비", "data_source") == made["id"]


DATABASE_MISFITS: list[tuple[dict[str, Any], str]] = [
    ({"금액": "money"}, "there are title, rich_text, number"),
    ({"가": "title", "나": "title"}, "only one can be the title"),
    ({"이름": "date"}, "must be of type title"),
]


async def test_a_type_that_is_none_says_which_there_are(notion: Notion):
    page_id = await notion.id_of("장보기")
    for properties, hint in DATABASE_MISFITS:
        refused = await notion.call(
            "create_database", parent_id=page_id, title="표", properties=properties
        )
        assert hint in refused["error"]["message"]
    assert notion.sent("POST", "/databases") == []


async def test_what_is_in_the_trash_is_found_there(notion: Notion):
    found = await notion.call("search", query="회식", in_trash=True)
    assert [row["title"] for row in found["results"]] == ["지난 회식 메모"]
    assert (await notion.call("search", query="회식"))["results"] == []


async def test_a_page_is_moved_and_moved_back(notion: Notion):
    minutes, busan = await notion.id_of("회의록"), await notion.id_of("부산 워크숍 준비")
    page_id = await notion.id_of("디자인 리뷰")
    moved = await notion.call("move_page", page_id=page_id, parent_id=busan)
    assert moved["say"] == "'디자인 리뷰'를 '부산 워크숍 준비' 아래로 옮겼어요."
    assert ">디자인 리뷰</page>" in await notion.markdown(busan)
    assert ">디자인 리뷰</page>" not in await notion.markdown(minutes)
    await notion.undo("move_page", {}, moved)
    assert ">디자인 리뷰</page>" in await notion.markdown(minutes)


async def test_a_comment_is_left_answered_and_taken_back(notion: Notion):
    page_id = await notion.id_of("디자인 리뷰")
    first = await notion.call("comment", page_id=page_id, text="확인했습니다 👍")
    assert first["say"] == "'디자인 리뷰' 페이지에 댓글을 남겼어요."
    [comment] = (await notion.call("list_comments", page_id=page_id))["comments"]
    assert (comment["text"], comment["author"]) == ("확인했습니다 👍", "아리온")
    await notion.call(
        "comment", page_id=page_id, text="고맙습니다", discussion_id=comment["discussion_id"]
    )
    told = (await notion.call("list_comments", page_id=page_id))["comments"]
    assert {row["discussion_id"] for row in told} == {comment["discussion_id"]}
    await notion.undo("comment", {}, first)
    told = (await notion.call("list_comments", page_id=page_id))["comments"]
    assert [row["text"] for row in told] == ["고맙습니다"]


async def test_a_comment_of_somebody_else_is_not_ours_to_delete(notion: Notion):
    page_id = await notion.id_of("부산 워크숍 준비")
    [theirs, _] = (await notion.call("list_comments", page_id=page_id))["comments"]
    refused = await notion.call("delete_comment", comment_id=theirs["id"])
    assert refused["error"]["kind"] == "forbidden"
    assert len((await notion.call("list_comments", page_id=page_id))["comments"]) == 2
