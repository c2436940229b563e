from __future__ import annotations

from datetime import datetime

import pytest

from arion_host.agents.asking import answer_words, fill, said_at_once
from arion_host.agents.understood import Provenance, SlotValue
from arion_host.language.spans import TimeSpan
from arion_host.language.times import find_times
from arion_kit.words import (
    ChoiceSlot,
    Language,
    NumberSlot,
    ReferenceSlot,
    TextSlot,
    TimeSlot,
)

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
KO: Language = "ko"
EN: Language = "en"
PERSON = ReferenceSlot(tool="find", arguments={}, items="people", value="to", label="name")
COLOUR = ChoiceSlot(values={"red": {"ko": ("빨강", "빨간색"), "en": ("red",)}})


@pytest.mark.parametrize(
    ("reply", "language", "start"),
    [
        ("내일 오전 열한 시 반", KO, "2026-11-24T11:30:00+09:00"),
        ("다음 주 금요일 네 시로", KO, "2026-12-04T16:00:00+09:00"),
        ("내일 세 시에 잡아줘", KO, "2026-11-24T15:00:00+09:00"),
        ("내일 오후 두 시요", KO, "2026-11-24T14:00:00+09:00"),
        ("tomorrow at 3 pm please", EN, "2026-11-24T15:00:00+09:00"),
        ("let's make it tomorrow at noon", EN, "2026-11-24T12:00:00+09:00"),
    ],
)
def test_a_time_fills_a_time(reply: str, language: Language, start: str):
    value = fill("when:hour", TimeSlot(), reply, language, NOW)
    assert value is not None
    assert isinstance(value.value, TimeSpan)
    assert value.value.start.isoformat() == start
    assert (value.name, value.provenance) == ("when", Provenance.COMPUTED)


@pytest.mark.parametrize(
    "reply", ["내일", "글쎄", "내일 일정 알려줘", "세 시에 수민이랑 회의 잡아줘"]
)
def test_what_is_no_hour_fills_none(reply: str):
    assert fill("when:hour", TimeSlot(), reply, KO, NOW) is None


def test_an_hour_joins_the_day_that_was_said():
    (day,) = find_times("모레", KO, NOW)
    said = SlotValue("when", "모레", day, Provenance.COMPUTED)
    value = fill("when:hour", TimeSlot(), "오후 네 시", KO, NOW, said)
    assert value is not None
    assert isinstance(value.value, TimeSpan)
    assert value.value.start.isoformat() == "2026-11-25T16:00:00+09:00"


@pytest.mark.parametrize(
    ("reply", "language", "words"),
    [
        ("제안서 검토로 해줘", KO, "제안서 검토"),
        ("제안서 검토요", KO, "제안서 검토"),
        ("우유 사기라고 적어줘", KO, "우유 사기"),
        ("지금 간다고 보내줘", KO, "지금 간다"),
        ("종로", KO, "종로"),
        ("call it proposal review", EN, "proposal review"),
        ("say that I'm late please", EN, "I'm late"),
        ("buy milk", EN, "buy milk"),
    ],
)
def test_free_words_lose_what_makes_them_a_sentence(reply: str, language: Language, words: str):
    value = fill("title", TextSlot(), reply, language, NOW)
    assert value is not None
    assert (value.value, value.provenance) == (words, Provenance.SAID)


def test_a_field_that_is_named_fills_no_other():
    assert fill("title", TextSlot(), "장소는 판교야", KO, NOW) is None
    named = fill("title", TextSlot(), "제목은 정기 점검으로 해줘", KO, NOW)
    assert named is not None
    assert named.value == "정기 점검"


def test_a_person_is_named_without_the_case():
    assert answer_words("수민 씨한테", KO, names=True) == "수민 씨"
    assert fill("person", PERSON, "민재한테 보내줘", KO, NOW) == SlotValue(
        "person", "민재", "민재", Provenance.SAID
    )


def test_a_place_is_named_without_the_particle():
    place = fill("origin", TextSlot(), "판교역에서요", KO, NOW)
    message = fill("body", TextSlot(sentence=True), "회의는 판교역에서", KO, NOW)
    assert place is not None
    assert message is not None
    assert (place.value, message.value) == ("판교역", "회의는 판교역에서")


def test_numbers_and_choices_are_of_those_there_are():
    number = fill("number", NumberSlot(), "12번이요", KO, NOW)
    colour = fill("colour", COLOUR, "빨간색으로 해줘", KO, NOW)
    assert number is not None
    assert colour is not None
    assert (number.value, colour.value) == (12, "red")
    assert fill("number", NumberSlot(maximum=5), "12번", KO, NOW) is None
    assert fill("colour", COLOUR, "파랑", KO, NOW) is None


def test_a_time_is_said_together_with_the_command():
    korean = list(said_at_once("회의 잡아줘", "내일 세 시로", TimeSlot(), KO, NOW))
    english = list(said_at_once("book a room", "tomorrow at 3 pm", TimeSlot(), EN, NOW))
    merged = list(said_at_once("내일 회의 잡아줘", "세 시", TimeSlot(), KO, NOW))
    assert korean == ["내일 세 시 회의 잡아줘"]
    assert english == ["book a room tomorrow at 3 pm"]
    assert merged[0] == "내일 세 시 회의 잡아줘"
