"""What a stand-in answers when it refuses.

VendorError             status, JSON body and headers, exactly as the vendor sends them
├── GoogleError         {"error": {"code", "message", "errors": [{"domain", "reason", …}]}}
└── KakaoError          {"errorType", "message"}

Shapes: Google's and Kakao's documentation. Wordings marked MEM were never seen in a reply.
"""

from __future__ import annotations

from arion_sandbox.json_types import JsonObject


class VendorError(Exception):
    """A refusal; `kind` is the vendor's own machine-readable reason."""

    def __init__(
        self, status: int, kind: str, message: str, body: JsonObject, headers: dict[str, str]
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.body = body
        self.headers = headers


class GoogleError(VendorError):
    """A refusal of Calendar or Gmail.

    `rpc_status` ("INVALID_ARGUMENT") is sent by the newer front end and left out by the older
    one, which still serves most of Calendar. `place` is ("parameter" or "header", its name).
    """

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        rpc_status: str | None = None,
        place: tuple[str, str] | None = None,
        domain: str = "global",
        headers: dict[str, str] | None = None,
    ) -> None:
        detail: JsonObject = {"domain": domain, "reason": reason, "message": message}
        if place:
            detail |= {"locationType": place[0], "location": place[1]}
        error: JsonObject = {"errors": [detail], "code": status, "message": message}
        if rpc_status:
            error["status"] = rpc_status
        super().__init__(status, reason, message, {"error": error}, headers or {})


class KakaoError(VendorError):
    """A refusal of Kakao Local."""

    def __init__(self, status: int, error_type: str, message: str) -> None:
        body: JsonObject = {"errorType": error_type, "message": message}
        super().__init__(status, error_type, message, body, {})
