"""The dashboard's own phrases."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kit.texts import Text, text

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "site": text(
            "Työllisyyskumppanuus", "Sysselsättningspartnerskapet", "Employment partnership"
        ),
        "subtitle": text("Tavoitteet ja mittarit", "Mål och indikatorer", "Goals and indicators"),
        "skip": text("Siirry sisältöön", "Gå till innehållet", "Skip to content"),
        "languages": text("Kieli", "Språk", "Language"),
        "front": text("Etusivu", "Startsida", "Front page"),
        "agreement": text("Kumppanuussopimus", "Partnerskapsavtal", "Partnership agreement"),
        "term": text("Voimassa {0}–{1}", "I kraft {0}–{1}", "In force {0} – {1}"),
        "no_agreement": text(
            "Kumppanuudella ei ole vielä voimassa olevaa sopimusta.",
            "Partnerskapet har ännu inget avtal i kraft.",
            "The partnership has no agreement in force yet.",
        ),
        "goal": text("Tavoite", "Mål", "Goal"),
        "goals": text("Tavoitteet", "Mål", "Goals"),
        "no_goals": text(
            "Sopimukseen ei ole kirjattu tavoitteita.",
            "Avtalet innehåller inga mål.",
            "The agreement names no goals.",
        ),
        "indicators": text("Mittarit", "Indikatorer", "Indicators"),
        "observed": text("Toteutunut", "Utfall", "Actual"),
        "path": text("Tavoitepolku", "Målbana", "Path to the goal"),
        "target_by": text("Tavoite {0}", "Mål {0}", "Goal for {0}"),
        "above_path": text(
            "{month}: {value}. Se on {gap} yli tavoitepolun ({expected}).",
            "{month}: {value}. Det är {gap} över målbanan ({expected}).",
            "{month}: {value}. That is {gap} above the path to the goal ({expected}).",
        ),
        "below_path": text(
            "{month}: {value}. Se on {gap} alle tavoitepolun ({expected}).",
            "{month}: {value}. Det är {gap} under målbanan ({expected}).",
            "{month}: {value}. That is {gap} below the path to the goal ({expected}).",
        ),
        "on_path": text(
            "{month}: {value}, tavoitepolun mukaisesti.",
            "{month}: {value}, enligt målbanan.",
            "{month}: {value}, on the path to the goal.",
        ),
        "off_path": text("{month}: {value}.", "{month}: {value}.", "{month}: {value}."),
        "areas": text("{0} aluetta", "{0} områden", "{0} areas"),
        "area": text("Alue", "Område", "Area"),
        "points": text("{0} prosenttiyksikköä", "{0} procentenheter", "{0} percentage points"),
        "no_values_yet": text(
            "Lukuja ei ole vielä tuotu.",
            "Inga siffror har ännu importerats.",
            "No figures have been imported yet.",
        ),
        "no_data": text("Ei vielä tietoja", "Inga uppgifter ännu", "No data yet"),
        "no_data_long": text(
            "Tästä mittarista ei ole vielä tietoja. Luvut tulevat näkyviin, kun ensimmäiset "
            "tapahtumat tai tilastot ovat saapuneet.",
            "Det finns ännu inga uppgifter för indikatorn. Siffrorna visas när de första "
            "händelserna eller statistiken har kommit.",
            "There is no data for this indicator yet. Figures appear when the first events or "
            "statistics have arrived.",
        ),
        "changed": text("Muuttunut {0}", "Ändrad {0}", "Changed {0}"),
        "never_changed": text("Ei muutoksia", "Inga ändringar", "No changes"),
        "before": text("Edellinen", "Föregående", "Previous"),
        "definition": text("Määritelmä", "Definition", "Definition"),
        "source": text("Lähde", "Källa", "Source"),
        "updated": text("Viimeisin muutos", "Senaste ändring", "Last change"),
        "over_time": text("Kehitys kuukausittain", "Utveckling per månad", "Month by month"),
        "largest": text(
            "Kaaviossa on {0} suurinta; kaikki ovat taulukossa.",
            "Diagrammet visar de {0} största; alla finns i tabellen.",
            "The chart shows the {0} largest; all are in the table.",
        ),
        "table": text("Luvut taulukkona", "Siffrorna som tabell", "The figures as a table"),
        "month": text("Kuukausi", "Månad", "Month"),
        "value": text("Arvo", "Värde", "Value"),
        "see_more": text("Katso tarkemmin: {0}", "Se närmare: {0}", "See more: {0}"),
        "under_a_minute": text("alle 1\u00a0min", "under 1\u00a0min", "under 1\u00a0min"),
        "moment": text("{day} klo {time}", "{day} kl. {time}", "{day} at {time}"),
        "mark_.": text("Ei voi esiintyä", "Kan inte förekomma", "Not applicable"),
        "mark_..": text(
            "Ei saatavilla tai liian epävarma",
            "Inte tillgänglig eller för osäker",
            "Not available or too uncertain",
        ),
        "mark_...": text("Salassa pidettävä", "Sekretessbelagd", "Confidential"),
        "chart_line": text(
            "Viivakaavio: {name}, {first}–{last}.",
            "Linjediagram: {name}, {first}–{last}.",
            "Line chart: {name}, {first} – {last}.",
        ),
        "chart_bars": text(
            "Pylväskaavio: {name}, {first}–{last}.",
            "Stapeldiagram: {name}, {first}–{last}.",
            "Bar chart: {name}, {first} – {last}.",
        ),
        "chart_by": text(
            "Palkkikaavio: {name}, {each}.",
            "Liggande stapeldiagram: {name}, {each}.",
            "Bar chart: {name}, {each}.",
        ),
        "chart_lowest": text(
            "Pienin arvo {lowest} ({lowest_at}), suurin {highest} ({highest_at}), "
            "viimeisin {latest} ({latest_at}). Luvut ovat taulukossa kaavion alla.",
            "Lägsta värde {lowest} ({lowest_at}), högsta {highest} ({highest_at}), "
            "senaste {latest} ({latest_at}). Siffrorna finns i tabellen under diagrammet.",
            "Lowest {lowest} ({lowest_at}), highest {highest} ({highest_at}), "
            "latest {latest} ({latest_at}). The figures are in the table below the chart.",
        ),
        "chart_goal": text(
            "Tavoitepolku kulkee suoraan: {start} ({start_at}) – {end} ({end_at}).",
            "Målbanan går rakt: {start} ({start_at}) – {end} ({end_at}).",
            "The path to the goal is a straight line: {start} ({start_at}) – {end} ({end_at}).",
        ),
        "chart_steps": text(
            "Tavoitepolku kulkee portain: {start} ({start_at}), {steps}, {end} ({end_at}).",
            "Målbanan går stegvis: {start} ({start_at}), {steps}, {end} ({end_at}).",
            "The path to the goal goes by steps: {start} ({start_at}), {steps}, {end} ({end_at}).",
        ),
        "tolerance": text(
            "Sallittu poikkeama on {0}.", "Tillåten avvikelse är {0}.", "The tolerance is {0}."
        ),
        "band": text("Sallittu vaihteluväli", "Tillåtet intervall", "Allowed range"),
        "stands": text("Tilanne", "Läge", "Standing"),
        "on_track": text("Tavoitepolulla", "På målbanan", "On track"),
        "within_tolerance": text(
            "Sallitun poikkeaman rajoissa", "Inom tillåten avvikelse", "Within tolerance"
        ),
        "off": text("Ei tavoitepolulla", "Inte på målbanan", "Off track"),
        "version": text("Sopimuksen versio {0}", "Avtalets version {0}", "Version {0}"),
        "not_found": text("Sivua ei ole", "Sidan finns inte", "There is no such page"),
        "not_found_long": text(
            "Tällä osoitteella ei ole mittaria. Kaikki mittarit ovat etusivulla.",
            "Det finns ingen indikator på denna adress. Alla indikatorer finns på startsidan.",
            "There is no indicator at this address. All indicators are on the front page.",
        ),
        "about": text(
            "Luvut lasketaan kumppanuuden palvelujen tapahtumista ja virallisista tilastoista. "
            "Sivuilla ei näytetä henkilötietoja.",
            "Siffrorna beräknas av händelser i partnerskapets tjänster och av officiell "
            "statistik. Inga personuppgifter visas på sidorna.",
            "The figures are computed from events of the partnership’s services and from "
            "official statistics. The pages show no personal data.",
        ),
        "publisher": text(
            "Julkaisija: Pohjois-Pohjanmaan liitto",
            "Utgivare: Norra Österbottens förbund",
            "Published by the Council of Oulu Region",
        ),
    }
)
