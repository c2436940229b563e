"""What the tools say in Korean (해요체). Pure; ids and addresses are never said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import JsonValue

from arion_kit.speech import counted, join_spoken, josa, speak_day, speakable
from arion_notion.diffs import Counted
from arion_notion.spoken import speak_markdown

_FEW = 3
"""Titles that are said of many; up to one more are all said."""
_LONGEST_READ = 220
"""Characters of a page that are read out: some 40 seconds."""
_LONGEST_REMARK = 60
_QUOTE = "'"
_UNSPOKEN = re.compile(r"https?:|@|T\d\d:|-\d+$(?<!\d{4}-\d\d-\d\d)")
"""Values that are no words: addresses, moments, numbers of records."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


def found(titles: Sequence[str], query: str, *, more: bool) -> str:
    """What a search found; without `query`, what was edited last."""
    name = speakable(query)
    if not titles:
        return f"노션에서 '{name}'에 맞는 걸 찾지 못했어요." if name else "노션이 비어 있어요."
    if not name:
        return f"최근에 고친 건 {josa(_first(titles), '이에요예요')}."
    if len(titles) == 1 and not more:
        return f"노션에서 {josa(_quoted(titles[0]), '을를')} 찾았어요."
    count = f"{len(titles)}개 넘게" if more else counted(len(titles), "개")
    return f"노션에서 '{name}' 관련 페이지를 {count} 찾았어요. {_told(titles, more=more)}"


def read(title: str, markdown: str, *, begun: bool) -> str:
    """A page's title and the beginning of its text; `begun` goes on within it."""
    spoken = speak_markdown(markdown, _LONGEST_READ)
    head = "이어서 읽을게요." if begun else f"{_quoted(title)} 페이지예요."
    if not spoken.words:
        return f"{head} 읽어 드릴 글은 없어요."
    rest = "" if spoken.whole else " 나머지는 화면에서 볼 수 있어요."
    return f"{head} {spoken.words}{rest}"


def row(title: str, values: Mapping[str, JsonValue], *, today: date) -> str:
    """A row that has no text of its own: some of its values."""
    told = [
        f"{josa(speakable(name), '은는')} {_value(value, today).strip(_QUOTE)}"
        for name, value in values.items()
        if isinstance(value, (str, list)) and not _UNSPOKEN.search(str(value))
    ][:_FEW]
    if not told:
        return read(title, "", begun=False)
    return f"{_quoted(title)}: {josa(join_spoken(told, 'ko'), '이에요예요')}."


def schema(title: str, names: Sequence[str]) -> str:
    """What a data source keeps of each row."""
    if len(names) <= _FEW + 1:
        return f"{_quoted(title)}에는 {josa(join_spoken(names, 'ko'), '이가')} 있어요."
    few = josa(join_spoken(names[:_FEW], "ko"), "을를")
    return f"{_quoted(title)}에는 {few} 비롯해 속성이 {counted(len(names), '개')} 있어요."


def rows(source: str, titles: Sequence[str], *, filtered: bool, more: bool) -> str:
    """The rows of a data source."""
    where = _quoted(source)
    if not titles:
        return (
            f"{where}에 그런 항목이 없어요." if filtered else f"{josa(where, '은는')} 비어 있어요."
        )
    if len(titles) == 1 and not more:
        return f"{where}에 {josa(_quoted(titles[0]), '이가')} 있어요."
    count = f"{len(titles)}개 넘게" if more else counted(len(titles), "개")
    return f"{where}에 {count} 있어요. {_told(titles, more=more)}"


def made(title: str, parent: str, *, in_source: bool, existed: bool) -> str:
    """What was made, and where."""
    name = _quoted(title)
    if existed:
        return f"{josa(name, '은는')} {_quoted(parent)}에 이미 들어 있어요."
    if in_source:
        return f"{_quoted(parent)}에 {josa(name, '을를')} 추가했어요."
    return f"{_quoted(parent)} 아래에 {name} 페이지를 만들었어요."


def made_database(title: str, parent: str, *, existed: bool) -> str:
    """What database was made, and in which page."""
    if existed:
        return f"{_quoted(parent)} 페이지에 {_quoted(title)} 데이터베이스가 이미 있어요."
    return f"{_quoted(parent)} 페이지에 {_quoted(title)} 데이터베이스를 만들었어요."


def appended(title: str, *, existed: bool) -> str:
    """That a page has become longer."""
    if existed:
        return f"{_quoted(title)} 페이지에 이미 적혀 있어요."
    return f"{_quoted(title)} 페이지에 적었어요."


def edited(title: str, lines: Counted, *, dry_run: bool) -> str:
    """That a passage has changed, or how it would."""
    if dry_run:
        return f"{_quoted(title)} 페이지에서 {_lines(lines)}. 아직 고치지 않았어요."
    return f"{_quoted(title)} 페이지를 고쳤어요."


def replaced(title: str, *, changed: bool) -> str:
    """That all of a page has changed, or had that content."""
    if not changed:
        return f"{_quoted(title)} 페이지는 이미 그 내용이에요."
    return f"{_quoted(title)} 페이지의 내용을 모두 바꿨어요."


def ask_replace(title: str, lines: Counted) -> str:
    """Whether all of a page shall change."""
    return f"{_quoted(title)} 페이지의 내용을 모두 바꿀까요? {_lines(lines)}."


def updated(title: str, values: Mapping[str, JsonValue], *, today: date) -> str:
    """Which properties of a page have changed, and to what."""
    page = _quoted(title)
    if len(values) != 1:
        names = join_spoken([speakable(name) for name in values], "ko")
        return f"{page}의 {josa(names, '을를')} 바꿨어요."
    [(name, value)] = values.items()
    label = speakable(name)
    if isinstance(value, bool):
        return f"{page}의 {label}에 {'체크했어요' if value else '체크를 뺐어요'}."
    if value in (None, "", []):
        return f"{page}의 {josa(label, '을를')} 비웠어요."
    return f"{page}의 {josa(label, '을를')} {josa(_value(value, today), '으로로')} 바꿨어요."


def trashed(title: str, *, changed: bool) -> str:
    """That a page is in the trash."""
    if not changed:
        return f"{josa(_quoted(title), '은는')} 이미 휴지통에 있어요."
    return f"{josa(_quoted(title), '을를')} 휴지통으로 옮겼어요."


def restored(title: str, *, changed: bool) -> str:
    """That a page is not in the trash."""
    if not changed:
        return f"{josa(_quoted(title), '은는')} 휴지통에 있지 않아요."
    return f"{josa(_quoted(title), '을를')} 휴지통에서 되살렸어요."


def moved(title: str, parent: str) -> str:
    """That a page is in another place."""
    return f"{josa(_quoted(title), '을를')} {_quoted(parent)} 아래로 옮겼어요."


def commented(title: str, *, existed: bool) -> str:
    """That a comment stands under a page."""
    if existed:
        return f"{_quoted(title)} 페이지에 이미 댓글이 남겨져 있어요."
    return f"{_quoted(title)} 페이지에 댓글을 남겼어요."


def uncommented() -> str:
    """That a comment is gone."""
    return "댓글을 지웠어요."


def comments(title: str, remarks: Sequence[tuple[str | None, str]], *, more: bool) -> str:
    """Who said what about a page."""
    page = _quoted(title)
    if not remarks:
        return f"{page} 페이지에 댓글이 없어요."
    count = f"{len(remarks)}개 넘게" if more else counted(len(remarks), "개")
    said = [
        f"{author + ' 님: ' if author else ''}{_sentence(speakable(text, _LONGEST_REMARK))}"
        for author, text in remarks[:_FEW]
    ]
    return f"{page} 페이지에 댓글이 {count} 있어요. {' '.join(said)}"


def users(names: Sequence[str], *, more: bool) -> str:
    """Who is in the workspace."""
    if not names:
        return "워크스페이스에 사람이 없어요."
    count = f"{len(names)}명 넘게" if more else counted(len(names), "명")
    return f"워크스페이스에 {count} 있어요. {_told(names, more=more)}"


def _quoted(title: str) -> str:
    return f"'{speakable(title) or '제목 없음'}'"


def _first(titles: Sequence[str]) -> str:
    few = titles if len(titles) <= _FEW + 1 else titles[:_FEW]
    return join_spoken([speakable(title) or "제목 없는 페이지" for title in few], "ko")


def _told(titles: Sequence[str], *, more: bool) -> str:
    if len(titles) > _FEW + 1 or more:
        few = join_spoken([speakable(it) or "제목 없는 페이지" for it in titles[:_FEW]], "ko")
        return f"먼저 {josa(few, '이가')} 있고, 나머지는 화면에서 볼 수 있어요."
    return f"{josa(_first(titles), '이에요예요')}."


def _lines(lines: Counted) -> str:
    gone, come = (counted(number, "줄") for number in (lines.gone, lines.come))
    if lines.gone and lines.come:
        return f"{gone}이 빠지고 {come}이 들어가요"
    if lines.gone:
        return f"{gone}이 빠져요"
    return f"{come}이 들어가요" if lines.come else "바뀌는 줄은 없어요"


def _value(value: JsonValue, today: date) -> str:
    if isinstance(value, list):
        return join_spoken([speakable(str(item)) for item in value], "ko")
    text = str(value)
    if _DATE.match(text):
        return speak_day(date.fromisoformat(text), "ko", today=today)
    return f"'{speakable(text)}'" if isinstance(value, str) else text


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
