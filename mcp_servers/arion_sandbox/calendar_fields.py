"""What the Calendar methods accept, as data.

A subset of Google's discovery document calendar.v3, which the tests hold it against.
"""

from __future__ import annotations

from arion_sandbox.endpoints import Parameter, Shape

ROLES = ("freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")
"""What a person may do in a calendar, from little to all."""

EVENT_TYPES = (
    "birthday",
    "default",
    "focusTime",
    "fromGmail",
    "outOfOffice",
    "workingLocation",
)

LIST_CALENDARS = (
    Parameter("maxResults", "integer", minimum=1),
    Parameter("minAccessRole", choices=ROLES),
    Parameter("pageToken"),
    Parameter("showDeleted", "boolean"),
    Parameter("showHidden", "boolean"),
)

LIST_EVENTS = (
    Parameter("eventTypes", choices=EVENT_TYPES, repeated=True),
    Parameter("iCalUID"),
    Parameter("maxResults", "integer", minimum=1),
    Parameter("orderBy", choices=("startTime", "updated")),
    Parameter("pageToken"),
    Parameter("privateExtendedProperty", repeated=True),
    Parameter("q"),
    Parameter("showDeleted", "boolean"),
    Parameter("singleEvents", "boolean"),
    Parameter("syncToken"),
    Parameter("timeMax", "date-time"),
    Parameter("timeMin", "date-time"),
    Parameter("timeZone"),
    Parameter("updatedMin", "date-time"),
)

LIST_INSTANCES = (
    Parameter("maxAttendees", "integer", minimum=1),
    Parameter("maxResults", "integer", minimum=1),
    Parameter("originalStart"),
    Parameter("pageToken"),
    Parameter("showDeleted", "boolean"),
    Parameter("timeMax", "date-time"),
    Parameter("timeMin", "date-time"),
    Parameter("timeZone"),
)

GET_EVENT = (
    Parameter("alwaysIncludeEmail", "boolean"),
    Parameter("maxAttendees", "integer", minimum=1),
    Parameter("timeZone"),
)

DELETE_EVENT = (
    Parameter("sendUpdates", choices=("all", "externalOnly", "none")),
    Parameter("sendNotifications", "boolean"),
)
"""Whom Google tells of a change. The stand-in writes down who would be told, and tells nobody."""

WRITE_EVENT = (
    *DELETE_EVENT,
    Parameter("conferenceDataVersion", "integer", minimum=0, maximum=1),
    Parameter("maxAttendees", "integer", minimum=1),
    Parameter("supportsAttachments", "boolean"),
)

EVENT_TIME: dict[str, Shape] = {"date": "date", "dateTime": "date-time", "timeZone": "string"}

PERSON: dict[str, Shape] = {
    "id": "string",
    "email": "string",
    "displayName": "string",
    "self": "boolean",
}

EVENT: dict[str, Shape] = {
    "kind": "string",
    "etag": "string",
    "id": "string",
    "status": "string",
    "htmlLink": "string",
    "created": "date-time",
    "updated": "date-time",
    "summary": "string",
    "description": "string",
    "location": "string",
    "colorId": "string",
    "creator": PERSON,
    "organizer": PERSON,
    "start": EVENT_TIME,
    "end": EVENT_TIME,
    "originalStartTime": EVENT_TIME,
    "recurrence": ["string"],
    "recurringEventId": "string",
    "transparency": "string",
    "visibility": "string",
    "iCalUID": "string",
    "sequence": "int32",
    "eventType": "string",
    "hangoutLink": "string",
    "attendees": [
        {
            **PERSON,
            "organizer": "boolean",
            "resource": "boolean",
            "optional": "boolean",
            "responseStatus": "string",
            "comment": "string",
            "additionalGuests": "int32",
        }
    ],
    "reminders": {
        "useDefault": "boolean",
        "overrides": [{"method": "string", "minutes": "int32"}],
    },
    "extendedProperties": {"private": {"*": "string"}, "shared": {"*": "string"}},
    "attendeesOmitted": "boolean",
    "anyoneCanAddSelf": "boolean",
    "attachments": [
        {"fileUrl": "string", "title": "string", "mimeType": "string", "iconLink": "string"}
    ],
    "conferenceData": {
        "createRequest": {
            "requestId": "string",
            "conferenceSolutionKey": {"type": "string"},
            "status": {"statusCode": "string"},
        },
        "conferenceId": "string",
        "conferenceSolution": {
            "key": {"type": "string"},
            "name": "string",
            "iconUri": "string",
        },
        "entryPoints": [{"entryPointType": "string", "uri": "string", "label": "string"}],
        "notes": "string",
        "signature": "string",
    },
    "guestsCanInviteOthers": "boolean",
    "guestsCanModify": "boolean",
    "guestsCanSeeOtherGuests": "boolean",
    "source": {"url": "string", "title": "string"},
}

FREE_BUSY: dict[str, Shape] = {
    "timeMin": "date-time",
    "timeMax": "date-time",
    "timeZone": "string",
    "items": [{"id": "string"}],
    "groupExpansionMax": "int32",
    "calendarExpansionMax": "int32",
}
