"""What each refusal about a handover becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from referrals.domain.errors import (
    AlreadyBegun,
    ClientsNotNamed,
    NotSucceeded,
    NotYourHandover,
)

HANDOVER_REFUSALS: dict[type[Refusal], ProblemType] = {
    NotSucceeded: kind(
        409,
        "not-succeeded",
        text(
            "Tehtävä ei ole siirtynyt tälle organisaatiolle",
            "Uppgiften har inte övergått till denna organisation",
            "The task has not passed to this organisation",
        ),
        text(
            "Tehtävän siirtyminen kirjataan kumppanirekisteriin, ja sen päivän on täytynyt tulla. "
            "Kenttä successors kertoo, kenelle tehtävä on tähän mennessä siirtynyt.",
            "Övergången antecknas i partnerregistret, och dess dag ska ha kommit. Fältet "
            "successors anger till vem uppgiften har övergått hittills.",
            "The succession stands in the register of partners, and its day must have come. The "
            "field successors says to whom the task has passed so far.",
        ),
    ),
    ClientsNotNamed: kind(
        422,
        "clients-not-named",
        text(
            "Nimeä siirtyvät asiakkaat",
            "Ange vilka klienter som överförs",
            "Name the clients that pass",
        ),
        text(
            "Tehtävä on nyt usealla organisaatiolla (successors), tai luovuttaja hoitaa sitä yhä "
            "osassa aluetta. Luettele asiakkaat kentässä clients.",
            "Uppgiften sköts nu av flera (successors), eller av överlåtaren i en del av området. "
            "Räkna upp klienterna i fältet clients.",
            "Several have the task now (successors), or the giver keeps it in some areas. List "
            "the clients in the field clients.",
        ),
    ),
    NotYourHandover: kind(
        403,
        "not-your-handover",
        text(
            "Siirto kuuluu toiselle",
            "Överföringen är någon annans",
            "The handover is another's to command",
        ),
        text(
            "Siirrosta päättää luovuttavan organisaation pääkäyttäjä tai, kun se on lakannut, "
            "seuraajan pääkäyttäjä.",
            "Överföringen görs av överlåtarens administratör eller, när organisationen har "
            "upphört, av efterträdarens.",
            "The giving organisation's administrator commands it or, once that has ended, the "
            "successor's.",
        ),
    ),
    AlreadyBegun: kind(
        409,
        "already-begun",
        text("Siirto on jo aloitettu", "Överföringen har redan börjat", "It has begun already"),
        text(
            "Seuraa etenemistä lukemalla siirron tiedot.",
            "Följ förloppet genom att läsa överföringens uppgifter.",
            "Read the handover to see how far it is.",
        ),
    ),
}
