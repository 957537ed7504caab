"""The register says every hour that it is there."""

from kit.migrate import script

revision = "20261124_confirmation"
down_revision = "20261124_private"


def upgrade() -> None:
    """Make the table, with its one row."""
    script("""
        CREATE TABLE confirmation (
            code         text CONSTRAINT confirmation_pkey PRIMARY KEY,
            confirmed_at timestamptz,
            revision     bigint NOT NULL
        );
        INSERT INTO confirmation VALUES ('partners', NULL, 0);
    """)
