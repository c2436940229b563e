"""Where a speaker may breathe in the middle of a clause. Korean and English. Pure.

A Korean phrase ends in a particle or an ending, which tells how natural a pause after it is; an
English one ends before a conjunction. No pause comes inside quotation marks or brackets, after a
word that modifies the next one, or before a word that belongs to the one before ("하고 있어요").
"""

from __future__ import annotations

import re

_WORD = re.compile(r"\S+")
_HANGUL = re.compile(r"[가-힣]")

_SHORTEST = {"ko": 4, "en": 12}
"""Characters of a phrase that is spoken by itself: "오늘은" alone would be a stutter."""
_REST = 6
"""Characters that have to follow: "있어요." alone would be one too."""
_AHEAD = 3
"""Characters after a phrase that tell whether the next word belongs to it."""

_CONNECTIVE = re.compile(
    r"(?:(?:하|있|없|되|이|많|시|리|지|치|내|오|르|으|추|우|키|두|주|나|드)고"
    r"|(?:다|라|자|냐)고|(?:는|은|인|한|던|운|린|진)데|지만|니까|느라|면서|거나|이라"
    r"|(?:아|어|여|해|려|워|와|가|쳐|차|라|돼|져|켜)서|(?:으|하|있|없|시)니"
    r"|(?:으|하|시|려|있|없|되|이|지)면|(?:으|이|하|리|오|가|되)며)$"
)
"""…했고, …는데, …지만, …어서, …면: a clause ends."""
_QUOTED = re.compile(r"""["'”’」』]\s*[이]?라고$""")
_TOPIC_AFTER = re.compile(r"(?:에|에서|까지|부터|으로|에게|께서|한테|중에|님|보다)[는은]$")
_ADVERBIAL = re.compile(r"(?:에|에서|까지|부터|에게|한테|께|께서|동안|으로|마다|때|보다|..로)$")
_WEEKDAY = re.compile(r"[월화수목금토일]요일")
_N, _L, _SS = 4, 8, 20
"""Last consonants ㄴ, ㄹ and ㅆ by their numbers in Unicode."""
_OPENING = ("'", '"', "‘", "“", "「", "『", "《")
_COMPOUND = frozenset(
    ("바로", "따로", "새로", "서로", "도로", "경로", "대로", "별로", "휴가", "추가", "요가", "대가")
)
"""Words that end as if in a particle."""

_ADNOMINAL_VOWEL = frozenset(
    "하되가오보나사쓰드리지주내키치우추두피르러려여이자만기니비타서차파아노"
)
"""Syllables before 는 that may end a verb: "하는 일"; after others it marks the topic."""
_ADNOMINAL_BATCHIM = frozenset("있없같많좋작높낮넓좁짧긴늦남찾받읽먹않젊맑밝깊얇굵붉넣놓앉믿닫얻")
"""The same before 은 and 을: "남은 일", "있을 때"."""

_BOUND = re.compile(
    r"""(?:있|없|싶|되|됐|돼|된|않|안\s|못|아니|해[\s요도야서]|했|할|하[는고며면지려]|계[시신셨]
    |보[여이]|봐|봤|주[세시셨]|줘|줄|둘|두[어었]|놓|좋|같[아았습네]|수\s|것|거[예나야]|때문|뿐|채\s|만큼
    |대[해한하]|위[해한하]|따[라르른]|의[해한하]|인[해한하]|관[해한하련]|비[해하]|걸[려리렸쳐]
    |뒤|후|전[에까]|이[후전]|이상|이하|정도|쯤|동안|걸쳐|통[해한]|들어|나와|나옵|맞|남|[?!.,)…])""",
    re.VERBOSE,
)
"""Beginnings of words that belong to the one before."""

_OPENS = re.compile(r"(?<![^\s(])'(?=\S)")
_CLOSES = re.compile(r"(?<=[^\s(])'(?![A-Za-z])")
"""Single quotation marks, as against apostrophes."""

_CONJUNCTION = re.compile(
    r"(?:and|but|because|so|which|who|while|when|if|then|from|with|at|between|after|before|until"
    r"|through|about)\s",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"(?:the|an?|these|those|that|this|my|your|his|her|its|our|their|of|to|in|on|for|is"
    r"|are|was|were|and|or|but|not|no|at|from|with|more|less|than|as|by|only|very)",
    re.IGNORECASE,
)
"""English words that never end a phrase."""


def breath(text: str, limit: int) -> int:
    """Return how many characters make the first phrase of a clause, 0 where there is no pause.

    Args:
        text: the clause from its beginning; what comes later may be missing.
        limit: characters that the phrase should have at most. The most natural pause within them
            is taken, else the first one after them.
    """
    best, best_strength = 0, 0
    language = "ko" if _HANGUL.search(text) else "en"
    strength_of = _korean if language == "ko" else _english
    for word in _WORD.finditer(text):
        end = word.end()
        if len(text) - end < _REST or (best and end > limit):
            break
        if end < _SHORTEST[language] or _is_inside(text[:end]):
            continue
        strength = strength_of(word[0], text[end:].lstrip())
        if strength and strength >= best_strength:
            best, best_strength = end, strength
    return best


def _korean(word: str, after: str) -> int:
    """Return how natural a pause after a word is: 0 not at all, 4 most."""
    if len(after) < _AHEAD or _BOUND.match(after) or word in _COMPOUND:
        return 0
    if _is_connective(word) or _is_topic(word):
        return 4
    if _ADVERBIAL.search(word) and len(word) > 1:
        return 3
    if _WEEKDAY.fullmatch(word) or (after.startswith(_OPENING) and not _modifies(word)):
        return 2
    return _case(word)


def _is_connective(word: str) -> bool:
    if word.endswith("고") and _batchim(word[-2:-1]) == _SS:
        return True
    return bool(_CONNECTIVE.search(word)) and len(word) > 1 and not _QUOTED.search(word)


def _is_topic(word: str) -> bool:
    if _TOPIC_AFTER.search(word):
        return True
    before = word[-2:-1]
    if word.endswith("는"):
        return bool(before) and not _has_batchim(before) and before not in _ADNOMINAL_VOWEL
    return word.endswith("은") and _is_noun_with_batchim(before)


def _modifies(word: str) -> bool:
    """Whether a word may describe the next one: …의, …ㄴ, …ㄹ ("보낼 메일")."""
    return word.endswith("의") or (_batchim(word[-1:]) in {_N, _L} and not word.endswith("일"))


def _case(word: str) -> int:
    """The same for subjects and objects."""
    before = word[-2:-1]
    if not before:
        return 0
    if word.endswith("이"):
        return 2 if _has_batchim(before) else 0
    if word.endswith("가"):
        return 2 if not (_has_batchim(before) or before.isdigit()) else 0
    if word.endswith("를"):
        return 1 if not _has_batchim(before) else 0
    return 1 if word.endswith("을") and _is_noun_with_batchim(before) else 0


def _english(word: str, after: str) -> int:
    return int(bool(_CONJUNCTION.match(after)) and not _DANGLING.fullmatch(word))


def _is_noun_with_batchim(syllable: str) -> bool:
    # Stems of the past (했, 었) carry ㅆ; none of their forms in 은 or 을 is a noun's.
    return (
        _has_batchim(syllable) and syllable not in _ADNOMINAL_BATCHIM and _batchim(syllable) != _SS
    )


def _has_batchim(syllable: str) -> bool:
    """Whether it ends in a consonant. Digits and Latin letters count as ending in none."""
    return _batchim(syllable) > 0


def _batchim(syllable: str) -> int:
    """The last consonant of a syllable by its number in Unicode; 0 none."""
    return (ord(syllable) - 0xAC00) % 28 if "가" <= syllable <= "힣" else 0


def _is_inside(text: str) -> bool:
    """Whether the end of a text lies between quotation marks or brackets."""
    if text.count('"') % 2 or len(_OPENS.findall(text)) > len(_CLOSES.findall(text)):
        return True
    return any(text.count(a) > text.count(b) for a, b in ("“”", "‘’", "「」", "『』", "《》", "()"))
