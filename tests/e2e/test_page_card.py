"""The card that asks for a yes, and the page without a voice, over made-up answers."""

from __future__ import annotations

import asyncio
import json

import pytest
from playwright.async_api import Page, WebSocketRoute, expect
from tests.e2e.browser import CHROMIUM, ScriptedHost, opened
from tests.e2e.made_up import EVENT, LETTER, MAIL, asks, did

from arion_host.exchange import CallStatus

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt install chromium"),
]

MAIL_QUESTION = "김도윤에게 메일을 보낼까요?"
EVENT_QUESTION = "치과 예약을 넣을까요?"
YES, NO = "네, 해 주세요", "아니요"


async def say(page: Page, text: str) -> None:
    await page.get_by_label("아리온에게 할 말").fill(text)
    await page.keyboard.press("Enter")


async def row(page: Page, label: str) -> str:
    text = await page.locator(f'.given dt:text-is("{label}") + dd').inner_text()
    return "\n".join(filter(None, text.splitlines()))


async def test_the_card_shows_every_argument_and_where_it_comes_from():
    host = ScriptedHost([asks(MAIL_QUESTION, "mail", MAIL)])
    async with opened(host.url, host=host, phone=True, dark=True) as page:
        await say(page, "도윤이한테 메일 보내줘")
        card = page.get_by_role("group", name=MAIL_QUESTION)
        await expect(card.get_by_role("heading", name="메일 보내기")).to_be_visible()
        assert await row(page, "받는 사람") == (
            "김도윤 <doyun@example.com>\nseo@example.com\n말씀하신 내용"
        )
        assert "<img src=x onerror=alert(1)>\nAI가 쓴 글" in await row(page, "제목")
        assert (await row(page, "모두에게 답장")).startswith("아니요")
        await expect(card.locator('[data-origin="others"]')).to_have_text(
            "지메일에서 다른 사람이 쓴 내용"
        )
        await expect(card.locator(".warning")).to_contain_text("다른 사람이 쓴 내용")
        await expect(card.locator(".why")).to_contain_text("되돌릴 수 없어요.")
        # Of the preview, only what the arguments do not show already.
        await expect(card.locator("h4 + .fields dt")).to_have_text(["첨부 파일"])
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_long_text_is_folded_and_whole_on_demand():
    host = ScriptedHost([asks(MAIL_QUESTION, "mail", MAIL)])
    async with opened(host.url, host=host) as page:
        await say(page, "도윤이한테 메일 보내줘")
        words = page.locator(".value p", has_text="안녕하세요")
        folded = (await words.bounding_box() or {})["height"]
        await page.get_by_role("button", name="더 보기").click()
        unfolded = (await words.bounding_box() or {})["height"]
        assert unfolded > folded
        assert await words.inner_text() == LETTER.strip()
        await page.get_by_role("button", name="접기").click()


async def test_times_are_written_for_people_and_unseen_characters_are_spelled_out():
    host = ScriptedHost([asks(EVENT_QUESTION, "event", EVENT)])
    async with opened(host.url, host=host) as page:
        await say(page, "치과 잡아줘")
        assert "2031년 11월 24일 (월) 오후 3:00" in await row(page, "시작")
        assert "2031년 11월 24일 (월) 오후 4:00" in await row(page, "종료")
        assert "서울⟨U+202E⟩치과" in await row(page, "장소")


async def test_the_question_is_focused_and_answered_with_the_keyboard():
    done = did("보냈어요.", "mail", (MAIL, CallStatus.OK))
    host = ScriptedHost([asks(MAIL_QUESTION, "mail", MAIL), done])
    async with opened(host.url, host=host) as page:
        await say(page, "도윤이한테 메일 보내줘")
        await expect(page.get_by_role("heading", name=MAIL_QUESTION)).to_be_focused()
        for _ in range(2):
            await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name=YES)).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.locator(".outcome")).to_have_text("했어요.")
        await expect(page.get_by_role("button", name=YES)).to_have_count(0)
    answer = host.asked[1]
    assert (answer["confirm"], answer["question"], "text" in answer) == (True, "mail", False)
    assert answer["session"] == host.asked[0]["session"]


async def test_a_no_is_told_on_the_card():
    host = ScriptedHost([asks(MAIL_QUESTION, "mail", MAIL), did("하지 않을게요.", "mail")])
    async with opened(host.url, host=host) as page:
        await say(page, "도윤이한테 메일 보내줘")
        await page.get_by_role("button", name=NO).click()
        await expect(page.locator(".outcome")).to_have_text("하지 않았어요.")
    assert host.asked[1]["confirm"] is False


async def test_a_plan_is_numbered_and_tells_what_became_of_each_step():
    failed = did("일정만 넣었어요.", "plan", (EVENT, CallStatus.OK), (MAIL, CallStatus.FAILED))
    host = ScriptedHost([asks("둘 다 할까요?", "plan", EVENT, MAIL), failed])
    async with opened(host.url, host=host) as page:
        await say(page, "치과 잡고 메일 보내줘")
        await expect(page.locator(".plan > li")).to_have_count(2)
        await page.get_by_role("button", name=YES).click()
        await expect(page.locator(".mark")).to_have_text(["했어요.", "하지 못했어요."])
        await expect(page.locator(".outcome")).to_contain_text("일부만 했어요.")


async def test_an_older_card_cannot_answer_a_newer_question():
    host = ScriptedHost([asks(EVENT_QUESTION, "event", EVENT), asks(MAIL_QUESTION, "mail", MAIL)])
    async with opened(host.url, host=host) as page:
        await say(page, "치과 잡아줘")
        await expect(page.get_by_role("button", name=YES)).to_have_count(1)
        await say(page, "도윤이한테 메일 보내줘")
        older = page.get_by_role("group", name=EVENT_QUESTION)
        await expect(older.get_by_role("status")).to_have_text("하지 않았어요.")
        await expect(older.get_by_role("button", name=YES)).to_have_count(0)
        newer = page.get_by_role("group", name=MAIL_QUESTION)
        await expect(newer.get_by_role("button", name=YES)).to_be_visible()


async def test_a_question_that_was_answered_elsewhere_says_so_and_leaves_others_open():
    host = ScriptedHost([asks(EVENT_QUESTION, "event", EVENT), did("확인할 일이 없어요.", "event")])
    async with opened(host.url, host=host) as page:
        await say(page, "치과 잡아줘")
        await page.get_by_role("button", name=YES).click()
        await expect(page.locator(".outcome")).to_contain_text("이미 답하셨거나")


async def test_a_question_whose_time_is_up_loses_its_buttons():
    host = ScriptedHost([asks(EVENT_QUESTION, "event", EVENT, lasting_s=100)])
    async with opened(host.url, host=host) as page:
        await page.clock.install()
        await say(page, "치과 잡아줘")
        await expect(page.get_by_role("timer")).to_contain_text("1:3")
        await page.clock.fast_forward("02:00")
        await expect(page.locator(".outcome")).to_contain_text("시간이 지나서")
        await expect(page.get_by_role("button", name=YES)).to_have_count(0)


async def test_without_a_voice_the_page_says_so_and_takes_text():
    host = ScriptedHost([did("일정이 없어요.", "none")])
    async with opened(host.url, host=host) as page:
        await expect(page.get_by_role("status")).to_have_text("음성 없이 글로만 대화해요")
        await expect(page.locator("#microphone")).to_be_hidden()
        await say(page, "내일 일정 알려줘")
        await expect(page.locator(".answer")).to_have_text("일정이 없어요.")
    assert host.asked[0]["text"] == "내일 일정 알려줘"


async def test_what_got_no_answer_is_sent_again_as_the_same_message():
    host = ScriptedHost([None, did("일정을 넣었어요.", "none")])
    async with opened(host.url, host=host, expected_errors=1) as page:
        await say(page, "치과 잡아줘")
        await expect(page.locator(".answer")).to_have_text("일정을 넣었어요.")
        await expect(page.locator(".turn")).to_have_count(1)
    first, again = host.asked
    assert first == again
    assert len(first["id"]) == 32


class ScriptedVoice:
    """The voice channel of a host: text only, each turn answered with the next answer."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.events: list[dict[str, object]] = []
        self.turn = 0
        self.socket: WebSocketRoute | None = None
        self.swallowed = asyncio.Event()
        """Cleared: the next message is heard and never answered, which sets it."""
        self.swallowed.set()

    def connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.on_message(lambda message: self.take(json.loads(message)))

    def take(self, event: dict[str, object]) -> None:
        self.events.append(event)
        if event["type"] == "hello":
            self.send(type="ready", session="s1", codec="pcm16", sample_rate=16000)
        elif not self.swallowed.is_set():
            self.swallowed.set()
        elif event["type"] == "text":
            self.open_turn(str(event["text"]))
        elif event["type"] == "confirm":
            self.open_turn("네" if event["answer"] else "아니요")

    def open_turn(self, text: str) -> None:
        self.turn += 1
        answer = json.loads(self.answers.pop(0))
        words = {"turn": self.turn, "language": "ko"}
        self.send(type="transcript", text=text, final=True, **words)
        self.send(type="answer", text=answer["answer"], detail=None, **words)
        self.send(type="answer", text="", detail=answer, **words)
        self.send(type="turn_ended", turn=self.turn, timings_ms={})

    def send(self, **event: object) -> None:
        assert self.socket is not None
        self.socket.send(json.dumps(event))


async def test_by_voice_the_button_names_its_question_and_speech_answers_it_too():
    done = did("넣었어요.", "event", (EVENT, CallStatus.OK)).model_dump_json()
    asked = asks(EVENT_QUESTION, "event", EVENT).model_dump_json()
    voice = ScriptedVoice(asked, done, asked, done)
    host = ScriptedHost(speech="ready", voice=voice.connect)
    async with opened(host.url, host=host) as page:
        await expect(page.get_by_role("status").first).to_have_text("연결됨")
        await say(page, "치과 잡아줘")
        await page.get_by_role("button", name=YES).click()
        await expect(page.locator(".outcome")).to_have_text(["했어요."])
        await say(page, "치과 잡아줘")
        await expect(page.get_by_role("button", name=YES)).to_be_visible()
        voice.open_turn("응")
        await expect(page.locator(".outcome")).to_have_text(["했어요.", "했어요."])
    confirm = next(event for event in voice.events if event["type"] == "confirm")
    assert (confirm["answer"], confirm["question"]) == (True, "event")


async def test_a_message_whose_connection_broke_is_said_again_by_voice():
    voice = ScriptedVoice(did("없어요.", "none").model_dump_json())
    voice.swallowed.clear()
    host = ScriptedHost(speech="ready", voice=voice.connect)
    async with opened(host.url, host=host) as page:
        await expect(page.get_by_role("status").first).to_have_text("연결됨")
        await say(page, "내일 일정 알려줘")
        await voice.swallowed.wait()
        assert voice.socket is not None
        await voice.socket.close()
        await expect(page.locator(".answer")).to_have_text("없어요.")
    first, again = [event for event in voice.events if event["type"] == "text"]
    assert first == again


async def test_a_question_about_nothing_to_show_has_its_buttons_alone():
    question = "앞으로 이렇게 해도 될까요? 캘린더는 묻지 않고 바로 할게요."
    kept = did("네, 캘린더는 묻지 않고 바로 할게요.", "kept")
    host = ScriptedHost([asks(question, "rule"), kept])
    async with opened(host.url, host=host) as page:
        await say(page, "캘린더는 묻지 말고 해")
        card = page.get_by_role("group", name=question)
        await expect(card.locator(".given, .plan")).to_have_count(0)
        await card.get_by_role("button", name=YES).click()
        await expect(card.locator(".outcome")).to_have_text("네, 라고 답했어요")
    assert host.asked[-1]["confirm"] is True
