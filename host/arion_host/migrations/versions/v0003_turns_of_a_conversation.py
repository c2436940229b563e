"""The turns of one conversation, found without reading all of its person's."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the index."""
    op.create_index("ix_turns_conversation", "turns", ["principal", "session", "begun_at"])
