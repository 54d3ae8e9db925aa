"""A year told on a page, with figures of the store, for tests."""

from typing import Any

from core.models import Figure, FigureValue
from home.models import YearPage
from tests.home.factories import add_page, home_of

LABELS = {
    "meetings": ("rencontres au total", "ontmoetingen in totaal", "meetings in all"),
    "homes": ("gardent leur logement", "behouden hun woning", "keep their home"),
    "income": ("Recettes", "Inkomsten", "Income"),
    "about_forty": ("organisations", "organisaties", "organisations"),
}
UNITS = {"homes": "%", "income": "EUR"}
VALUES = {"meetings": 2542, "homes": 90, "income": "1493200.50", "about_forty": 40}
TITLES = {"fr": "L’année 2024", "nl": "Het jaar 2024", "en": "The year 2024"}


def store(year: int = 2024, **values: Any) -> None:
    """The figures of a year; others than VALUES by name."""
    for key, value in (VALUES | values).items():
        fr, nl, en = LABELS.get(key, (f"{key} fr", f"{key} nl", f"{key} en"))
        labels = {"label_fr": fr, "label_nl": nl, "label_en": en}
        figure, _created = Figure.objects.get_or_create(key=key, defaults={"unit": UNITS.get(key, "count"), "section": "x", **labels})
        sources = {"source_fr": f"Rapport {year}", "source_nl": f"Jaarverslag {year}", "source_en": f"Report {year}"}
        FigureValue.objects.create(figure=figure, year=year, value=value, is_approximate=key.startswith("about"), **sources)


def rows(*keys: str) -> list[dict[str, Any]]:
    """Figures of the store under their own labels."""
    return [{"figure": key, "value": None, "label": ""} for key in keys]


def link(text: str) -> dict[str, Any]:
    return {"page": None, "url": "https://example.org/suite", "text": text}


def parts(language: str) -> dict[str, Any]:
    """What the page says, part by part. The words are not translated but marked with their language."""
    figures = {"figures": rows("meetings", "homes"), "year": None, "source": ""}
    chart = {"title": f"Barres {language}", "kind": "bars", "unit": "", "rows": rows("meetings", "about_forty"), "year": None, "source": ""}
    shares = chart | {"title": f"Parts {language}", "kind": "share"}
    programme = {"programme": "housing_first", "title": f"Housing First {language}", "text": f"<p>Une clé, <b>un bail</b> {language}.</p>"}
    story = {"programme": "support", "title": f"Une histoire {language}", "text": f"<p>Onze équipes ont demandé {language}.</p>"}
    plans = {"programme": "connect", "title": f"Connect {language}", "text": f"<ul><li>Une table {language}</li><li>Un débat</li></ul>"}
    table = {"title": f"Rencontres {language}", "unit": "réunions", "rows": rows("meetings", "income"), "year": None, "source": ""}
    return {
        "opening": [("text", f"<p>L’espoir, puis l’<i>incertitude</i> {language}.</p>"), ("key_figures", figures)],
        "programmes": [("programme", programme | {"key_figures": [figures], "charts": [chart, shares], "links": [link("Le programme")]})],
        "stories": [("story", story | {"links": [link("La supervision")]})],
        "outlook": [("outlook", plans | {"links": [link("Les perspectives")]})],
        "funding": [("chart", chart | {"title": f"Recettes {language}"}), ("links", [link("Qui finance")])],
        "sources": [("text", f'<p>Voir <a href="https://example.org/rapport">le rapport {language}</a>.</p>')],
        "tables": [("tables", {"title": f"Tout {language}", "tables": [table]})],
    }


def make_year(language: str = "fr", **fields: Any) -> YearPage:
    """A live page about a year; 2024 where none is named."""
    told = {"title": TITLES[language], "intro": f"En bref {language}", "year": 2024, **parts(language), **fields}
    page = add_page(YearPage(**told), home_of(language))
    page.save_revision().publish()
    return YearPage.objects.get(pk=page.pk)
