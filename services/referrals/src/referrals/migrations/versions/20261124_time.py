"""Terms that run, terms that are set, and seats that are held for promises made outside."""

from kit.migrate import script

revision = "20261124_time"
down_revision = "20261124_client_keys"


def upgrade() -> None:
    """Make the tables. For what is open already, terms begin with its next step."""
    script("""
        ALTER TABLE referral
            ADD left_at     timestamptz,
            ADD urgent      boolean NOT NULL DEFAULT false,
            ADD reminded_of text,
            ADD reminded_at timestamptz,
            ADD escalated   boolean NOT NULL DEFAULT false;
        ALTER TABLE referral ALTER urgent DROP DEFAULT, ALTER escalated DROP DEFAULT;
        CREATE INDEX referral_waiting_idx ON referral (offering, line) WHERE phase = 'waitlisted';
        CREATE INDEX referral_open_idx ON referral (agreement)
            WHERE status = 'requested' OR phase IN ('waitlisted', 'offered');
        CREATE TABLE deadline (
            referral_id uuid NOT NULL CONSTRAINT deadline_referral_id_fkey REFERENCES referral,
            timed       text NOT NULL,
            due_at      timestamptz NOT NULL,
            paused_at   timestamptz,
            CONSTRAINT deadline_pkey PRIMARY KEY (referral_id, timed)
        );
        CREATE INDEX deadline_due_at_idx ON deadline (due_at) WHERE paused_at IS NULL;
        CREATE TABLE term_rule (
            scope text NOT NULL,
            code  text NOT NULL,
            timed text NOT NULL,
            days  integer NOT NULL,
            CONSTRAINT term_rule_pkey PRIMARY KEY (scope, code, timed)
        );
        CREATE TABLE hold (
            id         uuid CONSTRAINT hold_pkey PRIMARY KEY,
            offering   text NOT NULL CONSTRAINT hold_offering_fkey REFERENCES seats,
            officer    text NOT NULL,
            made_at    timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            ended_at   timestamptz
        );
        CREATE INDEX hold_offering_id_idx ON hold (offering, id);
        CREATE INDEX hold_expires_at_idx ON hold (expires_at) WHERE ended_at IS NULL;
    """)
