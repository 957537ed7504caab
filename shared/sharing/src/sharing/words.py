"""What a verdict says to people, in Finnish, Swedish and English."""

from types import MappingProxyType
from typing import Final

from sharing.decisions import Verdict

VERDICTS: Final = MappingProxyType(
    {
        Verdict.PERMITTED: (
            "Ehto sallii luovutuksen.",
            "Villkoret tillåter utlämnandet.",
            "The clause permits the exchange.",
        ),
        Verdict.NOT_SIGNED: (
            "Kaikki osapuolet eivät ole allekirjoittaneet sopimusta.",
            "Alla parter har inte undertecknat avtalet.",
            "Not all parties have signed the agreement.",
        ),
        Verdict.NOT_YET_IN_FORCE: (
            "Sopimus ei ole vielä voimassa.",
            "Avtalet är inte ännu i kraft.",
            "The agreement is not in force yet.",
        ),
        Verdict.EXPIRED: (
            "Sopimuskausi on päättynyt.",
            "Avtalsperioden har löpt ut.",
            "The term of the agreement has ended.",
        ),
        Verdict.TERMINATED: (
            "Sopimus on irtisanottu päättymään aiemmin.",
            "Avtalet har sagts upp att upphöra tidigare.",
            "The agreement was terminated and has ended.",
        ),
        Verdict.GIVER_NOT_A_PARTY: (
            "Luovuttaja ei ole sopimuksen osapuoli.",
            "Den som lämnar ut uppgifterna är inte part i avtalet.",
            "The giver is no party to the agreement.",
        ),
        Verdict.RECEIVER_NOT_A_PARTY: (
            "Vastaanottaja ei ole sopimuksen osapuoli.",
            "Mottagaren är inte part i avtalet.",
            "The receiver is no party to the agreement.",
        ),
        Verdict.SHARES_NOTHING: (
            "Sopimuksessa ei ole ehtoja tietojen luovuttamisesta.",
            "Avtalet har inga villkor om utlämnande av uppgifter.",
            "The agreement has no clauses on sharing.",
        ),
        Verdict.OTHER_PURPOSE: (
            "Ehto koskee muuta käyttötarkoitusta.",
            "Villkoret gäller ett annat ändamål.",
            "The clause is for another purpose.",
        ),
        Verdict.OTHER_THEME: (
            "Ehto koskee muuta teemaa.",
            "Villkoret gäller ett annat tema.",
            "The clause is for another theme.",
        ),
        Verdict.OUTSIDE_PERIOD: (
            "Ehto ei ole voimassa tuona päivänä.",
            "Villkoret gäller inte den dagen.",
            "The clause does not hold on that day.",
        ),
        Verdict.OTHER_ORGANISATIONS: (
            "Ehto koskee muita organisaatioita.",
            "Villkoret gäller andra organisationer.",
            "The clause is for other organisations.",
        ),
        Verdict.DATA_CLASS_NOT_COVERED: (
            "Ehto ei kata näitä tietoja.",
            "Villkoret omfattar inte dessa uppgifter.",
            "The clause does not cover these data.",
        ),
    }
)
