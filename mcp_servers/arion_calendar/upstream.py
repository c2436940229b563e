"""How Google Calendar is reached, and what its refusals mean to a person."""

from __future__ import annotations

from arion_calendar.settings import GOOGLE, CalendarSettings
from arion_kit.credentials import Bearer
from arion_kit.google import NextSteps, google_translator
from arion_kit.http import UpstreamOptions
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind

SERVICE = "Google Calendar"

_QUOTA = Quota(units_per_s=9, burst=60)
"""Google lets one user make 600 requests in any minute (Calendar API, usage limits)."""


def upstream_options(settings: CalendarSettings) -> UpstreamOptions:
    """How to reach Google Calendar with these settings."""
    return UpstreamOptions(
        service=SERVICE,
        base_url=settings.base_url,
        credentials=Bearer(settings.token, "ARION_CALENDAR_TOKEN"),
        translate=google_translator(SERVICE, _NEXT_STEPS),
        quota=_QUOTA if settings.base_url == GOOGLE else None,  # a stand-in has none
    )


_NEXT_STEPS: NextSteps = {
    "accessNotConfigured": {
        "ko": "구글 클라우드 프로젝트에서 Google Calendar API를 켜 주세요.",
        "en": "Enable the Google Calendar API in the Google Cloud project.",
    },
    "insufficientPermissions": {
        "ko": "캘린더 권한이 있는 토큰을 새로 받아 주세요.",
        "en": "Get a token with the calendar scopes that the README names.",
    },
    "forbiddenForNonOrganizer": {
        "ko": "이 일정은 주최자만 바꿀 수 있어요.",
        "en": "Only the organizer can change this event.",
    },
    "requiredAccessLevel": {
        "ko": "이 캘린더는 볼 수만 있어요. 다른 캘린더에 해 주세요.",
        "en": "This calendar can only be read. Use another one.",
    },
    ErrorKind.NOT_FOUND: {
        "ko": "일정이나 캘린더를 다시 찾아 주세요.",
        "en": "Look the event up with calendar_list_events, the calendar with "
        "calendar_list_calendars.",
    },
    ErrorKind.GONE: {
        "ko": "더 하실 일은 없어요.",
        "en": "There is nothing left to do.",
    },
}
"""What to do next, by Google's reason or else by kind, where the kit's own words say too little."""
