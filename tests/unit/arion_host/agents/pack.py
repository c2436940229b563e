"""A small language pack for two made-up servers, and what is known of their tools."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import yaml

from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, ToolFacts
from arion_kit.words import Language, LanguagePack

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))

DIARY = """
rules:
  make: "(잡아|만들어)[ ](줘|주세요)"
  tell: "(알려|보여)[ ](줘|주세요)"
slots:
  when: {type: time}
  title: {type: text}
  place: {type: text}
  count: {type: number, minimum: 1, maximum: 50}
  kind:
    type: choice
    values:
      work: {ko: [업무, 회사], en: [work, office]}
      home: {ko: [개인], en: [private]}
  event:
    type: reference
    tool: diary_list
    arguments: {query: "{text}", start: "{when.start}"}
    items: events
    value: id
    label: summary
intents:
  - name: list
    tool: diary_list
    arguments: {start: "{when.start}", end: "{when.end}", limit: "{count}", kind: "{kind}"}
    sentences:
      ko:
        - "{when} [{kind}] 일정[을] [{count}개[만]] <tell>"
        - "[{kind}] 일정[을] {count}개[만] <tell>"
      en:
        - "(what's|what is) on my [{kind}] calendar {when}"
        - "show [me] [the] [next] {count} [{kind}] events"
        - "what's on [for] {when}"
    examples:
      ko: ["내일 일정 알려줘", "이번 주 일정 보여줘"]
      en: ["What's on my calendar tomorrow?"]
  - name: now
    tool: diary_now
    sentences:
      ko: ["지금 몇 시야"]
      en: ["what time is it now"]
    examples:
      ko: ["지금 몇 시야?"]
      en: ["What time is it now?"]
  - name: find
    tool: diary_list
    arguments: {query: "{title}"}
    sentences:
      ko: ["{title}[이|가|은|는] 언제야"]
      en: ["when is [my|the] {title}"]
    examples:
      ko: ["치과 예약이 언제야?"]
      en: ["When is my dentist appointment?"]
  - name: create
    tool: diary_create
    arguments: {summary: "{title}", start: "{when.at}", end: "{when.until}", where: "{place}"}
    sentences:
      ko:
        - "{when}[에] {title}[을|를] <make>"
        - "{when}[에] {title} 일정[을] <make>"
        - "{when}[에] {place}에서 {title}[을|를] <make>"
      en:
        - "(schedule|book) [a|an] {title} [for] {when}"
        - "(schedule|book) [a|an] {title} at {place} [for] {when}"
    examples:
      ko: ["내일 오후 3시에 치과 예약 잡아줘"]
      en: ["Schedule a dentist appointment tomorrow at 3 pm"]
  - name: delete
    tool: diary_delete
    arguments: {event_id: "{event}", series: false}
    sentences:
      ko: ["[{when}] {event} 일정[을] (취소|삭제)해[ ]줘"]
      en: ["(cancel|delete) [the|my] {event} [{when}]"]
    examples:
      ko: ["치과 예약 일정 취소해줘"]
      en: ["Cancel my dentist appointment"]
    readback:
      ko: "{event.start} '{event.label}' 일정을 삭제할까요?"
      en: "Delete '{event.label}'?"
"""

MAIL = """
slots:
  when: {type: time}
  words: {type: text}
intents:
  - name: search
    tool: mail_search
    arguments: {query: "after:{when.start} before:{when.end} {words}", limit: 5}
    sentences:
      ko: ["{when}[에] 온 {words} 메일[을] 찾아줘"]
      en: ["find mail about {words} from {when}"]
    examples:
      ko: ["어제 온 계약서 메일 찾아줘"]
      en: ["Find mail about the contract from yesterday"]
"""

READS = ToolFacts(read_only=True, destructive=False)
TOOLS = {
    "diary": {
        "diary_list": READS,
        "diary_now": READS,
        "diary_create": ToolFacts(read_only=False, destructive=False),
        "diary_delete": ToolFacts(read_only=False, destructive=True),
    },
    "mail": {"mail_search": READS},
}


def pack(text: str) -> LanguagePack:
    return LanguagePack.model_validate(yaml.safe_load(text))


ROUTER = Router({"diary": pack(DIARY), "mail": pack(MAIL)}, TOOLS)


def route(text: str, language: Language = "ko") -> Match | NoMatch:
    return ROUTER.route(text, language=language, now=NOW)


def match(text: str, language: Language = "ko") -> Match:
    found = route(text, language)
    if not isinstance(found, Match):
        raise TypeError(f"{text!r} was not understood")
    return found


def said(found: Match) -> dict[str, str]:
    return {name: value.text for name, value in found.slots.items()}
