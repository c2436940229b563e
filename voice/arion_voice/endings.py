"""How the words of an utterance end: finished, or about to go on. Korean and English. Pure.

Korean puts the verb last and marks on it whether the sentence goes on, so that the last word
tells more than the length of a silence does.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from arion_voice.engines import Language


class Ending(Enum):
    """What the last words tell."""

    FINISHED = auto()
    """A sentence is complete: "…알려줘"."""
    UNFINISHED = auto()
    """More must follow: "내일 일정을", "메일 확인하고", "음"."""
    UNSURE = auto()
    """Either: "내일 세 시"."""


_ENDS_IN_SS = "".join(chr(code) for code in range(ord("가") + 20, ord("힣") + 1, 28))
"""Every syllable that ends in ㅆ, as the past does: 했, 왔, 있."""
_ENDS_IN_N = "".join(chr(code) for code in range(ord("가") + 4, ord("힣") + 1, 28))
"""Every syllable that ends in ㄴ, as the plain present does: 한, 온, 는."""

_KOREAN_FINISHED = re.compile(
    r"(요|죠|까|니다|줘|냐|거든|잖아|구나"
    rf"|[{_ENDS_IN_SS}없싶]([다어지니네나]|음)|[{_ENDS_IN_N}]다"
    r"|(?<![이올오피방])해|[려켜꿔눠둬놔봐]|(?<=\S)[아어]라|해라|하라|마라"
    r"|(뭐|디|제|구|마|거|이|니)야|(뭐|디|제|구|맞|하|되|이)지"
    r"|[할갈볼올살줄될릴칠]래|(하|가|보|먹|잡|두)자|되니"
    r"|\b(네|응|예|그래|좋아|아니|그만|잠깐|멈춰|취소|맞아|고마워))$"
)
_KOREAN_UNFINISHED = re.compile(
    r"(^|\s)(음|그|저|저기|그러니까|있잖아|그리고|그런데|근데|그래서|하지만|또|및|이|내|제|우리)$"
    r"|\s[어아]$"
    r"|[을를은는랑]$"
    r"|(는데|은데|인데|한데|던데|지만|려고|거나|도록|다가|자마자|든지|려면|느라|더니|니까|면서)$"
    r"|([아어해여가와봐라려져줘내써돼에])서$"
    r"|(?<![보광창재사최중참경예신])고$"
    r"|(?<![라화장냉표측국쫄비])면$"
)
_ENGLISH_UNFINISHED = re.compile(
    r"\b(and|but|or|so|because|if|when|while|then|the|a|an|to|for|with|at|on|in|of|from|by|into"
    r"|about|my|your|his|her|our|their|is|are|was|will|would|could|can|um|uh|er|hmm|like)$"
)
_ENGLISH_FINISHED = re.compile(r"\b(please|thanks|thank you|yes|no|yeah|nope|stop|cancel|okay|ok)$")
_CLOSING = " .,!?。！？…~\"'”’"


def ending_of(text: str, language: Language) -> Ending:
    """Tell from its last words whether an utterance is over.

    Args:
        text: what was heard so far. A recogniser's full stop counts for nothing: it writes one
            wherever the audio ends.
        language: of the text.
    """
    written = text.strip()
    words = written.rstrip(_CLOSING).lower()
    if not words:
        return Ending.UNSURE
    is_korean = language == "ko"
    if (_KOREAN_UNFINISHED if is_korean else _ENGLISH_UNFINISHED).search(words):
        return Ending.UNFINISHED
    if written.endswith((",", "…", "...")):
        return Ending.UNFINISHED
    finished = (_KOREAN_FINISHED if is_korean else _ENGLISH_FINISHED).search(words)
    return Ending.FINISHED if finished or written.endswith("?") else Ending.UNSURE
