"""What Calendar and Gmail share: who is let in, how a request is refused, pages.

Calendar still answers query faults in the words of the older front end ("Invalid string value:
'x'. Allowed values: […]"), Gmail in those of the newer one ("Invalid value at 'format'").
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import TypeVar

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Query, Vendor
from arion_sandbox.errors import GoogleError, VendorError
from arion_sandbox.json_types import JsonObject

Item = TypeVar("Item")

TOKEN = "sandbox"  # noqa: S105 - the one token of accounts that hold nothing private
"""The access token of the one account."""

ACCOUNT = "hanul@example.com"
"""The address of the one account, and the id of its primary calendar."""

COMMON = (
    Parameter("alt", choices=("json",)),
    Parameter("fields"),
    Parameter("key"),
    Parameter("prettyPrint", "boolean"),
    Parameter("quotaUser"),
)
"""Parameters of every Google method."""

SCOPES = (
    "https://www.googleapis.com/auth/calendar",
    "https://www.googleapis.com/auth/gmail.modify",
    "https://www.googleapis.com/auth/userinfo.email",
)
"""What the one token allows."""

EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential."
    " See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
INVALID = "INVALID_ARGUMENT"
TYPE_NAMES = {"int32": "TYPE_INT32", "boolean": "TYPE_BOOL"}


def authorize(headers: Mapping[str, str]) -> None:
    """Let `Authorization: Bearer sandbox` in."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    place = ("header", "Authorization")
    if scheme.lower() != "bearer" or not token:
        raise GoogleError(
            401,
            "required",
            f"Request is missing required authentication credential. {EXPECTED}",
            rpc_status="UNAUTHENTICATED",
            place=place,
            headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
        )
    if token != TOKEN:
        realm = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
        raise GoogleError(
            401,
            "authError",
            f"Request had invalid authentication credentials. {EXPECTED}",
            rpc_status="UNAUTHENTICATED",
            place=place,
            headers={"WWW-Authenticate": realm},
        )


def token_vendor() -> Vendor:
    """Serve what Google tells about a token (https://oauth2.googleapis.com/tokeninfo)."""
    parameters = (Parameter("access_token"), Parameter("fields"), Parameter("prettyPrint"))
    return Vendor(
        root="",
        endpoints=(Endpoint("GET", "/tokeninfo", _token_info, parameters),),
        authorize=lambda _headers: None,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=unavailable,
    )


def _token_info(call: Call) -> JsonObject:
    if call.query.text("access_token") != TOKEN:
        body: JsonObject = {"error": "invalid_token", "error_description": "Invalid Value"}
        raise VendorError(400, "invalid_token", "Invalid Value", body, {})
    return {
        "azp": "sandbox.apps.googleusercontent.com",
        "aud": "sandbox.apps.googleusercontent.com",
        "sub": "100000000000000000001",
        "scope": " ".join(SCOPES),
        "exp": "4102444800",
        "expires_in": "3599",
        "email": ACCOUNT,
        "email_verified": "true",
        "access_type": "offline",
    }


def unavailable() -> GoogleError:
    """Say that the service's own storage fails."""
    message = "The service is currently unavailable."
    return GoogleError(503, "backendError", message, rpc_status="UNAVAILABLE")


def refuse_old_query(fault: Fault) -> GoogleError:
    """Refuse a query parameter as Calendar does."""
    parameter, place = fault.parameter, ("parameter", fault.name)
    if parameter is None or fault.problem == "repeated":
        return _bad_request(_unknown_query(fault))
    if fault.problem == "missing":
        message = f"Required parameter: {fault.name}"
        return GoogleError(400, "required", message, place=place)
    if parameter.kind == "date-time":
        # Calendar says no more than this about a timeMin without an offset.
        return GoogleError(400, "badRequest", "Bad Request")
    if fault.problem == "choice":
        allowed = ", ".join(parameter.choices)
        message = f"Invalid string value: '{fault.value}'. Allowed values: [{allowed}]"
    elif fault.problem == "minimum":
        message = (
            f"Invalid value '{fault.value}'. Values must be within the range:"
            f" [{parameter.minimum}, 2147483647]"
        )
    else:
        message = f"Invalid {parameter.kind} value: '{fault.value}'."
    return GoogleError(400, "invalidParameter", message, place=place)


def refuse_query(fault: Fault) -> GoogleError:
    """Refuse a query parameter as Gmail does."""
    if fault.parameter is None or fault.problem == "repeated":
        return _bad_request(_unknown_query(fault))
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in fault.name)
    kind = {"integer": "TYPE_UINT32", "boolean": "TYPE_BOOL"}.get(fault.parameter.kind, "TYPE_ENUM")
    return _bad_request(f"Invalid value at '{snake}' ({kind}), \"{fault.value}\"")


def _unknown_query(fault: Fault) -> str:
    if fault.problem == "repeated":
        return (
            f'Invalid JSON payload received. Unknown name "{fault.name}":'
            " Proto field is not repeating, cannot start list."
        )
    return (
        f'Invalid JSON payload received. Unknown name "{fault.name}": Cannot bind query parameter.'
        f" Field '{fault.name}' could not be found in request message."
    )


def refuse_body(fault: BodyFault) -> GoogleError:
    """Refuse a body."""
    if fault.problem == "syntax":
        return GoogleError(400, "parseError", "Parse Error", rpc_status=INVALID)
    if fault.problem == "unknown":
        at = f" at '{fault.where}'" if fault.where else ""
        message = (
            f'Invalid JSON payload received. Unknown name "{fault.name}"{at}: Cannot find field.'
        )
        return _bad_request(message)
    kind = TYPE_NAMES.get(fault.kind, "TYPE_STRING")
    return _bad_request(f"Invalid value at '{fault.path}' ({kind}), {fault.value!r}")


def _bad_request(message: str) -> GoogleError:
    return GoogleError(400, "badRequest", message, rpc_status=INVALID)


def page_of(
    items: Sequence[Item], query: Query, *, default: int, most: int
) -> tuple[list[Item], str | None]:
    """Cut the page that `pageToken` and `maxResults` ask for, with the token of the next."""
    # Google cuts a maxResults that is too large down to its limit without a word.
    size = min(query.number("maxResults", default) or default, most)
    token = query.text("pageToken")
    start = _page_start(token) if token else 0
    end = start + size
    return list(items[start:end]), _page_token(end) if end < len(items) else None


def _page_token(start: int) -> str:
    return base64.urlsafe_b64encode(f"from:{start}".encode()).decode().rstrip("=")


def _page_start(token: str) -> int:
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        return int(text.removeprefix("from:"))
    except ValueError:
        raise GoogleError(400, "invalid", "Invalid page token value.") from None
