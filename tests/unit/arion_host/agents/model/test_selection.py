"""The tools that are offered for an utterance."""

from __future__ import annotations

from collections.abc import Sequence

from tests.models import a_tool
from tests.unit.arion_host.agents.pack import DIARY, MAIL, pack

from arion_host.agents.model.selection import Likeness, ToolIndex
from arion_host.tools.catalogue import Catalogue, ServerFacts

DIARY_TOOLS = (
    a_tool("diary_create", "diary", writes=True),
    a_tool("diary_delete", "diary", writes=True),
    a_tool("diary_list", "diary"),
    a_tool("diary_now", "diary"),
)
STRANGER = (a_tool("convert_currency", "money"), a_tool("pay", "money", writes=True))
CATALOGUE = (
    Catalogue()
    .with_server(ServerFacts("diary", DIARY_TOOLS, pack(DIARY)))
    .with_server(ServerFacts("mail", (a_tool("mail_search", "mail"),), pack(MAIL)))
    .with_server(ServerFacts("money", STRANGER, None))
)


def names(index: ToolIndex, said: str, count: int) -> list[str]:
    return [tool.name for tool in index.best(said, count)]


def test_the_tool_whose_examples_are_most_alike_is_offered_first():
    index = ToolIndex(CATALOGUE)
    assert names(index, "모레 저녁에 치과 예약 좀 잡아줄래", 1) == ["diary_create"]
    assert names(index, "계약서 메일 좀 찾아봐", 1) == ["mail_search"]
    assert names(index, "What time is it?", 1) == ["diary_now"]


def test_a_tool_brings_the_one_that_looks_up_what_it_needs():
    assert names(ToolIndex(CATALOGUE), "치과 예약 일정 취소해", 2) == ["diary_delete", "diary_list"]


def test_every_wish_of_a_sentence_has_its_tool():
    said = "모레 저녁에 치과 예약 잡아주고 계약서 메일 좀 찾아봐"
    assert names(ToolIndex(CATALOGUE), said, 2) == ["diary_create", "mail_search"]


def test_a_tool_without_examples_is_found_by_its_name():
    assert names(ToolIndex(CATALOGUE), "convert 30 dollars", 1) == ["convert_currency"]


def test_when_nothing_is_alike_every_server_has_its_turn_and_reads_come_first():
    assert names(ToolIndex(CATALOGUE), "ㅋㅋ", 3) == [
        "diary_list",
        "mail_search",
        "convert_currency",
    ]


def test_tools_come_in_the_same_order_whatever_was_said():
    index = ToolIndex(CATALOGUE)
    everything = [tool.name for tool in CATALOGUE.tools]
    assert names(index, "내일 일정 알려줘", 20) == names(index, "pay", 20) == everything


def test_another_likeness_can_take_the_letters_place():
    def embedded(texts: Sequence[str]) -> Likeness:
        def likeness(said: str) -> Sequence[float]:
            return [float("돈" in said and text.startswith("pay")) for text in texts]

        return likeness

    assert names(ToolIndex(CATALOGUE, embedded), "돈 보내줘", 1) == ["pay"]


def test_no_tools_are_no_offer():
    assert ToolIndex(Catalogue()).best("내일 일정 알려줘") == ()
