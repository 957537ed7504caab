"""The catalogue is searched: words in three languages, words like them, and places."""

from kit.migrate import script

revision = "20261124_search"
down_revision = "20261124_imports"


def upgrade() -> None:
    """Add what search reads, for the offerings that are there as well."""
    script("""
        CREATE FUNCTION offering_words(name jsonb, description jsonb) RETURNS tsvector
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN setweight(to_tsvector('finnish', coalesce(name ->> 'fi', '')), 'A')
                || setweight(to_tsvector('swedish', coalesce(name ->> 'sv', '')), 'A')
                || setweight(to_tsvector('english', coalesce(name ->> 'en', '')), 'A')
                || to_tsvector('finnish', coalesce(description ->> 'fi', ''))
                || to_tsvector('swedish', coalesce(description ->> 'sv', ''))
                || to_tsvector('english', coalesce(description ->> 'en', ''));
        CREATE FUNCTION numbers_of(places jsonb, name text) RETURNS float8[]
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN ARRAY(
                SELECT (place ->> name)::float8 FROM jsonb_array_elements(places) AS place
                WHERE place ->> name IS NOT NULL
            );
        CREATE FUNCTION least_of(numbers float8[]) RETURNS float8
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN (SELECT min(number) FROM unnest(numbers) AS number);
        CREATE FUNCTION greatest_of(numbers float8[]) RETURNS float8
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN (SELECT max(number) FROM unnest(numbers) AS number);
        CREATE FUNCTION word_query(word text) RETURNS tsquery
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN plainto_tsquery('finnish', word) || plainto_tsquery('swedish', word)
                || plainto_tsquery('english', word) || to_tsquery('simple', word || ':*');
        CREATE FUNCTION word_variants(word text) RETURNS text[]
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            RETURN word || ARRAY(
                SELECT overlay(word PLACING '' FROM at FOR 1)
                FROM generate_series(1, length(word)) AS at
            );

        ALTER TABLE offering
            ADD COLUMN words tsvector NOT NULL
                GENERATED ALWAYS AS (offering_words(name, description)) STORED,
            ADD COLUMN latitudes float8[] NOT NULL
                GENERATED ALWAYS AS (numbers_of(places, 'latitude')) STORED,
            ADD COLUMN longitudes float8[] NOT NULL
                GENERATED ALWAYS AS (numbers_of(places, 'longitude')) STORED,
            ADD COLUMN south float8
                GENERATED ALWAYS AS (least_of(numbers_of(places, 'latitude'))) STORED,
            ADD COLUMN north float8
                GENERATED ALWAYS AS (greatest_of(numbers_of(places, 'latitude'))) STORED,
            ADD COLUMN west float8
                GENERATED ALWAYS AS (least_of(numbers_of(places, 'longitude'))) STORED,
            ADD COLUMN east float8
                GENERATED ALWAYS AS (greatest_of(numbers_of(places, 'longitude'))) STORED;
        CREATE INDEX offering_words_idx ON offering USING gin (words);
        CREATE TABLE catalogue_word (
            word     text CONSTRAINT catalogue_word_pkey PRIMARY KEY,
            variants text[] NOT NULL
        );
        CREATE INDEX catalogue_word_variants_idx ON catalogue_word USING gin (variants);
        INSERT INTO catalogue_word
        SELECT DISTINCT word, word_variants(word)
        FROM offering,
            jsonb_each_text(name || jsonb_build_object('d', description::text)) AS said (key, said),
            regexp_split_to_table(lower(said.said), '[^[:alnum:]]+') AS word
        WHERE length(word) BETWEEN 4 AND 40;
    """)
