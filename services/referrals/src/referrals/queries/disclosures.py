"""Reading the disclosure log: the client's own view, and whether anybody touched it."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from kit.database import Transaction
from sqlalchemy import Row, Select, select

from referrals.domain.disclosures import Disclosure, DisclosureHead, chained


class Witnessed(NamedTuple):
    """What was sealed of a chain, by the word of a keeper outside the database."""

    number: int
    hash: bytes


class Finding(NamedTuple):
    """What is wrong with a client's chain, and from which entry on."""

    client_id: UUID
    number: int
    what: str


def disclosures_of(records: Sequence[UUID]) -> Select[Disclosure]:
    """Select who saw or wrote what of a client, in all records of the person."""
    return select(Disclosure).where(Disclosure.client_id.in_(records))


async def verified(
    tx: Transaction, witnessed: Mapping[UUID, Iterable[Witnessed]]
) -> tuple[int, list[Finding]]:
    """Walk all chains; give how many entries there are, and what is wrong.

    An edit, a deletion, a change of order and a cut tail are found: within the chain by its
    hashes, at its end by the head and by what was witnessed, which finds a whole chain that was
    written anew as well.
    """
    ends: dict[UUID, list[Witnessed]] = {c: list(each) for c, each in witnessed.items()}
    for head in await tx.execute(select(*DisclosureHead.__table__.columns)):
        ends.setdefault(head.client_id, []).append(Witnessed(head.number, head.hash))
    count = 0
    found: list[Finding] = []
    async for links in chains(tx):
        client_id = links[0].client_id
        count += len(links)
        found += of_chain(client_id, links, ends.pop(client_id, []))
    gone = [Finding(client_id, 1, "the whole chain is gone") for client_id in ends]
    return count, [*found, *gone]


async def chains(tx: Transaction) -> AsyncIterator[list[Row[Any]]]:
    """Read the chain of each client, one at a time."""
    links: list[Row[Any]] = []
    columns = Disclosure.__table__.columns
    query = select(*columns).order_by(Disclosure.client_id, Disclosure.number)
    async for row in await tx.stream(query):
        if links and row.client_id != links[0].client_id:
            yield links
            links = []
        links.append(row)
    if links:
        yield links


def of_chain(
    client_id: UUID, links: list[Row[Any]], sealed: Iterable[Witnessed]
) -> Iterator[Finding]:
    """Say what is wrong with one chain: its first break, and each end that it does not reach."""
    before, hashes = b"", {}
    for place, link in enumerate(links, 1):
        if link.number != place:
            yield Finding(client_id, place, "an entry is missing")
            break
        before = chained(before, client_id, link.number, link.organisation, link.entry)
        if before != link.hash:
            yield Finding(client_id, place, "an entry was changed")
            break
        hashes[place] = before
    else:
        for end in sealed:
            if end.number > len(links):
                yield Finding(client_id, len(links) + 1, "the end was cut off")
            elif hashes[end.number] != end.hash:
                yield Finding(client_id, end.number, "the chain was written anew")
