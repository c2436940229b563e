"""The shopping list through the server: every change, its undoing, and a disk that fails."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import Sandbox
from tests.shopping_client import Shopping, running_shopping, shopping_at

from arion_kit.words import META_EFFECT

pytestmark = pytest.mark.thorough


@pytest.fixture
async def shopping(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Shopping]:
    async with running_shopping(monkeypatch, tmp_path) as running:
        yield running


async def test_things_are_put_on_the_list_with_what_is_known_of_them(shopping: Shopping) -> None:
    link = "https://www.coupang.com/vp/products/7100000111"
    added = await shopping.call("list_add", text="우유", quantity=2, note="저지방", link=link)
    assert added["say"] == "장보기 목록에 우유 두 개를 담았어요."
    listed = await shopping.call("list_get")
    [item] = listed["items"]
    assert item == added["items"][0]
    assert (item["text"], item["quantity"], item["note"]) == ("우유", 2, "저지방")
    assert item["link"] == link
    assert item["added_at"][:10].count("-") == 2
    assert listed["say"] == "장보기 목록에 우유 두 개가 있어요."


async def test_several_things_said_at_once_are_several_items(shopping: Shopping) -> None:
    added = await shopping.call("list_add", text="우유 두 개랑 계란 한 판, 대파")
    assert added["say"] == "장보기 목록에 우유 두 개, 계란 한 판, 대파를 담았어요."
    assert await shopping.on_list() == [("우유", 2), ("계란 한 판", 1), ("대파", 1)]
    told = await shopping.call("list_get", "en")
    assert told["say"] == (
        "There are three things on your shopping list: two 우유, 계란 한 판, and 대파."
    )


async def test_what_is_there_already_becomes_more(shopping: Shopping) -> None:
    await shopping.call("list_add", text="우유")
    again = await shopping.call("list_add", text="우유 두 개")
    assert again["say"] == "'우유'는 목록에 이미 있어서 세 개로 늘렸어요."
    assert await shopping.on_list() == [("우유", 3)]
    await shopping.call("list_add", text="우유", note="아기용")
    assert await shopping.on_list() == [("우유", 3), ("우유", 1)]


async def test_the_same_key_adds_and_removes_once(shopping: Shopping) -> None:
    first = await shopping.call("list_add", key="a1", text="우유")
    second = await shopping.call("list_add", key="a1", text="우유")
    assert second["items"] == first["items"]
    assert second["change_id"] == first["change_id"]
    assert await shopping.on_list() == [("우유", 1)]
    await shopping.call("list_add", key="a2", text="우유")
    removed = await shopping.call("list_remove", key="r1", item="우유", quantity=1)
    assert await shopping.call("list_remove", key="r1", item="우유", quantity=1) == {
        **removed,
        "say": "장보기 목록에서 이미 지웠어요.",
    }
    assert await shopping.on_list() == [("우유", 1)]


async def test_a_key_that_was_used_stays_used_after_the_item_is_gone(shopping: Shopping) -> None:
    await shopping.call("list_add", key="a1", text="우유")
    await shopping.call("list_remove", item="우유")
    late = await shopping.call("list_add", key="a1", text="우유")
    assert late["say"] == "이미 장보기 목록에 넣었어요."
    assert await shopping.on_list() == []


def inverse_of(effect: dict[str, Any], result: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    inverse = effect["inverse"]
    return inverse["tool"], {
        name: result[path.removeprefix("result.")] for name, path in inverse["arguments"].items()
    }


async def test_each_change_is_taken_back_by_its_declared_inverse(shopping: Shopping) -> None:
    tools = {tool.name: tool.meta or {} for tool in await shopping.client.list_tools()}
    await shopping.call("list_add", text="우유, 계란")
    before = await shopping.call("list_get")
    added = await shopping.call("list_add", text="우유 두 개랑 빵")
    tool, arguments = inverse_of(tools["list_add"][META_EFFECT], added)
    await shopping.call(tool, **arguments)
    assert (await shopping.call("list_get"))["items"] == before["items"]
    removed = await shopping.call("list_remove", item="우유")
    assert await shopping.on_list() == [("계란", 1)]
    tool, arguments = inverse_of(tools["list_remove"][META_EFFECT], removed)
    put_back = await shopping.call(tool, **arguments)
    assert (await shopping.call("list_get"))["items"] == before["items"]
    tool, arguments = inverse_of(tools["list_add"][META_EFFECT], put_back)
    await shopping.call(tool, **arguments)
    assert await shopping.on_list() == [("계란", 1)]


async def test_a_removal_is_put_back_only_once(shopping: Shopping) -> None:
    await shopping.call("list_add", text="우유 세 개")
    removed = await shopping.call("list_remove", item="우유", quantity=2)
    assert removed["say"] == "장보기 목록에서 우유 두 개를 지웠어요."
    for key in ("u1", "u2", "u1"):
        await shopping.call("list_add", key=key, restore=removed["change_id"])
    assert await shopping.on_list() == [("우유", 3)]


async def test_words_that_fit_several_items_change_nothing(shopping: Shopping) -> None:
    await shopping.call("list_add", text="딸기 우유, 초코 우유")
    failed = await shopping.failure("list_remove", item="우유")
    assert failed["kind"] == "conflict"
    assert failed["message"] == "'우유'로 찾은 게 여러 가지예요: 딸기 우유, 초코 우유."
    assert len(await shopping.on_list()) == 2
    removed = await shopping.call("list_remove", item="초코우유")
    assert [item["text"] for item in removed["items"]] == ["초코 우유"]


async def test_several_things_come_off_together_or_not_at_all(shopping: Shopping) -> None:
    await shopping.call("list_add", text="우유 두 개, 딸기 우유, 계란, 빵, 빵가루")
    failed = await shopping.failure("list_remove", item="계란이랑 두부")
    assert failed["kind"] == "not_found"
    assert len(await shopping.on_list()) == 5
    removed = await shopping.call("list_remove", item="계란이랑 우유")
    assert removed["say"] == "장보기 목록에서 계란, 우유 두 개를 지웠어요."
    await shopping.call("list_add", restore=removed["change_id"])
    assert len(await shopping.on_list()) == 5


async def test_the_one_that_is_called_just_so_is_meant(shopping: Shopping) -> None:
    await shopping.call("list_add", text="우유, 딸기 우유")
    found = await shopping.call("list_get", query="우유")
    assert [item["text"] for item in found["items"]] == ["우유"]
    await shopping.call("list_remove", item=found["items"][0]["id"])
    assert await shopping.on_list() == [("딸기 우유", 1)]


async def test_what_is_not_on_the_list_is_told(shopping: Shopping) -> None:
    assert (await shopping.call("list_get"))["say"] == "장보기 목록이 비어 있어요."
    failed = await shopping.failure("list_remove", item="용의 알")
    assert (failed["kind"], failed["message"]) == (
        "not_found",
        "장보기 목록에 '용의 알'은 없어요.",
    )
    asked = await shopping.call("list_get", query="우유")
    assert asked["say"] == "장보기 목록에 '우유'는 없어요."
    assert (await shopping.failure("list_remove", item="all"))["kind"] == "not_found"


async def test_emptying_the_list_is_asked_first_and_can_be_undone(shopping: Shopping) -> None:
    await shopping.call("list_add", text="우유, 계란, 빵")
    asked = await shopping.call("list_remove", item="전부")
    assert asked["say"] == "장보기 목록에 있는 세 가지를 모두 지울까요?"
    assert len(await shopping.on_list()) == 3
    done = await shopping.call("list_remove", item="전부", confirm_token=asked["confirm_token"])
    assert done["say"] == "장보기 목록에서 세 가지를 모두 지웠어요."
    assert await shopping.on_list() == []
    back = await shopping.call("list_add", restore=done["change_id"])
    assert back["say"] == "장보기 목록에 우유, 계란, 빵을 다시 담았어요."
    assert await shopping.on_list() == [("우유", 1), ("계란", 1), ("빵", 1)]


async def test_a_long_list_comes_in_parts_that_fit(shopping: Shopping) -> None:
    for start in range(0, 60, 20):
        await shopping.call(
            "list_add", text=", ".join(f"물건{number}호" for number in range(start, start + 20))
        )
    seen: list[str] = []
    page = await shopping.call("list_get", max_chars=2_000)
    assert page["total"] == 60
    assert page["say"].startswith("장보기 목록에 60가지가 있어요. 물건0호, 물건1호")
    while cursor := page.get("next_cursor"):
        seen += [item["text"] for item in page["items"]]
        page = await shopping.call("list_get", max_chars=2_000, cursor=cursor)
    seen += [item["text"] for item in page["items"]]
    assert seen == [f"물건{number}호" for number in range(60)]
    assert (await shopping.failure("list_get", cursor="nonsense"))["kind"] == "bad_input"


BAD_INPUT: list[tuple[str, dict[str, Any], str]] = [
    ("list_add", {}, "text: give either text or restore"),
    ("list_add", {"text": "우유", "restore": "c1"}, "text: give either"),
    ("list_add", {"text": "  "}, "text: give either text or restore"),
    ("list_add", {"text": "!!"}, "text: names nothing to buy"),
    ("list_add", {"text": ", ".join("가나다라마바사아자차카타파하거너더러머버서")}, "more than 20"),
    ("list_add", {"text": "가" * 101}, "text: names a thing in more than 100"),
    ("list_add", {"text": "우유", "quantity": 0}, "quantity: must be between 1 and 999"),
    ("list_add", {"text": "우유", "link": "ftp://x"}, "link: must be an address"),
    ("list_add", {"restore": "c1"}, "restore: is the change_id of no removal"),
    ("list_remove", {"item": ""}, "item: must not be empty"),
    ("list_remove", {"item": "우유", "quantity": 1_000}, "quantity: must be between"),
]


async def test_bad_input_names_the_parameter_and_changes_nothing(shopping: Shopping) -> None:
    for tool, arguments, named in BAD_INPUT:
        failed = await shopping.failure(tool, **arguments)
        assert failed["kind"] == "bad_input"
        assert named in failed["message"]
    assert await shopping.on_list() == []


async def test_the_list_is_there_after_a_restart_and_without_any_key(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with shopping_at(sandbox, monkeypatch, tmp_path) as shopping:
        await shopping.call("list_add", text="우유")
    keyless = {"ARION_SHOPPING_TOKEN": None}
    async with shopping_at(sandbox, monkeypatch, tmp_path, **keyless) as shopping:
        assert await shopping.on_list() == [("우유", 1)]


async def test_a_full_list_says_so(shopping: Shopping, tmp_path: Path) -> None:
    await shopping.call("list_add", text="우유")
    with sqlite3.connect(tmp_path / "shopping.sqlite3") as connection:
        connection.executemany(
            "INSERT INTO items (id, text, quantity, added_at) VALUES (?, ?, 1, '2026')",
            [(f"i{number}", f"물건 {number}") for number in range(499)],
        )
    connection.close()
    failed = await shopping.failure("list_add", text="계란")
    assert failed["kind"] == "too_large"
    assert "may_have_happened" not in failed
    assert (await shopping.call("list_get"))["total"] == 500


async def test_a_full_disk_is_told_and_leaves_the_list_as_it_was(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connect = sqlite3.connect

    def small(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 18")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    async with shopping_at(sandbox, monkeypatch, tmp_path) as shopping:
        results = [
            await shopping.call("list_add", text=f"물건 {number}", note="가" * 300)
            for number in range(40)
        ]
        failures = [result["error"] for result in results if "error" in result]
        assert {failed["kind"] for failed in failures} == {"unavailable"}
        assert failures[0]["message"] == "디스크가 가득 차서 저장하지 못했어요."
        assert "may_have_happened" not in failures[0]
        assert (await shopping.call("list_get"))["total"] == 40 - len(failures)


async def test_a_folder_that_cannot_be_written_is_told(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    async with shopping_at(sandbox, monkeypatch, blocked) as shopping:
        failed = await shopping.failure("list_add", text="우유")
        assert failed["kind"] == "unavailable"
        assert failed["message"] == "저장 폴더에 쓸 수 없어요."
        assert "ARION_DATA_DIR" in failed["next_step"]
        assert "may_have_happened" not in failed


async def test_a_damaged_file_is_told(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "shopping.sqlite3").write_bytes(b"no database" * 1_000)
    async with shopping_at(sandbox, monkeypatch, tmp_path) as shopping:
        failed = await shopping.failure("list_get")
        assert failed["kind"] == "unavailable"
        assert "shopping.sqlite3" in failed["next_step"]
