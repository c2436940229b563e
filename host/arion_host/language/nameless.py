"""Words that name no thing by themselves: 뒤로, 4번, 제일 싼, "her", "which of them"."""

from __future__ import annotations

import re

from arion_kit.words import Language

_NAMELESS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:"
        # how and where to, but not what
        r"(?:뒤|앞|위|아래|나중|다음|이전)(?:으로|로|에)만?|미리|다시|도로|그냥|그대로|따로|같이|함께|먼저|빨리|얼른|일찍"
        r"|늦게|계속|바로|조금|조금만|잠깐|잠깐만|대신|씨|님"
        # one of those that were shown
        r"|\d{1,3}번"
        r"|(?:그|이|저)?\s?중(?:에|에서|에서는|에선)?|(?:그|이)?\s?(?:중|가운데)에서?\s.*"
        r"|(?:그|이|저)\s(?:전|후|뒤|앞|다음|때)(?:에|로|으로)?"
        r")$"
        r"|^(?:누가|누구(?:를|한테|랑|랑은|랑도)?|뭐가|뭐를|어디(?:서|에|에서|로)|언제|몇)\s"
        # the person speaking, a way of going and what answers no question of what
        r"|^(?:나로|저로|나도|저도|안|못|전|후|내가|제가|나는|나를|나한테|저한테|관련|걸어서|도보로)$|^(?:가는|오는|돌아오는)\s"
        r"|^(?:이거|그거|저거|이것|그것)(?:\s|보다|랑|만|도|한테)|(?:빼고|빼놓고|제외하고)(?=\s|$)"
        r"|(?:^|\s)(?:언제|뭐|뭔|어디|누구|얼마)(?:래|야|지|죠|예요|인지|라고|랬지|더라)요?$"
        # 유나가 못 온대, 걔가 아프대
        r"|(?:^|\s)(?:못|안)\s\S*(?:대|래|다|네|지|음|어|아|해|서)요?$|\S[이가]\s(?:\S+\s)?\S*[었았왔갔했됐]대요?$"
    ),
    "en": re.compile(
        # of what was shown
        r"^(?:her|him|hers|his|them|us|he|she|they|next|back|forward|later|earlier|again|instead|too|also"
        r"|now|away|out|together"
        r"|(?:her|him|them|me|us|it|that) (?:next|again|now|then|too|back|today|tomorrow|there)"
        r"|(?:the )?(?:best|worst|(?:cheap|new|old|near|clos|lat|larg|long|bigg|small|earli)est)"
        r"|(?:the )?(?:most|least) \w+"
        r"|(?:that |this |it )?(?:works(?: for me)?|(?:sounds|looks) \w+)"
        r"|(?:the )?(?:first|last) (?:two|three|few)|(?:the )?(?:rest|others?))$"
        r"|^to (?:leave|go|start|get|come|be|do|wake|head)\b|^both\b|^(?:all|each) of\s"
        r"|^(?:actually|never ?mind|sorry|oops|wait)\b"
        r"|^(?:who|whom|what|when|where|why|how|which|whose)\b"
        r"|\b(?:of|from|among) (?:them|those|these)\b|\b(?:her|him|them)(?: (?:next|again|too))?$",
        re.IGNORECASE,
    ),
}

_EMPTY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        "다|싹|싹 다|전부|모두|하나|더|또|좀|뭐|것|거|걸|새|새로운"
        "|어디|언제|언젠가|누구|누가|누군가|무엇|뭘|뭔가|무슨|어떤|어느|얼마|몇|왜|어떻게"
    ),
    "en": re.compile(
        "and|to|for|of|with|in|on|at|from|by|up|up to|all|everything|as|is|off|me|then|so|but|or"
        "|anything|something|new|(?:(?:a|an|the|new|another|one|my) )?(?:e-?mails?|mails?|messages?"
        "|tasks?|events?|pages?|rows?|entry|entries|items?|lines?|issues?|pull requests?|prs?"
        "|repos?|repository|branch|label|comment|file|someone|somebody|anyone|anybody|nobody|everyone"
        "|everybody|they|change|drop|set|take|make|give|get|put|show|find|tell|see|check|keep|turn"
        "|open|close|add|remove|ask|request|invite|delete|yeah|yep|yes|no|ok|okay)",
        re.IGNORECASE,
    ),
}
"""What names nothing on its own, whatever it would be the name of."""
_NO_MESSAGE = re.compile(
    r"(?:off|up|down|away|back|out|over|in|on|to|into|for|of|with|at|from|by|about"
    r"|the|and|or|as|is)(?: (?:my|the|our))?(?: (?:notion|github|calendar|list|database|page))?"
    r"|(?:(?:an?|the|another|new|one|some) )?(?:new )?(?:something|anything|stuff"
    r"|row|entry|item|line|page|task|record)",
    re.IGNORECASE,
)
"""What is no message, title or search of its own, "put a task in"."""

_MOST_KO = re.compile(
    r"(?:제일|가장|젤|더|덜)\s(?P<how>[가-힣]+)(?:\s(?:거|것|꺼|걸|건|게|데|곳|놈))?"
)
_MORE_KO = re.compile(r"(?:더|덜)\s(?P<how>[가-힣]+)\s.+")
_ADNOMINAL = 4
"""The final consonant of what stands before a noun: ㄴ of 싼."""


def is_empty(words: str, language: Language) -> bool:
    """Whether words are nothing but a word for any thing, for how many, or for what is done."""
    return _EMPTY[language].fullmatch(words) is not None


def is_no_message(words: str) -> bool:
    """Whether English words cannot be what somebody is to be told, or what is to be written."""
    return _NO_MESSAGE.fullmatch(words) is not None


def is_nameless(words: str, language: Language) -> bool:
    """Whether words tell how, which of several or who asks, and name no thing."""
    if _NAMELESS[language].search(words) is not None:
        return True
    if language == "en":
        return False
    most = _MOST_KO.fullmatch(words) or _MORE_KO.fullmatch(words)
    return most is not None and (ord(most["how"][-1]) - ord("가")) % 28 == _ADNOMINAL
