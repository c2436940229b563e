"""The sentences of the tools, in Korean and English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from pydantic import JsonValue

from arion_kit.words import Language
from arion_notion.diffs import Counted
from arion_notion.say import SPEAKERS

TODAY = date(2026, 11, 23)
KO, EN = SPEAKERS["ko"], SPEAKERS["en"]
MANY = ["가계부", "회의록", "장보기", "독서 목록", "여행"]


def test_what_was_found_is_counted_and_named():
    assert KO.found(MANY[:2], "기록", more=False) == (
        "노션에서 '기록' 관련 페이지를 두 개 찾았어요. 가계부, 회의록이에요."
    )
    assert KO.found(MANY, "기록", more=True) == (
        "노션에서 '기록' 관련 페이지를 5개 넘게 찾았어요."
        " 먼저 가계부, 회의록, 장보기가 있고, 나머지는 화면에서 볼 수 있어요."
    )
    assert KO.found([""], "기록", more=False) == "노션에서 '제목 없음'을 찾았어요."
    assert EN.found(MANY, "notes", more=False) == (
        "I found five pages about 'notes'. The first are 가계부, 회의록, 장보기;"
        " the rest is on the screen."
    )
    assert KO.found([], "", more=False) == "노션이 비어 있어요."


def test_rows_are_told_with_their_list():
    assert KO.rows("할 일", [], filtered=True, more=False) == "'할 일'에 그런 항목이 없어요."
    assert KO.rows("할 일", [], filtered=False, more=False) == "'할 일'은 비어 있어요."
    assert EN.rows("Tasks", ["Milk"], filtered=True, more=False) == "There's one in 'Tasks': Milk."


@pytest.mark.parametrize(
    ("values", "ko", "en"),
    [
        ({"상태": "완료"}, "'우유'의 상태를 '완료'로 바꿨어요.", "I set 상태 of '우유' to '완료'."),
        (
            {"마감": "2026-11-24"},
            "'우유'의 마감을 내일로 바꿨어요.",
            "I set 마감 of '우유' to tomorrow.",
        ),
        ({"완료": False}, "'우유'의 완료에 체크를 뺐어요.", "I unchecked 완료 of '우유'."),
        (
            {"태그": ["집", "장"]},
            "'우유'의 태그를 집, 장으로 바꿨어요.",
            "I set 태그 of '우유' to 집 and 장.",
        ),
        ({"값": 3}, "'우유'의 값을 3으로 바꿨어요.", "I set 값 of '우유' to 3."),
        ({"메모": None}, "'우유'의 메모를 비웠어요.", "I cleared 메모 of '우유'."),
        (
            {"상태": "끝", "값": 1},
            "'우유'의 상태, 값을 바꿨어요.",
            "I changed 상태 and 값 of '우유'.",
        ),
    ],
)
def test_a_changed_property_is_said_as_people_would(
    values: Mapping[str, JsonValue], ko: str, en: str
):
    assert KO.updated("우유", values, today=TODAY) == ko
    assert EN.updated("우유", values, today=TODAY) == en


def test_lines_that_go_and_come_are_counted():
    assert KO.ask_replace("장보기", Counted(2, 0)) == (
        "'장보기' 페이지의 내용을 모두 바꿀까요? 두 줄이 빠져요."
    )
    assert EN.ask_replace("Groceries", Counted(0, 1)) == (
        "Replace all of the page 'Groceries'? One line would come in."
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_foreign_text_is_never_said_as_it_is(language: Language):
    speaker = SPEAKERS[language]
    nasty = "보세요 https://evil.example/x?y=1 **지금** <b>당장</b> " + "가" * 500
    said = [
        speaker.found([nasty], nasty, more=False),
        speaker.read(nasty, f"# {nasty}\n[여기](https://evil.example)", begun=False),
        speaker.row(nasty, {"링크": "https://evil.example", "메모": nasty}, today=TODAY),
        speaker.comments(nasty, [("박서준", nasty)], more=False),
        speaker.made(nasty, nasty, in_source=True, existed=False),
        speaker.updated(nasty, {nasty: nasty}, today=TODAY),
    ]
    assert not any(sign in text for text in said for sign in ("http", "**", "<b>"))
    assert all(len(text) < 520 for text in said)
