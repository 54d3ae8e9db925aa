"""What the library knows of who ordered: for three months, or until she asks."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import OutgoingMail
from publications.enums import OrderStatus
from publications.models import LibraryPage, PaperOrder
from publications.orders.selectors import edition_stock
from publications.orders.services import cancel_order
from tests.publications.factories import EditionFactory, PaperOrderFactory, make_pages
from tests.publications.orders import order

pytestmark = pytest.mark.django_db


def test_addresses_are_erased_three_months_after_the_parcel_and_a_dry_run_erases_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    now = timezone.now()
    old = PaperOrderFactory(status=OrderStatus.SENT, closed_at=now - datetime.timedelta(days=91))
    recent = PaperOrderFactory(status=OrderStatus.SENT, closed_at=now - datetime.timedelta(days=89))
    waiting = PaperOrderFactory(status=OrderStatus.WAITING, queued_at=now - datetime.timedelta(days=400))
    call_command("run_duties", "--dry-run", "--only", "erase_order_addresses")
    assert "erase_order_addresses: 1 orders" in capsys.readouterr().out
    old.refresh_from_db()
    assert old.email
    call_command("run_duties", only=["erase_order_addresses"])
    for each in (old, recent, waiting):
        each.refresh_from_db()
    assert (old.name, old.email, old.street, old.organisation) == ("", "", "", "")
    assert (old.copies, old.municipality, old.purpose) == (2, "Bruxelles", "team"), "what the yearly figures count stays"
    assert recent.email
    assert waiting.email


def test_notes_about_an_order_are_erased_with_its_postal_address() -> None:
    then = timezone.now() - datetime.timedelta(days=91)
    placed = PaperOrderFactory()
    cancel_order(order=placed, now=then, reason="Double, dit Mme Exemple")
    call_command("run_duties", only=["erase_order_addresses"])
    assert [each.reason for each in placed.transitions.all()] == [""]


def test_a_person_gets_all_that_is_known_of_her_and_no_key(libraries: dict[str, LibraryPage], capsys: pytest.CaptureFixture[str]) -> None:
    edition = EditionFactory(copies=20, title="Un guide")
    make_pages(edition.work)
    placed = order(edition, email="alix@example.org").order
    order(edition, email="other@example.org")
    call_command("person", "export", " ALIX@example.org")
    told = capsys.readouterr().out
    library = json.loads(told)["publications"]
    (known,) = library["orders"]
    assert (known["edition"], known["reference"], known["street"]) == ("Un guide", placed.reference, "Rue 1")
    assert len(library["mails"]) == 1
    assert placed.token not in told
    assert "other@" not in told


def test_a_person_who_asks_is_forgotten_and_what_was_to_send_her_goes_to_who_waits(libraries: dict[str, LibraryPage]) -> None:
    edition = EditionFactory(copies=2)
    make_pages(edition.work)
    gone, waiting = order(edition, email="alix@example.org").order, order(edition, email="other@example.org").order
    call_command("person", "erase", "alix@example.org", no_input=True)
    for each in (gone, waiting):
        each.refresh_from_db()
    assert (gone.status, gone.name, gone.email, gone.street) == (OrderStatus.CANCELLED, "", "", "")
    assert waiting.status == OrderStatus.RESERVED
    assert edition_stock(edition).copies == 0
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"other@example.org"}
    assert PaperOrder.objects.exclude(email="").get() == waiting
