"""Markdown as words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_notion.diffs import lost_pages
from arion_notion.spoken import plain_text, speak_markdown

PAGE = """# 주간 회의 {color="blue"}
**참석**: 박서준, [이수민](https://example.com/a)
- 온보딩 개편
- [x] 끝난 일
- [ ] 남은 일
1. 첫째
> 인용
---
| 화면 | 맡은 사람 |
| --- | --- |
```python
print("코드")
```
<page url="https://app.notion.com/p/1">지난 회의</page>
<callout icon="💡">
\t알림
</callout>"""


def test_a_page_is_spoken_without_its_markup():
    spoken = speak_markdown(PAGE, 1_000)
    assert spoken.words == (
        "주간 회의. 참석: 박서준, 이수민. 온보딩 개편, 남은 일, 첫째. 인용. 화면 맡은 사람."
        " 지난 회의. 알림."
    )
    assert spoken.whole


def test_a_long_page_is_spoken_up_to_a_whole_line():
    spoken = speak_markdown("첫 줄입니다.\n둘째 줄입니다.\n셋째 줄입니다.", 18)
    assert (spoken.words, spoken.whole) == ("첫 줄입니다. 둘째 줄입니다.", False)


@pytest.mark.parametrize("text", ["", "\n\n", "---", "```\ncode\n```", "- [x] 끝난 일"])
def test_what_has_no_words_is_not_spoken(text: str):
    assert speak_markdown(text, 100).words == ""


def test_plain_text_keeps_lines_and_boxes():
    assert plain_text("## 제목\n- [ ] **우유** 두 팩\n\\*별\\*") == "제목\n- [ ] 우유 두 팩\n*별*"


@given(st.text(alphabet="가a*_`#->[]()|<>\\ \n.", max_size=300))
def test_any_text_is_spoken_within_its_limit(text: str):
    assert len(speak_markdown(text, 50).words) <= 50 + 60


@pytest.mark.parametrize(
    "text", ["<a", "[", "[a](", " ", "{a=", "*", "`", "<page url=", "\\", "> "]
)
def test_a_page_of_one_sign_takes_no_time(text: str):
    started = time.process_time()
    plain_text(text * 100_000)
    speak_markdown(text * 100_000, 200)
    lost_pages(text * 100_000, "")
    assert time.process_time() - started < 1.0
