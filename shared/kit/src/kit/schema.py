"""The bus's tables, the same in every service's database; a service's first migration makes them.

They are never changed here, only by a later version beside this one.
"""

V1 = """
CREATE TABLE epoch (epoch integer NOT NULL);
CREATE UNIQUE INDEX epoch_single ON epoch ((true));
INSERT INTO epoch VALUES (1);

CREATE TABLE outbox (
    position    bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
    event_id    uuid NOT NULL UNIQUE,
    epoch       integer NOT NULL,
    type        text NOT NULL,
    subject     text NOT NULL,
    sequence    bigint NOT NULL,
    concerns    text[],
    headers     jsonb NOT NULL,
    data        jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    UNIQUE (subject, epoch, sequence)
);
CREATE INDEX outbox_xid_idx ON outbox (xid);

CREATE TABLE tick (
    id       bigint PRIMARY KEY,
    snapshot pg_snapshot NOT NULL,
    low      bigint NOT NULL,
    high     bigint NOT NULL
);
INSERT INTO tick VALUES (0, '3:3:', 0, 0);

CREATE TABLE place (
    consumer text NOT NULL,
    stream   text NOT NULL,
    place    text NOT NULL,
    PRIMARY KEY (consumer, stream)
);

CREATE TABLE watermark (
    consumer text NOT NULL,
    source   text NOT NULL,
    subject  text NOT NULL,
    epoch    integer NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (consumer, source, subject)
);

CREATE TABLE dead_letter (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer   text NOT NULL,
    reason     text NOT NULL CHECK (reason IN ('poison', 'parked', 'gap')),
    source     text,
    subject    text,
    epoch      integer,
    sequence   bigint,
    attributes jsonb NOT NULL,
    data       bytea NOT NULL,
    error      text NOT NULL,
    arrived_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (consumer, source, subject, epoch, sequence)
);

CREATE TABLE idempotency (
    organisation text NOT NULL,
    route        text NOT NULL,
    key          text NOT NULL,
    body_hash    bytea NOT NULL,
    answer       bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation, route, key)
);

-- Append-only, and the ticks with it: whoever answers or listens adds, and takes nothing away.
REVOKE UPDATE, DELETE, TRUNCATE ON outbox, tick FROM PUBLIC;
DO $$
DECLARE role text;
BEGIN
    FOREACH role IN ARRAY ARRAY[current_database() || '_app', current_database() || '_worker']
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON outbox, tick, epoch FROM %I', role);
    END LOOP;
END $$;
"""

# Where a service keeps the keys of its subjects (`kit.vault`).
KEYS = """
CREATE TABLE data_key (
    subject      uuid CONSTRAINT data_key_pkey PRIMARY KEY,
    organisation text NOT NULL,
    wrapped      bytea NOT NULL,
    master       text NOT NULL
);
"""

# A key that was destroyed leaves a row without it: no other is made in its place.
KEYS_V2 = """
ALTER TABLE data_key ALTER wrapped DROP NOT NULL, ALTER master DROP NOT NULL;
"""

# Of whom the kept answers tell, so that they can be forgotten with them (`kit.erasures`).
V2 = """
ALTER TABLE idempotency ADD subjects uuid[] NOT NULL DEFAULT '{}';

-- Whoever erases forgets what others were answered too, and reads none of it.
CREATE FUNCTION forget_answers(about uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp
BEGIN ATOMIC
    UPDATE idempotency SET answer = '' WHERE subjects && about;
END;
"""

# Machine clients that organisations registered (kit.clients): the copy of each service.
CLIENTS = """
CREATE TABLE registered_client (
    organisation text NOT NULL,
    client_id    text NOT NULL,
    scopes       text[] NOT NULL,
    valid_until  date,
    revision     bigint NOT NULL,
    PRIMARY KEY (organisation, client_id)
);
"""

TABLES = frozenset(
    {"epoch", "outbox", "tick", "place", "watermark", "dead_letter", "idempotency"}
    | {"data_key", "registered_client"}
)
