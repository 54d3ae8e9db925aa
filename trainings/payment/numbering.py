"""Numbers of documents: each year from 1, without a gap and never twice (docs/decisions/0031)."""

from django.db import transaction
from django.db.models import QuerySet
from stdnum.be import ogm_vcs

from trainings.models import NumberSeries, Series

DIGITS = 8  # of the sequence inside a structured communication


def next_number(kind: Series, *, year: int) -> int:
    """The next number of the year. The row stays locked until the transaction ends: a document rolled back gives its number back."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken in the transaction of its document.")
    NumberSeries.objects.bulk_create([NumberSeries(kind=kind, year=year)], ignore_conflicts=True)
    series = _locked(NumberSeries.objects.filter(kind=kind, year=year)).get()
    series.latest += 1
    series.save(update_fields=["latest"])
    return series.latest


def structured_communication(*, year: int, sequence: int) -> str:
    """The twelve digits of a payment request: its year, its number, and the remainder by 97 (97 instead of 0)."""
    base = f"{year % 100:02d}{sequence:0{DIGITS}d}"
    return base + ogm_vcs.calc_check_digits(base)


def _locked(rows: QuerySet[NumberSeries]) -> QuerySet[NumberSeries]:
    return rows.select_for_update()
