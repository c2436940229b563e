"""The loop, with a scripted model and a gate that writes down what it is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from agents import ModelBehaviorError
from pydantic import JsonValue
from tests.models import (
    ADD,
    ASSIGNMENT,
    SEND,
    TOOLS,
    Gate,
    calls,
    find,
    heard,
    says,
    scripted,
)

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.loop import ModelLoop
from arion_host.agents.model.prices import Price
from arion_host.agents.model.seam import (
    Answered,
    Exchange,
    Judged,
    Limits,
    RunEnd,
    Stopped,
    Usage,
    Waiting,
)
from arion_host.errors import StorageFailed
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.outcome import ToolOutcome, sent
from arion_kit.words import ErrorKind

ASK = Judged("ask", "Others see it.")
PRICE = Price(input=1.0, cached=0.1, output=10.0)


async def run(gate: Gate, *steps: Any, limits: Limits | None = None) -> RunEnd:
    return await ModelLoop(Connected(scripted(*steps)), limits).run(ASSIGNMENT, gate)


def kind(end: RunEnd) -> str:
    assert isinstance(end, Stopped)
    assert end.reason
    return end.kind


async def test_a_question_is_answered_from_what_a_tool_returned():
    model = scripted(calls(("notes_list", {"text": "우유"})), says("메모가 하나 있어요."))
    gate = Gate(outcomes={"notes_list": ToolOutcome(result={"notes": ["우유 사기"]})})
    end = await ModelLoop(Connected(model, PRICE)).run(ASSIGNMENT, gate)
    assert isinstance(end, Answered)
    assert end.text == "메모가 하나 있어요."
    assert [(call.tool.name, call.arguments) for call in end.done] == [
        ("notes_list", {"text": "우유"})
    ]
    assert heard(model)[-1] == '{"notes":["우유 사기"]}'
    assert end.usage == Usage(2, 2_000, 800, 100, 0.00228)


async def test_without_a_price_the_cost_is_unknown_and_not_zero():
    end = await run(Gate(), says("네."))
    assert end.usage.cost_usd is None


async def test_instructions_and_tools_stay_the_same_while_moment_and_words_come_last():
    first, second = scripted(says("네.")), scripted(says("Yes."))
    later = replace(
        ASSIGNMENT,
        said="Note it for tomorrow",
        language="en",
        now=ASSIGNMENT.now.replace(hour=17),
        tools=tuple(reversed(TOOLS)),
        history=(Exchange("불 꺼 줘", "껐어요."),),
    )
    await ModelLoop(Connected(first)).run(ASSIGNMENT, Gate())
    await ModelLoop(Connected(second)).run(later, Gate())
    one, two = first.calls[0], second.calls[0]
    assert one.system_instructions == two.system_instructions
    names = [tool.name for tool in one.tools]
    assert names == [tool.name for tool in two.tools]
    assert names == ["mail__send", "notes_add", "notes_find", "notes_list"]
    told = heard(second)
    assert told[:2] == ["불 꺼 줘", "껐어요."]
    assert told[2].startswith("Now: Monday 2026-11-23T17:00+09:00 (Asia/Seoul)\nAnswer in: English")
    times, nothing, said = heard(first)[0].split("\n")[-3:]
    assert times == 'Times said: "내일 오후 3시" = 2026-11-24T15:00:00+09:00'
    assert (nothing, said) == ("", ASSIGNMENT.said)


async def test_a_rejected_call_goes_back_with_its_reason_and_may_be_mended():
    gate = Gate({"notes_add": [Judged("reject", "`text` was not said."), Judged("run")]})
    model = scripted(
        calls(("notes_add", {"text": "두부"})), calls(("notes_add", {"text": "우유"})), says("네.")
    )
    end = await ModelLoop(Connected(model)).run(ASSIGNMENT, gate)
    assert isinstance(end, Answered)
    assert heard(model, 1)[-1] == '{"rejected": "`text` was not said."}'
    assert gate.made == [("notes_add", {"text": "우유"})]


async def test_a_call_that_is_wrong_twice_ends_the_run():
    gate = Gate({"notes_add": Judged("reject", "`text` was not said.")})
    wrong = calls(("notes_add", {"text": "두부"}))
    assert kind(await run(gate, wrong, wrong)) == "rejected"
    assert gate.made == []


async def test_arguments_that_are_no_json_object_go_back_and_nobody_is_asked():
    for text in ('{"text": ', "[1]", '{"text": NaN}'):
        model = scripted(calls(("notes_add", text)), says("못 했어요."))
        gate = Gate({"notes_add": ASK})
        end = await ModelLoop(Connected(model)).run(ASSIGNMENT, gate)
        assert isinstance(end, Answered)
        assert gate.judged == []
        assert "not one JSON object" in heard(model)[-1]
        (sent_back,) = [item for item in model.calls[-1].input if "arguments" in item]
        assert isinstance(json.loads(sent_back["arguments"]), dict)


async def test_a_call_without_arguments_is_a_call():
    gate = Gate()
    assert isinstance(await run(gate, calls(("notes_list", "")), says("네.")), Answered)
    assert gate.made == [("notes_list", {})]


async def test_reads_run_at_the_same_time():
    both, running = asyncio.Event(), set[str]()

    async def meet(name: str) -> None:
        running.add(name)
        if len(running) == 2:
            both.set()
        await both.wait()

    gate = Gate(while_running=meet)
    step = calls(("notes_list", {}), ("notes_find", {}))
    assert isinstance(await run(gate, step, says("네.")), Answered)
    assert running == {"notes_list", "notes_find"}


async def test_writes_run_in_the_models_order_one_after_the_other():
    turns = {"notes_add": 5, "send": 0}
    log: list[str] = []

    async def slow(name: str) -> None:
        log.append(f"{name} begins")
        for _ in range(turns[name]):
            await asyncio.sleep(0)
        log.append(f"{name} ends")

    step = calls(("notes_add", {}), ("mail__send", {}))
    assert isinstance(await run(Gate(while_running=slow), step, says("네.")), Answered)
    assert log == ["notes_add begins", "notes_add ends", "send begins", "send ends"]


async def test_calls_under_the_same_id_stay_apart():
    gate = Gate()
    same = calls(("notes_list", {"text": "a"}), ("notes_list", {"text": "b"}))
    assert isinstance(await run(gate, same, same, says("네.")), Answered)
    assert sorted(gate.started) == ["a", "a", "b", "b"]
    assert len(set(gate.ids)) == 4


async def test_several_calls_make_one_question_and_one_yes_makes_them_all_elsewhere():
    gate = Gate({"notes_add": ASK, "send": ASK})
    first = scripted(
        calls(("notes_list", {}), ("notes_add", {"text": "우유"}), ("mail__send", {"text": "네"}))
    )
    asked = await ModelLoop(Connected(first)).run(ASSIGNMENT, gate)
    assert isinstance(asked, Waiting)
    assert [(call.tool, call.arguments, call.reason) for call in asked.calls] == [
        (ADD, {"text": "우유"}, "Others see it."),
        (SEND, {"text": "네"}, "Others see it."),
    ]
    assert gate.made == [("notes_list", {})]

    elsewhere, second = Gate(), scripted(says("적고 보냈어요."))
    end = await ModelLoop(Connected(second, PRICE)).resume(asked.state, True, elsewhere, find)
    assert isinstance(end, Answered)
    assert end.text == "적고 보냈어요."
    assert elsewhere.judged == []
    assert elsewhere.made == [("notes_add", {"text": "우유"}), ("send", {"text": "네"})]
    assert elsewhere.ids == [call.call_id for call in asked.calls]
    assert end.usage.requests == 1
    assert heard(second)[-2:] == ['{"say":"notes_add: ok"}', '{"say":"send: ok"}']


async def test_a_write_behind_one_that_waits_waits_with_it_and_a_read_does_not():
    gate = Gate({"notes_add": ASK})
    step = calls(("notes_add", {}), ("mail__send", {}), ("notes_list", {}))
    asked = await run(gate, step)
    assert isinstance(asked, Waiting)
    assert [call.tool.name for call in asked.calls] == ["notes_add", "send"]
    assert gate.made == [("notes_list", {})]


async def test_after_a_yes_the_model_may_ask_for_the_next_step():
    gate = Gate({"notes_add": ASK, "send": ASK})
    asked = await run(gate, calls(("notes_add", {"text": "우유"})))
    assert isinstance(asked, Waiting)
    again = scripted(calls(("mail__send", {"text": "적었어요"})))
    next_one = await ModelLoop(Connected(again)).resume(asked.state, True, gate, find)
    assert isinstance(next_one, Waiting)
    assert [call.tool.name for call in next_one.calls] == ["send"]
    end = await ModelLoop(Connected(scripted(says("다 했어요.")))).resume(
        next_one.state, True, gate, find
    )
    assert isinstance(end, Answered)
    assert [name for name, _ in gate.made] == ["notes_add", "send"]


async def test_calls_that_were_made_are_known_when_the_model_fails_after_them():
    asked = await run(Gate({"notes_add": ASK}), calls(("notes_add", {"text": "우유"})))
    assert isinstance(asked, Waiting)
    gate, silent = Gate(), scripted(ModelBehaviorError("nonsense"))
    end = await ModelLoop(Connected(silent)).resume(asked.state, True, gate, find)
    assert kind(end) == "garbage"
    assert [call.outcome.say for call in end.done] == ["notes_add: ok"]


async def test_after_a_no_nothing_is_called_and_no_model_is_asked():
    gate = Gate({"notes_add": ASK})
    asked = await run(gate, calls(("notes_add", {})))
    assert isinstance(asked, Waiting)
    end = await ModelLoop(Connected(scripted())).resume(asked.state, False, gate, find)
    assert kind(end) == "declined"
    assert end.usage == Usage()
    assert gate.made == []


async def test_a_state_that_cannot_be_read_or_lost_its_tool_calls_nothing():
    gate = Gate({"notes_add": ASK})
    asked = await run(gate, calls(("notes_add", {})))
    assert isinstance(asked, Waiting)
    loop = ModelLoop(Connected(scripted()))
    damaged = asked.state.replace("schemaVersion", "schema").replace("call_id", "id")
    for state in ("", "{}", '{"tools": [], "run": "{}"}', damaged):
        assert kind(await loop.resume(state, True, gate, find)) == "garbage"
    gone = await loop.resume(asked.state, True, gate, lambda server, name: None)
    assert kind(gone) == "unavailable"
    assert gate.made == []


async def test_a_failed_call_is_told_and_one_that_may_have_happened_is_not_to_be_repeated():
    model = scripted(calls(("notes_add", {})), says("확인이 필요해요."))
    gate = Gate(outcomes={"notes_add": sent(ErrorKind.TIMEOUT, "no answer")})
    assert isinstance(await ModelLoop(Connected(model)).run(ASSIGNMENT, gate), Answered)
    assert "may have happened all the same: do not repeat it" in heard(model)[-1]


async def test_an_unknown_tool_is_told_to_the_model():
    model = scripted(calls(("rm_rf", {})), says("그건 못 해요."))
    gate = Gate()
    assert isinstance(await ModelLoop(Connected(model)).run(ASSIGNMENT, gate), Answered)
    assert "rm_rf" in heard(model)[-1]
    assert gate.judged == gate.made == []


async def test_a_model_that_never_stops_calling_is_stopped():
    gate = Gate()
    forever = [calls(("notes_list", {"text": str(n)})) for n in range(5)]
    end = await run(gate, *forever, limits=Limits(requests=3))
    assert kind(end) == "turns"
    assert len(gate.made) == 3
    assert isinstance(end, Stopped)
    assert [call.tool.name for call in end.done] == ["notes_list"] * 3


@pytest.mark.parametrize(
    "text",
    ["", "  ", "\u200b", '{"name": "notes_list"}', "<tool_call>notes_list</tool_call>", "네 " * 40],
)
async def test_what_cannot_be_said_is_no_answer(text: str):
    assert kind(await run(Gate(), says(text))) == "garbage"


async def test_what_the_gate_raises_is_raised():
    async def fail(name: str) -> None:
        raise StorageFailed(ErrorKind.INTERNAL, f"{name}: the disk is full")

    with pytest.raises(StorageFailed):
        await run(Gate(while_running=fail), calls(("notes_add", {})), says("네."))


async def test_what_the_gate_raises_when_it_judges_is_raised_too():
    class Broken(Gate):
        async def judge(
            self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], *, again: bool = False
        ) -> Judged:
            raise StorageFailed(ErrorKind.INTERNAL, f"{tool.name}: the disk is full")

    with pytest.raises(StorageFailed):
        await run(Broken(), calls(("notes_add", {})), says("네."))


async def test_a_read_that_takes_too_long_ends_with_the_deadline():
    async def hang(name: str) -> None:
        await asyncio.Event().wait()

    end = await run(
        Gate(while_running=hang), calls(("notes_list", {})), limits=Limits(deadline_s=0.2)
    )
    assert kind(end) == "deadline"


async def test_a_write_that_has_begun_is_finished_after_the_deadline():
    now = [0.0]

    async def slow(name: str) -> None:
        now[0] += 30

    gate, model = Gate(while_running=slow), scripted(calls(("notes_add", {}), ("mail__send", {})))
    loop = ModelLoop(Connected(model), Limits(deadline_s=20), clock=lambda: now[0])
    end = await loop.run(ASSIGNMENT, gate)
    assert kind(end) == "deadline"
    assert isinstance(end, Stopped)
    assert [call.tool.name for call in end.done] == ["notes_add"]
    assert [name for name, _ in gate.made] == ["notes_add"]


async def test_cutting_a_run_off_cuts_its_calls_off():
    reached, cut_off = asyncio.Event(), asyncio.Event()

    async def hang(name: str) -> None:
        reached.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut_off.set()

    task = asyncio.ensure_future(run(Gate(while_running=hang), calls(("notes_list", {}))))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert cut_off.is_set()
