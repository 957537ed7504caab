"""Apache Kafka on this machine: one KRaft node from its own jars, with data in a folder."""

import base64
import os
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUILD = Path(__file__).parents[3] / "kafka"  # deploy/kafka: pom.xml, and the jars that it names
LIBS = BUILD / "libs"
START_SECONDS = 60
STOP_SECONDS = 15

CONFIG = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs={logs}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
"""


class BrokerError(Exception):
    """Kafka cannot run here; the text says why, and what to do."""


class Broker:
    """A broker that can be stopped, started again on the same port, killed, and emptied."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self._controller = free_port()
        self._cluster_id = new_cluster_id()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def servers(self) -> str:
        """Give the address of the broker."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it takes connections. Raises `BrokerError`."""
        jars = f"{libraries()}/*"
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "server.properties"
        config.write_text(
            CONFIG.format(port=self.port, controller=self._controller, logs=self._data)
        )
        if not (self._data / "meta.properties").exists():
            self._format(jars, config)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 (our own arguments)
                [*java(), "-Xmx512m", *logging_options(), "-cp", jars, "kafka.Kafka", str(config)],
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C is for us; the broker is stopped last
            )
        self._wait_until_up()

    def stop(self) -> None:
        """Stop; what it holds stays."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill, as a power cut does."""
        self._end(signal.SIGKILL)

    def lose(self) -> None:
        """Delete all that it held; the cluster's id stays. Only while it is stopped."""
        shutil.rmtree(self._data)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _log(self) -> Path:
        return self.folder / "kafka.log"

    def _format(self, jars: str, config: Path) -> None:
        tool = [*java(), *logging_options(), "-cp", jars, "kafka.tools.StorageTool"]
        made = subprocess.run(  # noqa: S603 (our own arguments)
            [*tool, "format", "-t", self._cluster_id, "-c", str(config)],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise BrokerError(f"Kafka cannot format {self._data}: {made.stderr.strip()}")

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not takes_connections(self.port):
            if self._process and self._process.poll() is not None:
                raise BrokerError(f"Kafka stopped at its start: see {self._log}")
            if time.monotonic() > deadline:
                self.kill()
                raise BrokerError(f"Kafka is not up after {START_SECONDS} s: see {self._log}")
            time.sleep(0.1)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


@contextmanager
def kafka(folder: Path) -> Iterator[str]:
    """Give a broker's address: of one that is there (KAFKA_BOOTSTRAP_SERVERS), or of our own."""
    there = os.environ.get("KAFKA_BOOTSTRAP_SERVERS")
    if there:
        yield there
        return
    broker = Broker(folder)
    broker.start()
    try:
        yield broker.servers
    finally:
        broker.stop()


def libraries() -> Path:
    """Give the folder of Kafka's jars, fetched by Maven the first time."""
    if not any(LIBS.glob("kafka_*.jar")):
        maven = shutil.which("mvn")
        if maven is None:
            raise BrokerError(
                "Kafka's jars need Maven once: install maven, or set KAFKA_BOOTSTRAP_SERVERS"
            )
        command = [maven, "-B", "-q", "-f", str(BUILD / "pom.xml"), "dependency:copy-dependencies"]
        made = subprocess.run(  # noqa: S603 (our own arguments)
            [*command, f"-DoutputDirectory={LIBS}"], capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise BrokerError(f"Maven could not fetch Kafka's jars: {made.stdout.strip()[-500:]}")
    return LIBS


def java() -> list[str]:
    """Find Java. Raises `BrokerError`."""
    found = shutil.which("java")
    if found is None:
        raise BrokerError(
            "Kafka needs Java 17 or newer: install it, or set KAFKA_BOOTSTRAP_SERVERS"
        )
    return [found]


def logging_options() -> list[str]:
    """Let the broker log warnings."""
    return [f"-Dlog4j2.configurationFile={BUILD / 'log4j2.xml'}"]


def takes_connections(port: int) -> bool:
    """Say whether somebody listens."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Find a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_cluster_id() -> str:
    """Make a cluster's id, in Kafka's form: 22 characters."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
