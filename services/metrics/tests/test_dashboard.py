"""The dashboard as it is sent: languages, numbers, charts with their words and their tables."""

import json
import re
from collections import Counter
from importlib.resources import files

import pytest
from httpx import AsyncClient
from kit.testing import Harness
from metrics.dashboard.charts import NARROW, TimeChart, svg_of
from metrics.dashboard.site import STYLE_NAME
from metrics.domain.indicators import INDICATORS
from metrics.domain.jsonstat import SECRET

from .builders import Story, a_dataset, a_goal, imported

FIGURES = json.loads(files("metrics").joinpath("figures/tyonv_12r5_oulu.json").read_text())


async def page(reader: AsyncClient, path: str = "/", **query: str) -> str:
    """Read a page."""
    answer = await reader.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_dashboard_without_data_says_so_on_every_page(metrics: Harness) -> None:
    reader = metrics.anyone()
    front = await page(reader)
    assert "ei ole vielä voimassa olevaa sopimusta" in front
    assert front.count("Ei vielä tietoja") == len(INDICATORS)
    for code in INDICATORS:
        assert "Luvut tulevat näkyviin" in await page(reader, f"/dashboard/{code}")


@pytest.mark.parametrize(
    ("accepted", "asked", "language"),
    [("", None, "fi"), ("sv-FI,fi;q=0.5", None, "sv"), ("sv", "en", "en"), ("de", None, "fi")],
)
async def test_a_page_is_in_the_language_asked_for(
    metrics: Harness, accepted: str, asked: str | None, language: str
) -> None:
    reader = metrics.anyone(**{"Accept-Language": accepted})
    answer = await reader.get("/", params={"lang": asked} if asked else {})
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text


async def test_links_keep_the_language(metrics: Harness) -> None:
    front = await page(metrics.anyone(), lang="sv")
    links = re.findall(r'href="(/dashboard/[a-z-]+\?[^"]*)"', front)
    assert set(links) == {f"/dashboard/{code}?lang=sv" for code in INDICATORS}


async def test_a_language_that_the_dashboard_does_not_speak_is_refused(metrics: Harness) -> None:
    assert (await metrics.anyone().get("/", params={"lang": "de"})).status_code == 422


async def test_the_front_page_shows_how_the_goal_stands_in_each_language(metrics: Harness) -> None:
    await Story(metrics).agreement()
    await imported(metrics, FIGURES)
    reader = metrics.anyone()
    fi, sv, en = [await page(reader, lang=language) for language in ("fi", "sv", "en")]
    assert "Lokakuu 2023: 12,1\u00a0%. Se on 2,0 prosenttiyksikköä yli tavoitepolun" in fi
    assert "Oktober 2023: 12,1\u00a0%. Det är 2,0 procentenheter över målbanan" in sv
    assert "October 2023: 12.1%. That is 2.0 percentage points above the path" in en
    assert "<h1>Oulun seudun työllisyyden ekosysteemi</h1>" in fi
    assert "<h1>Employment ecosystem</h1>" in en
    assert ("Alue: Oulu" in fi, "Område: Uleåborg" in sv, "Area: Oulu" in en) == (True, True, True)


async def test_of_which_areas_a_rate_is_is_said_beside_it(metrics: Harness) -> None:
    await Story(metrics).agreement()
    await imported(metrics, FIGURES, "oulu")
    months = ("2023M10",)
    await imported(metrics, a_dataset(("KU244",), months, value=[900, 9000]), "neighbour")
    front = await page(metrics.anyone(), lang="fi")
    assert "Lokakuu 2023: 12,1\u00a0%" in front  # the goal is Oulu's
    assert "11,9\u00a0%" in front
    assert "lokakuu 2023, Kempele, Oulu" in front
    more = a_dataset(("KU139", "KU425"), months, value=[1, 10, 1, 10])
    await imported(metrics, more, "others")
    assert "October 2023, 4 areas" in await page(
        metrics.anyone(), "/dashboard/unemployment-rate", lang="en"
    )


async def test_a_text_without_a_translation_is_in_finnish_and_marked(metrics: Harness) -> None:
    await Story(metrics).agreement()
    front = await page(metrics.anyone(), lang="sv")
    assert '<h1><span lang="fi">Oulun seudun työllisyyden ekosysteemi</span></h1>' in front


async def test_a_chart_has_a_title_a_description_and_its_figures_in_a_table(
    metrics: Harness,
) -> None:
    await Story(metrics).agreement()
    await imported(metrics, FIGURES)
    front = await page(metrics.anyone())
    charts = re.findall(r'<svg role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)"', front)
    assert len(charts) == 2  # for a desk and for a phone; one of them is shown
    for title, description in charts:
        assert re.search(f'<title id="{title}">Työttömyysaste laskee</title>', front)
        assert re.search(f'<desc id="{description}">Viivakaavio: Työttömyysaste', front)
    assert "suurin 18,6\u00a0% (huhtikuu 2020)" in front
    row = r'<th scope="row">huhtikuu 2020</th>\s*<td>18,6\u00a0%</td>\s*<td>11,8\u00a0%</td>'
    assert re.search(row, front)


async def test_no_id_stands_twice_on_a_page(metrics: Harness) -> None:
    story = Story(metrics)
    await story.agreement(goals=[a_goal(), a_goal(code="another", indicator="vacancies-open")])
    await story.vacancy("a", "published", openings=3)
    await imported(metrics, FIGURES)
    for path in ("/", *(f"/dashboard/{code}" for code in INDICATORS)):
        ids = Counter(re.findall(r'\sid="([^"]+)"', await page(metrics.anyone(), path)))
        assert [name for name, times in ids.items() if times > 1] == []


async def test_every_indicator_has_its_page_with_definition_and_source(metrics: Harness) -> None:
    for code, indicator in INDICATORS.items():
        shown = await page(metrics.anyone(), f"/dashboard/{code}", lang="en")
        assert f"<h1>{indicator.name.en}</h1>" in shown
        assert str(indicator.source.en) in shown


async def test_a_page_that_is_not_there_says_so_in_words(metrics: Harness) -> None:
    answer = await metrics.anyone().get("/dashboard/happiness", params={"lang": "sv"})
    assert (answer.status_code, "Sidan finns inte" in answer.text) == (404, True)


async def test_categories_have_the_names_that_people_use(metrics: Harness) -> None:
    story = Story(metrics)
    await story.offering("ohjaamo", 10)
    await story.seats("ohjaamo", 4)
    await story.need("job_search")
    await imported(metrics, a_dataset(areas=("KU564", "MK05")))
    reader = metrics.anyone()
    assert "Palvelu ohjaamo" in await page(reader, "/dashboard/capacity-used")
    assert "Stöd i jobbsökning" in await page(reader, "/dashboard/needs-confirmed", lang="sv")
    areas = await page(reader, "/dashboard/unemployment-rate")
    assert '<th scope="row">Oulu</th>' in areas
    assert '<th scope="row">MK05</th>' in areas  # a code, where nobody told a name


async def test_a_secret_figure_is_told_as_such(metrics: Harness) -> None:
    secret = a_dataset(value=[12, 100, None, 100], status={"2": SECRET})
    await imported(metrics, secret)
    shown = await page(metrics.anyone(), "/dashboard/unemployment-rate")
    assert '<span class="mark">Salassa pidettävä</span>' in shown


async def test_a_name_is_never_markup(metrics: Harness) -> None:
    name = {"fi": '<script>alert("1")</script>'}
    kind = "partners.offering.published.v1"
    await metrics.hear(kind, "offerings/o", code="o", name=name, capacity=3)
    shown = await page(metrics.anyone(), "/dashboard/capacity-used")
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") >= 3  # in two drawings and the table


async def test_nothing_comes_from_elsewhere_and_nothing_runs(metrics: Harness) -> None:
    await Story(metrics).agreement()
    answer = await metrics.anyone().get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; style-src 'self'" in policy
    addresses = set(re.findall(r'https?://[^"\s]+', answer.text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<script" not in answer.text
    assert "style=" not in answer.text


async def test_the_style_sheet_may_be_kept_for_ever_under_the_name_of_its_content(
    metrics: Harness,
) -> None:
    reader = metrics.anyone()
    assert f"/dashboard/static/{STYLE_NAME}" in await page(reader)
    answer = await reader.get(f"/dashboard/static/{STYLE_NAME}")
    assert "immutable" in answer.headers["cache-control"]
    assert (await reader.get("/dashboard/static/dashboard.css")).status_code == 404


def test_the_same_figures_are_drawn_byte_for_byte_alike() -> None:
    chart = TimeChart(((24000, 3.0), (24001, None), (24002, 4.0)), "percent", "fi")
    draw = svg_of.__wrapped__
    assert draw(chart, NARROW) == draw(chart, NARROW) == svg_of(chart, NARROW)
    assert svg_of(chart, NARROW) is svg_of(chart, NARROW)  # and drawn once


async def test_one_is_said_otherwise_than_many(metrics: Harness) -> None:
    story, reader = Story(metrics), metrics.anyone()
    await story.vacancy("a", "published", openings=1)
    shown = await page(reader, "/dashboard/vacancies-open")
    assert '1 <span class="unit">työpaikka</span>' in shown
    await story.vacancy("a", "changed", openings=2)
    shown = await page(reader, "/dashboard/vacancies-open")
    assert '2 <span class="unit">työpaikkaa</span>' in shown
