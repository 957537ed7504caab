"""Keys of the issuer: looked for once, by whoever asks first."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from kit.issuer import DevelopmentIssuer
from kit.problems import Problem
from kit.tokens import Tokens


@pytest.fixture
def issuer(tmp_path: Path) -> DevelopmentIssuer:
    """Open an issuer."""
    return DevelopmentIssuer.at(tmp_path / "key.json", "http://issuer.test", "kumppani")


async def test_all_who_call_while_the_keys_are_fetched_are_let_in(
    issuer: DevelopmentIssuer,
) -> None:
    fetches = 0
    answered = asyncio.Event()

    async def fetch() -> dict[str, Any]:
        nonlocal fetches
        fetches += 1
        await answered.wait()
        return issuer.keys()

    tokens = Tokens(issuer.issuer, issuer.audience, fetch)
    header = "Bearer " + issuer.token("oulu", [])
    async with asyncio.TaskGroup() as group:
        callers = [group.create_task(tokens.caller(header)) for _ in range(3)]
        await asyncio.sleep(0)
        answered.set()
    assert {caller.result().organisation for caller in callers} == {"oulu"}
    assert fetches == 1


async def test_while_the_issuer_is_away_a_new_key_is_503_and_right_after_it_is_looked_for(
    issuer: DevelopmentIssuer,
) -> None:
    away = True

    async def fetch() -> dict[str, Any]:
        if away:
            raise httpx.ConnectError("away")
        return issuer.keys()

    tokens = Tokens(issuer.issuer, issuer.audience, fetch)
    header = "Bearer " + issuer.token("oulu", [])
    with pytest.raises(Problem) as refused:
        await tokens.caller(header)
    assert (refused.value.type.status, refused.value.headers) == (503, {"Retry-After": "2"})
    away = False
    assert (await tokens.caller(header)).organisation == "oulu"
    away = True  # whose key is known does not miss the issuer
    assert (await tokens.caller("Bearer " + issuer.token("kela", []))).organisation == "kela"


async def test_an_unknown_key_makes_us_look_again_no_oftener_than_now_and_then(
    issuer: DevelopmentIssuer, tmp_path: Path
) -> None:
    fetches = 0

    async def fetch() -> dict[str, Any]:
        nonlocal fetches
        fetches += 1
        return issuer.keys()

    tokens = Tokens(issuer.issuer, issuer.audience, fetch)
    stranger = DevelopmentIssuer.at(tmp_path / "other.json", issuer.issuer, issuer.audience)
    for _ in range(3):
        with pytest.raises(Problem):
            await tokens.caller("Bearer " + stranger.token("oulu", []))
    assert fetches == 1
