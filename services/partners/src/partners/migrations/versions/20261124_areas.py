"""Areas, with those that every partner knows from the start."""

import json

from alembic import op
from kit.migrate import script
from sharing.areas import ROWS, Row
from sqlalchemy import text

revision = "20261124_areas"
down_revision = "20261124_register"

INSERT = text("""
    INSERT INTO area (key, kind, code, name, valid_from, valid_until, members, revision)
    VALUES (:key, :kind, :code, CAST(:name AS jsonb), CAST(CAST(:valid_from AS text) AS date),
            CAST(CAST(:valid_until AS text) AS date), CAST(:members AS jsonb), 0)
""")


def upgrade() -> None:
    """Make the table and fill it; revision 0 says that nothing was told of them yet."""
    script("""
        CREATE TABLE area (
            key         text CONSTRAINT area_pkey PRIMARY KEY,
            kind        text NOT NULL,
            code        text NOT NULL,
            name        jsonb NOT NULL,
            valid_from  date,
            valid_until date,
            members     jsonb NOT NULL,
            revision    bigint NOT NULL
        );
    """)
    for row in ROWS:
        if not row.municipality:
            op.get_bind().execute(INSERT, stated(row))


def stated(row: Row) -> dict[str, object]:
    """Write an area as the table holds it."""
    names = {"fi": row.name_fi, "sv": row.name_sv or None, "en": row.name_en or None}
    members = [
        {
            "municipality": each.municipality,
            "valid_from": each.valid_from or None,
            "valid_until": each.valid_until or None,
        }
        for each in ROWS
        if each.municipality and (each.kind, each.code) == (row.kind, row.code)
    ]
    return {
        "key": f"{row.kind}:{row.code}",
        "kind": row.kind,
        "code": row.code,
        "name": json.dumps(names),
        "valid_from": row.valid_from or None,
        "valid_until": row.valid_until or None,
        "members": json.dumps(members),
    }
