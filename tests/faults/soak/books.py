"""The books of a soak, and what is wrong with them.

What must be: a command that was acknowledged has one fact, which says what the caller was
answered. What may be: a command that was never acknowledged (its caller gave up) has one fact or
none. Everything else is a finding: a fact of no command, a second fact of one; facts of a counter
that are not 1, 2, 3 … in the order in which they were said; a counter that is not where its facts
leave it; a consumer that did not hear each of them once, in that order (so that consumers end
equal); a fact that was put aside.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass
class Command:
    """What a writer asked, by the id that is its Idempotency-Key and its trace."""

    id: str
    counter: str
    value: int | None = None  # what was answered; nothing: never acknowledged


@dataclass(frozen=True)
class Said:
    """A fact as its producer keeps it, with the trace of the command that it comes from."""

    counter: str
    sequence: int
    value: int
    command: str


@dataclass(frozen=True)
class HeardCount:
    """A fact as a consumer wrote it down."""

    counter: str
    value: int


@dataclass
class Books:
    """All that was written down: facts in the outboxes' order, what was heard in its order."""

    commands: list[Command]
    facts: list[Said]
    counters: dict[str, int]  # the value of each
    heard: dict[str, list[HeardCount]]  # by consumer
    aside: dict[str, list[str]]  # by consumer: the reasons of its dead letters


def findings(books: Books) -> list[str]:
    """Say what is wrong; nothing where the books are right."""
    return [
        *of_commands(books.commands, books.facts),
        *of_counters(books.facts, books.counters),
        *of_consumers(books.facts, books.heard),
        *of_letters(books.aside),
    ]


def of_commands(commands: Iterable[Command], facts: Iterable[Said]) -> Iterator[str]:
    """Compare what was asked and answered with what was said."""
    told = defaultdict(list)
    for fact in facts:
        told[fact.command].append(fact.value)
    for command in commands:
        values = told.pop(command.id, [])
        if command.value is not None and not values:
            yield f"lost: {command.counter} was answered {command.value}, and there is no fact"
        elif len(values) > 1:
            yield f"doubled: one command for {command.counter} became {values}"
        elif values and command.value not in (None, *values):
            yield f"untrue: {command.counter} was answered {command.value}, its fact is {values[0]}"
    for values in told.values():
        yield f"invented: {values} said, and nobody asked for it"


def of_counters(facts: Iterable[Said], counters: dict[str, int]) -> Iterator[str]:
    """See that each counter's facts are in order without a gap, and lead to where it is."""
    told = defaultdict(list)
    for fact in facts:
        told[fact.counter].append((fact.sequence, fact.value))
    for counter in sorted(told.keys() | counters.keys()):
        pairs = told[counter]
        if pairs != [(n + 1, n) for n in range(len(pairs))]:
            yield f"disordered: {counter} said {first_wrong(pairs)}"
        if counters.get(counter, -1) != len(pairs) - 1:
            yield f"unequal: {counter} is {counters.get(counter)} after {len(pairs)} facts"


def first_wrong(pairs: Sequence[tuple[int, int]]) -> str:
    """Name the first fact that is not where it should be."""
    at = next(n for n, pair in enumerate(pairs) if pair != (n + 1, n))
    return f"revision {pairs[at][0]} with value {pairs[at][1]} in place {at + 1}"


def of_consumers(facts: Iterable[Said], heard: dict[str, list[HeardCount]]) -> Iterator[str]:
    """See that each consumer heard each fact once, in its counter's order."""
    told = by_counter(sorted(facts, key=lambda fact: fact.sequence))
    for consumer, counts in heard.items():
        got = by_counter(counts)
        for counter in sorted(told.keys() | got.keys()):
            for difference in differences(told[counter], got[counter]):
                yield f"{difference}: {consumer} of {counter}"


def by_counter(counts: Iterable[Said | HeardCount]) -> dict[str, list[int]]:
    """Give the values of each counter, in the order that is there."""
    values = defaultdict(list)
    for count in counts:
        values[count.counter].append(count.value)
    return values


def differences(told: list[int], heard: list[int]) -> Iterator[str]:
    """Say how what was heard of one counter differs from what was told."""
    if heard == told:
        return
    unheard = sorted(set(told) - set(heard))
    unsaid = sorted(set(heard) - set(told))
    again = sorted(value for value, times in Counter(heard).items() if times > 1)
    once = list(dict.fromkeys(heard))
    for kind, values in (("unheard", unheard), ("unsaid", unsaid), ("heard again", again)):
        if values:
            yield f"{kind} {values}"
    if once != sorted(once):
        yield f"heard out of order {next(b for a, b in pairwise(once) if b < a)}"


def of_letters(aside: dict[str, list[str]]) -> Iterator[str]:
    """See that nothing was put aside."""
    for consumer, reasons in aside.items():
        if reasons:
            yield f"put aside: {consumer} {dict(Counter(reasons))}"
