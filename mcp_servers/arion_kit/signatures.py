"""Reads a tool function's signature: what it takes and gives, as models and JSON schemas."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_type_hints

from fastmcp.utilities.json_schema import dereference_refs
from pydantic import BaseModel, ConfigDict, create_model

from arion_kit.errors import SpecError
from arion_kit.spec import Said, Tool
from arion_kit.words import CONFIRM_TOKEN

JsonSchema = dict[str, Any]

_SCALARS = frozenset({"string", "integer", "number", "boolean"})


@dataclass(frozen=True)
class Signature:
    """What a tool takes and gives."""

    arguments: type[BaseModel]
    """One field for each parameter, `call` excepted; refuses others."""
    input_schema: JsonSchema
    output_schema: JsonSchema
    """Of the whole result."""
    listed_output: JsonSchema
    """As clients see it: the top-level fields only where the tool is brief."""
    description: str


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


def read_signature(tool: Tool) -> Signature:
    """Reads the function of `tool`, once in the life of the process.

    Raises:
        SpecError: It is not `async def name(call, …flat parameters…) -> Said` with a docstring.
    """
    return _read(tool.run, asks=tool.asks, brief=tool.brief)


@cache
def _read(run: Callable[..., Awaitable[Said]], *, asks: bool, brief: bool) -> Signature:
    name = run.__name__
    try:
        hints = get_type_hints(run, include_extras=True)
    except NameError as error:
        raise SpecError(
            f"{name}: {error}; import it outside of TYPE_CHECKING, the kit needs it."
        ) from None
    parameters = inspect.signature(run).parameters
    if next(iter(parameters), None) != "call":
        raise SpecError(f"{name}: the first parameter must be `call: Call[…]`.")
    result = hints.get("return")
    if not (isinstance(result, type) and issubclass(result, Said)):
        raise SpecError(f"{name}: must return a Said, not {result!r}.")
    description = inspect.getdoc(run)
    if not description:
        raise SpecError(f"{name}: needs a docstring, which is its description.")
    fields: dict[str, Any] = {
        parameter: (hints[parameter], ... if it.default is it.empty else it.default)
        for parameter, it in parameters.items()
        if parameter != "call"
    }
    if asks:
        fields[CONFIRM_TOKEN] = (str | None, None)
    arguments = create_model(name, __base__=_Arguments, **fields)
    input_schema = _slim(arguments.model_json_schema())
    # That others are refused is said when one comes; here it would only take space.
    input_schema.pop("additionalProperties", None)
    _refuse_nested(name, input_schema)
    # Nothing is required of a result: some clients hold errors and questions to the schema too.
    output = cast("JsonSchema", _without_required(_slim(result.model_json_schema())))
    listed = _top_level(output) if brief else output
    return Signature(arguments, input_schema, output, listed, description)


def _without_required(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_required(item) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    schema = cast("JsonSchema", node)
    rest = {name: it for name, it in schema.items() if not _is_list_of_names(name, it)}
    return {name: _without_required(it) for name, it in rest.items()}


def _is_list_of_names(name: str, value: Any) -> bool:
    """Whether this is the keyword `required`, and not a property of that name."""
    return name == "required" and isinstance(value, list)


def _top_level(schema: JsonSchema) -> JsonSchema:
    fields = cast("dict[str, JsonSchema]", schema.get("properties", {}))
    kept = ("type", "description", "enum")
    brief = {name: {key: it[key] for key in kept if key in it} for name, it in fields.items()}
    return {**schema, "properties": brief}


def _slim(schema: JsonSchema) -> JsonSchema:
    """`schema` without titles, references and what models say of themselves.

    A value that may be null is merely optional. What is said of a field stays.
    """
    for model in (schema, *schema.get("$defs", {}).values()):
        model.pop("description", None)
    return cast("JsonSchema", _slimmed(dereference_refs(schema)))


def _slimmed(node: Any) -> Any:
    if isinstance(node, list):
        return [_slimmed(item) for item in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    schema = cast("JsonSchema", node)
    slim = {
        key: _slimmed(value)
        for key, value in schema.items()
        if key not in {"title", "properties", "required", "$defs"}
        and not (
            key == "additionalProperties" and value in (True, {}, {"$ref": "#/$defs/JsonValue"})
        )
        and not _is_null_default(key, value)
    }
    if "properties" in schema:
        properties = cast("dict[str, JsonSchema]", schema["properties"])
        slim["properties"] = {name: _slimmed(it) for name, it in properties.items()}
        required = [name for name in schema.get("required", []) if not _nullable(properties[name])]
        if required:
            slim["required"] = required
    return _without_null(slim)


def _is_null_default(key: str, value: Any) -> bool:
    return key == "default" and value is None


def _nullable(schema: Mapping[str, Any]) -> bool:
    return {"type": "null"} in schema.get("anyOf", [])


def _without_null(schema: JsonSchema) -> JsonSchema:
    if not _nullable(schema):
        return schema
    kinds = [kind for kind in schema.pop("anyOf") if kind != {"type": "null"}]
    return {**kinds[0], **schema} if len(kinds) == 1 else {"anyOf": kinds, **schema}


def _refuse_nested(name: str, schema: JsonSchema) -> None:
    for parameter, it in schema.get("properties", {}).items():
        kind = it.get("items", {}).get("type") if it.get("type") == "array" else it.get("type")
        if kind not in _SCALARS and not (it.get("type") == "object" and "properties" not in it):
            raise SpecError(
                f"{name}.{parameter}: must be text, a number, a yes or no, a list of these, "
                "or an object of any fields."
            )
