"""Who is asking: the principal behind every call."""

from arion_auth.principal import LOCAL, Principal

__all__ = ["LOCAL", "Principal"]
