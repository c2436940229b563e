"""A tool that asks before it acts, for clients of either era and for those that can't be asked."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from fastmcp import Client
from mcp_types import CallToolResult, ElicitResult
from tests.sandbox import serving
from tests.toy import CLEAR, Notebook, toy_spec

from arion_kit.serving import server_app
from arion_kit.testing import Mode, connected
from arion_kit.words import META_LANGUAGE, ErrorKind

ERAS: list[Mode] = ["legacy", "2026-07-28"]
ENGLISH = {META_LANGUAGE: "en"}


@pytest.fixture
def notebook() -> Notebook:
    return Notebook(notes={"n1": "우유", "n2": "빵"})


@pytest.fixture
async def url(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[str]:
    monkeypatch.delenv("ARION_ALLOWED_HOSTS", raising=False)
    async with serving(server_app(toy_spec(tmp_path, notebook, more=(CLEAR,)))) as url:
        yield f"{url}/mcp"


class Person:
    """Answers questions, and remembers them."""

    def __init__(self, action: str, **content: bool) -> None:
        self.answer: Any = ElicitResult(action=action, content=content or None)
        self.heard: list[str] = []

    async def __call__(self, message: str, *_: Any) -> Any:
        self.heard.append(message)
        return self.answer


async def cleared(client: Client[Any], **arguments: Any) -> CallToolResult:
    return await client.call_tool(
        "notes_clear", arguments, meta={META_LANGUAGE: "ko"}, raise_on_error=False
    )


@pytest.mark.parametrize("mode", ERAS)
async def test_a_yes_lets_it_happen(mode: Mode, url: str, notebook: Notebook):
    person = Person("accept", agree=True)
    async with Client(url, mode=mode, elicitation_handler=person) as client:
        result = await cleared(client, keep={"n2": True})
    assert result.structured_content == {"say": "다 지웠어요."}
    assert notebook.notes == {"n2": "빵"}
    assert person.heard == ['1개를 지울까요?\n\ntitles: ["우유"]']


@pytest.mark.parametrize("mode", ERAS)
@pytest.mark.parametrize(
    "person", [Person("decline"), Person("cancel"), Person("accept", agree=False)]
)
async def test_without_a_yes_nothing_happens(
    mode: Mode, person: Person, url: str, notebook: Notebook
):
    async with Client(url, mode=mode, elicitation_handler=person) as client:
        result = await cleared(client)
    assert result.is_error
    assert result.structured_content == {
        "error": {"kind": "declined", "message": "하지 않았어요.", "next_step": "바뀐 것은 없어요."}
    }
    assert len(notebook.notes) == 2


@pytest.mark.parametrize("mode", ERAS)
async def test_a_client_that_cannot_ask_gets_a_preview_and_a_token(
    mode: Mode, url: str, notebook: Notebook
):
    async with Client(url, mode=mode) as client:
        result = await cleared(client)
        assert not result.is_error
        preview = result.structured_content
        assert preview["say"] == "2개를 지울까요?"
        assert preview["preview"] == {"titles": ["우유", "빵"]}
        assert len(notebook.notes) == 2
        again = await cleared(client, confirm_token=preview["confirm_token"])
    assert again.structured_content == {"say": "다 지웠어요."}
    assert notebook.notes == {}


async def test_a_token_is_good_once(url: str, notebook: Notebook):
    async with Client(url) as client:
        token = (await cleared(client)).structured_content["confirm_token"]
        await cleared(client, confirm_token=token)
        notebook.notes.update({"n1": "우유", "n2": "빵"})
        again = await cleared(client, confirm_token=token)
    assert again.structured_content["say"] == "2개를 지울까요?"
    assert again.structured_content["confirm_token"] != token
    assert len(notebook.notes) == 2


async def test_a_token_is_bound_to_the_arguments(url: str, notebook: Notebook):
    async with Client(url) as client:
        token = (await cleared(client, keep={"n1": True})).structured_content["confirm_token"]
        other = await cleared(client, confirm_token=token)
    assert "confirm_token" in other.structured_content
    assert len(notebook.notes) == 2


@pytest.mark.parametrize("mode", ERAS)
async def test_what_has_changed_since_the_question_is_asked_anew(
    mode: Mode, url: str, notebook: Notebook
):
    async with Client(url, mode=mode) as client:
        token = (await cleared(client)).structured_content["confirm_token"]
        notebook.notes["n3"] = "여권"
        again = await cleared(client, confirm_token=token)
    assert again.structured_content["say"] == "3개를 지울까요?"
    assert "여권" in notebook.notes.values()


async def test_an_answer_to_a_question_that_was_never_asked_counts_for_nothing(
    url: str, notebook: Notebook
):
    async with Client(url) as client:
        for token in ("", "x" * 16, "n1"):
            result = await cleared(client, confirm_token=token)
            assert "confirm_token" in result.structured_content
    assert len(notebook.notes) == 2


async def test_a_preview_fits_the_listed_output_schema(notebook: Notebook, tmp_path: Path):
    spec = toy_spec(tmp_path, notebook, more=(CLEAR,))
    async with connected(spec, toolsets=frozenset({"all"})) as client:
        [tool] = [it for it in await client.list_tools() if it.name == "notes_clear"]
        assert "required" not in tool.output_schema
        assert ErrorKind.DECLINED.value == "declined"
        result = await client.call_tool("notes_clear", {"keep": '{"n1": true}'})
    assert result.structured_content["preview"] == {"titles": ["빵"]}
