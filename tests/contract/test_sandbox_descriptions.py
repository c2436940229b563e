"""What the stand-ins declare, and what they send, against Google's own descriptions."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox import NOW, Sandbox
from tests.vendor_specs import Discovery, calendar, gmail

from arion_sandbox import gmail as gmail_vendor
from arion_sandbox import google_calendar
from arion_sandbox.endpoints import Endpoint, Parameter, Shape, Vendor
from arion_sandbox.store import Store

pytestmark = pytest.mark.thorough

KINDS = {"string": "string", "integer": "integer", "boolean": "boolean", "date-time": "string"}


def endpoints() -> list[tuple[Discovery, Vendor, Endpoint]]:
    store = Store(None)
    vendors = [
        (calendar(), google_calendar.vendor(store, lambda: NOW)),
        (gmail(), gmail_vendor.vendor(store, lambda: NOW)),
    ]
    store.close()
    return [
        (description, vendor, endpoint)
        for description, vendor in vendors
        for endpoint in vendor.endpoints
    ]


ENDPOINTS = endpoints()
IDS = [f"{endpoint.verb} {vendor.root}{endpoint.path}" for _, vendor, endpoint in ENDPOINTS]
each_endpoint = pytest.mark.parametrize(("description", "vendor", "endpoint"), ENDPOINTS, ids=IDS)


def described(description: Discovery, vendor: Vendor, endpoint: Endpoint) -> Any:
    method = description.method(endpoint.verb, vendor.root + endpoint.path)
    assert method is not None, "Google has no such method"
    return method


def parameter_faults(parameter: Parameter, spec: Any) -> list[str]:
    faults: list[str] = []
    if spec["type"] != KINDS[parameter.kind]:
        faults.append(f"{parameter.name}: {parameter.kind}, not {spec['type']}")
    if (spec.get("format") == "date-time") != (parameter.kind == "date-time"):
        faults.append(f"{parameter.name}: format {spec.get('format')}")
    if sorted(parameter.choices) != sorted(spec.get("enum", [])):
        faults.append(f"{parameter.name}: one of {spec.get('enum')}")
    if parameter.repeated != spec.get("repeated", False):
        faults.append(f"{parameter.name}: repeated {spec.get('repeated')}")
    return faults


@each_endpoint
def test_every_declared_parameter_is_one_of_googles(
    description: Discovery, vendor: Vendor, endpoint: Endpoint
):
    method = described(description, vendor, endpoint)
    known = {**description.document["parameters"], **method.get("parameters", {})}
    # Gmail's `alt` has two more values, which a JSON client has no use for.
    known["alt"] = {**known["alt"], "enum": ["json"]}
    names = [parameter.name for parameter in endpoint.parameters]
    assert set(names) <= known.keys()
    assert len(set(names)) == len(names)
    faults = [f for p in endpoint.parameters for f in parameter_faults(p, known[p.name])]
    assert faults == []


@each_endpoint
def test_every_declared_body_field_is_one_of_googles(
    description: Discovery, vendor: Vendor, endpoint: Endpoint
):
    method = described(description, vendor, endpoint)
    assert (endpoint.body is not None) == ("request" in method)
    if endpoint.body is not None:
        assert shape_faults(description, "$", endpoint.body, method["request"]) == []


def shape_faults(description: Discovery, where: str, shape: Shape, spec: Any) -> list[str]:
    spec = description.document["schemas"][spec["$ref"]] if "$ref" in spec else spec
    if isinstance(shape, str):
        kinds = {spec["type"], spec.get("format", "string")}
        expected = {"boolean": "boolean", "int32": "int32"}.get(shape, shape)
        return [] if expected in kinds else [f"{where}: {shape}, not {sorted(kinds)}"]
    if isinstance(shape, list):
        return shape_faults(description, f"{where}[]", shape[0], spec["items"])
    fields = {**spec.get("properties", {}), "*": spec.get("additionalProperties")}
    faults = [f"{where}.{name}: not Google's" for name in shape if not fields.get(name)]
    for name, inner in shape.items():
        if fields.get(name):
            faults += shape_faults(description, f"{where}.{name}", inner, fields[name])
    return faults


EVENT = {
    "id": "descriptionsevent1",
    "summary": "설명 대조",
    "start": {"dateTime": "2026-11-24T15:00:00", "timeZone": "Asia/Seoul"},
    "end": {"dateTime": "2026-11-24T16:00:00+09:00"},
    "attendees": [{"email": "sumin.lee@yeoul.example"}],
}
CALENDAR = "/calendar/v3/calendars/primary/events"
CALENDAR_CALLS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "/calendar/v3/users/me/calendarList", None),
    ("GET", f"{CALENDAR}?maxResults=5", None),
    ("GET", f"{CALENDAR}?singleEvents=true&timeMin=2026-11-01T00:00:00Z&showDeleted=true", None),
    ("POST", CALENDAR, EVENT),
    ("GET", f"{CALENDAR}/descriptionsevent1", None),
    ("PATCH", f"{CALENDAR}/descriptionsevent1", {"location": "코엑스"}),
    ("PUT", f"{CALENDAR}/descriptionsevent1", {name: EVENT[name] for name in ("start", "end")}),
    ("DELETE", f"{CALENDAR}/descriptionsevent1", None),
    ("GET", f"{CALENDAR}?showDeleted=true", None),
    (
        "POST",
        "/calendar/v3/freeBusy",
        {
            "timeMin": "2026-11-23T00:00:00+09:00",
            "timeMax": "2026-11-24T00:00:00+09:00",
            "items": [{"id": "primary"}, {"id": "nobody@example.com"}],
        },
    ),
]


async def test_what_calendar_sends_fits_googles_schemas(sandbox: Sandbox):
    found: dict[str, list[str]] = {}
    async with sandbox.google_client() as client:
        for verb, path, body in CALENDAR_CALLS:
            response = await client.request(verb, path, json=body)
            assert response.is_success, response.text
            sent = response.json() if response.content else None
            found[f"{verb} {path}"] = calendar().check_response(verb, path.partition("?")[0], sent)
    assert {call: faults for call, faults in found.items() if faults} == {}
    assert sandbox.violations() == []


async def test_what_gmail_sends_fits_googles_schemas(sandbox: Sandbox):
    base, found = "/gmail/v1/users/me", dict[str, list[str]]()
    paths = [f"{base}/{name}" for name in ("profile", "labels", "labels/INBOX")]
    paths += [f"{base}/{kind}?maxResults=50" for kind in ("messages", "threads")]
    async with sandbox.google_client() as client:
        listed = (await client.get(f"{base}/messages?includeSpamTrash=true")).json()["messages"]
        for message in listed:
            styles = ("full", "metadata", "minimal", "raw")
            paths += [f"{base}/messages/{message['id']}?format={style}" for style in styles]
            paths.append(f"{base}/threads/{message['threadId']}")
        for path in paths:
            response = await client.get(path)
            assert response.is_success, response.text
            found[path] = gmail().check_response("GET", path.partition("?")[0], response.json())
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert sandbox.violations() == []


BAD_REQUESTS: list[tuple[str, str, Any]] = [
    ("GET", f"{CALENDAR}?timeMin=2026-11-23T00:00:00", None),
    ("GET", f"{CALENDAR}?timeMin=today", None),
    ("GET", f"{CALENDAR}?orderBy=start", None),
    ("GET", f"{CALENDAR}?maxResults=0", None),
    ("GET", f"{CALENDAR}?maxResults=many", None),
    ("GET", f"{CALENDAR}?singleEvents=True", None),
    ("GET", f"{CALENDAR}?single_events=true", None),
    ("GET", f"{CALENDAR}?timeMin=2026-11-23T00:00:00Z&timeMin=2026-11-24T00:00:00Z", None),
    ("GET", "/calendar/v3/users/me/calendarList?minAccessRole=boss", None),
    ("POST", f"{CALENDAR}?sendUpdates=everyone", EVENT),
    ("POST", CALENDAR, EVENT | {"title": "x"}),
    ("POST", CALENDAR, EVENT | {"summary": 5}),
    ("POST", CALENDAR, EVENT | {"start": "tomorrow"}),
    ("POST", CALENDAR, EVENT | {"start": {"date": "24.11."}}),
    ("POST", CALENDAR, EVENT | {"start": {"dateTime": "2026-11-24 15:00"}}),
    ("POST", CALENDAR, EVENT | {"attendees": "everyone"}),
    ("POST", CALENDAR, EVENT | {"attendees": [{"mail": "a@b.example"}]}),
    ("POST", CALENDAR, EVENT | {"reminders": {"overrides": [{"minutes": "10"}]}}),
    ("POST", CALENDAR, {"summary": "no time"}),
    ("POST", "/calendar/v3/freeBusy", {"items": ["primary"]}),
    ("GET", "/gmail/v1/users/me/messages?maxResults=-1", None),
    ("GET", "/gmail/v1/users/me/messages?query=x", None),
    ("GET", "/gmail/v1/users/me/messages?includeSpamTrash=yes", None),
    ("GET", "/gmail/v1/users/me/messages/18f?format=html", None),
    ("GET", "/gmail/v1/users/me/threads/18f?format=raw", None),
]


@pytest.mark.parametrize(
    ("verb", "path", "body"), BAD_REQUESTS, ids=[f"{b[1]} {b[2]}"[-60:] for b in BAD_REQUESTS]
)
async def test_what_google_describes_as_wrong_is_refused(
    sandbox: Sandbox,
    verb: str,
    path: str,
    body: Any,
):
    async with sandbox.google_client() as client:
        response = await client.request(verb, path, json=body)
    assert sandbox.violations() != []
    assert response.status_code == 400
    error = response.json()["error"]
    assert error["code"] == 400
    assert error["errors"][0]["message"] == error["message"]
