"""What a search finds, by kind, as rows of one shape."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

from arion_github.api import MOST_PER_PAGE, GithubApi, together
from arion_github.cleaning import visible
from arion_github.models import Hit
from arion_github.rows import MOST_LABELS, Eyes, title
from arion_github.spoken import Kind
from arion_github.wire import CodeHit, Issue, Repo, User

Params = Mapping[str, int]
Result = tuple[list[Hit], int, bool]
"""The rows, how many there are altogether, and whether there is another page."""

_ME = re.compile(r":@me\b")
_KIND = re.compile(r"(?<!\S)(?:is|type):(?:issue|pr|pull-request)\b")

_LATEST_REPOS = 10
"""Repositories that are looked into for a number that no search has found."""
_FRAGMENTS = 2
_LONGEST_FRAGMENT = 160


async def hits_by_number(api: GithubApi, kind: Kind, number: int, eyes: Eyes) -> list[Hit]:
    """The issues or pull requests of this number among those that involve the person."""
    login = await api.login()
    # "involves" is author, assignee, mentions and comments; who is asked to review is none of it.
    ways = ("involves", "review-requested") if kind == "prs" else ("involves",)
    searches = [
        api.search_issues(
            {
                "q": f"{_which(kind)} {way}:{login}",
                "sort": "updated",
                "per_page": MOST_PER_PAGE,
            }
        )
        for way in ways
    ]
    pages = await together(searches)
    found = {it.repository_url: it for page, _ in pages for it in page.rows if it.number == number}
    return [_issue(it, eyes) for it in (found or await _in_my_repos(api, kind, number)).values()]


async def _in_my_repos(api: GithubApi, kind: Kind, number: int) -> dict[str, Issue]:
    """Those of the repositories that were worked in last."""
    repos = (await api.my_repos()({})).rows[:_LATEST_REPOS]
    found = await together([api.issue_or_none(it.owner, it.name, number) for it in repos])
    return {
        it.repository_url: it
        for it in found
        if it and (it.pull_request is not None) == (kind == "prs")
    }


async def _issues(api: GithubApi, query: str, params: Params, eyes: Eyes) -> Result:
    return await _of_kind(api, "issues", query, params, eyes)


async def _pulls(api: GithubApi, query: str, params: Params, eyes: Eyes) -> Result:
    return await _of_kind(api, "prs", query, params, eyes)


async def _of_kind(api: GithubApi, kind: Kind, query: str, params: Params, eyes: Eyes) -> Result:
    named = await _with_me_named(api, query)
    asked = named if _KIND.search(named) else f"{named} {_which(kind)}"
    page, total = await api.search_issues({"q": asked, **params})
    return [_issue(it, eyes) for it in page.rows], total, page.next is not None


async def _repos(api: GithubApi, query: str, params: Params, eyes: Eyes) -> Result:
    page, total = await api.search_repos({"q": query, **params})
    return [_repo(it, eyes) for it in page.rows], total, page.next is not None


async def _users(api: GithubApi, query: str, params: Params, eyes: Eyes) -> Result:
    page, total = await api.search_users({"q": query, **params})
    return [_user(it) for it in page.rows], total, page.next is not None


async def _code(api: GithubApi, query: str, params: Params, eyes: Eyes) -> Result:
    page, total = await api.search_code({"q": query, **params})
    return [_file(it, eyes) for it in page.rows], total, page.next is not None


SEARCHES: Mapping[Kind, Callable[[GithubApi, str, Params, Eyes], Awaitable[Result]]] = {
    "issues": _issues,
    "prs": _pulls,
    "repos": _repos,
    "users": _users,
    "code": _code,
}


def _which(kind: Kind) -> str:
    return "is:pr" if kind == "prs" else "is:issue"


async def _with_me_named(api: GithubApi, query: str) -> str:
    """The query with the person's login for `@me`, so that it means the same to everybody."""
    return _ME.sub(f":{await api.login()}", query) if _ME.search(query) else query


def _issue(issue: Issue, eyes: Eyes) -> Hit:
    # The repository is told by addresses only: …/repos/OWNER/NAME, …/OWNER/NAME/issues/5.
    place = issue.repository_url.partition("/repos/")[2] or "/".join(issue.html_url.split("/")[3:5])
    owner, _, repo = place.partition("/")
    merged = issue.pull_request is not None and issue.pull_request.merged_at is not None
    return Hit(
        id=f"{owner}/{repo}#{issue.number}",
        owner=owner,
        repo=repo,
        number=issue.number,
        title=title(issue.title),
        state="merged" if merged else issue.state,
        author=issue.author,
        labels=issue.label_names[:MOST_LABELS] or None,
        comments=issue.comments,
        updated_at=eyes.when(issue.updated_at),
    )


def _repo(repo: Repo, eyes: Eyes) -> Hit:
    return Hit(
        id=repo.full_name,
        owner=repo.owner,
        repo=repo.name,
        description=title(repo.description or "") or None,
        language=repo.language,
        stars=repo.stargazers_count,
        private=repo.private or None,
        updated_at=eyes.when(repo.pushed_at),
    )


def _user(user: User) -> Hit:
    return Hit(id=user.login, type=user.type)


def _file(hit: CodeHit, eyes: Eyes) -> Hit:
    pieces = [visible(it.fragment)[:_LONGEST_FRAGMENT] for it in hit.text_matches[:_FRAGMENTS]]
    return Hit(
        id=f"{hit.repository.full_name}/{hit.path}",
        owner=hit.repository.owner,
        repo=hit.repository.name,
        path=hit.path,
        # Nothing tells who wrote a piece of code.
        fragments=None if eyes.lockdown else pieces or None,
    )
