"""Writes by their id: done once, found again, kept through restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from arion_kit.errors import BadInput, ToolFailure, UpstreamFailure
from arion_kit.words import ErrorKind
from arion_notion.journal import Journal, Note, Outcome, Write


class World:
    """Something that writes reach."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.done: list[str] = []
        self.fails: ErrorKind | None = None

    async def write(self, write: Write, thing: str = "a") -> Outcome:
        async def act() -> str:
            if self.fails is not ErrorKind.FORBIDDEN:
                self.done.append(thing)
            if self.fails:
                raise UpstreamFailure(self.fails, "x")
            return thing

        async def note() -> Note:
            return {"count": str(len(self.done))}

        async def probe(kept: Note) -> str | None:
            return thing if len(self.done) > int(kept["count"]) else None

        return await self.journal.once(write, act, note=note, probe=probe)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(Journal(tmp_path / "notion.sqlite3"))


async def test_without_an_id_a_write_is_made_every_time(world: World):
    write = Write.of(None, "create", "a")
    assert [(await world.write(write)).existed for _ in range(2)] == [False, False]
    assert world.done == ["a", "a"]


async def test_an_answer_that_never_came_is_looked_for_first(world: World, tmp_path: Path):
    world.fails = ErrorKind.TIMEOUT
    with pytest.raises(ToolFailure):
        await world.write(Write.of("k", "create", "a"))
    restarted = World(Journal(tmp_path / "notion.sqlite3"))
    restarted.done = world.done
    outcome = await restarted.write(Write.of("k", "create", "a"))
    assert (outcome.result, outcome.existed, restarted.done) == ("a", True, ["a"])


async def test_the_same_id_several_times_at_once_is_one_write(world: World):
    write = Write.of("k", "create", "a")
    outcomes = await asyncio.gather(*(world.write(write) for _ in range(5)))
    assert sorted(outcome.existed for outcome in outcomes) == [False, True, True, True, True]
    assert world.done == ["a"]


async def test_a_refused_write_is_forgotten(world: World):
    world.fails = ErrorKind.FORBIDDEN
    with pytest.raises(ToolFailure):
        await world.write(Write.of("k", "create", "a"))
    world.fails = None
    assert (await world.write(Write.of("k", "create", "b"), "b")).existed is False
    assert world.done == ["b"]


async def test_an_id_is_for_one_write(world: World):
    await world.write(Write.of("k", "create", "a"))
    with pytest.raises(BadInput):
        await world.write(Write.of("k", "create", "b"), "b")
    assert world.done == ["a"]


async def test_a_folder_that_cannot_be_written_costs_no_write(tmp_path: Path):
    (tmp_path / "file").write_text("")
    world = World(Journal(tmp_path / "file" / "notion.sqlite3"))
    first = await world.write(Write.of("k", "create", "a"))
    second = await world.write(Write.of("k", "create", "a"))
    assert (first.existed, second.existed, world.done) == (False, True, ["a"])
    world.journal.close()


def test_no_file_is_made_before_the_first_id(tmp_path: Path):
    Journal(tmp_path / "notion.sqlite3").close()
    assert list(tmp_path.iterdir()) == []
