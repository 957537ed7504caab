"""What clients say of a service."""

from kit.migrate import script
from kit.ownership import part

revision = "20261124_feedback"
down_revision = "20261124_merges"


def upgrade() -> None:
    """Make the table."""
    script("""
        ALTER TABLE referral ADD feedback_at timestamptz;
        CREATE TABLE feedback (
            referral_id  uuid CONSTRAINT feedback_pkey PRIMARY KEY
                CONSTRAINT feedback_referral_id_fkey REFERENCES referral,
            organisation text NOT NULL,
            officer      text NOT NULL,
            helped       text NOT NULL,
            text_sealed  bytea,
            given_at     timestamptz NOT NULL
        );
    """)
    part("feedback", of="referral", by="referral_id")
