"""Mails about money, to who pays. Names typed by the public are stripped of links."""

import datetime
from typing import Any

from core.mail.message import Attachment, queue_mail
from core.models import OutgoingMail
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url
from trainings.models import CreditNote, PaymentRequest
from trainings.payment.documents import credit_note_pdf, payment_request_pdf, shown_iban


def payment_request(request: PaymentRequest, *, now: datetime.datetime) -> OutgoingMail | None:
    """What is to be paid, by when and how, with the document."""
    files = [Attachment(f"smes-{request.label}.pdf", "application/pdf", payment_request_pdf(request))]
    return _mail("trainings/mail/payment_request", request, cents=request.total_cents, files=files, now=now)


def payment_reminder(request: PaymentRequest, *, cents: int, level: int, now: datetime.datetime) -> OutgoingMail | None:
    """The day has passed, and so much is still open."""
    files = [Attachment(f"smes-{request.label}.pdf", "application/pdf", payment_request_pdf(request))]
    return _mail("trainings/mail/payment_reminder", request, cents=cents, files=files, now=now, level=level)


def credit_note(note: CreditNote, *, balance: int, now: datetime.datetime) -> OutgoingMail | None:
    """What is taken back and why, with the document; `balance` is what is still due, less than nothing: given back."""
    files = [Attachment(f"smes-{note.label}.pdf", "application/pdf", credit_note_pdf(note))]
    more = {"note": note, "balance": max(balance, 0), "refund": max(-balance, 0)}
    return _mail("trainings/mail/credit_note", note.request, cents=note.total_cents, files=files, now=now, **more)


def _mail(
    template: str, request: PaymentRequest, *, cents: int, files: list[Attachment], now: datetime.datetime, **more: Any
) -> OutgoingMail | None:
    """None where nobody told an address: the document then goes by post."""
    if not request.email:
        return None
    context = {
        "request": request,
        "name": harmless(request.name),
        "purchaser_reference": harmless(request.purchaser_reference),
        "lines": [harmless(line.description) for line in request.lines.all()],
        "cents": cents,
        "iban": shown_iban(request),
        "payment_url": absolute_url("trainings:payment", request.token, language=request.language),
        "reference_url": absolute_url("trainings:purchaser_reference", request.token, language=request.language),
    }
    return queue_mail(
        template=template,
        to=request.email,
        language=request.language,
        context=context | more,
        about=f"paymentrequest:{request.pk}",
        reply_to=request.payee.get("email", ""),
        attachments=files,
        now=now,
    )
