"""What differs between two branches of the GitHub stand-in, file by file."""

from __future__ import annotations

import difflib

from arion_sandbox.github_world import blob_sha
from arion_sandbox.json_types import Json, JsonObject, as_text


def changed_files(before: JsonObject, after: JsonObject) -> list[JsonObject]:
    """The files that differ, as the API lists those of a pull request."""
    changed = [path for path in after if before.get(path) != after[path]]
    return [_file(path, before.get(path), as_text(after[path])) for path in sorted(changed)]


def unified(file: JsonObject) -> str:
    """One file's part of a diff."""
    path = as_text(file["filename"])
    old = "/dev/null" if file["status"] == "added" else f"a/{path}"
    made = "new file mode 100644\n" if file["status"] == "added" else ""
    head = f"diff --git a/{path} b/{path}\n{made}--- {old}\n+++ b/{path}\n"
    return head + as_text(file["patch"]) + "\n"


def _file(path: str, before: Json, after: str) -> JsonObject:
    lines = list(
        difflib.unified_diff(as_text(before).splitlines(), after.splitlines(), lineterm="", n=3)
    )[2:]
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    return {
        "sha": blob_sha(after),
        "filename": path,
        "status": "added" if before is None else "modified",
        "additions": added,
        "deletions": removed,
        "changes": added + removed,
        "blob_url": f"https://github.com/blob/{path}",
        "raw_url": f"https://github.com/raw/{path}",
        "contents_url": f"https://api.github.com/contents/{path}",
        "patch": "\n".join(lines),
    }
