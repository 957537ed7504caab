"""Machine clients of organisations."""

from kit import schema
from kit.migrate import script

revision = "20261124_clients"
down_revision = "20261124_sharing"


def upgrade() -> None:
    """Make the table of the clients, and that by which callers are let in."""
    script(schema.CLIENTS)
    script("""
        CREATE TABLE client (
            organisation text NOT NULL
                CONSTRAINT client_organisation_fkey REFERENCES organisation,
            client_id    text NOT NULL,
            scopes       text[] NOT NULL,
            valid_until  date,
            revision     bigint NOT NULL,
            CONSTRAINT client_pkey PRIMARY KEY (organisation, client_id)
        );
    """)
