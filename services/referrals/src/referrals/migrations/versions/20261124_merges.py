"""Two records of one client: merged, and parted again."""

from kit.migrate import script
from kit.ownership import private

revision = "20261124_merges"
down_revision = "20261124_shown"


def upgrade() -> None:
    """Make the table. A consent may be on another record of the person than the referral is."""
    script("""
        ALTER TABLE client
            ADD merged_at timestamptz,
            ADD joined    integer NOT NULL DEFAULT 0;
        CREATE TABLE client_merge (
            id             uuid CONSTRAINT client_merge_pkey PRIMARY KEY,
            organisation   text NOT NULL,
            kept           uuid NOT NULL,
            merged         uuid NOT NULL,
            filled         text[] NOT NULL,
            same_as_before uuid,
            officer        text NOT NULL,
            merged_at      timestamptz NOT NULL,
            undone_officer text,
            undone_at      timestamptz,
            CONSTRAINT client_merge_kept_organisation_fkey FOREIGN KEY (kept, organisation)
                REFERENCES client (id, organisation) ON UPDATE CASCADE,
            CONSTRAINT client_merge_merged_organisation_fkey FOREIGN KEY (merged, organisation)
                REFERENCES client (id, organisation) ON UPDATE CASCADE
        );
        CREATE UNIQUE INDEX client_merge_merged_key ON client_merge (merged)
            WHERE undone_at IS NULL;
        CREATE INDEX client_merge_kept_idx ON client_merge (kept);

        -- Both are the sender's; they pass to another organisation together, in two statements.
        ALTER TABLE consent
            ADD CONSTRAINT consent_id_organisation_key UNIQUE (id, organisation),
            DROP CONSTRAINT consent_id_client_id_key CASCADE;
        ALTER TABLE referral ADD CONSTRAINT referral_consent_id_sender_fkey
            FOREIGN KEY (consent_id, sender) REFERENCES consent (id, organisation)
            ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
    """)
    private("client_merge", sees="organisation = caller()")
