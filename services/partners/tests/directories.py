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

# One as publishers of the UK profile write it: with nulls, hours and fees of the service itself,
# terms by `term`, more than one kind of location, a point that is none, and names beside the
# standard's.
UK_IN_PRACTICE: dict[str, Any] = {
    "id": "7f0a1c52-64f3-4b0e-8f0e-9a6a5b3c2d10",
    "name": "Työpaja",
    "description": "<p>" + "Valmennusta työhön. " * 250 + "</p>",
    "url": "https://example.org/tyo",
    "email": "tyo@example.org",
    "status": "active",
    "fees": "Five a session.",
    "accreditations": "By nobody.",
    "minimum_age": None,
    "maximum_age": None,
    "assured_date": "2026-09-01",
    "assurer_email": "tarkistus@example.org",
    "alert": "Closed in July.",
    "last_modified": "2026-09-01T10:30:45.123Z",
    "phones": [
        {"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "+358 8 1234567",
         "extension": 12, "type": "voice"},
        {"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15f", "number": "+358 8 7654321", "type": "fax"},
    ],
    "schedules": [
        {"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "valid_from": "2026-01-01",
         "valid_to": None, "dtstart": "2026-01-01", "until": "2027-01-01", "freq": "WEEKLY",
         "interval": 1, "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00",
         "attending_type": "In person"},
    ],
    "service_areas": [
        {"id": "381c64f1-a724-4884-9c21-ac96c21cca3e", "name": "Oulu"},
        {"id": "381c64f1-a724-4884-9c21-ac96c21cca3f", "name": "Everywhere else",
         "extent": "…", "extent_type": "geojson"},
        {"id": "381c64f1-a724-4884-9c21-ac96c21cca40", "name": "kempele"},
    ],
    "service_at_locations": [
        {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "name": "Keskus",
            "latitude": 100, "longitude": 101,
            "external_identifier": "10092008082", "external_identifier_type": "UPRN",
            "addresses": [
                {"id": "74706e55-df26-4b84-80fe-ecc30b5befb4", "address_1": "PL 1",
                 "city": "Oulu", "postal_code": "90101", "address_type": "postal"},
                {"id": "74706e55-df26-4b84-80fe-ecc30b5befb5", "address_1": "Asemakatu 1",
                 "city": "Oulu", "postal_code": "90100", "address_type": "physical"},
            ],
            "accessibility": [{"id": "afcf296e-1cb2-4139-9c88-33d587d1a50b",
                               "description": "Step-free."}],
        }},
        {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1766", "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d6", "location_type": "physical",
            "name": "Kirjasto", "latitude": 64.91, "longitude": 25.5,
            "addresses": [{"id": "74706e55-df26-4b84-80fe-ecc30b5befb6", "city": "KEMPELE",
                           "address_type": "physical"}],
         },
         "schedules": [
            {"id": "48102e86-bb50-41c4-8f1e-e269368c41d3", "byday": "SA", "opens_at": "10:00+03:00",
             "closes_at": "12:00+03:00"}
         ]},
        {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1767", "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d7", "location_type": "postal",
            "addresses": [{"id": "74706e55-df26-4b84-80fe-ecc30b5befb7", "city": "Oulu"}]}},
        {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1768", "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d8", "name": "Civic Center",
            "description": "On Main Street.",
            "addresses": [{"id": "74706e55-df26-4b84-80fe-ecc30b5befb8", "city": "MyCity"}]}},
        {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1769"},
    ],
    "languages": [{"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e"},
                  {"id": "2989d3ed-c547-48f8-8f9d-432d81c7892f", "code": "FI"}],
    "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Org",
                     "description": "An org", "website": "https://example.org"},
    "funding": [{"id": "1f2df32c-bf08-4b8e-bd6f-e834014b19bc", "source": "Grants."}],
    "cost_options": [],
    "contacts": [{"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Ann Persona",
                  "title": "Reception"}],
    "attributes": [
        {"id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e", "link_type": "link_type", "taxonomy_term": {
            "id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "taxonomy": "esdServiceTypes",
            "term": "Employment support", "parent_id": "0bc248fa-dc27-4650-9ba4-8f1a24ef16a2"}},
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
        "publishingStatus": "Published",
    },
    {
        "id": "0a1b2c3d-0000-4000-8000-000000000002",
        "serviceChannelType": "Phone",
        "serviceChannelNames": [{"language": "fi", "value": "Neuvonta", "type": "Name"}],
        "phoneNumbers": [{"language": "fi", "prefixNumber": "+358", "number": "440000000"}],
        "webPages": [{"language": "fi", "url": "https://example.org/ohjaus"}],
    },
]  # fmt: skip

# Another, with what real services have besides: words of the link to a channel, hours that never
# end, an address outside of streets, help, forms and telefaxes.
PTV_YOUTH: dict[str, Any] = {
    "id": "6e4c7a10-96c1-4f1e-a3d0-1f2b3c4d5e6f",
    "sourceId": None,
    "type": "Service",
    "fundingType": "PubliclyFunded",
    "generalDescriptionId": "11111111-2222-4333-8444-555555555555",
    "serviceNames": [{"language": "fi", "value": "Työllisyyspalvelut", "type": "Name"}],
    "serviceChargeType": "Chargeable",
    "areaType": "LimitedType",
    "areas": [
        {"type": "Region", "code": "17", "name": [{"language": "fi", "value": "Pohjois-Pohjanmaa"}],
         "municipalities": [
            {"code": "564", "name": [{"language": "fi", "value": "Oulu"}]},
            {"code": "425", "name": [{"language": "fi", "value": "Liminka"}]}]},
    ],
    "serviceDescriptions": [
        {"language": "fi", "value": "Työnhakijoille.", "type": "Summary"},
        {"language": "fi", "value": "Varaa aika.", "type": "UserInstruction"},
    ],
    "languages": ["fi", "smn"],
    "keywords": [{"language": "fi", "value": "työ"}],
    "serviceClasses": [
        {"name": [{"language": "fi", "value": "Työnhaku"}], "code": "P8.1",
         "uri": "http://urn.fi/URN:NBN:fi:au:ptvl:v1081", "parentUri": None, "description": []},
    ],
    "ontologyTerms": [
        {"name": [{"language": "fi", "value": "työttömyys"}], "code": "",
         "uri": "http://www.yso.fi/onto/koko/p33193"},
    ],
    "targetGroups": [
        {"name": [{"language": "fi", "value": "Kansalaiset"}], "code": "KR1",
         "uri": "http://urn.fi/URN:NBN:fi:au:ptvl:v2001", "parentId": None},
    ],
    "lifeEvents": [
        {"name": [{"language": "fi", "value": "Työttömäksi jääminen"}], "code": "KE14",
         "uri": "http://urn.fi/URN:NBN:fi:au:ptvl:v3014"},
    ],
    "serviceChannels": [
        {"serviceChannel": {"id": "0a1b2c3d-0000-4000-8000-000000000011", "name": "Talo"},
         "serviceChargeType": None, "isASTIConnection": False, "description": [],
         "serviceHours": [
            {"serviceHourType": "DaysOfTheWeek", "isClosed": False, "validForNow": False,
             "validFrom": "2026-12-31T22:00:00Z", "validTo": "2027-06-30T20:59:59Z",
             "isAlwaysOpen": False, "isReservation": False,
             "openingHour": [
                {"dayFrom": "Monday", "dayTo": "", "from": "09:00:00", "to": "11:00:00"}]},
         ],
         "contactDetails": {
            "emails": [{"language": "fi", "value": "tyo@example.org"}],
            "phoneNumbers": [{"language": "fi", "prefixNumber": None, "number": "0800 000000",
                              "isFinnishServiceNumber": True, "serviceChargeType": "FreeOfCharge"}],
            "webPages": [], "addresses": []}},
        {"serviceChannel": {"id": "0a1b2c3d-0000-4000-8000-000000000012", "name": "Asiointi"}},
        {"serviceChannel": {"id": "0a1b2c3d-0000-4000-8000-000000000013", "name": "Lomake"},
         "serviceHours": [
            {"serviceHourType": "DaysOfTheWeek", "isClosed": False, "openingHour": [
                {"dayFrom": "Tuesday", "dayTo": "", "from": "10:00:00", "to": "12:00:00"}]},
         ]},
    ],
    "organizations": [
        {"roleType": "Responsible", "provisionType": None,
         "organization": {"id": "0a1b2c3d-0000-4000-8000-00000000000a", "name": "Kaupunki"}},
        {"roleType": "Producer", "provisionType": "SelfProducedServices",
         "organization": {"id": "0a1b2c3d-0000-4000-8000-00000000000b", "name": "Muu"}},
    ],
    "publishingStatus": "Published",
    "modified": "2026-11-01T08:30:04.835555Z",
}  # fmt: skip
PTV_YOUTH_CHANNELS: list[dict[str, Any]] = [
    {
        "id": "0a1b2c3d-0000-4000-8000-000000000011",
        "serviceChannelType": "ServiceLocation",
        "serviceChannelNames": [{"language": "sv", "value": "Huset", "type": "Name"}],
        "phoneNumbers": [
            {"type": "Phone", "language": "fi", "prefixNumber": "+358", "number": "440000001"},
            {"type": "Fax", "language": "fi", "prefixNumber": "+358", "number": "440000002"},
        ],
        "emails": [], "webPages": [{"language": "fi", "url": None, "value": None}],
        "addresses": [
            {"type": "Location", "subType": "Other", "streetAddress": None, "otherAddress": {
                "postalCode": "91900", "municipality": {"code": "425"},
                "latitude": "7190000.5", "longitude": "424000.25", "coordinateState": "Ok"}},
            {"type": "Location", "subType": "Single", "streetAddress": {
                "street": [{"language": "fi", "value": "Toinen"}], "postalCode": "91900",
                "municipality": {"code": "425"}}},
        ],
        "serviceHours": [
            {"serviceHourType": "DaysOfTheWeek", "isClosed": False, "openingHour": [
                {"dayFrom": "Friday", "dayTo": "", "from": "12:00:00", "to": "13:00:00"}]},
        ],
    },
    {
        "id": "0a1b2c3d-0000-4000-8000-000000000012",
        "serviceChannelType": "EChannel",
        "serviceChannelNames": [{"language": "fi", "value": "Asiointi", "type": "Name"}],
        "webPages": [{"language": "fi", "url": "https://example.org/asiointi"}],
        "supportPhones": [{"language": "fi", "prefixNumber": "+358", "number": "440000003"}],
        "supportEmails": [{"language": "fi", "value": "tuki@example.org"}],
        "serviceHours": [
            {"serviceHourType": "DaysOfTheWeek", "isClosed": False, "isAlwaysOpen": True,
             "openingHour": []},
            {"serviceHourType": "DaysOfTheWeek", "isClosed": False, "isReservation": True,
             "openingHour": []},
            {"serviceHourType": "OverMidnight", "isClosed": False, "openingHour": [
                {"dayFrom": "Friday", "dayTo": "Saturday", "from": "22:00:00", "to": "04:00:00"}]},
        ],
    },
    {
        "id": "0a1b2c3d-0000-4000-8000-000000000013",
        "serviceChannelType": "PrintableForm",
        "serviceChannelNames": [{"language": "fi", "value": "Lomake", "type": "Name"}],
        "channelUrls": [{"language": "fi", "value": "https://example.org/l.pdf", "type": "PDF"}],
    },
]  # fmt: skip
