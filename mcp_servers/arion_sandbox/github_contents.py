"""The GitHub stand-in's files: read, written and removed, one commit each."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from arion_sandbox.endpoints import Call, Endpoint, Parameter, Reply, Shape
from arion_sandbox.github_http import missing
from arion_sandbox.github_shapes import API, WEB, commit_shape
from arion_sandbox.github_world import (
    GithubError,
    World,
    blob_sha,
    branches_of,
    files_of,
    not_found,
    sha_of,
)
from arion_sandbox.json_types import Json, JsonObject, as_text

PUT: dict[str, Shape] = {
    "message": "string",
    "content": "string",
    "sha": "string",
    "branch": "string",
}
DELETE: dict[str, Shape] = {"message": "string", "sha": "string", "branch": "string"}


@dataclass(frozen=True)
class Contents:
    """The methods, over one world."""

    world: World

    def endpoints(self) -> tuple[Endpoint, ...]:
        """What is served."""
        path = "/repos/{owner}/{repo}/contents/{path:path}"
        return (
            Endpoint("GET", path, self.get, (Parameter("ref"),)),
            Endpoint("PUT", path, self.put, (), PUT),
            Endpoint("DELETE", path, self.delete, (), DELETE),
            Endpoint("GET", "/repos/{owner}/{repo}/git/blobs/{sha}", self.blob),
        )

    def get(self, call: Call) -> JsonObject | list[Json]:
        """A file with its content, or what is in a folder."""
        repo = self.world.repo(call.path["owner"], call.path["repo"])
        _, branch = self._resolved(repo, call.query.text("ref"))
        files, path = files_of(branch), call.path["path"].strip("/")
        if path in files:
            return _file(repo, branch, path, as_text(files[path]))
        inside = sorted(name for name in files if not path or name.startswith(f"{path}/"))
        if not inside:
            raise not_found()
        return _folder(repo, branch, path, inside)

    def put(self, call: Call) -> Reply:
        """Create or replace a file."""
        repo, branch, path = self._target(call)
        for field in ("message", "content"):
            if call.body.get(field) is None:
                raise missing(field)
        try:
            content = base64.b64decode(as_text(call.body["content"]), validate=True)
        except binascii.Error:
            raise GithubError(422, "content is not valid Base64") from None
        files = files_of(branch)
        exists = path in files
        self._check_sha(call, files, path)
        branch["files"] = {**files, path: content.decode("utf-8", "replace")}
        return self._committed(call, repo, branch, path, 200 if exists else 201)

    def delete(self, call: Call) -> Reply:
        """Remove a file."""
        repo, branch, path = self._target(call)
        for field in ("message", "sha"):
            if not call.body.get(field):
                raise missing(field)
        files = files_of(branch)
        if path not in files:
            raise not_found()
        self._check_sha(call, files, path)
        branch["files"] = {name: text for name, text in files.items() if name != path}
        return self._committed(call, repo, branch, path, 200)

    def blob(self, call: Call) -> JsonObject:
        """A file's content by its own name, also one of an earlier commit."""
        repo = self.world.repo(call.path["owner"], call.path["repo"])
        full_name, sha = as_text(repo["full_name"]), call.path["sha"]
        kept = self.world.store.get(f"github/blobs/{full_name.lower()}", sha)
        for branch in self.world.store.all(branches_of(full_name)):
            for text in files_of(branch).values():
                if blob_sha(as_text(text)) == sha:
                    kept = {"text": text}
        if kept is None:
            raise not_found()
        content = as_text(kept["text"]).encode()
        return {
            "sha": sha,
            "node_id": sha[:20],
            "size": len(content),
            "url": f"{API}/repos/{full_name}/git/blobs/{sha}",
            "content": base64.encodebytes(content).decode(),
            "encoding": "base64",
        }

    def _target(self, call: Call) -> tuple[JsonObject, JsonObject, str]:
        repo = self.world.writable(call.path["owner"], call.path["repo"])
        name = as_text(call.body.get("branch")) or as_text(repo["default_branch"])
        branch = self.world.branch(as_text(repo["full_name"]), name)
        if branch is None:
            raise GithubError(404, f"Branch {name} not found")
        return repo, branch, call.path["path"].strip("/")

    def _resolved(self, repo: JsonObject, ref: str | None) -> tuple[str, JsonObject]:
        try:
            sha, branch = self.world.resolve(repo, ref)
        except GithubError:
            raise GithubError(404, f"No commit found for the ref {ref}") from None
        if branch is None:
            raise not_found()
        return sha, branch

    def _check_sha(self, call: Call, files: JsonObject, path: str) -> None:
        given = as_text(call.body.get("sha"))
        if path not in files:
            return
        if not given:
            raise GithubError(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
        if given != blob_sha(as_text(files[path])):
            raise GithubError(409, f"{path} does not match {given}")

    def _committed(
        self, call: Call, repo: JsonObject, branch: JsonObject, path: str, status: int
    ) -> Reply:
        full_name = as_text(repo["full_name"])
        before = self.world.branch(full_name, as_text(branch["name"])) or {}
        for text in files_of(before).values() if "files" in before else ():
            self.world.store.put(
                f"github/blobs/{full_name.lower()}", blob_sha(as_text(text)), {"text": text}
            )
        sha = self.world.add_commit(full_name, branch, as_text(call.body["message"]))
        commit = self.world.commit(full_name, sha)
        shape = commit_shape(self.world, repo, commit) if commit else {}
        inner = shape.get("commit")
        text = files_of(branch).get(path)
        content = None if text is None else _file(repo, branch, path, as_text(text))
        if content:
            content = {k: v for k, v in content.items() if k not in ("content", "encoding")}
        told: JsonObject = {"sha": sha, "html_url": shape.get("html_url")}
        told |= inner if isinstance(inner, dict) else {}
        return Reply({"content": content, "commit": told}, status)


def _file(repo: JsonObject, branch: JsonObject, path: str, text: str) -> JsonObject:
    content = text.encode()
    return _entry(repo, branch, path, "file", len(content), blob_sha(text)) | {
        "content": base64.encodebytes(content).decode(),
        "encoding": "base64",
    }


def _folder(repo: JsonObject, branch: JsonObject, path: str, inside: list[str]) -> list[Json]:
    files, prefix = files_of(branch), f"{path}/" if path else ""
    entries: dict[str, JsonObject] = {}
    for name in inside:
        child, _, rest = name.removeprefix(prefix).partition("/")
        full, kind = prefix + child, "dir" if rest else "file"
        text = as_text(files.get(full))
        size, sha = (0, sha_of("tree", full)) if rest else (len(text.encode()), blob_sha(text))
        entries[child] = _entry(repo, branch, full, kind, size, sha)
    return list(entries.values())


def _entry(
    repo: JsonObject, branch: JsonObject, path: str, kind: str, size: int, sha: str
) -> JsonObject:
    full_name, name = as_text(repo["full_name"]), as_text(branch["name"])
    url = f"{API}/repos/{full_name}/contents/{path}?ref={name}"
    page = f"{WEB}/{full_name}/{'tree' if kind == 'dir' else 'blob'}/{name}/{path}"
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": sha,
        "size": size,
        "url": url,
        "html_url": page,
        "git_url": f"{API}/repos/{full_name}/git/blobs/{sha}",
        "download_url": None,
        "type": kind,
        "_links": {"self": url, "git": None, "html": page},
    }
