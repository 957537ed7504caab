"""The estate on Apache Kafka: the same numbers, and a consumer of the README's hears them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kumppani.broker import BrokerError, java, libraries

from .test_separate import Estate, estate

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def on_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Run the demo on a broker of its own, which holds nothing from before."""
    try:
        java()
        libraries()
    except BrokerError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO KAFKA, its tests are skipped: {error}")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KAFKA_BOOTSTRAP_SERVERS", raising=False)
        with estate(tmp_path_factory.mktemp("kafka") / "data", "--kafka") as running:
            yield running


def test_the_main_job_ends_with_the_same_numbers_over_kafka(
    on_kafka: Estate, tmp_path: Path
) -> None:
    with estate(tmp_path / "data") as together:
        assert together.counted() == on_kafka.counted()


def test_the_readmes_consumer_hears_referrals_over_kafka(on_kafka: Estate) -> None:
    config = (on_kafka.data / "kafka" / "server.properties").read_text()
    port = re.search(r"^listeners=PLAINTEXT://(\S+?),", config, re.MULTILINE)
    program = next(
        p
        for p in re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
        if "aiokafka" in p
    )
    assert port
    heard = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"KAFKA": port[1]},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "referrals.referral.sent.v1" in heard.stdout
