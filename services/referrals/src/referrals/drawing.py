"""`python -m referrals.drawing`: the lifecycle as a page of the docs, drawn from its table."""

import sys
from collections.abc import Iterator

from sharing.codes import DataClass

from referrals.domain.codes import REASONS
from referrals.domain.lifecycle import TABLE
from referrals.domain.rows import At, Row, State
from referrals.domain.shown import OWN, WITHDRAWN, Stage, stage_of
from referrals.domain.shown import TABLE as SHOWN
from referrals.domain.states import Loop, Phase, Status, Step

HEAD = """# The life of a referral

Drawn from `services/referrals/src/referrals/domain/lifecycle.py` by
`python -m referrals.drawing > docs/referral-lifecycle.md`; a test compares the two.

`status` tells how far it has come (codes of FHIR Task), `phase` what goes on within it, `loop`
whether both ends agree on what came of it. The client's own word is recorded by an officer.
"""


SEEN = """## What the recipient is shown of the client

Drawn from `domain/shown.py`. A class is shown where the step (this table), the clause of the
agreement and the legal basis all let it; what clause and basis cover is asked when the referral is
sent, and for identity and contact again on the day they are looked at
(`GET /referrals/{id}/client`; the personal identity code stays closed). The sender, whose client
it is, sees all. That the referral is or was, and what the recipient itself said of it, is always
told. The need, whether the client is eligible (which is how the recipient hears of the age), notes
and messages are of the situation; visit and review are the recipient's own plan. Of assessment
summary and health this service keeps nothing.
"""


def page() -> str:
    """Give the page: a drawing of the statuses, the table, the codes of the reasons."""
    drawn = ["```mermaid", "stateDiagram-v2", *sorted(set(arrows())), "```"]
    head = ["| From | Step | Who | To | Comes with | |", "|---|---|---|---|---|---|"]
    reasons = [f"- {name}: {', '.join(f'`{c}`' for c in codes)}" for name, codes in REASONS.items()]
    parts = [
        HEAD,
        "\n".join(drawn),
        "\n".join([*head, *map(line, TABLE)]),
        "Reasons are codes:",
        "\n".join(reasons),
        SEEN,
        "\n".join(shown_lines()),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def arrows() -> Iterator[str]:
    """Draw what moves a referral from one status to another."""
    yield f"    [*] --> {name(Status.DRAFT)}: create"
    for row in TABLE:
        if row.step not in (Step.WITHDRAW_CONSENT, Step.ENTERED_IN_ERROR):  # from everywhere
            for place in row.at:
                for to in targets(row):
                    yield f"    {name(place.status)} --> {name(to)}: {row.step}"


def targets(row: Row) -> tuple[Status, ...]:
    """Give the statuses to which a step leads."""
    if row.step is Step.REPORT_OUTCOME:
        return Status.COMPLETED, Status.FAILED
    return () if row.to is None else (row.to,)


def name(status: Status) -> str:
    """Write a status as the drawing's language can."""
    return status.replace("-", "_")


def shown_lines() -> Iterator[str]:
    """Write which classes are shown at which stage, and in which statuses that is."""
    yield "| Stage | Where | " + " | ".join(DataClass) + " |"
    yield "|---" * (len(DataClass) + 2) + "|"
    for stage in Stage:
        marks = [mark(stage, each) for each in DataClass]
        yield f"| {stage} | {', '.join(where(stage))} | {' | '.join(marks)} |"


def mark(stage: Stage, data_class: DataClass) -> str:
    """Write whether a class is shown."""
    if data_class not in SHOWN[stage]:
        return "–"
    return "its own" if data_class in OWN else "shown"


def where(stage: Stage) -> Iterator[str]:
    """Name the statuses of a stage, with the phases that make it one where not all do."""
    for status in Status:
        if status is Status.DRAFT:  # the recipient knows of none
            continue
        every = [p for p in (None, *Phase) if p not in WITHDRAWN]
        phases = [p for p in every if stage_of(State(status, p)) is stage]
        out = [str(p) for p in every if p not in phases]
        if len(phases) > len(out):
            yield status + (f" (not {', '.join(out)})" if out else "")
        elif phases:
            yield f"{status} ({', '.join(str(p or '–') for p in phases)})"
    if stage is Stage.OVER:
        yield f"any ({', '.join(WITHDRAWN)})"


def line(row: Row) -> str:
    """Write a row of the table."""
    needs = [f"`{need}`" for need in row.needs]
    optional = [f"`reason` ({row.why})"] if row.why and "reason" not in row.needs else []
    cells = [
        "; ".join(place_of(place) for place in row.at),
        f"`{row.step}`",
        ", ".join(row.by) + (" (recorded by either end)" if row.either else ""),
        result(row),
        ", ".join(needs + optional),
        row.guard,
    ]
    return f"| {' | '.join(cells)} |"


def place_of(place: At) -> str:
    """Write where a step is possible: the phases and loops that count, or what does not."""
    every = [None, *Phase]
    out = [p for p in every if p not in place.phases]
    said = [str(p or "–") for p in every if p in place.phases]
    phases = f" ({', '.join(said)})" if len(said) <= len(out) else ""
    if not phases and out:
        phases = f" (not {', '.join(str(p or '–') for p in out)})"
    loops = [str(loop) for loop in Loop if loop in place.loops]
    return place.status + phases + (f" [{', '.join(loops)}]" if len(loops) < len(Loop) else "")


SEVERAL = {
    Step.REPORT_OUTCOME: "completed or failed",
    Step.WITHDRAW_CONSENT: "cancelled, phase consent_withdrawn; or same, phase frozen",
    Step.REFUSE_CANCEL: "as before",
}


def result(row: Row) -> str:
    """Write where a step leads."""
    status = SEVERAL.get(row.step) or row.to or "same"
    phase = f", phase {row.phase}" if row.phase else ""
    return status + phase + (f", loop {row.loop}" if row.loop else "")


if __name__ == "__main__":
    sys.stdout.write(page())
