"""The first tables."""

from kit import schema
from kit.migrate import script

revision = "20261124_first"
down_revision = None


def upgrade() -> None:
    """Make the bus's tables, and partners' own."""
    script(schema.V1)
    script("""
        CREATE TABLE organisation (
            code         text CONSTRAINT organisation_pkey PRIMARY KEY,
            kind         text NOT NULL,
            name         jsonb NOT NULL,
            business_id  text,
            municipality text,
            revision     bigint NOT NULL
        );
        CREATE TABLE agreement (
            code        text CONSTRAINT agreement_pkey PRIMARY KEY,
            name        jsonb NOT NULL,
            vision      jsonb,
            text        jsonb,
            parties     text[] NOT NULL,
            themes      jsonb NOT NULL,
            pilots      jsonb NOT NULL,
            goals       jsonb NOT NULL,
            sharing     jsonb NOT NULL,
            valid_from  date NOT NULL,
            valid_until date NOT NULL CHECK (valid_until >= valid_from),
            signatures  jsonb NOT NULL,
            revision    bigint NOT NULL
        );
        CREATE TABLE offering (
            code           text CONSTRAINT offering_pkey PRIMARY KEY,
            organisation   text NOT NULL
                CONSTRAINT offering_organisation_fkey REFERENCES organisation,
            name           jsonb NOT NULL,
            description    jsonb NOT NULL,
            needs          text[] NOT NULL,
            age_from       integer,
            age_to         integer,
            municipalities text[] NOT NULL,
            intensity      text NOT NULL,
            capacity       integer NOT NULL CHECK (capacity >= 0),
            revision       bigint NOT NULL
        );
        CREATE INDEX offering_organisation_idx ON offering (organisation);
        CREATE INDEX offering_needs_idx ON offering USING gin (needs);
        CREATE TABLE seats_copy (
            offering text CONSTRAINT seats_copy_pkey PRIMARY KEY,
            revision bigint NOT NULL,
            taken    integer NOT NULL,
            as_of    timestamptz NOT NULL
        );
    """)
