"""What changes in a text, and how it is put back."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from arion_notion.diffs import count_lines, find_swap, lost_pages, nearest_line, unified

LINES = st.lists(st.sampled_from(["우유", "빵", "귤", "", "우유 두 팩"]), max_size=8)


@given(LINES, LINES)
def test_a_swap_turns_the_new_text_into_the_old_one(old: list[str], new: list[str]):
    before, after = "\n".join(old), "\n".join(new)
    swap = find_swap(before, after)
    assert swap is None or (
        after.count(swap.now) == 1 and after.replace(swap.now, swap.before) == before
    )


def test_a_change_that_occurs_once_has_a_swap():
    assert find_swap("우유\n빵", "우유\n빵\n귤") is not None
    assert find_swap("우유\n빵\n귤", "우유\n귤") is not None
    assert find_swap("우유", "우유") is None
    assert find_swap("우유", "") is None


def test_a_diff_shows_what_goes_and_what_comes():
    assert unified("우유\n빵", "우유\n귤") == "@@ -1,2 +1,2 @@\n 우유\n-빵\n+귤"
    assert unified("우유", "우유") == ""
    counted = count_lines("우유\n\n빵", "우유\n귤\n배")
    assert (counted.gone, counted.come) == (1, 2)


def test_pages_that_would_be_lost_are_named():
    page = '<page url="https://app.notion.com/p/1">회의</page>'
    before = f'글\n{page}\n<database url="x" inline="true">표</database>'
    assert lost_pages(before, "글") == ["회의", "표"]
    assert lost_pages(before, before.replace("글", "새 글")) == []


def test_the_nearest_line_helps_with_a_typo():
    assert nearest_line("- [ ] 우유\n- [ ] 빵", "- [ ] 우우유") == "- [ ] 우유"
    assert nearest_line("- [ ] 우유", "전혀 다른 문장입니다") is None


def test_long_texts_are_compared_in_no_time():
    one = "\n".join(f"{number}번째 줄" for number in range(4_000))
    other = "\n".join(f"{number}번 줄" for number in range(4_000))
    same = "\n".join(["같은 줄"] * 20_000)
    started = time.process_time()
    assert unified(one, other).startswith("@@ -1,4000 +1,4000 @@\n-0번째 줄\n")
    assert count_lines(one, other).gone == 4_000
    assert find_swap(same, f"{same}\n같은 줄") is None
    assert time.process_time() - started < 1.0
