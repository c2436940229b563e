"""Turns of a host that was never there, as it would tell them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue

from arion_host.exchange import (
    CallReport,
    CallStatus,
    Confirmation,
    Origin,
    ShownArgument,
    ShownCall,
    TurnResult,
)

LETTER = "안녕하세요.\n\n" + "회의가 오후 3시로 바뀌었습니다. " * 20


def given(
    name: str, value: JsonValue, origin: Origin = Origin.SAID, source: str = "말씀하신 내용"
) -> ShownArgument:
    """One argument of a card, of a server that has no name for it."""
    return ShownArgument(name=name, label=name, value=value, origin=origin, source=source)


MAIL = ShownCall(
    server="gmail",
    tool="gmail_send",
    title="메일 보내기",
    arguments=[
        given("to", ["김도윤 <doyun@example.com>", "seo@example.com"]),
        given("subject", "<img src=x onerror=alert(1)>", Origin.MODEL, "AI가 쓴 글"),
        given("body", LETTER, Origin.OTHERS, "지메일에서 다른 사람이 쓴 내용"),
        given("reply_all", False, Origin.ARION, "Arion이 늘 넣는 값"),
    ],
    preview={"to": ["김도윤 <doyun@example.com>", "seo@example.com"], "attachments": ["표.xlsx"]},
    reason="다른 사람이 쓴 내용이 들어가서 먼저 확인해요.",
    reversible=False,
)
EVENT = ShownCall(
    server="calendar",
    tool="calendar_create_event",
    title="일정 넣기",
    arguments=[
        given("summary", "치과 예약"),
        given("start", "2031-11-24T15:00:00+09:00"),
        given("end", "2031-11-24T07:00:00Z"),
        given("location", "서울\u202e치과"),
    ],
    reason="먼저 물어보라고 정해 두신 일이에요.",
    reversible=True,
)


def asks(question: str, name: str, *calls: ShownCall, lasting_s: float = 100) -> TurnResult:
    """The turn that asks for a yes to these calls."""
    return _turn(
        question,
        [_report(call, CallStatus.NOT_RUN, f"{name}{n}") for n, call in enumerate(calls)],
        question,
        Confirmation(
            id=name,
            calls=list(calls),
            expires_at=datetime.now(UTC) + timedelta(seconds=lasting_s),
        ),
    )


def did(answer: str, name: str, *became: tuple[ShownCall, CallStatus]) -> TurnResult:
    """The turn in which calls of that name came to something."""
    reports = [_report(call, status, f"{name}{n}") for n, (call, status) in enumerate(became)]
    return _turn(answer, reports)


def _report(call: ShownCall, status: CallStatus, effect_id: str) -> CallReport:
    arguments = {it.name: it.value for it in call.arguments}
    return CallReport(
        server=call.server,
        tool=call.tool,
        arguments=arguments,
        status=status,
        effect_id=effect_id,
    )


def _turn(
    answer: str,
    calls: Sequence[CallReport],
    question: str | None = None,
    confirmation: Confirmation | None = None,
) -> TurnResult:
    return TurnResult(
        turn_id="t",
        text="",
        language="ko",
        answer=answer,
        route="template",
        calls=list(calls),
        validation=[],
        needs_human=question,
        confirmation=confirmation,
        cost_usd=0,
        timings_ms={},
    )
