from __future__ import annotations

from arion_auth import LOCAL, TICKET_S, Tickets


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_ticket_opens_one_connection_of_whose_it_is():
    tickets = Tickets()
    ticket = tickets.issue(LOCAL)
    assert tickets.redeem(ticket) == LOCAL
    assert tickets.redeem(ticket) is None


def test_a_ticket_is_good_for_its_time_and_no_longer():
    clock = Clock()
    tickets = Tickets(clock)
    first, second = tickets.issue(LOCAL), tickets.issue(LOCAL)
    clock.now += TICKET_S - 0.001
    assert tickets.redeem(first) == LOCAL
    clock.now += 0.001
    assert tickets.redeem(second) is None


def test_an_invented_ticket_opens_nothing():
    tickets = Tickets()
    tickets.issue(LOCAL)
    assert tickets.redeem("") is None
    assert tickets.redeem("x" * 43) is None


def test_tickets_differ_and_fit_into_an_address():
    tickets = Tickets()
    issued = {tickets.issue(LOCAL) for _ in range(100)}
    assert len(issued) == 100
    assert all(len(it) == 43 and it.replace("-", "").replace("_", "").isalnum() for it in issued)


def test_where_too_many_are_out_the_oldest_is_good_no_more():
    tickets = Tickets()
    first, second = tickets.issue(LOCAL), tickets.issue(LOCAL)
    for _ in range(1023):
        last = tickets.issue(LOCAL)
    assert tickets.redeem(first) is None
    assert tickets.redeem(second) == LOCAL
    assert tickets.redeem(last) == LOCAL
