"""Which classes of data clause and basis let go, kept with the referral when it is sent."""

from kit.migrate import script

revision = "20261124_shown"
down_revision = "20261124_handovers"


def upgrade() -> None:
    """Add them; what was sent before was asked of the situation alone."""
    script("""
        ALTER TABLE referral ADD classes text[];
        UPDATE referral SET classes = '{situation}' WHERE clause IS NOT NULL;
    """)
