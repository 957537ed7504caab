"""Of whom the kept answers tell."""

from kit import schema
from kit.migrate import script

revision = "20261124_answers"
down_revision = "20261124_confirmation"


def upgrade() -> None:
    """Let answers be found by whom they tell of."""
    script(schema.V2)
