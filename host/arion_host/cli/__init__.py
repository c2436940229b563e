"""The command line `arion`.

Worker processes import this module again when they start, so it imports next to nothing.
"""

from __future__ import annotations

import sys

_NEEDED = ("typer", "starlette", "sqlalchemy", "hassil")


def main() -> None:
    """Run the command line. Exits with 0, with 1 on failure, with 2 on wrong usage."""
    from importlib.util import find_spec

    absent = [name for name in _NEEDED if find_spec(name) is None]
    if absent:
        print(
            f"The command arion needs packages that are not installed ({', '.join(absent)}). "
            "Install them with: pip install 'arion-hub[all]'",
            file=sys.stderr,
        )
        sys.exit(1)
    from arion_host.cli.commands import app

    app()
