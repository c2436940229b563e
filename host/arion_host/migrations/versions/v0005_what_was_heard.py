"""What was heard of a spoken answer that was cut short."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column("turns", sa.Column("heard", sa.String(), nullable=True))
