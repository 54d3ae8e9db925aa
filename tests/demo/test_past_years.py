"""The years 2023 and 2024 of the demo: the report counted from their rows is the printed one, as far as that does not contradict itself."""

import time
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from core.directory.merging import ORGANISATIONS
from core.figures.definitions import Breakdown, sources
from core.figures.period import Period, Scope
from core.merging.selectors import likely_pairs
from core.models import Organisation, OutgoingMail, Theme
from demo.builders.past_years.build import build_past_years
from demo.builders.people import build_staff
from demo.builders.vocabulary import build_vocabulary
from demo.comparison import Line, as_document, compare, count_year, years_needed
from demo.reading import facts, sheets
from followup.enums import FILE_ENDS
from followup.models import File, Request
from newsletter.models import NewsletterIndexPage
from tests.databases import run_manage
from tests.serving import Served
from trainings.evaluation.close import rounds_to_close
from trainings.mailings.selectors import due_mails
from trainings.models import Meeting, Module, Participant
from trainings.people.merge import PEOPLE

pytestmark = pytest.mark.django_db

FEWEST = 150
# Of CPU; the rest of the loading takes over a minute.
SECONDS = 4
FACTS = ("programme", "format", "delivery", "days", "group_min", "group_max", "price", "languages")


def build() -> None:
    """Past years on words, staff and modules, without the rest of the demo."""
    build_vocabulary()
    build_staff()
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    modules = {
        sheet["number"]: Module(
            number=sheet["number"], name=sheet["title"]["fr"], theme=themes[sheet["theme"]], **{name: sheet[name] for name in FACTS}
        )
        for sheet in sheets("modules")
    }
    Module.objects.bulk_create(modules.values())
    locale, _created = Locale.objects.get_or_create(language_code="fr")
    index = NewsletterIndexPage(title="Infolettre", slug="infolettre", locale=locale)
    build_past_years(modules, Page.get_first_root_node().add_child(instance=index))


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Once for all tests of this file, and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        begun = time.process_time()
        build()
        yield time.process_time() - begun
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def lines(built: float) -> list[Line]:
    return compare({year: count_year(year) for year in years_needed()})


def test_most_figures_are_counted_as_printed(lines: list[Line]) -> None:
    assert len(lines) == facts("figures-2024")["count"] == 251
    assert len([line for line in lines if line.matches]) >= FEWEST


def test_each_other_figure_says_why(lines: list[Line]) -> None:
    # Those of the whole demo: its catalogue and its library.
    elsewhere = {"tr_modules", "connect5_print_run"}
    assert [line.id for line in lines if not line.matches and not line.reason and line.id not in elsewhere] == []


@pytest.mark.parametrize(
    ("figure", "known", "unknown"),
    [
        ("tr_sector_pct_homeless", 229, 202),
        ("mob_sector_pct_homeless", 38, 0),
        ("mob_reason_concern", 50, 5),
        ("mob_channel_earlier", 54, 1),
    ],
)
def test_shares_say_of_how_many_they_are(lines: list[Line], figure: str, known: int, unknown: int) -> None:
    line = next(line for line in lines if line.id == figure)
    assert line.counted is not None
    assert (line.counted.known, line.counted.unknown) == (known, unknown)
    assert line.matches


def test_the_page_names_each_figure_and_where_the_report_contradicts_itself(lines: list[Line]) -> None:
    page = as_document(lines)
    assert [line.id for line in lines if f"| {line.id} |" not in page] == []
    assert [words for words in facts("figures-2024")["contradictions_in_report"] if words not in page] == []


def test_a_figure_that_is_counted_otherwise_is_seen(lines: list[Line]) -> None:
    """The control: one participation less, and the line differs."""
    counted = {year: dict(count_year(year)) for year in years_needed()}
    del counted[2024]["tr_participants"]
    (line,) = [line for line in compare(counted) if line.id == "tr_participants"]
    assert (line.matches, line.verdict) == (False, "not counted")


def test_every_figure_is_the_number_of_rows_it_opens(built: float) -> None:
    scope, wrong = Scope(Period.of_year(2024)), []
    for source in sources():
        read = source.read(scope)
        for each in source.definitions:
            counted = each.count(read)
            if each.rows and isinstance(counted, Breakdown):
                wrong += [(each.key, part.code) for part in counted.parts if each.rows(scope, part.code).total() != part.value]
            elif each.rows and not isinstance(counted, Breakdown) and each.rows(scope, "").total() != (counted.value or 0):
                wrong.append((each.key, ""))
    assert wrong == []


def test_nothing_of_it_waits_for_anybody(built: float) -> None:
    now = timezone.now()
    assert not OutgoingMail.objects.exists()
    assert not Meeting.objects.filter(roll_closed_at=None).exists()
    assert not File.objects.exclude(status__in=FILE_ENDS).exists()
    assert not Request.objects.open().exists()
    assert (due_mails(now=now), rounds_to_close(now)) == ([], [])


def test_people_are_invented_and_nobody_is_known_twice(built: float) -> None:
    assert not Participant.objects.exclude(email__endswith="@example.org").exists()
    assert not Participant.objects.exclude(name__contains="Exemple-").exists()
    assert list(likely_pairs(PEOPLE)) == []
    names = dict(Organisation.objects.values_list("pk", "name_fr"))
    pairs = [(names[pair.first], names[pair.second]) for pair in likely_pairs(ORGANISATIONS)]
    assert [pair for pair in pairs if any(name.startswith("Exemple") for name in pair)] == []


def test_it_costs_little(built: float) -> None:
    assert built < SECONDS


def test_the_page_is_what_the_loaded_demo_counts(site: Served, site_database: str) -> None:
    run_manage("compare_report", "--check", DATABASE_URL=site_database, DJANGO_SETTINGS_MODULE="config.settings.demo")
