"""What language models have cost, by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create its table."""
    op.create_table(
        "model_spending",
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("usd", sa.Double[float](), nullable=False),
    )
