"""How Coupang's gateway lets a request in: an HMAC over its date, method, path and query.

Source: Coupang's HMAC guide for its open APIs. Wordings of the refusals are second-hand.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from arion_sandbox.endpoints import Call
from arion_sandbox.errors import VendorError
from arion_sandbox.json_types import JsonObject

Clock = Callable[[], datetime]
Handle = Callable[[Call], JsonObject]

WINDOW = timedelta(minutes=5)
"""How far a signature's date may be from the gateway's clock."""

_HEADER = re.compile(
    r"CEA algorithm=HmacSHA256, ?access-key=(?P<key>[^,]+), ?"
    r"signed-date=(?P<date>\d{6}T\d{6}Z), ?signature=(?P<signature>[0-9a-f]{64})"
)


class GatewayError(VendorError):
    """A refusal by the gateway, before the API sees the request."""

    def __init__(self, message: str) -> None:
        body: JsonObject = {"code": "ERROR", "message": message, "transactionId": "sandbox"}
        super().__init__(401, "ERROR", message, body, {})


class SignatureGate:
    """Judges the `Authorization` of requests below `root`."""

    def __init__(self, root: str, secrets: Mapping[str, str], clock: Clock) -> None:
        self._root = root
        self._secrets = secrets
        self._clock = clock

    def authorize(self, headers: Mapping[str, str]) -> None:
        """Refuse what is malformed, unknown or out of date."""
        found = self._read(headers)
        if found["key"] not in self._secrets:
            raise GatewayError("Specified access key is unknown.")
        if not self._is_timely(found["date"]):
            raise GatewayError("Specified signature is expired.")

    def signed(self, verb: str, handle: Handle) -> Handle:
        """The handler, for requests whose signature is of this very method, path and query."""

        def checked(call: Call) -> JsonObject:
            found = self._read(call.headers)
            url = urlsplit(call.url)
            path = url.path[url.path.index(self._root) :]
            message = f"{found['date']}{verb}{path}{url.query}".encode()
            secret = self._secrets[found["key"]].encode()
            expected = hmac.new(secret, message, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(expected, found["signature"]):
                raise GatewayError("HMAC signature does not match.")
            return handle(call)

        return checked

    def _is_timely(self, date: str) -> bool:
        try:
            at = datetime.strptime(date, "%y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            return False
        return abs(self._clock() - at) <= WINDOW

    def _read(self, headers: Mapping[str, str]) -> re.Match[str]:
        found = _HEADER.fullmatch(headers.get("authorization", ""))
        if found is None:
            raise GatewayError("Authorization header is invalid.")
        return found
