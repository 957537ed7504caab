"""Worklists, kept with each step."""

from kit.migrate import script

revision = "20261124_work"
down_revision = "20261124_clients"


def upgrade() -> None:
    """Make the table, with what is open already in it; the next step puts it right."""
    script("""
        CREATE TABLE work (
            referral_id uuid NOT NULL CONSTRAINT work_referral_id_fkey REFERENCES referral,
            desk        text NOT NULL,
            owner       text NOT NULL,
            why         text NOT NULL,
            due_at      timestamptz,
            place       text NOT NULL,
            CONSTRAINT work_pkey PRIMARY KEY (referral_id, desk)
        );
        CREATE INDEX work_desk_owner_place_idx ON work (desk, owner, place);
        INSERT INTO work (referral_id, desk, owner, why, place)
        SELECT id, desk, CASE desk WHEN 'sender' THEN sender ELSE recipient END, why,
               '3' || to_char(extract(epoch FROM drafted_at), 'FM0000000000000.000') || id
        FROM referral JOIN (VALUES
            ('draft', 'open', 'sender', 'draft'), ('requested', 'open', 'recipient', 'new'),
            ('accepted', 'open', 'recipient', 'begin'), ('rejected', 'open', 'sender', 'declined'),
            ('completed', 'outcome_reported', 'sender', 'confirm'),
            ('failed', 'outcome_reported', 'sender', 'confirm'),
            ('completed', 'disputed', 'recipient', 'disputed'),
            ('failed', 'disputed', 'recipient', 'disputed')
        ) AS there (status, loop, desk, why) USING (status, loop);
    """)
