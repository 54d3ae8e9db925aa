"""Approved is frozen: the same bytes for ever, a correction is a new version, and the site shows what was approved."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from core.figures.importing import FiguresRefused, import_figures
from core.figures.reading import FigureRow
from core.models import FigureValue
from figures.approval.approve import NothingChanged, ReasonMissing, ReportMoved, approve_report, scope_of
from figures.approval.changes import changes
from figures.models import Frozen, Snapshot
from figures.report.canonical import digest_of, from_bytes, to_bytes
from figures.report.reading import read_report
from figures.report.year_before import year_before
from tests.core.factories import FigureFactory, FigureValueFactory, SectorFactory
from tests.figures.asking import ask
from tests.figures.factories import SnapshotFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]


def approve(*, programme: str = "", note: str = "", year: int = 2024) -> Snapshot:
    """As direction does who has just looked at the report."""
    seen = digest_of(read_report(scope_of(year, programme)))
    return approve_report(year=year, programme=programme, seen=seen, note=note, by=None, now=timezone.now())


def shown(key: str, year: int = 2024) -> Decimal | None:
    """What a block of the site would show."""
    value = FigureValue.objects.filter(figure__key=key, year=year).first()
    return value.value if value else None


def test_the_same_data_gives_the_same_bytes() -> None:
    sectors = [SectorFactory(slug=slug) for slug in ("homeless", "housing", "drugs")]
    for sector in sectors:
        ask(6, sector=sector)
    first = approve()
    again = to_bytes(read_report(scope_of(2024)))
    assert (bytes(first.content), first.version, first.is_intact) == (again, 1, True)
    assert to_bytes(from_bytes(first.content)) == again, "read and written, it is the same"


def test_what_was_approved_does_not_follow_the_data() -> None:
    [first, *_others] = ask(6, sector=SectorFactory(slug="homeless"))
    snapshot = approve()
    first.delete()
    snapshot.refresh_from_db()
    assert from_bytes(snapshot.content).by_key["test_requests"].value == 6
    assert year_before(scope_of(2025)).by_key["test_requests"].value == 6, "the year after compares with what was approved"


def test_a_correction_is_a_new_version_that_says_what_changed_and_why() -> None:
    ask(6, sector=SectorFactory(slug="homeless", name_en="Homelessness"))
    first = approve()
    with pytest.raises(NothingChanged):
        approve(note="Just to be sure")
    ask(1, sector=None)
    with pytest.raises(ReasonMissing):
        approve(note="  ")
    second = approve(note="A request was noted late")
    assert (second.version, second.note) == (2, "A request was noted late")
    with translation.override("en"):
        told = changes(from_bytes(first.content), from_bytes(second.content))
    found = [(each.key, each.what, each.before, each.after) for each in told]
    assert found == [
        ("test_unique", "value", 6, 7),
        ("test_unique", "known", 6, 7),
        ("test_requests", "value", 6, 7),
        ("test_requests", "known", 6, 7),
        ("test_sector", "not known", 0, 1),
    ]


def test_nobody_approves_figures_she_did_not_see() -> None:
    seen = digest_of(read_report(scope_of(2024)))
    ask(1, sector=None)
    with pytest.raises(ReportMoved):
        approve_report(year=2024, seen=seen, note="", by=None, now=timezone.now())


def test_nothing_changes_or_deletes_a_version() -> None:
    snapshot = SnapshotFactory(version=1)
    snapshot.note = "otherwise"
    for change in (
        snapshot.save,
        snapshot.delete,
        Snapshot.objects.all().delete,
        lambda: Snapshot.objects.update(note="otherwise"),
        lambda: Snapshot.objects.bulk_update([snapshot], ["note"]),
    ):
        with pytest.raises(Frozen):
            change()
    assert Snapshot.objects.get().note == ""


@pytest.mark.parametrize("facts", [{"version": 1}, {"version": 2, "note": ""}], ids=["the same version", "a correction without a reason"])
def test_the_database_refuses(facts: dict[str, object]) -> None:
    SnapshotFactory(version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SnapshotFactory(**facts)


def test_bytes_that_were_touched_are_noticed() -> None:
    """Past the model, by SQL: the digest tells."""
    snapshot = SnapshotFactory(version=1, sha256="0" * 64)
    assert not snapshot.is_intact


def test_the_site_shows_approved_figures_and_no_small_ones() -> None:
    for slug, number in (("homeless", 9), ("housing", 3), ("drugs", 7), ("health", 6)):
        ask(number, sector=SectorFactory(slug=slug))
    approve()
    assert (shown("test_requests"), shown("test_sector_homeless"), shown("test_sector_health")) == (25, 9, 6)
    assert shown("test_sector_pct_homeless") == Decimal("36.00")
    assert (shown("test_sector_housing"), shown("test_sector_drugs")) == (None, None), "3 is hidden, and 7 beside it"
    value = FigureValue.objects.get(figure__key="test_requests")
    assert (value.source_nl, value.approved_version) == ("Jaarverslag 2024", 1)


def test_a_later_version_replaces_what_the_site_shows_and_takes_back_what_became_small() -> None:
    homeless, housing = SectorFactory(slug="homeless"), SectorFactory(slug="housing")
    ask(9, sector=homeless)
    ask(8, sector=SectorFactory(slug="drugs"))
    [wrong, *_others] = ask(5, sector=housing)
    approve()
    assert shown("test_sector_housing") == 5
    wrong.sector = homeless
    wrong.save()
    approve(note="One was in the wrong sector")
    assert (shown("test_sector_housing"), shown("test_sector_drugs"), shown("test_sector_homeless")) == (None, None, 10)


def test_a_figure_counted_in_percent_gets_the_share_and_one_counted_otherwise_is_left_alone() -> None:
    FigureFactory(key="test_sector_homeless", unit="%")
    FigureValueFactory(figure=FigureFactory(key="test_requests", unit="EUR"), year=2024, value=100)
    ask(6, sector=SectorFactory(slug="homeless"))
    ask(6, sector=SectorFactory(slug="housing"))
    approve()
    assert (shown("test_sector_homeless"), shown("test_requests")) == (50, 100)


def test_the_report_of_one_programme_publishes_what_is_of_it_alone() -> None:
    """Nobody subtracts two programmes from all of them."""
    ask(6, sector=None)
    approve(programme="support")
    assert (shown("test_requests"), shown("test_unique")) == (6, None)


def test_an_approved_number_is_corrected_in_the_report_alone() -> None:
    ask(6, sector=None)
    approve()
    value = FigureValue.objects.get(figure__key="test_requests")
    value.value = Decimal(7)
    with pytest.raises(ValidationError):
        value.full_clean()
    row = {"key": "test_requests", "year": "2024", "value": "7", "source_fr": "x", "source_nl": "x", "source_en": "x"}
    with pytest.raises(FiguresRefused):
        import_figures(rows=[FigureRow("row 2", row)])
    value.refresh_from_db()
    value.note = "looked at"
    value.full_clean()
