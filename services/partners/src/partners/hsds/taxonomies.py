"""Our code sets as the standard's taxonomies."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import uuid5

from sharing.codes import MUNICIPALITIES, NEEDS

from partners.domain.catalogue import Access, Intensity
from partners.domain.catalogue_codes import CHANNELS, LANGUAGES, SITUATIONS
from partners.hsds.identity import NAMESPACE

Names = tuple[str, str, str]

ACCESS: Mapping[str, Names] = MappingProxyType(
    {
        Access.SELF: ("Omatoimisesti", "På egen hand", "By oneself"),
        Access.REFERRAL: ("Lähetteellä", "På remiss", "By referral"),
        Access.BOTH: (
            "Omatoimisesti tai lähetteellä", "På egen hand eller på remiss",
            "By oneself or by referral",
        ),
    }
)  # fmt: skip
INTENSITIES: Mapping[str, Names] = MappingProxyType(
    {
        Intensity.ADVICE: ("Neuvonta", "Rådgivning", "Advice"),
        Intensity.GUIDANCE: ("Ohjaus", "Handledning", "Guidance"),
        Intensity.INTENSIVE: ("Tiivis tuki", "Intensivt stöd", "Intensive support"),
    }
)


class Taxonomy(NamedTuple):
    """A code set, what it is called, and the names of its terms."""

    code: str
    name: str
    description: str
    terms: Mapping[str, Names]

    @property
    def id(self) -> str:
        """Its id, derived from its code."""
        return str(uuid5(NAMESPACE, f"taxonomies/{self.code}"))

    def term_id(self, code: str) -> str:
        """Give the id of a term."""
        return str(uuid5(NAMESPACE, f"taxonomies/{self.code}/{code}"))


def alike(names: Mapping[str, str]) -> dict[str, Names]:
    """Give names that are the same in all languages."""
    return {code: (name, name, name) for code, name in names.items()}


TAXONOMIES: Mapping[str, Taxonomy] = MappingProxyType(
    {
        t.code: t
        for t in (
            Taxonomy("needs", "Tarpeet", "What a client may need", NEEDS),
            Taxonomy("situations", "Elämäntilanteet", "What a client lives in", SITUATIONS),
            Taxonomy("access", "Pääsy", "How one gets into a service", ACCESS),
            Taxonomy("intensity", "Tuen määrä", "How much of a worker's time", INTENSITIES),
            Taxonomy("channels", "Kanavat", "How a service is reached from afar", CHANNELS),
            Taxonomy(
                "municipalities", "Kunnat", "Municipalities by the codes of Statistics Finland",
                alike(MUNICIPALITIES),
            ),
            Taxonomy(
                "languages", "Kielet", "Languages by ISO 639-1",
                alike({code: code for code in sorted(LANGUAGES)}),
            ),
        )
    }
)  # fmt: skip


def taxonomy(found: Taxonomy) -> dict[str, Any]:
    """Write a taxonomy in the standard's words."""
    return {"id": found.id, "name": found.name, "description": found.description, "version": "1"}


def term(of: str, code: str) -> dict[str, Any]:
    """Write a term; one that the set does not have is written by its code."""
    whole = TAXONOMIES[of]
    fi, _, en = whole.terms.get(code, (code, code, code))
    return {
        "id": whole.term_id(code),
        "code": code,
        "name": fi,
        "description": en,
        "taxonomy": whole.code,
        "taxonomy_detail": taxonomy(whole),
        "taxonomy_id": whole.id,
        "language": "fi",
    }


def terms() -> Iterator[tuple[str, str]]:
    """Walk all terms: taxonomy and code, in an order that stays."""
    return ((whole.code, code) for whole in TAXONOMIES.values() for code in whole.terms)


BY_ID: Mapping[str, tuple[str, str]] = MappingProxyType(
    {TAXONOMIES[of].term_id(code): (of, code) for of, code in terms()}
)
