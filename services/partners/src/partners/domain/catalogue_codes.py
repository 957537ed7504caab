"""The codes that offerings use; texts in Finnish, Swedish, English."""

from types import MappingProxyType

# What a client lives in just now.
SITUATIONS = MappingProxyType(
    {
        "unemployed": ("Työtön", "Arbetslös", "Unemployed"),
        "under_notice": (
            "Irtisanottu tai irtisanomisuhan alla",
            "Uppsagd eller hotad av uppsägning",
            "Under notice or at risk of it",
        ),
        "laid_off": ("Lomautettu", "Permitterad", "Laid off"),
        "employed": ("Työssä", "I arbete", "In work"),
        "entrepreneur": ("Yrittäjä", "Företagare", "Entrepreneur"),
        "student": ("Opiskelija", "Studerande", "Student"),
        "conscript": (
            "Varusmies tai siviilipalveluksessa",
            "Beväring eller civiltjänstgörare",
            "In military or civilian service",
        ),
        "family_leave": ("Perhevapaalla", "Familjeledig", "On family leave"),
        "carer": ("Omaishoitaja", "Närståendevårdare", "Carer"),
        "immigrant": ("Maahanmuuttaja", "Invandrare", "Immigrant"),
        "reduced_work_ability": (
            "Osatyökykyinen",
            "Partiellt arbetsför",
            "With reduced work ability",
        ),
        "released": ("Vankilasta vapautunut", "Frigiven från fängelse", "Released from prison"),
        "homeless": ("Asunnoton", "Bostadslös", "Homeless"),
        "outside": (
            "Työn ja koulutuksen ulkopuolella",
            "Utanför arbete och utbildning",
            "Not in work or education",
        ),
    }
)  # fmt: skip

CHANNELS = MappingProxyType(
    {
        "phone": ("Puhelin", "Telefon", "Telephone"),
        "email": ("Sähköposti", "E-post", "E-mail"),
        "web": ("Verkkosivu", "Webbsida", "Web page"),
        "form": ("Sähköinen lomake", "Elektronisk blankett", "Online form"),
        "chat": ("Chat", "Chatt", "Chat"),
        "video": ("Videoyhteys", "Videosamtal", "Video call"),
    }
)

UNITS = MappingProxyType(
    {
        "client": ("asiakas", "klient", "client"),
        "family": ("perhe", "familj", "family"),
        "group": ("ryhmä", "grupp", "group"),
        "place": ("paikka", "plats", "place"),
        "appointment": ("vastaanottoaika", "mottagningstid", "appointment"),
    }
)

# ISO 639-1, all of it.
LANGUAGES = frozenset(
    [
        "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg",
        "bh", "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv",
        "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi",
        "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr",
        "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja",
        "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw",
        "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml",
        "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv",
        "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro",
        "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr",
        "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr",
        "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi",
        "yo", "za", "zh", "zu",
    ]
)  # fmt: skip
