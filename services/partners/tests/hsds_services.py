"""Any offering that there can be, for the properties of what is written and read."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from kit.texts import Text
from partners.domain.catalogue import (
    Access,
    Audience,
    Capacity,
    Channel,
    Hours,
    Intensity,
    Period,
    Place,
    Price,
    Service,
    Weekday,
)
from partners.domain.catalogue_codes import CHANNELS, LANGUAGES, SITUATIONS, UNITS
from partners.hsds.taxonomies import municipalities
from partners.hsds.writing import STATUSES, Listed, Partner
from sharing.codes import MUNICIPALITIES, NEEDS

REGION = municipalities({code: Text(fi=name) for code, name in MUNICIPALITIES.items()})
OULU = Partner("oulu", Text(fi="Oulun kaupunki", sv="Uleåborgs stad", en="City of Oulu"))
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
CODES = st.from_regex(r"[a-z0-9][a-z0-9-]{1,20}", fullmatch=True)


def words(most: int = 60) -> st.SearchStrategy[str]:
    """Draw words as people write them: no control characters, no spaces at the ends."""
    letters = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))
    part = st.text(letters, min_size=1, max_size=most // 3)
    return st.lists(part, min_size=1, max_size=3).map(" ".join)


def some_of(codes: object) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw a few codes of a set, each once."""
    known = sorted(codes)  # type: ignore[call-overload]
    return st.lists(st.sampled_from(known), unique=True, max_size=4).map(tuple)


LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
SAID = st.text(LETTERS, min_size=1, max_size=60)
TEXTS = st.builds(Text, fi=SAID, sv=st.none() | SAID, en=st.none() | SAID)


@st.composite
def pairs(draw: st.DrawFn, values: st.SearchStrategy[object]) -> tuple[object, object]:
    """Draw two in their order, either of them perhaps not there."""
    first, last = sorted(draw(st.tuples(values, values)))  # type: ignore[type-var]
    return draw(st.sampled_from([(first, last), (first, None), (None, last), (None, None)]))


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    """Draw the hours of a week."""
    opens, closes = sorted(draw(st.lists(st.times(), min_size=2, max_size=2, unique_by=str)))
    written = [f"{at:%H:%M}" for at in (opens, closes)]
    if written[0] == written[1]:
        written = ["00:00", "23:59"]
    first, last = draw(pairs(DAYS))
    return Hours.model_validate(
        {
            "days": tuple(draw(st.lists(st.sampled_from(Weekday), min_size=1, unique=True))),
            "opens": written[0],
            "closes": written[1],
            "valid_from": first,
            "valid_until": last,
            "note": draw(st.none() | TEXTS),
        }
    )


HOURS = st.lists(hours(), max_size=2).map(tuple)
POINTS = st.none() | st.tuples(
    st.floats(-90, 90, allow_nan=False), st.floats(-180, 180, allow_nan=False)
)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Draw a place, with as much of an address as anybody gives."""
    point = draw(POINTS) or (None, None)
    return Place(
        code=draw(CODES),
        name=draw(TEXTS),
        municipality=draw(st.sampled_from(sorted(MUNICIPALITIES))),
        street=draw(st.none() | words()),
        postal_code=draw(st.none() | st.from_regex(r"[0-9]{5}", fullmatch=True)),
        latitude=point[0],
        longitude=point[1],
        hours=draw(HOURS),
    )


@st.composite
def channels(draw: st.DrawFn) -> Channel:
    """Draw a channel; its address may be of any form."""
    address = words() | st.emails() | st.just("https://www.ouka.fi/ohjaamo?kieli=fi")
    return Channel(
        kind=draw(st.sampled_from(sorted(CHANNELS))),
        address=draw(address),
        name=draw(st.none() | TEXTS),
        hours=draw(HOURS),
    )


@st.composite
def services(draw: st.DrawFn) -> Service:
    """Draw all that a provider says of a service."""
    first, last = draw(pairs(st.integers(0, 120)))
    audience = Audience(
        age_from=first,  # type: ignore[arg-type]
        age_to=last,  # type: ignore[arg-type]
        municipalities=draw(some_of(MUNICIPALITIES)),
        situations=draw(some_of(SITUATIONS)),
        languages=draw(some_of(LANGUAGES)),
    )
    price = Price(cents=draw(st.none() | st.integers(0, 10_000_000)), note=draw(st.none() | TEXTS))
    return Service(
        name=draw(TEXTS),
        description=draw(TEXTS),
        needs=draw(some_of(NEEDS).filter(bool)),
        audience=audience,
        access=draw(st.sampled_from(Access)),
        channels=tuple(draw(st.lists(channels(), max_size=3))),
        places=tuple(draw(st.lists(places(), max_size=2, unique_by=lambda p: p.code))),
        price=price,
        intensity=draw(st.sampled_from(Intensity)),
        theme=draw(st.none() | CODES),
        stale_after_days=draw(st.integers(1, 366)),
    )


@st.composite
def listings(draw: st.DrawFn) -> Listed:
    """Draw an offering as it is shown."""
    most = draw(st.integers(0, 100_000))
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    capacity = Capacity(
        capacity=most,
        capacity_unit=draw(st.sampled_from(sorted(UNITS))),
        capacity_period=draw(st.sampled_from([None, Period(starts=first, ends=last)])),
    )
    at = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 10**6)))
    return Listed(
        id=draw(st.uuids(version=5)),
        provider=OULU,
        status=draw(st.sampled_from(list(STATUSES))),
        service=draw(services()),
        capacity=capacity,
        available=draw(st.integers(0, most)),
        confirmed_at=draw(st.sampled_from([None, at])),
        changed_at=at,
        municipalities=REGION,
    )
