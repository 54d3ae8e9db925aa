"""Numbers of documents under concurrency: each year from 1, none twice and none missing. The lock is what holds it."""

import datetime
from contextlib import suppress
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import OutgoingMail
from tests.concurrency import run_concurrently
from tests.databases import committing
from tests.trainings.payment.factories import PaymentSettingsFactory
from tests.trainings.payment.people import party
from trainings.models import NumberSeries, PaymentLine, PaymentRequest, PaymentSettings, Series
from trainings.payment import numbering
from trainings.payment.numbering import next_number
from trainings.payment.request import AmountLine, request_payment

WRITTEN = (PaymentLine, PaymentRequest, NumberSeries, PaymentSettings, OutgoingMail)
AT_ONCE = 8


def ask() -> int:
    amount = AmountLine(description="Supervision d’équipe", cents=10_000)
    return request_payment(amounts=[amount], billed_party=party(email=""), language="fr", now=timezone.now()).sequence


def ask_or_fail() -> int:
    """0: two documents wanted one number, and the database refused the second."""
    try:
        return ask()
    except IntegrityError:
        return 0


def ask_and_give_up() -> None:
    """Something fails after the number was taken."""
    with suppress(RuntimeError), transaction.atomic():
        ask()
        raise RuntimeError


@pytest.mark.django_db
def test_requests_at_once_get_numbers_without_a_gap() -> None:
    with committing(*WRITTEN):
        PaymentSettingsFactory()
        numbers = run_concurrently(*[ask] * AT_ONCE, *[ask_and_give_up] * 2)
        assert sorted(each for each in numbers if each) == list(range(1, AT_ONCE + 1))
        assert NumberSeries.objects.get().latest == AT_ONCE


@pytest.mark.django_db
@pytest.mark.control
def test_without_the_lock_two_want_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbering, "_locked", lambda rows: rows)
    with committing(*WRITTEN):
        PaymentSettingsFactory()
        ask()
        numbers = run_concurrently(*[ask_or_fail] * AT_ONCE)
        assert 0 in numbers


@pytest.mark.django_db
def test_each_year_and_each_kind_begins_at_one() -> None:
    take = partial(next_number, Series.REQUEST)
    assert [take(year=2030), take(year=2030), take(year=2031), next_number(Series.CREDIT, year=2031)] == [1, 2, 1, 1]


@pytest.mark.django_db
def test_the_year_is_that_of_brussels() -> None:
    PaymentSettingsFactory()
    at = datetime.datetime(2034, 12, 31, 23, 30, tzinfo=datetime.UTC)
    amount = AmountLine(description="x", cents=1)
    assert request_payment(amounts=[amount], billed_party=party(email=""), language="fr", now=at).label == "2035-0001"
