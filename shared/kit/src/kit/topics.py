"""The topics of one service: declared here, created or checked when its relay begins."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from zlib import crc32

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

PARTITIONS = 4
REPLICAS = 3  # fewer where there are fewer brokers
UNLIMITED = -1
MOST_BYTES = 2 * 1024 * 1024
ADMIN_MS = 10_000
TO_THE_END = -1


class WrongTopic(Exception):
    """A topic is not as it is declared; the text names the command that mends it."""


@dataclass(frozen=True)
class Topics:
    """One topic for each kind of aggregate, as in `kumppani.referrals.referrals`.

    `retention_ms` is in milliseconds, -1 for ever. A subject, `<kinds>/<id>`, names its topic;
    its partition is crc32 of the subject, modulo the number of partitions.
    """

    service: str
    kinds: tuple[str, ...]
    retention_ms: int = UNLIMITED

    @property
    def names(self) -> list[str]:
        """List the topics."""
        return [topic_of(self.service, kind) for kind in self.kinds]

    @property
    def partitions(self) -> list[TopicPartition]:
        """List all partitions of all topics."""
        return [TopicPartition(name, n) for name in self.names for n in range(PARTITIONS)]

    @property
    def configs(self) -> dict[str, str]:
        """Give what each topic is configured to be; a removal is a fact, so none is compacted."""
        return {
            "cleanup.policy": "delete",
            "max.message.bytes": str(MOST_BYTES),
            "retention.bytes": str(UNLIMITED),
            "retention.ms": str(self.retention_ms),
        }

    def partition(self, subject: str) -> TopicPartition:
        """Give where the facts of a subject go."""
        topic = topic_of(self.service, subject.partition("/")[0])
        return TopicPartition(topic, partition_number(subject, PARTITIONS))


def topic_of(service: str, kind: str) -> str:
    """Name the topic of one kind of aggregate."""
    return f"kumppani.{service}.{kind}"


def partition_number(subject: str, partitions: int) -> int:
    """Give which of a topic's partitions carries a subject."""
    return crc32(subject.encode()) % partitions


def of_service(name: str, service: str) -> bool:
    """Say whether a topic is one of a service's."""
    return name.startswith(f"kumppani.{service}.")


async def prepare(servers: str, topics: Topics, *, mend: bool = False) -> None:
    """Create the topics that are missing; check the others, or mend them.

    Raises `WrongTopic`, and Kafka's own errors where no broker answers.
    """
    async with administering(servers) as admin:
        there = await partitions_of(admin, topics.names)
        await create(admin, topics, [name for name in topics.names if name not in there])
        differing = await differences(admin, topics, there)
        if not differing:
            return
        if not mend:
            mended = f"mend it with: python -m {topics.service} topics"
            raise WrongTopic(f"{'; '.join(differing.values())}; {mended}")
        await alter(admin, topics, there, differing)


async def empty(servers: str, topics: Topics) -> None:
    """Let Kafka forget all that the topics hold; offsets go on. Raises Kafka's own errors."""
    async with administering(servers) as admin:
        await admin.delete_records(dict.fromkeys(topics.partitions, RecordsToDelete(TO_THE_END)))


async def partitions_of(
    admin: AIOKafkaAdminClient, names: Sequence[str] | None = None
) -> dict[str, int]:
    """Give how many partitions topics have, of those that exist; without names, of all."""
    described = await admin.describe_topics(names)
    return {t["topic"]: len(t["partitions"]) for t in described if t["error_code"] == 0}


async def create(admin: AIOKafkaAdminClient, topics: Topics, missing: list[str]) -> None:
    """Create topics as they are declared."""
    if not missing:
        return
    brokers = len((await admin.describe_cluster())["brokers"])
    replicas = min(REPLICAS, brokers)
    new = [NewTopic(n, PARTITIONS, replicas, topic_configs=topics.configs) for n in missing]
    answer = await admin.create_topics(new)
    for name, code, message in answer.topic_errors:
        if code not in (0, TopicAlreadyExistsError.errno):
            raise for_code(code)(f"{name}: {message}")


async def differences(
    admin: AIOKafkaAdminClient, topics: Topics, there: dict[str, int]
) -> dict[str, str]:
    """Say of each topic that exists how it differs from its declaration."""
    found = {}
    for name, settings in (await configured(admin, topics, there)).items():
        wrong = [
            f"{key} is {settings[key]}, not {declared}"
            for key, declared in topics.configs.items()
            if settings[key] != declared
        ]
        if there[name] != PARTITIONS:
            wrong.append(f"it has {there[name]} partitions, not {PARTITIONS}")
        if wrong:
            found[name] = f"topic {name}: {', '.join(wrong)}"
    return found


async def configured(
    admin: AIOKafkaAdminClient, topics: Topics, names: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Read what topics are configured to be."""
    asked = [resource(name, dict.fromkeys(topics.configs, "")) for name in names]
    if not asked:
        return {}
    answers = await admin.describe_configs(asked)
    return {
        name: {entry[0]: entry[1] for entry in entries}
        for answer in answers
        for _code, _message, _type, name, entries in answer.resources
    }


async def alter(
    admin: AIOKafkaAdminClient, topics: Topics, there: dict[str, int], names: Iterable[str]
) -> None:
    """Make topics as they are declared. Raises `WrongTopic` where Kafka cannot."""
    for name in names:
        if there[name] > PARTITIONS:
            raise WrongTopic(
                f"topic {name} has {there[name]} partitions, not {PARTITIONS}, and Kafka takes "
                f"none away: delete the topic, and the relay fills it again from the outbox"
            )
        if there[name] < PARTITIONS:
            await admin.create_partitions({name: NewPartitions(PARTITIONS)})
        await admin.alter_configs([resource(name, topics.configs)])


def resource(name: str, configs: dict[str, str]) -> ConfigResource:
    """Name a topic's settings as Kafka's administration does."""
    return ConfigResource(ConfigResourceType.TOPIC, name, configs)


@asynccontextmanager
async def administering(servers: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """Open Kafka's administration."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers, request_timeout_ms=ADMIN_MS)
    try:
        await admin.start()
        yield admin
    finally:
        await admin.close()
