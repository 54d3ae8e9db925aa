"""Orders as the service takes them."""

from typing import Any

from django.utils import timezone

from publications.enums import Purpose
from publications.models import Edition
from publications.orders.services import OrderData, OrderOutcome, order_copies


def data(**more: Any) -> OrderData:
    facts = {"copies": 2, "purpose": Purpose.TEAM, "name": "Alix", "email": "alix@example.org"}
    return OrderData(**facts | {"street": "Rue 1", "postal_code": "1000", "municipality": "Bruxelles"} | more)  # type: ignore[arg-type]


def order(edition: Edition, **more: Any) -> OrderOutcome:
    return order_copies(edition_id=edition.pk, data=data(**more), now=timezone.now())
