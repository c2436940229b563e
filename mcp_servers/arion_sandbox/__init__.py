"""Stand-ins for the HTTP APIs of the vendors that the tool servers use."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run `arion-sandbox`."""
    from arion_sandbox.command import run

    run()
