"""What each refusal about a client, its consents or its record becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text
from kit.vault import KeyDestroyed

from referrals.domain.errors import (
    AlreadyRegistered,
    AlreadyWithdrawn,
    ConsentTime,
    MergedAway,
    NoBasis,
    NotAnIdentityCode,
    NotOnePerson,
    RecordRequired,
    ReferralsOpen,
)

CLIENT_REFUSALS: dict[type[Refusal], ProblemType] = {
    KeyDestroyed: kind(
        409,
        "client-erased",
        text("Asiakkaan tiedot on poistettu", "Klienten har raderats", "The client was erased"),
        text(
            "Poistetusta asiakkaasta ei talleteta enää mitään. Jos asiakkuus alkaa uudelleen, "
            "rekisteröi uusi asiakas.",
            "Om en raderad klient sparas inget mer. Börjar kundrelationen på nytt, registrera en "
            "ny klient.",
            "Nothing more is kept of a client who was erased. If the relationship begins anew, "
            "register a new client.",
        ),
    ),
    ReferralsOpen: kind(
        409,
        "referrals-open",
        text("Ohjauksia on kesken", "Hänvisningar pågår", "Referrals are open"),
        text(
            "Päätä ensin ohjaukset, jotka kenttä open luettelee: peruuta, tai raportoi tulos.",
            "Avsluta först de hänvisningar som fältet open räknar upp: återkalla eller rapportera "
            "resultat.",
            "First end the referrals that the field open lists: withdraw, or report an outcome.",
        ),
    ),
    RecordRequired: kind(
        409,
        "record-required",
        text(
            "Laki velvoittaa säilyttämään tiedot",
            "Lagen kräver att uppgifterna bevaras",
            "Law requires the record to be kept",
        ),
        text(
            "Kentät law ja section kertovat säädöksen ja until viimeisen säilytyspäivän; sen "
            "jälkeen tiedot poistuvat itsestään (tietosuoja-asetus, 17 artiklan 3 kohta).",
            "Fälten law och section anger författningen och until den sista dagen; därefter "
            "raderas uppgifterna av sig själva (dataskyddsförordningen, artikel 17.3).",
            "The fields law and section name the statute, and until the last day; after it the "
            "data go by themselves (GDPR, article 17(3)).",
        ),
    ),
    NotAnIdentityCode: kind(
        422,
        "not-an-identity-code",
        text("Henkilötunnus on virheellinen", "Ogiltig personbeteckning", "Not an identity code"),
        text(
            "Tarkista kaikki 11 merkkiä, myös välimerkki.",
            "Kontrollera alla 11 tecken, även skiljetecknet.",
            "Check all 11 characters, the sign included.",
        ),
    ),
    AlreadyRegistered: kind(
        409,
        "already-registered",
        text("Asiakas on jo rekisterissä", "Klienten är redan registrerad", "Already registered"),
        text(
            "Hae asiakas henkilötunnuksella.",
            "Sök klienten med personbeteckningen.",
            "Find the client by the identity code.",
        ),
    ),
    AlreadyWithdrawn: kind(
        409,
        "already-withdrawn",
        text(
            "Suostumus on jo peruutettu",
            "Samtycket har redan återtagits",
            "The consent was withdrawn before",
        ),
        text(
            "Mitään ei tarvitse tehdä: suostumus ei ole voimassa.",
            "Inget behöver göras: samtycket gäller inte.",
            "Nothing is left to do: it does not hold.",
        ),
    ),
    ConsentTime: kind(
        422,
        "consent-time",
        text("Ajankohta ei kelpaa", "Tidpunkten duger inte", "The time will not do"),
        text(
            "Suostumus on annettu aiemmin kuin nyt ja voimassa vielä tänään; pointer osoittaa "
            "korjattavan kentän.",
            "Ett samtycke har getts före nu och gäller ännu i dag; pointer anger fältet som ska "
            "rättas.",
            "A consent was given before now and holds today at least; pointer names the field.",
        ),
    ),
    NoBasis: kind(
        403,
        "no-basis",
        text(
            "Luovutukselle ei ole oikeusperustetta",
            "Utlämnandet saknar rättslig grund",
            "The disclosure has no legal basis",
        ),
        text(
            "Nimeä tarkoituksen kattava laki tai kirjaa asiakkaan suostumus tälle "
            "vastaanottajalle; reasons kertoo, mikä puuttuu.",
            "Ange en lag som omfattar ändamålet eller anteckna klientens samtycke för mottagaren; "
            "reasons anger vad som saknas.",
            "Name a law that covers the purpose, or record the client's consent for this "
            "recipient; reasons says what is lacking.",
        ),
    ),
    MergedAway: kind(
        409,
        "merged-away",
        text(
            "Asiakkaan tiedot on yhdistetty toiseen tietueeseen",
            "Klientens uppgifter har förenats med en annan post",
            "The record was merged into another one",
        ),
        text(
            "Käytä tietuetta, jonka kenttä kept nimeää: siinä ovat molempien tiedot.",
            "Använd posten som fältet kept anger: den visar bådas uppgifter.",
            "Use the record that the field kept names: it shows what both have.",
        ),
    ),
    NotOnePerson: kind(
        409,
        "not-one-person",
        text(
            "Tietueita ei voi yhdistää näin päin",
            "Posterna kan inte förenas så här",
            "These records cannot be merged this way",
        ),
        text(
            "Eri henkilötunnukset ovat eri henkilöitä. Jos vain toisella on henkilötunnus, säilytä "
            "se ja yhdistä toinen siihen.",
            "Olika personbeteckningar är olika personer. Har bara den ena en personbeteckning, "
            "behåll den och förena den andra med den.",
            "Two identity codes are two persons. Where one record alone has an identity code, keep "
            "that one and merge the other into it.",
        ),
    ),
}
