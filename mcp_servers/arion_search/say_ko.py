"""Korean sentences. Pure: what they speak of is given and speakable."""

from __future__ import annotations

from collections.abc import Sequence

from arion_kit.speech import counted, josa

HEADLINES = "오늘의 주요 뉴스"
NO_NEWS_ENGINE = "뉴스 검색을 할 수 있는 키가 없어서 웹에서 찾았어요."

_ORDINALS = ("첫째", "둘째", "셋째")

Told = tuple[str, str]
"""Title and source; the source may be empty."""


def nothing(words: str) -> str:
    """No result."""
    return f"'{words}' 검색 결과가 없어요. 다른 말로 찾아볼까요?"


def pages(words: str, told: Sequence[Told], answer: str, *, as_web: bool) -> str:
    """Web pages: the first with its first sentence, then the others."""
    opening = f"{NO_NEWS_ENGINE} " if as_web else ""
    first = f"'{words}'{_to(words)} 찾은 첫 번째 결과는 {josa(_of(told[0]), '이에요예요')}."
    others = [_of(it) for it in told[1:]]
    rest = f" 그다음으로 {josa(', '.join(others), '이가')} 있어요." if others else ""
    return f"{opening}{first}{' ' + answer if answer else ''}{rest}"


def news(words: str, told: Sequence[Told], count: int) -> str:
    """Headlines, one after the other."""
    headlines = " ".join(
        f"{ordinal}, {_of(it)}." for ordinal, it in zip(_ORDINALS, told, strict=False)
    )
    more = "" if count == len(told) else " 나머지는 화면에서 볼 수 있어요."
    topic = words.removesuffix("뉴스").strip()
    if not topic:
        return f"오늘의 주요 뉴스예요. {headlines}{more}"
    if len(told) == 1:
        return f"'{topic}' 뉴스가 하나 있어요. {_of(told[0])}."
    return f"'{topic}' 뉴스를 {counted(count, '건')} 찾았어요. {headlines}{more}"


def places(words: str, names: Sequence[str], count: int) -> str:
    """Places by name."""
    if count == 1:
        return f"'{words}'{_to(words)} 찾은 곳은 {josa(names[0], '이에요예요')}."
    listed = ", ".join(names)
    return f"'{words}'{_to(words)} {counted(count, '곳')}을 찾았어요. {listed}."


def images(words: str, count: int, titles: Sequence[str]) -> str:
    """How many, and of what."""
    of = f" {', '.join(titles)}." if titles else ""
    of_what = words.removesuffix("사진").removesuffix("이미지").strip() or words
    return f"'{of_what}' 사진을 {counted(count, '장')} 찾았어요.{of}"


def page(name: str, beginning: str, *, section: bool) -> str:
    """A page or one section of it."""
    what = "부분" if section else "글"
    opening = f"'{name}' {what}이에요." if name else "제목이 없는 글이에요."
    return f"{opening} {beginning}".strip()


def empty_page(name: str) -> str:
    """A page without text."""
    return f"'{name}' 페이지에는 읽을 글이 없어요." if name else "이 페이지에는 읽을 글이 없어요."


def lacking(extra: str) -> tuple[str, str]:
    """A missing library, and what to do."""
    return (
        "이 페이지를 읽는 데 필요한 프로그램이 설치되어 있지 않아요.",
        f"arion-hub[{extra}]을 설치해 주세요.",
    )


def _of(told: Told) -> str:
    title, source = told
    return f"{source}의 '{title}'" if source else f"'{title}'"


def _to(words: str) -> str:
    return josa(words, "으로로")[len(words) :]
