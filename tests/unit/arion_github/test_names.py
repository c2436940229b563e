"""Which repository a spoken name means."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_github.names import matching


@dataclass(frozen=True)
class Repo:
    full_name: str
    description: str | None = None

    @property
    def name(self) -> str:
        return self.full_name.rpartition("/")[2]


REPOS = [
    Repo("me/arion", "말로 하는 개인 비서 실험"),
    Repo("me/dotfiles"),
    Repo("acme/yeoul-notify", "여울 알림 서비스"),
    Repo("acme/design-tokens"),
    Repo("acme/backend-api"),
    Repo("acme/frontend"),
    Repo("acme/mobile-app"),
]


def names(said: str) -> list[str]:
    return [repo.name for repo in matching(REPOS, said)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("arion", "arion"),
        ("Arion", "arion"),
        ("me/arion", "arion"),
        ("아리온", "arion"),
        ("닷파일즈", "dotfiles"),
        ("도트 파일", "dotfiles"),
        ("여울 노티파이", "yeoul-notify"),
        ("노티파이", "yeoul-notify"),
        ("yeoul notify", "yeoul-notify"),
        ("디자인 토큰", "design-tokens"),
        ("백엔드", "backend-api"),
        ("프론트엔드", "frontend"),
        ("모바일 앱", "mobile-app"),
        ("개인 비서", "arion"),
    ],
)
def test_a_name_in_either_script_finds_its_repository(said: str, meant: str) -> None:
    assert names(said) == [meant]


@pytest.mark.parametrize("said", ["블로그", "쿠버네티스", "아", "xyz"])
def test_another_name_finds_none(said: str) -> None:
    assert names(said) == []


def test_no_name_is_all_of_them() -> None:
    assert names("") == [repo.name for repo in REPOS]


def test_an_exact_name_goes_before_one_that_holds_it() -> None:
    repos = [Repo("me/app"), Repo("me/app-server")]
    assert [repo.name for repo in matching(repos, "app")] == ["app"]


@given(st.text(max_size=40))
def test_any_text_gives_some_of_the_repositories(said: str) -> None:
    assert set(matching(REPOS, said)) <= set(REPOS)
