"""What each refusal becomes: those about a referral stand here."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from referrals.api.client_problems import CLIENT_REFUSALS
from referrals.api.handover_problems import HANDOVER_REFUSALS
from referrals.domain.errors import (
    BatchSize,
    FeedbackClosed,
    FieldMissing,
    FileRefused,
    MessagesClosed,
    NoConsent,
    NoSeat,
    NotAddressed,
    NotADraft,
    NotFirstInLine,
    NothingToReceive,
    NoTimeToHold,
    NotPermitted,
    NotThisForm,
    NotYourStep,
    OfferingClosed,
    OutOfContact,
    SecondPersonNeeded,
)

REFUSALS: dict[type[Refusal], ProblemType] = {
    **CLIENT_REFUSALS,
    **HANDOVER_REFUSALS,
    NotPermitted: kind(
        403,
        "not-permitted",
        text(
            "Mikään voimassa oleva sopimus ei salli tietojen luovutusta",
            "Inget gällande avtal tillåter utlämnandet",
            "No agreement in force permits this disclosure",
        ),
        text(
            "Kenttä reasons kertoo kunkin sopimuksen ja lausekkeen kannan.",
            "Fältet reasons anger vad varje avtal och klausul säger.",
            "The field reasons gives the word of each agreement and clause.",
        ),
    ),
    OutOfContact: kind(
        503,
        "out-of-contact",
        text(
            "Tietoja ei luovuteta: yhteys sopimusrekisteriin on poikki",
            "Inget lämnas ut: förbindelsen till avtalsregistret är bruten",
            "Nothing is disclosed: the register of agreements is out of contact",
        ),
        text(
            "Sopimuksista ei ole kuultu kentän since ajankohdan jälkeen. Omat asiakkaat ja "
            "luonnokset ovat käytettävissä. Yritä Retry-After-otsakkeen verran myöhemmin.",
            "Inget har hörts om avtalen efter tidpunkten i since. Egna klienter och utkast är "
            "tillgängliga. Försök på nytt efter Retry-After.",
            "Nothing was heard of the agreements after the time in since. One's own clients and "
            "drafts are at hand. Try again after Retry-After.",
        ),
    ),
    NotYourStep: kind(
        403,
        "not-your-step",
        text("Vaihe kuuluu toiselle", "Steget är någon annans", "The step is another's to take"),
        text(
            "Kenttä roles kertoo, kenelle vaihe kuuluu; legal luettelee omat vaiheet.",
            "Fältet roles anger vem som får ta steget; legal räknar upp de egna.",
            "The field roles says who may take it; legal lists one's own steps.",
        ),
    ),
    OfferingClosed: kind(
        409,
        "offering-closed",
        text("Palvelu ei ota uusia", "Tjänsten tar inga nya", "The offering takes nobody new"),
        text(
            "Valitse toinen palvelu luettelosta tai odota, että palvelu jatkuu.",
            "Välj en annan tjänst i katalogen eller vänta tills tjänsten fortsätter.",
            "Choose another offering of the catalogue, or wait until it goes on.",
        ),
    ),
    NoTimeToHold: kind(
        422,
        "no-time-to-hold",
        text("Varaus ei voi päättyä silloin", "Kan inte hållas till dess", "Cannot hold that long"),
        text(
            "Anna tuleva ajankohta, enintään 30 päivän päähän.",
            "Ange en kommande tidpunkt, högst 30 dagar framåt.",
            "Give a time to come, at most 30 days from now.",
        ),
    ),
    MessagesClosed: kind(
        409,
        "messages-closed",
        text("Viestejä ei voi lähettää", "Meddelanden kan inte sändas", "Messages are closed"),
        text(
            "Ohjaus on lähettämättä, hylätty, peruttu, jäädytetty tai virheellinen; hoida asia "
            "muulla tavalla.",
            "Hänvisningen är inte sänd, är avslagen, återkallad, fryst eller felaktig; sköt "
            "ärendet på annat sätt.",
            "The referral is not sent, declined, cancelled, frozen or an error: take another way.",
        ),
    ),
    FileRefused: kind(
        422,
        "file-refused",
        text("Liite ei kelpaa", "Bilagan duger inte", "The attachment will not do"),
        text(
            "Korjaa kohta, jonka pointer osoittaa; accepted kertoo, mikä kelpaa.",
            "Rätta stället som pointer anger; accepted berättar vad som duger.",
            "Mend the place that pointer names; accepted says what will do.",
        ),
    ),
    NoConsent: kind(
        409,
        "no-consent",
        text(
            "Ohjaus ei perustu suostumukseen",
            "Hänvisningen grundar sig inte på samtycke",
            "The referral does not rest on consent",
        ),
        text(
            "Lakisääteistä käsittelyä ei voi perua suostumuksen peruutuksella; pyydä perumista.",
            "Lagstadgad behandling upphör inte genom återtaget samtycke; begär att den avbryts.",
            "Statute goes on without consent: ask for cancellation instead.",
        ),
    ),
    SecondPersonNeeded: kind(
        409,
        "second-person-needed",
        text(
            "Virheen toteaa kaksi henkilöä",
            "Ett fel konstateras av två personer",
            "An error is established by two persons",
        ),
        text(
            "Toisen heistä on oltava ohjauksen laatija.",
            "Den ena av dem är den som gjorde hänvisningen.",
            "One of them is who drafted the referral, the other somebody else.",
        ),
    ),
    NotFirstInLine: kind(
        409,
        "not-first-in-line",
        text("Joku on jonottanut pidempään", "Någon har köat längre", "Others have waited longer"),
        text(
            "Paikka tarjotaan sille, joka on jonottanut pisimpään; place kertoo sijan jonossa.",
            "Platsen erbjuds den som köat längst; place anger platsen i kön.",
            "A seat is offered to who has waited longest; place is the place in the line.",
        ),
    ),
    NotThisForm: kind(
        406,
        "not-this-form",
        text("Muotoa ei ole saatavilla", "Formen finns inte", "Not to be had in this form"),
        text(
            "Pyydä jotakin muodoista, jotka accepted luettelee.",
            "Be om någon av de former som accepted räknar upp.",
            "Ask for one of the forms that accepted lists.",
        ),
    ),
    BatchSize: kind(
        422,
        "batch-size",
        text("Erän rivimäärä ei kelpaa", "Fel antal rader", "A batch of so many lines will not do"),
        text(
            "Anna vähintään yksi rivi ja enintään most riviä; jaa suurempi erä useaan.",
            "Ge minst en rad och högst most rader; dela en större sats i flera.",
            "Give one line or more and at most as many as most says; split a larger batch.",
        ),
    ),
    NotAddressed: kind(
        409,
        "not-addressed",
        text("Vastaanottaja puuttuu", "Mottagaren saknas", "The referral has no recipient"),
        text(
            "Valitse palvelu tai vastaanottaja ennen lähettämistä.",
            "Välj tjänst eller mottagare före avsändning.",
            "Choose an offering or a recipient before sending.",
        ),
    ),
    NotADraft: kind(
        409,
        "not-a-draft",
        text("Ohjaus on jo lähetetty", "Hänvisningen är redan sänd", "It is no longer a draft"),
        text(
            "Peru ohjaus ja tee uusi.",
            "Återta hänvisningen och gör en ny.",
            "Withdraw it and draft another.",
        ),
    ),
    FieldMissing: kind(
        422,
        "field-missing",
        text("Vaihe tarvitsee kentän", "Steget kräver ett fält", "The step needs a field"),
        text(
            "Lisää kenttä, jonka pointer osoittaa.",
            "Lägg till fältet som pointer anger.",
            "Add the field that pointer names.",
        ),
    ),
    NoSeat: kind(
        409,
        "no-seat",
        text("Palvelu on täynnä", "Tjänsten är full", "Every seat is taken"),
        text(
            "Nosta paikkojen määrää palveluluettelossa tai hylkää ohjaus.",
            "Höj antalet platser i tjänstekatalogen eller avslå hänvisningen.",
            "Raise the offering's capacity in the catalogue, or decline.",
        ),
    ),
    FeedbackClosed: kind(
        409,
        "feedback-closed",
        text("Palautetta ei voi kirjata", "Respons kan inte antecknas", "Feedback is closed"),
        text(
            "Palaute kirjataan kerran, ohjauksesta, jonka vastaanottaja on ottanut vastaan.",
            "Respons antecknas en gång, om en hänvisning som mottagaren har tagit emot.",
            "Feedback is recorded once, of a referral that its recipient has accepted.",
        ),
    ),
    NothingToReceive: kind(
        409,
        "nothing-to-receive",
        text(
            "Suostumusta ei ole peruutettu",
            "Samtycket har inte återtagits",
            "No consent was withdrawn",
        ),
        text(
            "Kuittausta ei tarvita: ohjaus on voimassa tai päättyi muusta syystä.",
            "Ingen kvittering behövs: hänvisningen gäller eller upphörde av annan orsak.",
            "No receipt is needed: the referral stands, or ended for another reason.",
        ),
    ),
}
