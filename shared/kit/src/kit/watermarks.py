"""How far each aggregate has been heard."""

from dataclasses import dataclass, field
from enum import Enum, auto

from kit.database import Transaction, hot
from kit.letters import Reason

Key = tuple[str, str]  # source, subject
Mark = tuple[int, int]  # epoch, sequence

LOAD = """
    WITH asked AS (SELECT * FROM unnest($2::text[], $3::text[]) AS asked (source, subject)),
    marks AS (
        SELECT source, subject, epoch, sequence
        FROM watermark
        WHERE consumer = $1 AND (source, subject) IN (SELECT * FROM asked)
        ORDER BY source, subject
        FOR UPDATE
    ),
    blocked AS (
        SELECT source, subject, bool_or(reason = 'poison') AS poisoned
        FROM dead_letter
        WHERE consumer = $1 AND (source, subject) IN (SELECT * FROM asked)
        GROUP BY source, subject
    )
    SELECT * FROM marks FULL JOIN blocked USING (source, subject)
"""

SAVE = """
    INSERT INTO watermark (consumer, source, subject, epoch, sequence)
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::integer[], $5::bigint[])
    ON CONFLICT (consumer, source, subject)
    DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence
    WHERE (watermark.epoch, watermark.sequence) < (excluded.epoch, excluded.sequence)
    RETURNING subject
"""


REASON = {True: Reason.POISON, False: Reason.GAP}  # of what was put aside, by whether any is poison


class Overtaken(Exception):
    """Another transaction has moved a mark that this one read; nothing of this one may stay."""


class Standing(Enum):
    """How a fact stands to what was heard of its aggregate."""

    OLD = auto()
    NEXT = auto()
    GAP = auto()
    BLOCKED = auto()


@dataclass
class Watermarks:
    """The marks of the aggregates in a batch, and which of them wait behind a dead letter."""

    consumer: str
    marks: dict[Key, Mark]
    blocked: dict[Key, Reason]
    moved: set[Key] = field(default_factory=set)

    @classmethod
    async def load(cls, tx: Transaction, consumer: str, keys: set[Key]) -> "Watermarks":
        """Read and lock the marks of some aggregates."""
        found = await hot(tx, LOAD, consumer, *zip(*keys, strict=True)) if keys else ()
        at = [((row["source"], row["subject"]), row) for row in found]
        return cls(
            consumer,
            {key: (row["epoch"], row["sequence"]) for key, row in at if row["epoch"] is not None},
            {key: REASON[row["poisoned"]] for key, row in at if row["poisoned"] is not None},
        )

    async def save(self, tx: Transaction) -> None:
        """Write the marks that moved, in a fixed order. Raises `Overtaken`: begin again then."""
        rows = [(*key, *self.marks[key]) for key in sorted(self.moved)]
        if rows:
            saved = await hot(tx, SAVE, self.consumer, *zip(*rows, strict=True))
            if len(saved) < len(rows):
                raise Overtaken(self.consumer)

    def standing(self, key: Key, epoch: int, sequence: int) -> Standing:
        """Compare a fact with the mark. A higher epoch begins anew wherever it begins."""
        marked_epoch, marked = self.marks.get(key, (epoch, 0))
        if (epoch, sequence) <= (marked_epoch, marked):
            return Standing.OLD
        is_next = epoch > marked_epoch or sequence == marked + 1
        blocked = self.blocked.get(key)
        if blocked is Reason.POISON or (blocked and not is_next):
            return Standing.BLOCKED
        return Standing.NEXT if is_next else Standing.GAP

    def move(self, key: Key, epoch: int, sequence: int) -> None:
        """Note that a fact was heard."""
        self.marks[key] = (epoch, sequence)
        self.moved.add(key)

    def block(self, key: Key, reason: Reason) -> None:
        """Let later facts of the aggregate wait."""
        self.blocked[key] = reason

    def unblock(self, key: Key) -> None:
        """Let them wait no longer."""
        self.blocked.pop(key, None)

    def copy(self) -> "Watermarks":
        """Give a copy to try something on."""
        return Watermarks(self.consumer, dict(self.marks), dict(self.blocked), set(self.moved))

    def become(self, trial: "Watermarks") -> None:
        """Take over what a trial came to."""
        self.marks, self.blocked, self.moved = trial.marks, trial.blocked, trial.moved
