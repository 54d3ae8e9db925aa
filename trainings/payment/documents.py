"""A payment request and a credit note as PDF. Words here, layout in templates/trainings/pdf/payment.typ."""

import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from stdnum import iban

from core.files.pdf import render_pdf
from core.text.dates import written
from core.web.absolute_urls import absolute_url
from trainings.models import BilledParty, CreditNote, PaymentRequest
from trainings.models.money import euros
from trainings.payment.qr import epc_svg

TEMPLATE = "trainings/pdf/payment"


def payment_request_pdf(request: PaymentRequest) -> bytes:
    """The request as it was sent, in its language; the purchaser's reference as it is now."""
    with translation.override(request.language):
        data = _frame(request, issued_at=request.issued_at, heading=_("Payment request"), label=request.label) | {
            "rows": [[line.description, euros(line.amount_cents)] for line in request.lines.all()],
            "total": euros(request.total_cents),
            "facts": _facts(request),
            "pay": _how_to_pay(request),
            "qr": epc_svg(request, cents=request.total_cents),
            "qr_alt": _qr_words(request),
            "qr_caption": _("Scan with the application of your bank"),
            "notes": [*request.terms_in(request.language), *_vat_note(request)],
            "page_url": absolute_url("trainings:payment", request.token, language=request.language),
            "page_words": _("See where it stands, or add your reference:"),
        }
    return render_pdf(TEMPLATE, data)


def credit_note_pdf(note: CreditNote) -> bytes:
    """A credit note, in the language of the request it takes back."""
    request = note.request
    with translation.override(request.language):
        facts = [[_("Takes back"), request.label], [_("Reason"), note.get_reason_display()]]
        if request.purchaser_reference:
            facts.append([_("Your reference"), request.purchaser_reference])
        data = _frame(request, issued_at=note.issued_at, heading=_("Credit note"), label=note.label) | {
            "rows": [[each.line.description, euros(each.amount_cents)] for each in note.lines.select_related("line")],
            "total": euros(note.total_cents),
            "facts": facts,
            "pay": [],
            "qr": "",
            "qr_alt": "",
            "qr_caption": "",
            "notes": [_("If you have paid it already, we give the amount back."), *_vat_note(request)],
            "page_url": "",
            "page_words": "",
        }
    return render_pdf(TEMPLATE, data)


def party_lines(party: BilledParty) -> list[str]:
    """The party as an address, a line each."""
    place = f"{party.postal_code} {party.city}".strip()
    return [line for line in (party.name, party.street, place, party.country, party.company_number) if line]


def shown_iban(request: PaymentRequest) -> str:
    """In groups of four, as one reads it aloud."""
    return str(iban.format(request.payee["iban"]))


def _frame(request: PaymentRequest, *, issued_at: datetime.datetime, heading: str, label: str) -> dict[str, Any]:
    """What both documents have."""
    payee, day = request.payee, timezone.localtime(issued_at).date()
    contact = [payee["name"], *payee["postal_address"].splitlines(), payee["company_number"], payee["email"]]
    return {
        "language": request.language,
        "date": [day.year, day.month, day.day],
        "document_title": f"{heading} {label}",
        "author": payee["name"],
        "heading": heading,
        "number": label,
        "issued": _("Issued on %(day)s") % {"day": written(day)},
        "from_label": _("From"),
        "from": [line for line in contact if line],
        "to_label": _("To"),
        "to": party_lines(request),
        "columns": [_("What"), _("Amount")],
        "total_label": _("Total"),
    }


def _facts(request: PaymentRequest) -> list[list[str]]:
    facts = [[_("To be paid by"), written(request.due_on)]]
    if request.purchaser_reference:
        facts.append([_("Your reference"), request.purchaser_reference])
    return facts


def _how_to_pay(request: PaymentRequest) -> list[list[str]]:
    rows = [
        [_("Amount"), euros(request.total_cents)],
        [_("Payee"), request.payee["name"]],
        ["IBAN", shown_iban(request)],
        ["BIC", request.payee["bic"]],
        [_("Structured communication"), request.communication_label],
    ]
    return [row for row in rows if row[1]]


def _qr_words(request: PaymentRequest) -> str:
    """What the code says, for who does not see it: the same as the list beside it."""
    facts = {"amount": euros(request.total_cents), "iban": shown_iban(request), "communication": request.communication_label}
    return _("QR code for a bank transfer of %(amount)s to %(iban)s with the communication %(communication)s") % facts


def _vat_note(request: PaymentRequest) -> list[str]:
    """The line about VAT of that day, in the language of the document."""
    note = request.payee.get(f"vat_note_{request.language}") or request.payee.get("vat_note_fr", "")
    return [note] if note else []
