"""Organisations' tasks: what law gave them, and what passed to others."""

from kit.migrate import script

revision = "20261124_successions"
down_revision = "20261124_catalogue"


def upgrade() -> None:
    """Add the columns; nothing is known of the organisations that are there."""
    script("""
        ALTER TABLE organisation ADD COLUMN mandates jsonb NOT NULL DEFAULT '[]',
                                 ADD COLUMN successions jsonb NOT NULL DEFAULT '[]';
        ALTER TABLE organisation ALTER COLUMN mandates DROP DEFAULT,
                                 ALTER COLUMN successions DROP DEFAULT;
    """)
