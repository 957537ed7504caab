"""Three axes, the responsible organisation, held seats, and who waits in which place."""

from kit.migrate import script

revision = "20261124_loop"
down_revision = "20261124_first"


def upgrade() -> None:
    """Widen the tables; what the status alone told before stands on its axes now."""
    script("""
        CREATE SEQUENCE referral_line;
        ALTER TABLE referral
            ADD mode              text NOT NULL DEFAULT 'referral',
            ADD follows           uuid CONSTRAINT referral_follows_fkey REFERENCES referral,
            ADD eligibility       jsonb,
            ADD phase             text,
            ADD loop              text NOT NULL DEFAULT 'open',
            ADD phase_before      text,
            ADD responsible       text,
            ADD seat              text,
            ADD visit_at          timestamptz,
            ADD visit_place       text,
            ADD visit_accompanied boolean,
            ADD review_on         date,
            ADD author            text NOT NULL DEFAULT 'system',
            ADD error_said_by     text,
            ADD line              integer;
        ALTER TABLE history
            ADD role   text NOT NULL DEFAULT 'sender',
            ADD reason text,
            ADD note   text;
        ALTER TABLE seats
            ADD held      integer NOT NULL DEFAULT 0 CHECK (held >= 0),
            ADD elsewhere integer NOT NULL DEFAULT 0;
        UPDATE referral SET seat = 'taken'
        WHERE status IN ('accepted', 'in-progress')
          AND offering IN (SELECT offering FROM seats);
        UPDATE referral SET
            loop = CASE status WHEN 'outcome-reported' THEN 'outcome_reported' ELSE status END,
            status = CASE outcome WHEN 'discontinued' THEN 'failed' ELSE 'completed' END
        WHERE status IN ('outcome-reported', 'confirmed', 'disputed');
        UPDATE referral SET responsible = sender;
        UPDATE referral SET author = first.officer FROM history AS first
        WHERE first.referral_id = referral.id AND first.step = 'draft';
        UPDATE history SET role = 'recipient' FROM referral
        WHERE referral.id = history.referral_id
          AND history.organisation = referral.recipient
          AND history.step IN ('accept', 'decline', 'start', 'report_outcome');
        ALTER TABLE referral
            ALTER responsible SET NOT NULL,
            ALTER mode DROP DEFAULT, ALTER loop DROP DEFAULT, ALTER author DROP DEFAULT;
        ALTER TABLE history ALTER role DROP DEFAULT;
        ALTER TABLE seats ALTER held DROP DEFAULT, ALTER elsewhere DROP DEFAULT;
        CREATE INDEX referral_client_id_idx ON referral (client_id);
        CREATE TABLE offering_copy (
            code     text CONSTRAINT offering_copy_pkey PRIMARY KEY,
            revision bigint NOT NULL,
            offering jsonb NOT NULL
        );
    """)
