"""Orders at the librarian: the list, the labels, what is sent and cancelled."""

import datetime
import io
import re
from typing import Any

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import OutgoingMail
from publications.enums import OrderStatus
from publications.models import LibraryPage, PaperOrder
from publications.orders.services import cancel_order, send_orders
from tests.publications.backoffice.pages import action, page
from tests.publications.factories import (
    OrderTransitionFactory,
    PaperOrderFactory,
)

pytestmark = pytest.mark.django_db


def test_an_order_is_sent_and_another_cancelled(librarian: Client, libraries: dict[str, LibraryPage]) -> None:
    sent, cancelled = PaperOrderFactory(), PaperOrderFactory()
    OrderTransitionFactory(order=sent)
    assert sent.name in librarian.get(action("send_order", sent)).content.decode()
    sent.refresh_from_db()
    assert sent.status == OrderStatus.RESERVED, "looking changes nothing"
    librarian.post(action("send_order", sent))
    librarian.post(action("cancel_order", cancelled), {"reason": "double"})
    assert set(PaperOrder.objects.values_list("status", flat=True)) == {OrderStatus.SENT, OrderStatus.CANCELLED}
    assert "does not allow" in librarian.post(action("cancel_order", sent), {"reason": ""}).content.decode()
    html = page(librarian, "orders", sent)
    assert sent.street in html
    assert sent.token not in html


def test_labels_hold_the_addresses_of_what_is_to_send_and_nothing_else(librarian: Client) -> None:
    PaperOrderFactory(name="Nele Exemple")
    PaperOrderFactory(name="Karim Exemple", status=OrderStatus.SENT, closed_at=timezone.now())
    response = librarian.get(reverse("publications_backoffice:labels"))
    assert "no-store" in response["Cache-Control"]
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert len(document.pages) == 1
    words = pypdfium2.PdfDocument(response.content)[0].get_textpage().get_text_bounded()
    assert "Nele Exemple" in words
    assert "Karim" not in words
    PaperOrder.objects.all().delete()
    assert librarian.get(reverse("publications_backoffice:labels")).status_code == 200, "a day without orders"


def test_the_export_of_orders_is_a_spreadsheet_without_formulas(librarian: Client) -> None:
    PaperOrderFactory(name="=cmd()", municipality="+32")
    response = librarian.get(reverse("publications_orders:index") + "?export=xlsx")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    cells = [cell.value for row in load_workbook(io.BytesIO(content)).active.rows for cell in row]
    assert "'=cmd()" in cells
    assert "'+32" in cells


def test_a_pile_of_parcels_is_noted_as_sent_at_once(librarian: Client) -> None:
    """Only what is ticked; nothing is ticked beforehand."""
    ticked, left, gone = PaperOrderFactory(), PaperOrderFactory(), PaperOrderFactory(status=OrderStatus.SENT, closed_at=timezone.now())
    address = reverse("publications_backoffice:send_orders")
    assert address in librarian.get(reverse("publications_orders:index")).content.decode()
    boxes = BeautifulSoup(librarian.get(address).content, "html.parser").select("[name=orders]")
    assert {box["value"] for box in boxes} == {str(ticked.pk), str(left.pk)}
    assert not [box for box in boxes if box.has_attr("checked")]
    assert librarian.post(address, {"orders": []}).status_code == 422, "nothing ticked, nothing sent"
    assert librarian.post(address, {"orders": [ticked.pk]}).status_code == 302
    statuses = dict(PaperOrder.objects.values_list("pk", "status"))
    assert statuses == {ticked.pk: OrderStatus.SENT, left.pk: OrderStatus.RESERVED, gone.pk: OrderStatus.SENT}
    assert [mail.to for mail in OutgoingMail.objects.all()] == [ticked.email]


def test_an_order_somebody_cancelled_meanwhile_is_not_sent() -> None:
    cancelled, other = PaperOrderFactory(), PaperOrderFactory()
    cancel_order(order=cancelled, now=timezone.now())
    assert send_orders(orders=[cancelled, other], now=timezone.now()) == [other]


def test_what_is_to_send_stands_on_top_of_the_orders_and_what_is_done_last(librarian: Client) -> None:
    now = timezone.now()

    def placed(days: int, name: str, **more: Any) -> None:
        PaperOrderFactory(name=name, created_at=now - datetime.timedelta(days=days), **more)

    placed(50, "Envoyé tôt", status=OrderStatus.SENT, closed_at=now - datetime.timedelta(days=40))
    placed(45, "Envoyé tard", status=OrderStatus.SENT, closed_at=now - datetime.timedelta(days=30))
    placed(9, "En attente", status=OrderStatus.WAITING, queued_at=now)
    placed(2, "À envoyer après")
    placed(3, "À envoyer avant")
    listing = BeautifulSoup(librarian.get(reverse("publications_orders:index")).content, "html.parser")
    names = [link.get_text(strip=True) for link in listing.select("td.title .title-wrapper a")]
    assert names == ["À envoyer avant", "À envoyer après", "En attente", "Envoyé tard", "Envoyé tôt"]


def test_a_long_address_stays_on_its_own_label(librarian: Client) -> None:
    """It ran over the label below, whose parcel then had no address anybody could read."""
    long = {"organisation": "Association d’exemple " * 8, "street": "Chaussée de l’Exemple, bâtiment C " * 4}
    for number in range(6):
        PaperOrderFactory(municipality=f"Lieu {number}", **long)
    sheet = pypdfium2.PdfDocument(librarian.get(reverse("publications_backoffice:labels")).content)[0]
    words, width, margin = sheet.get_textpage(), sheet.get_width() / 3, 72 / 50.8
    height = (sheet.get_height() - 2 * margin) / 8
    for number in range(6):
        left, top = width * (number % 3), sheet.get_height() - margin - height * (number // 3)
        text = words.get_text_bounded(left=left, bottom=top - height, right=left + width, top=top)
        assert re.findall(r"Lieu (\d)", text) == [str(number)]
        assert text.count("bâtiment") == 4
