"""What Notion's pages say, changed and put back: append, edit, replace after a yes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastmcp import Client
from mcp_types import ElicitResult
from tests.sandbox import running_sandbox
from tests.servers.notion import Notion, notion_at, notion_running

from arion_kit.serving import build

pytestmark = pytest.mark.thorough

GROCERIES = "- [ ] 우유\n- [ ] 달걀 한 판\n- [x] 두부\n- [ ] 대파"


@pytest.fixture
async def notion() -> AsyncIterator[Notion]:
    async with notion_running() as running:
        yield running


async def test_text_is_added_to_either_end_and_taken_back(notion: Notion):
    page_id = await notion.id_of("장보기")
    end = await notion.call("append", page_id=page_id, markdown="- [ ] 귤")
    start = await notion.call("append", page_id=page_id, markdown="## 이번 주", position="start")
    assert await notion.markdown(page_id) == f"## 이번 주\n{GROCERIES}\n- [ ] 귤"
    assert end["diff"].endswith("+- [ ] 귤")
    assert end["say"] == "'장보기' 페이지에 적었어요."
    await notion.undo("append", {}, start)
    await notion.undo("append", {}, end)
    assert await notion.markdown(page_id) == GROCERIES


async def test_the_same_line_twice_can_be_taken_back_once(notion: Notion):
    page_id = await notion.id_of("장보기")
    second = await notion.call("append", page_id=page_id, markdown="- [ ] 대파")
    assert await notion.markdown(page_id) == f"{GROCERIES}\n- [ ] 대파"
    await notion.undo("append", {}, second)
    assert await notion.markdown(page_id) == GROCERIES


async def test_one_passage_is_edited_and_put_back(notion: Notion):
    page_id = await notion.id_of("장보기")
    given = {"page_id": page_id, "old": "- [ ] 우유", "new": "- [x] 우유"}
    preview = await notion.call("edit_page", **given, dry_run=True)
    assert await notion.markdown(page_id) == GROCERIES
    assert preview["changed"] is False
    assert preview["say"] == (
        "'장보기' 페이지에서 한 줄이 빠지고 한 줄이 들어가요. 아직 고치지 않았어요."
    )
    edited = await notion.call("edit_page", **given)
    assert edited["diff"] == preview["diff"]
    assert (await notion.markdown(page_id)).startswith("- [x] 우유\n")
    await notion.undo("edit_page", given, edited)
    assert await notion.markdown(page_id) == GROCERIES


async def test_a_deleted_passage_comes_back_where_it_was(notion: Notion):
    page_id = await notion.id_of("장보기")
    edited = await notion.call("edit_page", page_id=page_id, old="- [x] 두부\n", new="")
    assert "두부" not in await notion.markdown(page_id)
    await notion.undo("edit_page", {}, edited)
    assert await notion.markdown(page_id) == GROCERIES


PASSAGES = (
    ("- [ ] 우우유", "the nearest line is '- [ ] 우유'"),
    ("우주선", "is not in the page"),
    ("- [ ]", "occurs 3 times"),
    ("", "must not be empty"),
)


async def test_a_passage_that_is_not_there_once_is_refused_with_a_hint(notion: Notion):
    page_id = await notion.id_of("장보기")
    for old, hint in PASSAGES:
        refused = await notion.call("edit_page", page_id=page_id, old=old, new="x")
        assert refused["error"]["kind"] == "bad_input"
        assert hint in refused["error"]["message"]
    assert notion.sent("PATCH") == []


async def test_all_of_a_page_is_replaced_only_after_a_yes_to_just_that(notion: Notion):
    page_id = await notion.id_of("장보기")
    given = {"page_id": page_id, "markdown": "- [ ] 김치"}
    asked = await notion.call("replace_page", **given)
    assert asked["say"] == (
        "'장보기' 페이지의 내용을 모두 바꿀까요? 네 줄이 빠지고 한 줄이 들어가요."
    )
    assert asked["preview"]["page"] == "장보기"
    assert asked["preview"]["diff"].endswith("-- [ ] 대파\n+- [ ] 김치")
    assert notion.sent("PATCH") == []
    other = await notion.call(
        "replace_page",
        page_id=page_id,
        markdown="- [ ] 무",
        confirm_token=asked["confirm_token"],
    )
    assert "confirm_token" in other
    asked = await notion.call("replace_page", **given)
    replaced = await notion.call("replace_page", **given, confirm_token=asked["confirm_token"])
    assert replaced["say"] == "'장보기' 페이지의 내용을 모두 바꿨어요."
    assert replaced["previous"] == GROCERIES
    assert await notion.markdown(page_id) == "- [ ] 김치"


async def test_a_page_that_changed_after_the_question_is_asked_about_again(notion: Notion):
    page_id = await notion.id_of("장보기")
    given = {"page_id": page_id, "markdown": "- [ ] 김치"}
    asked = await notion.call("replace_page", **given)
    await notion.call("append", page_id=page_id, markdown="- [ ] 귤")
    again = await notion.call("replace_page", **given, confirm_token=asked["confirm_token"])
    assert "-- [ ] 귤" in again["preview"]["diff"]
    assert await notion.markdown(page_id) == f"{GROCERIES}\n- [ ] 귤"
    done = await notion.call("replace_page", **given, confirm_token=again["confirm_token"])
    assert done["previous"] == f"{GROCERIES}\n- [ ] 귤"


async def test_a_replaced_page_gets_its_content_back(notion: Notion):
    page_id = await notion.id_of("장보기")
    given: dict[str, Any] = {"page_id": page_id, "markdown": "- [ ] 김치"}
    asked = await notion.call("replace_page", **given)
    done = await notion.call("replace_page", **given, confirm_token=asked["confirm_token"])
    question = await notion.undo("replace_page", given, done)
    await notion.call(
        "replace_page",
        page_id=page_id,
        markdown=done["previous"],
        confirm_token=question["confirm_token"],
    )
    assert await notion.markdown(page_id) == GROCERIES


async def test_a_dry_run_shows_the_diff_and_asks_nobody(notion: Notion):
    page_id = await notion.id_of("장보기")
    told = await notion.call(
        "replace_page", page_id=page_id, markdown="- [ ] 김치", dry_run=True, language="en"
    )
    assert told["changed"] is False
    assert "+- [ ] 김치" in told["diff"]
    assert told["say"] == (
        "On the page '장보기', four lines would go and one line would come in."
        " Nothing has changed yet."
    )


async def test_the_same_content_again_changes_and_asks_nothing(notion: Notion):
    page_id = await notion.id_of("장보기")
    told = await notion.call("replace_page", page_id=page_id, markdown=GROCERIES)
    assert (told["changed"], told["say"]) == (False, "'장보기' 페이지는 이미 그 내용이에요.")
    assert notion.sent("PATCH") == []


async def test_pages_inside_a_page_are_not_lost_with_its_content(notion: Notion):
    minutes = await notion.id_of("회의록")
    refused = await notion.call("replace_page", page_id=minutes, markdown="새로 시작합니다.")
    assert refused["error"]["kind"] == "bad_input"
    assert "디자인 리뷰" in refused["error"]["message"]
    passage = (await notion.markdown(minutes)).split("\n")[-1]
    cut = await notion.call("edit_page", page_id=minutes, old=passage, new="")
    assert cut["error"]["kind"] == "bad_input"
    assert ">디자인 리뷰</page>" in await notion.markdown(minutes)


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
@pytest.mark.parametrize(("answer", "expected"), [("accept", "- [ ] 김치"), ("decline", GROCERIES)])
async def test_a_client_that_can_ask_asks_the_person(mode: Any, answer: Any, expected: str):
    heard: list[str] = []

    async def person(message: str, *_: Any) -> Any:
        heard.append(message)
        return ElicitResult(action=answer, content={"agree": True} if answer == "accept" else None)

    async with running_sandbox() as sandbox:
        server = build(notion_at(f"{sandbox.url}/notion"), toolsets=frozenset({"all"}))
        async with Client(server, mode=mode, elicitation_handler=person) as client:
            notion = Notion(client, sandbox)
            page_id = await notion.id_of("장보기")
            await notion.call("replace_page", page_id=page_id, markdown="- [ ] 김치")
            assert await notion.markdown(page_id) == expected
    assert len(heard) == 1
    assert heard[0].startswith("'장보기' 페이지의 내용을 모두 바꿀까요?")
