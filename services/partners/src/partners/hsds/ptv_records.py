"""What is read of the Finnish Service Catalogue (Palvelutietovaranto, PTV) in its shape v11."""

from typing import Annotated

from pydantic import Field, StringConstraints

from partners.hsds.records import Many, Record

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]


class Said(Record):
    """A text in a language; `type` says which text."""

    language: Word
    value: Word
    type: Word | None = None


class Coded(Record):
    """A class, a term, a life event."""

    code: Word | None = None
    uri: Word | None = None
    name: tuple[Said, ...] = Many

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called by."""
        return tuple(n for n in (self.uri, self.code, *(said.value for said in self.name)) if n)


class Area(Record):
    """An area of a service, with the municipalities in it, whatever its type."""

    type: Word | None = None
    municipalities: tuple[Coded, ...] = Many


class Hour(Record):
    """When it opens and closes, from one weekday to another."""

    day_from: Word | None = Field(None, alias="dayFrom")
    day_to: Word | None = Field(None, alias="dayTo")
    opens: Word | None = Field(None, alias="from")
    closes: Word | None = Field(None, alias="to")


class ServiceHours(Record):
    """A table of hours; one that is neither closed nor by reservation and lists none is of a place
    that is always open.
    """

    type: Word | None = Field(None, alias="serviceHourType")
    valid_from: Word | None = Field(None, alias="validFrom")
    valid_to: Word | None = Field(None, alias="validTo")
    closed: bool = Field(default=False, alias="isClosed")
    reserved: bool = Field(default=False, alias="isReservation")
    note: tuple[Said, ...] = Field(default=(), alias="additionalInformation", max_length=50)
    hours: tuple[Hour, ...] = Field(default=(), alias="openingHour", max_length=100)


class Street(Record):
    """An address, in a street or outside of any; coordinates are metres in ETRS-TM35FIN."""

    street: tuple[Said, ...] = Many
    number: Word | None = Field(None, alias="streetNumber")
    postal_code: Word | None = Field(None, alias="postalCode")
    municipality: Coded | None = None
    latitude: Word | None = None
    longitude: Word | None = None


class Address(Record):
    """Where a channel is, or where it gets its post."""

    type: Word | None = None
    street: Street | None = Field(None, alias="streetAddress")
    other: Street | None = Field(None, alias="otherAddress")

    @property
    def visited(self) -> Street | None:
        """Where one goes, if anywhere."""
        return None if self.type == "Postal" else self.street or self.other


class Phone(Record):
    """A telephone number; `type`: Phone, Sms or Fax."""

    type: Word | None = None

    prefix: Word | None = Field(None, alias="prefixNumber")
    number: Word


class Page(Record):
    """A page."""

    url: Word | None = None


class Ways(Record):
    """Ways to reach a channel: its own, and those of its help."""

    phones: tuple[Phone, ...] = Field(default=(), alias="phoneNumbers", max_length=100)
    help_phones: tuple[Phone, ...] = Field(default=(), alias="supportPhones", max_length=100)
    emails: tuple[Said, ...] = Many
    help_emails: tuple[Said, ...] = Field(default=(), alias="supportEmails", max_length=100)
    pages: tuple[Page, ...] = Field(default=(), alias="webPages", max_length=100)
    forms: tuple[Said, ...] = Field(default=(), alias="channelUrls", max_length=100)


class Channel(Ways):
    """A channel: a place, a page, a form, a telephone."""

    id: Word
    kind: Word | None = Field(None, alias="serviceChannelType")
    names: tuple[Said, ...] = Field(default=(), alias="serviceChannelNames", max_length=50)
    addresses: tuple[Address, ...] = Many
    hours: tuple[ServiceHours, ...] = Field(default=(), alias="serviceHours", max_length=100)


class Named(Record):
    """A thing by its id."""

    id: Word


class Link(Record):
    """A service's link to a channel, which may have other hours and other ways to reach it."""

    channel: Named | None = Field(None, alias="serviceChannel")
    hours: tuple[ServiceHours, ...] = Field(default=(), alias="serviceHours", max_length=100)
    contact: Ways = Field(default=Ways(), alias="contactDetails")


class Organization(Record):
    """Who is responsible, or produces."""

    role: Word | None = Field(None, alias="roleType")
    organization: Named | None = None


class Service(Record):
    """A service."""

    id: Word
    names: tuple[Said, ...] = Field(alias="serviceNames", max_length=50)
    descriptions: tuple[Said, ...] = Field(default=(), alias="serviceDescriptions", max_length=100)
    languages: tuple[Word, ...] = Many
    terms: tuple[Coded, ...] = Field(default=(), alias="ontologyTerms", max_length=1000)
    classes: tuple[Coded, ...] = Field(default=(), alias="serviceClasses", max_length=1000)
    groups: tuple[Coded, ...] = Field(default=(), alias="targetGroups", max_length=1000)
    events: tuple[Coded, ...] = Field(default=(), alias="lifeEvents", max_length=1000)
    area_type: Word | None = Field(None, alias="areaType")
    areas: tuple[Area, ...] = Many
    charge: Word | None = Field(None, alias="serviceChargeType")
    channels: tuple[Link, ...] = Field(default=(), alias="serviceChannels", max_length=1000)
    organizations: tuple[Organization, ...] = Many
    status: Word = Field("Published", alias="publishingStatus")


class Joined(Record):
    """A service with the channels that it names."""

    service: Service
    channels: tuple[Channel, ...] = Many

    def link(self, channel: Channel) -> Link:
        """Give what the service says of a channel."""
        links = {each.channel.id: each for each in self.service.channels if each.channel}
        return links.get(channel.id, Link())
