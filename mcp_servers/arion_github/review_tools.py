"""The tools for reviewing pull requests."""

from __future__ import annotations

from arion_github.api import GithubApi
from arion_github.changes import Changes, Event
from arion_github.models import DismissedReview, Placed, Reviewers, WrittenReview
from arion_github.parameters import REPO, Body, Names, Number, Text
from arion_github.say import SPEAKERS
from arion_github.spoken import name_of
from arion_kit.errors import BadInput
from arion_kit.spec import Call, Tool, writes
from arion_kit.words import Effect, EffectClass, Inverse


async def github_pr_review(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    event: Event,
    body: Body = None,
) -> WrittenReview:
    """Review a pull request."""
    text = body or ""
    if event != "APPROVE" and not text.strip():
        raise BadInput("body", f"{event} needs a text")
    made = await Changes(call.api).review(owner, repo, number, event, text, call.key)
    review = Placed(
        id=made.thing.id,
        url=made.thing.html_url,
        state=made.thing.state,
        already_existed=made.existed,
        verdict_id=None if event == "COMMENT" else made.thing.id,
    )
    say = SPEAKERS[call.language].reviewed(number, event, existed=made.existed)
    return WrittenReview(say=say, review=review)


async def github_pr_review_dismiss(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    review_id: Number,
    message: Text = "Taken back",
) -> DismissedReview:
    """Take away the verdict of a review; it stays to be read."""
    done = await Changes(call.api).dismiss_review(owner, repo, number, review_id, message)
    return DismissedReview(
        say=SPEAKERS[call.language].review_dismissed(number, existed=done.existed),
        id=done.thing.id,
        state=done.thing.state,
        already_dismissed=done.existed,
    )


async def github_pr_reviewers(
    call: Call[GithubApi],
    owner: str,
    repo: str,
    number: Number,
    add: Names = None,
    remove: Names = None,
) -> Reviewers:
    """Ask people (by login) for a review, or ask them no more."""
    if not add and not remove:
        raise BadInput("add", "give logins to add or to remove")
    pull = await call.api.pull(owner, repo, number)
    asked = {user.login for user in pull.requested_reviewers or ()}
    added = [login for login in add or () if login not in asked]
    removed = [login for login in remove or () if login in asked]
    changes = Changes(call.api)
    for logins, adding in ((added, True), (removed, False)):
        if logins:
            pull = await changes.ask_for_review(owner, repo, number, logins, adding=adding)
    names = [user.login for user in pull.requested_reviewers or ()]
    say = SPEAKERS[call.language].reviewers(number, [name_of(name) for name in names])
    return Reviewers(say=say, reviewers=names, added=added, removed=removed)


_REVIEW = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_pr_review_dismiss",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "number": "arguments.number",
            "review_id": "result.review.verdict_id",
        },
    ),
)
_REVIEWERS = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="github_pr_reviewers",
        arguments={
            "owner": "arguments.owner",
            "repo": "arguments.repo",
            "number": "arguments.number",
            "add": "result.removed",
            "remove": "result.added",
        },
    ),
)

TOOLS: tuple[Tool, ...] = (
    writes(
        github_pr_review,
        "Review pull request",
        effect=_REVIEW,
        destructive=False,
        idempotent=False,
        scopes=(REPO,),
        brief=True,
    ),
    writes(
        github_pr_review_dismiss,
        "Dismiss review",
        effect=Effect(effect_class=EffectClass.PROBE),
        destructive=True,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
    writes(
        github_pr_reviewers,
        "Ask for review",
        effect=_REVIEWERS,
        destructive=False,
        idempotent=True,
        scopes=(REPO,),
        toolset="extra",
        brief=True,
    ),
)
