"""Stand-ins for the vendors' HTTP APIs: Google Calendar, Gmail and Kakao Local."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run `arion-sandbox`."""
    from arion_sandbox.command import run

    run()
