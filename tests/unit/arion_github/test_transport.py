"""Paths that stay where they belong, and answers that are remembered."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_github.markers import is_marked, marked
from arion_github.transport import Remembered, in_path, repo_path
from arion_kit.errors import BadInput
from arion_kit.messages import Answer


@pytest.mark.parametrize(
    ("owner", "repo", "path"),
    [
        ("me", "arion", "/repos/me/arion"),
        ("me", "me/arion", "/repos/me/arion"),
        ("me", ".github", "/repos/me/.github"),
        ("A-1", "x.y_z", "/repos/A-1/x.y_z"),
    ],
)
def test_a_repository_has_its_path(owner: str, repo: str, path: str) -> None:
    assert repo_path(owner, repo) == path


@pytest.mark.parametrize(
    ("owner", "repo"),
    [
        ("", "x"),
        ("me", ""),
        ("me", ".."),
        ("..", "x"),
        ("a/b", "c"),
        ("me", "you/x"),
        ("한글", "x"),
    ],
)
def test_what_is_no_name_is_refused(owner: str, repo: str) -> None:
    with pytest.raises(BadInput):
        repo_path(owner, repo)


@given(st.text(max_size=60))
def test_a_file_s_path_never_leads_elsewhere(path: str) -> None:
    try:
        quoted = in_path("path", path)
    except BadInput:
        return
    parts = urlsplit(f"http://host/contents/{quoted}")
    assert unquote(parts.path) == f"/contents/{path.strip('/')}"
    assert not {".", ".."} & set(parts.path.split("/"))


def answer(size: int, tag: str | None = '"1"') -> Answer:
    return Answer(200, {"etag": tag} if tag else {}, b"x" * size)


def test_answers_without_a_tag_and_huge_ones_are_not_remembered() -> None:
    remembered = Remembered()
    remembered.put("a", answer(10, None))
    remembered.put("b", answer(2_000_000))
    assert (remembered.get("a"), remembered.get("b")) == (None, None)


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    remembered = Remembered()
    for name in "abcdefgh":
        remembered.put(name, answer(900_000))
    assert remembered.get("a")
    for name in "ij":
        remembered.put(name, answer(900_000))
    assert remembered.get("a")
    assert remembered.get("b") is None


def test_a_newer_answer_takes_the_place_of_the_older() -> None:
    remembered = Remembered()
    for _ in range(20):
        remembered.put("a", answer(900_000))
    remembered.put("b", answer(900_000))
    assert remembered.get("a")
    assert remembered.get("b")


@given(st.text(), st.text(min_size=1), st.text(min_size=1))
def test_a_mark_is_found_by_its_own_key_alone(body: str, key: str, other: str) -> None:
    assert is_marked(marked(body, key), key)
    assert other == key or not is_marked(marked("", key), other)
    assert marked(body, None) == body
