"""The first tables."""

from kit import schema
from kit.migrate import script

revision = "20261124_first"
down_revision = None


def upgrade() -> None:
    """Make the bus's tables, and referrals' own."""
    script(schema.V1)
    script("""
        CREATE TABLE client (
            id              uuid CONSTRAINT client_pkey PRIMARY KEY,
            organisation    text NOT NULL,
            identity_sealed bytea,
            identity_hash   bytea,
            registered_at   timestamptz NOT NULL,
            revision        bigint NOT NULL,
            CONSTRAINT client_organisation_identity_hash_key UNIQUE (organisation, identity_hash)
        );
        CREATE TABLE referral (
            id            uuid CONSTRAINT referral_pkey PRIMARY KEY,
            client_id     uuid NOT NULL CONSTRAINT referral_client_id_fkey REFERENCES client,
            sender        text NOT NULL,
            recipient     text,
            offering      text,
            need          text,
            purpose       text NOT NULL,
            assessment_id uuid,
            legal_basis   text,
            agreement     text,
            clause        text,
            status        text NOT NULL,
            reason        text,
            declined_by   text,
            outcome       text,
            drafted_at    timestamptz NOT NULL,
            revision      bigint NOT NULL
        );
        CREATE INDEX referral_sender_status_id_idx ON referral (sender, status, id);
        CREATE INDEX referral_recipient_status_id_idx ON referral (recipient, status, id);
        CREATE TABLE history (
            referral_id  uuid NOT NULL CONSTRAINT history_referral_id_fkey REFERENCES referral,
            revision     bigint NOT NULL,
            step         text NOT NULL,
            organisation text NOT NULL,
            officer      text NOT NULL,
            at           timestamptz NOT NULL,
            CONSTRAINT history_pkey PRIMARY KEY (referral_id, revision)
        );
        CREATE TABLE seats (
            offering     text CONSTRAINT seats_pkey PRIMARY KEY,
            organisation text NOT NULL,
            taken        integer NOT NULL CHECK (taken >= 0),
            maximum      integer NOT NULL,
            declaration  integer NOT NULL,
            revision     bigint NOT NULL
        );
        CREATE TABLE organisation_copy (
            code     text CONSTRAINT organisation_copy_pkey PRIMARY KEY,
            revision bigint NOT NULL
        );
        CREATE TABLE agreement_copy (
            code      text CONSTRAINT agreement_copy_pkey PRIMARY KEY,
            revision  bigint NOT NULL,
            agreement jsonb NOT NULL
        );
    """)
