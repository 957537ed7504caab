"""Handovers to a successor; what partners says of an organisation's end and its successors."""

from kit.migrate import script
from kit.ownership import part, private

revision = "20261124_handovers"
down_revision = "20261124_closed"


def upgrade() -> None:
    """Make the tables. A client that its organisation knows twice stands beside the first."""
    script("""
        ALTER TABLE organisation_copy
            ADD ends_on     date,
            ADD successions jsonb NOT NULL DEFAULT '[]';

        ALTER TABLE client
            ADD same_as uuid,
            ADD CONSTRAINT client_same_as_organisation_fkey FOREIGN KEY (same_as, organisation)
                REFERENCES client (id, organisation) ON UPDATE CASCADE,
            DROP CONSTRAINT client_organisation_identity_hash_key,
            DROP CONSTRAINT client_organisation_pseudonym_hash_key;
        CREATE UNIQUE INDEX client_organisation_identity_hash_key
            ON client (organisation, identity_hash) WHERE same_as IS NULL;
        CREATE UNIQUE INDEX client_organisation_pseudonym_hash_key
            ON client (organisation, pseudonym_hash) WHERE same_as IS NULL;
        CREATE INDEX client_same_as_idx ON client (same_as) WHERE same_as IS NOT NULL;

        CREATE TABLE handover (
            id           uuid CONSTRAINT handover_pkey PRIMARY KEY,
            giver        text NOT NULL,
            receiver     text NOT NULL,
            task         text NOT NULL,
            status       text NOT NULL,
            organisation text NOT NULL,
            officer      text NOT NULL,
            clients      integer NOT NULL,
            referrals    integer NOT NULL,
            planned_at   timestamptz NOT NULL,
            begun_at     timestamptz,
            finished_at  timestamptz,
            revision     bigint NOT NULL
        );
        CREATE INDEX handover_begun_idx ON handover (id) WHERE status = 'begun';
        CREATE TABLE handover_item (
            handover_id uuid NOT NULL CONSTRAINT handover_item_handover_id_fkey
                REFERENCES handover,
            item        uuid NOT NULL,
            kind        text NOT NULL,
            why         text,
            remark      text,
            moved_at    timestamptz,
            CONSTRAINT handover_item_pkey PRIMARY KEY (handover_id, item)
        );
        CREATE INDEX handover_item_open_idx ON handover_item (handover_id, kind)
            WHERE moved_at IS NULL AND why IS NULL;

        -- Whose client it is from now on: entries that come are the new organisation's.
        DO $$ BEGIN
            EXECUTE format('GRANT UPDATE (organisation) ON disclosure_head TO %I',
                current_database() || '_worker');
        END $$;
    """)
    private("handover", sees="giver = caller() OR receiver = caller()")
    part("handover_item", of="handover", by="handover_id")
