"""Reads a tool function's signature: what it takes and gives, as models and JSON schemas."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_type_hints

from fastmcp.utilities.json_schema import dereference_refs
from pydantic import BaseModel, ConfigDict, create_model

from arion_kit.errors import SpecError
from arion_kit.spec import Said, Tool

JsonSchema = dict[str, Any]

_SCALARS = frozenset({"string", "integer", "number", "boolean"})


@dataclass(frozen=True)
class Signature:
    """What a tool takes and gives."""

    arguments: type[BaseModel]
    """One field for each parameter, `call` excepted; refuses others."""
    input_schema: JsonSchema
    output_schema: JsonSchema
    description: str


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


def read_signature(tool: Tool) -> Signature:
    """Reads the function of `tool`.

    Raises:
        SpecError: It is not `async def name(call, …flat parameters…) -> Said` with a docstring.
    """
    try:
        hints = get_type_hints(tool.run, include_extras=True)
    except NameError as error:
        raise SpecError(
            f"{tool.name}: {error}; import it outside of TYPE_CHECKING, the kit needs it."
        ) from None
    parameters = inspect.signature(tool.run).parameters
    if next(iter(parameters), None) != "call":
        raise SpecError(f"{tool.name}: the first parameter must be `call: Call[…]`.")
    result = hints.get("return")
    if not (isinstance(result, type) and issubclass(result, Said)):
        raise SpecError(f"{tool.name}: must return a Said, not {result!r}.")
    description = inspect.getdoc(tool.run)
    if not description:
        raise SpecError(f"{tool.name}: needs a docstring, which is its description.")
    fields: dict[str, Any] = {
        name: (hints[name], ... if it.default is it.empty else it.default)
        for name, it in parameters.items()
        if name != "call"
    }
    arguments = create_model(tool.name, __base__=_Arguments, **fields)
    input_schema = _slim(arguments.model_json_schema())
    _refuse_nested(tool.name, input_schema)
    return Signature(arguments, input_schema, _output_schema(result), description)


def _output_schema(result: type[Said]) -> JsonSchema:
    schema = _slim(result.model_json_schema())
    # Some clients hold the structured content of an error to this schema too, and an error is
    # `{"error": …}` instead of the result.
    required = schema.pop("required")
    return {**schema, "anyOf": [{"required": required}, {"required": ["error"]}]}


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
        if kind not in _SCALARS:
            raise SpecError(
                f"{name}.{parameter}: must be text, a number, a yes or no, or a list of these."
            )
