"""The page in a real browser, with a fake microphone, against the whole product."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import async_playwright, expect
from tests.e2e.conftest import Running

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

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt install chromium"),
]


@asynccontextmanager
async def opened(
    url: str, *, locale: str = "ko-KR", microphone: Path | None = None, phone: bool = False
):
    """A page of a fresh browser; its console errors fail the test."""
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
            viewport={"width": 390, "height": 780} if phone else {"width": 1100, "height": 800},
        )
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        await page.goto(url)
        yield page
        await browser.close()
        assert errors == []


def events(arion: Running, question: str) -> list[str]:
    """What is in the calendar, whatever of it is spoken of."""
    [call] = arion.turn(question)["calls"]
    return [event["summary"] for event in call["result"]["events"]]


async def test_a_typed_command_is_done_and_shown(arion: Running):
    async with opened(arion.url, phone=True) as page:
        await expect(page.get_by_role("status")).to_have_text("연결됨")
        await page.get_by_label("아리온에게 할 말").fill("모레 오전 10시에 안과 예약 잡아줘")
        await page.keyboard.press("Enter")
        turn = page.locator(".turn")
        await expect(turn.locator(".said")).to_have_text("모레 오전 10시에 안과 예약 잡아줘")
        await expect(turn.locator(".answer")).to_contain_text("안과 예약", timeout=20_000)
        await expect(turn.locator(".calls summary")).to_contain_text("calendar_create_event ✓")
        fits = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits
    assert "안과 예약" in events(arion, "모레 일정 알려줘")


async def test_a_deletion_waits_for_the_button(arion: Running):
    arion.turn("모레 오후 4시에 사진관 예약 잡아줘")
    async with opened(arion.url) as page:
        await expect(page.get_by_role("status")).to_have_text("연결됨")
        await page.get_by_label("아리온에게 할 말").fill("모레 사진관 예약 취소해줘")
        await page.keyboard.press("Enter")
        yes = page.get_by_role("button", name="네, 해 주세요")
        await expect(yes).to_be_visible(timeout=20_000)
        assert "사진관 예약" in events(arion, "모레 일정 알려줘")
        await yes.click()
        await expect(page.locator(".calls summary").last).to_contain_text(
            "calendar_delete_event ✓", timeout=20_000
        )
    assert "사진관 예약" not in events(arion, "모레 일정 알려줘")


@pytest.mark.parametrize(
    ("said", "language", "locale", "voice"),
    [
        ("What is on my calendar tomorrow afternoon?", "en", "en-US", "fast"),
        ("이번 주 일정 알려줘", "ko", "ko-KR", "natural"),
    ],
)
async def test_a_spoken_question_is_heard_and_answered_aloud(
    arion: Running, speak: Callable[..., Any], said: str, language: str, locale: str, voice: str
):
    recording = await speak(said, language, voice)
    async with opened(arion.url, locale=locale, microphone=recording) as page:
        await expect(page.get_by_role("status")).to_have_text(
            "연결됨" if language == "ko" else "Connected"
        )
        await page.get_by_role(
            "button", name="말하기" if language == "ko" else "Speak", exact=True
        ).click()
        turn = page.locator(".turn")
        await expect(turn.locator(".calls summary")).to_contain_text(
            "calendar_list_events ✓", timeout=40_000
        )
        # The badge appears with the first sound that reached the page's player.
        await expect(turn.locator(".latency")).to_be_visible(timeout=40_000)
