"""How long money remembers people: documents as long as the accounts must, what a file said as long as somebody may ask."""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from trainings.models import BankFileLine, BankLine, BillingDetails, Enrolment, PaymentLine, PaymentRequest

# Ten years, as books and papers with VAT are kept (docs/payment.md).
DOCUMENTS = datetime.timedelta(days=10 * 365 + 3)
REPORTS = datetime.timedelta(days=366)
NOBODY = "N. N."


def requests_due(now: datetime.datetime) -> QuerySet[PaymentRequest]:
    """Those old enough to name nobody any more."""
    return PaymentRequest.objects.filter(issued_at__lt=now - DOCUMENTS).exclude(name=NOBODY)


@transaction.atomic
def forget_payers(*, now: datetime.datetime) -> int:
    """Leaves numbers and amounts; how many requests were made nameless. What files said goes after a year."""
    old = requests_due(now)
    keys = list(old.values_list("pk", flat=True))
    PaymentLine.objects.filter(request__in=keys).update(description=NOBODY)
    old.update(name=NOBODY, email="", street="", postal_code="", city="", country="", company_number="", purchaser_reference="")
    transfers = BankLine.objects.filter(booked_on__lt=(now - DOCUMENTS).date())
    transfers.update(counterparty_name="", counterparty_account="", communication="", settled_note="")
    BankFileLine.objects.filter(bank_file__created_at__lt=now - REPORTS).update(text="")
    return len(keys)


def forget_details(enrolments: list[Enrolment]) -> None:
    """What was told of who pays, and asked of nobody: no account needs it."""
    BillingDetails.objects.filter(enrolment__in=enrolments).delete()


def forget_address(email: str) -> int:
    """An address on documents that stay: no law asks for it, and no mail leaves to it any more."""
    BillingDetails.objects.filter(email__iexact=email.strip()).update(email="")
    return PaymentRequest.objects.filter(email__iexact=email.strip()).update(email="")


def named_as_payer(email: str) -> list[dict[str, object]]:
    """What somebody told of her as the one who pays, before anything was asked for."""
    fields = ("name", "email", "street", "postal_code", "city", "country", "company_number", "purchaser_reference")
    return list(BillingDetails.objects.filter(email__iexact=email.strip()).values(*fields))


def known_payments(email: str) -> list[dict[str, object]]:
    """What is told to a person who asks what is known of her."""
    own = Q(email__iexact=email.strip()) | Q(lines__enrolment__participant__email__iexact=email.strip())
    keys = PaymentRequest.objects.filter(own).values("pk")
    fields = ("name", "email", "street", "postal_code", "city", "country", "company_number", "purchaser_reference", "issued_at", "due_on")
    return [
        {"number": row.label, "communication": row.communication_label, "amount_cents": row.total_cents, "paid_cents": row.paid}
        | {field: getattr(row, field) for field in fields}
        | {"lines": list(row.lines.values_list("description", flat=True))}
        for row in PaymentRequest.objects.with_balance().filter(pk__in=keys)
    ]
