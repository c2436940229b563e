"""Words that carry no meaning of their own in a request, wherever they stand."""

from __future__ import annotations

import re

from arion_kit.words import Language

_END = r"(?=[\s,.;:!?~…]|$)"

FILLERS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:저기요?|저|아|어+|음+|그|뭐냐|그거|있잖아요?|참|아\s?참|아\s?맞다|맞다|혹시|좀|이제|그냥|한\s?번만?"
        r"|빨리|얼른|바로|지금|당장|꼭|다시|나|내가|나는|난|나한테|나도|제가|저는|전|저한테|내|제|우리|저희"
        r"|그럼|그러면|그러니까|그리고|근데|일단|우선|혹시나|하나(?!\s?(?:씨|님|[가-힣]{2}님))만?|미안한데|죄송한데|있지|말이야"
        r"|말이에요|에\s?대해서?|(?<=\s)관련(?:해서|된)?|해당|것|거|거를|걸|건|자|야|응|네|예|제발|당장|대신"
        r"|미리|잊지\s?않게|잊지\s?말고|까먹지\s?않게|부탁인데|가능하면|될\s?수\s?있으면)" + _END
    ),
    "en": re.compile(
        r"(?:um+|uh+|er+|oh|and|so|well|hey|ok(?:ay)?|right|alright|now|just|please|pls|plz|also|too|then|actually|quick(?:ly)?"
        r"|real\s+quick|maybe|kindly|for\s+me|to\s+me|me|(?:the|an|(?-i:a)|^a)(?=\s)|my|our|some|any|that|this|those|these"
        r"|can\s+you|could\s+you|would\s+you(?:\s+mind)?|will\s+you|can\s+i|could\s+i|can\s+we|i\s+(?:want|need|have)\s+to"
        r"|i(?:'d|\s+would)\s+(?:like|love)\s+(?:you\s+)?to|i(?:'d|\s+would)\s+(?:like|love)|i\s+(?:want|need)(?:\s+you\s+to)?"
        r"|let's|let\s+us|go\s+ahead\s+and|help\s+me|you|there|again|here|thanks|thank\s+you|by\s+the\s+way|any\s+chance(?:\s+you\s+(?:can|could))?"
        r"|(?:(?:to|with|for|from)\s+|(?<=\s))(?:someone|somebody)|something|has\s+to|have\s+to|needs\s+to|need\s+to|should|must|gotta|wanna|be"
        r"|do\s+me\s+a\s+favou?r\s+and|sorry|wait|don't\s+forget\s+to|make\s+sure\s+(?:to|you))"
        + _END,
        re.IGNORECASE,
    ),
}

_ARTICLES = re.compile(
    r"^(?:(?:the|a|an|my|our|some|any|that|this|all|please)\s+)+"
    r"|\s+(?:please|pls|plz|too|as well|for me|thanks)$",
    re.IGNORECASE,
)


def without_articles(text: str) -> str:
    """English words without the article or possessive in front: my dentist → dentist."""
    return _ARTICLES.sub("", text)
