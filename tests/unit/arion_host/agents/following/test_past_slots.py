"""Slots that ask for what has been, filled with what has been."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from arion_host.agents.filling import Filler
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, ToolFacts
from arion_host.language.spans import TimeSpan
from arion_host.language.times import find_times
from arion_kit.words import Intent, Language, LanguagePack, TextSlot, TimeSlot

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
READS = ToolFacts(read_only=True, destructive=False)
WRITES = ToolFacts(read_only=False, destructive=False)
PACK = LanguagePack(
    slots={"when": TimeSlot(), "past": TimeSlot(past=True), "title": TextSlot()},
    intents=(
        Intent(
            name="came",
            tool="mail_search",
            arguments={"query": "after:{past.start_date} before:{past.end_date}"},
            sentences={
                "ko": ("{past}에 온 메일 (보여줘|찾아줘)",),
                "en": ("show [me] mail from {past}",),
            },
        ),
        Intent(
            name="comes",
            tool="diary_list",
            arguments={"day": "{when.start_date}"},
            sentences={"ko": ("{when} 일정 보여줘",), "en": ("what's on {when}",)},
        ),
        Intent(
            name="moves",
            tool="diary_copy",
            arguments={"from_day": "{past.at}", "to_day": "{when.at}"},
            sentences={"ko": ("{past} 일정을 {when}로 옮겨 적어줘",)},
        ),
        Intent(
            name="create",
            tool="diary_create",
            arguments={"title": "{title}", "start": "{when.at}", "rule": "{when.recurrence}"},
            sentences={"ko": ("{when}에 {title} 넣어줘",), "en": ("add {title} {when}",)},
        ),
    ),
)
TOOLS = {
    "home": {
        "mail_search": READS,
        "diary_list": READS,
        "diary_copy": WRITES,
        "diary_create": WRITES,
    }
}
ROUTER = Router({"home": PACK}, TOOLS)


def arguments(text: str, language: Language) -> dict[str, object]:
    found = ROUTER.route(text, language=language, now=NOW)
    assert isinstance(found, Match)
    filled = Filler(found.slots, {}).fill_all(found.arguments)
    return {name: value.value for name, value in filled.items()}


@pytest.mark.parametrize(
    ("text", "language", "first", "end"),
    [
        ("11월 3일에 온 메일 보여줘", "ko", "2026-11-03", "2026-11-04"),
        ("월요일에 온 메일 보여줘", "ko", "2026-11-16", "2026-11-17"),
        ("금요일에 온 메일 찾아줘", "ko", "2026-11-20", "2026-11-21"),
        ("12월에 온 메일 찾아줘", "ko", "2025-12-01", "2026-01-01"),
        ("내년 3월에 온 메일 찾아줘", "ko", "2027-03-01", "2027-04-01"),
        ("show me mail from Friday", "en", "2026-11-20", "2026-11-21"),
        ("show mail from December 25", "en", "2025-12-25", "2025-12-26"),
    ],
)
def test_a_past_slot_is_the_latest_that_has_been(
    text: str, language: Language, first: str, end: str
) -> None:
    assert arguments(text, language) == {"query": f"after:{first} before:{end}"}


def test_another_slot_is_the_next_to_come() -> None:
    assert arguments("금요일 일정 보여줘", "ko") == {"day": "2026-11-27"}
    assert arguments("what's on Friday", "en") == {"day": "2026-11-27"}


def test_a_past_and_a_coming_day_of_one_utterance_look_each_its_own_way() -> None:
    said = arguments("금요일 일정을 토요일로 옮겨 적어줘", "ko")
    assert said == {"from_day": "2026-11-20", "to_day": "2026-11-28"}


def test_a_series_fills_its_rule() -> None:
    assert arguments("매주 수요일 오후 3시에 요가 넣어줘", "ko") == {
        "title": "요가",
        "start": "2026-11-25T15:00:00+09:00",
        "rule": "FREQ=WEEKLY;BYDAY=WE",
    }
    said = arguments("add yoga every Wednesday at 3 pm", "en")
    assert said["rule"] == "FREQ=WEEKLY;BYDAY=WE"


def test_a_single_time_has_no_rule() -> None:
    assert "rule" not in arguments("수요일 오후 3시에 요가 넣어줘", "ko")


def spans(text: str, language: Language, *, past: bool) -> list[TimeSpan]:
    return list(find_times(text, language, NOW, past=past))


@pytest.mark.parametrize(
    ("text", "language"),
    [("어제", "ko"), ("다음 주 금요일", "ko"), ("2027년 3월 2일", "ko"), ("next Friday", "en")],
)
def test_what_says_its_own_direction_keeps_it(text: str, language: Language) -> None:
    assert spans(text, language, past=True) == spans(text, language, past=False)
