"""When partners was last heard. Before anything is heard, it counts from here."""

from kit.migrate import script

revision = "20261124_contact"
down_revision = "20261124_consents"


def upgrade() -> None:
    """Make the table, with its one row."""
    script("""
        CREATE TABLE contact (
            source   text CONSTRAINT contact_pkey PRIMARY KEY,
            heard_at timestamptz NOT NULL
        );
        INSERT INTO contact VALUES ('partners', now());
    """)
