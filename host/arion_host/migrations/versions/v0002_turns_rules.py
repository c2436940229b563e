"""Turns that are remembered, and the rules that people gave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create their tables."""
    op.create_table(
        "turns",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("principal", sa.String(), nullable=False, index=True),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String()),
        sa.Column("tainted", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "rules",
        sa.Column("principal", sa.String(), primary_key=True),
        sa.Column("sentence", sa.String(), primary_key=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
