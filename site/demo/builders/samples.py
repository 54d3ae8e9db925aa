"""Sample files of publications, typeset by us when the demo is loaded: tagged, and marked as samples on the cover and on every page."""

from typing import Any

from core.artwork.tiles import draw_threads
from core.files.pdf import render_pdf
from demo.reading import Text

COLUMNS, ROWS = 7, 8
HUES = {
    "connect": ("#0f6b68", "#0d5553", "#dfece6"),
    "support": ("#b0740a", "#764a00", "#f8e9c8"),
    "housing_first": ("#b04a2e", "#8f3620", "#f7e0d5"),
    "": ("#5b5146", "#3a332b", "#f2ebdd"),
}
WORDS: dict[str, Text] = {
    "sample": {"fr": "échantillon", "nl": "voorbeeld", "en": "sample"},
    "about_title": {"fr": "À propos de cet échantillon", "nl": "Over dit voorbeeld", "en": "About this sample"},
    "about": {
        "fr": "Ce fichier a été composé pour la démonstration du site du Smes. Il tient la place du vrai texte : sa couverture, sa page "
        "de titre et ses extraits sont écrits pour l’essai et ne citent pas l’original.",
        "nl": "Dit bestand werd gemaakt voor de demonstratie van de site van Smes. Het staat op de plaats van de echte tekst: de omslag, "
        "de titelpagina en de uittreksels zijn geschreven om te proberen en citeren het origineel niet.",
        "en": "This file was typeset for the demonstration of the Smes site. It stands in for the real text: its cover, its title page "
        "and its extracts were written for the trial and do not quote the original.",
    },
    "contents_title": {"fr": "Sommaire", "nl": "Inhoud", "en": "Contents"},
    "excerpt_title": {"fr": "Extrait", "nl": "Uittreksel", "en": "Extract"},
    "footer": {
        "fr": "Échantillon – pas la vraie publication",
        "nl": "Voorbeeld – niet de echte publicatie",
        "en": "Sample – not the real publication",
    },
}


def sample_pdf(sheet: dict[str, Any], edition: dict[str, Any], *, series: str, version: int = 1) -> bytes:
    """The file of one edition of a work. A later version says so in its text, so that its bytes differ."""
    languages: list[str] = edition["languages"]
    first = languages[0]
    hue, deep, tint = HUES[sheet["programme"]]
    number = f" {sheet['number']}" if sheet.get("number") else ""
    data = {
        "language": first,
        "title": edition["title"],
        "subtitle": edition.get("subtitle", ""),
        "author": ", ".join(sheet["authors"][:3]),
        "year": sheet["year"],
        "kicker": f"{series}{number}" if series else "",
        "hue": hue,
        "deep": deep,
        "tint": tint,
        "drawing": drawing(sheet["code"], hue=hue, tint=tint),
        "sample_mark": " / ".join(WORDS["sample"][code] for code in languages) + (f" v{version}" if version > 1 else ""),
        "footer": WORDS["footer"][first],
        "parts": [_part(sheet, edition, code, is_last=code == languages[-1]) for code in languages],
    }
    return render_pdf("demo/pdf/sample", data)


def _part(sheet: dict[str, Any], edition: dict[str, Any], code: str, *, is_last: bool) -> dict[str, Any]:
    return {
        "language": code,
        "about_title": WORDS["about_title"][code],
        "about": WORDS["about"][code],
        "abstract": [text[code] for text in (sheet["intro"], *sheet["abstract"])],
        "contents_title": WORDS["contents_title"][code],
        "contents": [text[code] for text in sheet.get("contents", [])],
        "excerpt_title": WORDS["excerpt_title"][code],
        "inside": [text[code] for text in edition["inside"] if text[code]],
        "is_last": is_last,
    }


def drawing(seed: str, *, hue: str, tint: str) -> str:
    """The threads of a work as an SVG picture, as its drawn cover would have them."""
    first, second, third, *others = draw_threads(seed, COLUMNS, ROWS)
    width, height = 2 * COLUMNS, 2 * ROWS
    rest = "".join(thread.path for thread in others)
    strokes = ((rest, ".22"), (second.path, ".6"), (third.path, ".8"), (first.path, "1"))
    paths = "".join(f'<path d="{path}" stroke="{hue}" stroke-opacity="{opacity}"/>' for path, opacity in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" fill="none" stroke-width=".5" stroke-linecap="round">'
        f'<rect width="{width}" height="{height}" fill="{tint}"/>{paths}</svg>'
    )
