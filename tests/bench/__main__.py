"""`scripts/bench NAME [--json]`."""

from __future__ import annotations

import argparse
import importlib
import sys

NAMES = ("accuracy", "policy", "recovery", "sockets", "start", "tools", "turn", "voice")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measures Arion on this machine."
    )
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    report = importlib.import_module(f"tests.bench.{options.name}").measure()
    print(report.as_json() if options.json else report.as_text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
