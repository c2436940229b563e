from __future__ import annotations

from arion_host.agents.closest import Examples

EXAMPLES = Examples(
    {
        "diary/list": ("내일 일정 알려줘", "이번 주 일정 보여줘"),
        "diary/create": ("내일 3시에 회의 잡아줘",),
        "mail/search": ("안 읽은 메일 있어?",),
        "map/find": ("근처 카페 찾아줘",),
    }
)


def test_the_likest_example_of_each_intent_is_offered() -> None:
    closest = EXAMPLES.closest("다음 주 일정 좀 보여 줄래")
    assert closest[0] == "이번 주 일정 보여줘"
    assert "내일 일정 알려줘" not in closest


def test_what_is_like_nothing_is_offered_something_of_each_server() -> None:
    assert EXAMPLES.closest("qwerty") == (
        "내일 일정 알려줘",
        "안 읽은 메일 있어?",
        "근처 카페 찾아줘",
    )


def test_without_examples_nothing_is_offered() -> None:
    assert Examples({}).closest("일정 알려줘") == ()
