"""Notes and places of visits are closed by the client's key."""

from kit.migrate import script

revision = "20261124_closed"
down_revision = "20261124_contact"


def upgrade() -> None:
    """Make the closed columns. The owner has no key: a timer of the service closes what is there
    (`commands/close_texts.py`), and finds it by these indexes.
    """
    script("""
        ALTER TABLE history ADD note_sealed bytea;
        ALTER TABLE referral ADD visit_place_sealed bytea;
        CREATE INDEX history_open_idx ON history (referral_id) WHERE note IS NOT NULL;
        CREATE INDEX referral_unclosed_idx ON referral (id) WHERE visit_place IS NOT NULL;
    """)
