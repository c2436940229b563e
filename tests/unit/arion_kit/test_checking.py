from __future__ import annotations

from pathlib import Path

import pytest
from tests.toy import CLEAR, Notebook, toy_spec, unreachable

from arion_kit.checking import check_server
from arion_kit.serving import main


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARION_NOTES_TOKEN", "s3cret-token")


async def test_everything_in_place_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert await check_server(toy_spec(tmp_path, Notebook()))
    assert capsys.readouterr().out.splitlines() == [
        "Notes",
        "  ARION_NOTES_BASE_URL  http://127.0.0.1:1",
        "  ARION_NOTES_TOKEN     set",
        "  A read worked: 하나",
    ]


async def test_a_missing_scope_is_named_with_the_tools_that_need_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert not await check_server(toy_spec(tmp_path, Notebook(), more=(CLEAR,)))
    assert "  Missing scope: notes.delete (for notes_clear)" in capsys.readouterr().out


async def test_a_failed_read_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert not await check_server(toy_spec(tmp_path, Notebook(trouble=unreachable())))
    out = capsys.readouterr().out
    assert "  Notebook can't be reached right now. (No connection.)" in out
    assert "s3cret-token" not in out


def test_the_command_ends_with_0_or_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for notebook, code in ((Notebook(), 0), (Notebook(trouble=unreachable()), 1)):
        with pytest.raises(SystemExit) as exit_:
            main(toy_spec(tmp_path, notebook), ["check"])
        assert exit_.value.code == code
    assert "A read worked" in capsys.readouterr().out
