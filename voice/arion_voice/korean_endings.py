"""Korean: whether the last words of an utterance close a sentence, or leave it open. Pure.

Korean puts the verb last and marks on it whether the sentence goes on, so that the last word
tells more than the length of a silence does.
"""

from __future__ import annotations

import re


def _ending_in(*finals: int) -> str:
    """Every syllable whose final consonant is one of these, by its number in Unicode's order."""
    return "".join(
        chr(code) for code in range(ord("가"), ord("힣") + 1) if (code - 44032) % 28 in finals
    )


_N, _L, _B, _SS = _ending_in(4), _ending_in(8), _ending_in(17, 18), _ending_in(20)
_CLOSED = _ending_in(*range(1, 28))
"""Syllables with a final consonant."""

_STEMS = (
    "먹적읽찍죽막박썩꺾닦깎볶섞낚엮묶안신앉얹끊많찮않열틀들달걸풀늘줄알물살팔갈날돌놀몰밀빌멀말불울굴쓸끌"
    "남심감담참넘숨품잡뽑입집접업씹좁굽웃씻벗찾잊늦맺찢꽂맞낮닫받믿얻묻뜯걷굳쏟싣같붙맡넣좋놓쌓낳"
    "잃싫뚫앓젖뱉높깊덮엎밝맑늙긁젊닮굶삶옮넓짧얇밟"
)
"""Last syllables of verbs, before 어 and 아."""
_NAMES_IN_EO = "언단영국색본문장상용광인전준독잉숭숙"
"""Before 어 in nouns. After any other syllable a recogniser writes 어 where 을 was said."""

_OPEN = re.compile(
    r"(^|\s)(음|그|저|저기|그러니까|있잖아|그리고|그런데|근데|그래서|하지만|또|및|이|내|제|우리"
    r"|그런데요|근데요|그래서요|저기요|있잖아요|그니까요?|뭐랄까"
    r"|그 뭐더라|그 뭐냐|그 뭐지|뭐냐면|이제|일단|혹시)$"
    r"|^아 맞다$"
    rf"|(?=[{_CLOSED}])[^{_STEMS}{_SS}없싶{_NAMES_IN_EO}]어$"
    r"|\s[어아]$|(^|\s)(으*음+|[음어아]{2,})$"
    r"|(?<!사)(?<!자)(?<!신)(?<!노)(?<!파)(?<!명)랑$|(?<!가)(?<!마)(?<!노)을$|[를은는]$"
    r"|(는데|은데|인데|한데|던데|지만|려고|거나|도록|다가|자마자|든지|려면|느라|더니|면서)$"
    rf"|(?<![{_B}])니까$"
    r"|([어아해여가와봐라려져줘내써돼에])서$"
    r"|(?<![보광창재사최중참경예신장금원로])고$"
    r"|(?<![라화장냉표측국쫄비])면$"
)
_OPEN_UNASKED = re.compile(
    r"(한[테태]|에[게개]|께|에서|까지|부터|\w에)$"
    rf"|[{_CLOSED}]이$|[^\W{_CLOSED}]가$"
    rf"|[{_N}] (다음|뒤|후)$|[{_L}] 때$"
)
"""Parts of a sentence that may be all where a question is answered: "민지한테"."""
_ELLIPSIS = re.compile(
    r"^(그럼|그러면|아니|그)\s.*(은|는|면|말고)$"
    r"|^\S+(은|는|면)$"
    r"|(야 [될돼할] 것 같은데|싶은데|궁금한데|야 [돼되하]는데|있는데|없는데)$"
    r"|^뭐라고$"
)
"""What looks open and may be all: "그럼 금요일은", "보고 싶은데"."""

_AFTERTHOUGHT = re.compile(
    r"(줘|요|둬|놔|까|해|더라|[줄실할]래)[,.]? (?!그리고)(\S+ ){0,5}"
    r"\S*(다고|라고|자고|말고|에서|면|에|한테|까지)$"
)
"""What follows a complete sentence: "답장해 줘 알겠다고"."""

_NO_PARTICLE = re.compile(
    r"(추가|휴가|주가|요가|(들어|돌아|가져|데려|다녀|올라|내려|걸어|지나|넘어)가|높이|길이|깊이|넓이|어린이"
    r"|고양이|종이|^여기까지)$"
)
"""What ends like a word with a particle."""

_NOUNS = re.compile(
    r"(필요|중요|수요|주요|개요|소요|가요|동요|강요|월요|화요|목요|금요|토요|일요"
    r"|페이지|이미지|메시지|메세지|편지|휴지|강아지|돼지|반지|공지|유지|몇 가지|여러 가지|까지"
    rf"|[{_NAMES_IN_EO}]어|[타샤파]워|올해|이해|오해|새해|피해|방해|동해|남해|서해"
    r"|배려|고려|참여|기여|대여|빨래|[반현근연군관침절운]대|\b[길달멀]게|집게|아까|벌써"
    r"|거쳐|통해|위해|향해|에 (대|관|비|의)해|콜라|빌라)$"
)
"""Words that look like verbs at their end."""
_FINISHED = re.compile(
    rf"(요|죠|까|니다|냐|거든|잖아|구나|더라|어때|던가|인가|건가|나 봐)$"
    rf"|([{_SS}없싶]([다어지니네나]|음)|[{_N}]다|[좋많같프쁘맞하]다|[{_SS}없떻{_N}]대|[뭐디이]래)$"
    r"|(줘|해|[려켜겨쳐춰꿔눠둬놔봐워돼빼]|(?<!로)써|보여|줄여|높여|붙여|보내|꺼내|끝내|(?<=\s)[와가서타사자내꺼])$"
    r"|((들어|돌아|가져|데려|다녀|챙겨|찾아)[와가]|(올라|내려|걸어|지나|넘어)가|나와|[빨몰골]라|[눌불]러|없애|바빠|아파|고파|나빠|예뻐|기뻐|슬퍼|비싸|아니야|아냐)$"
    rf"|[{_STEMS}][어아]$|(?<=\S)[어아]라$|[해하마]라$|지 ?마$"
    r"|((뭐|디|제|구|마|거|이|개|시|통|번|명)야|(뭐|디|제|구|맞|하|되|이|거|좋)지)$"
    rf"|([{_L}][래게]|(하|가|보|먹|잡|두|말|쓰|주|내)자|[하좋맞렇]네|[되뭐]니|[되오비히]나|려나)$"
    r"|(?<!^)(취소|삭제|추가|완료|부탁|그만)$"
    r"|^(아니\s|아\s|네\s|어\s|응\s)?(네|예|응|어 그래|그래|좋아"
    r"|그만|잠깐|잠깐만|멈춰|취소|고마워|안녕|끝)$"
    r"|\s(고마워|맞아|뭐라고)$"
)
_ASKS = re.compile(
    r"(뭐|무슨|무엇|누구|누가|어디|언제|얼마|어떻게|어떤|어느|몇|며칠|왜).*"
    rf"([어아야래대니냐돼와려]|\s가|(?<![{_N}{_L}])지|(?<=[^이개마])나|는데|은데|인데)$"
)
"""A question without a question mark."""
_TAIL = re.compile(r"(\s(빨리|얼른|당장|지금|바로|그냥|그거|이거|나|뭐|제발|다시|ㅋ+|ㅠ+))+$")
"""What is said after the verb."""


def is_open(words: str, *, answers: bool = False) -> bool:
    """Whether more must follow.

    Args:
        words: without punctuation at the end.
        answers: whether they may be the answer to a question.
    """
    is_part = not answers and _OPEN_UNASKED.search(words) and not _NO_PARTICLE.search(words)
    if not is_part and _OPEN.search(words) is None:
        return False
    return not (_ELLIPSIS.search(words) or _ASKS.search(words) or _AFTERTHOUGHT.search(words))


def is_finished(words: str) -> bool:
    """Whether a sentence is complete.

    Args:
        words: without punctuation at the end.
    """
    words = _TAIL.sub("", words)
    if _NOUNS.search(words) or _OPEN.search(words):
        return False
    return bool(_FINISHED.search(words) or _ASKS.search(words))
