"""What Kakao Mobility sends for a route, as far as this server reads it.

Sources: developers.kakaomobility.com (car, affiliate walking), and for the fields of a car route
the published types of others who call it. The courses of the roads (`vertexes`) are not read:
they are most of an answer and nobody can do anything with them in a conversation.
"""

from __future__ import annotations

from arion_kakaomap.wire import Whole, Wire


class Fare(Wire):
    """What a route costs, in won."""

    taxi: Whole = 0
    toll: Whole = 0


class RouteSummary(Wire):
    """A route as a whole."""

    distance: Whole
    """Metres."""
    duration: Whole
    """Seconds."""
    fare: Fare = Fare()


class Guide(Wire):
    """A turn, or another thing to do on the way."""

    name: str = ""
    """Of the crossing or the exit; often empty."""
    distance: Whole = 0
    """Metres from the guide before."""
    type: Whole = 0
    guidance: str = ""


class RouteSection(Wire):
    """From one stop of a route to the next."""

    guides: tuple[Guide, ...] = ()


class Route(Wire):
    """One way to go, or why there is none."""

    result_code: Whole = 0
    """0 where a way was found."""
    result_msg: str = ""
    summary: RouteSummary | None = None
    sections: tuple[RouteSection, ...] = ()


class Routes(Wire):
    """What a search for routes gave."""

    routes: tuple[Route, ...]
