"""Only a test can move the clock."""

import re
from pathlib import Path

import pytest
from kit import clock
from kit.embedded import Cluster
from kit.testing.harness import harness
from kit.testing.passing import Passing

ROOT = Path(__file__).parents[2]
CLOCK, HAND = "shared/kit/src/kit/clock.py", "shared/kit/src/kit/testing/passing.py"


def test_nothing_but_the_tests_own_hand_names_the_offset() -> None:
    sources = [*ROOT.glob("services/*/src/**/*.py"), *ROOT.glob("shared/*/src/**/*.py")]
    sources += ROOT.glob("deploy/**/*.py")
    named = {
        str(s.relative_to(ROOT)) for s in sources if re.search(r"\b_let_pass\b", s.read_text())
    }
    assert named == {CLOCK, HAND}


def test_what_kit_serves_with_imports_none_of_its_tests() -> None:
    kit = (ROOT / "shared/kit/src/kit").glob("*.py")
    assert [s.name for s in kit if "kit.testing" in s.read_text()] == ["clock.py"]  # its docstring


async def test_time_passes_for_a_process_and_for_its_database(
    cluster: Cluster, tmp_path: Path, time: Passing
) -> None:
    before = clock.now()
    async with harness(cluster, tmp_path, "referrals") as service:
        time.days(3)
        async with service.service.worker.begin() as tx:
            assert (await clock.of_database(tx) - before).days == 3
    assert (clock.now() - before).days == 3


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_begins_with_the_true_time(time: Passing, turn: int) -> None:
    true = clock.datetime.now(clock.UTC)
    assert abs((clock.now() - true).total_seconds()) < 1
    time.days(turn)
