"""GitHub's REST API (2022-11-28), as far as the tools of a server may ask for it.

Paths, parameters and shapes: GitHub's OpenAPI description. Refusals: its troubleshooting pages
and answers that people have published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from arion_sandbox.endpoints import Endpoint, Parameter, Vendor
from arion_sandbox.github_actions import Actions, stored_log
from arion_sandbox.github_contents import Contents
from arion_sandbox.github_http import authorize, refuse_body, refuse_query, tagged, unavailable
from arion_sandbox.github_issues import Issues
from arion_sandbox.github_notifications import Notifications
from arion_sandbox.github_pulls import Pulls
from arion_sandbox.github_repos import Repos
from arion_sandbox.github_reviews import Reviews
from arion_sandbox.github_search import Search
from arion_sandbox.github_world import World
from arion_sandbox.store import Store


def vendor(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the repositories in a store; `now` gives the time with its offset."""
    world = World(store, now)
    parts = (Repos, Contents, Issues, Pulls, Reviews, Actions, Search, Notifications)
    endpoints = [it for part in parts for it in part(world).endpoints()]
    return Vendor(
        root="",
        endpoints=tuple(tagged(endpoint) for endpoint in endpoints),
        authorize=authorize,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=unavailable,
    )


def log_store(store: Store, now: Callable[[], datetime]) -> Vendor:
    """Serve the logs that signed addresses lead to: another host, which knows no tokens."""
    world = World(store, now)
    endpoint = Endpoint(
        "GET", "/logs/{id}", lambda call: stored_log(world, call), (Parameter("sig"),)
    )
    return Vendor(
        root="",
        endpoints=(endpoint,),
        authorize=_everybody,
        refuse_query=refuse_query,
        refuse_body=refuse_body,
        unavailable=unavailable,
    )


def _everybody(_headers: Mapping[str, str]) -> None:
    """The signature is in the address."""
