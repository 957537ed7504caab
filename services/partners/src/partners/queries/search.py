"""Searching the catalogue: filters leave out, points put in order, and every point is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, degrees, radians
from typing import Any

from kit import clock
from kit.database import Transaction
from sqlalchemy import Row, text

from partners.api.search_views import Found, ReadWord, Reason, SearchView
from partners.queries.offerings import offerings_by_code
from partners.queries.words import Reading, read_words

IN_NAME, IN_TEXT, NEARNESS, NAMED, ROOM = 30, 10, 20, 10, 10
STATED = 5  # a language or an age that the offering itself names
EARTH_KM = 6371.0
TINY = 1e-9

# The distance on a globe by the haversine, to the nearest place that has coordinates.
KM = f"""
    (SELECT min(2 * {EARTH_KM} * asin(sqrt(least(1,
        sin(radians(latitude - :latitude) / 2) ^ 2 + cos(radians(latitude))
        * cos(radians(:latitude)) * sin(radians(longitude - :longitude) / 2) ^ 2))))
    FROM unnest(latitudes, longitudes) AS place (latitude, longitude))
"""  # noqa: S608 (of our own constants)
# What each filter leaves in; one that is not asked for is left out of the statement.
FILTERS = {
    "need": "needs @> ARRAY[CAST(:need AS text)]",
    "municipality": "(municipalities = '{}'"
    " OR municipalities @> ARRAY[CAST(:municipality AS text)])",
    "language": "(languages = '{}' OR languages @> ARRAY[CAST(:language AS text)])",
    "age": "(age_from IS NULL OR age_from <= :age) AND (age_to IS NULL OR age_to >= :age)",
    # A box is cheap: of what lies outside the one around the circle no distance is counted.
    "latitude": "north >= :latitude - :high AND south <= :latitude + :high"
    " AND east >= :longitude - :wide AND west <= :longitude + :wide",
}
FREE = "capacity - taken_elsewhere - coalesce(taken, 0) - coalesce(held, 0)"
# Points beside those of the words, by what gives them.
POINTS = {
    "municipality": f"CASE WHEN municipalities <> '{{}}' THEN {NAMED} ELSE 0 END",
    "language": f"CASE WHEN languages <> '{{}}' THEN {STATED} ELSE 0 END",
    "age": f"CASE WHEN age_from IS NOT NULL OR age_to IS NOT NULL THEN {STATED} ELSE 0 END",
    "latitude": f"round(CAST({NEARNESS} * (1 - km / :within_km) AS numeric))",
}
FULL_ROOM = f"CASE WHEN free <= 0 THEN 0 WHEN stale_at <= :now THEN {ROOM // 2} ELSE {ROOM} END"


@dataclass(frozen=True)
class Search:
    """What is looked for; codes are checked by then."""

    q: str | None = None
    need: str | None = None
    municipality: str | None = None
    language: str | None = None
    age: int | None = None
    near: tuple[float, float] | None = None
    within_km: float = 50.0
    with_room: bool = False
    limit: int = 20

    @property
    def given(self) -> dict[str, Any]:
        """Give the filters that are asked for."""
        names = ("need", "municipality", "language", "age")
        given = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        if self.near is not None:
            given |= circle(*self.near, self.within_km)
        return given


def circle(latitude: float, longitude: float, km: float) -> dict[str, float]:
    """Give a circle, and half the height and width of the box around it, all in degrees."""
    high = degrees(km / EARTH_KM)
    most = radians(min(abs(latitude) + high, 90))  # where degrees are the shortest
    wide = min(degrees(km / (EARTH_KM * cos(most))), 360) if cos(most) > TINY else 360.0
    return {
        "latitude": latitude, "longitude": longitude, "within_km": km, "high": high, "wide": wide,
    }  # fmt: skip


async def search(tx: Transaction, asked: Search) -> SearchView:
    """Search the published offerings. Words that no offering has are told, and leave none out."""
    readings = await read_words(tx, asked.q) if asked.q else []
    words = [reading for reading in readings if reading.query]
    lost = bool(readings) and not words
    rows = [] if lost else (await tx.execute(*statement(asked, words))).all()
    by_code = await offerings_by_code(tx, [row.code for row in rows])
    return SearchView(
        items=[
            Found(offering=by_code[r.code], score=int(r.score), km=r.km, because=why(r, words))
            for r in rows
        ],
        found=rows[0].found if rows else 0,
        words=[ReadWord(asked=r.asked, read_as=list(r.read_as)) for r in readings],
    )


def statement(asked: Search, words: Sequence[Reading]) -> tuple[Any, dict[str, Any]]:
    """Write the statement, and what it is run with."""
    given = asked.given
    queries = {f"word{i}": word.query for i, word in enumerate(words)}
    matches = [f"words @@ CAST(CAST(:{name} AS text) AS tsquery)" for name in queries]
    points = {name: POINTS[name] for name in given if name in POINTS} | {"room": FULL_ROOM}
    points |= {
        f"word{i}": in_words(f"word{i}", 2 if word.mended else 1) for i, word in enumerate(words)
    }
    wanted = [FILTERS[name] for name in given if name in FILTERS]
    later = ["km <= :within_km"] * ("latitude" in given) + ["free > 0"] * asked.with_room
    sql = f"""
        SELECT *, {" + ".join(points)} AS score, count(*) OVER () AS found
        FROM (
            SELECT code, km, {", ".join(f"{sql} AS {name}" for name, sql in points.items())}
            FROM (
                SELECT offering.*, {FREE} AS free, {KM if "latitude" in given else "NULL"} AS km
                FROM offering LEFT JOIN seats_copy ON seats_copy.offering = offering.code
                WHERE {" AND ".join(["status = 'published'", *matches, *wanted])}
                OFFSET 0  -- a fence: the distance is counted once
            ) AS candidate
            WHERE {" AND ".join(["true", *later])}
        ) AS pointed
        ORDER BY score DESC, km NULLS LAST, code LIMIT :limit
    """  # noqa: S608 (made of our own parts alone; what callers give is bound)
    return text(sql), given | queries | {"now": clock.now(), "limit": asked.limit}


def in_words(name: str, share: int) -> str:
    """Give a word its points: more in the name, and half of them where it was mended."""
    query = f"CAST(CAST(:{name} AS text) AS tsquery)"
    return (
        f"CASE WHEN ts_filter(words, '{{a}}') @@ {query} THEN {IN_NAME // share} "
        f"ELSE {IN_TEXT // share} END"
    )


def why(row: Row[Any], words: Sequence[Reading]) -> list[Reason]:
    """Tell every point of a row, the most first."""
    told = [
        Reason.of_word(word.asked, word.read_as, int(getattr(row, f"word{i}")), IN_TEXT)
        for i, word in enumerate(words)
    ]
    others = ("municipality", "language", "age", "latitude", "room")
    told += [
        Reason.of(name, int(points)) for name in others if (points := getattr(row, name, None))
    ]
    return sorted(told, key=lambda reason: -reason.points)
