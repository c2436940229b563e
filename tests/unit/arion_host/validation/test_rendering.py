from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import JsonValue

from arion_host.tools.catalogue import CatalogueTool
from arion_host.validation.rendering import render_call
from arion_kit.words import Language, LanguagePack, Rendering

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
TOOL = CatalogueTool(
    server="post",
    name="post_send",
    title="Send it",
    input_schema={},
    read_only=False,
    destructive=False,
    effect=None,
)
PACK = LanguagePack(
    renderings={
        "post_send": Rendering(
            title={"ko": "편지 보내기", "en": "Send a letter"},
            sentence={
                "ko": (
                    "찾은 편지를 다시 보낼까요?{letter_id:-}",
                    "'{name}' 님께 {'text':을를} {when}에 보낼까요?",
                    "{'text':을를} 보낼까요?",
                    "찾은 편지 {ids:#통}을 보낼까요?",
                ),
                "en": (
                    "Send the letter I found again?{letter_id:-}",
                    "Send '{text}' to {name} {when}?",
                    "Send '{text}'?",
                    "Send {ids:#letter/letters}?",
                ),
            },
            said=("letter_id", "ids", "name"),
        )
    },
    labels={"copy": {"ko": "사본", "en": "copy"}, "letter_id": {"ko": "편지", "en": "letter"}},
    values={"size": {"A4": {"ko": "보통 크기", "en": "usual size"}}},
)


def asked(language: Language = "ko", pack: LanguagePack | None = PACK, **given: JsonValue) -> str:
    return render_call(TOOL, given, pack, language, NOW)


def test_the_first_sentence_whose_parameters_are_all_given_is_asked():
    full = asked(text="우유", name="엄마", when="2026-11-24T15:00:00+09:00")
    assert full == "'엄마' 님께 '우유'를 내일 오후 3시에 보낼까요?"
    assert asked(text="빵", copy=True) == "'빵'을 보낼까요? (사본 예)"
    assert asked("en", text="bread", copy=True) == "Send 'bread'? (copy yes)"


def test_an_empty_value_fills_no_sentence_and_is_listed():
    assert asked(text="빵", copy="") == "'빵'을 보낼까요? (사본 없음)"
    assert asked(text="", copy=True) == "편지 보내기: text 없음, 사본 예, 진행할까요?"
    assert asked("en", text="bread", copy=None) == "Send 'bread'? (copy none)"


@pytest.mark.parametrize(
    "made",
    [
        "18f7a30b9c2d4e5f",
        "5f3c1a52-0d6e-4c8e-9f0b-7f2f6d1c9a10",
        "i1a2b3c4d",
        "r-8123",
        "coupang:7100000131",
        "7j2q8vd1n5t0k3m6p9r4s_20261124T060000Z",
        "18f7a30b9c2d4e5f/ANGjdJ8wQ1",
    ],
)
def test_an_id_is_named_in_another_way(made: str):
    assert asked(letter_id=made) == "찾은 편지를 다시 보낼까요?"


@pytest.mark.parametrize("named", ["iphone15", "release-2026", "Meeting2026", "우유 2", "all"])
def test_a_name_with_a_number_is_no_id(named: str):
    assert asked(letter_id=named) == f"찾은 편지를 다시 보낼까요? (편지 {named})"


def test_a_number_in_place_of_an_id_is_one():
    assert asked("en", letter_id=4711) == "Send the letter I found again?"
    assert asked(text="빵", letter_id="") == "'빵'을 보낼까요?"


def test_what_stands_for_an_id_and_is_none_is_said():
    assert asked(letter_id="엄마 편지") == "찾은 편지를 다시 보낼까요? (편지 엄마 편지)"
    assert asked("en", text="hi", name="a1@evil.example") == ("Send 'hi'? (name a1@evil.example)")


def test_several_are_counted():
    assert asked(ids=["18f7a30b9c2d", "18f7a30b9c2e"]) == "찾은 편지 두 통을 보낼까요?"
    assert asked("en", ids=["18f7a30b9c2d"]) == "Send one letter?"
    assert asked("en", ids=["18f7a30b9c2d", "18f7a30b9c2e"]) == "Send two letters?"


def test_without_a_sentence_the_title_and_everything_are_said():
    assert asked(size="A4") == "편지 보내기: size 보통 크기, 진행할까요?"
    assert asked("en", pack=None, size="A4") == "Send it: size A4: shall I go ahead?"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/?u=a_b&c=%20d",
        "Hana Kim <hana.kim@evil.example>",
        "hana_kim+x@evil.example",
        "WWW.evil.example/a_b",
        "a@evil.example,비밀번호",
    ],
)
def test_an_address_is_said_in_full(address: str):
    assert f"'{address}'" in asked(text=address)
    assert address in asked(text="빵", copy=[address])
    assert address.split()[-1].strip("<>") in asked(text=f"빵 좀 봐 주세요, {address} 에 있어요")


def test_a_long_text_is_cut_but_its_addresses_are_not():
    said = asked(text=f"{'가나다라 ' * 40}https://evil.example/x")
    assert said.endswith("가나다라…, https://evil.example/x'를 보낼까요?")
    assert len(said) < 140


def test_numbers_and_hours_are_said_as_people_read_them():
    assert asked(text="빵", copy=1234).endswith("(사본 1234)")
    assert asked(text="빵", copy=39000).endswith("(사본 39,000)")
    assert asked(text="빵", copy="15:00").endswith("(사본 오후 3시)")
    assert asked("en", text="bread", copy="25:00").endswith("(copy 25:00)")


def test_a_series_is_said_by_its_days_and_one_that_has_more_to_it_as_it_is():
    assert asked(text="빵", copy="RRULE:FREQ=WEEKLY;BYDAY=MO").endswith("(사본 매주 월요일)")
    assert "COUNT" in asked(text="빵", copy="FREQ=DAILY;COUNT=3")
