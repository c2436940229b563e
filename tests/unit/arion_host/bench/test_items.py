from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from arion_host.bench.items import chosen_items, own_items, read_items
from arion_host.errors import RequestRefused
from arion_host.language.utterance import bare
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


def test_the_parts_of_the_own_set_follow_the_hash_of_their_ids():
    for item in own_items():
        told = "tuning" if hashlib.sha256(item.id.encode()).digest()[0] < 128 else "test"
        is_split = item.id.startswith(("ko-", "en-"))
        assert item.part == (told if is_split else "tuning")


def test_nothing_that_is_tuned_on_is_said_in_the_test_part():
    said = {
        part: {bare(it.utterance) for it in own_items() if it.part == part and not it.history}
        for part in ("tuning", "test")
    }
    assert len(said["tuning"] & said["test"]) == 0


def test_every_own_item_has_an_id_of_its_own():
    ids = [item.id for item in own_items()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("gold", "sets", "refuse"),
    [
        (f"[{READ}]", [1], None),
        (READ, [1], None),
        ('{"refuse": true}', [], "no_tool"),
    ],
)
def test_a_set_from_elsewhere_may_say_it_more_shortly(
    tmp_path: Path, gold: str, sets: list[int], refuse: str | None
):
    turns = '[{"role": "user", "content": "어제"}, {"role": "assistant", "content": "네"}, "오늘"]'
    line = f'{{"id": "a", "text": "내일 일정", "history": {turns}, "gold": {gold}, "by": "me"}}'
    (tmp_path / "set.jsonl").write_text(line, encoding="utf-8")
    (item,) = read_items(tmp_path / "set.jsonl")
    assert (item.utterance, item.language, item.part) == ("내일 일정", "ko", "test")
    assert item.history == ("어제", "오늘")
    assert [len(it) for it in item.gold.sets] == sets
    assert item.gold.refuse == refuse
