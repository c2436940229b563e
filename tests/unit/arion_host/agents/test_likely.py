from __future__ import annotations

from arion_host.agents.likely import likely_commands
from arion_kit.words import Intent, LanguagePack


def pack(*examples: str) -> LanguagePack:
    return LanguagePack(
        intents=tuple(
            Intent(name=text, tool="t", sentences={"ko": (text,)}, examples={"ko": (text, "또")})
            for text in examples
        )
    )


def test_servers_take_turns_with_the_first_example_of_each_intent():
    said = likely_commands([pack("일정 알려줘", "회의 잡아줘"), pack("메일 있어?")])
    assert said == {"ko": "일정 알려줘. 메일 있어. 회의 잡아줘.", "en": ""}


def test_without_packs_nothing_is_likely():
    assert likely_commands([]) == {"ko": "", "en": ""}


def test_the_persons_names_come_first_and_leave_room_for_commands():
    people = ("이수민", "박서준", "정민재", "최유나", "오지훈", "김하나", "김하린")
    said = likely_commands([pack("일정 알려줘")], people)
    assert said["ko"] == "이수민, 박서준, 정민재, 최유나, 오지훈, 김하나. 일정 알려줘."


def test_a_long_name_gives_way_to_short_ones():
    long = "부산 고객사 워크숍 준비를 위해 모아 둔 문서와 사진"
    said = likely_commands([], [long, "치과", "이수민"])
    assert said["ko"] == "치과, 이수민."


def test_english_speech_has_korean_names_as_they_are_spelt():
    said = likely_commands([], ["이수민", "어머니", "Emma Clark"])
    assert said["en"] == "Sumin, Emma Clark."
