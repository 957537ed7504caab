"""The first tables."""

from kit import schema
from kit.migrate import script

revision = "20261124_first"
down_revision = None


def upgrade() -> None:
    """Make the bus's tables, and assessments' own."""
    script(schema.V1)
    script("""
        CREATE TABLE instrument (
            id           text CONSTRAINT instrument_pkey PRIMARY KEY,
            code         text NOT NULL,
            version      integer NOT NULL CHECK (version >= 1),
            document     jsonb NOT NULL,
            publisher    text,
            published_at timestamptz NOT NULL,
            revision     bigint NOT NULL,
            CONSTRAINT instrument_code_version_key UNIQUE (code, version)
        );
        CREATE TABLE assessment (
            id           uuid CONSTRAINT assessment_pkey PRIMARY KEY,
            organisation text NOT NULL,
            client_id    uuid NOT NULL,
            instrument   text NOT NULL,
            version      integer NOT NULL,
            status       text NOT NULL,
            answers      jsonb NOT NULL,
            rules        text,
            suggestions  jsonb NOT NULL,
            decisions    jsonb NOT NULL,
            started_at   timestamptz NOT NULL,
            answered_at  timestamptz,
            completed_at timestamptz,
            revision     bigint NOT NULL,
            CONSTRAINT assessment_instrument_version_fkey
                FOREIGN KEY (instrument, version) REFERENCES instrument (code, version)
        );
        CREATE INDEX assessment_organisation_id_idx ON assessment (organisation, id);
        CREATE INDEX assessment_organisation_client_id_id_idx
            ON assessment (organisation, client_id, id);
        CREATE TABLE client_copy (
            id           uuid CONSTRAINT client_copy_pkey PRIMARY KEY,
            organisation text NOT NULL
        );
    """)
