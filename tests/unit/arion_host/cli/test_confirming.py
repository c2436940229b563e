from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from arion_host.cli import confirming
from arion_host.cli.commands import app
from arion_host.exchange import Confirmation, Origin, ShownArgument, ShownCall

MAIL = ShownCall(
    server="gmail",
    tool="gmail_send",
    title="Send mail",
    arguments=[
        ShownArgument(
            name="to",
            label="받는 사람",
            value=["kim@example.com", "lee@example.com"],
            origin=Origin.OTHERS,
            source="메일에서 다른 사람이 쓴 내용",
        ),
        ShownArgument(
            name="subject",
            label="제목",
            value="회의 시간",
            origin=Origin.SAID,
            source="말씀하신 내용",
        ),
        ShownArgument(
            name="body",
            label="내용",
            value="안녕\x1b[2J\n하세요",
            origin=Origin.MODEL,
            source="AI가 쓴 글",
        ),
        ShownArgument(
            name="reply_all",
            label="reply_all",
            value=False,
            origin=Origin.ARION,
            source="Arion이 늘 넣는 값",
        ),
    ],
    preview={"files": ["표.xlsx"]},
    reason="다른 사람이 쓴 내용이 들어가서 먼저 확인해요.",
    reversible=False,
)


def asked(*calls: ShownCall) -> dict[str, Any]:
    card = Confirmation(id="q1", calls=list(calls), expires_at=datetime.now(UTC))
    return {
        "answer": "보낼까요?",
        "language": "ko",
        "calls": [{"status": "not_run"}],
        "confirmation": card.model_dump(mode="json"),
    }


def done(status: str = "ok") -> dict[str, Any]:
    return {
        "answer": "보냈어요.",
        "language": "ko",
        "calls": [{"status": status}],
        "confirmation": None,
    }


Arion = Callable[..., Any]


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """What a host answers, one turn after the other, and what it was asked."""
    turns: dict[str, list[Any]] = {"answers": [], "asked": []}

    async def ask(_settings: object, request: Any) -> dict[str, Any]:
        turns["asked"].append(request.model_dump(mode="json", exclude_defaults=True))
        return turns["answers"].pop(0)

    monkeypatch.setattr("arion_host.cli.ask.ask", ask)
    monkeypatch.setattr("arion_host.cli.commands.configure_logging", lambda verbose: None)
    return turns


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "at_a_terminal", lambda: True)


def arion(*words: str, typed: str = "") -> Any:
    return CliRunner().invoke(app, list(words), input=typed)


def test_what_waits_is_shown_in_columns_with_its_origin(host: dict[str, list[Any]]):
    host["answers"] = [asked(MAIL)]
    told = arion("ask", "메일 보내줘")
    assert told.exit_code == 0
    assert told.stdout.splitlines() == [
        "보낼까요?",
        "",
        "Send mail",
        "  받는 사람  kim@example.com",
        "             lee@example.com",
        "             (메일에서 다른 사람이 쓴 내용)",
        "  제목       회의 시간  말씀하신 내용",
        "  내용       안녕\\x1b[2J",
        "             하세요",
        "             (AI가 쓴 글)",
        "  reply_all  false      Arion이 늘 넣는 값",
        "",
        "  files  표.xlsx",
        "  다른 사람이 쓴 내용이 들어가서 먼저 확인해요. 되돌릴 수 없어요.",
    ]


def test_a_plan_is_numbered(host: dict[str, list[Any]]):
    host["answers"] = [asked(MAIL, MAIL)]
    lines = arion("ask", "메일 두 통 보내줘").stdout.splitlines()
    assert [line for line in lines if line.endswith("Send mail")] == [
        "1. Send mail",
        "2. Send mail",
    ]


def test_away_from_a_terminal_the_way_to_answer_is_told(host: dict[str, list[Any]]):
    host["answers"] = [asked(MAIL)]
    told = arion("ask", "메일 보내줘", "--session", "work")
    assert told.stderr == (
        '답하려면: arion ask "응" --session work, 또는 arion confirm yes|no --session work\n'
    )


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize(
    ("typed", "answer"),
    [("y\n", True), ("네\n", True), ("ㅛ\n", True), ("\n", False), ("x\n", False)],
)
def test_at_a_terminal_the_question_is_answered_there_by_its_id(
    host: dict[str, list[Any]], typed: str, answer: bool
):
    host["answers"] = [asked(MAIL), done()]
    told = arion("ask", "메일 보내줘", "--session", "work", typed=typed)
    assert told.stdout.endswith("보냈어요.\n")
    assert host["asked"][1] == {
        "session": "work", "language": "ko", "confirm": answer, "question": "q1"
    }  # fmt: skip


@pytest.mark.usefixtures("at_a_terminal")
def test_who_leaves_the_prompt_leaves_the_question_open(host: dict[str, list[Any]]):
    host["answers"] = [asked(MAIL)]
    told = arion("ask", "메일 보내줘", typed="")
    assert told.exit_code == 0
    assert "arion confirm yes|no" in told.stderr
    assert len(host["asked"]) == 1


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("option", ["--json", "--yes"])
def test_scripts_are_not_asked(host: dict[str, list[Any]], option: str):
    host["answers"] = [asked(MAIL)]
    arion("ask", "메일 보내줘", option, typed="y\n")
    assert len(host["asked"]) == 1


def test_confirm_answers_the_open_question_of_a_session(host: dict[str, list[Any]]):
    host["answers"] = [done(), done(), done("failed")]
    assert arion("confirm", "yes").stdout == "보냈어요.\n"
    told = arion("confirm", "no", "--session", "work", "--question", "q1", "--json")
    assert json.loads(told.stdout) == done()
    assert arion("confirm", "yes").exit_code == 1
    assert host["asked"][:2] == [
        {"confirm": True},
        {"session": "work", "confirm": False, "question": "q1"},
    ]


@pytest.mark.parametrize("words", [["maybe"], ["yes", "--question", "Q 1"], []])
def test_an_answer_of_another_form_is_wrong_usage(words: list[str]):
    assert arion("confirm", *words).exit_code == 2
