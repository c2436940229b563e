"""What is said of a way to go, in Korean and English. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from arion_kakaomap.amounts import spoken_distance, spoken_minutes, spoken_won
from arion_kakaomap.journeys import By, Journey, Leg, Walk
from arion_kakaomap.locating import Located
from arion_kit.speech import join_spoken, josa, speak_moment, speak_time, speakable
from arion_kit.words import Language

_LONGEST_NAME = 30
_FAR_TO_WALK_MIN = 120

_MEANS_KO: dict[By, str] = {
    "subway": "지하철로",
    "bus": "버스로",
    "train": "기차로",
    "express_bus": "고속버스로",
    "plane": "비행기로",
    "ferry": "배로",
}
_MEANS_EN: dict[By, str] = {
    "subway": "by subway",
    "bus": "by bus",
    "train": "by train",
    "express_bus": "by express bus",
    "plane": "by plane",
    "ferry": "by ferry",
}
_VEHICLE_EN: dict[By, str] = {"bus": "bus ", "express_bus": "bus "}


@dataclass(frozen=True)
class Trip:
    """Between which places, and in which language it is told."""

    origin: Located
    destination: Located
    language: Language
    now: datetime
    via: tuple[Located, ...] = ()

    @property
    def ko(self) -> bool:
        """Whether to speak Korean."""
        return self.language == "ko"

    def name(self, place: Located) -> str:
        """The place as it is spoken of; in English as the person called it, if in English."""
        asked = speakable(place.asked or "", _LONGEST_NAME)
        if not self.ko and asked.isascii() and asked:
            return asked
        nameless = "그 위치" if self.ko else "that point"
        return speakable(place.spoken or "", _LONGEST_NAME) or nameless

    def ends(self) -> str:
        """From where to where."""
        start, end = self.name(self.origin), self.name(self.destination)
        via = join_spoken([self.name(place) for place in self.via], self.language)
        if self.ko:
            through = f"{josa(via, '을를')} 거쳐 " if via else ""
            return f"{start}에서 {through}{end}까지"
        return f"from {start} to {end}{f' via {via}' if via else ''}"


@dataclass(frozen=True)
class Drive:
    """A way by car, as far as it is told."""

    metres: int
    minutes: int
    toll_won: int
    taxi_won: int | None
    """The fare, where one goes by taxi."""
    departure: datetime | None
    """None for now."""
    arrival: datetime


def say_drive(trip: Trip, drive: Drive) -> str:
    """How long, how far, and what the toll or the taxi is."""
    told = _drive_ko(trip, drive) if trip.ko else _drive_en(trip, drive)
    return told + _taken(trip)


def say_transit(trip: Trip, journey: Journey) -> str:
    """How long, which lines and where to change, and the fare."""
    told = _transit_ko(trip, journey) if trip.ko else _transit_en(trip, journey)
    return told + _taken(trip)


def say_walk(trip: Trip, walk: Walk) -> str:
    """How long and how far; that it is a guess, where it is one."""
    minutes = minutes_of(walk.seconds)
    long = spoken_minutes(minutes, trip.language)
    far = spoken_distance(walk.metres, trip.language)
    guess = walk.source == "straight_line"
    if trip.ko:
        told = f"{trip.ends()} 걸어서 {long}쯤 {'걸릴 것 같아요' if guess else '걸려요'}."
        told += " 직선거리로 어림한 값이에요." if guess else f" 거리는 {josa(far, '이에요예요')}."
        told += " 걷기에는 꽤 멀어요." if minutes >= _FAR_TO_WALK_MIN else ""
    else:
        told = f"It takes about {long} on foot {trip.ends()}."
        told += " That's an estimate from the straight line." if guess else f" It's {far}."
        told += " That's quite far to walk." if minutes >= _FAR_TO_WALK_MIN else ""
    return told + _taken(trip)


def say_place_link(name: str, language: Language) -> str:
    """That a link to a place is ready."""
    if language == "ko":
        return f"카카오맵에서 {josa(name, '을를')} 볼 수 있는 링크예요."
    return f"Here is a link to {name} in KakaoMap."


def say_route_link(name: str, language: Language) -> str:
    """That a link to the way to a place is ready."""
    if language == "ko":
        return f"카카오맵에서 {name}까지 가는 길을 볼 수 있는 링크예요."
    return f"Here is a link to the way to {name} in KakaoMap."


def minutes_of(seconds: int) -> int:
    """Whole minutes, as people count them; a way that takes any time takes one."""
    return max(1, round(seconds / 60))


def _drive_ko(trip: Trip, drive: Drive) -> str:
    long = spoken_minutes(drive.minutes, "ko")
    told = f"{trip.ends()} {'차로' if drive.taxi_won is None else '택시로'} {long}쯤 "
    if drive.departure:
        start = speak_moment(drive.departure, "ko", today=trip.now.date())
        told = f"{start}에 출발하면 {told}걸려서 {_arrival(trip, drive)}쯤 도착해요."
    else:
        told += "걸려요."
    if drive.taxi_won is not None:
        return f"{told} 요금은 {spoken_won(drive.taxi_won, 'ko')}쯤 나와요.{_toll_ko(drive)}"
    toll = f"{josa(spoken_won(drive.toll_won, 'ko'), '이에요예요')}" if drive.toll_won else "없어요"
    return f"{told} 거리는 {spoken_distance(drive.metres, 'ko')}, 통행료는 {toll}."


def _toll_ko(drive: Drive) -> str:
    won = spoken_won(drive.toll_won, "ko")
    return f" 통행료 {josa(won, '은는')} 따로예요." if drive.toll_won else ""


def _drive_en(trip: Trip, drive: Drive) -> str:
    long = spoken_minutes(drive.minutes, "en")
    means = "by car" if drive.taxi_won is None else "by taxi"
    told = f"It takes about {long} {means} {trip.ends()}"
    if drive.departure:
        start = speak_moment(drive.departure, "en", today=trip.now.date())
        told += f" if you leave {start}; you'd arrive around {_arrival(trip, drive)}"
    won = spoken_won(drive.toll_won, "en")
    if drive.taxi_won is not None:
        fare = f"{told}. The fare is about {spoken_won(drive.taxi_won, 'en')}"
        return f"{fare}, and the toll {won}." if drive.toll_won else f"{fare}."
    toll = f"the toll is {won}" if drive.toll_won else "there's no toll"
    return f"{told}. It's {spoken_distance(drive.metres, 'en')} and {toll}."


def _arrival(trip: Trip, drive: Drive) -> str:
    same_day = drive.departure and drive.departure.date() == drive.arrival.date()
    if same_day:
        return speak_time(drive.arrival, trip.language)
    return speak_moment(drive.arrival, trip.language, today=trip.now.date())


def _transit_ko(trip: Trip, journey: Journey) -> str:
    by = _means(journey, _MEANS_KO) or "대중교통으로"
    told = f"{trip.ends()} {by} {spoken_minutes(journey.minutes, 'ko')}쯤 걸려요."
    told += _lines_ko(journey.rides)
    if journey.fare_won:
        told += f" 요금은 {josa(spoken_won(journey.fare_won, 'ko'), '이에요예요')}."
    return told


def _means(journey: Journey, words: Mapping[By, str]) -> str | None:
    """By what one goes, where it is one thing all the way."""
    means: set[By] = {leg.by for leg in journey.rides}
    return words.get(next(iter(means))) if len(means) == 1 else None


def _lines_ko(rides: Sequence[Leg]) -> str:
    if not rides:
        return ""
    first, last = rides[0], rides[-1]
    told = f" {_stop(first.start)}에서 {josa(_line_ko(first), '을를')} 타고"
    if len(rides) == 1:
        return f"{told} {_stop(first.end)}에서 내리면 돼요."
    for leg in rides[1:-1]:
        told += f", {_stop(leg.start)}에서 {josa(_line_ko(leg), '으로로')} 갈아타고"
    return f"{told}, {_stop(last.start)}에서 {josa(_line_ko(last), '으로로')} 갈아타세요."


def _line_ko(leg: Leg) -> str:
    line = speakable(leg.line, _LONGEST_NAME)
    vehicle = " 버스" if leg.by == "bus" else ""
    return f"{line}{vehicle}" if line else _MEANS_KO.get(leg.by, "대중교통으로")[:-1]


def _transit_en(trip: Trip, journey: Journey) -> str:
    by = _means(journey, _MEANS_EN) or "by public transport"
    told = f"It takes about {spoken_minutes(journey.minutes, 'en')} {by} {trip.ends()}."
    told += _lines_en(journey.rides)
    if journey.fare_won:
        told += f" The fare is {spoken_won(journey.fare_won, 'en')}."
    return told


def _lines_en(rides: Sequence[Leg]) -> str:
    if not rides:
        return ""
    first = rides[0]
    told = f" Take {_line_en(first)} at {_stop(first.start)}"
    if len(rides) == 1:
        return f"{told} and get off at {_stop(first.end)}."
    changes = [f"change to {_line_en(leg)} at {_stop(leg.start)}" for leg in rides[1:]]
    return f"{told}, then {' and '.join(changes)}."


def _line_en(leg: Leg) -> str:
    line = speakable(leg.line, _LONGEST_NAME)
    named = line.removesuffix("번") if leg.by in _VEHICLE_EN else line
    if named.endswith("호선"):
        return f"line {named.removesuffix('호선')}"
    return f"{_VEHICLE_EN.get(leg.by, '')}{named}" if named else f"the {leg.by.replace('_', ' ')}"


def _stop(name: str) -> str:
    return speakable(name, _LONGEST_NAME)


def _taken(trip: Trip) -> str:
    """Which of several places of one name was taken, where it matters."""
    for place in (trip.origin, *trip.via, trip.destination):
        if place.others and place.address:
            area = speakable(" ".join(place.address.split()[:3]))
            name = trip.name(place)
            if trip.ko:
                return f" {josa(name, '은는')} {area}에 있는 곳으로 찾았어요."
            return f" I took the {name} in {area}."
    return ""
