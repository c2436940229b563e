"""Rules as they are spoken, in Korean and English, and said back.

Every word of a sentence has to be one that rules are made of. A single other one (a name, a time,
a message) makes it an ordinary command: "민수한테 꼭 물어봐줘" is none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arion_host.language.utterance import tidy
from arion_host.policy.deeds import ALIASES, DEEDS, SPOKEN, deed_of
from arion_host.policy.rules import Rule, Strictness, parse_rules
from arion_kit.speech import josa
from arion_kit.words import Language, LanguagePack


@dataclass(frozen=True)
class Add:
    """Rules to keep from now on; more than one where several tools do what was named."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Remove:
    """Rules to forget: those about any of these servers and tools, or every one."""

    targets: tuple[str, ...] | None


@dataclass(frozen=True)
class List:
    """The rules are to be told."""


Change = Add | Remove | List

_LONGEST = 120
"""Characters; a rule has no more."""

_DOMAIN = r"(?P<domain>[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,})"
_OUTSIDE: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?<!\S){_DOMAIN}\s?(?:밖|외부|바깥|이외)(?:의|에|에게|으로|로|에 있는)?"
        r"\s?(?:사람|주소|곳)?(?:한테|에게|으로|로)?(?:는)?"
        r"(?:\s(?:나가는|가는|보내는))?(?!\S)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"(?:to )?(?:(?:people|anyone|addresses) )?outside (?:of )?{_DOMAIN}(?!\S)", re.IGNORECASE
    ),
}
_LIST: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:(?:내|제|나의|지금|내가 ?(?:정한|만든|말한))\s?){0,3}"
        r"(?:규칙|룰)(?:들)?(?:이|은|을|에는?)?\s?"
        r"(?:목록(?:을)?\s?)?(?:다|전부|모두)?\s?"
        r"(?:뭐|뭐가|무엇|어떤 ?(?:게|것))?\s?(?:이?야|이?지|예요|이에요|있어(?:요)?|있지|있나요"
        r"|(?:알려|보여|말해|읽어|들려)\s?(?:줘|줘요|주세요|줄래))"
    ),
    "en": re.compile(
        r"(?:(?:what are|what're|which are|tell me|show me|show|list|read(?: me)?)(?: all)?"
        r"(?: of)?(?: my| the)?|what) rules(?: do i have| are there)?",
        re.IGNORECASE,
    ),
}
_REMOVE: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:(?P<what>.+?)(?:에 ?대한|\s관련)?\s?)?(?:규칙|룰)(?:들)?(?:은|는|을|를)?\s?"
        r"(?P<all>다|전부|모두|싹)?\s?"
        r"(?:지워|삭제해|없애|빼|취소해|해제해|잊어)\s?(?:줘|줘요|주세요|줄래|버려)?"
    ),
    "en": re.compile(
        r"(?:delete|remove|drop|forget|cancel|clear)(?P<all> all)?(?: of)?(?: my| the| any)?"
        r"(?: (?P<what>.+?))? rules?(?: (?:about|on|for|of)(?: my| the)? (?P<about>.+))?",
        re.IGNORECASE,
    ),
}
_EVERY = re.compile(r"내|제|모든|전체|(?:내|제) ?모든|every", re.IGNORECASE)
_MINE = re.compile(r"내|제")

_LASTING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"앞으로|이제|항상|언제나|꼭|반드시|무조건|매번|늘|절대|다시는|결코|전에|때는|때마다|때면"
    ),
    "en": re.compile(r"\b(?:always|never|ever|from now on|every time|whenever|stop|before|any)\b"),
}
"""What tells a rule from something that is to be so this once."""
_NO_QUESTION: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:묻지|물어보지|확인하지|확인받지)\s?(?:는|도)?\s?(?:말|않|마)|안\s?(?:묻고|물어보고|물어봐도|물어도)"
        r"|(?:확인|질문)\s?없이"
    ),
    "en": re.compile(
        r"\b(?:stop|without|(?:don't|do not)(?: ever| have to| need to| bother)?|no need to|never)"
        r" (?:ask|check)(?:ing)?\b"
        r"|\balways allow\b|\bno questions\b"
    ),
}
_JUST: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?<!\S)(?:그냥 (?:바로|곧바로)|알아서)(?!\S)"),
    "en": re.compile(r"(?!)"),
}
_QUESTION: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"물어|묻고|확인\s?받|허락|여쭤"),
    "en": re.compile(r"\b(?:ask|check with|confirm with)\b"),
}
_FORBIDS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"지(?:는|도)?\s?(?:마|말|않|못)"),
    "en": re.compile(r"\b(?:never|don't ever|do not ever)\b"),
}
_TOPIC_KO = re.compile(r"(?:은|는)$")

_GIVE_KO = r"(?:줘|줘요|주세요|줄래|줄래요|요)?"
_DO_ENDING_KO = (
    r"(?:하|해|한|할|하고|하기|하지|해도|돼|되|기|지|고|을|를|은|는|아|어|어도|아도|여|줘|줘요|주세요)"
    r"{0,3}"
)
_FILLER: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"앞으로(?:는)?|이제(?:부터|는)?|항상|언제나|꼭|반드시|무조건|매번|늘|절대로?|다시는|결코|먼저|우선"
        r"|나한테|나에게|저한테|내게|내|제|전에(?:는)?|때(?:는|마다|면)?|그냥|바로|알아서|곧바로|안|다|일|것|거|뭐|뭐든|무엇이든"
        r"|(?:하|할|해|하기|하지|하고|해도|하는|돼|되|하는데|쓸|쓰지|쓰기|건드리지)(?:는|도|마|줘|줘요|주세요)?"
        r"|(?:묻|물어|물어보|물어봐|여쭤|여쭤봐|확인|확인하|확인받|허락|허락받|질문|받|보)"
        r"(?:지|고|고서|아|을|를|도|봐|봐도|보고|지도|하고|하지|받고|받아|받지|아서|야){0,3}"
        rf"{_GIVE_KO}|줘|줘요|주세요|없이|나서|말고|말아{_GIVE_KO}|마(?:세요|라|요)?|않아도|않고|말|마{_GIVE_KO}"
    ),
    "en": re.compile(
        r"from|now|on|always|never|ever|please|ask|asking|check|checking|confirm|me|with|first|before"
        r"|you|i|doing|do|does|using|use|touch|touching|anything|everything|something|every|time"
        r"|when|whenever|about|for|in|to|my|the|any|a|an|is|are|without|stop|don't|not|no|need"
        r"|questions|allow|just|go|ahead|it|and|that|want|have|bother"
    ),
}
_PARTICLE_KO = r"(?:은|는|을|를|이|가|에서|에서는|에는|에|도|의|으로|로|관련)?"
_SPACES = re.compile(r"\s+")


def spoken_names(packs: Mapping[str, LanguagePack]) -> dict[str, str]:
    """What the connected servers go by in rules, in lower case, with the server each means."""
    names: dict[str, str] = {}
    for server, pack in packs.items():
        for word in (server, *ALIASES.get(server, ()), *pack.name.values()):
            names.setdefault(word.lower(), server)
    return names


def heard_rule(text: str, language: Language, names: Mapping[str, str]) -> Change | None:
    """What `text` is to change in the person's rules; None where it is about no rule.

    `names` are the servers by what they go by, as `spoken_names` returns them.
    """
    said = tidy(text, language)
    if len(said) > _LONGEST:
        return None
    if _LIST[language].fullmatch(said):
        return List()
    remove = _REMOVE[language].fullmatch(said)
    if remove is not None:
        return _removal(remove, language, names)
    return _canonical(said, names) or _spoken(said.lower(), language, names)


def _removal(remove: re.Match[str], language: Language, names: Mapping[str, str]) -> Remove | None:
    groups = remove.groupdict()
    what = " ".join(words for words in (groups["what"], groups.get("about")) if words)
    if not what or _EVERY.fullmatch(what):
        # "규칙 지워줘" does not say which.
        every = groups["all"] or (what and not _MINE.fullmatch(what))
        return Remove(None) if every else None
    about = _about(what.lower(), language, names)
    if about is None or about.rest or about.server is None:
        return None
    tools = about.tools or tuple(deed.tool for deed in DEEDS if deed.server == about.server)
    return Remove(tools if about.tools else (about.server, *tools))


def _canonical(said: str, names: Mapping[str, str]) -> Add | None:
    """A rule in the spelling of the settings: `never github_pr_merge`."""
    try:
        rules = parse_rules(said)
    except ValueError:
        return None
    known = {*names.values(), *(deed.tool for deed in DEEDS)}
    return Add(rules) if len(rules) == 1 and rules[0].target in known else None


@dataclass(frozen=True)
class _About:
    """What a sentence is about, and the words it has beside."""

    server: str | None
    tools: tuple[str, ...]
    is_topic: bool
    """The server was named as the topic (일정은), which makes it general."""
    rest: str
    """Words that rules are not made of."""


def _spoken(said: str, language: Language, names: Mapping[str, str]) -> Add | None:
    outside = _OUTSIDE[language].search(said)
    if outside is not None:
        said = f"{said[: outside.start()]} {said[outside.end() :]}"
    about = _about(_SPACES.sub(" ", said).strip(), language, names)
    if about is None or about.rest:
        return None
    strictness = _strictness(said, language, is_topic=about.is_topic)
    targets = about.tools or ((about.server,) if about.server else ())
    if strictness is None or not targets:
        return None
    domain = outside["domain"].lower() if outside else None
    return Add(tuple(Rule(strictness, target, domain) for target in targets))


def _strictness(said: str, language: Language, *, is_topic: bool) -> Strictness | None:
    lasting = _LASTING[language].search(said) is not None
    if _NO_QUESTION[language].search(said):
        general = lasting or is_topic or language == "en"
        return Strictness.ALLOW if general else None
    if _QUESTION[language].search(said):
        return Strictness.ASK if lasting else None
    if _FORBIDS[language].search(said):
        return Strictness.NEVER if lasting else None
    if _JUST[language].search(said) and (lasting or is_topic):
        return Strictness.ALLOW
    return None


def _about(said: str, language: Language, names: Mapping[str, str]) -> _About | None:
    """Sort every word of a sentence; None where it is about two servers."""
    servers: set[str] = set()
    is_topic = False
    rest = said
    for name in sorted(names, key=len, reverse=True):
        particle = _PARTICLE_KO if language == "ko" else r"(?:'s)?"
        pattern = re.compile(rf"(?<!\S){re.escape(name)}(?P<particle>{particle})(?!\S)")
        if found := pattern.search(rest):
            servers.add(names[name])
            is_topic = is_topic or bool(_TOPIC_KO.search(found["particle"]))
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if len(servers) > 1:
        return None
    tools, words = _sorted_words(rest.split(), language, servers, names)
    server = next(iter(servers), None) or next(
        (deed.server for deed in DEEDS if deed.tool in tools), None
    )
    return _About(server, tools, is_topic, " ".join(words))


def _sorted_words(
    words: list[str], language: Language, servers: set[str], names: Mapping[str, str]
) -> tuple[tuple[str, ...], list[str]]:
    """The tools whose deeds are named, and the words that are no part of a rule."""
    tools: list[str] = []
    unknown: list[str] = []
    for word in words:
        done = list(_deeds(word, language, servers or set(names.values())))
        only_one = len({server for server, _ in done}) == 1
        if done and only_one:
            tools += [tool for _, tool in done if tool not in tools]
        elif not _FILLER[language].fullmatch(word):
            unknown.append(word)
    return tuple(tools), unknown


def _deeds(word: str, language: Language, servers: set[str]) -> Iterator[tuple[str, str]]:
    for deed in DEEDS:
        stem = deed.heard_ko if language == "ko" else deed.heard_en
        ending = _DO_ENDING_KO if language == "ko" else ""
        if deed.server in servers and re.fullmatch(rf"(?:{stem}){ending}", word):
            yield deed.server, deed.tool


def rule_spoken(rule: Rule, language: Language) -> str:
    """Say a rule back as a promise."""
    return _in_korean(rule) if language == "ko" else _in_english(rule)


def _in_korean(rule: Rule) -> str:
    deed = deed_of(rule.target)
    where = f"{rule.outside} 밖으로는 " if rule.outside else ""
    if deed is None:
        name = SPOKEN.get(rule.target, {}).get("ko", rule.target)
        return {
            Strictness.ALLOW: f"{where}{josa(name, '은는')} 묻지 않고 바로 할게요.",
            Strictness.ASK: f"{where}{josa(name, '은는')} 무엇을 하든 먼저 여쭤볼게요.",
            Strictness.NEVER: f"{where}{josa(name, '은는')} 절대 쓰지 않을게요.",
        }[rule.strictness]
    what, stem = deed.ko
    return {
        Strictness.ALLOW: f"{where}{what} {stem}기 전에 묻지 않을게요.",
        Strictness.ASK: f"{where}{what} {stem}기 전에 항상 여쭤볼게요.",
        Strictness.NEVER: f"{where}{what} 절대 {stem}지 않을게요.",
    }[rule.strictness]


def _in_english(rule: Rule) -> str:
    deed = deed_of(rule.target)
    where = f" outside {rule.outside}" if rule.outside else ""
    if deed is None:
        name = SPOKEN.get(rule.target, {}).get("en", rule.target)
        return {
            Strictness.ALLOW: f"I won't ask before using {name}{where}.",
            Strictness.ASK: f"I'll always ask before using {name}{where}.",
            Strictness.NEVER: f"I'll never use {name}{where}.",
        }[rule.strictness]
    do, doing = deed.en
    return {
        Strictness.ALLOW: f"I won't ask before {doing}{where}.",
        Strictness.ASK: f"I'll always ask before {doing}{where}.",
        Strictness.NEVER: f"I'll never {do}{where}.",
    }[rule.strictness]
