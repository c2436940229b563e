"""Commands of several parts: "메일 확인하고 회의 잡아줘", "check my mail and then book a table".

Titles and messages hold such words as well, so what is returned are candidates: one counts when
every part is understood on its own. That the whole is understood too says little, since a free
slot can swallow a command: "치과 예약 잡고 김하나" would be whom to write to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from arion_host.agents.together.doubts import quoted
from arion_host.language.korean_verbs import infinitive
from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

_MOST_PARTS = 3
_MOST_JOINTS = 6
_LONGEST = 300
"""Where a sentence has more joints or characters, it is a text and no command."""

DONE_KO = (
    "메모", "취소", "확인", "추가", "삭제", "예약", "등록", "답장",
    "정리", "저장", "검색", "주문", "승인", "완료", "처리", "전송",
    "공유", "변경", "수정", "초대", "요약", "체크", "보관", "표시",
    "설정", "신청", "결제", "구매", "발송", "회신", "전달", "생성",
    "기록", "연기", "제거", "병합", "머지", "비교", "수락", "거절",
    "조회",
)  # fmt: skip
"""What is done to something: behind these, 하고 is "do and" and not "with"."""
_NEXT_KO = (
    r"(?:그리고(?:\s?나서)?|그리고서|그\s?다음에?(?:는)?|그런\s?다음에?|그러고(?:\s?나서)?|또)"
)
_VERB_KO = re.compile(
    rf"(?<!\S)(?P<stem>[가-힣]+)(?:고(?:(?<!보고)서|는|요)?(?:\s?나서)?|으?면서|자마자),?\s+(?:{_NEXT_KO},?\s+)?"
    r"|(?<!\S)(?P<past>[가-힣]+(?:\s준)?)\s?(?:다음|뒤|후)(?:에|에는)?,?\s+"
    rf"|(?<=\s)(?P<noun>{'|'.join(DONE_KO)}),\s+"
    r"|(?<!\S)(?P<while>[가-힣]+)는\s?김에,?\s+"
)
_WISH_KO = re.compile(
    rf"(?<=[줘요야어지까려니나냐해봐라])(?:[,.?!;]\s*|\s+)(?:{_NEXT_KO},?\s+)"
    r"|(?<=[줘요])(?:[,.!;]\s*|\s+)(?=\S)|(?<=[려니냐래야])[?.,;]\s*(?=\S)"
)
_NO_WISH_KO = re.compile(
    r"^(?:그리|그러|이러|저러|그렇|이렇|어떻|아니|있|없|같|좋|싶|많|괜찮)$|싶$"
    r"|(?:^|[가-힣])(?:광|창|중|재|신|경|장|사|참|최|원|예|회|선|공|차|비|금|국|출|투|충|상)$|.[다라자냐]$"
)
"""What stands before 고 in nouns and in what somebody says: 광고, 회고, 늦는다고."""
_ASKING_KO = re.compile(
    r"(?:얼마|몇|뭐|뭘|무슨|무엇|언제|어디|누가|누구|어떻게|어떤|어느)\S*(?:\s|$)"
)
_VERB_ASKED_KO = re.compile(
    r"(?:걸리|있|가|오|하|되|들|나오|남|열리|끝나|시작하|나가|보이|어떻|\S*[았었였했됐왔갔])"
)
_WHAT_IS_KO = re.compile(r"(?P<what>얼마|언제|어디|누구|뭐|무엇|몇\s?시)")
_KEPT_KO = re.compile(r"[아어여해워와춰겨려둬줘써쳐내져봐]\s?(?:놓|두|놔)$")
_FIRST: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:(?:먼저|우선|일단|그리고|그\s?다음(?:에|엔)?|다음으로|마지막으로|이어서|겸사겸사|그러면서|동시에"
        r"|그거\s끝나면|끝나면|다\s되면|또|아\s?참|아)[\s,]+)+"
    ),
    "en": re.compile(
        r"^(?:(?:first(?: of all| off)?|firstly|to start(?: with)?|then|next|after that|afterwards?"
        r"|finally|lastly|also|plus|and|so|oh|but|please|while you're at it|while you are at it"
        r"|(?:once|when|after) (?:that's|that is|you're|you are|you've|that) (?:done|finished)"
        r"|(?:could|can|would|will) you(?: also| please)?"
        r"|i(?:'d| would) (?:also )?like (?:you )?to"
        r"|i(?: also)? (?:want|need)(?: you)? to)\b,?\s+)+",
        re.IGNORECASE,
    ),
}
_LAST: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"[,\s]+(?:그러고\s?나서|그\s?다음에|먼저)$"),
    "en": re.compile(
        r",?\s+(?:after that|afterwards?|first|next|then|also|too|as well"
        r"|while you're at it|while you are at it|when you're done|when you are done"
        r"|(?:once|when) (?:that's|that is) done|in one go|right after|straight after)$",
        re.IGNORECASE,
    ),
}
"""What only says in which order commands come."""
_TOO_KO = re.compile(r"(?<=[가-힣]{2})도(?=\s)")
_LITTLE_KO = re.compile(r"(?<=[가-힣]{2})도?\s좀$")
"""서울 날씨도 좀: the verb of the part before is left out."""
_TO_WHOM_KO = re.compile(r"\S(?:한테|에게|께)\s")
_SAYING_KO = re.compile(r"[다라자냐까요]고\s.*(?:메일|답장|초안|전해|댓글|이메일)")
_BUT_KO = re.compile(
    r"^(?:빼|제외하|빼놓)고(?:는|서)?\s.*(?:찾아|보여|알려|골라|추천|검색|있|뭐|몇|언제|비는|빈)"
)
"""점심시간 빼고 비는 시간 찾아줘: what is taken out of what is looked for."""
_SAYING_SO_KO = re.compile(
    r"^\S+면서\s.*\S[다라자냐]고\s(?:\S+\s)?(?:써|적어|말해|전해|덧붙|남겨|해)"
)
"""전달하면서 검토 부탁드린다고 써줘: what is written with it."""
_TRIED_KO = re.compile(r"[아어해봐]보$")
_ONE_WORD: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"[가-힣]{2,}(?:줘요?|주세요|줄래요?)"),
    "en": re.compile(r"headlines|news|weather|notifications|calendar|mail|deals", re.IGNORECASE),
}
_TO_DO_KO = re.compile(
    r"(?:\S+\s){0,4}\S+기(?:를|도)?\s(?:.*\s)?(?:할\s?일|투두|메모|체크리스트)"
    r"(?!.*(?:지워|삭제|빼|보여|완료))"
)
"""Behind several things to do, of which only the last has the verb of the command."""
_STEMS: dict[str, str] = {
    "잡": "잡아", "보내": "보내", "지우": "지워", "만들": "만들어", "찾": "찾아", "읽": "읽어",
    "알리": "알려", "옮기": "옮겨", "넣": "넣어", "적": "적어", "쓰": "써", "바꾸": "바꿔",
    "미루": "미뤄", "당기": "당겨", "늦추": "늦춰", "빼": "빼", "없애": "없애", "달": "달아",
    "남기": "남겨", "붙이": "붙여", "떼": "떼", "올리": "올려", "닫": "닫아", "열": "열어",
    "버리": "버려", "고르": "골라", "알아보": "알아봐", "담": "담아", "사": "사", "돌리": "돌려",
    "멈추": "멈춰", "보": "봐", "합치": "합쳐", "비우": "비워", "꺼내": "꺼내", "되살리": "되살려",
    "넘기": "넘겨", "띄우": "띄워", "챙기": "챙겨", "부르": "불러", "틀": "틀어", "전하": "전해",
}  # fmt: skip
"""What the stem of a verb becomes before 줘, where it does not end in 하 or 주."""
_PASTS: dict[str, str] = {
    "잡은": "잡아", "보낸": "보내", "지운": "지워", "만든": "만들어", "찾은": "찾아",
    "읽은": "읽어", "옮긴": "옮겨", "넣은": "넣어", "적은": "적어", "쓴": "써", "바꾼": "바꿔",
    "뺀": "빼",
    "남긴": "남겨", "닫은": "닫아", "단": "달아", "담은": "담아", "미룬": "미뤄", "알려준": "알려",
    "보여준": "보여", "읽어준": "읽어", "버린": "버려", "올린": "올려", "붙인": "붙여",
}  # fmt: skip

_JOINT_EN = re.compile(
    r"(?:[,;.?!]\s*|\s+(?:[-–]\s)?)(?:and then|and also|and after that|after that|and|then|also"
    r"|plus"
    r"|but first|but|oh and|while you're at it|afterwards)\b,?\s+|[;,.?!]\s+",
    re.IGNORECASE,
)
_STRONG_EN = re.compile(r"then|also|after|[.;?!]", re.IGNORECASE)
_PARTS_EN = re.compile(r"[,.;?!]\s*(?:and|then|plus|also|oh)\b|then|after|[;?!]", re.IGNORECASE)
"""What joins commands whatever the second begins with: ", and how much is it"."""
_SAYING_EN = re.compile(
    r"\b(?:email|mail|message|write|reply|answer|comment|draft)\b.*\b(?:that|saying|says)\b"
    r"(?=.*(?:\b(?:will|can|could|should|would|must|may|might|please|let's|can't|won't)\b"
    r"|'ll\b|\b(?:wants?|needs?|ha(?:ve|s)|going|about|like) to\b))",
    re.IGNORECASE,
)
"""What begins a message about things to do, in which "and" joins no commands."""
_TO_DO_EN = re.compile(
    r"\b(?:tasks?|to-?dos?|reminder|remind me|note|issue)\b.*\bto (?!my\b|the\b|a\b|our\b)\w+",
    re.IGNORECASE,
)
"""What begins things to do, of which "and" joins several in one command."""
_QUOTING_EN = re.compile(r"\b(?:that|saying|says?|called|titled|named)\s", re.IGNORECASE)
"""Behind these the words are somebody's own: "comment that it's next"."""
_RENAMES_EN = re.compile(r"(?:rename|retitle|change)\b", re.IGNORECASE)
_COMMAND_EN = re.compile(
    r"(?:please |also |then )?(?:check|show|read|tell|give|find|search|look|list|open|get|pull up"
    r"|what"
    r"|what's|when|when's|where|where's|who|how|which|is|are|do|did|any|schedule|book|make|create"
    r"|add|put|set|arrange|move|reschedule|push|postpone|delay|cancel|delete|remove|drop|clear"
    r"|email|send|write|draft|reply|forward|answer|archive|trash|mark|star|unstar|label|file"
    r"|comment|leave|post|close|reopen|approve|merge|rerun|retry|stop|order|buy|compare|check off"
    r"|block|reserve|let|see|text|ping|jot|log|save|plan|pencil|confirm|report|mute|unsubscribe"
    r"|snooze|invite|assign|respond|navigate|hold|warn|inform|count|tick|stick|throw|put|will|how's"
    r"|who's|has|have|track|share|start|mail|turn|empty|undo|keep|update|edit|replace|join"
    r"|append|rename|change|accept|decline|restore|bring|take|remind|note|cross|skip|bin|ditch|scrap"
    r"|chuck|toss|pop|shift|bump|swap|pull up|fetch|grab|fix|flag|jot|wipe|say|sign|rsvp"
    r"|name|merge|bookmark"
    r"|unarchive|unread|check in|am|can|could|should|does|did|was|were|there's|how'd|where'd"
    r"|i'd|i'm|i"
    r"|call|rate|split|scratch|nuke|tag|untag|attach|fire|shoot|drop|lock|unlock|pin|raise|request|dismiss"
    r"|enter|insert|kick off|trigger|rebook|resend|re-run|finish|complete|make|mention|tidy)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Joint:
    """Where a sentence may come apart."""

    begin: int
    """End of the left part, without its verb where that has to change."""
    verb: str
    """The verb of the left part as a wish, or nothing."""
    finish: int
    """Start of the right part."""


def splits(text: str, language: Language) -> Iterator[tuple[str, ...]]:
    """Every way in which `text` may be two or three commands, the likeliest first."""
    said = tidy(text, language)
    joints = list(_korean(said) if language == "ko" else _english(said))
    if len(joints) > _MOST_JOINTS or len(said) > _LONGEST:
        return
    # Taken together, two commands may pass for one with a long title.
    for count in range(min(len(joints), _MOST_PARTS - 1), 0, -1):
        for chosen in combinations(joints, count):
            parts = tuple(_parts(said, chosen, language))
            if all(_may_be_said(part, language) for part in parts) and _quotes_stay(text, parts):
                yield parts
                if (plain := _without_too(parts)) != parts:
                    yield plain


def _may_be_said(part: str, language: Language) -> bool:
    """Whether words are enough for a command; 닫아줘 is, behind what is to be closed."""
    return len(part.split()) > 1 or _ONE_WORD[language].fullmatch(part) is not None


def _quotes_stay(text: str, parts: tuple[str, ...]) -> bool:
    """Whether what was put in quotes is in one part."""
    return all(any(bare(words) in bare(part) for part in parts) for words in quoted(text))


def _without_too(parts: tuple[str, ...]) -> tuple[str, ...]:
    """메일도 읽어줘 without the 도 that only refers to the part before."""
    return (parts[0], *(without_too(part) for part in parts[1:]))


def without_too(part: str) -> str:
    """A command without the first 도 of it, if it has one."""
    return _TOO_KO.sub("", part, count=1)


def _parts(said: str, joints: tuple[_Joint, ...], language: Language) -> Iterator[str]:
    start = 0
    for joint in joints:
        yield _plain(said[start : joint.begin] + joint.verb, language)
        start = joint.finish
    yield _plain(said[start:], language)


def _plain(part: str, language: Language) -> str:
    """A command without what only says when it is its turn: first, after that."""
    part = part.strip(" ,;.?!")
    part = _FIRST[language].sub("", part)
    if language == "ko":
        part = _LITTLE_KO.sub("", part)
    if _QUOTING_EN.search(part):
        return part
    return _LAST[language].sub("", part).strip(" ,;.?!")


def _korean(said: str) -> Iterator[_Joint]:
    joints: list[_Joint] = []
    for found in _VERB_KO.finditer(said):
        stem = found["stem"] or found["while"]
        wish = _wish(stem) if stem else _wish_of_past(found["past"] or "")
        if found["noun"]:
            wish = f"{found['noun']}해줘"
        if stem and (asks := _asked(stem, said[: found.start()])) is not None:
            wish = asks
        if found["stem"] == "하" and said[: found.start()].endswith("야 "):
            wish = "해"  # 사야 하고
        if wish is not None:
            joints.append(_Joint(found.start(), wish, found.end()))
    joints += [_Joint(found.start(), "", found.end()) for found in _WISH_KO.finditer(said)]
    meant = (
        it
        for it in joints
        if not (
            _is_told(said[: it.finish], said[it.finish :])
            or _BUT_KO.search(said[it.begin :])
            or _SAYING_SO_KO.match(said[it.begin :])
        )
    )
    yield from sorted(meant, key=lambda joint: joint.begin)


def _is_told(before: str, behind: str) -> bool:
    """Whether a joint lies in what somebody is told: 하나에게 [일정 알려주고 … 달라]고 전해줘."""
    if _TO_DO_KO.match(behind) and not re.search(r"할\s?일|투두|메모|체크리스트", before):
        return True
    told = _SAYING_KO.search(behind) is not None and not _TO_WHOM_KO.search(behind)
    return told and _TO_WHOM_KO.search(before) is not None


def _wish(stem: str) -> str | None:
    """A verb before 고 as a wish: 확인하 → 확인해줘, 알려주 → 알려줘, 다시 잡 → 다시 잡아줘."""
    if stem.endswith("하"):
        return f"{stem[:-1]}해줘"
    if stem.endswith("주"):
        return f"{stem[:-1]}줘"
    if len(stem) > 1 and _TRIED_KO.search(stem):
        return f"{stem[:-1]}봐줘"
    if len(stem) > 2 and _KEPT_KO.search(stem):
        return f"{stem[:-1]}줘"
    known = next((end for end in _LONGEST_FIRST if stem.endswith(end)), None)
    # A stem of one syllable is a whole word, or it ends a noun: 담 of 부담고.
    if known is not None and (len(known) > 1 or stem == known):
        return f"{stem.removesuffix(known)}{_STEMS[known]}줘"
    stem = re.sub(r"(?<=[가-힣])으$", "", stem)
    if _NO_WISH_KO.search(stem):
        return None
    return f"{infinitive(stem)}줘"


_LONGEST_FIRST = sorted(_STEMS, key=len, reverse=True)


def _asked(stem: str, before: str) -> str | None:
    """A verb before 고 as a question, where the words before it ask: 얼마나 걸리고 → 걸려."""
    if (noun := _WHAT_IS_KO.fullmatch(stem)) is not None:
        return f"{noun['what']}{'이' if _ends_closed(noun['what']) else ''}야"
    if stem in ("시", "개", "명", "분", "번", "건", "통") and before.rstrip().endswith("몇"):
        return f"{stem}{'이' if _ends_closed(stem) else ''}야"
    if stem == "어떻":
        return "어때"
    if _ASKING_KO.search(before) is None or not _VERB_ASKED_KO.fullmatch(stem):
        return None
    if stem[-1] in "았었였했됐왔갔":
        return f"{stem}어"
    return infinitive(stem)


def _ends_closed(word: str) -> bool:
    return (ord(word[-1]) - ord("가")) % 28 != 0


def _wish_of_past(word: str) -> str | None:
    if word.endswith(("한", "준")) and len(word) > 1:
        return f"{word[:-1].strip()}{'해' if word.endswith('한') else ''}줘"
    if word in _PASTS:
        return f"{_PASTS[word]}줘"
    return None


def _english(said: str) -> Iterator[_Joint]:
    for found in _JOINT_EN.finditer(said):
        before, strong = said[: found.start()], _STRONG_EN.search(found[0])
        told = (_SAYING_EN.search(before) and not strong) or (
            _TO_DO_EN.search(before)
            and not _RENAMES_EN.match(before)
            and found[0].strip().lower() == "and"
        )
        begins = _COMMAND_EN.match(said, found.end()) or _PARTS_EN.search(found[0])
        if begins and not told:
            yield _Joint(found.start(), "", found.end())


def begins_command(words: str, language: Language) -> bool:
    """Whether words begin as a command in English does, and no name of a thing."""
    return language == "en" and len(words.split()) > 1 and _COMMAND_EN.match(words) is not None
