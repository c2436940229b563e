"""A page of Arion in a real browser, over the whole product or over answers made up for a test."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page, Route, WebSocketRoute, async_playwright

from arion_host.exchange import TurnResult

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]
PAGE = Path(__file__).parents[2] / "clients" / "pwa"


@dataclass
class ScriptedHost:
    """Serves the page, and answers each turn with the next of its answers."""

    answers: list[TurnResult | None] = field(default_factory=list[TurnResult | None])
    """None: the connection breaks before the answer."""
    speech: str = "absent"
    full: bool = False
    """There is no room for another connection."""
    voice: Callable[[WebSocketRoute], None] | None = None
    """Takes the connections of the voice channel."""
    asked: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """The turns that came over HTTP."""
    url: str = "http://localhost:1/"

    async def answer(self, route: Route) -> None:
        """Answer one request of the page."""
        match urlsplit(route.request.url).path:
            case "/ready":
                await route.fulfill(json={"parts": {"speech": {"state": self.speech}}})
            case "/v1/voice/ticket":
                busy = {"error": {"kind": "busy", "retry_after_s": 60}}
                ticket = {"ticket": "once", "expires_s": 30}
                await route.fulfill(
                    status=503 if self.full else 200, json=busy if self.full else ticket
                )
            case "/v1/turns":
                self.asked.append(json.loads(route.request.post_data or ""))
                answer = self.answers.pop(0)
                if answer is None:
                    await route.abort()
                else:
                    await route.fulfill(
                        body=answer.model_dump_json(), content_type="application/json"
                    )
            case path:
                await route.fulfill(path=PAGE / (path[1:] or "index.html"))


@asynccontextmanager
async def opened(
    url: str,
    *,
    locale: str = "ko-KR",
    microphone: Path | None = None,
    phone: bool = False,
    dark: bool = False,
    host: ScriptedHost | None = None,
    expected_errors: int = 0,
) -> AsyncGenerator[Page]:
    """A page of a fresh browser; its console errors fail the test, unless so many are expected."""
    flags = [
        *FLAGS,
        *([f"--use-file-for-fake-audio-capture={microphone}%noloop"] if microphone else []),
    ]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = await browser.new_context(
            locale=locale,
            timezone_id="Asia/Seoul",
            permissions=["microphone"],
            viewport={"width": 360, "height": 780} if phone else {"width": 1100, "height": 800},
            color_scheme="dark" if dark else "light",
        )
        if host is not None:
            await context.route("**/*", host.answer)
            if host.voice is not None:
                await context.route_web_socket("**/v1/voice?ticket=once", host.voice)
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        await page.goto(url)
        yield page
        await browser.close()
        assert len(errors) == expected_errors, errors
