"""Copies on paper: ordered, put aside, sent, cancelled, waited for."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.lifecycle.transitions import TransitionNotAllowed
from core.models import OutgoingMail
from publications.enums import EditionStatus, MoveKind, OrderStatus
from publications.models import Edition, LibraryPage, PaperOrder, StockMove
from publications.orders.selectors import edition_stock
from publications.orders.services import CannotOrder, cancel_order, send_order
from publications.orders.stock import AlreadyDeposited, NotEnoughCopies, move_copies, record_deposit, record_print_run
from tests.core.factories import UserFactory
from tests.html import text
from tests.publications.factories import EditionFactory, make_pages
from tests.publications.orders import order
from tests.trainings.forms import send

pytestmark = pytest.mark.django_db

TYPED = {
    "copies": "2",
    "purpose": "team",
    "name": "Alix Exemple",
    "organisation": "Maison d’exemple",
    "street": "Rue de l’Exemple 7",
    "postal_code": "1030",
    "municipality": "Schaerbeek",
    "email": "alix@example.org",
    "website": "",
}


@pytest.fixture
def edition(libraries: dict[str, LibraryPage]) -> Edition:
    """20 copies on the shelf."""
    edition: Edition = EditionFactory(copies=20, languages=["fr", "nl"])
    make_pages(edition.work)
    return edition


def left(edition: Edition) -> int:
    return edition_stock(edition).copies


def kinds_of_mail() -> list[str]:
    return [mail.kind.rpartition("/")[2] for mail in OutgoingMail.objects.order_by("pk")]


def form_of(edition: Edition, language: str = "fr") -> str:
    with translation.override(language):
        return reverse("publications:order", args=[edition.reference])


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_reader_orders_two_copies_and_page_and_mail_say_the_same(client: Client, edition: Edition, language: str) -> None:
    response = send(client, form_of(edition, language), **TYPED)
    assert response.status_code == 302
    receipt = client.get(response["Location"]).content.decode()
    mail = OutgoingMail.objects.get()
    heading = text(receipt, "h1")
    assert heading in mail.text
    assert mail.language == language
    assert f"/{language}/" in mail.text
    assert left(edition) == 18
    assert "Alix" not in receipt.replace("alix@example.org", ""), "the receipt can be bookmarked: it names nobody"


def test_the_mailed_link_shows_and_only_its_button_cancels(client: Client, edition: Edition) -> None:
    placed = order(edition).order
    with translation.override("fr"):
        manage, cancel = (reverse(f"publications:{name}_order", args=[placed.token]) for name in ("manage", "cancel"))
    shown = client.get(manage)
    assert shown["Cache-Control"] == "no-store, private"
    assert placed.reference in shown.content.decode()
    assert client.get(cancel).status_code == 200
    placed.refresh_from_db()
    assert placed.status == OrderStatus.RESERVED, "a mail scanner that follows links cancels nothing"
    assert send(client, cancel, website="").status_code == 302
    placed.refresh_from_db()
    assert placed.status == OrderStatus.CANCELLED
    assert left(edition) == 20
    assert client.get(cancel).status_code == 302
    assert kinds_of_mail() == ["order_reserved", "order_cancelled"]


def test_a_second_order_of_the_same_address_adds_nothing_and_tells_a_stranger_nothing(client: Client, edition: Edition) -> None:
    first, second = send(client, form_of(edition), **TYPED), send(client, form_of(edition), **TYPED | {"email": "ALIX@example.org"})
    assert PaperOrder.objects.count() == 1
    assert left(edition) == 18
    assert client.get(first["Location"]).content.split(b"<h1")[1][:80] == client.get(second["Location"]).content.split(b"<h1")[1][:80]
    assert kinds_of_mail() == ["order_reserved", "order_already"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("copies", "6"),
        ("copies", "0"),
        ("copies", "many"),
        ("postal_code", "75001"),
        ("postal_code", "0999"),
        ("name", "https://evil.example.org/"),
        ("street", "www.evil.example.org"),
        ("municipality", "www.evil.example.org"),
        ("email", "nobody"),
        ("purpose", "sale"),
        ("website", "robot"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field(client: Client, edition: Edition, field: str, typed: str) -> None:
    response = send(client, form_of(edition), **TYPED | {field: typed})
    assert response.status_code == 422
    assert b"error-summary" in response.content
    assert not PaperOrder.objects.exists()


def test_browsers_know_what_to_fill_in(client: Client, edition: Edition) -> None:
    """`street-address` may hold several lines: it is for text areas only."""
    html = client.get(form_of(edition)).content.decode()
    assert 'autocomplete="address-line1"' in html
    assert "street-address" not in html


@pytest.mark.parametrize("typed", ["1030", " 1030 ", "B-1030", "b1030"])
def test_postal_codes_are_forgiven_their_clothes(client: Client, edition: Edition, typed: str) -> None:
    send(client, form_of(edition), **TYPED | {"postal_code": typed})
    assert PaperOrder.objects.get().postal_code == "1030"


def test_without_copies_an_order_waits_and_the_form_offers_the_pdf_and_says_so(client: Client, libraries: object) -> None:
    empty = EditionFactory(copies=1)
    make_pages(empty.work)
    assert order(empty, copies=2).order.queued_at is not None
    placed = PaperOrder.objects.get()
    assert placed.status == OrderStatus.WAITING
    assert left(empty) == 1
    assert kinds_of_mail() == ["order_waiting"]
    assert "notice--important" in client.get(form_of(empty)).content.decode()


@pytest.mark.parametrize(("asked", "status"), [("4", 422), ("3", 302)])
def test_nobody_asks_for_more_than_is_left_and_so_holds_up_everybody(client: Client, libraries: object, asked: str, status: int) -> None:
    edition = EditionFactory(copies=3, copies_per_order=5)
    make_pages(edition.work)
    assert 'max="3"' in client.get(form_of(edition)).content.decode()
    assert send(client, form_of(edition), **TYPED | {"copies": asked}).status_code == status


def test_who_would_wait_anyway_may_ask_for_as_many_as_an_order_holds(client: Client, libraries: object) -> None:
    edition = EditionFactory(copies=3, copies_per_order=5)
    make_pages(edition.work)
    order(edition, copies=5, email="first@example.org")
    assert send(client, form_of(edition), **TYPED | {"copies": "5"}).status_code == 302


def test_while_somebody_waits_a_newcomer_waits_too(libraries: object) -> None:
    edition = EditionFactory(copies=3)
    make_pages(edition.work)
    order(edition, copies=5, email="first@example.org")
    assert order(edition, copies=1, email="second@example.org").order.status == OrderStatus.WAITING


def test_a_print_run_serves_the_queue_in_its_order_and_stops_at_the_first_that_does_not_fit(libraries: object) -> None:
    edition = EditionFactory(copies=None)
    make_pages(edition.work)
    placed = [order(edition, copies=copies, email=f"r{n}@example.org").order for n, copies in enumerate((2, 5, 1))]
    record_print_run(edition=edition, quantity=4, printed_on=timezone.localdate(), now=timezone.now())
    for each in placed:
        each.refresh_from_db()
    assert [each.status for each in placed] == [OrderStatus.RESERVED, OrderStatus.WAITING, OrderStatus.WAITING]
    assert left(edition) == 2


def test_cancelling_gives_the_copies_to_who_waits(libraries: object) -> None:
    edition = EditionFactory(copies=2)
    make_pages(edition.work)
    holding, waiting = order(edition, email="a@example.org").order, order(edition, email="b@example.org").order
    cancel_order(order=holding, now=timezone.now())
    waiting.refresh_from_db()
    assert waiting.status == OrderStatus.RESERVED
    assert left(edition) == 0
    assert kinds_of_mail() == ["order_reserved", "order_waiting", "order_cancelled", "order_reserved"]


def test_cancelling_a_large_waiting_order_reserves_copies_for_a_smaller_one(libraries: object) -> None:
    edition = EditionFactory(copies=1)
    make_pages(edition.work)
    large, small = order(edition, copies=5, email="a@example.org").order, order(edition, copies=1, email="b@example.org").order
    cancel_order(order=large, now=timezone.now())
    small.refresh_from_db()
    assert small.status == OrderStatus.RESERVED


def test_a_parcel_that_left_cannot_be_cancelled_and_every_step_has_its_row(edition: Edition) -> None:
    staff = UserFactory()
    placed = order(edition).order
    send_order(order=placed, now=timezone.now(), by=staff)
    with pytest.raises(TransitionNotAllowed):
        cancel_order(order=placed, now=timezone.now())
    with pytest.raises(TransitionNotAllowed):
        send_order(order=placed, now=timezone.now(), by=staff)
    rows = list(placed.transitions.values_list("from_status", "to_status", "by"))
    assert rows == [("", "reserved", None), ("reserved", "sent", staff.pk)]
    assert left(edition) == 18


def test_the_stock_is_the_sum_of_its_moves(edition: Edition) -> None:
    now = timezone.now()
    move_copies(edition=edition, kind=MoveKind.HANDED_OUT, copies=5, now=now, note="journée")
    move_copies(edition=edition, kind=MoveKind.LOST, copies=1, now=now)
    move_copies(edition=edition, kind=MoveKind.FOUND, copies=3, now=now)
    order(edition)
    assert left(edition) == 20 - 5 - 1 + 3 - 2 == sum(StockMove.objects.values_list("quantity", flat=True))
    annotated: Any = Edition.objects.all()
    assert annotated.with_stock().get(pk=edition.pk).stock == 15
    with pytest.raises(NotEnoughCopies):
        move_copies(edition=edition, kind=MoveKind.HANDED_OUT, copies=16, now=now)


def test_two_copies_go_to_the_royal_library_once(edition: Edition) -> None:
    record_deposit(edition=edition, sent_on=timezone.localdate(), now=timezone.now())
    assert left(edition) == 18
    with pytest.raises(AlreadyDeposited):
        record_deposit(edition=edition, sent_on=timezone.localdate(), now=timezone.now())


def test_low_stock_is_mailed_once(edition: Edition) -> None:
    librarian, other = UserFactory(), UserFactory()
    librarian.groups.add(Group.objects.get(name="Publications"))
    Edition.objects.filter(pk=edition.pk).update(low_stock=18)
    order(edition, copies=2, email="a@example.org")
    assert not OutgoingMail.objects.filter(kind="publications/mail/low_stock").exists()
    order(edition, copies=1, email="b@example.org")
    order(edition, copies=1, email="c@example.org")
    warnings = OutgoingMail.objects.filter(kind="publications/mail/low_stock")
    assert [mail.to for mail in warnings] == [librarian.email]
    assert other.email not in {mail.to for mail in warnings}
    assert "17" in warnings[0].text


def test_what_is_not_offered_on_paper_cannot_be_ordered(client: Client, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(is_orderable=False)
    assert client.get(form_of(edition)).status_code == 404
    with pytest.raises(CannotOrder):
        order(edition)
    Edition.objects.filter(pk=edition.pk).update(is_orderable=True, status=EditionStatus.DRAFT)
    with pytest.raises(CannotOrder):
        order(edition)
