"""Simple filters as Notion's: {"상태": "진행 중", "마감": {"before": "2026-12-01"}}."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from pydantic import JsonValue

from arion_kit.errors import BadInput
from arion_notion.dates import read_date, read_moment
from arion_notion.lookups import Lookups
from arion_notion.schema import Property, Schema, fold
from arion_notion.writing import as_bool, as_number, as_option, as_text

Filter = dict[str, JsonValue]

_RAW = frozenset({"property", "timestamp"})
_GROUPS = ("and", "or")
_DEEPEST = 2
_TIMESTAMPS = ("created_time", "last_edited_time")

_TEXTS = frozenset({"title", "rich_text", "url", "email", "phone_number"})
_DATES = frozenset({"date", *_TIMESTAMPS})
_PEOPLE = frozenset({"people", "created_by", "last_edited_by"})

_ALIASES = {
    "eq": "equals",
    "is": "equals",
    "=": "equals",
    "ne": "does_not_equal",
    "not": "does_not_equal",
    "!=": "does_not_equal",
    "not_contains": "does_not_contain",
    "gt": "greater_than",
    ">": "greater_than",
    "gte": "greater_than_or_equal_to",
    ">=": "greater_than_or_equal_to",
    "lt": "less_than",
    "<": "less_than",
    "lte": "less_than_or_equal_to",
    "<=": "less_than_or_equal_to",
    "from": "on_or_after",
    "since": "on_or_after",
    "to": "on_or_before",
    "until": "on_or_before",
    "empty": "is_empty",
    "not_empty": "is_not_empty",
}
_OF_DATES = {
    "greater_than": "after",
    "greater_than_or_equal_to": "on_or_after",
    "less_than": "before",
    "less_than_or_equal_to": "on_or_before",
}
_EQUALITY = ("equals", "does_not_equal")
_CONTAINING = ("contains", "does_not_contain")
_COMPARING = (
    "greater_than",
    "greater_than_or_equal_to",
    "less_than",
    "less_than_or_equal_to",
)
_OPERATORS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        _TEXTS, ("contains", "does_not_contain", *_EQUALITY, "starts_with", "ends_with")
    ),
    **dict.fromkeys(_DATES, ("equals", "before", "after", "on_or_before", "on_or_after")),
    **dict.fromkeys((*_PEOPLE, "relation", "multi_select"), _CONTAINING),
    **dict.fromkeys(("number", "unique_id"), (*_EQUALITY, *_COMPARING)),
    **dict.fromkeys(("select", "status", "checkbox"), _EQUALITY),
    "files": (),
}
"""Operators by type, the one that a bare value means first."""


class FilterReader:
    """Turns the filters of one data source into Notion's."""

    def __init__(self, schema: Schema, lookups: Lookups, now: datetime) -> None:
        self._schema = schema
        self._lookups = lookups
        self._now = now

    async def read(self, given: Mapping[str, JsonValue]) -> Filter | None:
        """The filter for Notion; one that is Notion's already is left as it is.

        Raises:
            BadInput: A name, an operator or a value does not fit; says what there is.
        """
        found = await self._read(given)
        if found and _depth(found) > _DEEPEST:
            raise BadInput("filter", "has groups inside groups inside groups; Notion takes two")
        return found

    async def _read(self, given: Mapping[str, JsonValue]) -> Filter | None:
        if _RAW & given.keys():
            return dict(given)
        clauses: list[Filter] = []
        for name, condition in given.items():
            if name in _GROUPS and isinstance(condition, list):
                parts = [await self._read(part) for part in condition if isinstance(part, dict)]
                clauses.append(_joined(name, [part for part in parts if part]))
            else:
                prop = self._property(name)
                clauses += await self._conditions(prop, condition)
        return _joined("and", clauses) if clauses else None

    def _property(self, name: str) -> Property:
        known = {prop.name for prop in self._schema.properties}
        if name in _TIMESTAMPS and name not in known:
            return Property("", name, name)
        return self._schema.find(name, "filter")

    async def _conditions(self, prop: Property, condition: JsonValue) -> list[Filter]:
        if not isinstance(condition, dict):
            return [await self._default(prop, condition)]
        return [await self._clause(prop, name, value) for name, value in condition.items()]

    async def _default(self, prop: Property, value: JsonValue) -> Filter:
        """What a bare value means."""
        where = f"filter.{prop.name}"
        if value is None or value == []:
            return await self._clause(prop, "is_empty", True)
        if isinstance(value, list):
            return _joined("or", [await self._default(prop, item) for item in value])
        if prop.type in _DATES:
            return self._dates(prop, value, where)
        if prop.type in ("formula", "rollup"):
            return _computed(prop, value, where)
        return await self._clause(prop, _operators(prop, where)[0], value)

    async def _clause(self, prop: Property, name: str, value: JsonValue) -> Filter:
        where = f"filter.{prop.name}"
        operator = _operator(prop, name, where)
        if operator in ("is_empty", "is_not_empty"):
            wanted = value is not False
            if prop.type == "checkbox":  # is never empty; unchecked is what people mean
                return _clause(prop, "equals", wanted is (operator == "is_not_empty"))
            other = {"is_empty": "is_not_empty", "is_not_empty": "is_empty"}[operator]
            return _clause(prop, operator if wanted else other, True)
        if isinstance(value, list) and value and operator in ("equals", "contains"):
            return _joined("or", [await self._clause(prop, operator, it) for it in value])
        return _clause(prop, operator, await self._operand(prop, value, where))

    async def _operand(self, prop: Property, value: JsonValue, where: str) -> JsonValue:
        if prop.type in _PEOPLE:
            text = as_text(value, where)
            return text if text == "me" else await self._lookups.person(text, where)
        if prop.type == "relation":
            return await self._lookups.related_page(prop, as_text(value, where), where)
        if prop.type in _DATES:
            return read_moment(as_text(value, where), self._now, where)
        if prop.type in _TEXTS:
            return as_text(value, where)
        return _OPERANDS[prop.type](prop, value, where)

    def _dates(self, prop: Property, value: JsonValue, where: str) -> Filter:
        spoken = _stretch(fold(value), self._now.date()) if isinstance(value, str) else None
        if spoken:
            first, last = (day.isoformat() for day in spoken)
        else:
            period = read_date(value, self._now, where)
            first, last = period["start"], period["end"] or ""
        if not last:
            return _clause(prop, "equals", first)
        bounds = (("on_or_after", first), ("on_or_before", last))
        both: list[JsonValue] = [_clause(prop, name, end) for name, end in bounds]
        return {"and": both}


def read_sorts(sorts: Sequence[str], schema: Schema) -> list[JsonValue]:
    """Sorts for Notion, from names; "-마감" is descending.

    Raises:
        BadInput: There is no such property.
    """
    read: list[JsonValue] = []
    for sort in sorts:
        name = sort.strip()
        bare = name.removeprefix("-").removesuffix(" desc").removesuffix(" asc").strip()
        down = name.startswith("-") or name.endswith(" desc")
        direction = "descending" if down else "ascending"
        known = {prop.name for prop in schema.properties}
        if bare in _TIMESTAMPS and bare not in known:
            read.append({"timestamp": bare, "direction": direction})
        else:
            read.append({"property": schema.find(bare, "sorts").name, "direction": direction})
    return read


def _operators(prop: Property, where: str) -> tuple[str, ...]:
    known = _OPERATORS.get(prop.type)
    if known is None:
        raise BadInput(where, f"cannot be filtered simply ({prop.type}); give Notion's own filter")
    return (*known, "is_empty", "is_not_empty")


def _operator(prop: Property, name: str, where: str) -> str:
    operator = _ALIASES.get(name, name)
    known = _operators(prop, where)
    if prop.type in _DATES:
        operator = _OF_DATES.get(operator, operator)
    if operator not in known and operator in _EQUALITY:
        # "is" and "is not" of a list mean that it holds the value.
        operator = _CONTAINING[_EQUALITY.index(operator)]
    if operator not in known:
        raise BadInput(where, f"'{name}' does not work here; there are {', '.join(known)}")
    return operator


def _clause(prop: Property, operator: str, value: JsonValue) -> Filter:
    if not prop.id:
        return {"timestamp": prop.type, prop.type: {operator: value}}
    return {"property": prop.name, prop.type: {operator: value}}


def _computed(prop: Property, value: JsonValue, where: str) -> Filter:
    if isinstance(value, bool):
        kind, operator = "checkbox", "equals"
    elif isinstance(value, (int, float)):
        kind, operator = "number", "equals"
    else:
        kind, operator = "string", "contains"
        value = as_text(value, where)
    if prop.type == "rollup" and kind != "number":
        raise BadInput(where, "must be a number; for anything else give Notion's own filter")
    return {"property": prop.name, prop.type: {kind: {operator: value}}}


def _joined(how: str, clauses: Sequence[Filter]) -> Filter:
    """The clauses as one; a group of the same kind inside of it is no group of its own."""
    if len(clauses) == 1:
        return clauses[0]
    flat: list[JsonValue] = []
    for clause in clauses:
        inner = clause.get(how)
        flat += inner if isinstance(inner, list) else [clause]
    return {how: flat}


def _depth(found: JsonValue) -> int:
    """How many groups lie in each other."""
    groups = [found.get(name) for name in _GROUPS] if isinstance(found, dict) else []
    return max(
        (1 + max(map(_depth, group), default=0) for group in groups if isinstance(group, list)),
        default=0,
    )


def _stretch(word: str, today: date) -> tuple[date, date] | None:
    """First and last day of a week or month that is spoken of."""
    monday = today - timedelta(days=today.weekday())
    for names, weeks in _WEEKS:
        if word in names:
            first = monday + timedelta(weeks=weeks)
            return first, first + timedelta(days=6)
    for names, months in _MONTHS:
        if word in names:
            first = _month(today, months)
            return first, _month(today, months + 1) - timedelta(days=1)
    return None


def _month(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 + months, 12)
    return date(today.year + years, month + 1, 1)


_WEEKS = (
    (("이번주", "thisweek"), 0),
    (("다음주", "nextweek"), 1),
    (("지난주", "lastweek"), -1),
)
_MONTHS = (
    (("이번달", "thismonth"), 0),
    (("다음달", "nextmonth"), 1),
    (("지난달", "lastmonth"), -1),
)


def _number(_: Property, value: JsonValue, where: str) -> JsonValue:
    if isinstance(value, str) and "-" in value.strip("-"):
        value = value.rpartition("-")[2]  # "TASK-12" is number 12
    return as_number(value, where)


_OPERANDS: Mapping[str, Callable[[Property, JsonValue, str], JsonValue]] = {
    "number": _number,
    "unique_id": _number,
    "checkbox": lambda _, value, where: as_bool(value, where),
    "select": as_option,
    "status": as_option,
    "multi_select": as_option,
}
