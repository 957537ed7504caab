"""The first tables."""

from kit import schema
from kit.migrate import script

revision = "20261124_first"
down_revision = None


def upgrade() -> None:
    """Make the bus's tables, and metrics' own."""
    script(schema.V1)
    script("""
        CREATE TABLE series (
            code        text CONSTRAINT series_pkey PRIMARY KEY,
            fingerprint bytea NOT NULL,
            revision    bigint NOT NULL
        );
        CREATE TABLE vintage (
            series       text NOT NULL CONSTRAINT vintage_series_fkey REFERENCES series,
            number       bigint NOT NULL,
            label        text,
            source       text NOT NULL,
            updated      text,
            areas        jsonb NOT NULL,
            metrics      jsonb NOT NULL,
            first_period text NOT NULL,
            last_period  text NOT NULL,
            observations integer NOT NULL,
            imported_at  timestamptz NOT NULL,
            imported_by  text NOT NULL,
            CONSTRAINT vintage_pkey PRIMARY KEY (series, number)
        );
        CREATE TABLE observation (
            series   text NOT NULL,
            vintage  bigint NOT NULL,
            position integer NOT NULL,
            area     text NOT NULL,
            period   text NOT NULL,
            metric   text NOT NULL,
            others   jsonb NOT NULL,
            value    double precision,
            status   text,
            CONSTRAINT observation_pkey PRIMARY KEY (series, vintage, position),
            CONSTRAINT observation_series_vintage_fkey
                FOREIGN KEY (series, vintage) REFERENCES vintage (series, number)
        );

        CREATE TABLE movement (
            kind     text NOT NULL,
            subject  text NOT NULL,
            revision bigint NOT NULL,
            category text NOT NULL,
            at       timestamptz NOT NULL,
            amount   double precision NOT NULL,
            CONSTRAINT movement_pkey PRIMARY KEY (kind, subject, revision, category)
        );
        CREATE INDEX movement_kind_at_idx ON movement (kind, at);
        CREATE TABLE course (
            referral_id uuid CONSTRAINT course_pkey PRIMARY KEY,
            recipient   text NOT NULL,
            sent_at     timestamptz,
            decided_at  timestamptz,
            accepted    boolean
        );
        CREATE INDEX course_decided_at_idx ON course (decided_at);
        CREATE TABLE agreement_copy (
            code      text CONSTRAINT agreement_copy_pkey PRIMARY KEY,
            revision  bigint NOT NULL,
            at        timestamptz NOT NULL,
            agreement jsonb NOT NULL
        );
        CREATE TABLE name_copy (
            dimension text NOT NULL,
            code      text NOT NULL,
            at        timestamptz NOT NULL,
            name      jsonb NOT NULL,
            CONSTRAINT name_copy_pkey PRIMARY KEY (dimension, code)
        );
    """)
