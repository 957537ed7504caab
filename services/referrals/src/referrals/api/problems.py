"""What each refusal becomes."""

from kit.problem_types import ProblemType, kind
from kit.problems import Refusal
from kit.texts import text
from kit.vault import KeyDestroyed

from referrals.domain.errors import (
    AlreadyBegun,
    AlreadyRegistered,
    AlreadyWithdrawn,
    BatchSize,
    ClientsNotNamed,
    ConsentTime,
    FeedbackClosed,
    FieldMissing,
    FileRefused,
    MergedAway,
    MessagesClosed,
    NoBasis,
    NoConsent,
    NoSeat,
    NotAddressed,
    NotADraft,
    NotAnIdentityCode,
    NotFirstInLine,
    NothingToReceive,
    NoTimeToHold,
    NotOnePerson,
    NotPermitted,
    NotSucceeded,
    NotThisForm,
    NotYourHandover,
    NotYourStep,
    OfferingClosed,
    OutOfContact,
    RecordRequired,
    ReferralsOpen,
    SecondPersonNeeded,
)

REFUSALS: dict[type[Refusal], ProblemType] = {
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
    NotPermitted: kind(
        403,
        "not-permitted",
        text(
            "Mikään voimassa oleva sopimus ei salli tietojen luovutusta",
            "Inget gällande avtal tillåter utlämnandet",
            "No agreement in force permits this disclosure",
        ),
        text(
            "Kenttä reasons kertoo kunkin sopimuksen ja lausekkeen kannan.",
            "Fältet reasons anger vad varje avtal och klausul säger.",
            "The field reasons gives the word of each agreement and clause.",
        ),
    ),
    OutOfContact: kind(
        503,
        "out-of-contact",
        text(
            "Tietoja ei luovuteta: yhteys sopimusrekisteriin on poikki",
            "Inget lämnas ut: förbindelsen till avtalsregistret är bruten",
            "Nothing is disclosed: the register of agreements is out of contact",
        ),
        text(
            "Sopimuksista ei ole kuultu kentän since ajankohdan jälkeen. Omat asiakkaat ja "
            "luonnokset ovat käytettävissä. Yritä Retry-After-otsakkeen verran myöhemmin.",
            "Inget har hörts om avtalen efter tidpunkten i since. Egna klienter och utkast är "
            "tillgängliga. Försök på nytt efter Retry-After.",
            "Nothing was heard of the agreements after the time in since. One's own clients and "
            "drafts are at hand. Try again after Retry-After.",
        ),
    ),
    NotYourStep: kind(
        403,
        "not-your-step",
        text("Vaihe kuuluu toiselle", "Steget är någon annans", "The step is another's to take"),
        text(
            "Kenttä roles kertoo, kenelle vaihe kuuluu; legal luettelee omat vaiheet.",
            "Fältet roles anger vem som får ta steget; legal räknar upp de egna.",
            "The field roles says who may take it; legal lists one's own steps.",
        ),
    ),
    OfferingClosed: kind(
        409,
        "offering-closed",
        text("Palvelu ei ota uusia", "Tjänsten tar inga nya", "The offering takes nobody new"),
        text(
            "Valitse toinen palvelu luettelosta tai odota, että palvelu jatkuu.",
            "Välj en annan tjänst i katalogen eller vänta tills tjänsten fortsätter.",
            "Choose another offering of the catalogue, or wait until it goes on.",
        ),
    ),
    NoTimeToHold: kind(
        422,
        "no-time-to-hold",
        text("Varaus ei voi päättyä silloin", "Kan inte hållas till dess", "Cannot hold that long"),
        text(
            "Anna tuleva ajankohta, enintään 30 päivän päähän.",
            "Ange en kommande tidpunkt, högst 30 dagar framåt.",
            "Give a time to come, at most 30 days from now.",
        ),
    ),
    MessagesClosed: kind(
        409,
        "messages-closed",
        text("Viestejä ei voi lähettää", "Meddelanden kan inte sändas", "Messages are closed"),
        text(
            "Ohjaus on lähettämättä, hylätty, peruttu, jäädytetty tai virheellinen; hoida asia "
            "muulla tavalla.",
            "Hänvisningen är inte sänd, är avslagen, återkallad, fryst eller felaktig; sköt "
            "ärendet på annat sätt.",
            "The referral is not sent, declined, cancelled, frozen or an error: take another way.",
        ),
    ),
    FileRefused: kind(
        422,
        "file-refused",
        text("Liite ei kelpaa", "Bilagan duger inte", "The attachment will not do"),
        text(
            "Korjaa kohta, jonka pointer osoittaa; accepted kertoo, mikä kelpaa.",
            "Rätta stället som pointer anger; accepted berättar vad som duger.",
            "Mend the place that pointer names; accepted says what will do.",
        ),
    ),
    NoConsent: kind(
        409,
        "no-consent",
        text(
            "Ohjaus ei perustu suostumukseen",
            "Hänvisningen grundar sig inte på samtycke",
            "The referral does not rest on consent",
        ),
        text(
            "Lakisääteistä käsittelyä ei voi perua suostumuksen peruutuksella; pyydä perumista.",
            "Lagstadgad behandling upphör inte genom återtaget samtycke; begär att den avbryts.",
            "Statute goes on without consent: ask for cancellation instead.",
        ),
    ),
    SecondPersonNeeded: kind(
        409,
        "second-person-needed",
        text(
            "Virheen toteaa kaksi henkilöä",
            "Ett fel konstateras av två personer",
            "An error is established by two persons",
        ),
        text(
            "Toisen heistä on oltava ohjauksen laatija.",
            "Den ena av dem är den som gjorde hänvisningen.",
            "One of them is who drafted the referral, the other somebody else.",
        ),
    ),
    NotFirstInLine: kind(
        409,
        "not-first-in-line",
        text("Joku on jonottanut pidempään", "Någon har köat längre", "Others have waited longer"),
        text(
            "Paikka tarjotaan sille, joka on jonottanut pisimpään; place kertoo sijan jonossa.",
            "Platsen erbjuds den som köat längst; place anger platsen i kön.",
            "A seat is offered to who has waited longest; place is the place in the line.",
        ),
    ),
    NotThisForm: kind(
        406,
        "not-this-form",
        text("Muotoa ei ole saatavilla", "Formen finns inte", "Not to be had in this form"),
        text(
            "Pyydä jotakin muodoista, jotka accepted luettelee.",
            "Be om någon av de former som accepted räknar upp.",
            "Ask for one of the forms that accepted lists.",
        ),
    ),
    BatchSize: kind(
        422,
        "batch-size",
        text("Erän rivimäärä ei kelpaa", "Fel antal rader", "A batch of so many lines will not do"),
        text(
            "Anna vähintään yksi rivi ja enintään most riviä; jaa suurempi erä useaan.",
            "Ge minst en rad och högst most rader; dela en större sats i flera.",
            "Give one line or more and at most as many as most says; split a larger batch.",
        ),
    ),
    NotAddressed: kind(
        409,
        "not-addressed",
        text("Vastaanottaja puuttuu", "Mottagaren saknas", "The referral has no recipient"),
        text(
            "Valitse palvelu tai vastaanottaja ennen lähettämistä.",
            "Välj tjänst eller mottagare före avsändning.",
            "Choose an offering or a recipient before sending.",
        ),
    ),
    NotADraft: kind(
        409,
        "not-a-draft",
        text("Ohjaus on jo lähetetty", "Hänvisningen är redan sänd", "It is no longer a draft"),
        text(
            "Peru ohjaus ja tee uusi.",
            "Återta hänvisningen och gör en ny.",
            "Withdraw it and draft another.",
        ),
    ),
    FieldMissing: kind(
        422,
        "field-missing",
        text("Vaihe tarvitsee kentän", "Steget kräver ett fält", "The step needs a field"),
        text(
            "Lisää kenttä, jonka pointer osoittaa.",
            "Lägg till fältet som pointer anger.",
            "Add the field that pointer names.",
        ),
    ),
    NoSeat: kind(
        409,
        "no-seat",
        text("Palvelu on täynnä", "Tjänsten är full", "Every seat is taken"),
        text(
            "Nosta paikkojen määrää palveluluettelossa tai hylkää ohjaus.",
            "Höj antalet platser i tjänstekatalogen eller avslå hänvisningen.",
            "Raise the offering's capacity in the catalogue, or decline.",
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
    FeedbackClosed: kind(
        409,
        "feedback-closed",
        text("Palautetta ei voi kirjata", "Respons kan inte antecknas", "Feedback is closed"),
        text(
            "Palaute kirjataan kerran, ohjauksesta, jonka vastaanottaja on ottanut vastaan.",
            "Respons antecknas en gång, om en hänvisning som mottagaren har tagit emot.",
            "Feedback is recorded once, of a referral that its recipient has accepted.",
        ),
    ),
    NothingToReceive: kind(
        409,
        "nothing-to-receive",
        text(
            "Suostumusta ei ole peruutettu",
            "Samtycket har inte återtagits",
            "No consent was withdrawn",
        ),
        text(
            "Kuittausta ei tarvita: ohjaus on voimassa tai päättyi muusta syystä.",
            "Ingen kvittering behövs: hänvisningen gäller eller upphörde av annan orsak.",
            "No receipt is needed: the referral stands, or ended for another reason.",
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
