"""Video meetings of events, as Google makes them: asked for with a request, there with a link."""

from __future__ import annotations

import hashlib

from arion_sandbox.errors import GoogleError
from arion_sandbox.json_types import JsonObject, as_object, as_text


def with_meeting(event: JsonObject, before: JsonObject, version: int) -> JsonObject:
    """Make the meeting that an event asks for.

    A client that does not say that it knows about meetings (`conferenceDataVersion=1`) changes
    nothing about them.
    """
    if version == 0:
        event = {name: it for name, it in event.items() if name != "conferenceData"}
        kept = {name: before[name] for name in ("conferenceData", "hangoutLink") if name in before}
        return event | kept
    asked = as_object(as_object(event.get("conferenceData")).get("createRequest"))
    if not event.get("conferenceData"):
        return {name: it for name, it in event.items() if name != "hangoutLink"}
    if not asked or "entryPoints" in as_object(event["conferenceData"]):
        return event
    request_id = as_text(asked.get("requestId"))
    solution = as_text(as_object(asked.get("conferenceSolutionKey")).get("type"))
    if not request_id or solution != "hangoutsMeet":
        raise GoogleError(400, "invalid", "Invalid conference type value.")
    letters = "".join(chr(ord("a") + n % 26) for n in hashlib.sha256(request_id.encode()).digest())
    code = f"{letters[:3]}-{letters[3:7]}-{letters[7:10]}"
    link = f"https://meet.google.com/{code}"
    meeting: JsonObject = {
        "createRequest": {**asked, "status": {"statusCode": "success"}},
        "entryPoints": [
            {"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}
        ],
        "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
        "conferenceId": code,
    }
    return event | {"conferenceData": meeting, "hangoutLink": link}
