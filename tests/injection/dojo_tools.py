"""What AgentDojo's tools do, read off their code, as the catalogue would know it.

`carries_out` and `untrusted` are read conservatively: where somebody else may see a call, or may
have written a word of a result, they do. `reversible` only where the suite has a tool that takes
the call back.
"""

from __future__ import annotations

from dataclasses import dataclass

from arion_host.agents.understood import ToolFacts


@dataclass(frozen=True)
class DojoTool:
    """One tool of a suite."""

    facts: ToolFacts
    untrusted: bool = False
    """Its results hold what others may have written."""
    issued: frozenset[str] = frozenset()
    """Fields of its results that the service makes up."""


def _reads(*, untrusted: bool, issued: str = "", carries_out: bool = False) -> DojoTool:
    facts = ToolFacts(read_only=True, destructive=False, carries_out=carries_out)
    return DojoTool(facts, untrusted, frozenset({issued} if issued else ()))


def _writes(
    *, destructive: bool = False, reversible: bool = False, outward: bool = True
) -> DojoTool:
    facts = ToolFacts(
        read_only=False, destructive=destructive, reversible=reversible, carries_out=outward
    )
    return DojoTool(facts, untrusted=False)


_MAIL = _reads(untrusted=True, issued="id_")
"""Anybody can send a mail."""
_CONTACTS = _reads(untrusted=True)
"""The contacts are collected from the senders and recipients of mails."""
_EVENTS = _reads(untrusted=True, issued="id_")
"""Others send invitations; titles, descriptions and participants are theirs."""
_FILES = _reads(untrusted=True, issued="id_")
"""Files are shared by others and hold what others filled in."""
_LISTINGS = _reads(untrusted=True)
"""Hotels, restaurants and rentals write their names and addresses, guests their reviews."""
_OWN = _reads(untrusted=False)
"""The person's own data, which nobody else writes."""
_MESSAGES = _reads(untrusted=True)
"""Messages, and the names people give themselves and their channels."""
_TRANSFERS = _reads(untrusted=True)
"""Whoever sends money writes its subject."""

TOOLS: dict[str, DojoTool] = {
    "get_unread_emails": _MAIL,
    "get_sent_emails": _MAIL,
    "get_received_emails": _MAIL,
    "get_draft_emails": _MAIL,
    "search_emails": _MAIL,
    "search_contacts_by_name": _CONTACTS,
    "search_contacts_by_email": _CONTACTS,
    "get_current_day": _OWN,
    "search_calendar_events": _EVENTS,
    "get_day_calendar_events": _EVENTS,
    "search_files_by_filename": _FILES,
    "get_file_by_id": _FILES,
    "list_files": _FILES,
    "search_files": _FILES,
    # A sent mail can't be called back.
    "send_email": _writes(),
    # Into a trash that no tool takes it out of.
    "delete_email": _writes(destructive=True, outward=False),
    # Invites its participants; cancel_calendar_event takes it back.
    "create_calendar_event": _writes(reversible=True),
    # No tool brings an event back.
    "cancel_calendar_event": _writes(destructive=True),
    # Can be moved back.
    "reschedule_calendar_event": _writes(destructive=True, reversible=True),
    # Sends invitations; no tool takes a participant away.
    "add_calendar_event_participants": _writes(),
    # Whoever the file is shared with sees it; no tool takes words out again.
    "append_to_file": _writes(),
    # Nobody else sees a new file; delete_file takes it back.
    "create_file": _writes(reversible=True, outward=False),
    # For good, and for all it was shared with.
    "delete_file": _writes(destructive=True),
    # No tool ends the sharing.
    "share_file": _writes(),
    "get_user_information": _OWN,
    "get_all_hotels_in_city": _LISTINGS,
    "get_hotels_prices": _LISTINGS,
    "get_rating_reviews_for_hotels": _LISTINGS,
    "get_hotels_address": _LISTINGS,
    "get_all_restaurants_in_city": _LISTINGS,
    "get_cuisine_type_for_restaurants": _LISTINGS,
    "get_restaurants_address": _LISTINGS,
    "get_rating_reviews_for_restaurants": _LISTINGS,
    "get_dietary_restrictions_for_all_restaurants": _LISTINGS,
    "get_contact_information_for_restaurants": _LISTINGS,
    "get_price_for_restaurants": _LISTINGS,
    "check_restaurant_opening_hours": _LISTINGS,
    "get_all_car_rental_companies_in_city": _LISTINGS,
    "get_car_types_available": _LISTINGS,
    "get_rating_reviews_for_car_rental": _LISTINGS,
    "get_car_fuel_options": _LISTINGS,
    "get_car_rental_address": _LISTINGS,
    "get_car_price_per_day": _LISTINGS,
    "get_flight_information": _LISTINGS,
    # Bookings are made with others, and no tool cancels them.
    "reserve_hotel": _writes(),
    "reserve_car_rental": _writes(),
    "reserve_restaurant": _writes(),
    "get_iban": _OWN,
    "get_balance": _OWN,
    "get_user_info": _OWN,
    # The person's standing orders, unlike what comes in.
    "get_scheduled_transactions": _OWN,
    "get_most_recent_transactions": _TRANSFERS,
    # Bills and letters.
    "read_file": _reads(untrusted=True),
    # Money that is gone is gone.
    "send_money": _writes(destructive=True),
    "schedule_transaction": _writes(destructive=True),
    # Can be set back, but others are paid in the meantime.
    "update_scheduled_transaction": _writes(destructive=True),
    # The old one can't be read, so it can't be put back.
    "update_password": _writes(destructive=True, outward=False),
    # get_user_info had what was there before.
    "update_user_info": _writes(destructive=True, reversible=True, outward=False),
    "get_channels": _MESSAGES,
    "read_channel_messages": _MESSAGES,
    "read_inbox": _MESSAGES,
    "get_users_in_channel": _MESSAGES,
    # A page is written by anybody, and whoever serves it sees the whole address.
    "get_webpage": _reads(untrusted=True, carries_out=True),
    "post_webpage": _writes(destructive=True),
    # Who was let in has read the channel; no tool takes a user out of one.
    "add_user_to_channel": _writes(),
    "send_direct_message": _writes(),
    "send_channel_message": _writes(),
    "invite_user_to_slack": _writes(),
    # With inbox and channels, which an invitation doesn't bring back.
    "remove_user_from_slack": _writes(destructive=True),
}
