"""The page in a real browser, with a fake microphone, against the whole product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import expect
from tests.e2e.browser import CHROMIUM, opened
from tests.e2e.conftest import Running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt install chromium"),
]


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
        card = page.get_by_role("group")
        await expect(card.get_by_role("heading").first).to_contain_text("삭제할까요?")
        await expect(card.locator(".given")).to_contain_text("캘린더에서")
        await expect(card.locator("h4 + .fields")).to_contain_text("사진관 예약")
        assert "사진관 예약" in events(arion, "모레 일정 알려줘")
        await yes.click()
        await expect(page.locator(".calls summary").last).to_contain_text(
            "calendar_delete_event ✓", timeout=20_000
        )
        await expect(card.get_by_role("status")).to_have_text("했어요.")
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
