"""The instrument of our own wording, published before anybody asks: once, and with its fact."""

from importlib import resources

from alembic import op
from assessments.domain.events import InstrumentPublished
from kit import clock, ids
from sqlalchemy import text

revision = "20261124_elamantilanne"
down_revision = "20261124_first"

CODE, VERSION = "elamantilanne", 1
NAME = f"{CODE}@{VERSION}"

PUBLISH = text("""
    INSERT INTO instrument (id, code, version, document, published_at, revision)
    VALUES (:id, :code, :version, CAST(:document AS jsonb), :at, 1)
""")

SAY = text("""
    INSERT INTO outbox
        (event_id, epoch, type, subject, sequence, concerns, headers, data, occurred_at)
    SELECT :event_id, epoch, :type, :subject, 1, NULL, '{}', CAST(:data AS jsonb), :occurred_at
    FROM epoch
""")


def upgrade() -> None:
    """Publish the file that came along; a delivered version never changes, so this stays true."""
    document = (resources.files("assessments.instruments") / f"{NAME}.json").read_text("utf-8")
    fact = InstrumentPublished(code=CODE, version=VERSION)
    now = clock.now()
    row = {"id": NAME, "code": CODE, "version": VERSION, "document": document, "at": now}
    op.get_bind().execute(PUBLISH, row)
    op.get_bind().execute(
        SAY,
        {
            "event_id": ids.new_id(),
            "type": fact.type,
            "subject": f"instruments/{NAME}",
            "data": fact.model_dump_json(),
            "occurred_at": now,
        },
    )
