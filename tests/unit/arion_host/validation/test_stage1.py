from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pydantic import JsonValue
from tests.unit.arion_host.agents.pack import NOW, TOOLS, match

from arion_host.agents.references import complete
from arion_host.agents.understood import (
    CompletedCall,
    Evidence,
    Provenance,
    ToolFacts,
)
from arion_host.language.detect import detect_language
from arion_host.validation.stage1 import Verdict, check_call

CREATE: dict[str, JsonValue] = {
    "type": "object",
    "properties": {
        "summary": {"type": "string", "minLength": 1, "maxLength": 40},
        "start": {"type": "string"},
        "end": {"type": "string"},
        "where": {"type": "string"},
    },
    "required": ["summary", "start"],
    "additionalProperties": False,
}
ANYTHING: dict[str, JsonValue] = {"type": "object"}
WRITES = ToolFacts(read_only=False, destructive=False)
SAID = Evidence(Provenance.SAID, ("회의",))


def judge(
    utterance: str,
    call: CompletedCall | None = None,
    *,
    schema: Mapping[str, JsonValue] = CREATE,
    facts: ToolFacts | None = None,
) -> Verdict:
    language = detect_language(utterance)
    call = call or complete(match(utterance, language), {})
    facts = facts or TOOLS[call.server][call.tool]
    call = replace(call, utterance=utterance)
    return check_call(call, schema, facts, language=language, now=NOW)


def made(arguments: dict[str, JsonValue], evidence: Evidence | None) -> CompletedCall:
    known = dict.fromkeys(arguments, evidence) if evidence else {}
    return CompletedCall("diary", "diary_create", arguments, known, None)


@pytest.mark.parametrize(
    "utterance",
    [
        "내일 오후 3시에 치과 예약 잡아줘",
        "내일 3시부터 5시까지 강남역에서 모임 잡아줘",
        "내일 치과 예약 오후 3시에 잡아줘",
        "아리온아, 내일 '주간 회의' 일정 좀 잡아줘!",
        "오늘 회의 잡아줘",
        "Schedule a team sync, for Friday at 10",
    ],
)
def test_a_call_made_of_what_was_said_passes(utterance: str) -> None:
    verdict = judge(utterance)
    assert (verdict.stage, verdict.verdict, verdict.kind) == (1, "pass", "fits")


def test_a_read_of_the_past_passes() -> None:
    verdict = judge("어제 온 계약서 메일 찾아줘", schema=ANYTHING)
    assert verdict.verdict == "pass"


@pytest.mark.parametrize(
    ("utterance", "sentence"),
    [
        ("어제 회의 잡아줘", "어제는 이미 지났어요."),
        ("오늘 오전 9시에 회의 잡아줘", "오늘 오전 9시는 이미 지났어요."),
        ("book a meeting yesterday", "Yesterday has already passed."),
    ],
)
def test_nothing_is_put_into_the_past(utterance: str, sentence: str) -> None:
    verdict = judge(utterance)
    assert (verdict.verdict, verdict.kind) == ("reject", "past")
    assert verdict.reason.startswith(sentence)


def test_a_series_is_not_made_of_one_event() -> None:
    verdict = judge("매주 월요일 10시에 회의 잡아줘")
    assert (verdict.verdict, verdict.kind) == ("reject", "recurring")


@pytest.mark.parametrize(
    "arguments",
    [
        {"start": "2026-11-24"},
        {"summary": 5, "start": "2026-11-24"},
        {"summary": "회의", "start": "2026-11-24", "colour": "red"},
        {"summary": "회" * 41, "start": "2026-11-24"},
    ],
)
def test_what_the_schema_refuses_is_rejected(arguments: dict[str, JsonValue]) -> None:
    verdict = judge("내일 회의 잡아줘", made(arguments, SAID), facts=WRITES)
    assert (verdict.verdict, verdict.kind) == ("reject", "schema")
    assert verdict.reason.endswith("요.")


@pytest.mark.parametrize(
    ("arguments", "evidence"),
    [
        ({"summary": "점심"}, SAID),
        ({"summary": "점심"}, None),
        ({"start": "2026-11-26"}, Evidence(Provenance.COMPUTED, ("내일",))),
        ({"start": "2026-11-25T15:00:00+09:00"}, Evidence(Provenance.COMPUTED, ("내일",))),
        ({"start": "2026-11-25"}, None),
        ({"limit": 3}, Evidence(Provenance.COMPUTED, ("세",))),
        ({"limit": 3}, Evidence(Provenance.COMPUTED)),
        ({"limit": 3}, None),
        ({"event_id": "a1"}, Evidence(Provenance.RESOLVED, ("치과",))),
    ],
)
def test_what_nobody_said_is_rejected(
    arguments: dict[str, JsonValue], evidence: Evidence | None
) -> None:
    verdict = judge("내일 회의 잡아줘", made(arguments, evidence), schema=ANYTHING, facts=WRITES)
    assert (verdict.verdict, verdict.kind) == ("reject", "ungrounded")


@pytest.mark.parametrize(
    ("arguments", "evidence"),
    [
        ({"summary": "회의"}, None),
        ({"start": "2026-11-24"}, None),
        ({"start": "2026-11-24T00:00:00+09:00"}, Evidence(Provenance.COMPUTED, ("내일",))),
        ({"limit": 25}, Evidence(Provenance.LITERAL)),
        ({"event_id": "a1"}, Evidence(Provenance.RESOLVED, ("회의",))),
    ],
)
def test_what_was_said_or_found_or_written_in_the_pack_is_grounded(
    arguments: dict[str, JsonValue], evidence: Evidence | None
) -> None:
    verdict = judge("내일 회의 잡아줘", made(arguments, evidence), schema=ANYTHING, facts=WRITES)
    assert verdict.verdict == "pass"


@pytest.mark.parametrize("hour", ["이십오", "삼십"])
def test_a_time_that_no_clock_has_is_not_written_into_a_title(hour: str):
    utterance = f"내일 {hour} 시에 회의 잡아줘"
    call = CompletedCall(
        "diary",
        "diary_create",
        {"summary": utterance.split(" ", 1)[1].removesuffix(" 잡아줘"), "start": "2026-11-24"},
        {
            "summary": Evidence(Provenance.SAID, (utterance.split(" ", 1)[1],)),
            "start": Evidence(Provenance.COMPUTED, ("내일",)),
        },
        None,
    )
    verdict = judge(utterance, call, facts=WRITES)
    assert (verdict.verdict, verdict.kind) == ("reject", "odd_time")


@pytest.mark.parametrize("title", ["전시 관람", "임시 회의", "2시간 회의", "다시 만나기"])
def test_words_that_only_look_like_hours_stay_in_a_title(title: str):
    assert judge(f"내일 3시에 {title} 일정 잡아줘").kind == "fits"


def test_a_time_that_had_to_be_guessed_is_to_be_heard_first():
    verdict = judge("다음 주 금요일 퇴근 후에 회식 잡아줘")
    assert (verdict.verdict, verdict.kind) == ("pass", "vague")
