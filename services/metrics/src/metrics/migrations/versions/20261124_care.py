"""Who answers for whom, and when organisations end."""

from kit.migrate import script

revision = "20261124_care"
down_revision = "20261124_clients"


def upgrade() -> None:
    """Make the tables; a replay fills them."""
    script("""
        CREATE TABLE care (
            subject      text NOT NULL,
            revision     bigint NOT NULL,
            at           timestamptz NOT NULL,
            organisation text,
            CONSTRAINT care_pkey PRIMARY KEY (subject, revision)
        );
        CREATE TABLE organisation_end (
            code     text CONSTRAINT organisation_end_pkey PRIMARY KEY,
            revision bigint NOT NULL,
            ends_on  date
        );
    """)
