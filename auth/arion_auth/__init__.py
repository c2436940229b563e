"""Who is asking: the principal behind every call."""

from arion_auth.principal import LOCAL, Principal
from arion_auth.tickets import TICKET_S, Tickets

__all__ = ["LOCAL", "TICKET_S", "Principal", "Tickets"]
