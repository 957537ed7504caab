"""The problems that the edge itself finds: what they are, and what the caller can do."""

from dataclasses import dataclass

from kit.texts import Text, text


@dataclass(frozen=True)
class ProblemType:
    """One kind of problem: its status, what it is, and what the caller can do about it."""

    status: int
    code: str
    title: Text
    advice: Text


def kind(status: int, code: str, title: Text, advice: Text) -> ProblemType:
    """Write one row of a table of problems."""
    return ProblemType(status, code, title, advice)


MISSING = kind(
    404,
    "not-found",
    text("Ei löydy", "Finns inte", "Not found"),
    text(
        "Tarkista tunniste. Toisen organisaation tieto vastaa samoin kuin olematon.",
        "Kontrollera identifieraren. En annan organisations uppgift svarar som en som saknas.",
        "Check the identifier. Another organisation's thing answers like one that is not there.",
    ),
)
INVALID = kind(
    422,
    "invalid-request",
    text("Pyyntö on virheellinen", "Begäran är felaktig", "The request is not valid"),
    text(
        "Korjaa kohdat, jotka luettelo errors osoittaa JSON-osoittimin.",
        "Rätta de ställen som listan errors pekar ut med JSON-pekare.",
        "Mend the places that the list errors points at, by JSON pointer.",
    ),
)
UNKNOWN_CODE = kind(
    422,
    "unknown-code",
    text("Tuntematon koodi", "Okänd kod", "Unknown code"),
    text(
        "Käytä koodiston koodia; suggestions ehdottaa lähimpiä.",
        "Använd en kod ur kodverket; suggestions föreslår de närmaste.",
        "Use a code of the code set; suggestions lists the nearest.",
    ),
)
UNKNOWN_PARAMETER = kind(
    422,
    "unknown-parameter",
    text("Tuntematon hakuehto", "Okänd parameter", "Unknown query parameter"),
    text(
        "Poista hakuehto tai käytä jotakin ehdotetuista.",
        "Ta bort parametern eller använd en av de föreslagna.",
        "Leave the parameter out, or use one of those suggested.",
    ),
)
BAD_CURSOR = kind(
    422,
    "bad-cursor",
    text("Virheellinen kohdistin", "Felaktig markör", "The cursor is not valid"),
    text(
        "Käytä vastauksen next-arvoa sellaisenaan tai aloita alusta.",
        "Använd svarets next oförändrat eller börja från början.",
        "Use next as the answer gave it, or begin anew.",
    ),
)
UNAUTHENTICATED = kind(
    401,
    "unauthenticated",
    text("Tunnistautuminen puuttuu", "Autentisering saknas", "No valid access token"),
    text(
        "Hanki uusi pääsytunniste ja lähetä se Authorization-otsakkeessa.",
        "Hämta en ny åtkomsttoken och skicka den i Authorization.",
        "Get a new access token and send it in Authorization.",
    ),
)
FORBIDDEN = kind(
    403,
    "insufficient-scope",
    text("Käyttöoikeus ei riitä", "Behörigheten räcker inte", "The token lacks a scope"),
    text(
        "Pyydä pääsytunniste, jossa on scope-kentän käyttöoikeus.",
        "Begär en token med behörigheten i fältet scope.",
        "Ask for a token with the scope that the field scope names.",
    ),
)
CLIENT_NOT_REGISTERED = kind(
    403,
    "client-not-registered",
    text(
        "Järjestelmää ei ole rekisteröity tähän",
        "Systemet är inte registrerat för detta",
        "The client is not registered for this",
    ),
    text(
        "Pyydä organisaatiosi pääkäyttäjää rekisteröimään client_id ja scope-kentän käyttöoikeus.",
        "Be din organisations administratör registrera client_id och behörigheten i fältet scope.",
        "Let your organisation's administrator register the client_id, with the scope named here.",
    ),
)
STALE = kind(
    412,
    "stale",
    text("Tieto on muuttunut", "Uppgiften har ändrats", "It has changed since you read it"),
    text(
        "Lue tieto uudelleen ja yritä sen ETag-arvolla.",
        "Läs uppgiften på nytt och försök med dess ETag.",
        "Read it again, and try with its ETag.",
    ),
)
CONFLICT = kind(
    409,
    "conflict",
    text("Sama tehtiin samaan aikaan", "Samma sak gjordes samtidigt", "Another did the same"),
    text(
        "Lue tiedot uudelleen ennen kuin yrität toistamiseen.",
        "Läs uppgifterna på nytt innan du försöker igen.",
        "Read again before you try once more.",
    ),
)
ILLEGAL_STEP = kind(
    409,
    "illegal-step",
    text("Vaihe ei ole mahdollinen", "Steget är inte möjligt", "The step is not possible now"),
    text(
        "Valitse jokin kentän legal vaiheista.",
        "Välj ett av stegen i fältet legal.",
        "Choose one of the steps in the field legal.",
    ),
)
IF_MATCH_MISSING = kind(
    428,
    "if-match-missing",
    text("If-Match puuttuu", "If-Match saknas", "If-Match is missing"),
    text(
        "Lähetä If-Match-otsakkeessa viimeksi lukemasi ETag.",
        "Skicka den senast lästa ETag i If-Match.",
        "Send the ETag that you last read in If-Match.",
    ),
)
KEY_MISSING = kind(
    400,
    "idempotency-key-missing",
    text("Idempotency-Key puuttuu", "Idempotency-Key saknas", "Idempotency-Key is missing"),
    text(
        "Lähetä uusi satunnainen avain; sama avain vain saman pyynnön uusinnassa.",
        "Skicka en ny slumpmässig nyckel; samma nyckel endast när samma begäran upprepas.",
        "Send a new random key; the same one only to repeat the same request.",
    ),
)
KEY_REUSED = kind(
    422,
    "idempotency-key-reused",
    text("Avain on käytetty", "Nyckeln är använd", "The key was used for another request"),
    text(
        "Käytä uutta avainta uudelle pyynnölle.",
        "Använd en ny nyckel för en ny begäran.",
        "Use a new key for a new request.",
    ),
)
KEY_IN_FLIGHT = kind(
    409,
    "idempotency-key-in-flight",
    text("Sama pyyntö on kesken", "Samma begäran pågår", "The same request is under way"),
    text(
        "Odota hetki ja lähetä pyyntö uudelleen samalla avaimella.",
        "Vänta en stund och skicka begäran igen med samma nyckel.",
        "Wait a moment and send it again with the same key.",
    ),
)
ANSWER_GONE = kind(
    410,
    "answer-gone",
    text("Vastausta ei enää ole", "Svaret finns inte längre", "The answer is kept no more"),
    text(
        "Pyyntö on jo toteutettu, eikä sitä toisteta; henkilö, jota se koski, on poistettu.",
        "Begäran är redan utförd och upprepas inte; personen som den gällde har raderats.",
        "The request was carried out, and is not repeated; whom it was about has been erased.",
    ),
)
TOO_LARGE = kind(
    413,
    "too-large",
    text("Pyyntö on liian suuri", "Begäran är för stor", "The request is too large"),
    text(
        "Lähetä kerralla enintään most_bytes-kentän verran tavuja.",
        "Skicka åt gången högst så många byte som most_bytes anger.",
        "Send at most as many bytes at a time as most_bytes says.",
    ),
)
TOO_MANY = kind(
    429,
    "too-many-requests",
    text("Liian monta pyyntöä", "För många begäranden", "Too many requests"),
    text(
        "Odota Retry-After-otsakkeen verran sekunteja ja lähetä pyyntöjä harvemmin.",
        "Vänta så många sekunder som Retry-After anger och skicka begäranden glesare.",
        "Wait as many seconds as Retry-After says, and send less often.",
    ),
)
UNAVAILABLE = kind(
    503,
    "unavailable",
    text(
        "Palvelu ei ole hetkeen käytettävissä",
        "Tjänsten är inte tillgänglig just nu",
        "The service is away for a moment",
    ),
    text(
        "Yritä Retry-After-otsakkeen verran myöhemmin samalla Idempotency-Key-avaimella.",
        "Försök på nytt efter Retry-After med samma Idempotency-Key.",
        "Try again after Retry-After, with the same Idempotency-Key.",
    ),
)
TOO_SLOW = kind(
    408,
    "too-slow",
    text("Pyyntö saapui liian hitaasti", "Begäran kom för långsamt", "The request was too slow"),
    text(
        "Lähetä sisältö uudelleen yhtäjaksoisesti; mitään ei tehty.",
        "Skicka innehållet på nytt utan avbrott; inget gjordes.",
        "Send the body again without pauses; nothing was done.",
    ),
)
UNSUPPORTED = kind(
    415,
    "unsupported-media-type",
    text("Sisältötyyppi ei kelpaa", "Innehållstypen duger inte", "Unsupported media type"),
    text(
        "Lähetä Content-Type-otsakkeessa jokin kentän accepted tyypeistä.",
        "Ange en av typerna i fältet accepted som Content-Type.",
        "Send one of the types in the field accepted as Content-Type.",
    ),
)
FAULT = kind(
    500,
    "fault",
    text("Palvelussa on vika", "Fel i tjänsten", "The service has a fault"),
    text(
        "Yritä myöhemmin samalla Idempotency-Key-avaimella; mitään ei jäänyt puolitiehen.",
        "Försök senare med samma Idempotency-Key; inget blev halvfärdigt.",
        "Try later with the same Idempotency-Key; nothing was left half done.",
    ),
)
HTTP = {
    405: kind(
        405,
        "method-not-allowed",
        text("Toiminto ei ole käytössä", "Metoden är inte tillåten", "Method not allowed"),
        text("Katso rajapintakuvaus.", "Se API-beskrivningen.", "See the API's description."),
    ),
    404: MISSING,
}
MALFORMED = kind(
    400,
    "malformed",
    text("Pyyntöä ei voi lukea", "Begäran kan inte läsas", "The request cannot be read"),
    text(
        "Lähetä sisältö siinä muodossa, jonka rajapintakuvaus kertoo.",
        "Skicka innehållet i den form som API-beskrivningen anger.",
        "Send the body in the form that the API's description tells.",
    ),
)
