"""The set of utterances that understanding is measured by keeps its form and its promises.

A line of `host/arion_host/bench/utterances/{ko,en}.jsonl` has `id` (LANGUAGE-SUBJECT-NUMBER),
`part` ("tuning" where the first byte of the SHA-256 of the id is below 128, else "test"),
`language` (the person's), `utterance`, `history` (what the person said before), `now` and `gold`:
`calls` (with `or`, other right sets of calls, and `confirm`, a question first is right), or `ask`
(the missing slot or `which`; a list where any will do), or `refuse` (why nothing is to be done).
A call's `arguments` are those that matter. A value is itself, `{"any": […]}` one of several,
`{"has": […]}` a text with all of these (a list inside: one of them), `{"ignore": true}` anything,
or `{"ref": {…}}` a thing in the sandbox: `summary` (with `on`, a day) an event, `subject` a mail,
`title` a page or data source, `name` a person, `made` what was made last, `shown` the nth of the
last answer. The README beside the set says how values are compared.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

import arion_host.bench
import arion_sandbox
from arion_kit.spec import ServerSpec

UTTERANCES = Path(arion_host.bench.__file__).parent / "utterances"
SANDBOX = Path(arion_sandbox.__file__).parent / "data"
SERVERS = ("gmail", "calendar", "notion", "github", "kakaomap", "shopping", "search")
LANGUAGES = ("ko", "en")
NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")

FIELDS = {"id", "part", "language", "utterance", "history", "now", "gold", "note"}
REASONS = {"negated", "no_tool", "chat", "foreign", "impossible", "injection", "unknown"}
SHARES = {
    "single": (0.60, 0.05),
    "follow-up": (0.12, 0.03),
    "compound": (0.06, 0.02),
    "ask": (0.10, 0.03),
    "refuse": (0.12, 0.03),
}
"""Of each language's items, and how far off it may be."""
TIMES = {"start", "end", "departure_time"}
WEEKDAYS = {
    "ko": ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}

Item = dict[str, Any]
"""A line as it was read."""


def read(language: str) -> list[Item]:
    lines = (UTTERANCES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ITEMS = [item for language in LANGUAGES for item in read(language)]
SPECS = {
    spec.name: spec
    for spec in (cast("ServerSpec", importlib.import_module(f"arion_{s}").SPEC) for s in SERVERS)
}


def sets(item: Item) -> list[list[Item]]:
    """Each right set of calls."""
    gold = item["gold"]
    return [gold["calls"], *gold.get("or", [])] if "calls" in gold else []


def calls(item: Item) -> list[Item]:
    return [call for one in sets(item) for call in one]


def kind(item: Item) -> str:
    if "calls" not in item["gold"]:
        return "ask" if "ask" in item["gold"] else "refuse"
    if "history" in item:
        return "follow-up"
    return "compound" if len(item["gold"]["calls"]) > 1 else "single"


def inside(value: Any) -> Iterator[Any]:
    """A value and all that it is made of."""
    yield value
    if isinstance(value, (dict, list)):
        values = cast("dict[str, Any] | list[Any]", value)
        for part in values.values() if isinstance(values, dict) else values:
            yield from inside(part)


def texts(value: Any) -> list[str]:
    return [v for v in inside(value) if isinstance(v, str)]


def test_every_item_has_the_fields_of_the_format_and_one_kind_of_gold():
    wrong = [
        item["id"]
        for item in ITEMS
        if not FIELDS - {"history", "note"} <= set(item) <= FIELDS
        or not item["id"].startswith(item["language"] + "-")
        or not item["utterance"].strip()
        or item.get("history") == []
        or len(set(item["gold"]) & {"calls", "ask", "refuse"}) != 1
        or not set(item["gold"]) <= {"calls", "or", "confirm", "ask", "refuse"}
        or item["gold"].get("refuse", "chat") not in REASONS
        or ([] in sets(item))
    ]
    assert wrong == []


def test_ids_and_utterances_are_there_once():
    ids = Counter(item["id"] for item in ITEMS)
    said = Counter(
        (re.sub(r"[\W_]", "", item["utterance"]).casefold(), *item.get("history", []))
        for item in ITEMS
    )
    assert [name for name, count in (ids + said).items() if count > 1] == []


def test_the_set_is_large_and_half_of_it_is_korean():
    korean = sum(item["language"] == "ko" for item in ITEMS)
    assert len(ITEMS) >= 480
    assert korean / len(ITEMS) == pytest.approx(0.5, abs=0.05)


def test_an_item_is_for_tuning_or_for_testing_by_the_hash_of_its_id():
    wrong = [
        item["id"]
        for item in ITEMS
        if item["part"]
        != ("tuning" if hashlib.sha256(item["id"].encode()).digest()[0] < 128 else "test")
    ]
    assert wrong == []


def test_every_item_is_said_at_the_same_moment():
    assert {datetime.fromisoformat(item["now"]) for item in ITEMS} == {NOW}
    assert NOW.weekday() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_server_is_asked_for_in_both_parts_of_a_language(language: str):
    for part in ("tuning", "test"):
        items = [i for i in ITEMS if (i["language"], i["part"]) == (language, part)]
        assert {call["server"] for item in items for call in calls(item)} == set(SERVERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kinds_of_items_have_the_promised_shares(language: str):
    kinds = Counter(kind(item) for item in ITEMS if item["language"] == language)
    for name, (share, tolerance) in SHARES.items():
        assert kinds[name] / kinds.total() == pytest.approx(share, abs=tolerance), name


def test_every_tool_and_argument_is_one_of_its_servers():
    wrong: list[str] = []
    for item in ITEMS:
        for call in calls(item):
            tools = {tool.name: tool for tool in SPECS[call["server"]].tools}
            tool = tools.get(call["tool"])
            known = set(inspect.signature(tool.run).parameters) - {"call"} if tool else set[str]()
            if tool is None or not set(call["arguments"]) <= known:
                wrong.append(f"{item['id']}: {call['tool']} {call['arguments']}")
    assert wrong == []


def test_times_are_whole_days_or_moments_in_seoul():
    wrong: list[str] = []
    for item in ITEMS:
        for call in calls(item):
            for name in TIMES & set(call["arguments"]):
                for text in texts(call["arguments"][name]):
                    if text != "now" and not re.fullmatch(r"[0-9-]{10}(T[0-9:]{8}\+09:00)?", text):
                        wrong.append(f"{item['id']}: {text}")
                    elif text != "now":
                        datetime.fromisoformat(text)
    assert wrong == []


def starts(item: Item) -> set[date]:
    given = [t for c in calls(item) for t in texts(c["arguments"].get("start", "")) if t != "now"]
    return {datetime.fromisoformat(text).date() for text in given if text}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_weekday_that_is_said_is_the_weekday_of_the_gold(language: str):
    wrong: list[str] = []
    for item in ITEMS:
        said = {
            number
            for number, name in enumerate(WEEKDAYS[language])
            if name in item["utterance"].casefold()
        }
        meant = {day.weekday() for day in starts(item)}
        if language == item["language"] and len(said) == 1 and meant and not said & meant:
            wrong.append(item["id"])
    assert wrong == []


def test_no_event_is_put_into_the_past():
    wrong = [
        item["id"]
        for item in ITEMS
        for call in calls(item)
        if call["tool"] == "calendar_create_event"
        and call["arguments"]["start"] < NOW.isoformat()[:10]
    ]
    assert wrong == []


def labels() -> dict[str, set[str]]:
    """What the sandbox's things are called, by the kind of reference."""

    def table(name: str) -> dict[str, Any]:
        return tomllib.loads((SANDBOX / f"{name}.toml").read_text(encoding="utf-8"))

    def dated(title: str) -> str:
        def day(match: re.Match[str]) -> str:
            then = NOW + timedelta(days=int(match[1]))
            return f"{then.month}월 {then.day}일"

        return re.sub(r"\{(-?\d+)\}", day, title)

    mail, notion = table("mail"), table("notion")
    things = [*notion["database"], *notion["row"], *notion["page"]]
    return {
        "summary": {event["summary"] for event in table("calendar")["event"]},
        "subject": {letter["subject"] for letter in mail["mail"]},
        "name": set(mail["people"]),
        "title": {dated(thing["title"]) for thing in things},
    }


def references(item: Item) -> Iterator[dict[str, Any]]:
    for value in inside(calls(item)):
        if isinstance(value, dict) and "ref" in value:
            yield cast("dict[str, Any]", value["ref"])


def test_every_reference_is_to_a_thing_of_the_sandbox_or_of_the_conversation():
    known = labels()
    wrong: list[str] = []
    for item in ITEMS:
        for reference in references(item):
            by = next(iter(reference))
            of_conversation = by in {"made", "shown"} and "history" in item
            if not of_conversation and reference[by] not in known.get(by, set()):
                wrong.append(f"{item['id']}: {reference}")
    assert wrong == []
