"""Letters leave once, whatever happens on the way, and the same key is the same letter."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.sandbox import Sandbox, running_sandbox, serving
from tests.servers.gmail import Gmail, gmail_at, gmail_client

from arion_kit.testing import connected

pytestmark = pytest.mark.thorough

HANA = "김하나 <hana.kim@yeoul.example>"
LETTER: dict[str, Any] = {"to": [HANA], "subject": "견적서", "body": "봐 주세요."}
KEY = "action-7"


@dataclass
class Line:
    """A way to Google on which answers get lost after the request was carried out."""

    google: httpx2.AsyncClient
    lost: list[Callable[[Request], bool]] = field(default_factory=list)
    """Which answers are lost, each once."""
    twice: list[Callable[[Request], bool]] = field(default_factory=list)
    """Which requests arrive twice, each once; the second answer is passed back."""
    deaf: bool = False
    """Whether searches find everything, as with a stand-in that knows no operators."""

    async def pass_on(self, request: Request) -> Response:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in {"authorization", "content-type"}
        }
        repeated = [wanted for wanted in self.twice if wanted(request)]
        self.twice = [wanted for wanted in self.twice if wanted not in repeated]
        asked = request.query_params.multi_items()
        for _ in range(1 + len(repeated)):
            answer = await self.google.request(
                request.method,
                request.url.path,
                params=[it for it in asked if not (self.deaf and it[0] == "q")],
                content=await request.body(),
                headers=headers,
            )
        for wanted in self.lost:
            if wanted(request):
                self.lost.remove(wanted)
                return JSONResponse({"error": {"code": 503, "message": "Lost."}}, 503)
        return Response(answer.content, answer.status_code, media_type="application/json")


@dataclass
class Lossy(Gmail):
    """A Gmail client behind such a line."""

    line: Line


@asynccontextmanager
async def lossy(sandbox: Sandbox, *, anew: bool = False) -> AsyncGenerator[Lossy]:
    methods = ["GET", "POST", "PUT", "DELETE"]
    async with sandbox.google_client() as google:
        line = Line(google)
        app = Starlette(routes=[Route("/{path:path}", line.pass_on, methods=methods)])
        async with serving(app) as url:
            at = connected(gmail_at(url)) if anew else gmail_client(url)
            async with at as client:
                yield Lossy(client, sandbox, line)


@pytest.fixture
async def gmail() -> AsyncIterator[Lossy]:
    async with running_sandbox() as sandbox, lossy(sandbox) as gmail:
        yield gmail
        assert sandbox.violations() == []


def of(ending: str) -> Callable[[Request], bool]:
    return lambda request: request.method == "POST" and request.url.path.endswith(ending)


async def sent(gmail: Gmail) -> list[str]:
    found = await gmail.state("messages", labelIds="SENT", q="subject:견적서")
    return [row["id"] for row in found.get("messages", [])]


async def drafts(gmail: Gmail) -> list[str]:
    found = await gmail.state("drafts", q="subject:견적서")
    return [row["id"] for row in found.get("drafts", [])]


async def test_the_same_key_makes_one_draft(gmail: Lossy) -> None:
    first = await gmail.call("create_draft", key=KEY, **LETTER)
    second = await gmail.call("create_draft", key=KEY, **LETTER)
    assert (first["already_existed"], second["already_existed"]) == (False, True)
    assert second["draft_id"] == first["draft_id"]
    assert await drafts(gmail) == [first["draft_id"]]


async def test_other_keys_and_no_keys_make_drafts_of_their_own(gmail: Lossy) -> None:
    for key in ("a", "b", None, None):
        await gmail.call("create_draft", key=key, **LETTER)
    assert len(await drafts(gmail)) == 4


async def test_the_same_key_sends_one_mail_and_asks_once(gmail: Lossy) -> None:
    first = await gmail.agreed("send", key=KEY, **LETTER)
    second = await gmail.call("send", key=KEY, **LETTER)
    assert second["already_sent"] is True
    assert second["say"] == "김하나 님께 '견적서' 메일을 이미 보냈어요."
    assert second["message_id"] == first["message_id"]
    assert await sent(gmail) == [first["message_id"]]


async def test_a_search_that_finds_too_much_is_not_believed(gmail: Lossy) -> None:
    gmail.line.deaf = True
    done = await gmail.agreed("send", key=KEY, **LETTER)
    assert done["already_sent"] is False
    made = await gmail.call("create_draft", key=KEY, **LETTER)
    assert made["already_existed"] is False
    again = await gmail.call("send", key=KEY, **LETTER)
    assert again["message_id"] == done["message_id"]


async def test_a_key_is_known_after_a_restart(gmail: Lossy) -> None:
    first = await gmail.agreed("send", key=KEY, **LETTER)
    async with lossy(gmail.sandbox, anew=True) as restarted:
        second = await restarted.call("send", key=KEY, **LETTER)
    assert second["message_id"] == first["message_id"]
    assert await sent(gmail) == [first["message_id"]]


@pytest.mark.parametrize("key", [KEY, None])
async def test_a_lost_answer_to_the_sending_sends_nothing_twice(
    gmail: Lossy, key: str | None
) -> None:
    gmail.line.lost.append(of("/drafts/send"))
    done = await gmail.agreed("send", key=key, **LETTER)
    assert done["already_sent"] is False
    assert done["say"] == "김하나 님께 '견적서' 메일을 보냈어요."
    assert len(await sent(gmail)) == 1
    assert await drafts(gmail) == []


@pytest.mark.parametrize("key", [KEY, None])
async def test_a_lost_answer_to_the_draft_leaves_one_draft(gmail: Lossy, key: str | None) -> None:
    gmail.line.lost.append(of("/drafts"))
    made = await gmail.call("create_draft", key=key, **LETTER)
    assert await drafts(gmail) == [made["draft_id"]]
    gmail.line.lost.append(of("/drafts"))
    await gmail.agreed("send", key=key and "other", **LETTER)
    assert len(await sent(gmail)) == 1
    assert await drafts(gmail) == [made["draft_id"]]


async def test_a_draft_that_is_sent_behind_a_lost_answer_is_sent_once(gmail: Lossy) -> None:
    made = await gmail.call("create_draft", **LETTER)
    gmail.line.lost.append(of("/drafts/send"))
    done = await gmail.agreed("send_draft", draft_id=made["draft_id"])
    again = await gmail.call("send_draft", draft_id=made["draft_id"])
    assert (done["already_sent"], again["already_sent"]) == (False, True)
    assert len(await sent(gmail)) == 1


async def test_a_sending_that_arrives_late_and_again_is_one(gmail: Lossy) -> None:
    gmail.line.twice.append(of("/drafts/send"))
    done = await gmail.agreed("send", key=KEY, **LETTER)
    assert done["say"] == "김하나 님께 '견적서' 메일을 보냈어요."
    assert await sent(gmail) == [done["message_id"]]


async def test_a_sending_that_was_never_answered_is_open_until_looked_at(gmail: Lossy) -> None:
    first = of("/drafts/send")
    gmail.line.lost += [first, of("/drafts/send")]
    failed = (await gmail.agreed("send", key=KEY, **LETTER))["error"]
    assert (failed["kind"], failed["may_have_happened"]) == ("unavailable", True)
    again = await gmail.call("send", key=KEY, **LETTER)
    assert again["already_sent"] is True
    assert len(await sent(gmail)) == 1


async def test_a_mail_that_google_refuses_is_not_tried_again(gmail: Lossy) -> None:
    made = await gmail.call("create_draft", to=[], body="받는 사람이 아직 없어요.")
    failed = (await gmail.call("send_draft", draft_id=made["draft_id"]))["error"]
    assert failed["kind"] == "bad_input"
    assert "names nobody" in failed["message"]
