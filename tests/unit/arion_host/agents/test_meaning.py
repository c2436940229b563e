from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from arion_host.agents.embedding import Embedding
from arion_host.agents.meaning import Meaning
from arion_kit.words import Intent, Language, LanguagePack

SUBJECTS = {
    "dentist": 0, "치과": 0, "schedule": 0, "일정": 0,
    "mail": 1, "메일": 1, "편지": 1,
    "taxi": 2, "택시": 2,
}  # fmt: skip


class Subjects:
    """Means nothing but what its texts are about."""

    def query(self, texts: str) -> NDArray[np.float32]:
        vector = np.full(384, 0.01, np.float32)
        for word, place in SUBJECTS.items():
            vector[place] += word in texts
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def intent(name: str, tool: str, **examples: str) -> Intent:
    said: Mapping[Language, tuple[str, ...]] = {
        language: (text,) for language in ("ko", "en") if (text := examples.get(language))
    }
    return Intent(name=name, tool=tool, examples=dict(said))


PACKS = {
    "diary": LanguagePack(
        intents=(
            intent("list", "diary_list", ko="일정 알려줘", en="what is on my schedule"),
            intent("next", "diary_list", ko="다음 일정 뭐야"),
        )
    ),
    "mail": LanguagePack(
        intents=(intent("read", "mail_read", ko="메일 읽어줘", en="read my mail"),)
    ),
    "cab": LanguagePack(intents=(intent("call", "cab_call", ko="택시 불러줘"),)),
}


def ready(packs: Mapping[str, LanguagePack] = PACKS) -> Meaning:
    meaning = Meaning(packs, Embedding(Subjects()))
    asyncio.run(meaning.get_ready())
    assert meaning.is_ready
    return meaning


def test_other_words_for_the_same_find_the_same_tool() -> None:
    nearest = ready().nearest("받은 편지 좀 봐줘", "ko")
    assert nearest.ranked[0].tool == "mail/mail_read"
    assert nearest.alike
    assert nearest.among("mail/mail_read", 1)
    assert not nearest.among("cab/cab_call", 1)


def test_the_margin_is_to_the_next_tool_not_to_the_next_intent() -> None:
    nearest = ready().nearest("일정 알려줘", "ko")
    assert [near.intent for near in nearest.ranked[:2]] == ["diary/list", "diary/next"]
    assert nearest.margin > 0.5
    assert nearest.agreed
    assert nearest.sure


def test_where_letters_say_something_else_it_is_not_sure() -> None:
    nearest = ready().nearest("편지 불러줘", "ko")
    assert nearest.ranked[0].tool == "mail/mail_read"
    assert not nearest.agreed
    assert not nearest.sure


def test_examples_are_told_in_the_language_of_the_person() -> None:
    assert ready().nearest("dentist schedule", "ko").examples(2)[0] == "일정 알려줘"
    assert ready().nearest("치과 일정", "en").examples(1) == ("what is on my schedule",)


def test_until_it_is_ready_letters_alone_are_compared() -> None:
    nearest = Meaning(PACKS, Embedding(Subjects())).nearest("택시 좀 불러 주세요", "ko")
    assert nearest.ranked[0].intent == "cab/call"
    assert (nearest.margin, nearest.sure) == (0.0, False)
    assert nearest.alike
    assert not Meaning(PACKS).nearest("qqq", "ko").alike


def test_without_a_model_it_is_never_ready_and_tells_no_likeness() -> None:
    meaning = Meaning(PACKS)
    asyncio.run(meaning.get_ready())
    assert not meaning.is_ready
    assert meaning.likeness("치과", ["dentist"]) is None


def test_likeness_compares_any_texts() -> None:
    scores = ready().likeness("치과", ["dentist", "mail"])
    assert scores is not None
    assert scores[0] > 0.9 > scores[1]


def test_without_packs_nothing_is_near() -> None:
    nearest = Meaning({}).nearest("일정 알려줘", "ko")
    assert (nearest.ranked, nearest.examples(), nearest.sure) == ((), (), False)


async def test_getting_ready_ends_when_it_is_cancelled() -> None:
    begun = threading.Event()

    class Slow(Subjects):
        read = 0

        def query(self, texts: str) -> NDArray[np.float32]:
            Slow.read += 1
            begun.set()
            return super().query(texts)

    many = tuple(intent(f"i{n}", "t", ko=f"{n} 알려줘") for n in range(2_000))
    meaning = Meaning({"x": LanguagePack(intents=many)}, Embedding(Slow()))
    task = asyncio.create_task(meaning.get_ready())
    await asyncio.to_thread(begun.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert Slow.read < len(many)
    assert not meaning.is_ready
