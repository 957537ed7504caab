"""Our code sets as the standard's taxonomies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import uuid5

from kit.texts import Text
from sharing.codes import NEEDS

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

    def names(self, code: str) -> Names:
        """Give what a term is called; one that the set does not have is called by its code."""
        return self.terms.get(code, (code, code, code))

    def written(self) -> dict[str, Any]:
        """Write it in the standard's words."""
        return {"id": self.id, "name": self.name, "description": self.description, "version": "1"}

    def term(self, code: str) -> dict[str, Any]:
        """Write a term."""
        fi, _, en = self.names(code)
        return {
            "id": self.term_id(code),
            "code": code,
            "name": fi,
            "description": en,
            "taxonomy": self.code,
            "taxonomy_detail": self.written(),
            "taxonomy_id": self.id,
            "language": "fi",
        }


def municipalities(called: Mapping[str, Text]) -> Taxonomy:
    """Make the set of municipalities, which grows with the register of areas."""
    names = {code: (t.fi, t.read("sv"), t.read("en")) for code, t in called.items()}
    about = "Municipalities by the codes of Statistics Finland"
    return Taxonomy("municipalities", "Kunnat", about, names)


# The sets that do not change while the software runs.
FIXED: Mapping[str, Taxonomy] = MappingProxyType(
    {
        t.code: t
        for t in (
            Taxonomy("needs", "Tarpeet", "What a client may need", NEEDS),
            Taxonomy("situations", "Elämäntilanteet", "What a client lives in", SITUATIONS),
            Taxonomy("access", "Pääsy", "How one gets into a service", ACCESS),
            Taxonomy("intensity", "Tuen määrä", "How much of a worker's time", INTENSITIES),
            Taxonomy("channels", "Kanavat", "How a service is reached from afar", CHANNELS),
            Taxonomy(
                "languages", "Kielet", "Languages by ISO 639-1",
                {code: (code, code, code) for code in sorted(LANGUAGES)},
            ),
        )
    }
)  # fmt: skip
IDS: Mapping[str, str] = MappingProxyType(
    {whole.code: whole.id for whole in (*FIXED.values(), municipalities({}))}
)


@dataclass(frozen=True)
class Taxonomies:
    """All sets, with the municipalities that there are now."""

    municipalities: Taxonomy

    @property
    def all(self) -> tuple[Taxonomy, ...]:
        """Every set, in an order that stays."""
        return (*FIXED.values(), self.municipalities)

    def terms(self) -> Iterator[tuple[Taxonomy, str]]:
        """Walk all terms: set and code, in an order that stays."""
        return ((whole, code) for whole in self.all for code in whole.terms)

    def by_id(self, id_: str) -> Taxonomy | None:
        """Find a set."""
        return next((whole for whole in self.all if whole.id == id_), None)

    def term_by_id(self, id_: str) -> tuple[Taxonomy, str] | None:
        """Find a term: its set, and its code."""
        return next(((t, code) for t, code in self.terms() if t.term_id(code) == id_), None)
