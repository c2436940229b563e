"""All tools of the server."""

from __future__ import annotations

from arion_github import (
    action_tools,
    file_tools,
    inbox_tools,
    issue_tools,
    pull_tools,
    review_tools,
)
from arion_kit.spec import Tool

TOOLS: tuple[Tool, ...] = (
    *inbox_tools.TOOLS,
    *issue_tools.TOOLS,
    *pull_tools.TOOLS,
    *review_tools.TOOLS,
    *file_tools.TOOLS,
    *action_tools.TOOLS,
)
