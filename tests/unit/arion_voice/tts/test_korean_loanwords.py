from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arion_voice.tts.korean_loanwords import borrow


@pytest.mark.parametrize(
    ("word", "ipa", "hangul"),
    [
        ("Michael", "mˈa^ɪkə^l", "마이클"),
        ("Christopher", "kɹˈɪstəfɚ", "크리스터퍼"),
        ("workflow", "wˈɜːkflo^ʊ", "워크플로"),
        ("Actions", "ˈækʃənz", "액션즈"),
        ("staging", "stˈe^ɪd^ʒɪŋ", "스테이징"),
        ("Stripe", "stɹˈa^ɪp", "스트라이프"),
        ("button", "bˈʌʔn̩", "버튼"),
        ("apple", "ˈæpə^l", "애플"),
        ("signal", "sˈɪɡnə^l", "시그널"),
        ("rocket", "ɹˈɑːkɪt", "로킷"),
        ("shopping", "ʃˈɑːpɪŋ", "쇼핑"),
        ("shrimp", "ʃɹˈɪmp", "슈림프"),
        ("fish", "fˈɪʃ", "피시"),
        ("church", "t^ʃˈɜːt^ʃ", "처치"),
        ("quick", "kwˈɪk", "퀵"),
        ("swing", "swˈɪŋ", "스윙"),
        ("film", "fˈɪlm", "필름"),
        ("queue", "kjˈuː", "큐"),
        ("yearn", "jˈɜːn", "연"),
        ("sure", "ʃˈʊ^ɹ", "슈어"),
        ("fire", "fˈa^ɪ^ɚ", "파이어"),
        ("singer", "sˈɪŋɚ", "싱어"),
        ("sheets", "ʃˈiːts", "시츠"),
        ("minutes", "mˈɪnɪts", "미니츠"),
        ("", "", ""),
    ],
)
def test_a_word_is_written_as_korean_borrows_it(word: str, ipa: str, hangul: str) -> None:
    assert borrow(word, ipa) == hangul


_SOUNDS = [*"pbtdkɡfvθðszʃʒhmnŋlɹjwɾʔiɪɛæʌəɚɑɔʊuaˈ", "t^ʃ", "d^ʒ", "a^ɪ", "o^ʊ", "ə^l", "n̩", "uː"]


@example("ŋa")
@given(st.lists(st.sampled_from(_SOUNDS)).map("".join))
def test_any_sounds_become_hangul(ipa: str) -> None:
    assert all("가" <= syllable <= "힣" for syllable in borrow("word", ipa))
