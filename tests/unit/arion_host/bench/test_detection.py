"""From a seeded fault to what becomes of it, through the host's own gate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.arion_host.validation.proposals import CATALOGUE, NOW, TOOLS

from arion_auth.principal import LOCAL
from arion_host.bench.detection import Detection, measure_faults
from arion_host.bench.faults import RightCall
from arion_host.bench.judging import Fate, Readers, fate_of, open_judge
from arion_host.host import Host

pytestmark = pytest.mark.thorough

BY_NAME = {tool.name: tool for tool in TOOLS}
BOOK = RightCall(
    "a", "내일 3시에 회의 일정 잡아줘", "ko", NOW, BY_NAME["diary_create"],
    {"summary": "회의", "start": "2026-11-24T15:00:00+09:00"},
)  # fmt: skip
SEND = RightCall(
    "b", "Send Emma an email saying I am late", "en", NOW, BY_NAME["mail_send"],
    {"to": ["Emma"], "body": "I am late"},
)  # fmt: skip


class _Connections:
    async def catalogue(self) -> Any:
        return CATALOGUE


@pytest.fixture
def host() -> Host:
    """As much of a host as judging takes."""
    parts = SimpleNamespace(connections=_Connections(), executor=None, principal=LOCAL)
    return cast("Host", parts)


async def test_right_calls_pass_and_faults_are_counted_by_stage(host: Host, tmp_path: Path):
    found: Detection = await measure_faults(host, [BOOK, SEND], tmp_path, lambda _: None)
    figures = cast("dict[str, Any]", found.as_json())
    assert figures["right_rejected"] == 0
    assert figures["visible_kinds"]["shifted_date"] == {"visible": 1, "rejected": 1}
    assert figures["visible_kinds"]["invented_text"]["rejected"] == 2
    assert figures["stage1_p50_ms"] < 50
    stages = figures["stages"]
    assert "wiring" in stages["note"]
    assert stages["wrong_writes"] > stages["stage1_rejected"] > 0
    assert stages["readers_knowing"]["made"] == 0 < stages["readers_blind"]["made"]


@pytest.mark.parametrize(
    ("readers", "fate"),
    [
        (Readers.NONE, Fate.MADE),
        (Readers.KNOWING, Fate.MISMATCH),
        (Readers.FIRST_BLIND, Fate.MADE),
        (Readers.BLIND, Fate.MADE),
    ],
)
async def test_a_reversible_write_goes_by_what_the_first_reader_says(
    host: Host, tmp_path: Path, readers: Readers, fate: Fate
):
    # "정기" was not said, but reads as another word of the title.
    given = {**BOOK.arguments, "summary": "정기 회의"}
    tool = replace(BOOK.tool, open_world=False)
    async with open_judge(host, [BOOK], tmp_path) as judge:
        judged = await judge.judge(BOOK, tool, given, (), readers)
    assert fate_of(judged) is fate


@pytest.mark.parametrize("readers", [Readers.NONE, Readers.FIRST_BLIND, Readers.BLIND])
async def test_what_others_see_is_asked_about_even_where_every_reader_is_blind(
    host: Host, tmp_path: Path, readers: Readers
):
    given = {**SEND.arguments, "body": "I am very late today"}
    async with open_judge(host, [SEND], tmp_path) as judge:
        judged = await judge.judge(SEND, SEND.tool, given, (), readers)
    assert fate_of(judged) is Fate.ASKED
