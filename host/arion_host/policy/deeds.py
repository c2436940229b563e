"""What can be done with each server, in the words people make rules with.

A rule about a deed becomes a rule about its tools, so that "ask before sending mail" does not ask
before reading it. What a rule cannot be said about is left to rules about the whole server.
"""

from __future__ import annotations

from dataclasses import dataclass

from arion_kit.words import Language


@dataclass(frozen=True)
class Deed:
    """One tool, how rules name what it does, and how it is said back."""

    server: str
    tool: str
    heard_ko: str
    """Pattern of the stems it is named by."""
    heard_en: str
    ko: tuple[str, str]
    """Object with its particle, and the stem of the verb: 메일을, 보내."""
    en: tuple[str, str]
    """Without and with -ing: send mail, sending mail."""


_SEND = (r"보내|보낼|보낸|전송|발송|쓰|쓸|작성", r"send(?:ing)?|writ(?:e|ing)")
_PUT_AWAY = (
    r"지우|지울|지워|삭제|없애|없앨|버리|버릴",
    r"delet(?:e|ing)|remov(?:e|ing)|trash(?:ing)?",
)
_BOOK = (
    r"잡|추가|등록|만들|예약",
    r"add(?:ing)?|creat(?:e|ing)|schedul(?:e|ing)|book(?:ing)?|mak(?:e|ing)",
)
_MOVE = (
    r"옮기|옮길|옮겨|바꾸|바꿀|바꿔|변경|미루|미룰|수정",
    r"mov(?:e|ing)|chang(?:e|ing)|edit(?:ing)?",
)
_WRITE = (r"적|쓰|쓸|써|작성|추가|만들", r"writ(?:e|ing)|add(?:ing)?|creat(?:e|ing)")

DEEDS: tuple[Deed, ...] = (
    Deed("gmail", "gmail_send", *_SEND, ("메일을", "보내"), ("send mail", "sending mail")),
    Deed(
        "gmail", "gmail_send_draft", *_SEND,
        ("써 둔 메일을", "보내"), ("send drafts", "sending drafts"),
    ),
    Deed("gmail", "gmail_trash", *_PUT_AWAY, ("메일을", "버리"), ("delete mail", "deleting mail")),
    Deed(
        "calendar", "calendar_create_event", *_BOOK,
        ("일정을", "잡"), ("add events", "adding events"),
    ),
    Deed(
        "calendar", "calendar_update_event", *_MOVE,
        ("일정을", "바꾸"), ("change events", "changing events"),
    ),
    Deed(
        "calendar", "calendar_delete_event",
        rf"{_PUT_AWAY[0]}|취소", rf"{_PUT_AWAY[1]}|cancel(?:l?ing)?",
        ("일정을", "지우"), ("delete events", "deleting events"),
    ),
    Deed(
        "calendar", "calendar_respond",
        r"수락|거절|답하|답할", r"answer(?:ing)?|accept(?:ing)?|declin(?:e|ing)",
        ("초대에", "답하"), ("answer invitations", "answering invitations"),
    ),
    Deed(
        "github", "github_pr_merge", r"병합|머지|합치|합칠|합쳐", r"merg(?:e|ing)",
        ("PR을", "병합하"), ("merge pull requests", "merging pull requests"),
    ),
    Deed(
        "github", "github_pr_review", r"승인|리뷰", r"approv(?:e|ing)|review(?:ing)?",
        ("PR을", "리뷰하"), ("review pull requests", "reviewing pull requests"),
    ),
    Deed(
        "github", "github_issue_create",
        r"만들|등록|올리|올릴|추가", r"creat(?:e|ing)|open(?:ing)?|fil(?:e|ing)",
        ("이슈를", "만들"), ("create issues", "creating issues"),
    ),
    Deed(
        "github", "github_issue_update",
        r"닫|수정|바꾸|바꿀|변경", r"clos(?:e|ing)|edit(?:ing)?|chang(?:e|ing)",
        ("이슈를", "닫거나 고치"), ("close or change issues", "closing or changing issues"),
    ),
    Deed(
        "github", "github_comment", r"댓글|코멘트", r"comment(?:ing|s)?",
        ("깃허브에 댓글을", "남기"), ("comment on GitHub", "commenting on GitHub"),
    ),
    Deed(
        "github", "github_actions_run",
        r"빌드|배포|돌리|돌릴|실행", r"run(?:ning)?|deploy(?:ing)?|build(?:ing)?",
        ("빌드를", "돌리"), ("run builds", "running builds"),
    ),
    Deed(
        "notion", "notion_trash_page", *_PUT_AWAY,
        ("노션 페이지를", "버리"), ("delete Notion pages", "deleting Notion pages"),
    ),
    Deed(
        "notion", "notion_create_page", *_WRITE,
        ("노션 페이지를", "만들"), ("create Notion pages", "creating Notion pages"),
    ),
    Deed(
        "notion", "notion_append", *_WRITE,
        ("노션에 글을", "더하"), ("add to Notion pages", "adding to Notion pages"),
    ),
    Deed(
        "shopping", "list_add", r"추가|넣|적|담", r"add(?:ing)?|put(?:ting)?",
        ("장보기 목록에", "적"), ("add to the shopping list", "adding to the shopping list"),
    ),
    Deed(
        "shopping", "list_remove", rf"{_PUT_AWAY[0]}|빼|뺄", r"remov(?:e|ing)|delet(?:e|ing)",
        ("장보기 목록에서", "지우"),
        ("remove from the shopping list", "removing from the shopping list"),
    ),
)  # fmt: skip

ALIASES: dict[str, tuple[str, ...]] = {
    "gmail": (
        "지메일", "이메일", "메일", "편지", "초안", "gmail", "email", "emails", "mail", "mails",
    ),
    "calendar": (
        "구글 캘린더", "캘린더", "달력", "일정", "스케줄", "약속", "회의", "미팅", "초대",
        "google calendar", "calendar", "event", "events", "meeting", "meetings", "appointment",
        "appointments", "schedule", "invitation", "invitations",
    ),
    "notion": ("노션", "노션 페이지", "페이지", "notion", "notion page", "notion pages"),
    "github": (
        "깃허브", "깃헙", "풀 리퀘스트", "풀리퀘스트", "pr", "이슈", "github", "pull request",
        "pull requests", "prs", "issue", "issues",
    ),
    "kakaomap": ("카카오맵", "카카오 맵", "지도", "kakaomap", "map", "maps"),
    "shopping": (
        "쇼핑", "장보기", "장보기 목록", "쇼핑 목록", "쇼핑 리스트", "shopping", "shopping list",
        "groceries",
    ),
    "search": ("검색", "웹 검색", "search", "web search"),
}  # fmt: skip
"""What a server goes by in rules, beside the name its language pack gives it."""

SPOKEN: dict[str, dict[Language, str]] = {
    "gmail": {"ko": "메일", "en": "mail"},
    "calendar": {"ko": "캘린더", "en": "your calendar"},
    "notion": {"ko": "노션", "en": "Notion"},
    "github": {"ko": "깃허브", "en": "GitHub"},
    "kakaomap": {"ko": "지도", "en": "the map"},
    "shopping": {"ko": "쇼핑", "en": "shopping"},
    "search": {"ko": "검색", "en": "the search"},
}


def deed_of(tool: str) -> Deed | None:
    """What a tool does, where rules have words for it."""
    return next((deed for deed in DEEDS if deed.tool == tool), None)
