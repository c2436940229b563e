"""`python -m tests.bench.voice [PART …]`: some of `scripts/bench voice`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench.voice.plan import ALONE, PARTS, play


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join((*PARTS, *ALONE)))
    parser.add_argument("--most", type=int, help="sounds of a kind at most")
    parser.add_argument("--keep", type=Path, help="JSON lines with everything that was seen")
    options = parser.parse_args()
    report, stage = play(options.parts, options.most)
    if options.keep:
        lines = [seen.as_json(take.scene.name) for take in stage.kept for seen in take.seen]
        options.keep.write_text("\n".join(lines))
    print(report.as_text())


if __name__ == "__main__":
    main()
