"""Erasure, and retention: who was erased, until when what is kept, what was purged."""

from kit import schema
from kit.migrate import script
from kit.ownership import private

revision = "20261124_erasure"
down_revision = "20261124_feedback"


def upgrade() -> None:
    """Widen clients and keys, and make the tables of retention."""
    script(schema.V2)
    script(schema.KEYS_V2)
    script("""
        ALTER TABLE client
            ADD active_at     timestamptz,
            ADD erased_at     timestamptz,
            ADD erased_ground text;
        ALTER TABLE referral ADD erased_at timestamptz;
        UPDATE client SET active_at = registered_at;
        ALTER TABLE client ALTER active_at SET NOT NULL;
        CREATE TABLE purge (
            id           uuid CONSTRAINT purge_pkey PRIMARY KEY,
            organisation text NOT NULL,
            at           timestamptz NOT NULL,
            clients      integer NOT NULL,
            messages     integer NOT NULL,
            revision     bigint NOT NULL
        );
        CREATE INDEX purge_organisation_idx ON purge (organisation);
        CREATE TABLE retention_look (
            id integer CONSTRAINT retention_look_pkey PRIMARY KEY
                CONSTRAINT retention_look_single_check CHECK (id = 1),
            at timestamptz NOT NULL
        );
    """)
    private("purge", sees="organisation = caller()")
