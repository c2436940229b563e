"""What each endpoint of a vendor accepts, as data, and the one way requests reach a handler.

A vendor declares parameters and body fields; what is not declared is refused in the vendor's
own words. Google's published descriptions are held against these declarations in the tests.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import Json, JsonObject

log = logging.getLogger("arion.sandbox")

Kind = Literal["string", "integer", "number", "boolean", "date-time"]

RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
RFC3339_LOCAL = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?")

Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"
"""A body: "string", "boolean", "int32", "number", "date", "date-time"; [item]; {field: …};
{"*": value}."""


@dataclass(frozen=True)
class Parameter:
    """One query parameter."""

    name: str
    kind: Kind = "string"
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    repeated: bool = False
    required: bool = False


@dataclass(frozen=True)
class Fault:
    """Why a query parameter is refused; `parameter` is None for one nobody declared."""

    problem: Literal["unknown", "missing", "repeated", "kind", "choice", "minimum", "maximum"]
    name: str
    value: str = ""
    parameter: Parameter | None = None


@dataclass(frozen=True)
class BodyFault:
    """Why a body is refused; `where` is the path of the object, `name` the field in it."""

    problem: Literal["syntax", "unknown", "kind"]
    where: str = ""
    name: str = ""
    value: Json = None
    kind: str = ""

    @property
    def path(self) -> str:
        """The field's whole path: `start.dateTime`."""
        return f"{self.where}.{self.name}" if self.where else self.name


@dataclass(frozen=True)
class Query:
    """Checked query parameters, read by the type they were declared with."""

    pairs: tuple[tuple[str, str], ...]

    def texts(self, name: str) -> list[str]:
        """Every value of a repeated parameter."""
        return [value for key, value in self.pairs if key == name]

    def text(self, name: str) -> str | None:
        """Read one value, None where it is absent or empty."""
        return next((value for value in self.texts(name) if value), None)

    def number(self, name: str, default: int) -> int:
        """Read an integer parameter."""
        return int(self.text(name) or default)

    def flag(self, name: str) -> bool:
        """Read a boolean parameter; absent is false."""
        return self.text(name) == "true"

    def time(self, name: str) -> datetime | None:
        """Read a date-time parameter; it always has an offset."""
        value = self.text(name)
        return datetime.fromisoformat(value.upper()) if value else None


@dataclass(frozen=True)
class Call:
    """One checked request."""

    path: Mapping[str, str]
    query: Query
    body: JsonObject
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """By lower-case name."""
    url: str = ""
    """As it was asked for, for links back to it."""
    content: bytes = b""
    """The body as it came, for an endpoint that takes no JSON."""


@dataclass(frozen=True)
class Reply:
    """A response that is more than 200 and a JSON object."""

    body: Json | bytes = None
    """Text and bytes go out as they are, everything else as JSON; None is an empty body."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    media_type: str | None = None


@dataclass(frozen=True)
class Endpoint:
    """One method of a vendor's API; `path` as Starlette writes it, below the vendor's root."""

    verb: str
    path: str
    handle: Callable[[Call], JsonObject | list[Json] | Reply | None]
    """Gives the response, or None for an empty one; raises VendorError."""
    parameters: tuple[Parameter, ...] = ()
    body: dict[str, Shape] | None = None
    """None where the method takes no JSON."""


@dataclass(frozen=True)
class Vendor:
    """How one API lets people in and refuses them."""

    root: str
    endpoints: tuple[Endpoint, ...]
    authorize: Callable[[Mapping[str, str]], None]
    """Takes the request's headers; raises VendorError."""
    refuse_query: Callable[[Fault], VendorError]
    refuse_body: Callable[[BodyFault], VendorError]
    unavailable: Callable[[], VendorError]
    """What it says when its own storage fails."""
    finish: Callable[[JsonObject, Query], JsonObject] = lambda response, _: response
    """Cuts a response down to what the query asks for."""


def routes(vendor: Vendor) -> list[Route]:
    """Serve a vendor's endpoints."""
    return [
        Route(vendor.root + endpoint.path, _serve(vendor, endpoint), methods=[endpoint.verb])
        for endpoint in vendor.endpoints
    ]


def _serve(vendor: Vendor, endpoint: Endpoint) -> Callable[[Request], object]:
    async def serve(request: Request) -> Response:
        try:
            vendor.authorize(request.headers)
            for fault in query_faults(endpoint.parameters, request.query_params.multi_items()):
                raise vendor.refuse_query(fault)
            content = await request.body()
            body = {} if endpoint.body is None else _read_body(vendor, endpoint.body, content)
            query = Query(tuple(request.query_params.multi_items()))
            call = Call(
                request.path_params, query, body, request.headers, str(request.url), content
            )
            return _response(vendor, query, endpoint.handle(call))
        except VendorError as error:
            return JSONResponse(error.body, error.status, error.headers)
        except sqlite3.Error:
            log.exception("%s %s: the store failed", request.method, request.url.path)
            error = vendor.unavailable()
            return JSONResponse(error.body, error.status, error.headers)

    return serve


def _response(
    vendor: Vendor, query: Query, result: JsonObject | list[Json] | Reply | None
) -> Response:
    if result is None:
        return Response(status_code=204)
    if isinstance(result, dict):
        return JSONResponse(vendor.finish(result, query))
    if isinstance(result, list):
        return JSONResponse(result)
    body, headers = result.body, dict(result.headers)
    if body is None or isinstance(body, (str, bytes)):
        return Response(body, result.status, headers, result.media_type)
    return JSONResponse(body, result.status, headers)


def query_faults(
    parameters: Sequence[Parameter], pairs: Sequence[tuple[str, str]]
) -> Iterator[Fault]:
    """Find what is wrong with a query, in the order it was given, then what is missing."""
    declared = {parameter.name: parameter for parameter in parameters}
    seen: set[str] = set()
    for name, value in pairs:
        parameter = declared.get(name)
        if parameter is None:
            yield Fault("unknown", name, value)
        elif name in seen and not parameter.repeated:
            yield Fault("repeated", name, value, parameter)
        elif problem := _value_problem(parameter, value):
            yield Fault(problem, name, value, parameter)
        seen.add(name)
    given = {name for name, value in pairs if value}
    for parameter in parameters:
        if parameter.required and parameter.name not in given:
            yield Fault("missing", parameter.name, "", parameter)


def _value_problem(
    parameter: Parameter, value: str
) -> Literal["kind", "choice", "minimum", "maximum"] | None:
    if not value:
        return None
    if not _is_kind(parameter.kind, value):
        return "kind"
    if parameter.choices and value not in parameter.choices:
        return "choice"
    if parameter.minimum is not None and float(value) < parameter.minimum:
        return "minimum"
    if parameter.maximum is not None and float(value) > parameter.maximum:
        return "maximum"
    return None


def _is_kind(kind: Kind, value: str) -> bool:
    match kind:
        case "integer":
            return re.fullmatch(r"-?\d{1,10}", value, re.ASCII) is not None
        case "number":
            return re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII) is not None
        case "boolean":
            return value in ("true", "false")
        case "date-time":
            return is_date_time(value)
        case "string":
            return True


def is_date_time(value: str, *, offset_needed: bool = True) -> bool:
    """Check for an RFC 3339 date-time that names a real moment."""
    pattern = RFC3339 if offset_needed else RFC3339_LOCAL
    if not pattern.fullmatch(value):
        return False
    try:
        # The first and the last year cannot be shown in every zone.
        return 1 < datetime.fromisoformat(value.upper()).year < 9999
    except ValueError:
        return False


def _read_body(vendor: Vendor, shape: dict[str, Shape], content: bytes) -> JsonObject:
    try:
        body: Json = json.loads(content or b"{}")
    except ValueError:
        raise vendor.refuse_body(BodyFault("syntax")) from None
    for fault in body_faults(shape, body):
        raise vendor.refuse_body(fault)
    return cast("JsonObject", body)


def body_faults(shape: Shape, value: Json, where: str = "", name: str = "") -> Iterator[BodyFault]:
    """Find what is wrong with a body. `null` clears a field, so it always fits."""
    if value is None and name:
        return
    if isinstance(shape, dict) and isinstance(value, dict):
        yield from _field_faults(shape, value, f"{where}.{name}" if where else name)
    elif isinstance(shape, list) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from body_faults(shape[0], item, where, f"{name}[{index}]")
    elif not isinstance(shape, str) or not _is_shape(shape, value):
        yield BodyFault("kind", where, name, value, shape if isinstance(shape, str) else "object")


def _field_faults(shape: dict[str, Shape], value: JsonObject, path: str) -> Iterator[BodyFault]:
    for name, item in value.items():
        inner = shape.get(name, shape.get("*"))
        if inner is None:
            yield BodyFault("unknown", path, name, item)
        else:
            yield from body_faults(inner, item, path, name)


def _is_shape(kind: str, value: Json) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "int32":
            return type(value) is int and abs(value) < 2**31
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "date":
            return isinstance(value, str) and _is_date(value)
        case "date-time":
            return isinstance(value, str) and is_date_time(value, offset_needed=False)
        case _:
            return isinstance(value, str)


def _is_date(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None and is_date_time(
        f"{value}T00:00:00", offset_needed=False
    )
