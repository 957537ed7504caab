"""What a table may ask of a client: nothing else, and nothing that tells who the client is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kit.texts import Text, text
from sharing.codes import NEEDS

from partners.domain.catalogue_codes import SITUATIONS

Value = bool | int | str


class Kind(StrEnum):
    """What sort of value a field has."""

    NUMBER = "number"
    CODE = "code"
    TRUTH = "truth"


@dataclass(frozen=True)
class Field:
    """A thing to know of a client: a whole number from `low` to `high`, a code, or a truth."""

    name: Text
    kind: Kind
    low: int = 0
    high: int = 0
    codes: Mapping[str, str] = field(default_factory=dict)

    def takes(self, value: Value) -> bool:
        """Say whether a value can be this field's."""
        if self.kind is Kind.TRUTH:
            return isinstance(value, bool)
        if self.kind is Kind.CODE:
            return isinstance(value, str) and value in self.codes
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and self.low <= int(value) <= self.high


def truths(prefix: str, names: Mapping[str, tuple[str, str, str]]) -> dict[str, Field]:
    """Make a field of each code of a set: whether it holds of the client."""
    return {f"{prefix}.{code}": Field(text(*name), Kind.TRUTH) for code, name in names.items()}


Fields = Mapping[str, Field]


def fields_with(municipalities: Mapping[str, Text]) -> Fields:
    """Give all fields; municipalities are those that the register of areas has."""
    name = text("Kotikunta", "Hemkommun", "Municipality")
    codes = {code: called.fi for code, called in municipalities.items()}
    return {**STANDING, "municipality": Field(name, Kind.CODE, codes=codes)}


STANDING: Fields = MappingProxyType(
    {
        "age": Field(text("Ikä", "Ålder", "Age"), Kind.NUMBER, 0, 120),
        "days_unemployed": Field(
            text("Työttömyyspäivät", "Arbetslöshetsdagar", "Days unemployed"),
            Kind.NUMBER, 0, 20_000,
        ),
        **truths("situations", SITUATIONS),
        **truths("needs", NEEDS),
        **truths(
            "languages",
            {
                "fi": ("Osaa suomea", "Kan finska", "Speaks Finnish"),
                "sv": ("Osaa ruotsia", "Kan svenska", "Speaks Swedish"),
                "en": ("Osaa englantia", "Kan engelska", "Speaks English"),
            },
        ),
    }
)  # fmt: skip
