"""What money remembers of people: documents as long as the accounts must, the rest no longer than it is needed."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.trainings.payment.factories import (
    BankFileFactory,
    BankLineFactory,
    PaymentLineFactory,
    PaymentRequestFactory,
    PaymentSettingsFactory,
)
from tests.trainings.payment.people import enrolled, party
from trainings.models import BankFileLine, BankLine, BillingDetails, LineOutcome, PaymentRequest
from trainings.payment.billing import keep_billing_details
from trainings.payment.request import request_payment
from trainings.payment.retention import NOBODY
from trainings.privacy import erase_person, export_person

pytestmark = pytest.mark.django_db

ADDRESS = "ana@example.org"


def test_a_person_gets_her_requests_without_a_secret_link() -> None:
    PaymentSettingsFactory()
    enrolment = enrolled(participant__email=ADDRESS)
    request = request_payment(enrolments=[enrolment], billed_party=party(), language="en", now=timezone.now())
    [told] = export_person(ADDRESS)["payment_requests"]
    assert (told["number"], told["amount_cents"]) == (request.label, 12_000)
    assert request.token not in str(told)


def test_erased_she_stays_on_documents_and_her_address_goes() -> None:
    PaymentSettingsFactory()
    asked, told = enrolled(participant__email=ADDRESS), enrolled(participant__email=ADDRESS)
    request_payment(enrolments=[asked], billed_party=party(email=ADDRESS, name="Ana Exemple"), language="en", now=timezone.now())
    keep_billing_details(enrolment=told, party=party(name="Ana Exemple"), now=timezone.now())
    erase_person(ADDRESS, now=timezone.now())
    kept = PaymentRequest.objects.get()
    assert (kept.name, kept.email, kept.total_cents) == ("Ana Exemple", "", 12_000)
    assert not BillingDetails.objects.exists()


def test_after_ten_years_only_numbers_and_amounts_are_left() -> None:
    long_ago = timezone.now() - datetime.timedelta(days=3700)
    old, new = PaymentRequestFactory(issued_at=long_ago, year=2016), PaymentRequestFactory()
    PaymentLineFactory(request=old)
    old_transfer, _new = BankLineFactory(booked_on=long_ago.date()), BankLineFactory()
    call_command("run_duties", only=["prune_payments"])
    old.refresh_from_db()
    assert (old.name, old.street, old.total_cents, old.lines.get().description) == (NOBODY, "", 12_000, NOBODY)
    assert PaymentRequest.objects.get(pk=new.pk).name != NOBODY
    assert BankLine.objects.get(pk=old_transfer.pk).counterparty_account == ""
    assert BankLine.objects.exclude(counterparty_account="").count() == 1


def test_what_a_file_said_goes_after_a_year() -> None:
    for number, age in enumerate((400, 10)):
        file = BankFileFactory(created_at=timezone.now() - datetime.timedelta(days=age))
        BankFileLine.objects.create(bank_file=file, number=number, outcome=LineOutcome.UNKNOWN, text="Ana")
    call_command("run_duties", only=["prune_payments"])
    assert list(BankFileLine.objects.order_by("number").values_list("text", flat=True)) == ["", "Ana"]
