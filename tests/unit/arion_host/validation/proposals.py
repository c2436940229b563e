"""A catalogue of a few made-up tools, and calls that a model proposes for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from arion_host.agents.understood import CompletedCall, ToolFacts
from arion_host.language.detect import detect_language
from arion_host.policy.tracing import Seen, SeenResult, trace
from arion_host.tools.catalogue import Catalogue, CatalogueTool, ServerFacts
from arion_host.validation.known_tools import KnownTools
from arion_host.validation.proposal import Proposal
from arion_host.validation.stage1 import Verdict, check_call
from arion_kit.words import ChoiceSlot, Intent, LanguagePack, TextSlot, TimeSlot

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def _tool(name: str, *, writes: bool = True, **properties: Any) -> CatalogueTool:
    schema: dict[str, JsonValue] = {"type": "object", "properties": properties}
    return CatalogueTool(
        name.split("_")[0], name, name, schema,
        read_only=not writes, destructive=False, effect=None,
    )  # fmt: skip


TEXT = {"type": "string"}
TOOLS = (
    _tool("diary_create", summary=TEXT, start=TEXT, end=TEXT, location=TEXT, note=TEXT),
    _tool("diary_delete", event_id=TEXT),
    _tool("diary_list", writes=False, query=TEXT, start=TEXT, end=TEXT),
    _tool("mail_send", to={"type": "array"}, body=TEXT),
    _tool("mail_draft", to={"type": "array"}, body=TEXT),
    _tool("shop_add", text=TEXT, quantity={"type": "integer"}),
    _tool("way_find", writes=False, origin=TEXT, destination=TEXT, by=TEXT),
    _tool("page_open", writes=False, url=TEXT),
)

_DIARY = LanguagePack(
    slots={"when": TimeSlot(), "title": TextSlot()},
    intents=(
        Intent(
            name="create",
            tool="diary_create",
            sentences={
                "ko": ("{when} {title} 일정[을] (잡아|만들어)줘",),
                "en": ("(schedule|book) {title} {when}",),
            },
            examples={
                "ko": ("내일 3시에 회의 일정 잡아줘",),
                "en": ("Schedule a meeting tomorrow at 3",),
            },
        ),
        Intent(
            name="delete",
            tool="diary_delete",
            sentences={
                "ko": ("{title} 일정[을] (지워|삭제해|취소해)줘",),
                "en": ("(delete|cancel) {title}",),
            },
            examples={"ko": ("회식 일정 취소해줘",), "en": ("Cancel my dinner",)},
        ),
        Intent(
            name="list",
            tool="diary_list",
            sentences={"ko": ("{when} 일정[을] 알려줘",), "en": ("what's on my calendar {when}",)},
            examples={"ko": ("내일 일정 알려줘",), "en": ("What's on my calendar tomorrow?",)},
        ),
    ),
)
_MAIL = LanguagePack(
    slots={"who": TextSlot(), "text": TextSlot()},
    intents=(
        Intent(
            name="send",
            tool="mail_send",
            sentences={
                "ko": ("{who}에게 {text}고 메일 보내줘",),
                "en": ("send {who} an email saying {text}",),
            },
            examples={
                "ko": ("수민에게 늦는다고 메일 보내줘",),
                "en": ("Send Emma an email saying I am late",),
            },
        ),
        Intent(
            name="draft",
            tool="mail_draft",
            sentences={
                "ko": ("{who}에게 {text}고 메일 초안 써줘",),
                "en": ("draft {who} an email saying {text}",),
            },
            examples={
                "ko": ("수민에게 늦는다고 메일 초안 써줘",),
                "en": ("Draft Emma an email saying I am late",),
            },
        ),
    ),
)
_WAY = LanguagePack(
    slots={
        "from": TextSlot(),
        "to": TextSlot(),
        "by": ChoiceSlot(values={"taxi": {"ko": ("택시로",), "en": ("taxi",)}}),
    },
    intents=(
        Intent(
            name="find",
            tool="way_find",
            arguments={"origin": "{from}", "destination": "{to}", "by": "{by}"},
            sentences={
                "ko": ("{from}에서 {to}까지 [{by}] 얼마나 걸려",),
                "en": ("how long from {from} to {to} [by {by}]",),
            },
            examples={"ko": ("강남에서 판교까지 얼마나 걸려?",)},
        ),
    ),
)
_PACKS = {"diary": _DIARY, "mail": _MAIL, "way": _WAY}
CATALOGUE = Catalogue(
    MappingProxyType(
        {
            server: ServerFacts(
                server, tuple(it for it in TOOLS if it.server == server), _PACKS.get(server)
            )
            for server in sorted({it.server for it in TOOLS})
        }
    )
)
KNOWN = KnownTools(CATALOGUE)


def proposed(
    utterance: str, name: str, /, *results: SeenResult, before: tuple[str, ...] = (), **given: Any
) -> Proposal:
    """A call of a model, with all that the model had seen."""
    tool = next(it for it in TOOLS if it.name == name)
    seen = Seen((*before, utterance), detect_language(utterance), NOW, results)
    arguments: Mapping[str, JsonValue] = given
    call = CompletedCall(
        tool.server, tool.name, dict(arguments), trace(arguments, tool.input_schema, seen), None,
        utterance, by_model=True,
    )  # fmt: skip
    return Proposal(call, tool.input_schema, seen, KNOWN)


def judged(proposal: Proposal) -> Verdict:
    """What stage 1 makes of it."""
    tool = next(it for it in TOOLS if it.name == proposal.call.tool)
    facts = ToolFacts(read_only=tool.read_only, destructive=False)
    return check_call(
        proposal.call, proposal.schema, facts, language=proposal.seen.language, now=NOW,
        proposal=proposal,
    )  # fmt: skip


def rows(*things: Mapping[str, JsonValue], untrusted: bool = False) -> SeenResult:
    """A look-up that found these; their ids are the service's own."""
    issued = frozenset({"id", "owner", "repo"})
    return SeenResult("diary/diary_list", {"rows": [dict(it) for it in things]}, untrusted, issued)


def page(text: str) -> SeenResult:
    """A text that somebody else has written."""
    return SeenResult("page/page_open", {"text": text}, untrusted=True)
