"""The tables as they were before there were versions.

Databases of that time have some of these tables, or all; what is there is left as it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables that are missing."""
    text, moment = sa.String(), sa.DateTime(timezone=True)
    action_id = sa.String(32)
    op.create_table(
        "effects",
        sa.Column("action_id", action_id, primary_key=True),
        sa.Column("principal", text, nullable=False),
        sa.Column("session", text, nullable=False),
        sa.Column("turn", text, nullable=False),
        sa.Column("server", text, nullable=False),
        sa.Column("tool", text, nullable=False),
        sa.Column("arguments", text, nullable=False),
        sa.Column("effect_class", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("result", sa.JSON()),
        sa.Column("inverse", sa.JSON()),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        if_not_exists=True,
    )
    for column in ("principal", "state"):
        op.create_index(f"ix_effects_{column}", "effects", [column], if_not_exists=True)
    op.create_table(
        "undone_effects",
        sa.Column("action_id", action_id, primary_key=True),
        sa.Column("by", action_id, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_undone_effects_by", "undone_effects", ["by"], if_not_exists=True)
    op.create_table(
        "effect_claims",
        sa.Column("action_id", action_id, primary_key=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "told_effects", sa.Column("action_id", action_id, primary_key=True), if_not_exists=True
    )
    op.create_table(
        "action_log",
        sa.Column("principal", text, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", text, nullable=False),
        sa.Column("event", text, nullable=False),
        sa.Column("action_id", text, nullable=False),
        sa.Column("server", text, nullable=False),
        sa.Column("tool", text, nullable=False),
        sa.Column("content", text, nullable=False),
        sa.Column("hash", text, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "action_log_heads",
        sa.Column("principal", text, primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", text, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "open_questions",
        sa.Column("principal", text, primary_key=True),
        sa.Column("session", text, primary_key=True),
        sa.Column("question", text, nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "tool_pins",
        sa.Column("server", text, primary_key=True),
        sa.Column("tool", text, primary_key=True),
        sa.Column("digest", text, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        if_not_exists=True,
    )
