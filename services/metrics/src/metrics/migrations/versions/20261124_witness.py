"""The ends of another's chains, as they were said."""

from kit.migrate import script, taken_from_all

revision = "20261124_witness"
down_revision = "20261124_care"


def upgrade() -> None:
    """Make the witness's table: added to, never changed."""
    script("""
        CREATE TABLE witnessed_head (
            client_id uuid NOT NULL,
            number    bigint NOT NULL,
            hash      text NOT NULL,
            at        timestamptz NOT NULL,
            CONSTRAINT witnessed_head_pkey PRIMARY KEY (client_id, number)
        );
    """)
    taken_from_all("UPDATE, DELETE, TRUNCATE", "witnessed_head")
