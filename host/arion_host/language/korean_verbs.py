"""The ways of asking for something with a Korean verb, from its dictionary form.

Korean verbs are conjugated by rule, with a few irregular classes (National Institute of Korean
Language, 표준어 규정). What is made here is a pattern of the forms people use to a helper: a
request (옮겨줘, 옮겨 주실래요, 옮기자) or a question (있어, 있나요, 있었지, 있는지 알려줘).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_FIRST, _LAST = ord("가"), ord("힣")
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_NO_FINAL, _FINAL_N, _FINAL_R, _FINAL_B, _FINAL_SS = 0, 4, 8, 17, 20

_BRIGHT = "ㅏㅑㅗ"
_MERGED = {"ㅗ": "ㅘ", "ㅜ": "ㅝ", "ㅣ": "ㅕ", "ㅚ": "ㅙ"}
"""What a vowel becomes with the 아 or 어 behind it: 보 → 봐, 바꾸 → 바꿔, 옮기 → 옮겨, 되 → 돼."""
_UNCHANGED = "ㅏㅐㅓㅔㅕ"
_IRREGULAR = {
    "하": "해",
    "듣": "들어",
    "걷": "걸어",
    "묻": "물어",
    "싣": "실어",
    "돕": "도와",
    "줍": "주워",
    "가깝": "가까워",
    "덥": "더워",
    "춥": "추워",
    "맵": "매워",
    "짓": "지어",
    "낫": "나아",
    "잇": "이어",
    "붓": "부어",
    "따르": "따라",
    "들르": "들러",
    "치르": "치러",
    "어떻": "어때",
    "그렇": "그래",
}

_ABLE = r"\s?수\s?(?:있|없)(?:어요?|나요?|니|냐|을까요?|는지|습니까|을지|지|죠)"
_SEEMS = r"(?:\s?것?\s?같\S*|거\s?같\S*|듯\S*)"
_GIVE = (
    r"\s?(?:좀\s?)?(?:줘\s?봐요?|줘라?|줘요|주라|주렴|줄래요?|주세요|주셔요|주십시오|주실래요?|주시죠|주시고요?"
    rf"|주시겠(?:어요?|습니까|나요)|주실{_ABLE}|줄{_ABLE}|줄까요?"
    r"|주[시]?면\s?(?:돼요?|[되될]\S*|좋겠\S*|좋을\s?것\s?같\S*|고맙겠\S*|감사\S*|안\s?[돼되될]\S*)"
    r"|줬으면\s?(?:해요?|좋겠\S*|하는데요?|싶\S*)|주셨으면\s?(?:해요?|좋겠\S*|합니다|하는데요?)"
    r"|주겠(?:어요?|니)|다오|달라(?:고)?|주기\s?바\S+|주길\s?바\S+|드려요?|드릴래요?)"
)
_ALSO = rf"(?:봐{_GIVE}|봐요?|봐라|봐봐|보자|볼래요?|볼까요?|보고\s?싶\S*)"
_LEAVE = (
    rf"(?:버려{_GIVE}|버려라?|버리자|버릴래요?|놔{_GIVE}|둬{_GIVE}"
    r"|놔요?|놓아|놓자|놔둬|둬요?|두자|두렴|둘래요?|둬라|두\s?면\s?\S+)"
)
_MUST = (
    r"야\s?(?:해요?|하는데요?|하거든요?|하니까|하지|함|합니다|한다|할\s?텐데|돼요?|되는데요?|되거든요?|됨"
    rf"|됩니다|된다|겠\S*|[할될]{_SEEMS})"
)
_MAY = r"도\s?(?:돼요?|될까요?|되나요?|되지요?|좋\S*|괜찮\S*)"
_POLITE = r"(?:\s?(?:좀|만|요))*"
_BESEECH = (
    r"(?:을|를)?(?:\s?좀)?\s?(?:부탁(?:해요?|드려요|드립니다|드릴게요|합니다|할게요?|이야|이에요)?"
    r"|바람|바랍니다|요망|요청\S*)"
)
_ASK = (
    rf"(?:\s?(?:좀\s?)?(?:알려|말해|확인해|체크해|찾아|찾아봐|알아봐|봐|보여|설명해|정리해){_GIVE}"
    r"|\s?(?:알려|말해|확인해|체크해|봐|봐봐)(?=\s|$)"
    r"|\s?(?:궁금\S*|알고\s?싶\S*|알아\S*|알\s?수\s?있\S*|모르겠\S*|기억\S*(?:\s\S+)?))?"
)
_BE = (
    r"(?:이?야|이?예요|이에요|에요|이?지요?|이?죠|이?니|이?냐|이?냐고|인가요?|인지|인데요?|입니까|이?더라"
    r"|이?던가요?|였지요?|이었지요?|였죠|이었죠|였더라|이었더라|였나요?|이었나요?|였어요?|이었어요?|였니"
    r"|이?래요?|이?라고|이?랬지|이?랬더라|임|일까요?|이려나|이?었?던가요?)?"
)


_END = r"(?=[\s,.;:!?~…]|$)"
_ANY_PAST = (
    r"(?:어요?|나요?|니|냐|냐고|지요?|죠|더라|던가요?|는지|는데요?|는가요?|을까요?|습니까|대요?|다고|을려나"
    r"|을지|다며|다던데|길래|는\s?거\S+)"
)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# What follows each form of a verb: the form before 줘 (옮겨), the one with ㄹ (옮길), the stem
# (옮기), and the stem with 으 where it ends in a consonant (잡으).
_DONE = _pattern(
    rf"(?:{_GIVE}|\s?{_ALSO}|\s?{_LEAVE}|{_MUST}|{_MAY}|라|요)?(?:요|용)?{_END}",
)
_WILL = _pattern(
    rf"(?:래요?|게요?|까요?|{_ABLE}|\s수\s?있\S*|\s?거야|\s?거예요|\s?건데|{_SEEMS}){_END}"
)
_STEM = _pattern(rf"(?:자|자고|죠|지|고\s?싶\S*|기로\s?\S+|기(?=\s*$)|는\s?게\s?좋\S*){_END}")
_FULL = _pattern(
    r"(?:려고\S*(?:\s?(?:해\S*|하는데\S*))?|려\s?하\S*|세요|십시오|셔야\s?\S+"
    rf"|면\s?(?:좋겠\S*|돼요?|[되될]\S*|해요?|하는데\S*)){_END}"
)
_BARE = _pattern(rf"(?:{_BESEECH}|(?:을|를)?{_POLITE}(?=\s*$)){_END}")

# The same of a question; 옮긴, 옮깁 and 옮겼 beside.
_IS = _pattern(f"{_BE}{_ASK}{_END}")
_ASKED = _pattern(f"요?{_ASK}{_END}")
_ASKED_STEM = _pattern(
    r"(?:나요?|니|냐|냐고|지요?|죠|더라|던가요?|는지|는데요?|는가요?|대요?|다고|려나|다며|다던데)"
    f"{_ASK}{_END}"
)
_ASKED_NOW = _pattern(f"(?:가요?|지|데요?|대요?|다고|다며){_ASK}{_END}")
_ASKED_WILL = _pattern(f"(?:까요?|지|려나|래나|래요?){_ASK}{_END}")
_ASKED_POLITE = _pattern(f"니까{_ASK}{_END}")
_ASKED_PAST = _pattern(f"{_ANY_PAST}{_ASK}{_END}")

_BETWEEN = _pattern(
    r"(?:을|를|도|만|은|는|에|로|으로|이라고|라고)?"
    r"(?:\s?(?:좀|하나|하나만|한\s?번|한\s?번만|꼭|다시|빨리|다|바로|얼른|대신|전부|모두|그냥|처리))*\s?"
)


@cache
def request(verb: str) -> Forms:
    """The requests with `verb`, in its dictionary form: 옮기다, 별표 달다, 취소하다.

    Raises:
        ValueError: it does not end in 다.
    """
    words, stem = _parted(verb)
    done = infinitive(stem)
    full = stem if _final(stem) in (_NO_FINAL, _FINAL_R) else f"{stem}으"
    will = with_final(stem, _FINAL_R)
    tails = (done, _DONE), (will, _WILL), (stem, _STEM), (full, _FULL)
    # 답장 좀, 취소 부탁드려요, 일정 추가.
    return Forms(words, tails, _BARE if stem == "하" and words else None)


@cache
def question(verb: str) -> Forms:
    """The questions with `verb`, in its dictionary form: 있다, 어떻다, 몇 시이다.

    Raises:
        ValueError: it does not end in 다.
    """
    if verb.endswith("이다"):
        return Forms(verb.removesuffix("이다"), (), _IS)
    words, stem = _parted(verb)
    done = infinitive(stem)
    past = with_final(done, _FINAL_SS)
    will = with_final(stem, _FINAL_R)
    vowel = _final(stem) == _NO_FINAL
    now = with_final(stem, _FINAL_N) if vowel else f"{stem}은"
    polite = with_final(stem, _FINAL_B) if vowel else f"{stem}습"
    tails = (
        (done, _ASKED), (stem, _ASKED_STEM), (now, _ASKED_NOW), (will, _ASKED_WILL),
        (polite, _ASKED_POLITE), (past, _ASKED_PAST),
    )  # fmt: skip
    return Forms(words, tails)


class Forms:
    """The ways of asking with one verb; what is the same for every verb is compiled once."""

    def __init__(
        self,
        words: str,
        tails: tuple[tuple[str, re.Pattern[str]], ...],
        bare: re.Pattern[str] | None = None,
    ) -> None:
        """Take the words before the verb, and its forms with what may follow each.

        `bare` is what may follow the words without the verb.
        """
        self._words = _pattern(r"\s?".join(map(re.escape, words.split()))) if words else None
        self._tails = tails
        self._bare = bare
        self.needles = frozenset(
            {max(words.split(), key=len)} if words else {form for form, _ in tails}
        )
        """One of these is in every text that has one of the forms."""

    def match(self, text: str, start: int) -> Found | None:
        """The longest of the forms that `text` has at `start`."""
        ends: list[int] = []
        begin = start
        if self._words is not None:
            words = self._words.match(text, start)
            if words is None:
                return None
            begin = words.end()
            if self._bare is not None and (found := self._bare.match(text, begin)):
                ends.append(found.end())
        for form, tail in self._tails:
            ways = (tail.match(text, at + len(form)) for at in self._places(form, text, begin))
            ends += [found.end() for found in ways if found]
        return Found(max(ends)) if ends else None

    def search(self, text: str) -> bool:
        """Whether `text` can have one of the forms anywhere."""
        if self._words is not None and not self._words.search(text):
            return False
        return self._bare is not None or any(form in text for form, _ in self._tails)

    def _places(self, form: str, text: str, begin: int) -> Iterator[int]:
        """Where the form stands, with nothing but fillers before it."""
        if self._words is None:
            if text.startswith(form, begin):
                yield begin
            return
        at = text.find(form, begin)
        while at >= 0:
            if _BETWEEN.fullmatch(text, begin, at):
                yield at
            at = text.find(form, at + 1)


@dataclass(frozen=True)
class Found:
    """Where a form ends."""

    finish: int

    def end(self) -> int:
        """The offset behind it."""
        return self.finish


def _parted(verb: str) -> tuple[str, str]:
    """The words before a verb, and its stem: 별표 달다 → 별표, 달; 취소하다 → 취소, 하."""
    if not verb.endswith("다") or len(verb) == 1:
        raise ValueError(f"{verb} is no verb in its dictionary form")
    words, _, last = verb[:-1].rpartition(" ")
    if last.endswith("하") and last != "하":
        return f"{words} {last[:-1]}".strip(), "하"
    return words, last


def infinitive(stem: str) -> str:
    """The form before 줘: 옮기 → 옮겨, 지우 → 지워, 고르 → 골라, 쓰 → 써, 듣 → 들어."""
    for ending, form in _IRREGULAR.items():
        if stem == ending or (len(ending) > 1 and stem.endswith(ending)):
            return stem.removesuffix(ending) + form
    if stem.endswith("하"):
        return stem[:-1] + "해"
    before, last = stem[:-1], stem[-1]
    initial, vowel, final = _apart(last)
    if final != _NO_FINAL:
        return stem + ("아" if vowel in _BRIGHT else "어")
    if vowel == "ㅡ":
        bright = bool(before) and _apart(before[-1])[1] in _BRIGHT
        merged = _joined(initial, "ㅏ" if bright else "ㅓ", _NO_FINAL)
        # 고르 → 골라: the 르 lends its consonant to the syllable before.
        return (with_final(before, _FINAL_R) if last == "르" and before else before) + merged
    if vowel in _UNCHANGED:
        return stem
    if vowel in _MERGED:
        return before + _joined(initial, _MERGED[vowel], _NO_FINAL)
    return stem + "어"


def with_final(text: str, final: int) -> str:
    """`text` with a final consonant under its last syllable: 바꾸 → 바꿀; 잡 → 잡을."""
    initial, vowel, present = _apart(text[-1])
    if present == _NO_FINAL:
        return text[:-1] + _joined(initial, vowel, final)
    return text if present == _FINAL_R == final else text + _joined(11, "ㅡ", final)


def _final(text: str) -> int:
    return _apart(text[-1])[2]


def _apart(syllable: str) -> tuple[int, str, int]:
    """Initial, vowel and final consonant (Unicode standard, chapter 3.12)."""
    if not _FIRST <= ord(syllable) <= _LAST:
        raise ValueError(f"{syllable} is no syllable of Hangul")
    number = ord(syllable) - _FIRST
    return number // 588, _VOWELS[number % 588 // 28], number % 28


def _joined(initial: int, vowel: str, final: int) -> str:
    return chr(_FIRST + initial * 588 + _VOWELS.index(vowel) * 28 + final)
