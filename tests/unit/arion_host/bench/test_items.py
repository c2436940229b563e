from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arion_host.bench.items import chosen_items, own_items, read_items
from arion_host.errors import RequestRefused
from arion_kit.words import ErrorKind

LINE = (
    '{"id": "ko-cal-001", "part": "tuning", "language": "ko", "utterance": "오늘 일정",'
    ' "now": "2026-11-23T10:00:00+09:00", "gold": %s}\n'
)
READ = '{"server": "calendar", "tool": "calendar_list_events", "arguments": {}}'


@pytest.mark.parametrize(
    ("gold", "wanted", "sets", "missing"),
    [
        (f'{{"calls": [{READ}], "or": [[{READ}, {READ}]], "confirm": true}}', "calls", [1, 2], ()),
        ('{"ask": "start"}', "ask", [], ("start",)),
        ('{"ask": ["to", "body"]}', "ask", [], ("to", "body")),
        ('{"refuse": "chat"}', "refuse", [], ()),
    ],
)
def test_a_line_says_what_is_right(
    tmp_path: Path, gold: str, wanted: str, sets: list[int], missing: Any
):
    (tmp_path / "set.jsonl").write_text(LINE % gold, encoding="utf-8")
    (item,) = read_items(tmp_path / "set.jsonl")
    assert item.gold.wanted == wanted
    assert [len(it) for it in item.gold.sets] == sets
    assert item.gold.missing == missing


@pytest.mark.parametrize("text", ["{}", LINE % '{"calls": [{"server": "x"}]}', "nothing"])
def test_a_line_of_another_form_is_named(tmp_path: Path, text: str):
    (tmp_path / "set.jsonl").write_text(LINE % '{"ask": "to"}' + text, encoding="utf-8")
    with pytest.raises(RequestRefused) as refused:
        read_items(tmp_path / "set.jsonl")
    assert refused.value.kind is ErrorKind.BAD_INPUT
    assert "Line 2" in refused.value.message


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(RequestRefused, match=r"no\.jsonl cannot be read"):
        read_items(tmp_path / "no.jsonl")


def test_a_part_without_items_is_refused(tmp_path: Path):
    (tmp_path / "set.jsonl").write_text(LINE % '{"ask": "to"}', encoding="utf-8")
    assert len(chosen_items(tmp_path / "set.jsonl", "tuning")) == 1
    with pytest.raises(RequestRefused):
        chosen_items(tmp_path / "set.jsonl", "test")


def test_the_own_set_is_in_both_languages_and_parts():
    items = own_items()
    assert {(it.language, it.part) for it in items} == {
        (language, part) for language in ("ko", "en") for part in ("tuning", "test")
    }
