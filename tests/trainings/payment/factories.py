"""Rows about money for tests: an invented payee, an invented payer."""

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.core.factories import OrganisationFactory
from trainings.models import (
    AgreedPrice,
    BankFile,
    BankFormat,
    BankLine,
    CancellationStep,
    CancellationTerms,
    CreditNote,
    CreditReason,
    PaymentLine,
    PaymentRequest,
    PaymentSettings,
)
from trainings.payment.numbering import structured_communication
from trainings.payment.request import frozen_payee


class PaymentSettingsFactory(DjangoModelFactory[PaymentSettings]):
    """An invented payee; the IBAN is one of the examples banks print, valid by its digits."""

    class Meta:
        model = PaymentSettings
        django_get_or_create = ("is_the_one",)

    is_the_one = True
    name = "Exemple asbl"
    postal_address = "Rue de l’Exemple 12\n1000 Bruxelles"
    email = "accounts@example.org"
    iban = "BE71096123456769"
    bic = "GKCCBEBB"


class CancellationTermsFactory(DjangoModelFactory[CancellationTerms]):
    """In force since long. `steps={14: 50}`: fewer than 14 days before, half is due."""

    class Meta:
        model = CancellationTerms
        skip_postgeneration_save = True

    in_force_from = factory.Sequence(lambda n: datetime.date(2020, 1, 1) + datetime.timedelta(days=n % 1_500))

    @factory.post_generation
    def steps(self: CancellationTerms, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        for days, percent in (extracted or {}).items():
            CancellationStep.objects.create(terms=self, days_before=days, percent=percent)


class AgreedPriceFactory(DjangoModelFactory[AgreedPrice]):
    class Meta:
        model = AgreedPrice

    organisation = factory.SubFactory(OrganisationFactory)
    percent = 50


class PaymentRequestFactory(DjangoModelFactory[PaymentRequest]):
    """Of 120 €, sent today to an organisation."""

    class Meta:
        model = PaymentRequest

    name = "Service d’exemple"
    email = "accounts@service.example.org"
    street = "Chaussée de l’Exemple 45"
    postal_code = "1030"
    city = "Schaerbeek"
    year = 2026
    sequence = factory.Sequence(lambda n: n + 1)
    communication = factory.LazyAttribute(lambda each: structured_communication(year=each.year, sequence=each.sequence))
    issued_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyAttribute(lambda each: timezone.localtime(each.issued_at).date() + datetime.timedelta(days=30))
    total_cents = 12_000
    payee = factory.LazyFunction(lambda: frozen_payee(PaymentSettingsFactory.build()))


class PaymentLineFactory(DjangoModelFactory[PaymentLine]):
    class Meta:
        model = PaymentLine

    request = factory.SubFactory(PaymentRequestFactory)
    description = "Accueillir et écouter"
    amount_cents = factory.LazyAttribute(lambda line: line.request.total_cents)


class CreditNoteFactory(DjangoModelFactory[CreditNote]):
    class Meta:
        model = CreditNote

    request = factory.SubFactory(PaymentRequestFactory)
    year = 2026
    sequence = factory.Sequence(lambda n: n + 1)
    reason = CreditReason.GOODWILL
    issued_at = factory.LazyFunction(timezone.now)
    total_cents = 1_000


class BankFileFactory(DjangoModelFactory[BankFile]):
    class Meta:
        model = BankFile

    filename = "extraits.csv"
    format = BankFormat.TABLE
    created_at = factory.LazyFunction(timezone.now)


class BankLineFactory(DjangoModelFactory[BankLine]):
    """60 € from somebody, without a word."""

    class Meta:
        model = BankLine

    fingerprint = factory.Sequence(lambda n: f"{n:064d}")
    booked_on = datetime.date(2026, 11, 20)
    amount_cents = 6_000
    counterparty_name = "Service d’exemple"
    counterparty_account = "BE68539007547034"
