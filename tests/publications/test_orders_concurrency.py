"""Many readers at once, on real connections: never one copy too many. The control shows the damage without the lock."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import models
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page, Site

from core.models import Attempt, OutgoingMail, Theme
from publications.enums import OrderStatus, Purpose
from publications.models import DownloadCount, Edition, OrderTransition, PaperOrder, Series, StockMove, Work
from publications.orders import services as orders
from publications.orders.selectors import edition_stock
from publications.orders.services import OrderData, cancel_order, order_copies
from tests.concurrency import run_concurrently, slowly
from tests.databases import committing
from tests.publications.factories import EditionFactory, make_library, make_pages

READERS, COPIES = 50, 20
WRITTEN: tuple[type[models.Model], ...] = (
    OrderTransition, StockMove, PaperOrder, DownloadCount, Edition, Work, Series, Theme, OutgoingMail, Attempt,
)  # fmt: skip


@pytest.fixture
def edition(db: None) -> Iterator[Edition]:
    """20 copies that every thread sees; afterwards the rows are deleted."""
    with committing(DBTaskResult):
        before = {model: set(model._default_manager.values_list("pk", flat=True)) for model in (Locale, Site)}
        try:
            make_library()
            made = EditionFactory(copies=COPIES)
            make_pages(made.work)
            yield made
        finally:
            for site in Site.objects.exclude(pk__in=before[Site]):
                site.delete()
            for page in Page.objects.filter(depth=2).exclude(slug="home"):
                page.delete()
            for model in WRITTEN:
                model._default_manager.all().delete()
            Locale.objects.exclude(pk__in=before[Locale]).delete()


def order_one(edition: Edition) -> Callable[[int], Any]:
    def order(number: int) -> None:
        data = OrderData(
            copies=1,
            purpose=Purpose.MYSELF,
            name=f"Reader {number}",
            email=f"reader{number}@example.org",
            street="Rue 1",
            postal_code="1000",
            municipality="Bruxelles",
        )
        order_copies(edition_id=edition.pk, data=data, now=timezone.now())

    return order


def order_all(edition: Edition) -> None:
    """Every reader orders one copy at the same moment."""
    order = order_one(edition)
    run_concurrently(*(partial(order, number) for number in range(READERS)))


def test_50_readers_at_once_for_20_copies(edition: Edition) -> None:
    order_all(edition)
    assert PaperOrder.objects.to_send().count() == COPIES
    assert PaperOrder.objects.waiting().count() == READERS - COPIES
    assert edition_stock(edition).copies == 0
    queue = list(PaperOrder.objects.waiting().values_list("pk", flat=True))
    assert queue == sorted(queue), "in the order they were written"
    assert OutgoingMail.objects.filter(kind="publications/mail/order_reserved").count() == COPIES


@pytest.mark.control
def test_without_the_lock_the_same_race_promises_copies_twice(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "lock_edition", lambda pk: Edition.objects.get(pk=pk))
    monkeypatch.setattr(orders, "edition_stock", slowly(edition_stock, 0.1))
    order_all(edition)
    assert PaperOrder.objects.to_send().count() > COPIES
    assert edition_stock(edition).copies < 0


def test_cancelling_many_times_at_once_gives_the_copies_back_once(edition: Edition) -> None:
    order_one(edition)(0)
    placed = PaperOrder.objects.get()
    run_concurrently(*[lambda: cancel_order(order=placed, now=timezone.now())] * 8)
    assert edition_stock(edition).copies == COPIES
    assert placed.transitions.filter(to_status=OrderStatus.CANCELLED).count() == 1


def test_the_same_reader_at_once_from_many_windows_has_one_order(edition: Edition) -> None:
    order = order_one(edition)
    run_concurrently(*[lambda: order(7)] * 8)
    assert PaperOrder.objects.count() == 1
    assert edition_stock(edition).copies == COPIES - 1
