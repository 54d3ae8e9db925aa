"""What the accountant gets: every request, credit note and payment of a period, one row each, as CSV or XLSX without formulas."""

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from core.files.spreadsheets import as_text, bold, column_width, longest
from trainings.models import CreditNote, Payment, PaymentRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """A document or a payment. Amounts in cents, from the side of who is owed: a credit note and a payment are below nothing."""

    day: datetime.date
    kind: str
    number: str
    request: PaymentRequest
    cents: int
    text: str = ""


def entries(*, first: datetime.date, last: datetime.date) -> list[Entry]:
    """All of the days from `first` to `last`, in their order. Four queries."""
    found = [*_requests(first, last), *_credit_notes(first, last), *_payments(first, last)]
    return sorted(found, key=lambda each: (each.day, each.request.year, each.request.sequence, each.number))


def headings() -> list[str]:
    """Of the columns, in the reader's language."""
    names = [_("Day"), _("Kind"), _("Number"), _("Payment request"), _("Structured communication"), _("Billed to"), _("Street and number")]
    names += [_("Postal code"), _("Town"), _("Country"), _("Company number"), _("Your reference"), _("To be paid by"), _("Amount")]
    return [*names, _("What")]


def journal_csv(found: list[Entry]) -> bytes:
    """Semicolons, decimal commas and a mark of its encoding: as the spreadsheets of Belgium open it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(headings())
    for entry in found:
        writer.writerow([_csv_cell(value) for value in _values(entry)])
    return text.getvalue().encode("utf-8-sig")


def journal_xlsx(found: list[Entry]) -> bytes:
    """Text stays text; days are days, amounts are numbers."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook = Workbook(write_only=True, iso_dates=True)
    sheet = workbook.create_sheet(title="Smes")
    sheet.freeze_panes = "A2"
    rows = [[as_text(value) if isinstance(value, str) else value for value in _values(entry)] for entry in found]
    for place, heading in enumerate(headings()):
        sheet.column_dimensions[get_column_letter(place + 1)].width = column_width(heading, longest(row[place] for row in rows))
    sheet.append(bold(sheet, headings()))
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _values(entry: Entry) -> list[object]:
    request = entry.request
    return [
        entry.day,
        entry.kind,
        entry.number,
        request.label,
        # Pluses begin a formula: without them it is the same number.
        request.communication_label.strip("+"),
        request.name,
        request.street,
        request.postal_code,
        request.city,
        request.country,
        request.company_number,
        request.purchaser_reference,
        request.due_on,
        Decimal(entry.cents) / 100,
        entry.text,
    ]


def _csv_cell(value: object) -> str:
    match value:
        case Decimal():
            # A negative number begins with a sign of formulas, and is none.
            return f"{value:.2f}".replace(".", ",")
        case datetime.date():
            return f"{value:%d/%m/%Y}"
        case _:
            return as_text(str(value))


def _requests(first: datetime.date, last: datetime.date) -> Iterator[Entry]:
    rows = PaymentRequest.objects.filter(issued_at__date__range=(first, last)).prefetch_related("lines")
    for row in rows:
        text = " | ".join(line.description for line in row.lines.all())
        yield Entry(_day(row.issued_at), _("payment request"), row.label, row, row.total_cents, text)


def _credit_notes(first: datetime.date, last: datetime.date) -> Iterator[Entry]:
    for row in CreditNote.objects.filter(issued_at__date__range=(first, last)).select_related("request"):
        yield Entry(_day(row.issued_at), _("credit note"), row.label, row.request, -row.total_cents, row.get_reason_display())


def _payments(first: datetime.date, last: datetime.date) -> Iterator[Entry]:
    for row in Payment.objects.filter(received_on__range=(first, last)).select_related("request", "transfer"):
        payer = row.transfer.counterparty_name if row.transfer else row.note
        yield Entry(row.received_on, _("payment"), "", row.request, -row.amount_cents, payer)


def _day(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()
