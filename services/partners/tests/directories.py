"""Records of directories as others write them; all of it is made up."""

from typing import Any

# A record as the Open Referral UK profile writes it.
UK: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Community Counselling",
    "description": "Counselling by trained people.",
    "status": "active",
    "url": "http://example.com/counselling",
    "email": "email@example.com",
    "fees_description": "Free for residents.",
    "minimum_age": 12,
    "maximum_age": None,
    "assured_date": "2025-01-01",
    "organization": {
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Org", "description": "An org",
    },
    "contacts": [{"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Ann Persona"}],
    "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "+44 1234 234567"}],
    "languages": [
        {"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "code": "ur", "name": "Urdu"},
        {"id": "2989d3ed-c547-48f8-8f9d-432d81c7892f", "code": "qqq", "name": "Klingon"},
    ],
    "service_areas": [{"id": "381c64f1-a724-4884-9c21-ac96c21cca3e", "name": "MyCity"}],
    "cost_options": [
        {"id": "1fdf4d39-3d80-484d-9f92-a8ffa08621e7", "currency": "gbp", "amount": 35,
         "option": "per hour"}
    ],
    "service_at_locations": [
        {
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical",
                "name": "Keskus", "latitude": 65.01, "longitude": 25.47,
                "addresses": [
                    {"id": "74706e55-df26-4b84-80fe-ecc30b5befb4", "address_1": "Torikatu 34",
                     "city": "Oulu", "state_province": "", "postal_code": "90100",
                     "country": "FI", "address_type": "physical"}
                ],
                "schedules": [
                    {"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "freq": "WEEKLY",
                     "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:00Z"},
                    {"id": "48102e86-bb50-41c4-8f1e-e269368c41d2", "freq": "MONTHLY",
                     "byday": "2MO", "opens_at": "09:00", "closes_at": "17:00"},
                ],
            },
        }
    ],
    "attributes": [
        {
            "id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e",
            "taxonomy_term": {
                "id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "code": "mh", "name": "Mental health",
                "description": "", "taxonomy": "esdServiceTypes",
            },
        }
    ],
}  # fmt: skip

# A service and its channels in the shape of the PTV's API v11.
PTV_SERVICE: dict[str, Any] = {
    "id": "56a4d0e9-2ef3-4e86-bd2a-f12576b8de3b",
    "type": "Service",
    "serviceNames": [
        {"language": "fi", "value": "Nuorten ohjaus", "type": "Name"},
        {"language": "sv", "value": "Handledning för unga", "type": "Name"},
        {"language": "fi", "value": "Ohjaamo", "type": "AlternativeName"},
    ],
    "serviceDescriptions": [
        {"language": "fi", "value": "Lyhyesti.", "type": "Summary"},
        {"language": "fi", "value": "Ohjausta alle 30-vuotiaille.", "type": "Description"},
        {"language": "fi", "value": "Maksuton kaikille.", "type": "ChargeTypeAdditionalInfo"},
    ],
    "languages": ["fi", "sv", "zz"],
    "areaType": "LimitedType",
    "areas": [
        {"type": "Municipality", "municipalities": [
            {"code": "564", "name": [{"language": "fi", "value": "Oulu"}]},
            {"code": "244", "name": [{"language": "fi", "value": "Kempele"}]},
            {"code": "091", "name": [{"language": "fi", "value": "Helsinki"}]},
        ]},
    ],
    "ontologyTerms": [
        {"code": "", "uri": "http://www.yso.fi/onto/koko/p1",
         "name": [{"language": "fi", "value": "uraohjaus"}]},
    ],
    "serviceChargeType": "FreeOfCharge",
    "requirements": [{"language": "fi", "value": "Ei vaatimuksia."}],
    "serviceChannels": [
        {"serviceChannel": {"id": "0a1b2c3d-0000-4000-8000-000000000001", "name": "Piste"}},
        {"serviceChannel": {"id": "0a1b2c3d-0000-4000-8000-000000000002", "name": "Puhelin"}},
    ],
    "organizations": [
        {"roleType": "Responsible",
         "organization": {"id": "0a1b2c3d-0000-4000-8000-00000000000a", "name": "Kaupunki"}},
    ],
    "publishingStatus": "Published",
}  # fmt: skip
PTV_CHANNELS: list[dict[str, Any]] = [
    {
        "id": "0a1b2c3d-0000-4000-8000-000000000001",
        "serviceChannelType": "ServiceLocation",
        "serviceChannelNames": [{"language": "fi", "value": "Palvelupiste", "type": "Name"}],
        "addresses": [
            {"type": "Postal", "subType": "PostOfficeBox"},
            {"type": "Location", "subType": "Single", "streetAddress": {
                "street": [{"language": "fi", "value": "Torikatu"}], "streetNumber": "34",
                "postalCode": "90100", "municipality": {"code": "564"},
                "latitude": "7213000", "longitude": "428000",
            }},
        ],
        "serviceHours": [
            {"serviceHourType": "DaysOfTheWeek", "isClosed": False, "openingHour": [
                {"dayFrom": "Monday", "dayTo": "Thursday", "from": "08:00:00", "to": "16:00:00"},
                {"dayFrom": "Friday", "dayTo": None, "from": "08:00:00", "to": "15:00:00"},
            ]},
            {"serviceHourType": "Exceptional", "isClosed": True, "openingHour": []},
        ],
    },
    {
        "id": "0a1b2c3d-0000-4000-8000-000000000002",
        "serviceChannelType": "Phone",
        "serviceChannelNames": [{"language": "fi", "value": "Neuvonta", "type": "Name"}],
        "phoneNumbers": [{"language": "fi", "prefixNumber": "+358", "number": "440000000"}],
        "webPages": [{"language": "fi", "url": "https://example.org/ohjaus"}],
    },
]  # fmt: skip
