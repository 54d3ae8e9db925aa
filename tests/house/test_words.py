"""The words of the site as an editor would have them: catalogues and demo content, one row a rule (docs/glossary.md)."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.utils import translation

from core.languages import language_names
from demo.builders import samples, sessions
from demo.reading import LANGUAGES, facts, is_text, sheet, sheets

LOCALE = Path(settings.LOCALE_PATHS[0])
# One row a rule: language, what must not stand in a text, what stands there instead, and a text the rule finds.
RULES: list[tuple[str, str, str, str]] = [
    ("fr", r" [:;?!»](?!\w)|« ", "a no-break space inside French punctuation", "Encore exact ?"),
    ("fr", r"[^\W\d]'[^\W\d]", "’", "L'Îlot"),
    ("fr", r"\b1 (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)", "1er février", "1 février 2027"),
    ("fr", r"(?i)\bcourriels?\b|(?<![-/%(\w])\bmails?\b(?![/)\w])", "e-mail", "Vous recevez un mail."),
    ("fr", r"(?i)\badresses? électroniques?\b", "adresse e-mail", "Votre adresse électronique"),
    ("fr", r"(?i)\brapports? annuels?\b", "rapport d’activités", "Le rapport annuel 2024"),
    ("fr", r"\b(l’équipe|la newsletter) de Smes\b", "du Smes", "la newsletter de Smes"),
    ("fr", r"\bnuméros? de portable\b", "numéro de GSM", "Pas de numéro de portable."),
    ("fr", r"\biels?\b", "no new pronoun", "Comment participent-iels"),
    ("fr", r"(?i)aide au logement", "accompagnement en logement", "les locataires et l’aide au logement"),
    ("fr", r"savoir d’expérience", "expertise du vécu", "la journée du savoir d’expérience"),
    ("fr", r"\bdîner offert|Le dîner est", "repas de midi", "Gratuit, dîner offert."),
    ("fr", r"(?i)téléverser|nous vous avons oublié|faire oublier", "déposer, effacer", "Nous vous avons oublié·e"),
    ("fr", r"(?i)\bvotre institution\b", "organisation", "Votre institution"),
    # Inclusive writing has one form, the median point: no pairs of nouns, no brackets, no point before the plural.
    (
        "fr",
        r"(?i)\b(\w{3,}?)(?:euses|rices|ières|antes|entes|ennes|ives|ées) (?:et|ou) (?:les |des )?\1\w+"
        r"|\b(\w{3,}?)(?:eurs|iers|ants|ents|iens|ifs|és) (?:et|ou) (?:les |des )?\2\w*(?:euses|rices|ières|antes|entes|ennes|ives|ées)\b",
        "travailleur·euses",
        "les travailleuses et travailleurs",
    ),
    ("fr", r"\w\((?:e|es|ère|rice|euse|ne)\)|\w·e·s\b", "participant·es", "les participant·e·s"),
    (
        "fr",
        r"(?i)\b(usagers?|visiteurs?|travailleurs?|formateurs?|administrateurs?|soignants?|participants?|abonnés?|lecteurs?)\b"
        r"(?!·| d’écran| de PDF|\s»)",
        "usager·ère: nobody is left out",
        "autour d’un même usager",
    ),
    ("nl", r"(?i)(?<![\w-])lezers?\b", "abonnee (of the newsletter), bezoeker (of the site)", "Lezers vinden ze op de kaart."),
    ("nl", r"‘[^‘’]+’(?!\w)|„", "“…”", "het merk ‘voorbeeld’"),
    ("nl", r"\b[jJ](e|ij|ouw|ezelf)\b", "u, uw", "wat je zegt"),
    ("nl", r"\bmen\b", "u, or a sentence without a subject", "als men in onzekerheid leeft"),
    ("nl", r"(?i)niet-opname|niet-opgenomen", "non-take-up van rechten", "niet-opname van rechten"),
    (
        "nl",
        r"(?i)\bdienstplan\b|\bop post\b|analyseraster|(sorteer|schrijf)atelier",
        "plattegrond, aan het werk, schema, workshop",
        "een dienstplan",
    ),
    ("nl", r"gaa?t (door )?bij u( door)?\b", "vindt bij u plaats", "De vorming gaat door bij u"),
    ("nl", r"(?i)\bbeleidswerk\b", "pleitbezorging", "Beleidswerk en vertegenwoordiging"),
    ("nl", r"(?i)\bcovoorzitter", "medevoorzitter", "twee covoorzitters"),
    ("nl", r"(?i)\bopgeladen\b|\bopladen\b", "geüpload, uploaden", "Een bestand opladen"),
    ("nl", r"(?i)\bbevroren\b|\bis geweten\b|\bleesvoer\b|\bstaal\b", "vastgelegd, bekend, voorbeeld", "Het bestand is een staal"),
    ("nl", r"(?i)\bcatalogus\b", "aanbod", "in de catalogus"),
    ("nl", r"(?i)\bervaringskennis\b", "ervaringsdeskundigheid", "de dag van de ervaringskennis"),
    ("nl", r"(?i)\bwe zijn u vergeten|\b(bericht|testmails) (is|zijn) vertrokken", "gewist, verzonden", "Uw bericht is vertrokken"),
    ("nl", r"(?i)\bcocof\b|\bcocom\b", "FGC, GGC", "Gemeenten, Gewest, Cocof"),
    ("en", r"(?i)(?<![-/\w])trainings\b(?!/)", "training courses", "All the trainings"),
    ("en", r"(?i)\bon[ -]line\b", "online", "Read on line"),
    ("en", r"(?i)\binsecur(e|ity)\b", "deprivation, deep poverty", "growing old in great insecurity"),
    (
        "en",
        r"(?i)\bcarers\b|\bphysicians?\b|\baccompan(y|ied|ying|iments?)\b",
        "care staff, doctors, support",
        "organisations accompanied in 2024",
    ),
    ("en", r"(?i)\b(newsletter|team|library|publications|advocacy) of Smes\b", "the Smes newsletter", "the newsletter of Smes"),
    (
        "en",
        r"(?i)\bsomebody of\b|\bneed not do\b|\bunwanted mails\b|\binto your mail\b",
        "someone at, no action, spam folder",
        "somebody of Smes",
    ),
    (
        "en",
        r"(?i)\bjob offers?\b|\bprofessional secrecy\b|\bwhich complete one\b",
        "job advert, confidentiality, complement",
        "from title to job offer",
    ),
    ("en", r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. \d|‘[^‘’]+’(?!\w)", "10 December 2024, “…”", "Dec. 10, 2024"),
]


@cache
def catalogue(language: str) -> list[str]:
    """What the interface says; English is in the code, so its messages are those of the French catalogue."""
    texts: list[str] = []
    for path in (LOCALE / ("nl" if language == "nl" else "fr") / "LC_MESSAGES").glob("*.po"):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                texts += (entry.msgid, entry.msgid_plural) if language == "en" else (entry.msgstr, *entry.msgstr_plural.values())
    return texts


def written(value: Any, language: str) -> Iterator[str]:
    """Every text of a language inside a sheet, a row of facts or a word list of the demo."""
    if is_text(value):
        yield value[language]
    elif isinstance(value, dict):
        for name, child in value.items():
            if isinstance(child, str) and name.endswith(f"_{language}"):
                yield child
            elif child is not None and name != "slug":
                yield from written(child, language)
    elif isinstance(value, (list, tuple)):
        for child in value:
            yield from written(child, language)


@cache
def demo(language: str) -> list[str]:
    """What the demo's content says in a language."""
    content = [
        *(sheets(folder) for folder in ("pages", "modules", "publications")),
        *(sheet(name) for name in ("issues", "places", "site_texts")),
        *(facts(name) for name in ("figures-2024", "organisations", "sectors")),
        *(samples.WORDS, sessions.VENUES),
    ]
    return list(written(content, language))


def breaking(texts: list[str], pattern: str) -> list[str]:
    return [text for text in texts if re.search(pattern, text)]


@pytest.mark.parametrize(("language", "wrong", "right", "example"), RULES, ids=[f"{language}: {right}" for language, _, right, _ in RULES])
def test_no_text_says_it_the_wrong_way(language: str, wrong: str, right: str, example: str) -> None:
    assert breaking([example], wrong), "the control: the rule finds what it is about"
    assert breaking([*catalogue(language), *demo(language)], wrong) == [], f"better: {right}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_in_a_crisis_names_every_line_in_every_language(language: str) -> None:
    """At the foot of every page and on the contact page: emergency, someone to talk to, suicide prevention, in French and in Dutch."""
    [contact] = [page for page in sheets("pages") if page["key"] == "contact"]
    for said in (sheet("site_texts")["crisis_text"][language], " ".join(written(contact["body"], language))):
        numbers = said.replace("\N{NO-BREAK SPACE}", " ")
        assert [line for line in ("112", "107", "106", "0800 32 123", "1813") if line not in numbers] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_that_are_looked_at_are_all_texts(language: str) -> None:
    """The control: both sources are read, and of the demo pages, sheets, figures and names."""
    texts = demo(language)
    assert len(catalogue(language)) > 2000
    assert len(texts) > 1500
    assert {"Housing First", "Bruss’Help", "Connect"} <= set(texts)


@pytest.mark.parametrize(
    ("language", "names"), [("fr", "français, néerlandais, anglais"), ("nl", "Frans, Nederlands, Engels"), ("en", "French, Dutch, English")]
)
def test_languages_are_named_in_the_readers_language(language: str, names: str) -> None:
    with translation.override(language):
        assert language_names(["fr", "nl", "en"]) == names
