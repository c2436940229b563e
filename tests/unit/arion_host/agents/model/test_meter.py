"""Time and money of a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.prices import FREE, Price, load_prices
from arion_host.agents.model.seam import Limits, Usage
from arion_host.errors import PartFailed

PRICE = Price(input=1.0, cached=0.1, output=10.0)


def halted(meter: Meter, request_bytes: int = 2_000) -> str:
    with pytest.raises(Halt) as stopped:
        meter.reserve(request_bytes)
    assert stopped.value.reason
    return stopped.value.kind


def test_what_a_request_took_is_counted_with_its_cost():
    meter = Meter(Limits(), PRICE)
    for _ in range(3):
        meter.settle(meter.reserve(2_000), Usage(1, 1_000, 800, 20))
    assert meter.usage == Usage(3, 3_000, 2_400, 60, 0.00144)


def test_what_the_endpoint_keeps_for_later_has_a_price_of_its_own():
    meter = Meter(Limits(), Price(input=1.0, cached=0.1, output=10.0, written=1.25))
    meter.settle(meter.reserve(2_000), Usage(1, 1_000, 0, 0, written_tokens=1_000))
    assert meter.usage == Usage(1, 1_000, 0, 0, 0.00125, 1_000)


def test_without_a_price_the_cost_is_unknown_and_with_a_price_of_zero_it_is_zero():
    unknown, free = Meter(Limits(), None), Meter(Limits(), FREE)
    for meter in (unknown, free):
        meter.settle(meter.reserve(2_000), Usage(1, 10, 0, 10))
    assert unknown.usage.cost_usd is None
    assert free.usage.cost_usd == 0


def test_tokens_can_be_bounded_too():
    assert halted(Meter(Limits(output_tokens=1_000, tokens=1_999), None)) == "budget"
    assert Meter(Limits(output_tokens=1_000, tokens=2_000), None).reserve(2_000) == 1_000


def test_time_and_requests_run_out():
    now = [100.0]
    meter = Meter(Limits(deadline_s=5.0, requests=2), None, clock=lambda: now[0])
    meter.reserve(1)
    now[0] = 104.0
    assert meter.left_s == pytest.approx(1.0)
    meter.reserve(1)
    assert halted(meter) == "turns"
    now[0] = 105.0
    assert halted(meter) == "deadline"


def test_the_list_of_prices_has_a_date_and_no_price_for_a_stranger():
    prices = load_prices()
    assert prices.as_of >= date(2026, 10, 1)
    assert all(p.cached <= p.input <= p.output for p in prices.usd_per_million_tokens.values())
    assert prices.price("nobody-knows-it") is None


def test_a_list_of_ones_own_takes_its_place(tmp_path: Path):
    own = tmp_path / "prices.json"
    own.write_text(
        '{"as_of": "2026-11-01", "source": "mine", "usd_per_million_tokens":'
        ' {"local": {"input": 0, "cached": 0, "output": 0}}}'
    )
    assert load_prices(own).price("local") == Price(input=0, cached=0, output=0)
    own.write_text('{"local": 0}')
    with pytest.raises(PartFailed, match="no list of prices"):
        load_prices(own)
    with pytest.raises(PartFailed, match="no list of prices"):
        load_prices(tmp_path / "missing.json")
