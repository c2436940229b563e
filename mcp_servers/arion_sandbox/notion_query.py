"""Filters and sorts of a data source's rows.

Operators by type: the published types of Notion's own client, "Filter data source entries".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from arion_sandbox.json_types import Json, JsonObject, as_list, as_object, as_objects, as_text
from arion_sandbox.notion_faults import field_text, invalid, misfit
from arion_sandbox.notion_values import is_moment, plain_text

SEOUL = ZoneInfo("Asia/Seoul")

_TEXTS = frozenset({"title", "rich_text", "url", "email", "phone_number"})
_OPTIONS = frozenset({"select", "status"})
_LISTS = frozenset({"multi_select", "people", "relation"})
_DATES = frozenset({"date", "created_time", "last_edited_time"})
_NUMBERS = frozenset({"number", "unique_id"})
_DEEPEST = 2
"""Groups inside groups."""

_RELATIVE_DAYS = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "one_week_ago": -7,
    "one_week_from_now": 7,
    "one_month_ago": -30,
    "one_month_from_now": 30,
}
_WINDOWS = {
    "past_week": (-7, 0),
    "past_month": (-30, 0),
    "past_year": (-365, 0),
    "next_week": (0, 7),
    "next_month": (0, 30),
    "next_year": (0, 365),
}


class RowFilter:
    """A filter of one data source, as of one moment."""

    def __init__(self, schema: Mapping[str, JsonObject], now: datetime, me: str) -> None:
        self._schema = schema
        self._now = now
        self._me = me
        self._judges: Mapping[str, Callable[[str, Json, str, Json], bool]] = {
            **dict.fromkeys(_TEXTS, _text_holds),
            **dict.fromkeys(_NUMBERS, _number_holds),
            **dict.fromkeys(_OPTIONS, _option_holds),
            **dict.fromkeys(_LISTS, self._list_holds),
            **dict.fromkeys(_DATES, self._date_holds),
            "checkbox": _box_holds,
        }

    def matches(self, page: JsonObject, given: JsonObject, depth: int = 0) -> bool:
        """Hold a page against a filter; refuses what Notion refuses."""
        for name, combine in (("and", all), ("or", any)):
            if name in given:
                if depth >= _DEEPEST:
                    raise misfit(f"filter.{name}", "not present", given[name])
                parts = as_objects(given[name])
                # Every part is read, so that a wrong one is refused whatever comes before it.
                return combine([self.matches(page, part, depth + 1) for part in parts])
        if "timestamp" in given:
            kind = field_text(given, "timestamp", "filter.")
            return self._holds(kind, page.get(kind), as_object(given.get(kind)))
        name = field_text(given, "property", "filter.")
        prop = find_property(self._schema, name)
        kind = as_text(prop["type"])
        asked = next((key for key in given if key not in ("property", "type")), None)
        if asked != kind:
            raise invalid(f"database property {kind} does not match filter {asked}")
        if kind in _OPTIONS:
            _check_option(prop, as_object(given[kind]))
        value = as_object(as_object(page["properties"])[as_text(prop["name"])])
        return self._holds(kind, value.get(kind), as_object(given[kind]))

    def _holds(self, kind: str, value: Json, condition: JsonObject) -> bool:
        if len(condition) != 1:
            raise misfit(f"filter.{kind}", "an object with one operator", condition)
        [(operator, wanted)] = condition.items()
        if operator in ("is_empty", "is_not_empty"):
            return (value in (None, [], "")) is (operator == "is_empty")
        if kind == "formula":
            inner = as_object(value)
            return self._holds(operator, inner.get(as_text(inner.get("type"))), as_object(wanted))
        judge = self._judges.get(kind)
        if judge is None:
            raise misfit(f"filter.{kind}", "not present", condition)
        return judge(kind, value, operator, wanted)

    def _list_holds(self, kind: str, value: Json, operator: str, wanted: Json) -> bool:
        wanted = self._me if wanted == "me" else wanted
        names = [item[key] for item in as_objects(value) for key in ("id", "name") if key in item]
        found = wanted in names
        return _one_of(kind, operator, {"contains": found, "does_not_contain": not found})

    def _date_holds(self, kind: str, value: Json, operator: str, wanted: Json) -> bool:
        today = self._now.astimezone(SEOUL).date()
        start = as_object(value).get("start") if kind == "date" else value
        day = day_of(start)
        if operator in _WINDOWS or operator == "this_week":
            first, last = _window(operator, today)
            return day is not None and first <= day <= last
        if isinstance(wanted, str) and wanted in _RELATIVE_DAYS:
            wanted = (today + timedelta(days=_RELATIVE_DAYS[wanted])).isoformat()
        if not is_moment(wanted):
            raise misfit(f"filter.{kind}.{operator}", "a valid ISO 8601 date string", wanted)
        other = day_of(wanted)
        if day is None or other is None:
            return False
        return _one_of(
            kind,
            operator,
            {
                "equals": day == other,
                "before": day < other,
                "after": day > other,
                "on_or_before": day <= other,
                "on_or_after": day >= other,
            },
        )


def find_property(schema: Mapping[str, JsonObject], name: str) -> JsonObject:
    """Find a property by its name or id."""
    for key, prop in schema.items():
        if name in (key, prop["id"]):
            return prop
    raise invalid(f"Could not find property with name or id: {name}")


def sort_rows(
    pages: list[JsonObject], sorts: Json, schema: Mapping[str, JsonObject]
) -> list[JsonObject]:
    """Put pages in the order asked for; without a value comes last."""
    for sort in reversed(as_objects(sorts)):
        direction = field_text(sort, "direction", "sorts.")
        if direction not in ("ascending", "descending"):
            raise misfit("sorts.direction", '`"ascending"` or `"descending"`', direction)
        key = _sort_key(sort, schema)
        filled = [page for page in pages if key(page) is not None]
        rest = [page for page in pages if key(page) is None]
        filled.sort(key=lambda page: _comparable(key(page)), reverse=direction == "descending")
        pages = filled + rest
    return pages


def day_of(value: Json) -> date | None:
    """The day in Seoul of a date, or of a date and time."""
    if not isinstance(value, str):
        return None
    if len(value) == 10:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value.upper())
    return (moment.astimezone(SEOUL) if moment.tzinfo else moment).date()


def _sort_key(
    sort: JsonObject, schema: Mapping[str, JsonObject]
) -> Callable[[JsonObject], str | float | None]:
    if "timestamp" in sort:
        timestamp = field_text(sort, "timestamp", "sorts.")
        return lambda page: as_text(page[timestamp])
    prop = find_property(schema, field_text(sort, "property", "sorts."))
    name, kind = as_text(prop["name"]), as_text(prop["type"])
    options = as_objects(as_object(prop.get(kind)).get("options")) if kind in _OPTIONS else []
    order = {as_text(option["id"]): index for index, option in enumerate(options)}

    def key(page: JsonObject) -> str | float | None:
        value = as_object(as_object(page["properties"])[name])[kind]
        if kind in _TEXTS:
            text = plain_text(value) if isinstance(value, list) else value
            return as_text(text) or None
        if kind in _OPTIONS:
            return order[as_text(as_object(value)["id"])] if value else None
        if kind == "date":
            return as_text(as_object(value).get("start")) or None
        if kind == "unique_id":
            value = as_object(value)["number"]
        return value if isinstance(value, (str, int, float)) else None

    return key


def _comparable(value: str | float | None) -> tuple[float, str]:
    return (0.0, value) if isinstance(value, str) else (float(value or 0), "")


def _text_holds(kind: str, value: Json, operator: str, wanted: Json) -> bool:
    if not isinstance(wanted, str):
        raise misfit(f"filter.{kind}.{operator}", "a string", wanted)
    text = (plain_text(value) if isinstance(value, list) else as_text(value)).casefold()
    other = wanted.casefold()
    return _one_of(
        kind,
        operator,
        {
            "equals": text == other,
            "does_not_equal": text != other,
            "contains": other in text,
            "does_not_contain": other not in text,
            "starts_with": text.startswith(other),
            "ends_with": text.endswith(other),
        },
    )


def _box_holds(kind: str, value: Json, operator: str, wanted: Json) -> bool:
    return _one_of(kind, operator, {"equals": value == wanted, "does_not_equal": value != wanted})


def _number_holds(kind: str, value: Json, operator: str, wanted: Json) -> bool:
    value = as_object(value).get("number") if kind == "unique_id" else value
    if isinstance(wanted, bool) or not isinstance(wanted, (int, float)):
        raise misfit(f"filter.{kind}.{operator}", "a number", wanted)
    number = value if isinstance(value, (int, float)) else None
    return _one_of(
        kind,
        operator,
        {
            "equals": number == wanted,
            "does_not_equal": number != wanted,
            "greater_than": number is not None and number > wanted,
            "less_than": number is not None and number < wanted,
            "greater_than_or_equal_to": number is not None and number >= wanted,
            "less_than_or_equal_to": number is not None and number <= wanted,
        },
    )


def _option_holds(kind: str, value: Json, operator: str, wanted: Json) -> bool:
    names = as_list(wanted) if isinstance(wanted, list) else [wanted]
    found = as_object(value).get("name") in names
    return _one_of(kind, operator, {"equals": found, "does_not_equal": not found})


def _check_option(prop: JsonObject, condition: JsonObject) -> None:
    kind = as_text(prop["type"])
    names = [option["name"] for option in as_objects(as_object(prop[kind])["options"])]
    for operator, wanted in condition.items():
        for name in as_list(wanted) if isinstance(wanted, list) else [wanted]:
            if operator in ("equals", "does_not_equal") and name not in names:
                raise invalid(f'{kind} option "{name}" not found for property "{prop["name"]}".')


def _one_of(kind: str, operator: str, results: Mapping[str, bool]) -> bool:
    if operator not in results:
        raise misfit(f"filter.{kind}.{operator}", "not present", operator)
    return results[operator]


def _window(operator: str, today: date) -> tuple[date, date]:
    if operator == "this_week":
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    first, last = _WINDOWS[operator]
    return today + timedelta(days=first), today + timedelta(days=last)
