"""Municipalities and sub-regions beyond those that come with the software."""

from kit.migrate import script

revision = "20261124_areas"
down_revision = "20261124_clients"


def upgrade() -> None:
    """Make the table of this service's copy."""
    script("""
        CREATE TABLE area_copy (
            kind     text NOT NULL,
            code     text NOT NULL,
            revision bigint NOT NULL,
            area     jsonb NOT NULL,
            CONSTRAINT area_copy_pkey PRIMARY KEY (kind, code)
        );
    """)
