"""What each refusal becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from partners.api.agreement_problems import AGREEMENT_REFUSALS
from partners.api.eligibility_problems import ELIGIBILITY_REFUSALS
from partners.domain.errors import (
    AlreadyWithdrawn,
    CodeTaken,
    ImportRefused,
    LoneParty,
    NotABusinessId,
    NotEnding,
    NotRegistered,
    NotTheProvider,
    OwnSuccessor,
)

REFUSALS: dict[type[Refusal], ProblemType] = {
    **ELIGIBILITY_REFUSALS,
    **AGREEMENT_REFUSALS,
    CodeTaken: kind(
        409,
        "code-taken",
        text("Tunnus on jo käytössä", "Koden är redan i bruk", "The code is taken"),
        text(
            "Valitse toinen tunnus. Käytössä olevaa tunnusta ei anneta uudelleen.",
            "Välj en annan kod. En kod som är i bruk ges inte på nytt.",
            "Choose another code. A code that is in use is never given again.",
        ),
    ),
    NotABusinessId: kind(
        422,
        "not-a-business-id",
        text("Y-tunnus on virheellinen", "Ogiltigt FO-nummer", "Not a business id"),
        text(
            "Tarkista numerot ja tarkistusmerkki, esimerkiksi 1234567-1.",
            "Kontrollera siffrorna och kontrolltecknet, till exempel 1234567-1.",
            "Check the digits and the check digit, as in 1234567-1.",
        ),
    ),
    NotRegistered: kind(
        403,
        "not-registered",
        text(
            "Organisaatiota ei ole rekisteröity kumppaniksi",
            "Organisationen är inte registrerad som partner",
            "Your organisation is not registered as a partner",
        ),
        text(
            "Pyydä kumppanuuden koordinaattoria rekisteröimään organisaatio.",
            "Be partnerskapets samordnare registrera organisationen.",
            "Ask the partnership's coordinator to register it.",
        ),
    ),
    NotTheProvider: kind(
        403,
        "not-the-provider",
        text(
            "Palvelu on toisen organisaation",
            "Tjänsten är en annan organisations",
            "Another organisation gives this service",
        ),
        text(
            "Vain palvelun tuottaja ilmoittaa sen paikkamäärän.",
            "Endast den som ger tjänsten anger dess antal platser.",
            "Only the organisation that gives a service declares its capacity.",
        ),
    ),
    ImportRefused: kind(
        422,
        "import-refused",
        text("Tietoja ei otettu vastaan", "Uppgifterna togs inte emot", "Nothing was imported"),
        text(
            "Korjaa luettelon records tietueet ja lähetä kaikki uudelleen; mitään ei muutettu.",
            "Rätta posterna i listan records och skicka allt på nytt; inget ändrades.",
            "Mend the records that the list records names and send all again; nothing changed.",
        ),
    ),
    LoneParty: kind(
        409,
        "lone-party",
        text(
            "Sopimukseen jäisi yksi osapuoli",
            "Avtalet skulle få en enda part",
            "The agreement would be left with one party",
        ),
        text(
            "Päättäkää sopimus tai siirtäkää paikka toiselle organisaatiolle.",
            "Säg upp avtalet eller överför platsen till en annan organisation.",
            "Terminate the agreement, or pass the seat to another organisation.",
        ),
    ),
    NotEnding: kind(
        409,
        "not-ending",
        text(
            "Organisaatiolle ei ole asetettu viimeistä päivää",
            "Organisationen har ingen sista dag",
            "The organisation has no last day",
        ),
        text(
            "Aseta ensin viimeinen päivä: POST /organisations/{code}/ending.",
            "Ange först den sista dagen: POST /organisations/{code}/ending.",
            "Set its last day first: POST /organisations/{code}/ending.",
        ),
    ),
    AlreadyWithdrawn: kind(
        409,
        "already-withdrawn",
        text("Kirjaus on jo peruttu", "Noteringen är redan återkallad", "It is withdrawn already"),
        text(
            "Mitään ei tarvitse tehdä. Oikea tieto kirjataan uudeksi.",
            "Inget behöver göras. Den rätta uppgiften noteras på nytt.",
            "There is nothing to do. What is right is noted anew.",
        ),
    ),
    OwnSuccessor: kind(
        422,
        "own-successor",
        text(
            "Organisaatio ei voi seurata itseään",
            "En organisation kan inte efterträda sig själv",
            "An organisation cannot succeed itself",
        ),
        text(
            "Anna kentässä toisen organisaation tunnus.",
            "Ange koden för en annan organisation.",
            "Name another organisation.",
        ),
    ),
}
