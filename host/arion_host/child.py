"""Runs a console script as a child that does not outlive its parent.

`python -m arion_host.child COMMAND ARGUMENT…`, with a pipe from the parent as standard input. The
parent's end of the pipe closes when the parent ends, however it ends, and the child then ends as
if it had been asked to. Imports nothing that the command would not.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib.metadata import entry_points


def main() -> None:
    """Run the command in this process. Exits with 2 when there is no such command."""
    command, *arguments = sys.argv[1:]
    scripts = entry_points(group="console_scripts", name=command)
    if not scripts:
        sys.exit(f"There is no command named {command}.")
    pipe = os.dup(sys.stdin.fileno())
    threading.Thread(target=_end_with_parent, args=(pipe,), daemon=True).start()
    sys.argv = [command, *arguments]
    sys.exit(next(iter(scripts)).load()())


def _end_with_parent(pipe: int) -> None:
    while os.read(pipe, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
