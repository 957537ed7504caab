"""What each refusal about an agreement becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from partners.domain.errors import (
    AgreementTooLong,
    AlreadySigned,
    AmendmentOpen,
    DocumentDiffers,
    FieldMissing,
    NotAParty,
    NothingChanges,
    NothingToRehearse,
    NotTheCommitter,
    NotTheOwner,
    OutsidePeriod,
    OutsideTerm,
    TermOver,
    UseIsCounted,
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
    AmendmentOpen: kind(
        409,
        "amendment-open",
        text("Toinen muutos on vireillä", "En annan ändring är anhängig", "An amendment is open"),
        text(
            "Vireillä oleva versio (open_version) allekirjoitetaan tai perutaan ensin.",
            "Den anhängiga versionen (open_version) undertecknas eller återkallas först.",
            "The version that is being prepared (open_version) is signed or withdrawn first.",
        ),
    ),
    OutsideTerm: kind(
        422,
        "outside-term",
        text(
            "Päivä ei ole sopimuskauden sisällä",
            "Dagen ligger inte inom avtalsperioden",
            "The day is not within the term",
        ),
        text(
            "Muutos alkaa aikaisintaan päivänä earliest ja viimeistään päivänä latest.",
            "Ändringen börjar tidigast dagen earliest och senast dagen latest.",
            "The amendment begins on the day earliest at the soonest, and latest at the latest.",
        ),
    ),
    NothingChanges: kind(
        422,
        "nothing-changes",
        text("Mikään ei muutu", "Ingenting ändras", "Nothing changes"),
        text(
            "Ehdotettu versio sanoo saman kuin voimassa oleva. Lähetä muuttuvat kohdat.",
            "Den föreslagna versionen säger detsamma som den gällande. Sänd det som ändras.",
            "The version says what is agreed already. Send what is to change.",
        ),
    ),
    AgreementTooLong: kind(
        422,
        "agreement-too-long",
        text("Sopimus on liian pitkä", "Avtalet är för långt", "The agreement is too long"),
        text(
            "Sopimus kaikkine versioineen saa viedä enintään 768 kibitavua. "
            "Lyhennä tekstejä tai tee uusi sopimus, joka jatkaa tätä (renews).",
            "Avtalet med alla versioner får omfatta högst 768 kibibyte. "
            "Förkorta texterna eller ingå ett nytt avtal som fortsätter detta (renews).",
            "The agreement with all its versions may take 768 KiB at most. "
            "Shorten its texts, or draft a new agreement that continues this one (renews).",
        ),
    ),
    NothingToRehearse: kind(
        409,
        "nothing-to-rehearse",
        text(
            "Versio ei ole valmisteltavana",
            "Versionen är inte under beredning",
            "The version is not being prepared",
        ),
        text(
            "Kokeilla voi luonnosta tai ehdotettua versiota (open_version).",
            "Ett utkast eller en föreslagen version (open_version) kan provas.",
            "What can be rehearsed is a draft or a proposed version (open_version).",
        ),
    ),
    NotTheOwner: kind(
        403,
        "not-the-owner",
        text("Pilotti on toisen osapuolen", "Piloten är en annan parts", "Another party’s pilot"),
        text(
            "Vain pilotin vastuutaho (owner) arvioi sen.",
            "Endast pilotens ansvariga part (owner) utvärderar den.",
            "Only the party that runs a pilot (owner) evaluates it.",
        ),
    ),
    NotTheCommitter: kind(
        403,
        "not-the-committer",
        text("Panos on toisen osapuolen", "Insatsen är en annan parts", "Another party’s resource"),
        text(
            "Vain osapuoli, joka on sitoutunut panokseen (party), ilmoittaa sen käytön.",
            "Endast den part som förbundit sig till insatsen (party) rapporterar användningen.",
            "Only the party that committed itself (party) reports the use.",
        ),
    ),
    UseIsCounted: kind(
        409,
        "use-is-counted",
        text(
            "Käyttö lasketaan tapahtumista",
            "Användningen räknas av händelser",
            "The use is counted from facts",
        ),
        text(
            "Palvelun paikkojen käyttöä ei ilmoiteta: se lasketaan asiakasohjauksista.",
            "Användningen av en tjänsts platser rapporteras inte: den räknas av hänvisningarna.",
            "The use of an offering’s seats is not reported: it is counted from referrals.",
        ),
    ),
    OutsidePeriod: kind(
        422,
        "outside-period",
        text(
            "Kuukausi ei kuulu jaksoon",
            "Månaden hör inte till perioden",
            "The month is not within the period",
        ),
        text(
            "Käyttöä ilmoitetaan kuukausilta earliest–latest.",
            "Användning rapporteras för månaderna earliest–latest.",
            "Use is reported of the months from earliest to latest.",
        ),
    ),
}
