"""What each refusal about an agreement becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from partners.domain.errors import (
    AlreadySigned,
    DocumentDiffers,
    FieldMissing,
    NotAParty,
    TermOver,
)

AGREEMENT_REFUSALS: dict[type[Refusal], ProblemType] = {
    NotAParty: kind(
        403,
        "not-a-party",
        text(
            "Organisaatio ei ole sopimuksen osapuoli",
            "Organisationen är inte part i avtalet",
            "Your organisation is not a party to the agreement",
        ),
        text(
            "Vain osapuoli allekirjoittaa, ja vain omasta puolestaan. Katso kenttä parties.",
            "Endast en part undertecknar, och endast för egen del. Se fältet parties.",
            "Only a party signs, and only for itself. See the field parties.",
        ),
    ),
    AlreadySigned: kind(
        409,
        "already-signed",
        text("Osapuoli on jo allekirjoittanut", "Parten har redan undertecknat", "Already signed"),
        text(
            "Mitään ei tarvitse tehdä: allekirjoitus on voimassa.",
            "Inget behöver göras: undertecknandet gäller.",
            "There is nothing to do: the signature stands.",
        ),
    ),
    TermOver: kind(
        409,
        "term-over",
        text("Sopimuskausi on päättynyt", "Avtalsperioden har löpt ut", "The term has ended"),
        text(
            "Laatikaa uusi sopimus; vanhaa ei voi enää allekirjoittaa.",
            "Ingå ett nytt avtal; det gamla kan inte längre undertecknas.",
            "Draft a new agreement; the old one can no longer be signed.",
        ),
    ),
    FieldMissing: kind(
        422,
        "field-missing",
        text("Tieto puuttuu", "En uppgift saknas", "A field is missing"),
        text(
            "Tämä vaihe tarvitsee tiedon, jonka paikan pointer kertoo.",
            "Detta steg kräver en uppgift; pointer visar vilken.",
            "This step needs the field that pointer names.",
        ),
    ),
    DocumentDiffers: kind(
        409,
        "document-differs",
        text(
            "Asiakirja ei ole se, joka on allekirjoitettavana",
            "Dokumentet är inte det som ska undertecknas",
            "Another document is proposed",
        ),
        text(
            "Lue allekirjoitettava versio ja sen tiiviste (sha256) uudelleen.",
            "Läs den version som ska undertecknas och dess kontrollsumma (sha256) på nytt.",
            "Read the version that is proposed, and its sha256, again.",
        ),
    ),
}
