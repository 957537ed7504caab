"""The words in which a person is told what is held here: of fields and codes."""

from collections.abc import Mapping
from typing import Final

from kit.texts import Text, text

TITLE: Final = text(
    "Palvelutarpeesi arvioinnit", "Bedömningarna av ditt servicebehov", "Your assessments of needs"
)
FIELDS: Final[Mapping[str, Text]] = {
    "client_id": text("Asiakkaan tunniste", "Klientens identifierare", "Client's id"),
    "organisation": text("Organisaatio", "Organisation", "Organisation"),
    "erased_at": text("Tiedot poistettu", "Uppgifterna raderades", "Erased"),
    "assessments": text("Palvelutarpeen arvioinnit", "Bedömningar av servicebehov", "Assessments"),
    "id": text("Tunniste", "Identifierare", "Id"),
    "instrument": text("Mittari", "Instrument", "Instrument"),
    "version": text("Versio", "Version", "Version"),
    "status": text("Tila", "Status", "Status"),
    "started_at": text("Aloitettu", "Påbörjad", "Begun"),
    "answered_at": text("Vastattu", "Besvarad", "Answered"),
    "completed_at": text("Valmis", "Slutförd", "Completed"),
    "revision": text("Versio", "Version", "Revision"),
    "next_steps": text("Mahdolliset vaiheet", "Möjliga steg", "Next steps"),
    "rules": text("Säännöt", "Regler", "Rules"),
    "answers": text("Vastaukset", "Svar", "Answers"),
    "item": text("Osio", "Fråga", "Item"),
    "name": text("Nimi", "Namn", "Name"),
    "mark": text("Arvo", "Värde", "Mark"),
    "band": text("Taso", "Nivå", "Band"),
    "band_name": text("Tason nimi", "Nivåns namn", "Band's name"),
    "text": text("Teksti", "Text", "Text"),
    "language": text("Kieli", "Språk", "Language"),
    "suggestions": text("Ehdotukset", "Förslag", "Suggestions"),
    "need": text("Palvelutarve", "Servicebehov", "Need"),
    "strength": text("Vahvuus", "Styrka", "Strength"),
    "because": text("Perusteet", "Grunder", "Because"),
    "rule": text("Sääntö", "Regel", "Rule"),
    "inputs": text("Lähtötiedot", "Uppgifter", "Inputs"),
    "value": text("Arvo", "Värde", "Value"),
    "decision": text("Ratkaisu", "Avgörande", "Decision"),
    "decisions": text("Ratkaisut", "Avgöranden", "Decisions"),
    "replaced_by": text("Tilalle", "I stället", "In its place"),
    "reason": text("Perustelu", "Motivering", "Reason"),
    "officer": text("Käsittelijä", "Handläggare", "Officer"),
    "at": text("Aika", "Tid", "Time"),
}
CODES: Final[Mapping[str, Text]] = {
    "completed": text("valmis", "slutförd", "completed"),
    "started": text("aloitettu", "påbörjad", "begun"),
    "confirm": text("vahvistettu", "bekräftat", "confirmed"),
    "override": text("ohitettu", "åsidosatt", "overridden"),
}
WORDS: Final[Mapping[str, Text]] = {**CODES, **FIELDS}
