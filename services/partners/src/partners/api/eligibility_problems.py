"""What each refusal of decision tables becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from partners.domain.errors import FindingsNotAccepted, MalformedTable, NotAValue, TableTooWide

ELIGIBILITY_REFUSALS: dict[type[Refusal], ProblemType] = {
    MalformedTable: kind(
        422,
        "malformed-table",
        text(
            "Päätöstaulun solua ei voi käyttää",
            "En cell i beslutstabellen kan inte användas",
            "A cell of the decision table cannot be used",
        ),
        text(
            "Katso pointer. Ehto vertaa kentän arvoa vakioihin, ja jonkin arvon on täytettävä se.",
            "Se pointer. Ett villkor jämför fältets värde med konstanter, och något värde ska "
            "uppfylla det.",
            "See pointer. A condition compares its field with constants, and some value meets it.",
        ),
    ),
    TableTooWide: kind(
        422,
        "table-too-wide",
        text("Päätöstaulu on liian laaja", "Beslutstabellen är för vid", "The table is too wide"),
        text(
            "Jaa taulu pienemmäksi: vähemmän sääntöjä tai sarakkeita.",
            "Gör tabellen mindre: färre regler eller kolumner.",
            "Make the table smaller: fewer rules or fewer columns.",
        ),
    ),
    FindingsNotAccepted: kind(
        409,
        "findings-not-accepted",
        text(
            "Päätöstaulussa on päällekkäisyyksiä tai aukkoja",
            "Beslutstabellen har överlappningar eller luckor",
            "The decision table has overlaps or gaps",
        ),
        text(
            "Katso report. Korjaa taulu, tai julkaise se sellaisenaan kentällä accept_findings.",
            "Se report. Rätta tabellen, eller publicera den som den är med accept_findings.",
            "See report. Mend the table, or publish it as it is with accept_findings.",
        ),
    ),
    NotAValue: kind(
        422,
        "not-a-value",
        text(
            "Arvo ei sovi kenttään", "Värdet passar inte fältet", "The value is none of its field"
        ),
        text(
            "Katso pointer ja kind: number on kokonaisluku rajoissaan, truth on true tai false.",
            "Se pointer och kind: number är ett heltal inom sina gränser, truth är true eller "
            "false.",
            "See pointer and kind: number is a whole number within its bounds, truth is true or "
            "false.",
        ),
    ),
}
