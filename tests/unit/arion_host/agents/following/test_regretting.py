from __future__ import annotations

import pytest

from arion_host.agents.following.regretting import deed_of, regrets, removal_of
from arion_kit.words import Language

KO: Language = "ko"
EN: Language = "en"
SAID: dict[Language, str] = {KO: "장보기 목록에 라면 넣어줘", EN: "Put ramen on the shopping list"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아니 취소해", KO),
        ("됐어 그냥 지워줘", KO),
        ("아니야 도로 빼줘", KO),
        ("도로 없애", KO),
        ("actually never mind, delete it again", EN),
        ("scratch that", EN),
        ("forget it, take it off again", EN),
        ("I changed my mind, cancel it", EN),
    ],
)
def test_second_thoughts_take_back_what_was_made(text: str, language: Language):
    assert regrets(text, "made", language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("지워줘", KO),
        ("아니 우유 빼줘", KO),
        ("아니 내일 회의 취소해줘", KO),
        ("다시 보여줘", KO),
        ("delete it", EN),
        ("no, cancel the meeting tomorrow", EN),
        ("actually, take the milk off", EN),
        ("never mind", EN),
        ("delete the last email", EN),
    ],
)
def test_what_names_something_else_or_is_no_second_thought_takes_nothing_back(
    text: str, language: Language
):
    assert not regrets(text, "made", language)


def test_never_mind_takes_back_what_was_made_where_it_is_a_second_thought():
    assert regrets("actually never mind", "made", EN)
    assert regrets("Oh wait, forget it.", "made", EN)
    assert not regrets("actually never mind", "removed", EN)


def test_what_was_removed_is_put_back_and_not_removed_again():
    assert regrets("도로 넣어줘", "removed", KO)
    assert regrets("put it back", "removed", EN)
    assert not regrets("도로 빼줘", "removed", KO)
    assert not regrets("put it back", "made", EN)


def test_what_was_named_is_removed_by_its_name():
    assert removal_of("아니 빼줘 라면", SAID[KO], KO) == "라면 빼줘"
    assert removal_of("아니다 라면 빼줘", SAID[KO], KO) == "라면 빼줘"
    assert removal_of("no, take the ramen off", SAID[EN], EN) == "take the ramen off"
    assert removal_of("아니 우유 빼줘", SAID[KO], KO) is None
    assert removal_of("라면 빼줘", SAID[KO], KO) is None


def test_what_a_tool_does_shows_in_its_name():
    assert deed_of("calendar_create_event") == "made"
    assert deed_of("gmail_trash") == "removed"
    assert deed_of("list_add") == "made"
    assert deed_of("calendar_update_event") is None
