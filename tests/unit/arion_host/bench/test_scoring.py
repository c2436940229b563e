from __future__ import annotations

from typing import Any

import pytest

from arion_host.bench.scoring import score
from arion_host.bench.things import Things

LOOK_UPS = frozenset({("calendar", "calendar_list_events")})
THREE = "2026-11-24T15:00:00+09:00"
FOUR = "2026-11-24T16:00:00+09:00"
CREATE = {
    "server": "calendar",
    "tool": "calendar_create_event",
    "arguments": {"start": THREE},
}
READ = {"server": "gmail", "tool": "gmail_read", "arguments": {}}


def judge(played: Any) -> Any:
    return score(played, Things(), LOOK_UPS)


def test_the_right_write_is_right(play: Any, item: Any, call: Any):
    outcome = judge(play(item({"calls": [CREATE]}), call("calendar_create_event", start=THREE)))
    assert (outcome.right, outcome.became, outcome.wrong_writes) == (True, "written", ())


def test_a_write_with_another_time_is_a_wrong_write(play: Any, item: Any, call: Any):
    outcome = judge(play(item({"calls": [CREATE]}), call("calendar_create_event", start=FOUR)))
    assert not outcome.right
    assert [it.tool.name for it in outcome.wrong_writes] == ["calendar_create_event"]


def test_a_wrong_write_the_person_agreed_to_is_wrong_but_was_asked(play: Any, item: Any, call: Any):
    made = call("calendar_create_event", start=FOUR, unasked=False)
    outcome = judge(play(item({"calls": [CREATE]}), made))
    assert (outcome.right, outcome.executed, outcome.wrong_writes) == (False, True, ())


def test_a_write_that_failed_has_changed_nothing(play: Any, item: Any, call: Any):
    made = call("calendar_create_event", start=FOUR, status="failed")
    assert judge(play(item({"calls": [CREATE]}), made)).wrong_writes == ()


def test_a_write_beside_the_right_one_makes_it_wrong(play: Any, item: Any, call: Any):
    right, more = call("calendar_create_event", start=THREE), call("gmail_send", to=["a@b.c"])
    outcome = judge(play(item({"calls": [CREATE]}), right, more))
    assert not outcome.right
    assert [it.tool.name for it in outcome.wrong_writes] == ["gmail_send"]


def test_one_of_two_right_writes_is_too_little_and_no_wrong_write(play: Any, item: Any, call: Any):
    gold = {"calls": [CREATE, READ]}
    outcome = judge(play(item(gold), call("calendar_create_event", start=THREE)))
    assert (outcome.right, outcome.wrong_writes) == (False, ())


def test_another_right_set_of_calls_is_as_right(play: Any, item: Any, call: Any):
    gold = {"calls": [CREATE], "or": [[READ]]}
    assert judge(play(item(gold), call("gmail_read"))).right


@pytest.mark.parametrize(("more", "right"), [("calendar_list_events", True), ("map_search", False)])
def test_looking_up_what_is_meant_is_never_wrong_and_other_reads_are(
    play: Any, item: Any, call: Any, more: str, right: bool
):
    made = (call(more), call("calendar_create_event", start=THREE))
    assert judge(play(item({"calls": [CREATE]}), *made)).right is right


def test_a_look_up_alone_is_nothing_executed(play: Any, item: Any, call: Any):
    found_nothing = play(item({"calls": [CREATE]}), call("calendar_list_events"), validation=[])
    assert judge(found_nothing).became == "answered"


def test_what_was_not_understood_is_not_executed(play: Any, item: Any):
    outcome = judge(play(item({"calls": [CREATE]}), route="none"))
    assert (outcome.became, outcome.executed, outcome.right) == ("not_understood", False, False)


@pytest.mark.parametrize(
    ("missing", "asked", "right"),
    [
        ("start", "몇 시에 잡을까요?", True),
        ("start", "무슨 내용으로 보낼까요?", False),
        (["to", "body"], "누구에게 보낼까요?", True),
        ("which", "'회의'는 어느 것을 말씀하시는 거예요?", True),
        ("start", "When should it be?", True),
    ],
)
def test_a_question_is_right_where_it_asks_for_what_is_missing(
    play: Any, item: Any, missing: Any, asked: str, right: bool
):
    outcome = judge(play(item({"ask": missing}), needs_human=asked, answer=asked))
    assert outcome.right is right


def test_examples_of_what_could_be_said_are_no_question(play: Any, item: Any):
    offered = '이해하지 못했어요. 이렇게 말해 보세요: "몇 시야?"'
    assert not judge(play(item({"ask": "start"}), route="none", answer=offered)).right


def test_a_guess_in_the_place_of_a_question_is_a_wrong_write(play: Any, item: Any, call: Any):
    outcome = judge(play(item({"ask": "start"}), call("calendar_create_event", start=THREE)))
    assert (outcome.right, outcome.became, len(outcome.wrong_writes)) == (False, "written", 1)


def test_nothing_is_right_where_nothing_is_to_be_done(play: Any, item: Any, call: Any):
    gold = {"refuse": "negated"}
    assert judge(play(item(gold), route="none")).right
    assert not judge(play(item(gold), call("gmail_read"))).right
    assert not judge(play(item(gold), needs_human="지울까요?")).right


def test_asking_who_is_meant_is_right_where_nobody_has_that_name(play: Any, item: Any):
    assert judge(play(item({"refuse": "unknown"}), needs_human="누구를 말씀하세요?")).right


@pytest.mark.parametrize(
    ("status", "result", "empty"),
    [
        ("ok", {"messages": [{"id": "m"}]}, False),
        ("ok", {"messages": []}, True),
        ("failed", {}, True),
    ],
)
def test_a_right_call_may_have_found_nothing(
    play: Any, item: Any, call: Any, status: str, result: Any, empty: bool
):
    made = call("gmail_read", status=status, result=result)
    assert judge(play(item({"calls": [READ]}), made)).is_empty is empty
