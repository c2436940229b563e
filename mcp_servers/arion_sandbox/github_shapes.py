"""How the API shows what the GitHub stand-in keeps. Fields: GitHub's OpenAPI description."""

from __future__ import annotations

from arion_sandbox.github_world import VIEWER, World, number, number_of, sha_of
from arion_sandbox.json_types import Json, JsonObject, as_object, as_objects, as_text, as_texts

API = "https://api.github.com"
WEB = "https://github.com"


def simple_user(world: World, login: str) -> JsonObject:
    """A user in short."""
    user = world.user(login)
    return {
        "login": user["login"],
        "id": number_of("user", login),
        "node_id": sha_of("user", login)[:20],
        "avatar_url": f"https://avatars.githubusercontent.com/u/{number_of('user', login)}?v=4",
        "url": f"{API}/users/{login}",
        "html_url": f"{WEB}/{login}",
        "type": as_text(user.get("type")) or "User",
        "site_admin": False,
    }


def full_user(world: World, login: str) -> JsonObject:
    """A user with a profile."""
    user = world.user(login)
    return simple_user(world, login) | {
        "name": user.get("name"),
        "company": user.get("company"),
        "blog": "",
        "location": user.get("location"),
        "email": user.get("email"),
        "bio": user.get("bio"),
        "public_repos": user.get("public_repos", 0),
        "public_gists": 0,
        "followers": user.get("followers", 0),
        "following": user.get("following", 0),
        "created_at": "2018-03-02T01:20:30Z",
        "updated_at": world.stamp(),
    }


def minimal_repo(world: World, repo: JsonObject) -> JsonObject:
    """A repository in short."""
    full_name = as_text(repo["full_name"])
    owner, _, name = full_name.partition("/")
    return {
        "id": number_of("repo", full_name),
        "node_id": sha_of("repo", full_name)[:20],
        "name": name,
        "full_name": full_name,
        "owner": simple_user(world, owner),
        "private": bool(repo.get("private")),
        "html_url": f"{WEB}/{full_name}",
        "description": repo.get("description"),
        "fork": bool(repo.get("fork")),
        "url": f"{API}/repos/{full_name}",
    }


def full_repo(world: World, repo: JsonObject) -> JsonObject:
    """A repository with its figures."""
    issues = world.issues(as_text(repo["full_name"]))
    push = bool(repo.get("push"))
    owned = as_text(repo["full_name"]).startswith(f"{VIEWER}/")
    permissions: JsonObject = {"admin": owned, "maintain": owned, "push": push, "triage": push}
    permissions["pull"] = True
    return minimal_repo(world, repo) | {
        "created_at": repo.get("created"),
        "updated_at": repo.get("pushed"),
        "pushed_at": repo.get("pushed"),
        "stargazers_count": repo.get("stars", 0),
        "watchers_count": repo.get("stars", 0),
        "forks_count": 0,
        "language": repo.get("language"),
        "has_issues": not repo.get("no_issues"),
        "archived": False,
        "disabled": False,
        "visibility": "private" if repo.get("private") else "public",
        "open_issues_count": sum(issue["state"] == "open" for issue in issues),
        "default_branch": repo["default_branch"],
        "topics": [],
        "permissions": permissions,
    }


def association(repo: JsonObject, login: str) -> str:
    """What an author is to a repository."""
    if as_text(repo["full_name"]).partition("/")[0] == login:
        return "OWNER"
    for role in ("MEMBER", "COLLABORATOR", "CONTRIBUTOR"):
        if login in as_texts(repo.get(role.lower())):
            return role
    return "NONE"


def label(repo: JsonObject, name: str) -> JsonObject:
    """A label."""
    full_name = as_text(repo["full_name"])
    known = {as_text(it["name"]): it for it in as_objects(repo.get("labels"))}
    kept = as_object(known.get(name))
    return {
        "id": number_of("label", full_name, name),
        "node_id": sha_of("label", full_name, name)[:20],
        "url": f"{API}/repos/{full_name}/labels/{name}",
        "name": name,
        "color": kept.get("color", "ededed"),
        "default": False,
        "description": kept.get("description"),
    }


def issue_shape(world: World, repo: JsonObject, issue: JsonObject) -> JsonObject:
    """An issue, or a pull request seen as one."""
    full_name, count = as_text(repo["full_name"]), number(issue["number"])
    author, assignees = as_text(issue["author"]), as_texts(issue.get("assignees"))
    kind = "pull" if issue.get("pull") else "issues"
    url = f"{API}/repos/{full_name}/issues/{count}"
    shape: JsonObject = {
        "url": url,
        "repository_url": f"{API}/repos/{full_name}",
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": f"{WEB}/{full_name}/{kind}/{count}",
        "id": number_of("issue", full_name, str(count)),
        "node_id": sha_of("issue", full_name, str(count))[:20],
        "number": count,
        "title": issue["title"],
        "user": simple_user(world, author),
        "labels": [label(repo, name) for name in as_texts(issue.get("labels"))],
        "state": issue["state"],
        "state_reason": issue.get("state_reason"),
        "locked": False,
        "assignee": simple_user(world, assignees[0]) if assignees else None,
        "assignees": [simple_user(world, login) for login in assignees],
        "milestone": None,
        "comments": len(world.comments(full_name, count)),
        "created_at": issue["created"],
        "updated_at": issue["updated"],
        "closed_at": issue.get("closed"),
        "author_association": association(repo, author),
        "body": issue.get("body"),
        "reactions": reactions(url),
    }
    pull = as_object(issue.get("pull"))
    if pull:
        shape["draft"] = bool(pull.get("draft"))
        shape["pull_request"] = {
            "url": f"{API}/repos/{full_name}/pulls/{count}",
            "html_url": f"{WEB}/{full_name}/pull/{count}",
            "diff_url": f"{WEB}/{full_name}/pull/{count}.diff",
            "patch_url": f"{WEB}/{full_name}/pull/{count}.patch",
            "merged_at": pull.get("merged_at"),
        }
    return shape


def reactions(url: str) -> JsonObject:
    """Nobody's reactions."""
    names = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")
    counts: dict[str, Json] = dict.fromkeys(names, 0)
    return {"url": f"{url}/reactions", "total_count": 0, **counts}


def comment_shape(
    world: World, repo: JsonObject, issue_number: int, comment: JsonObject
) -> JsonObject:
    """A comment on an issue or a pull request."""
    full_name, author = as_text(repo["full_name"]), as_text(comment["author"])
    comment_id = number(comment["id"])
    return {
        "id": comment_id,
        "node_id": sha_of("comment", str(comment_id))[:20],
        "url": f"{API}/repos/{full_name}/issues/comments/{comment_id}",
        "html_url": f"{WEB}/{full_name}/issues/{issue_number}#issuecomment-{comment_id}",
        "issue_url": f"{API}/repos/{full_name}/issues/{issue_number}",
        "user": simple_user(world, author),
        "created_at": comment["created"],
        "updated_at": comment["created"],
        "author_association": association(repo, author),
        "body": comment["body"],
        "reactions": reactions(f"{API}/repos/{full_name}/issues/comments/{comment_id}"),
    }


def commit_shape(world: World, repo: JsonObject, commit: JsonObject) -> JsonObject:
    """A commit."""
    full_name, sha = as_text(repo["full_name"]), as_text(commit["sha"])
    author = as_text(commit["author"])
    person: JsonObject = {
        "name": world.user(author).get("name") or author,
        "email": f"{author}@users.noreply.github.com",
        "date": commit["date"],
    }
    return {
        "sha": sha,
        "node_id": sha_of("commit", sha)[:20],
        "url": f"{API}/repos/{full_name}/commits/{sha}",
        "html_url": f"{WEB}/{full_name}/commit/{sha}",
        "comments_url": f"{API}/repos/{full_name}/commits/{sha}/comments",
        "commit": {
            "author": person,
            "committer": person,
            "message": commit["message"],
            "tree": {"sha": sha_of("tree", sha), "url": f"{API}/repos/{full_name}/git/trees/{sha}"},
            "url": f"{API}/repos/{full_name}/git/commits/{sha}",
            "comment_count": 0,
        },
        "author": simple_user(world, author),
        "committer": simple_user(world, author),
        "parents": [
            {"sha": it, "url": f"{API}/repos/{full_name}/commits/{it}"}
            for it in as_texts(commit.get("parents"))
        ],
    }
