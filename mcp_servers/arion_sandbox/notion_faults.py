"""How Notion refuses: its error bodies, and readers of request bodies that refuse in its words.

Codes and statuses: Notion's "Status codes". Wordings follow replies that people have published;
those marked MEM were not found in any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from arion_sandbox.endpoints import BodyFault, Fault
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject

LONGEST_TEXT = 2_000
"""Characters of one rich text."""

MOST_ITEMS = 100
"""Items of one array: rich texts, people, options, relations."""

REQUEST_ID = "5f3c1a52-0d6e-4c8e-9f0b-7f2f6d1c9a10"


class NotionError(VendorError):
    """A refusal of Notion."""

    def __init__(self, status: int, code: str, message: str) -> None:
        body: JsonObject = {
            "object": "error",
            "status": status,
            "code": code,
            "message": message,
            "request_id": REQUEST_ID,
        }
        super().__init__(status, code, message, body, {})


def invalid(message: str) -> NotionError:
    """Say that a value makes no sense."""
    return NotionError(400, "validation_error", message)


def misfit(path: str, expected: str, value: Json, *, missing: bool = False) -> NotionError:
    """Say that one field of the body does not fit."""
    shown = "undefined" if missing else json.dumps(value, ensure_ascii=False)[:100]
    return invalid(
        f"body failed validation: body.{path} should be {expected}, instead was `{shown}`."
    )


def not_found(kind: str, object_id: str) -> NotionError:
    """Say that there is no such object, or that it is not shared with the connection."""
    return NotionError(
        404,
        "object_not_found",
        f"Could not find {kind} with ID: {object_id}. Make sure the relevant pages and databases"
        ' are shared with your integration "아리온".',
    )


def unavailable() -> NotionError:
    """Say that the service's own storage fails."""
    return NotionError(503, "service_unavailable", "Notion is unavailable, please try again later.")


def refuse_query(fault: Fault) -> NotionError:
    """Refuse a query parameter."""
    name, parameter, shown = fault.name, fault.parameter, f"`{fault.value}`"
    if fault.problem == "missing":
        expected, shown = "defined", "`undefined`"
    elif fault.problem == "maximum" and parameter:
        expected = f"≤ `{parameter.maximum}`"
    elif fault.problem == "minimum" and parameter:
        expected = f"≥ `{parameter.minimum}`"
    elif fault.problem == "kind" and parameter:
        expected = f"a {parameter.kind}"
    else:
        expected = "not present"
    return invalid(
        f"query failed validation: query.{name} should be {expected}, instead was {shown}."
    )


def refuse_body(fault: BodyFault) -> NotionError:
    """Refuse a body that is not JSON."""
    return NotionError(400, "invalid_json", "Error parsing JSON body.")


def read_body(content: bytes) -> JsonObject:
    """Read a body that has to be a JSON object."""
    try:
        body: Json = json.loads(content)
    except ValueError:
        raise NotionError(400, "invalid_json", "Error parsing JSON body.") from None
    if not isinstance(body, dict):
        raise invalid("body failed validation: body should be an object.")
    return body


def only(body: Mapping[str, Json], allowed: Iterable[str], path: str = "") -> None:
    """Refuse fields that nobody declared."""
    known = frozenset(allowed)
    for name, value in body.items():
        if name not in known:
            raise misfit(f"{path}{name}", "not present", value)


def field_object(body: Mapping[str, Json], name: str, path: str = "") -> JsonObject:
    """Read a field that has to be an object."""
    value = body.get(name)
    if not isinstance(value, dict):
        expected = "defined" if name not in body else "an object"
        raise misfit(path + name, expected, value, missing=name not in body)
    return value


def field_text(body: Mapping[str, Json], name: str, path: str = "") -> str:
    """Read a field that has to be a string."""
    value = body.get(name)
    if not isinstance(value, str):
        expected = "defined" if name not in body else "a string"
        raise misfit(path + name, expected, value, missing=name not in body)
    return value


def field_list(body: Mapping[str, Json], name: str, path: str = "") -> list[Json]:
    """Read a field that has to be an array of no more items than Notion takes."""
    value = body.get(name)
    if not isinstance(value, list):
        expected = "defined" if name not in body else "an array"
        raise misfit(path + name, expected, value, missing=name not in body)
    if len(value) > MOST_ITEMS:
        raise misfit(f"{path}{name}.length", f"≤ `{MOST_ITEMS}`", len(value))
    return value


def page_size(body: Mapping[str, Json]) -> int:
    """Read how many rows a body asks for."""
    size = body.get("page_size", MOST_ITEMS)
    if type(size) is not int:
        raise misfit("page_size", "a number", size)
    if not 0 < size <= MOST_ITEMS:
        raise misfit("page_size", f"≤ `{MOST_ITEMS}`" if size > 0 else "> `0`", size)
    return size
