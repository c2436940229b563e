"""Answers that every route shares: errors as JSON, and bodies with a limit."""

from __future__ import annotations

import logging
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from arion_host.errors import HostError, RequestRefused
from arion_kit.words import ErrorKind

logger = logging.getLogger(__name__)

Body = TypeVar("Body", bound=BaseModel)

_STATUS = {
    ErrorKind.BAD_INPUT: 400,
    ErrorKind.NOT_SIGNED_IN: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.TOO_LARGE: 413,
    ErrorKind.UNAVAILABLE: 503,
}
_KINDS = {status: kind for kind, status in _STATUS.items()}


def error_response(error: HostError) -> JSONResponse:
    """Return `{"error": {"kind", "message", "next_step"}}`."""
    content = {"kind": error.kind, "message": error.message, "next_step": error.next_step}
    return JSONResponse({"error": content}, status_code=_STATUS.get(error.kind, 500))


def busy_response(retry_after_s: int) -> JSONResponse:
    """Return 503, and when to try again, in seconds."""
    content = {
        "kind": "busy",
        "message": "As many people are connected as this host takes.",
        "next_step": f"Try again in {retry_after_s} seconds.",
        "retry_after_s": retry_after_s,
    }
    return JSONResponse(
        {"error": content}, status_code=503, headers={"Retry-After": str(retry_after_s)}
    )


async def on_host_error(_request: Request, error: Exception) -> Response:
    """Answer a request that failed in a way a person can be told about."""
    if isinstance(error, HostError):
        return error_response(error)
    raise error


async def on_http_error(_request: Request, error: Exception) -> Response:
    """Answer a request for something that is not here."""
    if not isinstance(error, HTTPException):
        raise error
    kind = _KINDS.get(error.status_code, ErrorKind.BAD_INPUT)
    content = {"kind": kind, "message": error.detail, "next_step": None}
    return JSONResponse(
        {"error": content}, status_code=error.status_code, headers=dict(error.headers or {})
    )


async def on_any_error(request: Request, error: Exception) -> Response:
    """Answer a request that ran into a bug, without telling its secrets."""
    logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return error_response(
        HostError(
            ErrorKind.INTERNAL,
            "Something broke inside Arion.",
            next_step="Try again; the log of the host says what happened.",
        )
    )


async def read_body(request: Request, limit: int) -> bytes:
    """Read a body of at most `limit` bytes.

    Raises:
        RequestRefused: there is more.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise RequestRefused(
                ErrorKind.TOO_LARGE,
                f"The request has more than {limit:,} bytes.",
                next_step="Send less at once.",
            )
    return bytes(body)


async def read_json(request: Request, model: type[Body], limit: int) -> Body:
    """Read a JSON body as `model`.

    Raises:
        RequestRefused: it is too large, no JSON, or not of that form; names the field.
    """
    try:
        return model.model_validate_json(await read_body(request, limit))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise RequestRefused(
            ErrorKind.BAD_INPUT,
            f"{where}: {first['msg']}",
            next_step=f"Send JSON with the fields {', '.join(model.model_fields)}.",
        ) from error
