"""Queries of payment requests and transfers: what is due is counted from the rows."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce


def summed(model: str, field: str, key: str) -> Any:
    """The sum of `field` over the rows of `model` that point here by `key`; 0 without any."""
    rows = apps.get_model("trainings", model).objects.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(rows.annotate(total=Sum(field)).values("total")), 0)


class PaymentRequestQuerySet(models.QuerySet):
    """Payment requests."""

    def with_balance(self) -> Self:
        """Adds `credited`, `paid` and `balance` (below nothing: money to give back), in cents."""
        return self.annotate(
            credited=summed("CreditNote", "total_cents", "request"), paid=summed("Payment", "amount_cents", "request")
        ).annotate(balance=F("total_cents") - F("credited") - F("paid"))

    def unpaid(self) -> Self:
        return self.with_balance().filter(balance__gt=0)

    def overdue(self, today: datetime.date) -> Self:
        return self.unpaid().filter(due_on__lt=today)


class BankLineQuerySet(models.QuerySet):
    """Transfers that came in."""

    def with_rest(self) -> Self:
        """Adds `used` and `rest`: what of it pays requests, and what pays none yet."""
        return self.annotate(used=summed("Payment", "amount_cents", "transfer")).annotate(rest=F("amount_cents") - F("used"))

    def to_settle(self) -> Self:
        """The work list: what pays no request, and of which nobody has said why."""
        return self.with_rest().filter(Q(rest__gt=0), settled_note="")
