"""What the words for a thing do not hold: a clause of its own, or another app's name."""

from __future__ import annotations

import re

from arion_host.language.nameless import is_nameless
from arion_kit.words import Language, ReferenceSlot, Slot, TextSlot

_CLAUSE = re.compile(
    # 앞에 서 있는데, 샴푸는 됐고, 비가 오면; not what ends the words, as 하는 김에 does
    r"(?:는데|은데|인데|니까|거든|길래|느라|더니|않고|싶어서|[오하되이]면서?)요?(?=[\s,])"
    r"|\S(?:가|하|되|보|나|지|으)면(?=\s)"
    r"|(?:라고|[다자냐]고|기\s전에?)(?=\s)|\S(?:해|워|어|아|여)서(?=\s)|(?:^|\s)몇\s(?:시|분)"
    r"|(?<!기로 )(?:했|었|았|였|됐|갔|왔)(?:어|니|지|나|네|대)요?$"
    r"|\S(?:한테|에게|[한는]다고)$|(?:됐고|말고|아니고|두고|냅두고)(?=[\s,]|$)|(?:근처|주변)에$|(?:[았었였했됐렸왔갔있없났]으|이하|이상이|미만이)면$|\S(?:이랑|하고)$"
    r"|\S이나\s|(?:걸로|거로|것으로)(?=\s|$)|는 데$|\s(?:사|하|가|오|보|되|쓰|먹)면$"
    r"|[었았했였있없]는데$|것 같[아은다]|어떡|(?:써|해|돼|가|와|봐|줘|놔)야(?=\s|$)"
    r"|\S에서$|\S는데$"
    # what a left out 것 or 페이지 is told by: 여행 갈 때 챙길, 워크숍 들어간
    r"|\s(?:챙길|만들|보낼|적을|고칠|[가-힣]{1,3}던|들어가|들어간|들어가는|나오|나오는|만든|적은|쓴|고친|바꾼|바뀐|올린|지운|나온"
    r"|적힌|정리한|작성한|포함한|언급한|공유한)$"
    r"|\S(?:는지|은지|한지|던지|할지|될지|인지)$"
    r"|\s(?:찾아봐|알아봐|검색해|찾아|보여)\s"
    r"|^(?:만약|만일|가령|행여)(?:에|에라도)?\s"
)
_APP = re.compile(
    # In another app, or by it: a mail about its bill is a mail.
    r"(?:^|\s)(?:카톡|카카오톡|텔레그램|인스타(?:그램)?|페이스북|페북|디엠|문자|유튜브|넷플릭스|멜론"
    r"|배민|배달의\s?민족|쿠팡이츠|요기요|당근(?:마켓)?|왓챠|티빙|지니뮤직|스포티파이|토스|카카오페이|카카오뱅크)"
    r"(?:으로|로|에서|에다가?)(?=\s|$)"
    r"|(?:^|\s)(?:가계부|일기장|일기|은행\s?앱|배달\s?앱|블랙박스|녹음기)(?:에다가?|에서|에|로|으로)\s"
    r"|^(?:카톡|카카오톡|디엠|문자|문자\s?메시지|전화)$"
)


_QUOTED_EN = re.compile(r"[\"“‘'](?=\w)[^\"”]*(?<=[\w.!?])[\"”’']")
_CLAUSE_EN = re.compile(
    # "earphones but not white", "the park cause it's late", "Pangyo Station pls"
    r"\b(?:but|because|cause|although|though|unless|whether|otherwise|except|which|so that|if|while"
    r"|pls|plz|please|thx|preferably|ideally|instead|anymore|already|asap|rather than|sorted"
    r"|who|whom|whose|why|did|does|isn't|aren't|wasn't|doesn't|don't|didn't|won't|haven't|hasn't"
    r"|they|she|he|them|you|your|said|says|told|wrote|nothing|nobody|someone|somebody|i'm|i'll|i've|i'd|we're|we'll"
    r"|we've|they're|it's"
    r"|(?:less|more|older|newer|cheaper|closer|later|earlier|longer|shorter|other) than"
    r"|at (?:most|least)|(?:cheapest|newest|oldest|nearest|closest|latest) first)\b"
    r"|\band (?:the )?(?:text|body|message|subject|title|label|description)\b"
    r"|\b(?:could|would|should)['’]ve\b|\bi (?:had|was|thought|think|guess|bet|wish|hope)\b"
    # words of another phrase behind them: "Sumin and", "her review of"
    r"|\s(?:and|or|with|from|to|of|for|the|an?|her|his|their|is|are|was)$|^(?:and|or|of|with)\s"
    # "1:1 to later", "interviews to high": what becomes of it
    r"|\sto (?:later|earlier|high|low|medium|normal|urgent|higher|lower|another|whenever"
    r"|some ?time)"
    r"(?:\s.*)?$"
    # a day: "milk on the tenth"
    r"|\bon the (?:\d{1,2}(?:st|nd|rd|th)|(?:twenty[- ]|thirty[- ])?(?:first|second|third|fourth"
    r"|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    r"|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)$"
    # "the PT session off", "focus block every weekday"
    r"|(?<!day)(?<!days)(?<!week)(?<!time)(?<!half)(?<!morning)(?<!afternoon)(?<!kick)\soff$"
    r"|\b(?:every|each) (?:other )?(?:\w+days?|day|week|weekend|month|year|morning|evening|night)\b"
    # "third item of the groceries", "drinks the day after the wedding", "standup just this once"
    r"|\b(?:items?|lines?|paragraphs?|bullets?|entr(?:y|ies)|rows?|sentences?)"
    r" (?:of|from|on|in|off)\b"
    r"|\b(?:day|days|week|weeks|night|morning|evening|hours?|minutes?) (?:after|before)\b"
    r"|\b(?:(?:just )?this once|just once|from now on|for now)$"
    # "the one-on-one can stay", "the dentist a day before", "hotels in Busan and restaurants"
    r"|\b(?:can|could|should|must|can't|shouldn't) \w+"
    r"|(?:days?|hours?|weeks?|minutes?) (?:before|beforehand|ahead|earlier)$"
    r"|\b(?-i:(?:in|near) [A-Z]\w+ and [a-z])"
    # "five hundred meters of Yeoksam Station", "within a kilometre of COEX"
    r"|\bwithin\b|\b(?:met(?:er|re)s?|km|kilomet(?:er|re)s?|minutes?|mins?|miles?)"
    r" (?:of|from|away)\b"
    # "Gangnam, second closest one", "number 12, what did Sumin say"
    r"|,\s*(?:the )?(?:first|second|third|next|nearest|closest|cheapest|newest|latest|oldest"
    r"|biggest|one|only|just|under|over|below|above|up to|max|maximum|around|not|no|with|without"
    r"|so|then|maybe|when|is|are|was|has|have|any|how"
    r"|what|where|can|could|i|we|my|and (?:how|what|where|when|is))\b"
    # "oat milk, two cartons": a comma for one thing, where it else parts two
    r"|,\s*(?:a|an|one|two|three|four|five|six|\d+) (?:cartons?|bottles?|packs?|packets?|boxes|box"
    r"|bags?|cans?|jars?|tubs?|of (?:them|those|each))\b",
    re.IGNORECASE,
)


_DEVICE = re.compile(
    "보일러|에어컨|히터|세탁기|로봇\\s?청소기|불|조명|전등|티비|TV|텔레비전|볼륨|소리|화면|밝기|알람|타이머"
)
"""What is switched in a house: nobody's appointment, mail or page on its own."""
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+\s")
"""An address of the web with more words behind it."""
_DEED = re.compile("취소|삭제|수정|변경|제거|설명|본문|비고")
"""What is done with a thing, and parts of it: 취소하고 is no person with another."""
_LED_EN = re.compile(r"(?:from|to|in|on|at|by|about|into|under|it to|it as)\s", re.IGNORECASE)
"""What stands before the name of something rather than in it."""


def is_no_thing(slot: Slot, words: str, language: Language) -> bool:
    """Whether words are more than what the thing of a slot is called, or another app's.

    A message may hold anything, and so may a reason.
    """
    if isinstance(slot, TextSlot) and (slot.sentence or slot.ends):
        return False
    free = isinstance(slot, TextSlot | ReferenceSlot)
    if free and (is_nameless(words, language) or _ADDRESS.match(words)):
        return True
    if language == "en":
        if isinstance(slot, ReferenceSlot) and _LED_EN.match(words):
            return True
        return free and _CLAUSE_EN.search(_QUOTED_EN.sub("", words)) is not None
    if isinstance(slot, ReferenceSlot) and (_DEVICE.fullmatch(words) or _DEED.fullmatch(words)):
        return True
    return _CLAUSE.search(words) is not None or _APP.search(words) is not None
