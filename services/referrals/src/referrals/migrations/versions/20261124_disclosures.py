"""The disclosure log: append-only, a hash chain for each client, its ends sealed on the bus."""

from kit.migrate import script, taken_from_all

revision = "20261124_disclosures"
down_revision = "20261124_messages"


def upgrade() -> None:
    """Make the log and the heads of its chains, which only the log itself moves."""
    script("""
        CREATE TABLE disclosure (
            client_id    uuid NOT NULL CONSTRAINT disclosure_client_id_fkey REFERENCES client,
            number       bigint NOT NULL,
            organisation text NOT NULL,
            entry        text NOT NULL,
            hash         bytea NOT NULL,
            CONSTRAINT disclosure_pkey PRIMARY KEY (client_id, number)
        );
        CREATE TABLE disclosure_head (
            client_id    uuid CONSTRAINT disclosure_head_pkey PRIMARY KEY
                CONSTRAINT disclosure_head_client_id_fkey REFERENCES client,
            organisation text NOT NULL,
            number       bigint NOT NULL,
            hash         bytea NOT NULL,
            sealed       bigint NOT NULL,
            since        timestamptz NOT NULL
        );
        CREATE INDEX disclosure_head_since_idx ON disclosure_head (since) WHERE number > sealed;
        CREATE TABLE sealing (
            id       uuid CONSTRAINT sealing_pkey PRIMARY KEY,
            at       timestamptz NOT NULL,
            revision bigint NOT NULL
        );

        -- Whoever adds an entry gives client and text; number, hash and whose client it is come
        -- from here. The head's row makes readers of one client queue, and of others not.
        CREATE FUNCTION disclosure_chained() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE head disclosure_head;
        BEGIN
            INSERT INTO disclosure_head
            SELECT id, organisation, 0, '', 0, now() FROM client WHERE id = NEW.client_id
            ON CONFLICT DO NOTHING;
            SELECT * INTO STRICT head FROM disclosure_head
            WHERE client_id = NEW.client_id FOR UPDATE;
            NEW.number := head.number + 1;
            NEW.organisation := head.organisation;
            NEW.hash := sha256(head.hash || convert_to(concat_ws(
                '/', NEW.client_id, NEW.number, NEW.organisation, NEW.entry), 'UTF8'));
            UPDATE disclosure_head SET number = NEW.number, hash = NEW.hash,
                since = CASE WHEN number > sealed THEN since ELSE now() END
            WHERE client_id = NEW.client_id;
            RETURN NEW;
        END $$;
        CREATE TRIGGER disclosure_chained BEFORE INSERT ON disclosure
            FOR EACH ROW EXECUTE FUNCTION disclosure_chained();
    """)
    taken_from_all("UPDATE, DELETE, TRUNCATE", "disclosure", "sealing")
    taken_from_all("INSERT, UPDATE, DELETE, TRUNCATE", "disclosure_head")
    script("""
        DO $$ BEGIN
            EXECUTE format('GRANT UPDATE (sealed) ON disclosure_head TO %I',
                current_database() || '_worker');
        END $$;
    """)
