"""The vendors' stand-ins as one web application.

`/google/calendar/v3/…`, `/google/gmail/v1/…` and `/kakao/v2/local/…` are the vendors' own paths.
`/_sandbox/…` is for tests: empty and seed the accounts anew, and see what was asked.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from arion_sandbox import gmail, google_calendar, kakao_local
from arion_sandbox.endpoints import routes
from arion_sandbox.guards import LOOPBACK, HostGuard, Recorder
from arion_sandbox.seed import SEOUL, seed_rows
from arion_sandbox.store import Store

DATABASE = "sandbox.sqlite3"

SERVERS = {"calendar": "/google", "gmail": "/google", "kakaomap": "/kakao"}
"""Tool servers (by the NAME of `ARION_<NAME>_BASE_URL`) and the path of their vendor here."""


def create_app(
    data_dir: Path | None,
    now: Callable[[], datetime],
    *,
    hosts: frozenset[str] = LOOPBACK,
) -> Starlette:
    """Build the stand-ins over the accounts in `data_dir` (None: in memory).

    `now` gives the time with its offset. Raises `OSError` or `sqlite3.Error` when the data
    cannot be opened.
    """
    store = Store(data_dir / DATABASE if data_dir else None)
    if store.seeded_day() != _today(now):
        store.seed(_today(now), seed_rows(_today(now)))
    google = (google_calendar.vendor(store, now), gmail.vendor(store, now))
    vendors = Starlette(
        routes=[
            Mount("/google", routes=[route for vendor in google for route in routes(vendor)]),
            Mount("/kakao", routes=routes(kakao_local.vendor())),
        ]
    )
    recorder = Recorder(vendors, frozenset({"google", "kakao"}))

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "servers": SERVERS})

    async def requests(_: Request) -> JSONResponse:
        kept = [recorded.as_json() for recorded in recorder.requests]
        return JSONResponse({"count": recorder.count, "requests": kept})

    async def reset(_: Request) -> JSONResponse:
        store.clear()
        store.seed(_today(now), seed_rows(_today(now)))
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
            Route("/_sandbox/reset", reset, methods=["POST"]),
            Mount("/", recorder),
        ],
        middleware=[Middleware(HostGuard, hosts=hosts)],
        lifespan=lifespan,
    )
    app.state.recorder = recorder
    app.state.store = store
    return app


def _today(now: Callable[[], datetime]) -> date:
    return now().astimezone(SEOUL).date()
