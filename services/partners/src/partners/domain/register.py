"""What the register of organisations states: values, compared by content, never changed."""

from enum import StrEnum
from typing import Annotated

from kit.texts import Text
from pydantic import Field

from partners.domain.terms import Code, Term

# The code of a kind, as facts and answers tell it: law makes new ones, so the list is open there.
KindCode = Annotated[str, Field(examples=["city"])]


class Kind(StrEnum):
    """What sort of organisation a partner is."""

    CITY = "city"
    MUNICIPALITY = "municipality"
    EMPLOYMENT_AREA = "employment_area"
    WELLBEING_SERVICES_COUNTY = "wellbeing_services_county"
    REGIONAL_COUNCIL = "regional_council"
    ELY_CENTRE = "ely_centre"
    ELINVOIMAKESKUS = "elinvoimakeskus"
    TE_OFFICE = "te_office"
    KELA = "kela"
    EDUCATION_PROVIDER = "education_provider"
    NGO = "ngo"
    PARISH = "parish"
    LABOUR_MARKET_ORGANISATION = "labour_market_organisation"
    COMPANY = "company"


class Unit(Term):
    """A part of an organisation that people know by a name of its own."""

    code: Code = Field(examples=["ohjaamo"])
    name: Text
    municipality: str | None = Field(None, max_length=3, examples=["564"])
