"""What each refusal becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from metrics.domain.errors import Backwards, BadDocument, Unnamed

REFUSALS: dict[type[Refusal], ProblemType] = {
    BadDocument: kind(
        422,
        "not-json-stat",
        text(
            "Aineisto ei ole JSON-stat 2.0 -muodossa",
            "Materialet är inte i formatet JSON-stat 2.0",
            "The figures are not JSON-stat 2.0",
        ),
        text(
            "Korjaa kohta, jonka errors osoittaa; mitään ei tallennettu.",
            "Rätta stället som errors pekar ut; inget sparades.",
            "Mend the place that errors points at; nothing was kept.",
        ),
    ),
    Unnamed: kind(
        422,
        "series-unnamed",
        text("Sarjalla ei ole nimeä", "Serien saknar namn", "The series has no name"),
        text(
            "Anna sarjan koodi hakuehdossa series.",
            "Ange seriens kod i parametern series.",
            "Give the series's code in the query parameter series.",
        ),
    ),
    Backwards: kind(
        422,
        "backwards",
        text("Aikaväli on nurinpäin", "Tidsspannet är bakvänt", "The span ends before it begins"),
        text(
            "Anna from-arvoksi aikaisempi ja to-arvoksi myöhempi jakso.",
            "Ange den tidigare perioden i from och den senare i to.",
            "Give the earlier period as from, and the later one as to.",
        ),
    ),
}
