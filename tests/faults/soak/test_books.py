"""The checker's twin: books with a fault put in, each of which it must find."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from .books import Books, Command, HeardCount, Said, findings


def sound_books() -> Books:
    """Two counters, three facts each; one caller gave up and was served, one was not."""
    asked = [(counter, value) for value in range(3) for counter in ("north-1", "south-1")]
    commands = [Command(f"{counter}/{value}", counter, value) for counter, value in asked]
    commands[0].value = None
    commands.append(Command("given up", "north-1"))
    counts = [HeardCount(counter, value) for counter, value in asked]
    return Books(
        commands,
        [Said(counter, value + 1, value, f"{counter}/{value}") for counter, value in asked],
        {"north-1": 2, "south-1": 2},
        {"east": [*counts], "west": sorted(counts, key=lambda count: count.counter)},
        {"east": [], "west": []},
    )


def lose_the_last_fact(books: Books) -> None:
    """Its counter is set back too, so that only the caller knows better."""
    lost = books.facts.pop()
    books.counters[lost.counter] -= 1
    for heard in books.heard.values():
        heard.remove(HeardCount(lost.counter, lost.value))


def count_a_retry_twice(books: Books) -> None:
    last = books.facts[-1]
    books.facts.append(replace(last, sequence=last.sequence + 1, value=last.value + 1))
    books.counters[last.counter] += 1
    for heard in books.heard.values():
        heard.append(HeardCount(last.counter, last.value + 1))


def answer_another_value(books: Books) -> None:
    books.commands[1].value = 7


def say_what_nobody_asked(books: Books) -> None:
    count_a_retry_twice(books)
    books.facts[-1] = replace(books.facts[-1], command="nobody's")


def say_two_in_the_wrong_order(books: Books) -> None:
    books.facts[0], books.facts[2] = books.facts[2], books.facts[0]


def leave_a_gap(books: Books) -> None:
    books.facts[-1] = replace(books.facts[-1], sequence=9)


def move_a_counter(books: Books) -> None:
    books.counters["north-1"] += 1


def drop_one(books: Books) -> None:
    books.heard["east"].pop(2)


def hear_one_twice(books: Books) -> None:
    books.heard["west"].insert(1, books.heard["west"][0])


def hear_two_in_the_wrong_order(books: Books) -> None:
    heard = books.heard["west"]
    heard[0], heard[1] = heard[1], heard[0]


def hear_what_nobody_said(books: Books) -> None:
    books.heard["east"].append(HeardCount("north-1", 8))


def hear_of_a_counter_that_is_not(books: Books) -> None:
    books.heard["east"].append(HeardCount("north-9", 0))


def hear_nothing(books: Books) -> None:
    books.heard["east"].clear()


def put_one_aside(books: Books) -> None:
    books.aside["east"].append("gap")


FAULTS: list[tuple[Callable[[Books], None], list[str]]] = [
    (lose_the_last_fact, ["lost: south-1 was answered 2, and there is no fact"]),
    (count_a_retry_twice, ["doubled: one command for south-1 became [2, 3]"]),
    (answer_another_value, ["untrue: south-1 was answered 7, its fact is 0"]),
    (say_what_nobody_asked, ["invented: [3] said, and nobody asked for it"]),
    (say_two_in_the_wrong_order, ["disordered: north-1 said revision 2 with value 1 in place 1"]),
    (leave_a_gap, ["disordered: south-1 said revision 9 with value 2 in place 3"]),
    (move_a_counter, ["unequal: north-1 is 3 after 3 facts"]),
    (drop_one, ["unheard [1]: east of north-1"]),
    (hear_one_twice, ["heard again [0]: west of north-1"]),
    (hear_two_in_the_wrong_order, ["heard out of order 0: west of north-1"]),
    (hear_what_nobody_said, ["unsaid [8]: east of north-1"]),
    (hear_of_a_counter_that_is_not, ["unsaid [0]: east of north-9"]),
    (hear_nothing, ["unheard [0, 1, 2]: east of north-1", "unheard [0, 1, 2]: east of south-1"]),
    (put_one_aside, ["put aside: east {'gap': 1}"]),
]


def test_sound_books_have_no_findings() -> None:
    assert findings(sound_books()) == []


@pytest.mark.parametrize(("spoil", "expected"), FAULTS)
def test_each_fault_in_the_books_is_found(
    spoil: Callable[[Books], None], expected: list[str]
) -> None:
    books = sound_books()
    spoil(books)
    assert findings(books) == expected
