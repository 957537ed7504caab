"""What a partner offers comes from the national catalogue (PTV), in the shape of its API v11.

Both services are examples: made up, as are their telephones and pages.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from kumppani.actors import Actor, Json, expect

RESPONSIBLE = {"id": "5b1f3a52-7c0d-4a53-9d0e-0c2f6e6f4a01", "name": "Kela"}
PLACE, LINE = "c1d2e3f4-0000-4000-8000-000000000001", "c1d2e3f4-0000-4000-8000-000000000002"
# Which need a life event of the PTV stands for.
NEEDS = {
    "http://urn.fi/URN:NBN:fi:au:ptvl:v3009": "work_ability",
    "http://urn.fi/URN:NBN:fi:au:ptvl:v3014": "finances",
}


def said(fi: str, sv: str, type_: str) -> list[Json]:
    """Write a text of a type in Finnish and Swedish."""
    return [{"language": n, "value": v, "type": type_} for n, v in (("fi", fi), ("sv", sv))]


def service(id_: str, names: list[Json], about: list[Json], event: str, channel: str) -> Json:
    """Write a service for the people of Oulu and Kempele, which is free of charge."""
    return {
        "id": id_,
        "type": "Service",
        "serviceNames": names,
        "serviceDescriptions": about,
        "serviceChargeType": "FreeOfCharge",
        "areaType": "LimitedType",
        "areas": [
            {"type": "Municipality", "municipalities": [{"code": "564"}, {"code": "244"}]},
        ],
        "languages": ["fi", "sv"],
        "lifeEvents": [{"uri": event}],
        "serviceChannels": [{"serviceChannel": {"id": channel}}],
        "organizations": [{"roleType": "Responsible", "organization": RESPONSIBLE}],
        "publishingStatus": "Published",
    }


def hours(first: str, last: str, opens: str, closes: str) -> Json:
    """Write opening hours that are the same from one weekday to another."""
    hour = {"dayFrom": first, "dayTo": last, "from": opens, "to": closes}
    return {"serviceHourType": "DaysOfTheWeek", "isClosed": False, "openingHour": [hour]}


def channel(id_: str, kind: str, names: list[Json], **more: Any) -> Json:
    """Write a channel that is open in office hours."""
    return {
        "id": id_,
        "serviceChannelType": kind,
        "serviceChannelNames": names,
        "serviceHours": [hours("Monday", "Friday", "09:00:00", "15:00:00")],
        "publishingStatus": "Published",
        **more,
    }


STREET = {
    "street": [{"language": "fi", "value": "Esimerkkikatu"}],
    "streetNumber": "1",
    "postalCode": "90100",
    "municipality": {"code": "564"},
    "latitude": "7213000",
    "longitude": "428000",
}
DIRECTORY: Mapping[str, list[Json]] = {
    "services": [
        service(
            "8c6f1d4a-3a5e-4a51-9d4e-2f0f9f0a7b01",
            said("Työkykyneuvonta", "Arbetsförmågerådgivning", "Name"),
            said(
                "Neuvontaa, kun työkyky on heikentynyt ja paluu työhön mietityttää.",
                "Råd för dig vars arbetsförmåga är nedsatt.",
                "Description",
            ),
            "http://urn.fi/URN:NBN:fi:au:ptvl:v3009",
            LINE,
        ),
        service(
            "8c6f1d4a-3a5e-4a51-9d4e-2f0f9f0a7b02",
            said("Etuusneuvonta työttömälle", "Förmånsrådgivning för arbetslösa", "Name"),
            said(
                "Neuvontaa työttömyyden aikaisista etuuksista.",
                "Råd om förmåner under arbetslöshet.",
                "Description",
            ),
            "http://urn.fi/URN:NBN:fi:au:ptvl:v3014",
            PLACE,
        ),
    ],
    "serviceChannels": [
        channel(
            LINE,
            "Phone",
            said("Neuvontapuhelin", "Rådgivningstelefon", "Name"),
            phoneNumbers=[{"type": "Phone", "prefixNumber": "+358", "number": "440000000"}],
        ),
        channel(
            PLACE,
            "ServiceLocation",
            said("Palvelupiste", "Serviceställe", "Name"),
            addresses=[{"type": "Location", "subType": "Single", "streetAddress": STREET}],
        ),
    ],
}


class Directory:
    """A partner that has its services in the PTV already, and types nothing twice."""

    def __init__(self, partner: Actor, tell: Callable[[str], Awaitable[None]]) -> None:
        self._partner = partner
        self._tell = tell

    async def take_in(self) -> None:
        """Import the directory, find it by search, and read it as anybody may."""
        body = {"format": "ptv", "needs": NEEDS, "directory": DIRECTORY}
        begun = await self._partner.post("/partners/catalogue/imports", body)
        path = f"/partners/catalogue/imports/{begun['id']}"
        ended = await self._partner.until(path, lambda i: i["status"] == "ended", "its end")
        done = ended["progress"]
        expect(done["taken"] + done["unchanged"] == len(DIRECTORY["services"]), "all are taken")
        who = self._partner.organisation
        counts = f"{done['taken']} new, {done['unchanged']} as before"
        await self._tell(f"{who} imports its directory of the PTV: {counts}")
        found = await self._partner.get(
            "/partners/catalogue/search", q="tyokykyneuvonta", municipality="244"
        )
        name = found["items"][0]["offering"]["name"]["fi"]
        expect(name == "Työkykyneuvonta", "search finds it, without its dots")
        shown = await self._partner.get("/partners/hsds/services", search="etuusneuvonta")
        expect(shown["total_items"] == 1, "the open directory shows it")
        spot = await self._partner.get(
            "/partners/hsds/service_at_locations", search="etuusneuvonta"
        )
        where = spot["contents"][0]["location"]["name"]
        await self._tell(
            f"Search finds {name}; /hsds/ shows {shown['contents'][0]['name']}: {where}"
        )
