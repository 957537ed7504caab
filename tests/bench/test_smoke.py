"""Each measurement runs, with next to nothing to measure: what it says of time is not looked at."""

from collections.abc import Iterator

import pytest

from . import a_request, b_relay, c_listen, d_visible, e_outbox, f_search
from .ground import Ground, ground


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
