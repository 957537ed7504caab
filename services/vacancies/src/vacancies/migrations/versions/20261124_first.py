"""The first tables."""

from kit import schema
from kit.migrate import script

revision = "20261124_first"
down_revision = None


def upgrade() -> None:
    """Make the bus's tables, and vacancies' own."""
    script(schema.V1)
    script("""
        CREATE FUNCTION words_of(posting jsonb) RETURNS tsvector
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN setweight(to_tsvector('finnish', coalesce(posting #>> '{title,fi}', '')), 'A')
                || setweight(to_tsvector('swedish', coalesce(posting #>> '{title,sv}', '')), 'A')
                || setweight(to_tsvector('english', coalesce(posting #>> '{title,en}', '')), 'A')
                || to_tsvector('finnish', coalesce(posting #>> '{description,fi}', ''))
                || to_tsvector('swedish', coalesce(posting #>> '{description,sv}', ''))
                || to_tsvector('english', coalesce(posting #>> '{description,en}', ''))
                || to_tsvector('simple', coalesce(posting ->> 'employer_name', ''));

        CREATE TABLE vacancy (
            id           uuid CONSTRAINT vacancy_pkey PRIMARY KEY,
            publisher    text NOT NULL,
            business_id  text NOT NULL,
            external_id  text NOT NULL,
            posting      jsonb NOT NULL,
            esco_version text NOT NULL,
            filled       integer NOT NULL,
            published_at timestamptz NOT NULL,
            withdrawn_at timestamptz,
            words        tsvector GENERATED ALWAYS AS (words_of(posting)) STORED NOT NULL,
            revision     bigint NOT NULL,
            CONSTRAINT vacancy_business_id_external_id_key UNIQUE (business_id, external_id),
            CONSTRAINT vacancy_filled_check
                CHECK (filled BETWEEN 0 AND (posting ->> 'openings')::integer)
        );
        CREATE INDEX vacancy_words_idx ON vacancy USING gin (words);
        CREATE INDEX vacancy_posting_idx ON vacancy USING gin (posting jsonb_path_ops);
        CREATE TABLE seeker (
            id           uuid CONSTRAINT seeker_pkey PRIMARY KEY,
            organisation text NOT NULL,
            profile      jsonb NOT NULL,
            esco_version text NOT NULL,
            profiled_at  timestamptz NOT NULL,
            revision     bigint NOT NULL
        );
        CREATE TABLE placement (
            id           uuid CONSTRAINT placement_pkey PRIMARY KEY,
            vacancy_id   uuid NOT NULL CONSTRAINT placement_vacancy_id_fkey REFERENCES vacancy,
            seeker_id    uuid NOT NULL CONSTRAINT placement_seeker_id_fkey REFERENCES seeker,
            organisation text NOT NULL,
            publisher    text NOT NULL,
            pilot        text,
            recorded_at  timestamptz NOT NULL,
            revision     bigint NOT NULL,
            CONSTRAINT placement_vacancy_id_seeker_id_key UNIQUE (vacancy_id, seeker_id)
        );
        CREATE TABLE agreement_copy (
            code      text CONSTRAINT agreement_copy_pkey PRIMARY KEY,
            revision  bigint NOT NULL,
            agreement jsonb NOT NULL
        );
    """)
