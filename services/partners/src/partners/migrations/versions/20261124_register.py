"""Organisations have units, and end on a day."""

from kit.migrate import script

revision = "20261124_register"
down_revision = "20261124_first"


def upgrade() -> None:
    """Add the columns; organisations that are there have no units."""
    script("""
        ALTER TABLE organisation ADD COLUMN units jsonb NOT NULL DEFAULT '[]';
        ALTER TABLE organisation ALTER COLUMN units DROP DEFAULT;
        ALTER TABLE organisation ADD COLUMN ends_on date;
    """)
