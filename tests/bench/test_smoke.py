"""Each measurement runs, with next to nothing to measure: what it says of time is not looked at."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from . import (
    __main__,
    a_request,
    b_relay,
    c_listen,
    d_visible,
    e_outbox,
    f_search,
    g_seat,
    h_worklist,
    i_timers,
    j_log,
    k_rows,
)
from .ground import Ground, ground
from .table import Line


@pytest.fixture(scope="module")
def small(servers: str) -> Iterator[Ground]:
    """Make a ground that a power cut may ruin."""
    with ground(servers, durable=False) as made:
        yield made


async def test_a_request_is_measured_against_a_bare_insert(small: Ground) -> None:
    lines = await a_request.measure(small, 1, seconds=0.3)
    assert [line.bench for line in lines] == ["a", "a"]


async def test_the_relay_is_measured_against_raw_send(small: Ground) -> None:
    assert len(await b_relay.measure(small, 1, facts=300)) == 1


async def test_the_listener_is_measured_against_two_others(small: Ground) -> None:
    assert len(await c_listen.measure(small, 1, facts=3000)) == 2


async def test_the_time_to_be_visible_is_measured_on_both_transports(small: Ground) -> None:
    lines = await d_visible.measure(small, 1, seconds=0.5)
    assert [line.measured.rpartition(", ")[2] for line in lines] == ["Kafka", "feed"]


async def test_a_large_outbox_is_measured_against_a_small_one(small: Ground) -> None:
    assert len(await e_outbox.measure(small, 1, many=20_000, facts=5)) == 1


async def test_a_search_is_measured_on_a_full_catalogue(small: Ground) -> None:
    assert len(await f_search.measure(small, 1, seconds=0.5, offerings=100)) == 1


async def test_a_last_seat_has_one_winner(small: Ground) -> None:
    assert len(await g_seat.measure(small, 1, callers=4, times=1)) == 1


async def test_a_long_worklist_is_measured_against_a_short_one(small: Ground) -> None:
    lines = await h_worklist.measure(small, 1, few=60, many=300, times=3)
    assert [line.bench for line in lines] == ["h", "h", "h"]


async def test_timers_that_are_due_at_once_are_measured(small: Ground) -> None:
    assert len(await i_timers.measure(small, 1, timers=10, seconds=0.3)) == 1


async def test_reads_are_measured_with_and_without_the_disclosure_log(small: Ground) -> None:
    assert len(await j_log.measure(small, 1, times=40)) == 1


async def test_reads_are_measured_with_and_without_row_level_security(small: Ground) -> None:
    assert len(await k_rows.measure(small, 1, times=40)) == 1


def test_a_row_that_fails_says_why_and_the_run_fails(
    small: Ground, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def two(_ground: Ground, _rounds: int) -> list[Line]:
        raise g_seat.TwoWinners("2 of 1")

    async def one(_ground: Ground, _rounds: int) -> list[Line]:
        return [Line("h", "the next row", "1 ms")]

    monkeypatch.setattr(__main__, "BENCHES", {"g": two, "h": one})
    monkeypatch.setattr(__main__, "ground", lambda _servers: nullcontext(small))
    monkeypatch.setattr(sys, "argv", ["bench"])
    with pytest.raises(SystemExit, match="not in the table: g"):
        __main__.main()
    said = capsys.readouterr()
    assert "TwoWinners: 2 of 1" in said.err
    assert "the next row" in said.out
