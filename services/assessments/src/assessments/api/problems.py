"""What each refusal becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text

from assessments.domain.errors import (
    AlreadyDecided,
    AlreadyPublished,
    FieldMissing,
    NotSuggested,
    RulesDoNotFit,
)

REFUSALS: dict[type[Refusal], ProblemType] = {
    AlreadyPublished: kind(
        409,
        "already-published",
        text("Versio on jo julkaistu", "Versionen är redan publicerad", "Already published"),
        text(
            "Julkaistua versiota ei muuteta; anna seuraava versionumero.",
            "En publicerad version ändras inte; ange nästa versionsnummer.",
            "A published version is never changed; give the next version number.",
        ),
    ),
    RulesDoNotFit: kind(
        422,
        "rules-do-not-fit",
        text(
            "Säännöt eivät sovi mittariin",
            "Reglerna passar inte instrumentet",
            "The rules do not fit the instrument",
        ),
        text(
            "Kentän misfits säännöt eivät voisi koskaan toteutua: tarkista osioiden ja tasojen "
            "koodit tai jätä säännöt pois.",
            "Reglerna i fältet misfits kunde aldrig uppfyllas: kontrollera frågornas och nivåernas "
            "koder eller lämna bort reglerna.",
            "The rules in the field misfits could never fire: check the codes of items and bands, "
            "or leave the rules out.",
        ),
    ),
    AlreadyDecided: kind(
        409,
        "already-decided",
        text("Palvelutarve on jo ratkaistu", "Behovet är redan avgjort", "The need is decided"),
        text(
            "Kukin palvelutarve ratkaistaan kerran; kenttä decided luettelee ratkaistut.",
            "Varje behov avgörs en gång; fältet decided anger de avgjorda.",
            "Each need is decided once; the field decided lists those that are.",
        ),
    ),
    NotSuggested: kind(
        409,
        "not-suggested",
        text(
            "Palvelutarvetta ei ole ehdotettu",
            "Behovet har inte föreslagits",
            "The need was not suggested",
        ),
        text(
            "Vain kentän suggested ehdotuksen voi ohittaa; muun tarpeen voi vahvistaa perustellen.",
            "Endast förslag i fältet suggested kan åsidosättas; andra behov kan bekräftas med "
            "motivering.",
            "Only a suggestion in the field suggested can be overridden; another need can be "
            "confirmed, with a reason.",
        ),
    ),
    FieldMissing: kind(
        422,
        "field-missing",
        text("Perustelu puuttuu", "Motiveringen saknas", "The decision needs a field"),
        text(
            "Lisää kenttä, jonka pointer osoittaa.",
            "Lägg till fältet som pointer anger.",
            "Add the field that pointer names.",
        ),
    ),
}
