"""Time and money of a run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.prices import Price, load_prices
from arion_host.agents.model.seam import Limits, Usage
from arion_host.errors import PartFailed

PRICE = Price(input=1.0, cached=0.1, output=10.0)


def halted(meter: Meter, request_bytes: int = 2_000) -> str:
    with pytest.raises(Halt) as stopped:
        meter.reserve(request_bytes)
    assert stopped.value.reason
    return stopped.value.kind


def test_a_request_that_could_pass_the_budget_is_not_sent():
    meter = Meter(Limits(output_tokens=1_000, usd=0.0215), PRICE)
    reserved = meter.reserve(2_000)
    meter.settle(reserved, Usage(1, 1_000, 0, 1_000))
    assert meter.usage.cost_usd == pytest.approx(0.011)
    assert halted(meter) == "budget"
    assert meter.usage.requests == 1


def test_what_a_request_did_not_take_may_be_spent_on_the_next():
    meter = Meter(Limits(output_tokens=1_000, usd=0.0215), PRICE)
    for _ in range(3):
        meter.settle(meter.reserve(2_000), Usage(1, 1_000, 800, 20))
    assert meter.usage == Usage(3, 3_000, 2_400, 60, 0.00144)


def test_a_budget_for_a_model_without_a_price_is_refused_and_not_taken_as_free():
    assert halted(Meter(Limits(usd=100.0), None)) == "budget"
    unlimited = Meter(Limits(), None)
    unlimited.settle(unlimited.reserve(2_000), Usage(1, 10, 0, 10))
    assert unlimited.usage.cost_usd is None


def test_a_free_model_has_a_price_of_zero_in_the_list():
    free = Meter(Limits(usd=0.01), Price(input=0, cached=0, output=0))
    free.settle(free.reserve(2_000_000), Usage(1, 10, 0, 10))
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
