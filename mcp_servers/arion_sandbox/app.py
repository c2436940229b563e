"""The vendors' stand-ins as one web application.

Each vendor has its own paths below a prefix: `/google/calendar/v3/…`, `/kakao/v2/local/…`.
`/_sandbox/…` is for tests: empty and seed the accounts anew, see what was asked and what they hold,
say what is heard in speech.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from arion_sandbox import (
    coupang,
    elevenlabs,
    github,
    gmail,
    google,
    google_calendar,
    kakao_local,
    kakao_navi,
    notion,
    odsay,
    openai_audio,
    speech,
    tmap,
)
from arion_sandbox.calendar_seed import SEOUL
from arion_sandbox.clock import Clock, SettableClock
from arion_sandbox.digest import digest
from arion_sandbox.endpoints import Vendor, routes
from arion_sandbox.guards import LOOPBACK, HostGuard, Recorder
from arion_sandbox.seed import seed_rows
from arion_sandbox.store import Store
from arion_sandbox.web_mounts import SEARCH_SETTINGS, WEB_MOUNTS, daum_vendor

DATABASE = "sandbox.sqlite3"

MOUNTS: Mapping[str, tuple[Callable[[Store, Clock], Vendor], ...]] = {
    "coupang": (coupang.vendor,),
    "google": (
        google_calendar.vendor,
        gmail.vendor,
        gmail.upload_vendor,
        lambda _store, _now: google.token_vendor(),
    ),
    "github": (github.vendor, github.log_store),
    "kakao": (
        lambda _store, _now: kakao_local.vendor(),
        lambda _store, now: kakao_navi.vendor(now),
        daum_vendor,
    ),
    "elevenlabs": (lambda store, _now: elevenlabs.vendor(store),),
    "odsay": (lambda _store, _now: odsay.vendor(),),
    "openai": (lambda store, _now: openai_audio.vendor(store),),
    "tmap": (lambda _store, _now: tmap.vendor(),),
    **WEB_MOUNTS,
    "notion": (notion.vendor,),
}
"""The vendors by the first segment of their paths here."""

SERVERS: Mapping[str, Mapping[str, str]] = {
    "calendar": {"BASE_URL": "/google", "TOKEN": "sandbox"},
    "github": {"BASE_URL": "/github", "TOKEN": "sandbox"},
    "gmail": {"BASE_URL": "/google", "TOKEN": "sandbox"},
    "kakaomap": {
        "BASE_URL": "/kakao",
        "TOKEN": "sandbox",
        "ODSAY_BASE_URL": "/odsay",
        "ODSAY_KEY": "sandbox",
        "TMAP_BASE_URL": "/tmap",
        "TMAP_KEY": "sandbox",
    },
    "notion": {"BASE_URL": "/notion", "TOKEN": "sandbox"},
    "search": SEARCH_SETTINGS,
    "shopping": {
        "BASE_URL": "/coupang",
        "TOKEN": "sandbox:sandbox",
        # This account may search as often as it likes.
        "SEARCHES_PER_HOUR": "1000",
    },
}
"""Settings (`ARION_<NAME>_<SETTING>`) that make a tool server work here, by its name.

A value that starts with a slash is a path below the sandbox's own address.
"""


def create_app(
    data_dir: Path | None,
    now: Clock,
    *,
    hosts: frozenset[str] = LOOPBACK,
) -> Starlette:
    """Build the stand-ins over the accounts in `data_dir` (None: in memory).

    `now` gives the time with its offset. Raises `OSError` or `sqlite3.Error` when the data
    cannot be opened.
    """
    clock = SettableClock(now)
    store = Store(data_dir / DATABASE if data_dir else None)
    if store.seeded_day() != _today(clock):
        store.seed(_today(clock), seed_rows(_today(clock)))
    vendors = Starlette(
        routes=[
            Mount(
                f"/{prefix}",
                routes=[route for make in makers for route in routes(make(store, clock))],
            )
            for prefix, makers in MOUNTS.items()
        ]
    )
    recorder = Recorder(vendors, frozenset(MOUNTS))

    async def health(_: Request) -> JSONResponse:
        servers = {name: dict(settings) for name, settings in SERVERS.items()}
        return JSONResponse({"status": "ok", "servers": servers})

    async def requests(_: Request) -> JSONResponse:
        kept = [recorded.as_json() for recorded in recorder.requests]
        return JSONResponse({"count": recorder.count, "requests": kept})

    async def reset(request: Request) -> JSONResponse:
        if "now" in request.query_params:
            try:
                clock.stop(request.query_params["now"])
            except ValueError as error:
                return JSONResponse({"status": "refused", "reason": str(error)}, 400)
        store.clear()
        store.seed(_today(clock), seed_rows(_today(clock)))
        recorder.clear()
        return JSONResponse({"status": "reset"})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        store.close()

    app = Starlette(
        routes=[
            Route("/health", health),
            Route("/_sandbox/requests", requests),
            Route("/_sandbox/digest", _digest_of(store)),
            Route("/_sandbox/reset", reset, methods=["POST"]),
            Route("/_sandbox/hears", _hears(store), methods=["POST"]),
            Mount("/", recorder),
        ],
        middleware=[Middleware(HostGuard, hosts=hosts)],
        lifespan=lifespan,
    )
    app.state.recorder = recorder
    app.state.store = store
    return app


def _digest_of(store: Store) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(digest(store))

    return answer


def _hears(store: Store) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def answer(request: Request) -> JSONResponse:
        speech.tell(store, (await request.body()).decode())
        return JSONResponse({"status": "told"})

    return answer


def _today(now: Clock) -> date:
    return now().astimezone(SEOUL).date()
