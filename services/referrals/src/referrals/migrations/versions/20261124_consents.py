"""Consents, which law a relationship and a referral rest on, receipts, pseudonyms."""

from kit.migrate import script
from kit.ownership import private

revision = "20261124_consents"
down_revision = "20261124_private"


def upgrade() -> None:
    """Make the table; who was registered under no named law was so under the general one."""
    script("""
        -- The general law of a day (`domain/statutes.py`): the act of 2012 until the end of 2024.
        ALTER TABLE client
            ADD statute          text,
            ADD pseudonym_sealed bytea,
            ADD pseudonym_hash   bytea,
            ADD CONSTRAINT client_organisation_pseudonym_hash_key
                UNIQUE (organisation, pseudonym_hash);
        UPDATE client SET statute = CASE
            WHEN (registered_at AT TIME ZONE 'Europe/Helsinki')::date < '2025-01-01'
            THEN 'public_employment_services' ELSE 'employment_services' END;
        ALTER TABLE client ALTER statute SET NOT NULL;
        CREATE TABLE consent (
            id                uuid CONSTRAINT consent_pkey PRIMARY KEY,
            client_id         uuid NOT NULL,
            organisation      text NOT NULL,
            classes           text[] NOT NULL,
            recipients        text[] NOT NULL,
            purposes          text[] NOT NULL,
            manner            text NOT NULL,
            given_at          timestamptz NOT NULL,
            officer           text NOT NULL,
            recorded_at       timestamptz NOT NULL,
            valid_until       date,
            withdrawn_manner  text,
            withdrawn_at      timestamptz,
            withdrawn_officer text,
            revision          bigint NOT NULL,
            CONSTRAINT consent_id_client_id_key UNIQUE (id, client_id),
            CONSTRAINT consent_client_id_organisation_fkey FOREIGN KEY (client_id, organisation)
                REFERENCES client (id, organisation) ON UPDATE CASCADE
        );
        CREATE INDEX consent_client_id_id_idx ON consent (client_id, id);
        ALTER TABLE referral
            ADD statute    text,
            ADD consent_id uuid,
            ADD receipt_at timestamptz,
            ADD CONSTRAINT referral_consent_id_client_id_fkey FOREIGN KEY (consent_id, client_id)
                REFERENCES consent (id, client_id);
        CREATE INDEX referral_consent_id_idx ON referral (consent_id)
            WHERE consent_id IS NOT NULL;
        UPDATE referral SET statute = CASE
            WHEN (drafted_at AT TIME ZONE 'Europe/Helsinki')::date < '2025-01-01'
            THEN 'public_employment_services' ELSE 'employment_services' END
        WHERE legal_basis <> 'consent';
    """)
    private("consent", sees="organisation = caller()")
