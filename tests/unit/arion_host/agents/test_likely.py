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
