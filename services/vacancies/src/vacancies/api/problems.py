"""What each refusal becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from vacancies.domain.errors import (
    AlreadyPlaced,
    AnotherPublisher,
    NoOpening,
    NotABusinessId,
    OpeningsFilled,
    PilotClosed,
)

REFUSALS: dict[type[Refusal], ProblemType] = {
    NotABusinessId: kind(
        422,
        "not-a-business-id",
        text("Y-tunnus on virheellinen", "Ogiltigt FO-nummer", "Not a business id"),
        text(
            "Tarkista seitsemän numeroa, väliviiva ja tarkistusnumero.",
            "Kontrollera de sju siffrorna, bindestrecket och kontrollsiffran.",
            "Check the seven digits, the hyphen and the check digit.",
        ),
    ),
    AnotherPublisher: kind(
        403,
        "another-publisher",
        text(
            "Ilmoitus on toisen organisaation julkaisema",
            "Annonsen är publicerad av en annan organisation",
            "Another organisation published this vacancy",
        ),
        text(
            "Käytä omaa ulkoista tunnistetta tai pyydä julkaisijaa muuttamaan ilmoitusta.",
            "Använd ett eget externt id eller be publicisten ändra annonsen.",
            "Use an external id of your own, or ask the publisher to change it.",
        ),
    ),
    OpeningsFilled: kind(
        409,
        "openings-filled",
        text(
            "Paikkoja on jo täytetty enemmän",
            "Fler platser är redan tillsatta",
            "More openings are filled already",
        ),
        text(
            "Ilmoita paikkoja vähintään niin monta kuin kenttä filled kertoo.",
            "Ange minst så många platser som fältet filled säger.",
            "Post at least as many openings as the field filled says.",
        ),
    ),
    NoOpening: kind(
        409,
        "no-opening",
        text("Avointa paikkaa ei ole", "Ingen ledig plats finns", "There is no opening to fill"),
        text(
            "Valitse toinen ilmoitus; vacancy_status kertoo, onko tämä täytetty vai poistettu.",
            "Välj en annan annons; vacancy_status anger om denna är tillsatt eller borttagen.",
            "Choose another vacancy; vacancy_status says whether this one is filled or withdrawn.",
        ),
    ),
    AlreadyPlaced: kind(
        409,
        "already-placed",
        text(
            "Työllistyminen on jo kirjattu",
            "Anställningen är redan registrerad",
            "The seeker is placed in this vacancy already",
        ),
        text("Mitään ei tarvitse tehdä.", "Inget behöver göras.", "There is nothing left to do."),
    ),
    PilotClosed: kind(
        403,
        "pilot-closed",
        text(
            "Pilotti ei ole avoinna organisaatiollesi",
            "Pilotprojektet är inte öppet för din organisation",
            "The pilot is not open to your organisation",
        ),
        text(
            "Kenttä reasons kertoo kunkin sopimuksen kannan; kirjaa ilman pilottia.",
            "Fältet reasons anger vad varje avtal säger; registrera utan pilotprojekt.",
            "The field reasons gives the word of each agreement; record it without a pilot.",
        ),
    ),
}
