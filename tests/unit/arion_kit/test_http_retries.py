from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from email.utils import formatdate

import pytest

from arion_kit.changes import Changes, watched_changes
from arion_kit.errors import UpstreamFailure
from arion_kit.http import Upstream
from arion_kit.limiter import Quota
from arion_kit.words import ErrorKind

from .conftest import CREDENTIALS, FakeTime, Vendor, reply

Connect = Callable[..., Upstream]
BUSY = reply(503)
FINE = reply(body="ok")


async def test_a_read_is_retried_after_growing_waits_with_jitter(
    vendor: Vendor, connect: Connect, time: FakeTime
):
    vendor.replies = [BUSY, reply(429), FINE]
    assert await connect(backoff_s=0.2).get("/notes") == "ok"
    assert time.slept == [0.1, 0.2]


async def test_a_read_gives_up_after_its_attempts(vendor: Vendor, connect: Connect):
    vendor.replies = [BUSY]
    with pytest.raises(UpstreamFailure) as failed:
        await connect(attempts=3).get("/notes")
    assert failed.value.kind is ErrorKind.UNAVAILABLE
    assert len(vendor.requests) == 3


async def test_a_read_gives_up_when_patience_ends(vendor: Vendor, connect: Connect, time: FakeTime):
    vendor.replies = [reply(503, Retry_After="4")]
    with pytest.raises(UpstreamFailure):
        await connect(attempts=9, patience_s=10).get("/notes")
    assert time.slept == [4, 4]


@pytest.mark.parametrize("status", [400, 401, 404, 409])
async def test_a_refusal_is_not_retried(status: int, vendor: Vendor, connect: Connect):
    vendor.replies = [reply(status)]
    with pytest.raises(UpstreamFailure):
        await connect().get("/notes")
    assert len(vendor.requests) == 1


@pytest.mark.parametrize("answer", [BUSY, reply(429), b""])
async def test_a_write_is_sent_once(answer: bytes, vendor: Vendor, connect: Connect):
    vendor.replies = [answer]
    with pytest.raises(UpstreamFailure):
        await connect().send("POST", "/notes", json={})
    assert len(vendor.requests) == 1


async def test_a_write_that_says_so_is_retried_with_its_body(vendor: Vendor, connect: Connect):
    vendor.replies = [BUSY, FINE]
    assert await connect().send("POST", "/notes", json={"id": "a1"}, retry=True) == "ok"
    assert vendor.bodies == [b'{"id":"a1"}', b'{"id":"a1"}']


async def test_retry_after_in_seconds_is_kept(vendor: Vendor, connect: Connect, time: FakeTime):
    vendor.replies = [reply(429, Retry_After="3"), FINE]
    assert await connect().get("/notes") == "ok"
    assert time.slept == [3.0]


async def test_retry_after_as_a_date_is_kept(vendor: Vendor, connect: Connect, time: FakeTime):
    date = formatdate(time.clock.wall() + 2, usegmt=True)
    vendor.replies = [reply(503, Retry_After=date), FINE]
    assert await connect().get("/notes") == "ok"
    assert time.slept == [2.0]


@pytest.mark.parametrize("value", ["soon", "", "-1", "Mon, 99 Foo 2026"])
async def test_a_broken_retry_after_counts_as_none(
    value: str, vendor: Vendor, connect: Connect, time: FakeTime
):
    vendor.replies = [reply(429, Retry_After=value), FINE]
    assert await connect(backoff_s=0.2).get("/notes") == "ok"
    assert time.slept == [0.1]


async def test_a_long_retry_after_is_told_instead_of_waited_for(
    vendor: Vendor, connect: Connect, time: FakeTime
):
    vendor.replies = [reply(429, Retry_After="3600")]
    with pytest.raises(UpstreamFailure) as failed:
        await connect().get("/notes")
    assert failed.value.failure.retry_after_s == 3600
    assert time.slept == []


async def test_a_vendor_that_keeps_failing_is_left_alone_until_it_may_have_recovered(
    vendor: Vendor, connect: Connect, time: FakeTime
):
    vendor.replies = [BUSY, BUSY, BUSY, BUSY, BUSY, FINE]
    upstream = connect(attempts=1)
    for _ in range(5):
        with pytest.raises(UpstreamFailure):
            await upstream.get("/notes")
    with pytest.raises(UpstreamFailure, match="several times in a row") as failed:
        await upstream.get("/notes")
    assert failed.value.failure.retry_after_s == 15
    assert len(vendor.requests) == 5
    time.now += 15
    assert await upstream.get("/notes") == "ok"
    assert await upstream.get("/notes") == "ok"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(reply(404), ErrorKind.NOT_FOUND), (reply(body="x" * 999), ErrorKind.TOO_LARGE)],
)
async def test_what_the_vendor_answers_does_not_count_as_a_breakdown(
    answer: bytes, kind: ErrorKind, vendor: Vendor, connect: Connect
):
    vendor.replies = [answer]
    upstream = connect(largest_bytes=500)
    for _ in range(8):
        with pytest.raises(UpstreamFailure) as failed:
            await upstream.get("/notes")
        assert failed.value.kind is kind


async def test_calls_wait_for_the_quota_in_units(vendor: Vendor, connect: Connect, time: FakeTime):
    vendor.replies = [FINE]
    upstream = connect(quota=Quota(units_per_s=10, burst=10))
    await upstream.get("/notes", cost=10)
    await upstream.get("/notes", cost=5)
    assert time.slept == [0.5]


async def test_a_quota_that_is_far_spent_is_told_instead_of_waited_for(
    vendor: Vendor, connect: Connect, time: FakeTime
):
    vendor.replies = [FINE]
    upstream = connect(quota=Quota(units_per_s=1, burst=10))
    await upstream.get("/notes", cost=10)
    with pytest.raises(UpstreamFailure) as failed:
        await upstream.get("/notes", cost=10)
    assert failed.value.kind is ErrorKind.RATE_LIMITED
    assert failed.value.failure.retry_after_s == 10
    assert time.slept == []
    assert len(vendor.requests) == 1


@pytest.mark.parametrize(
    ("replies", "possible"),
    [
        ([FINE], True),
        ([BUSY], True),
        ([b""], True),
        ([reply(403)], False),
        ([reply(429)], False),
        ([BUSY, reply(403)], True),
    ],
)
async def test_a_write_is_remembered_where_it_may_have_been_carried_out(
    replies: list[bytes | None], possible: bool, vendor: Vendor, connect: Connect
):
    vendor.replies = replies
    with watched_changes() as changes, suppress(UpstreamFailure):
        await connect().send("POST", "/notes", json={}, retry=len(replies) > 1)
    assert changes == Changes(asked=True, possible=possible)


async def test_reads_and_what_never_left_are_no_changes(vendor: Vendor, connect: Connect):
    vendor.replies = [BUSY]
    nowhere = connect(base_url="http://nowhere.invalid")
    with watched_changes() as changes:
        for call in (
            connect().get("/notes"),
            connect(credentials=replace(CREDENTIALS, token=None)).send("POST", "/notes"),
            nowhere.send("POST", "/notes"),
        ):
            with pytest.raises(UpstreamFailure):
                await call
    assert changes == Changes(asked=True, possible=False)
