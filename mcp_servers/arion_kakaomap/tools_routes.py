"""The KakaoMap tools for ways to go, and links into KakaoMap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from arion_kakaomap import navi, odsay, tmap
from arion_kakaomap.api import KakaoMapApi
from arion_kakaomap.departure import read_departure
from arion_kakaomap.journeys import Journey, Leg, Ride
from arion_kakaomap.links import Means, place_links, route_links
from arion_kakaomap.locating import Located, locate
from arion_kakaomap.models import (
    CarRoute,
    JourneyRow,
    LegRow,
    MapLink,
    OtherPlace,
    StopRow,
    TransitRoutes,
    WalkRoute,
)
from arion_kakaomap.parameters import Words, upper
from arion_kakaomap.refusals import NoTransitKey, no_route, no_transit, same_place
from arion_kakaomap.say import speakable_name
from arion_kakaomap.say_routes import (
    Drive,
    Trip,
    minutes_of,
    say_drive,
    say_place_link,
    say_route_link,
    say_transit,
    say_walk,
)
from arion_kakaomap.steps import drive_steps
from arion_kakaomap.wire_navi import Route, RouteSummary
from arion_kit.errors import BadInput
from arion_kit.paging import rows_that_fit
from arion_kit.spec import Call

_MOST_JOURNEYS = 3
_FRAME_CHARS = 1_500
"""What a result holds besides its routes: its ends with other places of their names, and a link."""

_SAME_PLACE_M = 5


Places = Annotated[list[Words], Field(max_length=5)]
Priority = Annotated[navi.Priority, BeforeValidator(upper)]
Order = Literal["recommended", "time", "transfers", "walking"]


async def map_directions_car(
    call: Call[KakaoMapApi],
    origin: Annotated[Words, Field(description='Name or "x,y"')],
    destination: Words,
    waypoints: Places | None = None,
    priority: Priority = "RECOMMEND",
    avoid: list[navi.Avoid] | None = None,
    departure_time: Annotated[str | None, Field(description="ISO 8601")] = None,
    by: Literal["car", "taxi"] = "car",
) -> CarRoute:
    """Time, distance, toll or taxi fare, and way by car."""
    departure = read_departure(departure_time, call.now)
    start, end = await _ends(call, origin, destination)
    via = tuple([await locate(call, text, "waypoints", start.point) for text in waypoints or ()])
    route = await call.api.navi.drive(
        navi.Drive(
            origin=start.point,
            destination=end.point,
            waypoints=tuple(place.point for place in via),
            priority=priority,
            avoid=tuple(avoid or ()),
            departure=departure,
        )
    )
    route, summary = _found(call, route)
    begin = departure or call.now
    minutes = minutes_of(summary.duration)
    arrival = begin + timedelta(minutes=minutes)
    told = Drive(
        metres=summary.distance,
        minutes=minutes,
        toll_won=summary.fare.toll,
        taxi_won=summary.fare.taxi if by == "taxi" else None,
        departure=departure,
        arrival=arrival,
    )
    trip = Trip(start, end, call.language, call.now, via)
    guides = (guide for section in route.sections for guide in section.guides)
    return CarRoute(
        say=say_drive(trip, told),
        origin=_stop_row(start),
        destination=_stop_row(end),
        waypoints=[_stop_row(place) for place in via] or None,
        distance_km=round(summary.distance / 1_000, 1),
        duration_min=minutes,
        toll_won=summary.fare.toll,
        taxi_won=summary.fare.taxi,
        arrival=_clock(arrival),
        steps=drive_steps(guides, call.language),
        url=route_links(start, end, "car", via).web,
    )


async def map_directions_transit(
    call: Call[KakaoMapApi],
    origin: Words,
    destination: Words,
    opt: Order = "recommended",
    ride: Ride = "any",
) -> TransitRoutes:
    """Lines, changes, time and fare by public transport."""
    start, end = await _ends(call, origin, destination)
    links = route_links(start, end, "transit")
    if not call.api.transit.ready:
        raise NoTransitKey((odsay.KEY_VARIABLE, tmap.KEY_VARIABLE), links.web, call.language)
    journeys = await call.api.transit.journeys(start.point, end.point, ride)
    if not journeys.found:
        raise no_transit(journeys.why_none or "none", call.language)
    ordered = _ordered(journeys.found, opt)[:_MOST_JOURNEYS]
    rows = [_journey_row(journey, call.now) for journey in ordered]
    return TransitRoutes(
        say=say_transit(Trip(start, end, call.language, call.now), ordered[0]),
        origin=_stop_row(start),
        destination=_stop_row(end),
        routes=rows[: rows_that_fit(rows, call.max_chars - _FRAME_CHARS)],
        source=journeys.source,
        url=links.web,
    )


async def map_directions_walk(
    call: Call[KakaoMapApi], origin: Words, destination: Words
) -> WalkRoute:
    """Time and way on foot; an estimate where no provider tells."""
    start, end = await _ends(call, origin, destination)
    walk = await call.api.walking.walk(start.point, end.point)
    minutes = minutes_of(walk.seconds)
    return WalkRoute(
        say=say_walk(Trip(start, end, call.language, call.now), walk),
        origin=_stop_row(start),
        destination=_stop_row(end),
        distance_m=walk.metres,
        duration_min=minutes,
        arrival=_clock(call.now + timedelta(minutes=minutes)),
        estimated=walk.source == "straight_line",
        steps=list(walk.steps),
        source=walk.source,
        url=route_links(start, end, "walk").web,
    )


async def map_link(
    call: Call[KakaoMapApi],
    place: Words | None = None,
    origin: Words | None = None,
    destination: Words | None = None,
    by: Means = "car",
) -> MapLink:
    """Links that open a place, or the way to a destination, in KakaoMap."""
    if (place is None) == (destination is None):
        raise BadInput("place", "give either place, or destination (and origin)")
    if place is not None:
        shown = await locate(call, place, "place")
        links = place_links(shown)
        said = say_place_link(speakable_name(shown.spoken, call.language), call.language)
        return MapLink(say=said, url=links.web, app_url=links.app)
    start = await locate(call, origin, "origin") if origin is not None else None
    end = await locate(call, destination or "", "destination", start.point if start else None)
    links = route_links(start, end, by)
    said = say_route_link(speakable_name(end.spoken, call.language), call.language)
    return MapLink(say=said, url=links.web, app_url=links.app)


async def _ends(call: Call[KakaoMapApi], origin: str, destination: str) -> tuple[Located, Located]:
    start = await locate(call, origin, "origin")
    end = await locate(call, destination, "destination", start.point)
    if start.point.metres_to(end.point) <= _SAME_PLACE_M:
        raise same_place(call.language)
    return start, end


def _found(call: Call[KakaoMapApi], route: Route | None) -> tuple[Route, RouteSummary]:
    if route is None or route.result_code != 0 or route.summary is None:
        raise no_route(route.result_code if route else 1, call.language)
    return route, route.summary


def _ordered(journeys: Sequence[Journey], order: Order) -> list[Journey]:
    """The best first; among equals the provider's order stays."""
    match order:
        case "time":
            return sorted(journeys, key=lambda journey: journey.minutes)
        case "transfers":
            return sorted(journeys, key=lambda journey: (journey.transfers, journey.minutes))
        case "walking":
            return sorted(journeys, key=lambda journey: (journey.walk_metres, journey.minutes))
        case "recommended":
            return list(journeys)


def _clock(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _stop_row(place: Located) -> StopRow:
    others = [
        OtherPlace(
            name=other.place_name,
            address=other.road_address_name or other.address_name,
            x=other.x,
            y=other.y,
        )
        for other in place.others
    ]
    return StopRow(
        name=place.name,
        x=place.point.x,
        y=place.point.y,
        address=place.address,
        others=others or None,
    )


def _journey_row(journey: Journey, now: datetime) -> JourneyRow:
    return JourneyRow(
        duration_min=journey.minutes,
        arrival=_clock(now + timedelta(minutes=journey.minutes)),
        transfers=journey.transfers,
        walk_m=journey.walk_metres,
        fare_won=journey.fare_won,
        legs=[_leg_row(leg) for leg in journey.legs],
    )


def _leg_row(leg: Leg) -> LegRow:
    return LegRow(
        by=leg.by,
        line=leg.line or None,
        start=(leg.start or None) if leg.by != "walk" else None,
        end=(leg.end or None) if leg.by != "walk" else None,
        stops=leg.stops or None,
        minutes=leg.minutes,
        walk_m=leg.metres if leg.by == "walk" else None,
    )
